//! From XML text to rows, in one pass. Elements that IANA's form does not have are skipped, so that a new column does
//! not break a build, and named in a warning. In an overlay, every element must be known, and no text may be lost.

use super::registry::{Field, Origin, Person, Reference, Registry, Row};
use super::tag::Tag;
use super::text::folded;
use super::values::{check_name, date, packed_date, ports, proto, service_code};
use super::xml::Xml;
use crate::generator::bounds::{MAX_PEOPLE, MAX_REFERENCES, MAX_ROWS, at_most, check_length};
use crate::generator::error::{InputError, excerpt};
use crate::generator::error_kind::ErrorKind;
use std::collections::BTreeMap;

/// Elements of the root that the tables do not need.
const OTHER_ELEMENTS: [&str; 8] =
    ["title", "category", "created", "xref", "note", "footnote", "description", "registration_rule"];

/// The `id` of the root in every file that IANA has published.
const REGISTRY_ID: &str = "service-names-port-numbers";

/// Reads the rows of a registry.
pub fn read(text: &str, origin: Origin) -> Result<Registry, InputError> {
    let mut reader = Reader { xml: Xml::new(text, origin == Origin::Overlay), origin, registry: Registry::default() };
    let root = reader.xml.root()?;
    let id = root.attribute("id");
    if root.local_name() != "registry" || id != Some(REGISTRY_ID) {
        let id = id.map_or(String::new(), |id| format!(" id={:?}", excerpt(id)));
        return Err(reader.xml.error(ErrorKind::WrongRoot(format!("{}{id}", root.name()))));
    }
    let mut ids = BTreeMap::new();
    while let Some(tag) = reader.xml.child(&root)? {
        match tag.local_name() {
            "updated" => {
                let updated = reader.once(&tag, reader.registry.updated.is_some())?;
                reader.registry.updated = date(updated.as_ref(), "<updated>")?.or(reader.registry.updated);
            }
            "expert" => {
                // A line with a colon names the experts for other transports than the line before.
                let text = reader.xml.text(&tag)?;
                let lines = text.lines().flat_map(|line| [if line.contains(": ") { "; " } else { " " }, line]);
                let text = folded(&lines.collect::<String>()).trim_start_matches("; ").to_owned();
                reader.registry.experts.extend(Some(text).filter(|text| !text.is_empty()));
            }
            "record" => reader.row(&tag)?,
            "people" => reader.people(&tag, &mut ids)?,
            name if OTHER_ELEMENTS.contains(&name) => reader.xml.skip(&tag)?,
            _ => reader.unknown(&tag)?,
        }
    }
    reader.xml.end()?;
    Ok(reader.registry)
}

/// The current name for an alias or a duplicate, as the row's note gives it in quotes.
fn alias_of(note: &str) -> Option<String> {
    let after = |words| note.split_once(words).map(|(_, after)| after);
    let quoted = after("is an alias to \"").or_else(|| after("is a duplicate of the \""))?;
    quoted.split_once('"').map(|(name, _)| name.to_owned())
}

/// Reads a file from its start to its end.
struct Reader<'x> {
    xml: Xml<'x>,
    origin: Origin,
    registry: Registry,
}

impl<'x> Reader<'x> {
    fn row(&mut self, record: &Tag<'x>) -> Result<(), InputError> {
        let mut row = Row { offset: self.xml.offset, ..Row::default() };
        let [registered, modified] = ["date", "updated"].map(|name| self.xml.attribute_field(record, name));
        let read = self.columns(record, &mut row).and_then(|()| {
            row.details.registered = packed_date(registered.as_ref(), "attribute `date`")?;
            row.details.modified = packed_date(modified.as_ref(), "attribute `updated`")?;
            Ok(())
        });
        read.map_err(|error| error.in_record(row.label()))?;
        row.alias_of = alias_of(&row.details.note);
        // IANA's grammar allows rows with only a description, which no lookup can find.
        if self.origin == Origin::Overlay || row.name.is_some() || row.ports.is_some() {
            self.registry.rows.push(row);
        }
        self.at_most("records", self.registry.rows.len(), MAX_ROWS)
    }

    fn columns(&mut self, record: &Tag<'x>, row: &mut Row) -> Result<(), InputError> {
        while let Some(tag) = self.xml.child(record)? {
            let (offset, details) = (self.xml.offset, &mut row.details);
            match tag.local_name() {
                "name" => {
                    row.name = self.once(&tag, row.name.is_some())?.or(row.name.take());
                    match &row.name {
                        Some(name) => check_name(name)?,
                        None if self.origin == Origin::Registry => {}
                        None => return Err(InputError::at(offset, ErrorKind::EmptyName)),
                    }
                }
                "protocol" => {
                    if let Some(protocol) = self.once(&tag, row.proto.is_some())? {
                        row.proto = Some(proto(&protocol)?);
                    }
                }
                "number" => {
                    if let Some(number) = self.once(&tag, row.ports.is_some())? {
                        let ports = ports(&number, self.origin)?;
                        (row.ports, row.is_range) = (Some(ports), ports.is_single() && number.text.contains('-'));
                    }
                }
                "sc" => {
                    if let Some(code) = self.once(&tag, details.service_code.is_some())? {
                        details.service_code = Some(service_code(&code)?);
                    }
                }
                "description" => self.text(&tag, &mut details.description)?,
                "unauthorized" => self.text(&tag, &mut details.unauthorized_use)?,
                // There can be a second note.
                "note" => {
                    if let Some(further) = self.xml.field(&tag)? {
                        let space = if details.note.is_empty() { "" } else { " " };
                        details.note.extend([space, &further.text]);
                        check_length(details.note.len()).map_err(|kind| self.xml.error(kind))?;
                    }
                }
                "assignee" => self.assignees(&tag, &mut details.assignees)?,
                "xref" => {
                    let xref = self.xml.xref(&tag)?;
                    row.is_documented |= matches!(xref.kind.as_str(), "rfc" | "draft");
                    if xref.kind == "person" {
                        details.contacts.extend(Some(xref.shown()).filter(|id| !id.is_empty()));
                    } else {
                        details.references.extend(Reference::of(&xref));
                    }
                    let count = details.contacts.len() + details.references.len();
                    self.at_most("references of a record", count, MAX_REFERENCES)?;
                }
                _ => self.unknown(&tag)?,
            }
        }
        Ok(())
    }

    /// Reads a field that may be there once. Empty fields do not count.
    fn once(&mut self, tag: &Tag<'x>, is_there: bool) -> Result<Option<Field>, InputError> {
        match self.xml.field(tag)? {
            Some(field) if is_there => Err(InputError::at(field.offset, ErrorKind::DuplicateElement(tag.name()))),
            field => Ok(field),
        }
    }

    /// Reads a text that may be there once.
    fn text(&mut self, tag: &Tag<'x>, text: &mut String) -> Result<(), InputError> {
        if let Some(field) = self.once(tag, !text.is_empty())? {
            *text = field.text;
        }
        Ok(())
    }

    fn assignees(&mut self, tag: &Tag<'x>, assignees: &mut Vec<String>) -> Result<(), InputError> {
        while let Some(child) = self.xml.child(tag)? {
            if child.local_name() == "xref" {
                assignees.extend(Some(self.xml.xref(&child)?.shown()).filter(|id| !id.is_empty()));
                self.at_most("assignees of a record", assignees.len(), MAX_REFERENCES)?;
            } else {
                self.unknown(&child)?;
            }
        }
        Ok(())
    }

    fn people(&mut self, tag: &Tag<'x>, ids: &mut BTreeMap<String, usize>) -> Result<(), InputError> {
        while let Some(child) = self.xml.child(tag)? {
            if child.local_name() != "person" {
                self.unknown(&child)?;
                continue;
            }
            let (offset, number) = (self.xml.offset, self.registry.people.len());
            let person = self.person(&child)?;
            if person.id.is_empty() {
                return Err(InputError::at(offset, ErrorKind::NoId));
            }
            if *ids.entry(person.id.clone()).or_insert(number) != number {
                return Err(InputError::at(offset, ErrorKind::DuplicatePerson(excerpt(&person.id))));
            }
            self.registry.people.push(person);
            self.at_most("people", number + 1, MAX_PEOPLE)?;
        }
        Ok(())
    }

    fn person(&mut self, tag: &Tag<'x>) -> Result<Person, InputError> {
        let id = tag.attribute("id").unwrap_or_default().to_owned();
        let mut person = Person { id, ..Person::default() };
        while let Some(child) = self.xml.child(tag)? {
            match child.local_name() {
                "name" => self.text(&child, &mut person.name)?,
                "org" => self.text(&child, &mut person.organization)?,
                "uri" => person.uris.extend(self.xml.field(&child)?.map(|field| field.text)),
                "updated" => {
                    let updated = self.once(&child, person.updated.is_some())?;
                    person.updated = packed_date(updated.as_ref(), "<updated>")?.or(person.updated);
                }
                _ => self.unknown(&child)?,
            }
        }
        Ok(person)
    }

    /// Refuses more than the limit, where it is found.
    fn at_most(&self, what: &'static str, found: usize, limit: usize) -> Result<(), InputError> {
        at_most(what, found, limit).map_err(|kind| self.xml.error(kind))
    }

    fn unknown(&mut self, tag: &Tag<'x>) -> Result<(), InputError> {
        if self.origin == Origin::Overlay {
            return Err(self.xml.error(ErrorKind::UnknownElement(tag.name())));
        }
        *self.registry.unknown_elements.entry(tag.name()).or_insert(0) += 1;
        self.xml.skip(tag)
    }
}
