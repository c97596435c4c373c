//! All rows by number: the entries come first, then the blocks. The columns that features add are sorted by these
//! numbers.

#[cfg(feature = "descriptions")]
use super::at;
use super::generated as t;
#[cfg(feature = "descriptions")]
use crate::shared::packing::unpack_pair;

/// How many entries there are.
const ENTRIES: u16 = t::ENTRY_TO_FLAGS.len() as u16;

/// The number of a block among all rows.
pub(crate) const fn of_block(block: u16) -> usize {
    ENTRIES as usize + block as usize
}

/// The block with this number among all rows, or else the entry.
pub(crate) fn block_or_entry(row: u16) -> Result<u16, u16> {
    row.checked_sub(ENTRIES).ok_or(row)
}

/// All rows in the order of the registry, in runs.
pub(crate) const fn in_order() -> &'static [u16] {
    &t::ROWS_IN_ORDER
}

#[inline]
pub(crate) const fn names() -> &'static str {
    t::NAMES.text
}

/// How many records there are. An entry can stand for several.
pub(crate) const RECORDS: usize = t::RECORDS as usize;

#[cfg(feature = "descriptions")]
#[inline]
pub(crate) const fn entry_description(entry: u16) -> &'static str {
    numbered_description(entry as usize)
}

/// The description of a block, by its number among all rows.
#[cfg(feature = "descriptions")]
#[inline(never)]
pub(crate) const fn block_description(row: usize) -> &'static str {
    let description = at(&t::BLOCK_TO_DESCRIPTION, row - ENTRIES as usize, 0);
    numbered_description(t::BLOCK_DESCRIPTIONS as usize + description as usize)
}

#[cfg(feature = "descriptions")]
#[inline]
const fn numbered_description(number: usize) -> &'static str {
    let packed = at(&t::ENTRY_TO_DESCRIPTION, number, 0);
    super::text(t::DESCRIPTIONS.text, unpack_pair(packed, t::DESCRIPTION_LENGTH_BITS as u32))
}

#[cfg(feature = "descriptions")]
#[inline]
pub(crate) const fn descriptions() -> &'static str {
    t::DESCRIPTIONS.text
}
