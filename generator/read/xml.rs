//! A cursor in an XML document: child elements, flattened text, attributes, errors with a position.
//!
//! quick-xml reads the XML, and [`wellformed`](super::wellformed) checks what it reads.

use super::bounds::{MAX_DEPTH, MAX_PIECES, MAX_TEXT, at_most};
use super::error::{InputError, excerpt};
use super::error_kind::ErrorKind;
use super::schema::{Field, Xref};
use super::text::{attribute_value, folded, referred};
use super::wellformed::{Opened, WellFormed};
use quick_xml::events::Event;
use quick_xml::{Error, Reader};

/// An opening tag.
pub struct Tag<'x> {
    opened: Opened<'x>,
    /// `false` for `<br/>`.
    pub has_content: bool,
}

impl<'x> Tag<'x> {
    /// The name without a prefix.
    ///
    /// Empty for an element of another namespace, which no reader knows.
    pub fn local_name(&self) -> &'x str {
        if self.opened.is_foreign { "" } else { self.opened.local_name }
    }

    /// The name without a prefix, as errors quote it.
    pub fn name(&self) -> String {
        excerpt(self.opened.local_name)
    }
}

/// A part of a document.
enum Part<'x> {
    Open(Tag<'x>),
    Close,
    Text(&'x str),
    /// The text between `&` and `;`.
    Reference(&'x str),
    End,
}

/// A cursor in a document.
pub struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    /// The text that the reader reads, and how many bytes of the file come before it.
    text: &'x str,
    before: usize,
    well_formed: WellFormed<'x>,
    /// Where the last part started, in bytes.
    pub offset: usize,
    /// True if the end of the file broke markup.
    is_cut: bool,
    /// True if text between elements is refused.
    is_strict: bool,
    /// How many parts there have been.
    parts: usize,
}

impl<'x> Xml<'x> {
    /// A cursor before the root element.
    pub fn new(xml: &'x str, is_strict: bool) -> Self {
        // A byte order mark.
        let text = xml.strip_prefix('\u{feff}').unwrap_or(xml);
        let (reader, before) = (Reader::from_str(text), xml.len() - text.len());
        Self { reader, text, before, well_formed: WellFormed::default(), offset: 0, is_cut: false, is_strict, parts: 0 }
    }

    /// An error where the last part started.
    pub fn error(&self, kind: ErrorKind) -> InputError {
        InputError::at(self.offset, kind)
    }

    fn malformed(&self, what: &dyn ToString) -> InputError {
        self.error(ErrorKind::NotXml(excerpt(&what.to_string())))
    }

    /// How much has been read, in bytes.
    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next part. Comments, processing instructions and declarations are skipped.
    fn part(&mut self) -> Result<Part<'x>, InputError> {
        loop {
            let start = self.position();
            self.offset = self.before + start;
            at_most("pieces of markup and text", self.parts, MAX_PIECES).map_err(|kind| self.error(kind))?;
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(Error::Syntax(_)) => {
                    let rest = self.text.get(start..).unwrap_or_default();
                    let known = ["<!--", "<![CDATA[", "<!DOCTYPE"];
                    if rest.starts_with("<!") && !known.iter().any(|m| rest.starts_with(m) || m.starts_with(rest)) {
                        return Err(self.malformed(&"<! that begins no comment, no CDATA and no document type"));
                    }
                    // The file ends inside markup. The caller knows in which element.
                    self.is_cut = true;
                    return Ok(Part::End);
                }
                Err(error) => return Err(self.malformed(&error)),
            };
            let markup = self.text.get(start..self.position()).unwrap_or_default();
            let opened = self.well_formed.check(&event, start, markup).map_err(|error| error.after(self.offset))?;
            if let (true, Some(other)) = (self.is_strict, opened.unknown_attribute()) {
                return Err(self.error(ErrorKind::UnknownAttribute(excerpt(other))));
            }
            let is_ascii = || !markup.to_ascii_uppercase().contains("US-ASCII") || self.text.is_ascii();
            if matches!(event, Event::Decl(_)) && !is_ascii() {
                return Err(self.error(ErrorKind::OtherEncoding("US-ASCII".to_owned())));
            }
            // An attribute takes as long to read as three tags.
            self.parts += 1 + 3 * opened.attributes.len();
            let inside = |before, after| markup.get(before..markup.len() - after).unwrap_or_default();
            return Ok(match event {
                Event::Start(_) => Part::Open(Tag { opened, has_content: true }),
                Event::Empty(_) => Part::Open(Tag { opened, has_content: false }),
                Event::End(_) => Part::Close,
                Event::Text(_) => Part::Text(markup),
                Event::CData(_) => Part::Text(inside(9, 3)),
                Event::GeneralRef(_) => Part::Reference(inside(1, 1)),
                Event::Eof => Part::End,
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => continue,
            });
        }
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
                Part::Text(text) if text.bytes().all(|byte| byte.is_ascii_whitespace()) => {}
                Part::Text(_) | Part::Reference(_) => {
                    return Err(self.malformed(&"text outside the root element"));
                }
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
            Part::End if self.is_cut => Err(self.malformed(&"the file ends in markup")),
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
                Part::Reference(name) if self.is_strict => {
                    return Err(self.error(ErrorKind::StrayText(format!("&{};", excerpt(name)))));
                }
                _ => {}
            }
        }
    }

    /// Refuses a record that nothing would read.
    fn check_place(&self, inside: &Tag<'_>, outer: &Tag<'_>) -> Result<(), InputError> {
        let is_lost = self.is_strict && inside.local_name() == "record";
        if is_lost { Err(self.error(ErrorKind::LostRecord(outer.name()))) } else { Ok(()) }
    }

    /// Skips an element and its content.
    pub fn skip(&mut self, tag: &Tag<'_>) -> Result<(), InputError> {
        let mut depth = usize::from(tag.has_content);
        while depth > 0 {
            match self.part_inside(tag)? {
                Part::Open(inside) => {
                    self.check_place(&inside, tag)?;
                    depth += usize::from(inside.has_content);
                }
                Part::Close => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// The text of an element, `None` if it is only white space. An `<xref>` inside reads as the text that it shows, in
    /// brackets. Other elements read as their text, with white space around it.
    pub fn field(&mut self, tag: &Tag<'_>) -> Result<Option<Field>, InputError> {
        let offset = self.offset;
        let text = self.text(tag, 1)?;
        Ok(if text.is_empty() { None } else { Some(Field { offset, text }) })
    }

    /// The text of an element that is nested this deep in a field, white space folded.
    fn text(&mut self, tag: &Tag<'_>, level: usize) -> Result<String, InputError> {
        let mut raw = String::new();
        let mut depth = usize::from(tag.has_content);
        while depth > 0 {
            let inside = match self.part_inside(tag)? {
                Part::Open(inside) => inside,
                Part::Close => {
                    depth -= 1;
                    raw.push(' ');
                    continue;
                }
                Part::Text(text) => {
                    raw.push_str(text);
                    self.check_length(raw.len())?;
                    continue;
                }
                Part::Reference(name) => {
                    raw.extend(referred(name));
                    self.check_length(raw.len())?;
                    continue;
                }
                Part::End => continue,
            };
            if inside.has_content && level + depth > MAX_DEPTH {
                return Err(self.error(ErrorKind::TooDeep(MAX_DEPTH + 1)));
            }
            self.check_place(&inside, tag)?;
            if inside.local_name() == "xref" {
                let xref = self.xref(&inside, level + depth)?;
                raw.extend(["[", &xref.shown(), "]"]);
                self.check_length(raw.len())?;
            } else {
                depth += usize::from(inside.has_content);
                raw.push(' ');
            }
        }
        Ok(folded(&raw))
    }

    pub fn check_length(&self, bytes: usize) -> Result<(), InputError> {
        if bytes > MAX_TEXT { Err(self.error(ErrorKind::LongText(bytes))) } else { Ok(()) }
    }

    /// An `<xref>`, attributes and text, nested this deep in a row or a field.
    pub fn xref(&mut self, tag: &Tag<'_>, level: usize) -> Result<Xref, InputError> {
        let kind = self.attribute(tag, "type")?.unwrap_or_default();
        let data = folded(&self.attribute(tag, "data")?.unwrap_or_default());
        let label = self.text(tag, level)?;
        Ok(Xref { kind, data, label })
    }

    /// The value of an attribute as a field, `None` if it is only white space.
    pub fn attribute_field(&self, tag: &Tag<'_>, name: &str) -> Result<Option<Field>, InputError> {
        let text = folded(&self.attribute(tag, name)?.unwrap_or_default());
        Ok(if text.is_empty() { None } else { Some(Field { offset: self.offset, text }) })
    }

    /// The value of an attribute. A name with a prefix is another attribute.
    pub fn attribute(&self, tag: &Tag<'_>, name: &str) -> Result<Option<String>, InputError> {
        let mut attributes = tag.opened.attributes.iter();
        let Some((_, raw)) = attributes.find(|(own, _)| *own == ("", name)) else {
            return Ok(None);
        };
        self.check_length(raw.len())?;
        Ok(Some(attribute_value(raw)))
    }
}
