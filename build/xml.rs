//! The XML reader as the parser wants it: child elements, flattened text, attributes, faults with
//! a position. The XML itself is quick-xml's business.

use super::error::{Fault, Problem};
use super::schema::{Field, Xref};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

/// Elements nest three deep in IANA's file. More than this is not a registry.
pub const MAX_DEPTH: usize = 16;

/// An opening tag.
pub struct Tag<'x> {
    start: BytesStart<'x>,
    /// `false` for `<br/>`.
    pub has_content: bool,
}

impl Tag<'_> {
    /// The name without a prefix.
    pub fn name(&self) -> String {
        String::from_utf8_lossy(self.start.local_name().as_ref()).into_owned()
    }
}

/// A cursor in a document.
pub struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    /// Where the last event started, in bytes.
    pub offset: usize,
}

impl<'x> Xml<'x> {
    /// A cursor before the root element.
    pub fn new(xml: &'x str) -> Self {
        Self { reader: Reader::from_str(xml), offset: 0 }
    }

    /// A fault where the last event started.
    pub fn fault(&self, problem: Problem) -> Fault {
        Fault::at(self.offset, problem)
    }

    fn malformed(&self, what: &dyn ToString) -> Fault {
        self.fault(Problem::NotXml(what.to_string()))
    }

    /// The next event; comments, processing instructions and declarations are passed over.
    fn event(&mut self) -> Result<Event<'x>, Fault> {
        loop {
            self.offset = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            match self.reader.read_event() {
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_)) => {}
                Ok(event) => return Ok(event),
                // Markup that the end of the file broke; the caller knows what it was in.
                Err(Error::Syntax(_)) => return Ok(Event::Eof),
                Err(error) => return Err(self.malformed(&error)),
            }
        }
    }

    /// The next event inside the element of this name, which must end before the file does.
    fn event_inside(&mut self, element: &str) -> Result<Event<'x>, Fault> {
        match self.event()? {
            Event::Eof => Err(self.fault(Problem::CutOff(element.to_owned()))),
            event => Ok(event),
        }
    }

    /// The next event outside the root element: white space is passed over, other text refused.
    fn event_outside(&mut self) -> Result<Event<'x>, Fault> {
        loop {
            match self.event()? {
                Event::Text(text) if text.iter().all(u8::is_ascii_whitespace) => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    return Err(self.malformed(&"text outside the root element"));
                }
                event => return Ok(event),
            }
        }
    }

    /// Enters the root element.
    pub fn root(&mut self) -> Result<Tag<'x>, Fault> {
        match self.event_outside()? {
            Event::Start(start) => Ok(Tag { start, has_content: true }),
            Event::Empty(start) => Ok(Tag { start, has_content: false }),
            _ => Err(self.malformed(&"no element")),
        }
    }

    /// Demands that nothing follows the root element.
    pub fn end(&mut self) -> Result<(), Fault> {
        match self.event_outside()? {
            Event::Eof => Ok(()),
            _ => Err(self.malformed(&"content after the root element")),
        }
    }

    /// The next child of `parent`, whose end gives `None`. Text between children means nothing.
    pub fn child(&mut self, parent: &str) -> Result<Option<Tag<'x>>, Fault> {
        loop {
            match self.event_inside(parent)? {
                Event::Start(start) => return Ok(Some(Tag { start, has_content: true })),
                Event::Empty(start) => return Ok(Some(Tag { start, has_content: false })),
                Event::End(_) => return Ok(None),
                _ => {}
            }
        }
    }

    /// The text of an element, `None` if there is nothing but white space. An `<xref>` inside
    /// reads as its data in brackets, other elements as their text, apart from their neighbours.
    pub fn field(&mut self, tag: &Tag<'_>) -> Result<Option<Field>, Fault> {
        let offset = self.offset;
        let name = tag.name();
        let mut raw = String::new();
        let mut depth = usize::from(tag.has_content);
        while depth > 0 {
            match self.event_inside(&name)? {
                Event::Text(text) => raw.push_str(&String::from_utf8_lossy(&text)),
                Event::CData(text) => raw.push_str(&String::from_utf8_lossy(&text)),
                Event::GeneralRef(reference) => raw.push_str(&self.reference(&reference)?),
                Event::Start(_) if depth == MAX_DEPTH => {
                    return Err(self.fault(Problem::TooDeep(MAX_DEPTH + 1)));
                }
                Event::Start(start) => {
                    depth += 1;
                    raw.push_str(&self.inline(start)?);
                }
                Event::Empty(start) => raw.push_str(&self.inline(start)?),
                Event::End(_) => {
                    depth -= 1;
                    raw.push(' ');
                }
                _ => {}
            }
        }
        let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(if text.is_empty() { None } else { Some(Field { offset, text }) })
    }

    /// What the opening of an element within text reads as.
    fn inline(&self, start: BytesStart<'_>) -> Result<String, Fault> {
        let tag = Tag { start, has_content: false };
        if tag.name() == "xref" { Ok(self.xref(&tag)?.bracketed()) } else { Ok(" ".to_owned()) }
    }

    fn reference(&self, reference: &BytesRef<'_>) -> Result<String, Fault> {
        let name = String::from_utf8_lossy(reference);
        let known = match reference.resolve_char_ref() {
            Ok(Some(character)) => Some(character.to_string()),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
            Err(_) => None,
        };
        known.ok_or_else(|| self.fault(Problem::UnknownReference(name.into_owned())))
    }

    /// The attributes of an `<xref>`.
    pub fn xref(&self, tag: &Tag<'_>) -> Result<Xref, Fault> {
        let kind = self.attribute(tag, "type")?.unwrap_or_default();
        let data = self.attribute(tag, "data")?.unwrap_or_default();
        Ok(Xref { kind, data })
    }

    /// An attribute's value.
    pub fn attribute(&self, tag: &Tag<'_>, name: &str) -> Result<Option<String>, Fault> {
        for attribute in tag.start.attributes() {
            let attribute = attribute.map_err(|error| self.malformed(&error))?;
            if attribute.key.local_name().as_ref() == name.as_bytes() {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                return value.map(|value| Some(value.into_owned())).map_err(|error| self.malformed(&error));
            }
        }
        Ok(None)
    }
}
