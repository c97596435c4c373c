//! A cursor in an XML document: child elements, flattened text, attributes, errors with a position.
//!
//! quick-xml reads the XML and checks comments, end tags, attributes and namespaces. It is no conforming parser, and
//! need not be one. The cursor refuses what could move the damage of one row to others: markup that contains the start
//! of other markup, because its own end may be lost; names with characters of markup; and files that end early.

use super::registry::{Field, Xref};
use super::tag::Tag;
use super::text::{folded, is_forbidden};
use crate::generator::bounds::{MAX_DEPTH, MAX_PIECES, MAX_PREFIXES, at_most, check_length};
use crate::generator::error::{InputError, excerpt};
use crate::generator::error_kind::ErrorKind;
use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

enum Part<'x> {
    Open(Tag<'x>),
    Close,
    Text(&'x str),
    /// The character that a reference stands for.
    Character(char),
    End,
}

/// A cursor in a document.
pub struct Xml<'x> {
    reader: NsReader<&'x [u8]>,
    /// The text that the reader reads, and how many bytes of the file come before it.
    text: &'x str,
    before: usize,
    /// Where the last part started, in bytes.
    pub offset: usize,
    /// The namespace of the root, once it is open. Empty if it has none.
    root: Option<Vec<u8>>,
    /// How many elements are open, and how many parts there have been.
    depth: usize,
    parts: usize,
    /// True if unknown attributes and text between elements are refused.
    is_strict: bool,
}

impl<'x> Xml<'x> {
    /// A cursor before the root element.
    pub fn new(xml: &'x str, is_strict: bool) -> Self {
        let text = xml.strip_prefix('\u{feff}').unwrap_or(xml);
        let mut reader = NsReader::from_str(text);
        reader.config_mut().check_comments = true;
        reader.resolver_mut().set_max_declarations_per_element(MAX_PREFIXES);
        let before = xml.len() - text.len();
        Self { reader, text, before, offset: 0, root: None, depth: 0, parts: 0, is_strict }
    }

    /// An error where the last part started.
    pub fn error(&self, kind: ErrorKind) -> InputError {
        InputError::at(self.offset, kind)
    }

    fn malformed(&self, what: &dyn ToString) -> InputError {
        self.error(ErrorKind::not_xml(what))
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next part. Comments, processing instructions and declarations are skipped.
    fn part(&mut self) -> Result<Part<'x>, InputError> {
        loop {
            let start = self.position();
            self.offset = self.before + start;
            if self.parts > MAX_PIECES {
                at_most("pieces of markup and text", self.parts, MAX_PIECES).map_err(|kind| self.error(kind))?;
            }
            self.parts += 1;
            let event = self.reader.read_event().map_err(|error| self.malformed(&error))?;
            let markup = self.text.get(start..self.position()).unwrap_or_default();
            let inside = |before, after| markup.get(before..markup.len() - after).unwrap_or_default();
            let lost = match event {
                Event::Start(tag) => return self.open(&tag, markup, true).map(Part::Open),
                Event::Empty(tag) => return self.open(&tag, markup, false).map(Part::Open),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Part::Close);
                }
                Event::Text(_) => return Ok(Part::Text(markup)),
                Event::CData(_) if !inside(9, 3).contains("<![CDATA[") => return Ok(Part::Text(inside(9, 3))),
                Event::CData(_) => "CDATA section",
                Event::GeneralRef(_) => return self.referred(inside(1, 1)).map(Part::Character),
                Event::Eof => return Ok(Part::End),
                Event::Comment(_) => continue, // quick-xml has checked it
                Event::DocType(_) if markup.contains('[') => {
                    return Err(self.malformed(&"a document type with declarations, which nothing here reads"));
                }
                Event::DocType(_) => "document type",
                Event::PI(_) => "processing instruction",
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().transpose().map_err(|error| self.malformed(&error))?;
                    self.check_encoding(encoding.as_deref().unwrap_or(b"UTF-8"))?;
                    "declaration"
                }
            };
            if markup.matches('<').count() > 1 {
                return Err(self.malformed(&format!("a < in a {lost}, whose end may be lost")));
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, markup: &'x str, has_content: bool) -> Result<Tag<'x>, InputError> {
        let read = Tag::read(tag, markup, has_content, self.reader.resolver(), &mut self.root);
        let tag = read.map_err(|kind| self.error(kind))?;
        self.parts += 3 * tag.attributes.len(); // an attribute takes as long to read as three tags
        if self.is_strict {
            if tag.local_name() == "record" && self.depth > 1 {
                return Err(self.error(ErrorKind::LostRecord));
            }
            if let Some(other) = tag.unknown_attribute() {
                return Err(self.error(ErrorKind::UnknownAttribute(excerpt(other))));
            }
        }
        self.depth += usize::from(has_content);
        if self.depth > MAX_DEPTH { Err(self.error(ErrorKind::TooDeep)) } else { Ok(tag) }
    }

    /// Refuses an encoding that is not UTF-8 or a part of it.
    fn check_encoding(&self, encoding: &[u8]) -> Result<(), InputError> {
        let is_ascii = encoding.eq_ignore_ascii_case(b"US-ASCII") && self.text.is_ascii();
        if is_ascii || encoding.eq_ignore_ascii_case(b"UTF-8") {
            return Ok(());
        }
        Err(self.error(ErrorKind::OtherEncoding(excerpt(&String::from_utf8_lossy(encoding)))))
    }

    /// The character that a reference stands for.
    fn referred(&self, name: &str) -> Result<char, InputError> {
        let by_number = BytesRef::new(name).resolve_char_ref().ok().flatten();
        let character = by_number.or_else(|| resolve_predefined_entity(name)?.chars().next());
        let unknown = || self.error(ErrorKind::UnknownReference(excerpt(name)));
        character.filter(|character| !is_forbidden(*character)).ok_or_else(unknown)
    }

    /// The next part inside an element, which must end before the file does.
    fn part_inside(&mut self, element: &Tag<'_>) -> Result<Part<'x>, InputError> {
        match self.part()? {
            Part::End => Err(self.error(ErrorKind::CutOff(element.name()))),
            part => Ok(part),
        }
    }

    /// The next part outside the root element. White space is skipped, and other text is refused.
    fn part_outside(&mut self) -> Result<Part<'x>, InputError> {
        loop {
            match self.part()? {
                Part::Text(text) if text.trim_ascii().is_empty() => {}
                Part::Text(_) | Part::Character(_) => return Err(self.malformed(&"text outside the root element")),
                part => return Ok(part),
            }
        }
    }

    /// Enters the root element.
    pub fn root(&mut self) -> Result<Tag<'x>, InputError> {
        // quick-xml skips a second byte order mark, and then counts offsets from after it.
        if self.text.starts_with('\u{feff}') {
            self.offset = self.before;
            return Err(self.malformed(&"text outside the root element"));
        }
        match self.part_outside()? {
            Part::Open(tag) => Ok(tag),
            _ => Err(self.malformed(&"no element")),
        }
    }

    /// Checks that nothing follows the root element.
    pub fn end(&mut self) -> Result<(), InputError> {
        match self.part_outside()? {
            Part::End => Ok(()),
            _ => Err(self.malformed(&"content after the root element")),
        }
    }

    /// The next child of `parent`; `None` at its end. Text between children means nothing in IANA's files.
    pub fn child(&mut self, parent: &Tag<'_>) -> Result<Option<Tag<'x>>, InputError> {
        if !parent.has_content {
            return Ok(None);
        }
        loop {
            match self.part_inside(parent)? {
                Part::Open(tag) => return Ok(Some(tag)),
                Part::Close => return Ok(None),
                Part::Text(text) if self.is_strict && !text.trim_ascii().is_empty() => {
                    return Err(self.error(ErrorKind::StrayText(excerpt(text.trim_ascii()))));
                }
                Part::Character(character) if self.is_strict => {
                    return Err(self.error(ErrorKind::StrayText(character.to_string())));
                }
                _ => {}
            }
        }
    }

    pub fn skip(&mut self, tag: &Tag<'_>) -> Result<(), InputError> {
        tag.check_name().map_err(|kind| self.error(kind))?;
        let outside = self.depth - usize::from(tag.has_content);
        while self.depth > outside {
            if let Part::Open(inside) = self.part_inside(tag)? {
                inside.check_name().map_err(|kind| self.error(kind))?;
            }
        }
        Ok(())
    }

    /// The text of an element, folded. An `<xref>` inside reads as what it shows, in brackets, and other elements as
    /// their text with white space around it.
    pub fn field(&mut self, tag: &Tag<'_>) -> Result<Option<Field>, InputError> {
        let offset = self.offset;
        let text = folded(&self.text(tag)?);
        Ok(if text.is_empty() { None } else { Some(Field { offset, text }) })
    }

    /// The value of an attribute as a field.
    pub fn attribute_field(&self, tag: &Tag<'_>, name: &str) -> Option<Field> {
        let text = folded(tag.attribute(name).unwrap_or_default());
        if text.is_empty() { None } else { Some(Field { offset: self.offset, text }) }
    }

    /// The text of an element, with its white space.
    pub fn text(&mut self, tag: &Tag<'_>) -> Result<String, InputError> {
        let mut raw = String::new();
        let outside = self.depth - usize::from(tag.has_content);
        while self.depth > outside {
            match self.part_inside(tag)? {
                Part::Open(inside) if inside.local_name() == "xref" => {
                    raw.extend(["[", &self.xref(&inside)?.shown(), "]"]);
                }
                Part::Text(text) => raw.push_str(text),
                Part::Character(character) => raw.push(character),
                Part::Open(inside) => {
                    inside.check_name().map_err(|kind| self.error(kind))?;
                    raw.push(' ');
                }
                _ if self.depth == outside || raw.ends_with(' ') => {}
                _ => raw.push(' '),
            }
            check_length(raw.len()).map_err(|kind| self.error(kind))?;
        }
        Ok(raw)
    }

    pub fn xref(&mut self, tag: &Tag<'_>) -> Result<Xref, InputError> {
        let attribute = |name| tag.attribute(name).unwrap_or_default();
        let (kind, data) = (attribute("type").to_owned(), folded(attribute("data")));
        Ok(Xref { kind, data, label: folded(&self.text(tag)?) })
    }
}
