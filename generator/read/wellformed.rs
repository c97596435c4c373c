//! What XML demands and quick-xml does not: a conforming parser refuses the rest, and so does the generator.
//!
//! quick-xml finds where markup starts and ends, and that what is opened is closed. Everything it finds is
//! checked here before anybody reads it. A quote that got lost makes it take rows for the value of an attribute; a `<`
//! in a value gives that away.

use super::bounds::{MAX_ATTRIBUTES, MAX_PREFIXES};
use super::error::{Problem, excerpt};
use quick_xml::events::Event;

/// Where something is wrong in an event, in bytes from its start, and what.
#[derive(Debug)]
pub struct Flaw(pub usize, pub Problem);

type Checked = Result<(), Flaw>;

/// What an opening tag has, and other markup has not.
#[derive(Debug, Default)]
pub struct Opened<'x> {
    pub local_name: &'x str,
    /// Prefix and local name, and value with references in it.
    pub attributes: Vec<((&'x str, &'x str), &'x str)>,
}

/// How far a document has been checked.
#[derive(Debug, Default)]
pub struct WellFormed<'x> {
    /// Elements that are open.
    depth: usize,
    /// Prefixes that are declared, with the depth of the element that declares them and the namespace.
    prefixes: Vec<(usize, &'x str, &'x str)>,
    has_root: bool,
    has_type: bool,
}

/// Namespaces that no declaration may name (Namespaces in XML 1.0, section 3).
const RESERVED: [&str; 2] = ["http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"];

/// The first character that XML 1.0 section 2.2 leaves out, and where it is.
pub fn forbidden(text: &str) -> Option<(usize, char)> {
    // Unoptimised, a loop over the characters takes a tenth of a build. The standard library's search is optimised.
    let begins = |byte: &u8| !is_character(char::from(*byte)) || *byte == 0xef;
    if !(0..=u8::MAX).filter(begins).any(|byte| text.as_bytes().contains(&byte)) {
        return None;
    }
    text.char_indices().find(|(_, character)| !is_character(*character))
}

fn is_character(character: char) -> bool {
    !matches!(character, '\0'..'\t' | '\u{b}' | '\u{c}' | '\u{e}'..' ' | '\u{fffe}' | '\u{ffff}')
}

impl<'x> WellFormed<'x> {
    /// Checks an event that starts at an offset of the document, from its first character to its last one.
    pub fn check(&mut self, event: &Event<'_>, offset: usize, markup: &'x str) -> Result<Opened<'x>, Flaw> {
        let inside = |before, after| markup.get(before..markup.len() - after).unwrap_or_default();
        let (before, checked) = match event {
            Event::Start(_) => {
                let opened = self.open(inside(1, 1));
                self.depth += 1;
                return opened;
            }
            Event::Empty(_) => {
                let opened = self.open(inside(1, 2));
                self.close();
                return opened;
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.close();
                (0, Ok(()))
            }
            Event::Text(_) if !markup.as_bytes().contains(&b'>') => (0, Ok(())),
            Event::Text(_) => (0, no(markup, "]]>")),
            Event::GeneralRef(_) => (0, reference(markup, 0)),
            Event::Comment(_) => (4, comment(inside(4, 3))),
            Event::PI(_) => (2, instruction(inside(2, 2))),
            Event::Decl(_) if offset > 0 => {
                (0, Err(malformed(0, "a declaration that is not the first of the file")))
            }
            Event::Decl(_) => (2, declaration(inside(2, 2))),
            Event::DocType(_) => (9, self.document_type(markup, inside(9, 1))),
            Event::CData(_) if self.depth == 0 => {
                (0, Err(malformed(0, "a CDATA section outside the root element")))
            }
            Event::CData(_) | Event::Eof => (0, Ok(())),
        };
        checked.map(|()| Opened::default()).map_err(|Flaw(at, problem)| Flaw(before + at, problem))
    }

    /// Checks what is in an opening tag: a name, and attributes.
    fn open(&mut self, text: &'x str) -> Result<Opened<'x>, Flaw> {
        self.has_root = true;
        // Most tags of IANA's files are these.
        if matches!(text, "record" | "name" | "protocol" | "description" | "number") {
            return Ok(Opened { local_name: text, attributes: Vec::new() });
        }
        let (name, mut rest) = split_name(text);
        let element = qualified(name, 1)?;
        if element.0 == "xmlns" {
            return Err(malformed(1, "the prefix \"xmlns\", which is for attributes"));
        }
        let mut opened = Opened { local_name: element.1, attributes: Vec::new() };
        if rest.is_empty() && element.0.is_empty() {
            return Ok(opened);
        }
        let mut places = Vec::new();
        while !rest.is_empty() {
            let trimmed = rest.trim_start_matches(is_space);
            let at = 1 + text.len() - trimmed.len();
            if trimmed.is_empty() {
                break;
            }
            if trimmed.len() == rest.len() {
                return Err(malformed(at, "no space before an attribute"));
            }
            let (name, value, after) =
                attribute(trimmed).map_err(|Flaw(within, problem)| Flaw(at + within, problem))?;
            let name = qualified(name, at)?;
            self.declare(name, value, at)?;
            opened.attributes.push((name, value));
            places.push(at);
            at_most(places.len(), MAX_ATTRIBUTES, "attributes of an element", 1)?;
            rest = after;
        }
        self.namespace(element, 1)?;
        let mut names = Vec::with_capacity(places.len());
        for (&(name, _), at) in opened.attributes.iter().zip(places) {
            let expanded = (self.namespace(name, at)?, name.1);
            if names.contains(&expanded) {
                return Err(malformed(at, &format!("a second attribute {:?}", name.1)));
            }
            names.push(expanded);
        }
        Ok(opened)
    }

    /// Takes an attribute that declares a prefix.
    fn declare(&mut self, attribute: (&'x str, &'x str), namespace: &'x str, at: usize) -> Checked {
        let is_reserved = RESERVED.contains(&namespace);
        match attribute {
            ("", "xmlns") if is_reserved => Err(malformed(at, "a reserved namespace")),
            ("xmlns", "xml" | "xmlns") => Err(malformed(at, "a reserved prefix")),
            ("xmlns", _) if is_reserved || namespace.is_empty() => {
                Err(malformed(at, "a prefix without a namespace, or with a reserved one"))
            }
            ("xmlns", prefix) => {
                self.prefixes.push((self.depth, prefix, namespace));
                at_most(self.prefixes.len(), MAX_PREFIXES, "prefixes of namespaces", at)
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self) {
        while self.prefixes.last().is_some_and(|&(declared, ..)| declared >= self.depth) {
            self.prefixes.pop();
        }
    }

    /// The namespace of a prefix. Without one it is that of the element, whichever this is.
    fn namespace(&self, (prefix, _): (&str, &str), at: usize) -> Result<&'x str, Flaw> {
        match prefix {
            "" => Ok(""),
            "xml" => Ok(RESERVED[0]),
            "xmlns" => Ok(RESERVED[1]),
            _ => match self.prefixes.iter().rev().find(|(_, declared, _)| *declared == prefix) {
                Some(&(.., namespace)) => Ok(namespace),
                None => Err(malformed(at, &format!("the prefix {prefix:?}, which nothing declares"))),
            },
        }
    }

    fn document_type(&mut self, markup: &str, text: &str) -> Checked {
        if self.has_root || std::mem::replace(&mut self.has_type, true) {
            return Err(malformed(0, "a document type that is not the only one, before the root element"));
        }
        if !markup.starts_with("<!DOCTYPE") {
            return Err(malformed(0, "<!DOCTYPE is written in capitals"));
        }
        let (name, rest) =
            split_name(text.strip_prefix(is_space).unwrap_or_default().trim_start_matches(is_space));
        let external = || {
            let id = rest.strip_prefix(is_space)?.trim_matches(is_space);
            if id.is_empty() {
                return Some(());
            }
            let (literals, rest) =
                id.strip_prefix("SYSTEM").map_or((2, id.strip_prefix("PUBLIC")), |rest| (1, Some(rest)));
            let mut rest = rest?;
            for _ in 0..literals {
                let quoted = rest.strip_prefix(is_space)?.trim_start_matches(is_space);
                let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
                (_, rest) = quoted[1..].split_once(quote)?;
            }
            rest.is_empty().then_some(())
        };
        if !is_name(name) || !(rest.is_empty() || external().is_some()) {
            return Err(malformed(0, "a document type with declarations, which nothing here reads"));
        }
        Ok(())
    }
}

fn malformed(at: usize, what: &str) -> Flaw {
    Flaw(at, Problem::NotXml(excerpt(what)))
}

fn at_most(found: usize, limit: usize, what: &'static str, at: usize) -> Checked {
    if found > limit { Err(Flaw(at, Problem::TooMany { what, found, limit })) } else { Ok(()) }
}

fn no(text: &str, what: &str) -> Checked {
    match text.find(what) {
        Some(at) => Err(malformed(at, &format!("{what} in text or in a comment"))),
        None => Ok(()),
    }
}

/// White space as XML has it.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// What stands before white space, and the rest.
fn split_name(text: &str) -> (&str, &str) {
    text.split_at(text.find(is_space).unwrap_or(text.len()))
}

/// Prefix and local name of a qualified name.
fn qualified(name: &str, at: usize) -> Result<(&str, &str), Flaw> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let is_prefixed = local.len() < name.len();
    if is_name(local) && (!is_prefixed || is_name(prefix)) {
        return Ok((prefix, local));
    }
    Err(malformed(at, &format!("{name:?} in place of a name")))
}

/// Whether this is a name without a colon (XML 1.0 section 2.3).
fn is_name(name: &str) -> bool {
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
        starts(c)
            || matches!(c, '0'..='9' | '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
    };
    characters.next().is_some_and(starts) && characters.all(continues)
}

/// Name and value of an attribute that a text begins with, and the rest.
fn attribute(text: &str) -> Result<(&str, &str, &str), Flaw> {
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

/// Checks the reference that a text begins with.
fn reference(text: &str, at: usize) -> Checked {
    let name = text[1..].split_once(';').map_or(&text[1..], |(name, _)| name);
    let number = name
        .strip_prefix("#x")
        .map(|digits| (16, digits))
        .or(name.strip_prefix('#').map(|digits| (10, digits)));
    let is_known = name.len() + 1 < text.len()
        && match number {
            Some((radix, digits)) => {
                let number = u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'));
                number.and_then(char::from_u32).is_some_and(is_character)
            }
            None => matches!(name, "amp" | "lt" | "gt" | "apos" | "quot"),
        };
    if is_known { Ok(()) } else { Err(Flaw(at, Problem::UnknownReference(excerpt(name)))) }
}

fn comment(text: &str) -> Checked {
    if text.ends_with('-') {
        Err(malformed(text.len() - 1, "a comment that ends in --->"))
    } else {
        no(text, "--")
    }
}

/// Checks a processing instruction.
fn instruction(text: &str) -> Checked {
    let (target, _) = split_name(text);
    if !is_name(target) || target.eq_ignore_ascii_case("xml") {
        return Err(malformed(0, &format!("{target:?} as the target of an instruction")));
    }
    Ok(())
}

/// Checks `xml version="1.0" encoding="UTF-8" standalone="yes"`, of which the first alone must be there.
fn declaration(text: &str) -> Checked {
    let mut rest = text.strip_prefix("xml").unwrap_or_default();
    let mut expected = ["version", "encoding", "standalone"].iter();
    let mut is_first = true;
    while !rest.trim_matches(is_space).is_empty() || is_first {
        let trimmed = rest.trim_start_matches(is_space);
        let at = text.len() - trimmed.len();
        let other = || malformed(at, "a declaration other than <?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        let (name, value, after) = attribute(trimmed).map_err(|_| other())?;
        let is_expected =
            if is_first { expected.next() == Some(&name) } else { expected.any(|other| *other == name) };
        let is_right = match name {
            "version" => value
                .strip_prefix("1.")
                .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit())),
            "encoding" => {
                value.starts_with(|c: char| c.is_ascii_alphabetic())
                    && value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
            }
            _ => matches!(value, "yes" | "no"),
        };
        if trimmed.len() == rest.len() || !is_expected || !is_right {
            return Err(other());
        }
        (rest, is_first) = (after, false);
    }
    Ok(())
}
