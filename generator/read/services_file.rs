//! From services(5) text to rows, or to the lines of the list of familiar names.

use super::registry::{Details, Field, Registry, Row};
use super::text::folded;
use super::values::check_name;
use crate::generator::bounds::{MAX_LINES, MAX_ROWS, at_most};
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

/// What is left out of a file: the first line without a name, the first field that is no name, and how many more.
#[derive(Default)]
struct LeftOut([Option<(usize, String, usize)>; 2]);

impl LeftOut {
    fn add(&mut self, what: usize, offset: usize, why: String) {
        self.0[what].get_or_insert((offset, why, 0)).2 += 1;
    }

    fn warnings(self) -> Vec<(usize, String)> {
        let more = |count| if count > 1 { format!(", and {} more", count - 1) } else { String::new() };
        let sentence = |(offset, why, count)| (offset, format!("{why}; left out{}", more(count)));
        self.0.into_iter().flatten().map(sentence).collect()
    }
}

/// The lines of services(5) text, each with its names on each transport.
fn lines<'t>(text: &'t [u8], left_out: &mut LeftOut) -> Result<Vec<(ServicesLine<'t>, Proto, Vec<Field>)>, InputError> {
    at_most("lines", text.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count(), MAX_LINES)?;
    let (mut lines, mut names) = (Vec::new(), 0);
    for line in ServicesFile::new(text) {
        let line = match line {
            Ok(line) => line,
            Err(error) if error.kind.0 == ServicesFileErrorKind::NoName => {
                left_out.add(0, error.offset, error.kind.to_string());
                continue;
            }
            Err(error) => return Err(InputError::at(error.offset, ErrorKind::NotServices(error.kind.to_string()))),
        };
        if let Some((offset, field)) = line.without_letter() {
            left_out.add(1, offset, format!("found {field:?}, expected a name, which has a letter"));
        }
        for proto in line.protos() {
            let mut fields = Vec::new();
            for (offset, name) in line.names(false) {
                let field = Field { offset, text: name.to_owned() };
                check_name(&field)?;
                fields.push(field);
                // A line can have any number of aliases.
                names += 1;
                at_most("names", names, MAX_ROWS)?;
            }
            if !fields.is_empty() {
                lines.push((line, proto, fields));
            }
        }
    }
    Ok(lines)
}

/// Reads a row for each name. The first name of a line is the current one, and the others are its aliases.
pub fn read(text: &[u8]) -> Result<Registry, InputError> {
    let (mut registry, mut left_out) = (Registry { is_services: true, ..Registry::default() }, LeftOut::default());
    for (line, proto, names) in lines(text, &mut left_out)? {
        let first = names[0].text.clone();
        for (number, name) in names.into_iter().enumerate() {
            let alias_of = Some(&first).filter(|_| number > 0);
            registry.rows.push(Row {
                offset: name.offset,
                name: Some(name),
                ports: Some(line.ports()),
                proto: Some(proto),
                details: Details { description: folded(line.comment().unwrap_or_default()), ..Details::default() },
                alias_of: alias_of.cloned(),
                is_alias_of_line: alias_of.is_some(),
                ..Row::default()
            });
        }
    }
    registry.warnings = left_out.warnings();
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
    let refused = left_out.0.into_iter().flatten().next();
    refused.map_or(Ok(familiar), |(offset, why, _)| Err(InputError::at(offset, ErrorKind::NotServices(why))))
}
