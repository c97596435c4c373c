//! The syntax of XML 1.0 in pieces: characters, names, attributes, references, comments, declarations.

use super::error::{InputError, excerpt};
use super::error_kind::ErrorKind;

/// The first character that XML 1.0 section 2.2 forbids, and where it is.
pub fn forbidden(text: &str) -> Option<(usize, char)> {
    // The build script is compiled without optimization, where a loop over the characters takes a tenth of the build.
    // `contains` comes precompiled from std.
    let begins = |byte: &u8| !is_character(char::from(*byte)) || *byte == 0xef;
    if !(0..=u8::MAX).filter(begins).any(|byte| text.as_bytes().contains(&byte)) {
        return None;
    }
    text.char_indices().find(|(_, character)| !is_character(*character))
}

fn is_character(character: char) -> bool {
    !matches!(character, '\0'..'\t' | '\u{b}' | '\u{c}' | '\u{e}'..' ' | '\u{fffe}' | '\u{ffff}')
}

/// An error for text that is not well-formed XML.
pub fn malformed(at: usize, what: &str) -> InputError {
    InputError::at(at, ErrorKind::NotXml(excerpt(what)))
}

/// Refuses a text that contains these characters.
pub fn no(text: &str, what: &str) -> Result<(), InputError> {
    match text.find(what) {
        Some(at) => Err(malformed(at, &format!("{what} in text or in a comment"))),
        None => Ok(()),
    }
}

/// White space as XML defines it.
pub fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// True for the bytes of a public identifier.
pub fn is_public(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" \r\n-'()+,./:=?;!*#@$_%".contains(&byte)
}

/// The text before the first white space, and the rest.
pub fn split_name(text: &str) -> (&str, &str) {
    text.split_at(text.find(is_space).unwrap_or(text.len()))
}

/// Prefix and local name of a qualified name.
pub fn qualified(name: &str, at: usize) -> Result<(&str, &str), InputError> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let is_prefixed = local.len() < name.len();
    if is_name(local) && (!is_prefixed || is_name(prefix)) {
        return Ok((prefix, local));
    }
    Err(malformed(at, &format!("{name:?} in place of a name")))
}

/// True if this is a name without a colon (XML 1.0 section 2.3).
pub fn is_name(name: &str) -> bool {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return true; // nearly always
    }
    let mut characters = name.chars();
    let starts = |c: char| {
        matches!(c, 'a'..='z' | 'A'..='Z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
            | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
            | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
            | '\u{10000}'..='\u{effff}')
    };
    let continues = |c: char| {
        starts(c) || matches!(c, '0'..='9' | '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
    };
    characters.next().is_some_and(starts) && characters.all(continues)
}

/// The name and the value of the attribute at the start of a text, and the rest.
pub fn attribute(text: &str) -> Result<(&str, &str, &str), InputError> {
    let (name, value) = text.split_once('=').unwrap_or_default();
    let (name, value) = (name.trim_end_matches(is_space), value.trim_start_matches(is_space));
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let Some(quote) = quote else {
        let name = split_name(text).0;
        return Err(malformed(0, &format!("no value in quotes for the attribute {name:?}")));
    };
    let start = text.len() - value.len() + 1;
    let (value, rest) =
        value[1..].split_once(quote).ok_or_else(|| malformed(0, "no end of the value of an attribute"))?;
    if let Some(at) = value.find('<') {
        return Err(malformed(start + at, "a < in the value of an attribute, where a quote may be lost"));
    }
    for (at, _) in value.match_indices('&') {
        reference(&value[at..], start + at)?;
    }
    Ok((name, value, rest))
}

/// Checks the reference at the start of a text.
pub fn reference(text: &str, at: usize) -> Result<(), InputError> {
    let name = text[1..].split_once(';').map_or(&text[1..], |(name, _)| name);
    let number =
        name.strip_prefix("#x").map(|digits| (16, digits)).or(name.strip_prefix('#').map(|digits| (10, digits)));
    let is_known = name.len() + 1 < text.len()
        && match number {
            Some((radix, digits)) => {
                let number = u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'));
                number.and_then(char::from_u32).is_some_and(is_character)
            }
            None => matches!(name, "amp" | "lt" | "gt" | "apos" | "quot"),
        };
    if is_known { Ok(()) } else { Err(InputError::at(at, ErrorKind::UnknownReference(excerpt(name)))) }
}

pub fn comment(text: &str) -> Result<(), InputError> {
    if text.ends_with('-') { Err(malformed(text.len() - 1, "a comment that ends in --->")) } else { no(text, "--") }
}

/// Checks a processing instruction.
pub fn instruction(text: &str) -> Result<(), InputError> {
    let (target, _) = split_name(text);
    if !is_name(target) || target.eq_ignore_ascii_case("xml") {
        return Err(malformed(0, &format!("{target:?} as the target of an instruction")));
    }
    Ok(())
}

/// Checks `xml version="1.0" encoding="UTF-8" standalone="yes"`, in which only the version is required.
pub fn declaration(text: &str) -> Result<(), InputError> {
    let mut rest = text.strip_prefix("xml").unwrap_or_default();
    let mut expected = ["version", "encoding", "standalone"].iter();
    let mut is_first = true;
    while !rest.trim_matches(is_space).is_empty() || is_first {
        let trimmed = rest.trim_start_matches(is_space);
        let at = text.len() - trimmed.len();
        let other = || malformed(at, "a declaration other than <?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        let (name, value, after) = attribute(trimmed).map_err(|_| other())?;
        let is_expected = if is_first { expected.next() == Some(&name) } else { expected.any(|other| *other == name) };
        let is_right = match name {
            "version" => value
                .strip_prefix("1.")
                .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit())),
            "encoding" if !["UTF-8", "US-ASCII"].iter().any(|known| value.eq_ignore_ascii_case(known)) => {
                return Err(InputError::at(at, ErrorKind::OtherEncoding(excerpt(value))));
            }
            "encoding" => true,
            _ => matches!(value, "yes" | "no"),
        };
        if trimmed.len() == rest.len() || !is_expected || !is_right {
            return Err(other());
        }
        (rest, is_first) = (after, false);
    }
    Ok(())
}
