//! Which of several rows on one port and transport comes first. No port is listed by hand.

use crate::generator::read::registry::{Origin, Row};

/// How a row ranks among those that claim the same port. The least row is the primary one: fields compare in this
/// order, and `false` comes before `true`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(clippy::struct_excessive_bools, reason = "a ranking, not a state")]
pub struct Precedence {
    pub origin: Origin,
    /// True for an alias in services(5) text, which is never primary in place of another name.
    is_alias_of_line: bool,
    /// Ports beyond the first.
    width: u16,
    /// The row's note says so, as for the next three.
    is_historic_alias: bool,
    is_duplicate: bool,
    is_unassigned_use: bool,
    is_in_conflict: bool,
    /// Neither an RFC nor a draft describes it.
    is_undocumented: bool,
    /// The position among all rows; the rows of an overlay come after those of the registry.
    pub position: usize,
}

impl Precedence {
    /// The precedence of a row. Notes and references rank names, so they do not count for a block.
    pub fn of(row: &Row, origin: Origin, position: usize) -> Self {
        let is_record = row.name.is_some();
        let note = if is_record { row.details.note.to_ascii_lowercase() } else { String::new() };
        Self {
            origin: if row.is_alias_of_line { Origin::Registry } else { origin },
            is_alias_of_line: row.is_alias_of_line,
            width: row.ports.map_or(0, |ports| ports.last() - ports.first()),
            is_historic_alias: note.contains("is an alias to") || note.contains("is now historic"),
            is_duplicate: note.contains("is a duplicate of"),
            is_unassigned_use: note.contains("unassigned but widespread use"),
            is_in_conflict: note.contains("conflict"),
            is_undocumented: is_record && !row.is_documented,
            position,
        }
    }

    /// True if the row is another name for a current service.
    pub fn is_alias(self) -> bool {
        self.is_alias_of_line || self.is_historic_alias || self.is_duplicate
    }
}
