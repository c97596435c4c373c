//! From services(5) text to rows; an overlay can have this form.
//!
//! A line gives a row for its name and one for each alias, with the note by which the registry marks an alias.

use super::bounds::{MAX_LINES, MAX_ROWS, at_most};
use super::error::InputError;
use super::error_kind::ErrorKind;
use super::schema::{Field, OfLine, Registry, Row};
use super::shared::proto::Proto;
use super::shared::services_file::{ServicesFile, ServicesLine};
use super::text::folded;

/// True if a file has this form: its content does not begin as XML does.
pub fn is_services(content: &[u8]) -> bool {
    let text = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(content);
    !text.trim_ascii_start().starts_with(b"<")
}

/// Reads the rows of services(5) text.
pub fn read(text: &[u8]) -> Result<Registry, InputError> {
    at_most("lines", text.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count(), MAX_LINES)?;
    let mut registry = Registry { is_services: true, ..Registry::default() };
    for line in ServicesFile::new(text) {
        let line =
            line.map_err(|error| InputError::at(error.offset, ErrorKind::NotServices(error.kind.to_string())))?;
        for proto in line.protos() {
            for (index, (offset, name)) in line.names().enumerate() {
                let alias_of = Some(line.name()).filter(|_| index > 0);
                registry.rows.push(row(offset, &line, proto, name, alias_of));
                // A line can have any number of aliases.
                at_most("names", registry.rows.len(), MAX_ROWS)?;
            }
        }
    }
    Ok(registry)
}

fn row(offset: usize, line: &ServicesLine<'_>, proto: Proto, name: &str, alias_of: Option<&str>) -> Row {
    let field = |text: String| Some(Field { offset, text });
    let comment = folded(line.comment().unwrap_or_default());
    Row {
        offset,
        name: field(name.to_owned()),
        protocol: field(proto.to_string()),
        number: field(line.ports().to_string()),
        description: if comment.is_empty() { None } else { field(comment) },
        note: alias_of.and_then(|name| field(format!("This entry is an alias to \"{name}\"."))),
        of_line: Some(if alias_of.is_some() { OfLine::Alias } else { OfLine::Name }),
        ..Row::default()
    }
}
