//! The tables of dates, references, service codes, unauthorized uses, notes and places in the registry.
//!
//! Rows count through: the entries, then the blocks. Most rows have no value in most of these columns,
//! so all but the place are sparse. Text is pooled; texts and references go by their numbers.

use super::date::first_year;
use super::details::{Details, Reference, Target};
use super::error::Fault;
use super::tables::{Tables, at_most};
use std::collections::BTreeSet;

/// Lays out all columns but the place.
pub fn metadata(tables: &mut Tables, rows: &[&Details]) -> Result<(), Fault> {
    let first = first_year(rows.iter().flat_map(|row| [row.registered, row.modified]).flatten())?;
    let registered = rows.iter().map(|row| row.registered.map(|date| date.pack(first)));
    let modified = rows.iter().map(|row| row.modified.map(|date| date.pack(first)));
    tables.constant("FIRST_YEAR", first.into());
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
    tables.text(["METADATA", "METADATA_LENGTH_BITS", "METADATA_TEXTS"], texts.iter().copied(), 0)?;
    let number = |text: &str| texts.partition_point(|&other| other < text);
    let some = |text: &str| if text.is_empty() { None } else { Some(number(text)) };
    tables.sparse("ROW_TO_UNAUTHORIZED_USE", 2, rows.iter().map(|row| some(&row.unauthorized_use)));
    tables.sparse("ROW_TO_NOTE", 2, rows.iter().map(|row| some(&row.note)));

    let targets = references.iter().map(|reference| {
        let (kind, target) = match &reference.target {
            Target::Rfc(rfc) => (0, *rfc as usize),
            Target::Draft(text) => (1, number(text)),
            Target::Uri(text) => (2, number(text)),
            Target::Text(text) => (3, number(text)),
        };
        vec![kind, target, number(&reference.label)]
    });
    tables.rows("REFERENCES", 4, 3, targets);
    let runs = rows.iter().enumerate().filter(|(_, row)| !row.references.is_empty()).map(|(number, row)| {
        (number, row.references.iter().map(|r| references.partition_point(|&other| other < r)).collect())
    });
    tables.runs(["ROW_TO_RUN", "ROW_TO_REFERENCES"], runs)
}

impl Target {
    fn text(&self) -> &str {
        match self {
            Self::Rfc(_) => "",
            Self::Draft(text) | Self::Uri(text) | Self::Text(text) => text,
        }
    }
}

/// Lays out where in the registry every row is: of an entry its first row. The rows of its other
/// transports mostly follow one another; those that do not are told one by one.
///
/// `records` are entry, transport and place; `blocks` are places.
pub fn positions(
    tables: &mut Tables,
    entries: usize,
    records: impl Iterator<Item = (usize, usize, usize)>,
    blocks: impl Iterator<Item = usize>,
) {
    let mut records: Vec<(usize, usize, usize)> = records.collect();
    records.sort_unstable();
    let mut first = vec![0; entries]; // an entry that is but a view of another is not asked
    let mut apart = Vec::new();
    for rows in records.chunk_by(|a, b| a.0 == b.0) {
        let (entry, _, start) = rows[0];
        first[entry] = start;
        let follows = |rank: usize, place: usize| place == start + rank;
        let others = rows.iter().enumerate().filter(|(rank, row)| !follows(*rank, row.2));
        apart.extend(others.map(|(_, &(entry, transport, place))| vec![entry, transport, place]));
    }
    tables.array("ROW_TO_POSITION", 2, first.into_iter().chain(blocks));
    tables.rows("POSITION_APART", 2, 3, apart);
}
