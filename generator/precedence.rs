//! Which of several names on one port and transport comes first.
//!
//! No port is listed by hand: a record's notes and references say how it stands, and the better
//! standing goes first. Between equals, the one that stands first in the registry.

use super::schema::Row;

/// How a record stands among those that share its port. The lesser is the more primary: fields
/// compare in the order they are written in, and `false` comes before `true`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(clippy::struct_excessive_bools, reason = "a ranking, not a state")]
pub struct Standing {
    /// Marked a historic alias of another name.
    historic_alias: bool,
    /// Said to duplicate another service.
    duplicate: bool,
    /// Said to record a use that was never assigned.
    unassigned_use: bool,
    /// Said to conflict with another use of the port.
    conflict: bool,
    /// Neither an RFC nor a draft describes it.
    undocumented: bool,
}

impl Standing {
    /// Reads a record's notes, as IANA words them, and its references.
    pub fn of(row: &Row) -> Self {
        let note = row.note.as_ref().map_or(String::new(), |note| note.text.to_ascii_lowercase());
        let documented = row.xrefs.iter().any(|xref| matches!(xref.kind.as_str(), "rfc" | "draft"));
        Self {
            historic_alias: note.contains("is an alias to") || note.contains("is now historic"),
            duplicate: note.contains("is a duplicate of"),
            unassigned_use: note.contains("unassigned but widespread use"),
            conflict: note.contains("conflict"),
            undocumented: !documented,
        }
    }

    /// Whether the record is another name for a current service.
    pub fn is_alias(self) -> bool {
        self.historic_alias || self.duplicate
    }
}

/// The current name for an alias or a duplicate, as the record's note gives it in quotes.
pub fn alias_of(row: &Row) -> Option<String> {
    let note = &row.note.as_ref()?.text;
    let after = |words| note.split_once(words).map(|(_, after)| after);
    let quoted = after("is an alias to \"").or_else(|| after("is a duplicate of the \""))?;
    quoted.split_once('"').map(|(name, _)| name.to_owned())
}
