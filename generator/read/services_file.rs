//! From services(5) text to rows, or to the lines of the list of familiar names.

use super::registry::{Details, Field, Registry, Row};
use super::text::folded;
use super::values::check_name;
use crate::generator::bounds::{MAX_LINES, MAX_ROWS, at_most};
use crate::generator::error::InputError;
use crate::generator::error_kind::ErrorKind;
use crate::generator::shared::proto::Proto;
use crate::generator::shared::services_file::{ServicesFile, ServicesLine};

/// A line of the list of familiar names.
pub struct FamiliarLine {
    /// The name and the aliases, as the file spells them.
    pub names: Vec<String>,
    pub port: u16,
    pub proto: Proto,
}

/// True if a file has this form: its content does not begin as XML does.
pub fn is_services(content: &[u8]) -> bool {
    let text = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(content);
    !text.trim_ascii_start().starts_with(b"<")
}

/// The lines of services(5) text, each with its names on each transport.
fn lines(text: &[u8]) -> Result<Vec<(ServicesLine<'_>, Proto, Vec<Field>)>, InputError> {
    at_most("lines", text.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count(), MAX_LINES)?;
    let (mut lines, mut names) = (Vec::new(), 0);
    for line in ServicesFile::new(text) {
        let line =
            line.map_err(|error| InputError::at(error.offset, ErrorKind::NotServices(error.kind.to_string())))?;
        for proto in line.protos() {
            let mut fields = Vec::new();
            for (offset, name) in line.names() {
                let field = Field { offset, text: name.to_owned() };
                check_name(&field)?;
                fields.push(field);
                // A line can have any number of aliases.
                names += 1;
                at_most("names", names, MAX_ROWS)?;
            }
            lines.push((line, proto, fields));
        }
    }
    Ok(lines)
}

/// Reads a row for each name. The first name of a line is the current one, and the others are its aliases.
pub fn read(text: &[u8]) -> Result<Registry, InputError> {
    let mut registry = Registry { is_services: true, ..Registry::default() };
    for (line, proto, names) in lines(text)? {
        for (number, name) in names.into_iter().enumerate() {
            let alias_of = Some(line.name()).filter(|_| number > 0);
            registry.rows.push(Row {
                offset: name.offset,
                name: Some(name),
                ports: Some(line.ports()),
                proto: Some(proto),
                details: Details { description: folded(line.comment().unwrap_or_default()), ..Details::default() },
                alias_of: alias_of.map(str::to_owned),
                is_alias_of_line: alias_of.is_some(),
                ..Row::default()
            });
        }
    }
    Ok(registry)
}

/// Reads the list of familiar names.
pub fn read_familiar(text: &[u8]) -> Result<Vec<FamiliarLine>, InputError> {
    let mut familiar = Vec::new();
    for (line, proto, names) in lines(text)? {
        if !line.ports().is_single() {
            let offset = names.first().map_or(0, |name| name.offset);
            return Err(InputError::at(offset, ErrorKind::FamiliarRange(line.ports().to_string())));
        }
        let names = names.into_iter().map(|name| name.text).collect();
        familiar.push(FamiliarLine { names, port: line.ports().first(), proto });
    }
    Ok(familiar)
}
