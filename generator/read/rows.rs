//! From XML text to rows, in one pass.
//!
//! Elements that IANA's form does not have are skipped, so that a new column in IANA's file does not break a build. Their
//! names are kept for a warning. In an overlay, every element must be known, and no text may be lost.

use super::registry::{Details, Field, Origin, Person, Reference, Registry, Row, Xref, label};
use super::tag::Tag;
use super::values::{check_name, date, date_of_row, ports, proto, service_code};
use super::xml::Xml;
use crate::generator::bounds::{MAX_PEOPLE, MAX_REFERENCES, MAX_ROWS, at_most, check_length};
use crate::generator::error::{InputError, excerpt};
use crate::generator::error_kind::ErrorKind;
use crate::generator::shared::port_range::PortRange;
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
    let (mut updated, mut ids) = (None, BTreeMap::new());
    while let Some(tag) = reader.xml.child(&root)? {
        match tag.local_name() {
            "updated" => reader.single(&tag, &mut updated)?,
            "expert" => {
                let expert = reader.xml.field(&tag)?;
                reader.registry.experts.extend(expert.map(|field| field.text));
            }
            "record" => reader.row(&tag)?,
            "people" => reader.people(&tag, &mut ids)?,
            name if OTHER_ELEMENTS.contains(&name) => reader.xml.skip(&tag)?,
            _ => reader.unknown(&tag)?,
        }
    }
    reader.xml.end()?;
    reader.registry.updated = date(updated.as_ref(), "<updated>")?;
    Ok(reader.registry)
}

/// The text of the columns of a row.
#[derive(Default)]
struct Texts {
    offset: usize,
    name: Option<Field>,
    protocol: Option<Field>,
    number: Option<Field>,
    description: Option<Field>,
    registered: Option<Field>,
    modified: Option<Field>,
    service_code: Option<Field>,
    unauthorized_use: Option<Field>,
    note: Option<Field>,
    assignees: Vec<Xref>,
    /// Contacts and references.
    xrefs: Vec<Xref>,
}

impl Texts {
    fn label(&self) -> String {
        let text = |field| Option::as_ref(field).map_or("", |field: &Field| field.text.as_str());
        label(text(&self.name), text(&self.number), text(&self.protocol))
    }

    /// The row, whose texts move out of here unless they are wrong.
    fn row(&mut self, origin: Origin) -> Result<Row, InputError> {
        let ports = self.number.as_ref().map(|number| ports(number, origin)).transpose()?;
        let proto = self.protocol.as_ref().map(proto).transpose()?;
        let registered = date_of_row(self.registered.as_ref(), "attribute `date`")?;
        let modified = date_of_row(self.modified.as_ref(), "attribute `updated`")?;
        let service_code = self.service_code.as_ref().map(service_code).transpose()?;
        self.name.as_ref().map_or(Ok(()), check_name)?;

        let is_written_as_range = self.number.take().is_some_and(|number| number.text.contains('-'));
        let (mut contacts, mut references, mut is_documented) = (Vec::new(), Vec::new(), false);
        for xref in &self.xrefs {
            match xref.kind.as_str() {
                "person" => add_id(&mut contacts, xref),
                kind => {
                    references.extend(Reference::of(xref));
                    is_documented |= matches!(kind, "rfc" | "draft");
                }
            }
        }
        let mut assignees = Vec::new();
        for xref in &self.assignees {
            add_id(&mut assignees, xref);
        }
        let [description, unauthorized_use, note] =
            [&mut self.description, &mut self.unauthorized_use, &mut self.note].map(taken);
        let alias_of = alias_of(&note);
        let details = Details {
            description,
            registered,
            modified,
            references,
            service_code,
            unauthorized_use,
            note,
            assignees,
            contacts,
        };
        let is_range = is_written_as_range && ports.is_some_and(PortRange::is_single);
        let (offset, name) = (self.offset, self.name.take());
        Ok(Row { offset, name, ports, is_range, proto, details, is_documented, alias_of, is_alias_of_line: false })
    }
}

/// The text of a field, which moves out of it. Empty if there is none.
fn taken(field: &mut Option<Field>) -> String {
    field.take().map_or(String::new(), |field| field.text)
}

/// Adds the id of a person, unless it is empty.
fn add_id(ids: &mut Vec<String>, person: &Xref) {
    let id = person.shown();
    if !id.is_empty() {
        ids.push(id);
    }
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
        let mut texts = Texts {
            offset: self.xml.offset,
            registered: self.xml.attribute_field(record, "date"),
            modified: self.xml.attribute_field(record, "updated"),
            ..Texts::default()
        };
        let columns = self.columns(record, &mut texts);
        columns.map_err(|error| error.in_record(texts.label()))?;
        // IANA's grammar allows rows with only a description, which no lookup can find.
        if self.origin == Origin::Overlay || texts.name.is_some() || texts.number.is_some() {
            let row = texts.row(self.origin);
            self.registry.rows.push(row.map_err(|error| error.in_record(texts.label()))?);
        }
        self.at_most("records", self.registry.rows.len(), MAX_ROWS)
    }

    fn columns(&mut self, record: &Tag<'x>, texts: &mut Texts) -> Result<(), InputError> {
        while let Some(tag) = self.xml.child(record)? {
            let column = match tag.local_name() {
                "name" => &mut texts.name,
                "protocol" => &mut texts.protocol,
                "number" => &mut texts.number,
                "description" => &mut texts.description,
                "sc" => &mut texts.service_code,
                "unauthorized" => &mut texts.unauthorized_use,
                "xref" => {
                    texts.xrefs.push(self.xml.xref(&tag)?);
                    self.at_most("references of a record", texts.xrefs.len(), MAX_REFERENCES)?;
                    continue;
                }
                "note" => {
                    self.note(&tag, &mut texts.note)?;
                    continue;
                }
                "assignee" => {
                    self.assignees(&tag, &mut texts.assignees)?;
                    continue;
                }
                _ => {
                    self.unknown(&tag)?;
                    continue;
                }
            };
            let offset = self.xml.offset;
            self.single(&tag, column)?;
            if self.origin == Origin::Overlay && tag.local_name() == "name" && texts.name.is_none() {
                return Err(InputError::at(offset, ErrorKind::EmptyName));
            }
        }
        Ok(())
    }

    /// Reads a field that a row may have once. Empty fields do not count.
    fn single(&mut self, tag: &Tag<'x>, column: &mut Option<Field>) -> Result<(), InputError> {
        let Some(field) = self.xml.field(tag)? else { return Ok(()) };
        if column.is_some() {
            return Err(InputError::at(field.offset, ErrorKind::DuplicateElement(tag.name())));
        }
        *column = Some(field);
        Ok(())
    }

    /// Reads a note, which can be the second of its row.
    fn note(&mut self, tag: &Tag<'x>, note: &mut Option<Field>) -> Result<(), InputError> {
        let Some(further) = self.xml.field(tag)? else { return Ok(()) };
        let Some(note) = note else {
            *note = Some(further);
            return Ok(());
        };
        note.text.extend([" ", &further.text]);
        check_length(note.text.len()).map_err(|kind| self.xml.error(kind))
    }

    fn assignees(&mut self, tag: &Tag<'x>, assignees: &mut Vec<Xref>) -> Result<(), InputError> {
        while let Some(child) = self.xml.child(tag)? {
            if child.local_name() != "xref" {
                self.unknown(&child)?;
                continue;
            }
            assignees.push(self.xml.xref(&child)?);
            self.at_most("assignees of a record", assignees.len(), MAX_REFERENCES)?;
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
        let (mut name, mut organization, mut updated, mut uris) = (None, None, None, Vec::new());
        while let Some(child) = self.xml.child(tag)? {
            match child.local_name() {
                "name" => self.single(&child, &mut name)?,
                "org" => self.single(&child, &mut organization)?,
                "uri" => uris.extend(self.xml.field(&child)?.map(|field| field.text)),
                "updated" => self.single(&child, &mut updated)?,
                _ => self.unknown(&child)?,
            }
        }
        let id = tag.attribute("id").unwrap_or_default().to_owned();
        let updated = date_of_row(updated.as_ref(), "<updated>")?;
        Ok(Person { id, name: taken(&mut name), organization: taken(&mut organization), uris, updated })
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
