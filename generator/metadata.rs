//! The tables of dates, references, service codes, unauthorized uses, notes and positions in the registry.
//!
//! Rows are numbered consecutively: the entries, then the blocks. Most rows have no value in most of these
//! columns, so all but the position are sparse. Text is pooled; texts and references go by their ids.

use super::details::{Details, Reference, Target};
use super::error::Fault;
use super::format::{self, pack_date, pack_target, pack_transport};
use super::tables::{Tables, at_most};
use super::{Date, Proto};
use std::collections::BTreeSet;

/// Lays out all columns but the position.
pub fn lay_out_metadata(tables: &mut Tables, rows: &[&Details]) -> Result<(), Fault> {
    let packed = |date: Option<Date>| date.map(|date| pack_date(Some(date)).into());
    let registered = rows.iter().map(|row| packed(row.registered));
    let modified = rows.iter().map(|row| packed(row.modified));
    tables.sparse("ROW_TO_REGISTERED", 2, registered);
    tables.sparse("ROW_TO_MODIFIED", 2, modified);
    let service_codes = rows.iter().map(|row| row.service_code.map(|code| code as usize));
    tables.sparse("ROW_TO_SERVICE_CODE", 4, service_codes);

    let references: BTreeSet<&Reference> = rows.iter().flat_map(|row| &row.references).collect();
    let references: Vec<&Reference> = references.into_iter().collect();
    let texts: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| [row.unauthorized_use.as_str(), row.note.as_str()])
        .chain(references.iter().flat_map(|reference| [reference.target.text(), reference.label.as_str()]))
        .collect();
    let texts: Vec<&str> = texts.into_iter().collect();
    at_most("different references", references.len(), u16::MAX.into())?;
    at_most("different notes", texts.len(), u16::MAX.into())?;
    tables.text(["METADATA", "METADATA_LENGTH_BITS", "METADATA_TEXTS"], texts.iter().copied())?;
    let id = |text: &str| texts.partition_point(|&other| other < text);
    let some = |text: &str| if text.is_empty() { None } else { Some(id(text)) };
    tables.sparse("ROW_TO_UNAUTHORIZED_USE", 2, rows.iter().map(|row| some(&row.unauthorized_use)));
    tables.sparse("ROW_TO_NOTE", 2, rows.iter().map(|row| some(&row.note)));

    let targets = references.iter().map(|reference| {
        let target = match &reference.target {
            Target::Rfc(number) => format::Target::Rfc(*number),
            Target::Draft(text) => format::Target::Draft(id(text)),
            Target::Uri(text) => format::Target::Uri(id(text)),
            Target::Text(text) => format::Target::Text(id(text)),
        };
        let [kind, which] = pack_target(target);
        vec![kind as usize, which as usize, id(&reference.label)]
    });
    tables.rows("REFERENCES", 4, 3, targets);
    let lists =
        rows.iter().enumerate().filter(|(_, row)| !row.references.is_empty()).map(|(row, details)| {
            (
                vec![row],
                details.references.iter().map(|r| references.partition_point(|&other| other < r)).collect(),
            )
        });
    tables.lists(["ROW_TO_REFERENCES", "REFERENCES_OF_ROWS"], lists)
}

impl Target {
    fn text(&self) -> &str {
        match self {
            Self::Rfc(_) => "",
            Self::Draft(text) | Self::Uri(text) | Self::Text(text) => text,
        }
    }
}

/// Lays out the position of every row in the registry. An entry has the position of its first row. The rows of
/// its other transports mostly follow one another; a second table has those that do not.
///
/// `records` are entry, transport and position; `blocks` are positions.
pub fn lay_out_positions(
    tables: &mut Tables,
    entries: usize,
    records: impl Iterator<Item = (usize, Option<Proto>, usize)>,
    blocks: impl Iterator<Item = usize>,
) {
    let mut records: Vec<(usize, usize, usize)> =
        records.map(|(entry, proto, position)| (entry, pack_transport(proto), position)).collect();
    records.sort_unstable();
    let mut first = vec![0; entries]; // a copy has no position of its own
    let mut apart = Vec::new();
    for rows in records.chunk_by(|a, b| a.0 == b.0) {
        let (entry, _, start) = rows[0];
        first[entry] = start;
        let follows = |rank: usize, position: usize| position == start + rank;
        let others = rows.iter().enumerate().filter(|(rank, row)| !follows(*rank, row.2));
        apart.extend(others.map(|(_, &(entry, proto, position))| vec![entry, proto, position]));
    }
    tables.array("ROW_TO_POSITION", 2, first.into_iter().chain(blocks));
    tables.rows("POSITIONS_APART", 2, 3, apart);
}
