//! The rules of XML that quick-xml does not check. The generator refuses files that break them, like any conforming
//! parser.
//!
//! quick-xml finds where markup starts and ends, and that every element that is opened is closed. Each event is checked
//! here before anything reads it. After a lost quote, quick-xml takes rows for the value of an attribute; a `<` in the
//! value gives that away.
//!
//! An error here counts its offset from the start of the event.

use super::bounds::{MAX_ATTRIBUTES, MAX_PREFIXES, at_most};
use super::error::InputError;
use super::syntax::{
    attribute, comment, declaration, instruction, is_name, is_public, is_space, malformed, no, qualified, reference,
    split_name,
};
use super::text::attribute_value;
use quick_xml::events::Event;
use std::collections::BTreeMap;

type Checked = Result<(), InputError>;

/// The parts of an opening tag. Other markup has none of them.
#[derive(Default)]
pub struct Opened<'x> {
    pub local_name: &'x str,
    /// True if it is in another namespace than the root.
    pub is_foreign: bool,
    /// Prefix and local name, and the value with its references.
    pub attributes: Vec<((&'x str, &'x str), &'x str)>,
}

impl<'x> Opened<'x> {
    /// The first attribute that IANA's form does not have there.
    pub fn unknown_attribute(&self) -> Option<&'x str> {
        let known: &[&str] = match self.local_name {
            "record" => &["date", "updated"],
            "xref" => &["type", "data", "lastupdated"],
            "registry" | "person" => &["id"],
            "note" => &["title", "format"],
            "footnote" => &["anchor"],
            _ => &[],
        };
        let mut names = self.attributes.iter().map(|&(name, _)| name);
        let is_unknown =
            |&(prefix, name): &(&str, &str)| prefix.is_empty() && name != "xmlns" && !known.contains(&name);
        names.find(is_unknown).map(|(_, name)| name)
    }
}

/// How far a document has been checked.
#[derive(Default)]
pub struct WellFormed<'x> {
    /// Elements that are open.
    depth: usize,
    /// The declared prefixes, each with the depth of the element that declares it and the number of its namespace. The
    /// default namespace has an empty prefix.
    prefixes: Vec<(usize, &'x str, usize)>,
    /// The numbers of all namespaces but those below, so that long ones are not compared again and again.
    namespaces: BTreeMap<String, usize>,
    /// The namespace of the root element, once it is open.
    root: Option<usize>,
    has_type: bool,
}

/// The numbers of no namespace and of those that are reserved (Namespaces in XML 1.0, section 3).
const NONE: usize = 0;
const XML: usize = 1;
const XMLNS: usize = 2;

impl<'x> WellFormed<'x> {
    /// Checks an event that starts at this offset of the document; `markup` is its text from the first character to the
    /// last.
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
        // Most tags of IANA's files are these.
        let is_in_root = self.root.is_some() && self.prefixes.last().is_none_or(|&(depth, ..)| depth == 0);
        if is_in_root && matches!(text, "record" | "name" | "protocol" | "description" | "number") {
            return Ok(Opened { local_name: text, ..Opened::default() });
        }
        let (name, mut rest) = split_name(text);
        let element = qualified(name, 1)?;
        if element.0 == "xmlns" {
            return Err(malformed(1, "the prefix \"xmlns\", which is for attributes"));
        }
        let mut opened = Opened { local_name: element.1, ..Opened::default() };
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
        let namespace = self.namespace(element.0, 1)?;
        opened.is_foreign = *self.root.get_or_insert(namespace) != namespace;
        let mut names = Vec::with_capacity(places.len());
        for (&(name, _), at) in opened.attributes.iter().zip(places) {
            let namespace = if name.0.is_empty() { NONE } else { self.namespace(name.0, at)? };
            let expanded = (namespace, name.1);
            if names.contains(&expanded) {
                return Err(malformed(at, &format!("a second attribute {:?}", name.1)));
            }
            names.push(expanded);
        }
        Ok(opened)
    }

    /// Declares a prefix if the attribute does so.
    fn declare(&mut self, attribute: (&'x str, &'x str), value: &str, at: usize) -> Checked {
        let prefix = match attribute {
            ("", "xmlns") => "",
            ("xmlns", prefix) => prefix,
            _ => return Ok(()),
        };
        let namespace = match attribute_value(value) {
            name if name.is_empty() => NONE,
            name if name == "http://www.w3.org/XML/1998/namespace" => XML,
            name if name == "http://www.w3.org/2000/xmlns/" => XMLNS,
            name => {
                let next = self.namespaces.len() + 3;
                *self.namespaces.entry(name).or_insert(next)
            }
        };
        match (prefix, namespace) {
            ("xml", XML) => return Ok(()), // what it always is
            ("xml" | "xmlns", _) => return Err(malformed(at, "a reserved prefix")),
            ("", XML | XMLNS) => return Err(malformed(at, "a reserved namespace")),
            (_, NONE | XML | XMLNS) if !prefix.is_empty() => {
                return Err(malformed(at, "a prefix without a namespace, or with a reserved one"));
            }
            _ => {}
        }
        self.prefixes.push((self.depth, prefix, namespace));
        at_most("prefixes of namespaces", self.prefixes.len(), MAX_PREFIXES).map_err(|kind| InputError::at(at, kind))
    }

    fn close(&mut self) {
        while self.prefixes.last().is_some_and(|&(declared, ..)| declared >= self.depth) {
            self.prefixes.pop();
        }
    }

    /// The namespace of a prefix. That of an empty one is the default, which attributes do not have.
    fn namespace(&self, prefix: &str, at: usize) -> Result<usize, InputError> {
        let declared = self.prefixes.iter().rev().find(|(_, declared, _)| *declared == prefix);
        match (prefix, declared) {
            (_, Some(&(.., namespace))) => Ok(namespace),
            ("", _) => Ok(NONE),
            ("xml", _) => Ok(XML),
            ("xmlns", _) => Ok(XMLNS),
            _ => Err(malformed(at, &format!("the prefix {prefix:?}, which nothing declares"))),
        }
    }

    fn document_type(&mut self, markup: &str, text: &str) -> Checked {
        if self.root.is_some() || std::mem::replace(&mut self.has_type, true) {
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
            for literal in (0..literals).rev() {
                let quoted = rest.strip_prefix(is_space)?.trim_start_matches(is_space);
                let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
                let (text, after) = quoted[1..].split_once(quote)?;
                if literal == 1 && !text.bytes().all(is_public) {
                    return None;
                }
                rest = after;
            }
            rest.is_empty().then_some(())
        };
        if !is_name(name) || !(rest.is_empty() || external().is_some()) {
            return Err(malformed(
                0,
                "a document type with declarations, which nothing here reads, or with a wrong identifier",
            ));
        }
        Ok(())
    }
}
