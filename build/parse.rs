//! XML text to rows, in one pass. Elements that the schema does not know are passed over, so that
//! a new column of IANA's breaks no build; their names are kept for a warning.

use super::error::{Fault, Problem};
use super::schema::{Field, Person, Registry, Row};
use super::xml::{Tag, Xml};

/// The root's `id`, the same in every file that IANA has published.
const REGISTRY_ID: &str = "service-names-port-numbers";

/// The bytes of a file as text.
pub fn text(xml: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(xml).map_err(|error| Fault::at(error.valid_up_to(), Problem::NotUtf8))
}

/// Reads the rows of a registry.
pub fn parse(text: &str) -> Result<Registry, Fault> {
    let mut xml = Xml::new(text);
    let mut registry = Registry::default();
    let root = xml.root()?;
    let id = xml.attribute(&root, "id")?;
    if root.name() != "registry" || id.as_deref() != Some(REGISTRY_ID) {
        let id = id.map_or(String::new(), |id| format!(" id={id:?}"));
        return Err(xml.fault(Problem::WrongRoot(format!("{}{id}", root.name()))));
    }
    while let Some(tag) = xml.child(&root)? {
        match tag.name().as_str() {
            "updated" => registry.updated = xml.field(&tag)?,
            "record" => {
                let row = row(&mut xml, &tag, &mut registry)?;
                registry.rows.push(row);
            }
            "people" => people(&mut xml, &tag, &mut registry.people)?,
            _ => skip(&mut xml, &tag)?, // titles, notes, footnotes
        }
    }
    xml.end()?;
    Ok(registry)
}

fn row(xml: &mut Xml<'_>, record: &Tag<'_>, registry: &mut Registry) -> Result<Row, Fault> {
    let mut row = Row { offset: xml.offset, ..Row::default() };
    row.registered = xml.attribute_field(record, "date")?;
    row.modified = xml.attribute_field(record, "updated")?;
    let mut open = true;
    while open {
        let read = xml.child(record).and_then(|child| match child {
            Some(tag) => column(xml, &tag, &mut row, registry).map(|()| true),
            None => Ok(false),
        });
        open = read.map_err(|fault| fault.in_record(&row))?;
    }
    Ok(row)
}

fn column(xml: &mut Xml<'_>, tag: &Tag<'_>, row: &mut Row, registry: &mut Registry) -> Result<(), Fault> {
    let name = tag.name();
    let column = match name.as_str() {
        "name" => &mut row.name,
        "protocol" => &mut row.protocol,
        "number" => &mut row.number,
        "description" => &mut row.description,
        "sc" => &mut row.service_code,
        "unauthorized" => &mut row.unauthorized_use,
        "note" => &mut row.note,
        "xref" => {
            row.xrefs.push(xml.xref(tag)?);
            return Ok(());
        }
        "assignee" => return assignee(xml, tag, row),
        _ => {
            registry.unknown_elements.insert(name);
            return skip(xml, tag);
        }
    };
    single(xml, tag, column)
}

/// Reads a field that may stand once. Empty ones do not count.
fn single(xml: &mut Xml<'_>, tag: &Tag<'_>, column: &mut Option<Field>) -> Result<(), Fault> {
    let offset = xml.offset;
    let field = xml.field(tag)?;
    if column.is_some() && field.is_some() {
        return Err(Fault::at(offset, Problem::DuplicateElement(tag.name())));
    }
    *column = field.or(column.take());
    Ok(())
}

fn assignee(xml: &mut Xml<'_>, tag: &Tag<'_>, row: &mut Row) -> Result<(), Fault> {
    while let Some(child) = xml.child(tag)? {
        match child.name().as_str() {
            "xref" => row.assignees.push(xml.xref(&child)?),
            _ => skip(xml, &child)?,
        }
    }
    Ok(())
}

fn people(xml: &mut Xml<'_>, tag: &Tag<'_>, people: &mut Vec<Person>) -> Result<(), Fault> {
    while let Some(child) = xml.child(tag)? {
        match child.name().as_str() {
            "person" => people.push(person(xml, &child)?),
            _ => skip(xml, &child)?,
        }
    }
    Ok(())
}

fn person(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<Person, Fault> {
    let id = xml.attribute(tag, "id")?.unwrap_or_default();
    let mut person = Person { offset: xml.offset, id, ..Person::default() };
    while let Some(child) = xml.child(tag)? {
        match child.name().as_str() {
            "name" => single(xml, &child, &mut person.name)?,
            "org" => single(xml, &child, &mut person.organization)?,
            "uri" => person.uris.extend(xml.field(&child)?),
            "updated" => single(xml, &child, &mut person.updated)?,
            _ => skip(xml, &child)?,
        }
    }
    Ok(person)
}

fn skip(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), Fault> {
    xml.field(tag).map(|_| ())
}
