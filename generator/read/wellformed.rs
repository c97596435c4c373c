//! The rules of XML that quick-xml does not check. The generator refuses files that break them, like any conforming parser.
//!
//! quick-xml finds where markup starts and ends, and that every element that is opened is closed. Each event is checked
//! here before anything reads it. After a lost quote, quick-xml takes rows for the value of an attribute; a `<` in the
//! value gives that away.
//!
//! An error here counts its offset from the start of the event.

use super::bounds::{MAX_ATTRIBUTES, MAX_PREFIXES, at_most};
use super::error::InputError;
use super::syntax::{
    attribute, comment, declaration, instruction, is_name, is_space, malformed, no, qualified, reference, split_name,
};
use quick_xml::events::Event;

type Checked = Result<(), InputError>;

/// The parts of an opening tag. Other markup has none of them.
#[derive(Default)]
pub struct Opened<'x> {
    pub local_name: &'x str,
    /// Prefix and local name, and the value with its references.
    pub attributes: Vec<((&'x str, &'x str), &'x str)>,
}

/// How far a document has been checked.
#[derive(Default)]
pub struct WellFormed<'x> {
    /// Elements that are open.
    depth: usize,
    /// The declared prefixes, each with the depth of the element that declares it and its namespace.
    prefixes: Vec<(usize, &'x str, &'x str)>,
    has_root: bool,
    has_type: bool,
}

/// Namespaces that no declaration may name (Namespaces in XML 1.0, section 3).
const RESERVED: [&str; 2] = ["http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"];

impl<'x> WellFormed<'x> {
    /// Checks an event that starts at this offset of the document; `markup` is its text from the first character to the last.
    pub fn check(&mut self, event: &Event<'_>, offset: usize, markup: &'x str) -> Result<Opened<'x>, InputError> {
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
            Event::Decl(_) if offset > 0 => (0, Err(malformed(0, "a declaration that is not the first of the file"))),
            Event::Decl(_) => (2, declaration(inside(2, 2))),
            Event::DocType(_) => (9, self.document_type(markup, inside(9, 1))),
            Event::CData(_) if self.depth == 0 => (0, Err(malformed(0, "a CDATA section outside the root element"))),
            Event::CData(_) | Event::Eof => (0, Ok(())),
        };
        checked.map(|()| Opened::default()).map_err(|error| error.after(before))
    }

    /// Checks the content of an opening tag: a name and attributes.
    fn open(&mut self, text: &'x str) -> Result<Opened<'x>, InputError> {
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
            let (name, value, after) = attribute(trimmed).map_err(|error| error.after(at))?;
            let name = qualified(name, at)?;
            self.declare(name, value, at)?;
            opened.attributes.push((name, value));
            places.push(at);
            at_most("attributes of an element", places.len(), MAX_ATTRIBUTES)
                .map_err(|kind| InputError::at(1, kind))?;
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

    /// Declares a prefix if the attribute does so.
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
                at_most("prefixes of namespaces", self.prefixes.len(), MAX_PREFIXES)
                    .map_err(|kind| InputError::at(at, kind))
            }
            _ => Ok(()),
        }
    }

    fn close(&mut self) {
        while self.prefixes.last().is_some_and(|&(declared, ..)| declared >= self.depth) {
            self.prefixes.pop();
        }
    }

    /// The namespace of a prefix. An empty prefix gives an empty namespace, whatever the default namespace is.
    fn namespace(&self, (prefix, _): (&str, &str), at: usize) -> Result<&'x str, InputError> {
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
        let (name, rest) = split_name(text.strip_prefix(is_space).unwrap_or_default().trim_start_matches(is_space));
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
