//! Reading: the columns of entries, services and blocks, by their ids.
//!
//! What is asked for once in a while is not inlined into other crates: there every table that the
//! code names costs a pointer and its relocation.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

use crate::format::{self, BlockFlags, EntryFlags, PortSet};
use crate::tables as t;
use crate::{Date, PortRange, Proto};
use core::ops::Range;

pub(crate) const UPDATED: Date = Date::from_parts(t::UPDATED.0, t::UPDATED.1, t::UPDATED.2);
pub(crate) const REGISTRY_SHA256: &str = t::REGISTRY_SHA256;
pub(crate) const OVERLAY_SHA256: Option<&str> = t::OVERLAY_SHA256;

pub(crate) const RECORDS: usize = t::RECORDS as usize;
pub(crate) const SERVICES: u16 = t::SORTED_TO_SERVICE.len() as u16;
pub(crate) const BLOCKS: u16 = t::BLOCK_TO_PORT.len() as u16;

/// An id by itself, or ids from a table; never both.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    one: Option<u16>,
    several: &'static [u16],
}

/// No ids.
pub(crate) const fn none() -> Ids {
    several(&[])
}

/// This id alone.
pub(crate) const fn one(id: u16) -> Ids {
    Ids { one: Some(id), several: &[] }
}

/// These ids.
pub(crate) const fn several(ids: &'static [u16]) -> Ids {
    Ids { one: None, several: ids }
}

impl Ids {
    /// [`clone`](Clone::clone), for constant expressions.
    pub(crate) const fn copy(&self) -> Self {
        Self { one: self.one, several: self.several }
    }

    /// How many are left.
    pub(crate) const fn left(&self) -> usize {
        self.one.is_some() as usize + self.several.len()
    }

    /// [`next`](Iterator::next), for constant expressions.
    #[inline]
    pub(crate) const fn first(&mut self) -> Option<u16> {
        if let Some(id) = self.one.take() {
            return Some(id);
        }
        let [first, rest @ ..] = self.several else { return None };
        self.several = rest;
        Some(*first)
    }
}

impl Iterator for Ids {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        self.first()
    }
}

impl DoubleEndedIterator for Ids {
    #[inline]
    fn next_back(&mut self) -> Option<u16> {
        if let Some(id) = self.one.take() {
            return Some(id);
        }
        let [rest @ .., last] = self.several else { return None };
        self.several = rest;
        Some(*last)
    }
}

/// The row of a table that begins with this key. Rows are sorted by it.
#[inline(never)]
pub(crate) const fn find<const N: usize>(rows: &[[u16; N]], key: usize) -> Option<[u16; N]> {
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let row = rows[middle];
        if row[0] as usize == key {
            return Some(row);
        }
        if (row[0] as usize) < key { low = middle + 1 } else { high = middle }
    }
    None
}

/// The list of a key: `keys` has key, start and end, by key. Empty if it does not have the key.
#[inline(never)]
pub(crate) const fn list(key: usize, keys: &[[u16; 3]], ids: &'static [u16]) -> &'static [u16] {
    let Some([_, start, end]) = find(keys, key) else { return &[] };
    if let Some((to_end, _)) = ids.split_at_checked(end as usize) {
        if let Some((_, list)) = to_end.split_at_checked(start as usize) {
            return list;
        }
    }
    &[]
}

/// The value of a row in a sparse column, which is a table of row and value, by row.
pub(crate) const fn sparse(column: &[[u16; 2]], row: usize) -> Option<u16> {
    match find(column, row) {
        Some([_, value]) => Some(value),
        None => None,
    }
}

/// The name of an entry, by its id as [`Id::pack`](format::Id::pack) gives it. No entry has some text, so that who
/// decides at the end whether there is an entry need not branch before.
#[inline]
pub(crate) const fn entry_name(packed: usize) -> &'static str {
    text(t::NAMES.text, entry_name_span(packed))
}

/// Where the name is in the pool, offset and length.
#[inline]
pub(crate) const fn entry_name_span(packed: usize) -> (usize, usize) {
    format::unpack_name(t::ENTRY_TO_NAME[packed], t::NAME_LENGTH_BITS as u32)
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
    let packed = packed_port(entry);
    match format::unpack_port(packed) {
        None if entry_range(entry).is_some() => Some(packed),
        port => port,
    }
}

#[inline]
const fn packed_port(entry: u16) -> u16 {
    t::ENTRY_TO_PORT[entry as usize]
}

/// Entry and ends of the row's range, where the column of ports does not say all of it: a handful in IANA's
/// registry.
const fn entry_range(entry: u16) -> Option<[u16; 3]> {
    find(&t::ENTRY_TO_RANGE, entry as usize)
}

/// The entries that answer where this one does, primary first; alone, if it has no port.
pub(crate) const fn candidates(entry: u16) -> Ids {
    if !entry_flags(entry).has(EntryFlags::SHARES_PORT) {
        return one(entry);
    }
    several(list(entry as usize, &t::ENTRY_TO_CANDIDATES, &t::CANDIDATES_OF_ENTRIES))
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
pub(crate) const fn service_entries(service: u16) -> Ids {
    if !entry_flags(service).has(EntryFlags::SEVERAL) {
        return one(service);
    }
    several(list(service as usize, &t::SERVICE_TO_ENTRIES, &t::ENTRIES_OF_SERVICES))
}

/// The lowest port of a service on a transport.
///
/// Nearly all services have one entry, and its column of ports says all. Then there is no branch on what is found.
#[inline]
pub(crate) const fn service_port(service: u16, proto: Proto) -> Option<u16> {
    let flags = entry_flags(service);
    if flags.has(EntryFlags::SEVERAL) || t::PORTS_ARE_LOWEST == 0 {
        return lowest_port(service, proto);
    }
    format::unpack_port_if(packed_port(service), flags.has(EntryFlags::answering(proto)))
}

#[inline(never)]
const fn lowest_port(service: u16, proto: Proto) -> Option<u16> {
    let (mut entries, mut lowest) = (service_entries(service), None);
    while let Some(entry) = entries.first() {
        lowest = match (lowest, port_on(entry, proto)) {
            (Some(lowest), Some(port)) if lowest <= port => Some(lowest),
            (_, Some(port)) => Some(port),
            (lowest, None) => lowest,
        };
    }
    lowest
}

/// The lowest port of the entry's row, if the row is of this transport, or of none and answers for it.
#[inline]
pub(crate) const fn port_on(entry: u16, proto: Proto) -> Option<u16> {
    if !entry_flags(entry).has(EntryFlags::answering(proto)) {
        return None;
    }
    match entry_ports(entry) {
        Some(ports) => Some(ports.first()),
        None => None,
    }
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

/// The lowest of these ports that a filter leaves.
#[inline(never)]
pub(crate) fn wanted_port(ports: PortRange) -> Option<u16> {
    if t::WANTED_PORTS.is_empty() {
        return Some(ports.first());
    }
    let range = t::WANTED_PORTS.partition_point(|&[_, last]| last < ports.first());
    let [first, _] = *t::WANTED_PORTS.get(range)?;
    Some(ports.first().max(first)).filter(|&port| port <= ports.last())
}

/// The blocks that may have one of these ports, the first of which a filter leaves: those that begin there, and
/// before them as many as can reach in.
#[inline(never)]
pub(crate) fn blocks_near(ports: PortRange) -> Range<u16> {
    let begin_from = t::BLOCK_TO_PORT.partition_point(|&first| first < ports.first());
    let begin_behind = t::BLOCK_TO_PORT.partition_point(|&first| first <= ports.last());
    begin_from.saturating_sub(t::BLOCKS_IN_A_BLOCK as usize + 1) as u16..begin_behind as u16
}

/// Whether the block has one of these ports that a filter leaves.
pub(crate) fn block_meets(block: u16, ports: PortRange) -> bool {
    let own = block_ports(block);
    let (first, last) = (own.first().max(ports.first()), own.last().min(ports.last()));
    PortRange::new(first, last).is_some_and(|both| wanted_port(both).is_some())
}

#[inline(never)]
pub(crate) const fn block_ports(block: u16) -> PortRange {
    PortRange::from_ends(t::BLOCK_TO_PORT[block as usize], t::BLOCK_TO_LAST[block as usize])
}

pub(crate) const fn block_proto(block: u16) -> Option<Proto> {
    block_flags(block).proto
}

pub(crate) const fn block_is_unassigned(block: u16) -> bool {
    block_flags(block).is_unassigned
}

#[inline(never)]
pub(crate) const fn block_flags(block: u16) -> BlockFlags {
    BlockFlags::unpack(t::BLOCK_TO_FLAGS[block as usize])
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

#[cfg(not(feature = "descriptions"))]
pub(crate) const fn entry_description(_: u16) -> &'static str {
    ""
}

#[cfg(not(feature = "descriptions"))]
pub(crate) const fn block_description(_: u16) -> &'static str {
    ""
}

#[cfg(feature = "descriptions")]
#[inline]
const fn description(number: usize) -> &'static str {
    let packed = t::ENTRY_TO_DESCRIPTION[number];
    text(t::DESCRIPTIONS.text, format::unpack_pair(packed, t::DESCRIPTION_LENGTH_BITS as u32))
}

/// How many entries there are. Among all rows the blocks come behind them.
const ENTRIES: u16 = t::ENTRY_TO_FLAGS.len() as u16;

/// The number of a block among all rows.
pub(crate) const fn block_row(block: u16) -> usize {
    ENTRIES as usize + block as usize
}

/// The block of this number among all rows, or else the entry.
pub(crate) const fn block_or_entry(row: u16) -> Result<u16, u16> {
    match row.checked_sub(ENTRIES) {
        Some(block) => Ok(block),
        None => Err(row),
    }
}

/// All rows in the order of the registry, in runs.
pub(crate) const fn rows_in_order() -> &'static [u16] {
    &t::ROWS_IN_ORDER
}

/// The pool of names.
#[inline]
pub(crate) const fn names() -> &'static str {
    t::NAMES.text
}

/// The pool of descriptions.
#[cfg(feature = "descriptions")]
#[inline]
pub(crate) const fn descriptions() -> &'static str {
    t::DESCRIPTIONS.text
}

#[cfg(not(feature = "descriptions"))]
pub(crate) const fn descriptions() -> &'static str {
    ""
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

const _: () = assert!(format::MARGIN == crate::hash::wide::WORD, "names are compared in words");
