//! From XML text to rows, in one pass.
//!
//! Elements that the schema does not know are skipped, so that a new column in IANA's file does not break a build.
//! Their names are kept for a warning.

use super::Origin;
use super::bounds::{MAX_PEOPLE, MAX_REFERENCES, MAX_ROWS, at_most};
use super::error::{InputError, excerpt};
use super::error_kind::ErrorKind;
use super::schema::{Field, PersonElement, Registry, Row};
use super::xml::{Tag, Xml};

/// Elements of the root that the tables do not need.
const OTHER_ELEMENTS: [&str; 8] =
    ["title", "category", "created", "xref", "note", "footnote", "description", "registration_rule"];

/// The `id` of the root in every file that IANA has published.
const REGISTRY_ID: &str = "service-names-port-numbers";

/// Reads the rows of a registry. In an overlay, every element must be known, and no text may be lost.
pub fn read(text: &str, origin: Origin) -> Result<Registry, InputError> {
    let is_strict = origin == Origin::Overlay;
    let mut xml = Xml::new(text, is_strict);
    let mut registry = Registry { is_strict, ..Registry::default() };
    let root = xml.root()?;
    let id = xml.attribute(&root, "id")?;
    if root.local_name() != "registry" || id.as_deref() != Some(REGISTRY_ID) {
        let id = id.map_or(String::new(), |id| format!(" id={:?}", excerpt(&id)));
        return Err(xml.error(ErrorKind::WrongRoot(format!("{}{id}", root.name()))));
    }
    while let Some(tag) = xml.child(&root)? {
        match tag.local_name() {
            "updated" => single(&mut xml, &tag, &mut registry.updated)?,
            "expert" => registry.experts.extend(xml.field(&tag)?.map(|field| field.text)),
            "record" => {
                let row = row(&mut xml, &tag, &mut registry)?;
                // IANA's grammar allows rows with only a description, which no lookup can find.
                if is_strict || row.name.is_some() || row.number.is_some() {
                    registry.rows.push(row);
                }
                counted(&xml, "records", registry.rows.len(), MAX_ROWS)?;
            }
            "people" => people(&mut xml, &tag, &mut registry)?,
            name if OTHER_ELEMENTS.contains(&name) => xml.skip(&tag)?,
            _ => unknown(&mut xml, &tag, &mut registry)?,
        }
    }
    xml.end()?;
    Ok(registry)
}

fn row(xml: &mut Xml<'_>, record: &Tag<'_>, registry: &mut Registry) -> Result<Row, InputError> {
    let mut row = Row { offset: xml.offset, ..Row::default() };
    row.registered = xml.attribute_field(record, "date")?;
    row.modified = xml.attribute_field(record, "updated")?;
    let mut open = true;
    while open {
        let read = xml.child(record).and_then(|child| match child {
            Some(tag) => column(xml, &tag, &mut row, registry).map(|()| true),
            None => Ok(false),
        });
        open = read.map_err(|error| error.in_record(row.label()))?;
    }
    Ok(row)
}

fn column(xml: &mut Xml<'_>, tag: &Tag<'_>, row: &mut Row, registry: &mut Registry) -> Result<(), InputError> {
    let column = match tag.local_name() {
        "name" if registry.is_strict => {
            let offset = xml.offset;
            single(xml, tag, &mut row.name)?;
            return if row.name.is_none() { Err(InputError::at(offset, ErrorKind::EmptyName)) } else { Ok(()) };
        }
        "name" => &mut row.name,
        "protocol" => &mut row.protocol,
        "number" => &mut row.number,
        "description" => &mut row.description,
        "sc" => &mut row.service_code,
        "unauthorized" => &mut row.unauthorized_use,
        "xref" => {
            row.xrefs.push(xml.xref(tag, 1)?);
            return counted(xml, "references of a record", row.xrefs.len(), MAX_REFERENCES);
        }
        "note" => return note(xml, tag, row),
        "assignee" => return assignee(xml, tag, row, registry),
        _ => return unknown(xml, tag, registry),
    };
    single(xml, tag, column)
}

/// Reads a field that a row may have once. Empty fields do not count.
fn single(xml: &mut Xml<'_>, tag: &Tag<'_>, column: &mut Option<Field>) -> Result<(), InputError> {
    let offset = xml.offset;
    let field = xml.field(tag)?;
    if column.is_some() && field.is_some() {
        return Err(InputError::at(offset, ErrorKind::DuplicateElement(tag.name())));
    }
    *column = field.or(column.take());
    Ok(())
}

/// Reads a note, which can be the second of its row.
fn note(xml: &mut Xml<'_>, tag: &Tag<'_>, row: &mut Row) -> Result<(), InputError> {
    match (&mut row.note, xml.field(tag)?) {
        (Some(note), Some(further)) => {
            note.text.extend([" ", &further.text]);
            return xml.check_length(note.text.len());
        }
        (note, further) => *note = further.or(note.take()),
    }
    Ok(())
}

fn assignee(xml: &mut Xml<'_>, tag: &Tag<'_>, row: &mut Row, registry: &mut Registry) -> Result<(), InputError> {
    while let Some(child) = xml.child(tag)? {
        match child.local_name() {
            "xref" => {
                row.assignees.push(xml.xref(&child, 1)?);
                counted(xml, "assignees of a record", row.assignees.len(), MAX_REFERENCES)?;
            }
            _ => unknown(xml, &child, registry)?,
        }
    }
    Ok(())
}

fn people(xml: &mut Xml<'_>, tag: &Tag<'_>, registry: &mut Registry) -> Result<(), InputError> {
    while let Some(child) = xml.child(tag)? {
        match child.local_name() {
            "person" => {
                let person = person(xml, &child, registry)?;
                registry.people.push(person);
                counted(xml, "people", registry.people.len(), MAX_PEOPLE)?;
            }
            _ => unknown(xml, &child, registry)?,
        }
    }
    Ok(())
}

fn person(xml: &mut Xml<'_>, tag: &Tag<'_>, registry: &mut Registry) -> Result<PersonElement, InputError> {
    let id = xml.attribute(tag, "id")?.unwrap_or_default();
    let mut person = PersonElement { offset: xml.offset, id, ..PersonElement::default() };
    while let Some(child) = xml.child(tag)? {
        match child.local_name() {
            "name" => single(xml, &child, &mut person.name)?,
            "org" => single(xml, &child, &mut person.organization)?,
            "uri" => person.uris.extend(xml.field(&child)?),
            "updated" => single(xml, &child, &mut person.updated)?,
            _ => unknown(xml, &child, registry)?,
        }
    }
    Ok(person)
}

/// Refuses more than the limit, where it is found.
fn counted(xml: &Xml<'_>, what: &'static str, found: usize, limit: usize) -> Result<(), InputError> {
    at_most(what, found, limit).map_err(|kind| xml.error(kind))
}

fn unknown(xml: &mut Xml<'_>, tag: &Tag<'_>, registry: &mut Registry) -> Result<(), InputError> {
    if registry.is_strict {
        return Err(xml.error(ErrorKind::UnknownElement(tag.name())));
    }
    *registry.unknown_elements.entry(tag.name()).or_insert(0) += 1;
    xml.skip(tag)
}
