//! XML text to rows, in one pass. Elements that the schema does not know are passed over, so that
//! a new column of IANA's breaks no build; their names are kept for a warning.

use super::error::{Fault, Problem};
use super::schema::{Registry, Row};
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
    if root.has_content {
        while let Some(tag) = xml.child("registry")? {
            match tag.name().as_str() {
                "updated" => registry.updated = xml.field(&tag)?,
                "record" => {
                    let row = row(&mut xml, &tag, &mut registry)?;
                    registry.rows.push(row);
                }
                _ => skip(&mut xml, &tag)?, // titles, notes, footnotes, the people
            }
        }
    }
    xml.end()?;
    Ok(registry)
}

fn row(xml: &mut Xml<'_>, record: &Tag<'_>, registry: &mut Registry) -> Result<Row, Fault> {
    let mut row = Row { offset: xml.offset, ..Row::default() };
    let mut open = record.has_content;
    while open {
        let read = xml.child("record").and_then(|child| match child {
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
        "note" => &mut row.note,
        "xref" => {
            row.xrefs.push(xml.xref(tag)?);
            return skip(xml, tag);
        }
        "assignee" | "sc" | "unauthorized" => return skip(xml, tag),
        _ => {
            registry.unknown_elements.insert(name);
            return skip(xml, tag);
        }
    };
    let offset = xml.offset;
    let field = xml.field(tag)?;
    if column.is_some() && field.is_some() {
        return Err(Fault::at(offset, Problem::DuplicateElement(name)));
    }
    *column = field.or(column.take());
    Ok(())
}

fn skip(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), Fault> {
    xml.field(tag).map(|_| ())
}
