//! From services(5) text to rows, or to the lines of the list of familiar names.

use super::registry::{Details, Field, Registry, Row};
use super::text::folded;
use super::values::check_name;
use crate::generator::bounds::{MAX_LINES, MAX_ROWS, at_most, check_length};
use crate::generator::error::InputError;
use crate::generator::error_kind::ErrorKind;
use crate::generator::shared::proto::Proto;
use crate::generator::shared::services_error::ServicesFileErrorKind;
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

/// The first line without a name and the first field that is no name, which are left out, each with a warning.
type LeftOut = [Option<(usize, String)>; 2];

/// The lines of services(5) text, each with its names on each transport.
fn lines<'t>(text: &'t [u8], left_out: &mut LeftOut) -> Result<Vec<(ServicesLine<'t>, Proto, Vec<Field>)>, InputError> {
    at_most("lines", text.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count(), MAX_LINES)?;
    let (mut lines, mut names) = (Vec::new(), 0);
    for line in ServicesFile::new(text) {
        let line = match line {
            Ok(line) => line,
            Err(error) if error.kind.0 == ServicesFileErrorKind::NoName => {
                left_out[0].get_or_insert((error.offset, error.kind.to_string()));
                continue;
            }
            Err(error) => return Err(InputError::at(error.offset, ErrorKind::NotServices(error.kind.to_string()))),
        };
        if let Some((offset, field)) = line.without_letter() {
            left_out[1].get_or_insert((offset, format!("found {field:?}, expected a name, which has a letter")));
        }
        for proto in line.protos() {
            let mut fields = Vec::new();
            for (offset, name) in line.names(false) {
                let field = Field { offset, text: name.to_owned() };
                check_name(&field)?;
                fields.push(field);
                names += 1;
                at_most("names", names, MAX_ROWS)?;
            }
            lines.extend((!fields.is_empty()).then_some((line, proto, fields)));
        }
    }
    Ok(lines)
}

/// Reads a row for each name. The first name of a line is the current one, and the others are its aliases.
pub fn read(text: &[u8]) -> Result<Registry, InputError> {
    let (mut registry, mut left_out) = (Registry { is_services: true, ..Registry::default() }, LeftOut::default());
    for (line, proto, names) in lines(text, &mut left_out)? {
        let first = names[0].text.clone();
        let comment = line.comment().unwrap_or_default();
        check_length(comment.len()).map_err(|kind| InputError::at(names[0].offset, kind))?;
        for (number, name) in names.into_iter().enumerate() {
            registry.rows.push(Row {
                offset: name.offset,
                name: Some(name),
                ports: Some(line.ports()),
                proto: Some(proto),
                details: Details { description: folded(comment), ..Details::default() },
                alias_of: (number > 0).then(|| first.clone()),
                is_alias_of_line: number > 0,
                ..Row::default()
            });
        }
    }
    let with_others = |(offset, why)| (offset, why + "; left out, with all others like it");
    registry.warnings = left_out.into_iter().flatten().map(with_others).collect();
    Ok(registry)
}

/// Reads the list of familiar names, which must not have anything to leave out.
pub fn read_familiar(text: &[u8]) -> Result<Vec<FamiliarLine>, InputError> {
    let (mut familiar, mut left_out) = (Vec::new(), LeftOut::default());
    for (line, proto, names) in lines(text, &mut left_out)? {
        if !line.ports().is_single() {
            return Err(InputError::at(names[0].offset, ErrorKind::FamiliarRange(line.ports().to_string())));
        }
        let names = names.into_iter().map(|name| name.text).collect();
        familiar.push(FamiliarLine { names, port: line.ports().first(), proto });
    }
    let refused = |(offset, why)| Err(InputError::at(offset, ErrorKind::NotServices(why)));
    left_out.into_iter().flatten().next().map_or(Ok(familiar), refused)
}
