//! The tables of descriptions, dates, references, service codes, unauthorized uses and notes.
//!
//! The entries are numbered first, then the blocks. Most rows have no value in most of these columns, so the columns
//! are sparse. Text is pooled, and texts and references have ids.

use super::tables::Tables;
use crate::generator::bounds::at_most;
use crate::generator::error_kind::ErrorKind;
use crate::generator::numbers::{Numbers, different, index};
use crate::generator::read::registry::{Details, Reference};
use crate::generator::shared::date::Date;
use crate::generator::shared::packing::{Target, pack_date, pack_target};

/// Lays out the texts of the entries, and after them the few different texts of the blocks.
pub fn lay_out_descriptions(
    tables: &mut Tables,
    (entries, blocks): (&[&Details], &[&Details]),
) -> Result<(), ErrorKind> {
    let [mut texts, of_blocks]: [Vec<&str>; 2] =
        [entries, blocks].map(|rows| rows.iter().map(|row| row.description.as_str()).collect());
    let different = different(&of_blocks);
    tables.constant("BLOCK_DESCRIPTIONS", entries.len());
    tables.column("BLOCK_TO_DESCRIPTION", 1, &mut of_blocks.iter().map(|text| index(&different, text)));
    texts.extend(different);
    tables.text(["DESCRIPTIONS", "DESCRIPTION_LENGTH_BITS", "ENTRY_TO_DESCRIPTION"], &texts)
}

/// Lays out all other columns.
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
    let references: Vec<&Reference> = numbers.firsts.iter().map(|&first| references[first]).collect();
    let mut texts: Vec<&str> = Vec::new();
    for row in rows {
        texts.extend([row.unauthorized_use.as_str(), &row.note]);
    }
    for reference in &references {
        texts.extend([text(&reference.target), &reference.label]);
    }
    let texts = different(&texts);
    at_most("different references", references.len(), u16::MAX.into())?;
    at_most("different notes", texts.len(), u16::MAX.into())?;
    tables.text(["METADATA", "METADATA_LENGTH_BITS", "METADATA_TEXTS"], &texts)?;
    let id = |text: &str| index(&texts, text);
    let some = |text: &str| if text.is_empty() { None } else { Some(id(text)) };
    tables.sparse("ROW_TO_UNAUTHORIZED_USE", 2, rows.len(), &|row| some(&rows[row].unauthorized_use));
    tables.sparse("ROW_TO_NOTE", 2, rows.len(), &|row| some(&rows[row].note));

    let mut targets = references.into_iter().map(|reference| {
        let target = match &reference.target {
            Target::Rfc(number) => Target::Rfc(*number),
            Target::Draft(text) => Target::Draft(id(text)),
            Target::Uri(text) => Target::Uri(id(text)),
            Target::Text(text) => Target::Text(id(text)),
        };
        let [kind, which] = pack_target(&target);
        [kind, which, id(&reference.label)]
    });
    tables.rows("REFERENCES", 4, &mut targets);
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
