//! Laying out: checked rows become the tables that the library reads, each named by its direction.

pub mod blocks;
pub mod candidates;
pub mod contacts;
pub mod coverage;
pub mod entries;
pub mod familiar;
pub mod metadata;
pub mod names;
pub mod pool;
pub mod ports;
pub mod positions;
pub mod tables;

use super::Columns;
use super::bounds::at_most;
use super::check::Checked;
use super::error_kind::ErrorKind;
use super::filter::Filter;
use super::read::registry::Details;
use super::read::services_file::FamiliarLine;
use super::shared::hash::Words;
use super::shared::id::Id;
use blocks::lay_out_blocks;
use candidates::find_candidates;
use contacts::lay_out_contacts;
use coverage::cover;
use entries::{by_id, lay_out_entries};
use familiar::Familiar;
use metadata::{lay_out_descriptions, lay_out_metadata};
use names::{assign_ids, lay_out_names};
use ports::lay_out_ports;
use positions::Positions;
use tables::Tables;

/// Lays out the tables of the rows that the filter keeps.
pub fn lay_out(
    checked: &Checked,
    columns: Columns,
    filter: &Filter,
    lines: &[FamiliarLine],
    words: Words,
) -> Result<Tables, ErrorKind> {
    let candidates = find_candidates(checked, filter, lines);
    let coverage = cover(checked, filter);
    if candidates.entries.is_empty() {
        return Err(ErrorKind::NothingLeft);
    }
    at_most("entries", candidates.entries.len(), Id::MOST)?;
    at_most("blocks", coverage.blocks.len(), Id::MOST)?;
    let mut tables = Tables { updated: checked.updated, experts: checked.experts.join("; "), ..Tables::default() };
    let lines = if columns.familiar { lines } else { &[] };
    let familiar = Familiar::of(lines, checked, &candidates, filter)?;
    let numbering = assign_ids(&candidates, words)?;
    tables.constant("RECORDS", candidates.canonical.iter().flatten().count());
    let wanted = filter.ranges();
    let mut wanted = wanted.iter().map(|ports| [ports.first().into(), ports.last().into()]);
    tables.rows("WANTED_PORTS", 2, &mut wanted);
    lay_out_ports(&mut tables, &candidates, &numbering);
    lay_out_names(&mut tables, &numbering);
    lay_out_entries(&mut tables, checked, &candidates, &numbering, &familiar.names())?;
    lay_out_blocks(&mut tables, checked, &coverage);
    if columns.familiar {
        familiar.lay_out(&mut tables, &candidates, &numbering);
    }

    let entries = by_id(checked, &candidates, &numbering).into_iter().map(|(_, record)| &record.row.details);
    let blocks = coverage.blocks.iter().map(|&row| &checked.blocks[row]);
    let rows: Vec<&Details> = entries.chain(blocks.clone().map(|block| &block.row.details)).collect();
    if columns.descriptions {
        lay_out_descriptions(&mut tables, rows.split_at(candidates.entries.len()))?;
    }
    at_most("entries and blocks", rows.len(), Id::MOST)?;
    let records = checked.records.iter().zip(&candidates.canonical);
    let records = records.filter_map(|(record, entry)| {
        Some((numbering.entries[(*entry)?], record.row.proto, record.precedence.position))
    });
    let positions = Positions {
        records: records.collect(),
        blocks: blocks.map(|block| block.precedence.position).collect(),
        entries: candidates.entries.len(),
    };
    positions.lay_out_order(&mut tables);
    if columns.metadata {
        lay_out_metadata(&mut tables, &rows)?;
        positions.lay_out(&mut tables);
        tables.constant("REGISTRY_ROWS", checked.registry_rows);
    }
    if columns.contacts {
        lay_out_contacts(&mut tables, &rows, &checked.people, filter)?;
    }
    Ok(tables)
}
