//! All rows in the order of the registry.

use crate::shared::flags::EntryFlags;
use crate::shared::id::Id;
use crate::shared::packing::unpack_run;
use crate::tables::walk::EntryRows;
use crate::tables::{blocks, rows};
use crate::{Block, Proto, Record, Row};
use core::iter::FusedIterator;

/// Every row in the order of the registry. Rows of an overlay come last.
///
/// ```
/// assert_eq!(iana_ports::rows().next().unwrap().to_string(), "0/tcp");
/// ```
pub fn rows() -> Rows {
    let left = rows::RECORDS + usize::from(blocks::BLOCKS);
    Rows { runs: rows::in_order(), entry: EntryRows::NONE, transports: EntryFlags::default(), left }
}

/// Every row; see [`rows`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Rows {
    /// The rows after the last entry, in runs.
    runs: &'static [u16],
    /// The rows of the last entry that are left: those on these transports, and the one without a transport.
    entry: EntryRows,
    transports: EntryFlags,
    left: usize,
}

impl Rows {
    /// Leaves out the other rows of the last entry.
    pub(crate) fn skip_entry(&mut self) {
        self.entry = EntryRows::NONE;
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.left = self.left.checked_sub(1)?;
        loop {
            let transports = self.transports;
            let is_here = |proto: Option<Proto>| proto.is_none_or(|proto| transports.has(EntryFlags::transport(proto)));
            if let Some(place) = self.entry.find(|(_, proto)| is_here(*proto)) {
                return Some(Row::Record(Record::at(place)));
            }
            let (row, transports, rest) = unpack_run(self.runs)?;
            self.runs = rest;
            match rows::block_or_entry(row) {
                Ok(block) => return Some(Row::Block(Block::new(Id::new(block)))),
                Err(entry) => (self.entry, self.transports) = (EntryRows::of(entry), transports),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Rows {}
impl FusedIterator for Rows {}
