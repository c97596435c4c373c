//! The characters of a file: those that XML forbids, those of names, white space.

/// The first character that XML 1.0 section 2.2 forbids, and where it is.
pub fn forbidden(text: &str) -> Option<(usize, char)> {
    // The build script is compiled without optimization, where a loop over the characters takes a tenth of the build.
    // `contains` comes precompiled from std. U+FFFE and U+FFFF begin with 0xef.
    let is_possible = |byte: &u8| *byte == 0xef || is_forbidden(char::from(*byte));
    if !(0..=u8::MAX).filter(is_possible).any(|byte| text.as_bytes().contains(&byte)) {
        return None;
    }
    text.char_indices().find(|(_, character)| is_forbidden(*character))
}

pub fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..'\t' | '\u{b}' | '\u{c}' | '\u{e}'..' ' | '\u{fffe}' | '\u{ffff}')
}

/// True if this can be the name of an element or an attribute, perhaps with a prefix. Not all ASCII characters can be
/// in a name (XML 1.0 section 2.3).
pub fn is_name(name: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b":_-.".contains(&byte) || !byte.is_ascii();
    let has_ends = !name.is_empty() && !name.starts_with(':') && !name.ends_with(':');
    has_ends && name.bytes().all(is_of_name)
}

/// A text on one line: without white space at its ends, and with single spaces elsewhere. A non-breaking space is none.
pub fn folded(text: &str) -> String {
    let text = text.trim_ascii();
    // Nearly always. Without optimization, a loop over the characters takes ten times as long as these searches.
    let has = |byte: &u8| text.as_bytes().contains(byte);
    let has_double = || has(&b' ') && text.contains("  ");
    if text.is_ascii() && !has_double() && !b"\n\t\r\x0b\x0c".iter().any(has) {
        return text.to_owned();
    }
    let words = text.split(|c: char| matches!(c, ' ' | '\t'..='\r')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
