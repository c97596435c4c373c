//! Reading: the columns of entries, services and blocks, by their number in the tables.
//!
//! What is asked for once in a while is not inlined into other crates: there every table that the
//! code names costs a pointer and its relocation.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

use crate::tables as t;
use crate::{Date, PortRange, Proto};
use core::iter::{Chain, Copied};
use core::{option, slice};

/// Bits of `ENTRY_TO_FLAGS`; the lowest four are the transports of the entry's rows.
const ANY_TRANSPORT: u8 = t::ANY_TRANSPORT as u8;
const ALIAS: u8 = t::ALIAS as u8;
const LISTED: u8 = t::LISTED as u8;
const SEVERAL: u8 = t::SEVERAL as u8;

pub(crate) const UPDATED: Date = Date::from_parts(t::UPDATED.0, t::UPDATED.1, t::UPDATED.2);
pub(crate) const REGISTRY_SHA256: &str = t::REGISTRY_SHA256;
pub(crate) const OVERLAY_SHA256: Option<&str> = t::OVERLAY_SHA256;

/// Where the rows with a port and without a transport are at home: TCP, unless it was left out.
pub(crate) const HOME_WITHOUT_TRANSPORT: Proto = Proto::ALL[t::HOME_WITHOUT_TRANSPORT as usize];

pub(crate) const RECORDS: usize = t::RECORDS as usize;
pub(crate) const SERVICES: u16 = t::SORTED_TO_SERVICE.len() as u16;
pub(crate) const BLOCKS: u16 = t::BLOCK_TO_PORT.len() as u16;

/// A number by itself, or a run of them from a table.
pub(crate) type Numbers = Chain<option::IntoIter<u16>, Copied<slice::Iter<'static, u16>>>;

#[inline]
pub(crate) const fn entry_name(entry: usize) -> &'static str {
    cut(t::NAMES.text, entry_name_place(entry))
}

/// Where the name is in the pool, offset and length.
#[inline]
pub(crate) const fn entry_name_place(entry: usize) -> (usize, usize) {
    unpack(t::ENTRY_TO_NAME[entry], t::NAME_LENGTH_BITS)
}

#[inline(never)]
pub(crate) const fn entry_ports(entry: u16) -> Option<PortRange> {
    let first = t::ENTRY_TO_PORT[entry as usize];
    // The entries of ranges, in order: a handful in IANA's registry.
    let (mut low, mut high) = (0, t::RANGE_TO_LAST.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let [range, last] = t::RANGE_TO_LAST[middle];
        if range == entry {
            return Some(PortRange::from_ends(first, last));
        }
        if range < entry { low = middle + 1 } else { high = middle }
    }
    // An entry without a port has 65535 here. One that has this port is in the table of ranges.
    if first == u16::MAX { None } else { Some(PortRange::from_ends(first, first)) }
}

/// The lowest port that the entry answers for. Only of a range that a filter has cut is that another
/// than its first.
#[inline(never)]
pub(crate) const fn entry_home_port(entry: u16) -> Option<u16> {
    match (sparse(&t::CUT_TO_PORT, entry as usize), entry_ports(entry)) {
        (Some(port), _) => Some(port),
        (None, Some(ports)) => Some(ports.first()),
        (None, None) => None,
    }
}

#[inline]
const fn has(entry: u16, flag: u8) -> bool {
    t::ENTRY_TO_FLAGS[entry as usize] & flag != 0
}

/// Whether the entry's row names no transport.
#[inline]
pub(crate) const fn entry_is_any(entry: u16) -> bool {
    has(entry, ANY_TRANSPORT)
}

#[inline]
pub(crate) const fn entry_is_alias(entry: u16) -> bool {
    has(entry, ALIAS)
}

/// The service that the entry is an alias of.
#[inline(never)]
pub(crate) const fn entry_alias_of(entry: u16) -> Option<u16> {
    sparse(&t::ALIAS_TO_SERVICE, entry as usize)
}

/// Whether a row of this transport, or of none, is at home in the entry.
pub(crate) const fn entry_has(entry: u16, proto: Option<Proto>) -> bool {
    match proto {
        Some(proto) => has(entry, 1 << proto as u8),
        None => has(entry, ANY_TRANSPORT),
    }
}

/// No numbers.
pub(crate) fn none() -> Numbers {
    several(&[])
}

/// This number alone.
pub(crate) fn one(number: u16) -> Numbers {
    Some(number).into_iter().chain([].iter().copied())
}

/// These numbers.
pub(crate) fn several(numbers: &'static [u16]) -> Numbers {
    None.into_iter().chain(numbers.iter().copied())
}

/// The run of a key: `runs` has key, start and end, by key. Empty if it does not have the key.
#[inline(never)]
pub(crate) fn run(key: usize, runs: &[[u16; 3]], numbers: &'static [u16]) -> &'static [u16] {
    let run = runs.binary_search_by_key(&key, |run| run[0].into());
    run.map_or(&[], |run| &numbers[usize::from(runs[run][1])..usize::from(runs[run][2])])
}

/// The entries that answer where this one does, primary first; alone, if it has no port.
pub(crate) fn answer_list(entry: u16) -> Numbers {
    if !has(entry, LISTED) {
        return one(entry);
    }
    several(run(entry.into(), &t::LISTED_TO_RUN, &t::LISTED_TO_ENTRIES))
}

/// All entries of a service, in order.
pub(crate) fn service_entries(service: u16) -> Numbers {
    if !has(service, SEVERAL) {
        return one(service);
    }
    several(run(service.into(), &t::SEVERAL_TO_RUN, &t::SEVERAL_TO_ENTRIES))
}

/// The first entry of the same row. Another one exists only where named ranges overlap.
#[inline(never)]
pub(crate) fn entry_home(entry: u16, proto: Proto) -> u16 {
    let key = |view: &[u16; 3]| (view[0], view[1]);
    let view = t::VIEW_TO_HOME.binary_search_by_key(&(entry, proto as u16), key);
    view.map_or(entry, |view| t::VIEW_TO_HOME[view][2])
}

/// The service at a place in the order of names.
#[inline(never)]
pub(crate) fn sorted_service(place: u16) -> u16 {
    t::SORTED_TO_SERVICE[usize::from(place)]
}

#[inline(never)]
pub(crate) const fn block_ports(block: u16) -> PortRange {
    PortRange::from_ends(t::BLOCK_TO_PORT[block as usize], t::BLOCK_TO_LAST[block as usize])
}

#[inline(never)]
pub(crate) const fn block_proto(block: u16) -> Option<Proto> {
    match t::BLOCK_TO_FLAGS[block as usize] & 7 {
        0 => Some(Proto::Tcp),
        1 => Some(Proto::Udp),
        2 => Some(Proto::Sctp),
        3 => Some(Proto::Dccp),
        _ => None,
    }
}

#[inline(never)]
pub(crate) const fn block_is_unassigned(block: u16) -> bool {
    t::BLOCK_TO_FLAGS[block as usize] & 1 << 3 != 0
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
    cut(t::DESCRIPTIONS.text, unpack(t::ENTRY_TO_DESCRIPTION[number], t::DESCRIPTION_LENGTH_BITS))
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

/// The number of a block among all rows: it comes behind the entries.
#[cfg(any(feature = "metadata", feature = "contacts"))]
pub(crate) const fn block_row(block: u16) -> usize {
    t::ENTRY_TO_FLAGS.len() + block as usize
}

/// Offset and length, which are one number in the tables, the length in the low bits.
#[inline]
pub(crate) const fn unpack(packed: u32, length_bits: u64) -> (usize, usize) {
    ((packed >> length_bits) as usize, (packed & !(u32::MAX << length_bits)) as usize)
}

/// A string in a pool.
#[inline]
pub(crate) const fn cut(pool: &'static str, (offset, len): (usize, usize)) -> &'static str {
    #[cfg(const_str_split)]
    #[allow(clippy::incompatible_msrv, reason = "only where the compiler has it")]
    // The end first: then the compiler knows that the start is before it.
    if let Some((to_end, _)) = pool.split_at_checked(offset + len) {
        if let Some((_, string)) = to_end.split_at_checked(offset) {
            return string;
        }
    }
    // Before Rust 1.86 a constant expression cannot cut a string, but it can cut bytes and check
    // them, for some nanoseconds.
    #[cfg(not(const_str_split))]
    if let Ok(string) = core::str::from_utf8(pool.as_bytes().split_at(offset).1.split_at(len).0) {
        return string;
    }
    ""
}
