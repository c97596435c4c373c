//! The order of the registry: the position of each row, and all rows in order.
//!
//! Rows are numbered consecutively: the entries, then the blocks.

use super::shared::flags::EntryFlags;
use super::shared::packing::{pack_run, pack_transport};
use super::shared::proto::Proto;
use super::tables::Tables;
use std::collections::BTreeMap;

/// The positions of all rows.
pub struct Positions {
    /// Entry, transport and position of each row.
    pub records: Vec<(usize, Option<Proto>, usize)>,
    /// The position of each block.
    pub blocks: Vec<usize>,
    /// How many entries there are.
    pub entries: usize,
}

impl Positions {
    /// Lays out the position of every row. An entry has the position of its first row. The rows on its other transports
    /// usually follow one another; a second table has the exceptions.
    pub fn lay_out(&self, tables: &mut Tables) {
        let mut records: Vec<(usize, usize, usize)> =
            self.records.iter().map(|&(entry, proto, position)| (entry, pack_transport(proto), position)).collect();
        records.sort_unstable();
        let mut first = vec![0; self.entries]; // a copy has no position of its own
        let mut apart = Vec::new();
        for rows in records.chunk_by(|a, b| a.0 == b.0) {
            let (entry, _, start) = rows[0];
            first[entry] = start;
            let follows = |rank: usize, position: usize| position == start + rank;
            let others = rows.iter().enumerate().filter(|(rank, row)| !follows(*rank, row.2));
            apart.extend(others.map(|(_, &(entry, proto, position))| vec![entry, proto, position]));
        }
        tables.array("ROW_TO_POSITION", 2, first.into_iter().chain(self.blocks.iter().copied()));
        tables.rows("POSITIONS_APART", 2, 3, apart);
    }

    /// Lays out all rows in the order of the registry, in runs: rows of one entry that follow one another by
    /// transport, or a block.
    pub fn lay_out_order(&self, tables: &mut Tables) {
        let mut rows_of: BTreeMap<usize, usize> = BTreeMap::new();
        self.records.iter().for_each(|(entry, ..)| *rows_of.entry(*entry).or_default() += 1);
        let records = self.records.iter().map(|&(entry, proto, position)| (position, entry, proto));
        let blocks = self.blocks.iter().enumerate().map(|(id, &position)| (position, self.entries + id, None));
        let mut rows: Vec<(usize, usize, Option<Proto>)> = records.chain(blocks).collect();
        rows.sort_unstable();
        let runs = rows.chunk_by(|a, b| a.1 == b.1 && a.2 < b.2).flat_map(|run| {
            let (_, row, _) = run[0];
            let is_whole = rows_of.get(&row).is_none_or(|&rows| rows == run.len());
            let flags = run.iter().filter_map(|(_, _, proto)| proto.map(EntryFlags::transport));
            pack_run(row, if is_whole { None } else { flags.reduce(EntryFlags::and) })
        });
        tables.array("ROWS_IN_ORDER", 2, runs.flatten());
    }
}
