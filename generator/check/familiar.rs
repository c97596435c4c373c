//! The list of familiar names: rows of services(5) text become lines again.

use super::schema::{OfLine, Registry};
use super::shared::proto::Proto;
use super::{ErrorKind, InputError, name, proto};

/// A line of the list.
pub struct FamiliarLine {
    /// The name and the aliases, as the file spells them.
    pub names: Vec<String>,
    pub port: u16,
    pub proto: Proto,
}

/// Checks the names, and puts the rows of each line together.
pub fn familiar(registry: &Registry) -> Result<Vec<FamiliarLine>, InputError> {
    let mut lines: Vec<FamiliarLine> = Vec::new();
    for row in &registry.rows {
        let (Some(field), Some(number), Some(protocol)) = (&row.name, &row.number, &row.protocol) else { continue };
        let proto = proto(protocol)?;
        let name = name(field)?.to_owned();
        match lines.last_mut() {
            Some(line) if row.of_line == Some(OfLine::Alias) => line.names.push(name),
            _ => {
                let port = number.text.parse();
                let port =
                    port.map_err(|_| InputError::at(field.offset, ErrorKind::FamiliarRange(number.text.clone())))?;
                lines.push(FamiliarLine { names: vec![name], port, proto });
            }
        }
    }
    Ok(lines)
}
