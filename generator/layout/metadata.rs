//! The tables of dates, references, service codes, unauthorized uses and notes.
//!
//! Rows are numbered consecutively: the entries, then the blocks. Most rows have no value in most of these columns, so all
//! columns are sparse. Text is pooled, and texts and references have ids.

use super::bounds::at_most;
use super::details::{Details, Reference};
use super::error_kind::ErrorKind;
use super::shared::date::Date;
use super::shared::packing::{Target, pack_date, pack_target};
use super::tables::Tables;
use std::collections::BTreeSet;

/// Lays out all columns.
pub fn lay_out_metadata(tables: &mut Tables, rows: &[&Details]) -> Result<(), ErrorKind> {
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
        .chain(references.iter().flat_map(|reference| [text(&reference.target), reference.label.as_str()]))
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
            Target::Rfc(number) => Target::Rfc(*number),
            Target::Draft(text) => Target::Draft(id(text)),
            Target::Uri(text) => Target::Uri(id(text)),
            Target::Text(text) => Target::Text(id(text)),
        };
        let [kind, which] = pack_target(&target);
        vec![kind, which, id(&reference.label)]
    });
    tables.rows("REFERENCES", 4, 3, targets);
    let lists = rows.iter().enumerate().filter(|(_, row)| !row.references.is_empty()).map(|(row, details)| {
        (vec![row], details.references.iter().map(|r| references.partition_point(|&other| other < r)).collect())
    });
    tables.lists(["ROW_TO_REFERENCES", "REFERENCES_OF_ROWS"], lists)
}

/// The text of a target, empty for an RFC.
fn text(target: &Target<String>) -> &str {
    match target {
        Target::Rfc(_) => "",
        Target::Draft(text) | Target::Uri(text) | Target::Text(text) => text,
    }
}
