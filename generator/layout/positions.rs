//! The order of the registry: the position of each row, and all rows in order. The entries are numbered first, then the
//! blocks.

use super::tables::Tables;
use crate::generator::numbers::sorted;
use crate::generator::shared::flags::EntryFlags;
use crate::generator::shared::packing::{pack_run, pack_transport};
use crate::generator::shared::proto::Proto;

/// The positions of all rows.
pub struct Positions {
    /// Entry, transport and position of each row.
    pub records: Vec<(usize, Option<Proto>, usize)>,
    pub blocks: Vec<usize>,
    pub entries: usize,
}

impl Positions {
    /// Lays out the position of every row. Rows of an entry on several transports usually follow one another; a second
    /// table has the exceptions.
    pub fn lay_out(&self, tables: &mut Tables) {
        let record = |row: usize| {
            let (entry, proto, position) = self.records[row];
            (entry, pack_transport(proto), position)
        };
        let mut first = vec![None; self.entries]; // a copy has no position of its own
        let (mut rank, mut apart) = (0, Vec::new());
        for row in sorted(self.records.len(), &|a, b| record(a).cmp(&record(b))) {
            let (entry, proto, position) = record(row);
            match first[entry] {
                None => (first[entry], rank) = (Some(position), 0),
                Some(_) => rank += 1,
            }
            if first[entry].is_some_and(|first| first + rank != position) {
                apart.push([entry, proto, position]);
            }
        }
        let mut positions = first.into_iter().map(Option::unwrap_or_default).chain(self.blocks.iter().copied());
        tables.column("ROW_TO_POSITION", 2, &mut positions);
        tables.rows("POSITIONS_APART", 2, &mut apart.into_iter());
    }

    /// Lays out all rows in order, in runs: rows of one entry that follow one another by transport, or a block.
    pub fn lay_out_order(&self, tables: &mut Tables) {
        let mut rows_of = vec![0; self.entries];
        let mut rows = Vec::new();
        for &(entry, proto, position) in &self.records {
            rows_of[entry] += 1;
            rows.push((position, entry, proto));
        }
        for (id, &position) in self.blocks.iter().enumerate() {
            rows_of.push(1);
            rows.push((position, self.entries + id, None));
        }
        let mut runs = Vec::new();
        let (mut flags, mut count) = (EntryFlags::default(), 0);
        let order = sorted(rows.len(), &|a, b| rows[a].cmp(&rows[b]));
        for (at, &row) in order.iter().enumerate() {
            let (_, id, proto) = rows[row];
            flags = flags.union(proto.map_or(EntryFlags::default(), EntryFlags::transport));
            count += 1;
            let next = order.get(at + 1).map(|&next| rows[next]);
            if !next.is_some_and(|(_, next, next_proto)| next == id && proto < next_proto) {
                let some = flags.has(EntryFlags::SOME_TRANSPORT) && count < rows_of[id];
                for number in pack_run(id, if some { Some(flags) } else { None }) {
                    runs.extend(number);
                }
                (flags, count) = (EntryFlags::default(), 0);
            }
        }
        tables.array("ROWS_IN_ORDER", 2, runs);
    }
}
