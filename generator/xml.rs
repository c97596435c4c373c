//! A cursor in an XML document: child elements, flattened text, attributes, faults with a position. quick-xml
//! reads the XML itself.

use super::bounds::{MAX_DEPTH, MAX_TEXT};
use super::error::{Fault, Problem, excerpt};
use super::schema::{Field, Xref};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

/// An opening tag.
pub struct Tag<'x> {
    start: BytesStart<'x>,
    /// `false` for `<br/>`.
    pub has_content: bool,
}

impl Tag<'_> {
    /// The name without a prefix.
    pub fn local_name(&self) -> &[u8] {
        self.start.local_name().into_inner()
    }

    /// The name without a prefix, as errors quote it.
    pub fn name(&self) -> String {
        excerpt(&String::from_utf8_lossy(self.local_name()))
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
        self.fault(Problem::NotXml(excerpt(&what.to_string())))
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

    /// The next event inside an element, which must end before the file does.
    fn event_inside(&mut self, element: &Tag<'_>) -> Result<Event<'x>, Fault> {
        match self.event()? {
            Event::Eof => Err(self.fault(Problem::CutOff(element.name()))),
            event => Ok(event),
        }
    }

    /// The next event outside the root element. White space is passed over, and other text refused.
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
    pub fn child(&mut self, parent: &Tag<'_>) -> Result<Option<Tag<'x>>, Fault> {
        if !parent.has_content {
            return Ok(None);
        }
        loop {
            match self.event_inside(parent)? {
                Event::Start(start) => return Ok(Some(Tag { start, has_content: true })),
                Event::Empty(start) => return Ok(Some(Tag { start, has_content: false })),
                Event::End(_) => return Ok(None),
                _ => {}
            }
        }
    }

    /// Passes over an element and all that is in it.
    pub fn skip(&mut self, tag: &Tag<'_>) -> Result<(), Fault> {
        let mut depth = usize::from(tag.has_content);
        while depth > 0 {
            match self.event_inside(tag)? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// The text of an element, `None` if there is nothing but white space. An `<xref>` inside reads as
    /// what it shows, in brackets. Other elements read as their text, with white space around it.
    pub fn field(&mut self, tag: &Tag<'_>) -> Result<Option<Field>, Fault> {
        let offset = self.offset;
        let text = self.text(tag, 1)?;
        Ok(if text.is_empty() { None } else { Some(Field { offset, text }) })
    }

    /// The text of an element that is this many elements deep in a field, white space folded.
    fn text(&mut self, tag: &Tag<'_>, level: usize) -> Result<String, Fault> {
        let mut raw = String::new();
        let mut depth = usize::from(tag.has_content);
        while depth > 0 {
            let inside = match self.event_inside(tag)? {
                Event::Start(start) => Tag { start, has_content: true },
                Event::Empty(start) => Tag { start, has_content: false },
                Event::End(_) => {
                    depth -= 1;
                    raw.push(' ');
                    continue;
                }
                event => {
                    raw.push_str(&self.plain(&event)?);
                    self.check_length(raw.len())?;
                    continue;
                }
            };
            if inside.has_content && level + depth > MAX_DEPTH {
                return Err(self.fault(Problem::TooDeep(MAX_DEPTH + 1)));
            }
            if inside.local_name() == b"xref" {
                let xref = self.nested_xref(&inside, level + depth)?;
                raw.extend(["[", &xref.shown(), "]"]);
                self.check_length(raw.len())?;
            } else {
                depth += usize::from(inside.has_content);
                raw.push(' ');
            }
        }
        Ok(folded(&raw))
    }

    fn check_length(&self, bytes: usize) -> Result<(), Fault> {
        if bytes > MAX_TEXT { Err(self.fault(Problem::LongText(bytes))) } else { Ok(()) }
    }

    /// The text of an event that is not markup.
    fn plain(&self, event: &Event<'_>) -> Result<String, Fault> {
        match event {
            Event::Text(text) => Ok(String::from_utf8_lossy(text).into_owned()),
            Event::CData(text) => Ok(String::from_utf8_lossy(text).into_owned()),
            Event::GeneralRef(reference) => self.reference(reference),
            _ => Ok(String::new()),
        }
    }

    fn reference(&self, reference: &BytesRef<'_>) -> Result<String, Fault> {
        let name = String::from_utf8_lossy(reference);
        let known = match reference.resolve_char_ref() {
            Ok(Some(character)) => Some(character.to_string()),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
            Err(_) => None,
        };
        known.ok_or_else(|| self.fault(Problem::UnknownReference(excerpt(&name))))
    }

    /// An `<xref>`, attributes and text.
    pub fn xref(&mut self, tag: &Tag<'_>) -> Result<Xref, Fault> {
        self.nested_xref(tag, 1)
    }

    fn nested_xref(&mut self, tag: &Tag<'_>, level: usize) -> Result<Xref, Fault> {
        let kind = self.attribute(tag, "type")?.unwrap_or_default();
        let data = folded(&self.attribute(tag, "data")?.unwrap_or_default());
        let label = self.text(tag, level)?;
        Ok(Xref { kind, data, label })
    }

    /// An attribute's value as a field, `None` if there is nothing but white space.
    pub fn attribute_field(&self, tag: &Tag<'_>, name: &str) -> Result<Option<Field>, Fault> {
        let text = folded(&self.attribute(tag, name)?.unwrap_or_default());
        Ok(if text.is_empty() { None } else { Some(Field { offset: self.offset, text }) })
    }

    /// The value of an attribute. One with a prefix is another attribute.
    pub fn attribute(&self, tag: &Tag<'_>, name: &str) -> Result<Option<String>, Fault> {
        for attribute in tag.start.attributes() {
            let attribute = attribute.map_err(|error| self.malformed(&error))?;
            if attribute.key.as_ref() == name.as_bytes() {
                self.check_length(attribute.value.len())?;
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                return value.map(|value| Some(value.into_owned())).map_err(|error| self.malformed(&error));
            }
        }
        Ok(None)
    }
}

/// A text on one line: without white space at its ends, and with single spaces elsewhere.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}
