//! The tables of dates, references, service codes, unauthorized uses and notes.
//!
//! Rows are numbered consecutively: the entries, then the blocks. Most rows have no value in most of these columns, so
//! all columns are sparse. Text is pooled, and texts and references have ids.

use super::bounds::at_most;
use super::details::{Details, Reference};
use super::error_kind::ErrorKind;
use super::order::{Numbers, different, index, pick};
use super::shared::date::Date;
use super::shared::packing::{Target, pack_date, pack_target};
use super::tables::Tables;

/// Lays out all columns.
pub fn lay_out_metadata(tables: &mut Tables, rows: &[&Details]) -> Result<(), ErrorKind> {
    let packed = |date: Option<Date>| date.map(|date| pack_date(Some(date)).into());
    tables.sparse("ROW_TO_REGISTERED", 2, rows.len(), &|row| packed(rows[row].registered));
    tables.sparse("ROW_TO_MODIFIED", 2, rows.len(), &|row| packed(rows[row].modified));
    let service_code = |row: usize| rows[row].service_code.map(|code| code as usize);
    tables.sparse("ROW_TO_SERVICE_CODE", 4, rows.len(), &service_code);

    let mut references: Vec<&Reference> = Vec::new();
    for row in rows {
        references.extend(&row.references);
    }
    let numbers = Numbers::sorted(references.len(), &|a, b| references[a].cmp(references[b]));
    let references = pick(&references, &numbers.firsts);
    let mut texts: Vec<&str> = Vec::new();
    for row in rows {
        texts.extend([row.unauthorized_use.as_str(), row.note.as_str()]);
    }
    for reference in &references {
        texts.extend([text(&reference.target), reference.label.as_str()]);
    }
    let texts = different(&texts);
    at_most("different references", references.len(), u16::MAX.into())?;
    at_most("different notes", texts.len(), u16::MAX.into())?;
    tables.text(["METADATA", "METADATA_LENGTH_BITS", "METADATA_TEXTS"], &texts)?;
    let id = |text: &str| index(&texts, text);
    let some = |text: &str| if text.is_empty() { None } else { Some(id(text)) };
    tables.sparse("ROW_TO_UNAUTHORIZED_USE", 2, rows.len(), &|row| some(&rows[row].unauthorized_use));
    tables.sparse("ROW_TO_NOTE", 2, rows.len(), &|row| some(&rows[row].note));

    let mut targets = Vec::new();
    for reference in references {
        let target = match &reference.target {
            Target::Rfc(number) => Target::Rfc(*number),
            Target::Draft(text) => Target::Draft(id(text)),
            Target::Uri(text) => Target::Uri(id(text)),
            Target::Text(text) => Target::Text(id(text)),
        };
        let [kind, which] = pack_target(&target);
        targets.extend([kind, which, id(&reference.label)]);
    }
    tables.rows("REFERENCES", 4, 3, targets);
    let (mut lists, mut numbers) = (Vec::new(), numbers.of.as_slice());
    for (row, details) in rows.iter().enumerate() {
        let (own, rest) = numbers.split_at(details.references.len());
        if !own.is_empty() {
            lists.push((vec![row], own.to_vec()));
        }
        numbers = rest;
    }
    tables.lists(["ROW_TO_REFERENCES", "REFERENCES_OF_ROWS"], &lists)
}

/// The text of a target, empty for an RFC.
fn text(target: &Target<String>) -> &str {
    match target {
        Target::Rfc(_) => "",
        Target::Draft(text) | Target::Uri(text) | Target::Text(text) => text,
    }
}
