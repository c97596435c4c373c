//! From services(5) text to rows; an overlay can have this form.
//!
//! A line gives a row for its name and one for each alias, with the note by which the registry marks an alias.

use super::bounds::{MAX_LINES, MAX_ROWS, at_most};
use super::error::InputError;
use super::error_kind::ErrorKind;
use super::schema::{Field, OfLine, Registry, Row};
use super::shared::services_file::{ServicesFile, ServicesLine};
use super::text::folded;

/// True if a file has this form: its content does not begin as XML does.
pub fn is_services(content: &[u8]) -> bool {
    let text = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(content);
    !text.trim_ascii_start().starts_with(b"<")
}

/// Reads the rows of services(5) text.
pub fn read(file: &str) -> Result<Registry, InputError> {
    let text = file.strip_prefix('\u{feff}').unwrap_or(file);
    let before = file.len() - text.len();
    at_most("lines", text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count(), MAX_LINES)?;
    let mut registry = Registry { is_services: true, ..Registry::default() };
    for line in ServicesFile::new(text) {
        let line = line
            .map_err(|error| InputError::at(before + error.offset, ErrorKind::NotServices(error.kind.to_string())))?;
        for (index, (offset, name)) in line.names().enumerate() {
            let alias_of = Some(line.name()).filter(|_| index > 0);
            registry.rows.push(row(before + offset, &line, name, alias_of));
            // A line can have any number of aliases.
            at_most("names", registry.rows.len(), MAX_ROWS)?;
        }
    }
    Ok(registry)
}

fn row(offset: usize, line: &ServicesLine<'_>, name: &str, alias_of: Option<&str>) -> Row {
    let field = |text: String| Some(Field { offset, text });
    let transport = line.proto().map_or(line.transport(), |proto| proto.as_str());
    let comment = folded(line.comment().unwrap_or_default());
    Row {
        offset,
        name: field(name.to_owned()),
        protocol: field(transport.to_owned()),
        number: field(line.port().to_string()),
        description: if comment.is_empty() { None } else { field(comment) },
        note: alias_of.and_then(|name| field(format!("This entry is an alias to \"{name}\"."))),
        of_line: Some(if alias_of.is_some() { OfLine::Alias } else { OfLine::Name }),
        ..Row::default()
    }
}
