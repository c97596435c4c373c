//! Reading: the columns of entries, services and blocks, by their ids.
//!
//! What is asked for once in a while is not inlined into other crates: there every table that the
//! code names costs a pointer and its relocation.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

use crate::format::{self, EntryFlags, PortSet};
use crate::tables as t;
use crate::{Date, PortRange, Proto};
use core::slice;

pub(crate) const UPDATED: Date = Date::from_parts(t::UPDATED.0, t::UPDATED.1, t::UPDATED.2);
pub(crate) const REGISTRY_SHA256: &str = t::REGISTRY_SHA256;
pub(crate) const OVERLAY_SHA256: Option<&str> = t::OVERLAY_SHA256;

pub(crate) const RECORDS: usize = t::RECORDS as usize;
pub(crate) const SERVICES: u16 = t::SORTED_TO_SERVICE.len() as u16;
pub(crate) const BLOCKS: u16 = t::BLOCK_TO_PORT.len() as u16;

/// An id by itself, or ids from a table.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    one: Option<u16>,
    several: slice::Iter<'static, u16>,
}

/// No ids.
pub(crate) fn none() -> Ids {
    several(&[])
}

/// This id alone.
pub(crate) fn one(id: u16) -> Ids {
    Ids { one: Some(id), several: [].iter() }
}

/// These ids.
pub(crate) fn several(ids: &'static [u16]) -> Ids {
    Ids { one: None, several: ids.iter() }
}

impl Iterator for Ids {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        self.one.take().or_else(|| self.several.next().copied())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.one.is_some()) + self.several.len();
        (left, Some(left))
    }
}

impl DoubleEndedIterator for Ids {
    #[inline]
    fn next_back(&mut self) -> Option<u16> {
        self.several.next_back().copied().or_else(|| self.one.take())
    }
}

impl ExactSizeIterator for Ids {}

/// The list of a key: `keys` has key, start and end, by key. Empty if it does not have the key.
#[inline(never)]
pub(crate) fn list(key: usize, keys: &[[u16; 3]], ids: &'static [u16]) -> &'static [u16] {
    let found = keys.binary_search_by_key(&key, |list| list[0].into());
    found.map_or(&[], |at| &ids[usize::from(keys[at][1])..usize::from(keys[at][2])])
}

/// The value of a row in a sparse column, which is a table of row and value, by row.
pub(crate) const fn sparse(column: &[[u16; 2]], row: usize) -> Option<u16> {
    let (mut low, mut high) = (0, column.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let [key, value] = column[middle];
        if key as usize == row {
            return Some(value);
        }
        if (key as usize) < row { low = middle + 1 } else { high = middle }
    }
    None
}

#[inline]
pub(crate) const fn entry_name(entry: usize) -> &'static str {
    text(t::NAMES.text, entry_name_span(entry))
}

/// Where the name is in the pool, offset and length.
#[inline]
pub(crate) const fn entry_name_span(entry: usize) -> (usize, usize) {
    format::unpack_pair(t::ENTRY_TO_NAME[entry], t::NAME_LENGTH_BITS as u32)
}

#[inline]
pub(crate) const fn entry_flags(entry: u16) -> EntryFlags {
    EntryFlags::unpack(t::ENTRY_TO_FLAGS[entry as usize])
}

/// The ports of the entry's row.
#[inline(never)]
pub(crate) const fn entry_ports(entry: u16) -> Option<PortRange> {
    if let Some([_, first, last]) = entry_range(entry) {
        return Some(PortRange::from_ends(first, last));
    }
    match entry_port(entry) {
        Some(port) => Some(PortRange::from_ends(port, port)),
        None => None,
    }
}

/// The lowest port that the entry answers for as one of its candidates. A filter or a narrower record may
/// have taken the first ports of its row.
#[inline]
pub(crate) const fn entry_port(entry: u16) -> Option<u16> {
    let packed = t::ENTRY_TO_PORT[entry as usize];
    match format::unpack_port(packed) {
        None if entry_range(entry).is_some() => Some(packed),
        port => port,
    }
}

/// The ends of the row's range, where the column of ports does not say all of it.
#[inline(never)]
const fn entry_range(entry: u16) -> Option<[u16; 3]> {
    // The entries of ranges, in order: a handful in IANA's registry.
    let (mut low, mut high) = (0, t::ENTRY_TO_RANGE.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let range = t::ENTRY_TO_RANGE[middle];
        if range[0] == entry {
            return Some(range);
        }
        if range[0] < entry { low = middle + 1 } else { high = middle }
    }
    None
}

/// The entries that answer where this one does, primary first; alone, if it has no port.
pub(crate) fn candidates(entry: u16) -> Ids {
    if !entry_flags(entry).has(EntryFlags::SHARES_PORT) {
        return one(entry);
    }
    several(list(entry.into(), &t::ENTRY_TO_CANDIDATES, &t::CANDIDATES_OF_ENTRIES))
}

/// The canonical entry of a row that is found as this entry on this transport. It is another one only where
/// named ranges overlap.
#[inline(never)]
pub(crate) fn canonical_entry(entry: u16, proto: Proto) -> u16 {
    let key = [entry, format::pack_transport(Some(proto)) as u16];
    let copy = t::COPY_TO_CANONICAL.binary_search_by_key(&key, |copy| [copy[0], copy[1]]);
    copy.map_or(entry, |copy| t::COPY_TO_CANONICAL[copy][2])
}

/// Whether the entry is the canonical one of a row on this transport, or of a row without transport and port.
pub(crate) const fn is_canonical(entry: u16, proto: Option<Proto>) -> bool {
    match proto {
        Some(proto) => entry_flags(entry).has(EntryFlags::transport(proto)),
        None => !entry_flags(entry).has(EntryFlags::SOME_TRANSPORT) && entry_port(entry).is_none(),
    }
}

/// The service of the entry's name.
#[inline(never)]
pub(crate) const fn entry_service(entry: u16) -> u16 {
    // The first entry of a service has its id.
    if entry < SERVICES { entry } else { t::FURTHER_TO_SERVICE[(entry - SERVICES) as usize] }
}

/// The service that the entry is an alias of.
#[inline(never)]
pub(crate) const fn entry_alias_of(entry: u16) -> Option<u16> {
    sparse(&t::ALIAS_TO_SERVICE, entry as usize)
}

/// The canonical entries of a service, in order.
pub(crate) fn service_entries(service: u16) -> Ids {
    if !entry_flags(service).has(EntryFlags::SEVERAL) {
        return one(service);
    }
    several(list(service.into(), &t::SERVICE_TO_ENTRIES, &t::ENTRIES_OF_SERVICES))
}

/// The service of this rank in the order of names.
#[inline(never)]
pub(crate) fn sorted_service(rank: u16) -> u16 {
    t::SORTED_TO_SERVICE[usize::from(rank)]
}

/// How many numbers the set of ports has at which records have their canonical entry.
pub(crate) const CANONICAL_PORTS: usize = t::CANONICAL_PORTS.len();

/// Of that set the ports of one number.
#[inline(never)]
pub(crate) fn canonical_ports(index: usize) -> PortSet {
    PortSet::unpack(index, t::CANONICAL_PORTS[index])
}

#[inline(never)]
pub(crate) const fn block_ports(block: u16) -> PortRange {
    PortRange::from_ends(t::BLOCK_TO_PORT[block as usize], t::BLOCK_TO_LAST[block as usize])
}

#[inline(never)]
pub(crate) const fn block_proto(block: u16) -> Option<Proto> {
    format::unpack_block(t::BLOCK_TO_FLAGS[block as usize]).0
}

#[inline(never)]
pub(crate) const fn block_is_unassigned(block: u16) -> bool {
    format::unpack_block(t::BLOCK_TO_FLAGS[block as usize]).1
}

#[cfg(feature = "descriptions")]
#[inline]
pub(crate) const fn entry_description(entry: u16) -> &'static str {
    description(entry as usize)
}

#[cfg(feature = "descriptions")]
#[inline(never)]
pub(crate) const fn block_description(block: u16) -> &'static str {
    description(t::BLOCK_DESCRIPTIONS as usize + t::BLOCK_TO_DESCRIPTION[block as usize] as usize)
}

#[cfg(feature = "descriptions")]
#[inline]
const fn description(number: usize) -> &'static str {
    let packed = t::ENTRY_TO_DESCRIPTION[number];
    text(t::DESCRIPTIONS.text, format::unpack_pair(packed, t::DESCRIPTION_LENGTH_BITS as u32))
}

/// The number of a block among all rows: it comes behind the entries.
#[cfg(any(feature = "metadata", feature = "contacts"))]
pub(crate) const fn block_row(block: u16) -> usize {
    t::ENTRY_TO_FLAGS.len() + block as usize
}

/// A string in a pool, by its offset and length.
#[inline]
pub(crate) const fn text(pool: &'static str, (offset, len): (usize, usize)) -> &'static str {
    #[cfg(const_str_split)]
    #[allow(clippy::incompatible_msrv, reason = "only where the compiler has it")]
    // The end first: then the compiler knows that the start is before it.
    if let Some((to_end, _)) = pool.split_at_checked(offset + len) {
        if let Some((_, string)) = to_end.split_at_checked(offset) {
            return string;
        }
    }
    // Before Rust 1.86 a constant expression cannot split a string, but it can split bytes and check
    // them, for some nanoseconds.
    #[cfg(not(const_str_split))]
    if let Ok(string) = core::str::from_utf8(pool.as_bytes().split_at(offset).1.split_at(len).0) {
        return string;
    }
    ""
}
