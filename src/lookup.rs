//! The only reader of the generated tables.
//!
//! Rows of the registry are grouped into *entries*: rows on the same port that differ only by
//! transport are one entry with a set of transports. Entries of one port stand next to one another,
//! primary first; that run is the port's *answer list*. Entries, services and blocks are numbered
//! from 1, so that 0 in a table means none and a handle has room for `Option`.

use crate::tables as t;
use crate::{Block, Date, PortClass, PortRange, PortStatus, Proto, Record, Service};
use core::hash::Hasher;
use core::num::NonZeroU16;
use core::ops::Range;
use phf::{PhfEq, PhfHash};

/// Bits of `ENTRY_TO_FLAGS`; the lowest four are the transports of the entry's rows.
const ANY_TRANSPORT: u8 = 1 << 4;
const HEAD: u8 = 1 << 5;
const ALIAS: u8 = 1 << 6;

/// The longest service name in any registry file; the generator refuses longer ones.
const MAX_NAME: usize = 63;

pub(crate) const UPDATED: Date = Date::from_parts(t::UPDATED.0, t::UPDATED.1, t::UPDATED.2);
pub(crate) const RECORDS: usize = t::RECORDS;
/// Every (port, transport), then every (entry without a port, transport).
pub(crate) const PLACES: u32 = 4 * (PORTS + (t::ENTRIES + 1 - t::FIRST_PORTLESS) as u32);
const PORTS: u32 = 1 << 16;

/// A service in the name map.
pub(crate) struct ServiceId(pub(crate) u16);

/// A name as it was asked for.
#[derive(PartialEq, Eq)]
struct AnyCase<'a>(&'a [u8]);

impl PhfHash for AnyCase<'_> {
    fn phf_hash<H: Hasher>(&self, state: &mut H) {
        let mut folded = [0; MAX_NAME];
        for (to, from) in folded.iter_mut().zip(self.0) {
            *to = from.to_ascii_lowercase();
        }
        state.write(&folded[..self.0.len().min(MAX_NAME)]);
    }
}

impl PhfEq<AnyCase<'_>> for ServiceId {
    fn phf_eq(&self, asked: &AnyCase<'_>) -> bool {
        service_name(self.0).as_bytes().eq_ignore_ascii_case(asked.0)
    }
}

pub(crate) fn record(port: u16, proto: Proto) -> Option<Record> {
    let page = t::PORT_TO_PAGE[proto as usize][usize::from(port) / t::PAGE];
    let entry = t::PAGE_TO_ENTRY[usize::from(page)][usize::from(port) % t::PAGE];
    NonZeroU16::new(entry).map(|entry| Record::new(entry, proto))
}

pub(crate) fn service(name: &str) -> Option<Service> {
    if name.len() > MAX_NAME {
        return None;
    }
    let id = t::NAME_TO_SERVICE.get_key(&AnyCase(name.as_bytes()))?;
    NonZeroU16::new(id.0).map(Service::new)
}

pub(crate) fn status(port: u16, proto: Proto) -> PortStatus {
    if let Some(record) = record(port, proto) {
        return PortStatus::Assigned(record);
    }
    if PortClass::of(port) == PortClass::Dynamic {
        return PortStatus::Dynamic;
    }
    let covers = block_at(port);
    match covers[proto as usize] {
        Some(block) if block.is_unassigned() => PortStatus::Unassigned(Some(block)),
        Some(block) => PortStatus::Reserved(Some(block)),
        // RFC 6335 section 7.2: taken on one transport, reserved on the others.
        None if Proto::ALL.into_iter().any(|other| record(port, other).is_some())
            || covers.into_iter().flatten().any(|block| !block.is_unassigned()) =>
        {
            PortStatus::Reserved(None)
        }
        None => PortStatus::Unassigned(None),
    }
}

/// The block that covers a port, for each transport.
fn block_at(port: u16) -> [Option<Block>; 4] {
    let after = t::COVER_TO_PORT.partition_point(|&first| first <= port);
    t::COVER_TO_BLOCKS[after - 1].map(|block| NonZeroU16::new(block).map(Block::new))
}

/// The numbers of every service.
pub(crate) fn services() -> Range<u16> {
    1..t::SERVICES + 1
}

/// The numbers of every block.
pub(crate) fn blocks() -> Range<u16> {
    1..t::BLOCKS + 1
}

/// The answer list at a place, numbered as in [`PLACES`].
pub(crate) fn place(place: u32) -> (Option<u16>, Proto, Range<u16>) {
    let proto = Proto::ALL[(place % 4) as usize];
    let number = place / 4;
    if let Ok(port) = u16::try_from(number) {
        let entries = record(port, proto).map_or(0..0, |record| answer_list(record.entry()));
        (Some(port), proto, entries)
    } else {
        let entry = t::FIRST_PORTLESS + u16::try_from(number - PORTS).unwrap_or_default();
        (None, proto, entry..entry + 1)
    }
}

/// The entries of the answer list that an entry stands in; alone, if it has no port.
pub(crate) fn answer_list(entry: u16) -> Range<u16> {
    let is_head = |entry: u16| t::ENTRY_TO_FLAGS[usize::from(entry)] & HEAD != 0;
    if entry >= t::FIRST_PORTLESS {
        return entry..entry + 1;
    }
    let mut list = entry..entry + 1;
    while !is_head(list.start) {
        list.start -= 1;
    }
    while list.end < t::FIRST_PORTLESS && !is_head(list.end) {
        list.end += 1;
    }
    list
}

/// The entries of a service, in order.
pub(crate) fn service_entries(service: u16) -> &'static [u16] {
    let entry = &t::SERVICE_TO_ENTRIES[usize::from(service)];
    match usize::from(*entry).checked_sub(t::ENTRY_TO_FLAGS.len()) {
        None => core::slice::from_ref(entry),
        Some(run) => {
            let start = run.checked_sub(1).map_or(0, |before| t::RUN_TO_END[before]);
            &t::RUN_TO_ENTRIES[usize::from(start)..usize::from(t::RUN_TO_END[run])]
        }
    }
}

pub(crate) fn service_name(service: u16) -> &'static str {
    let service = usize::from(service);
    let (start, end) = (t::SERVICE_TO_NAME_END[service - 1], t::SERVICE_TO_NAME_END[service]);
    &t::NAMES[start as usize..end as usize]
}

/// The service that an entry belongs to.
pub(crate) fn entry_service(entry: u16) -> Service {
    // Every entry has a service, so the other branch is never taken.
    let number = NonZeroU16::new(t::ENTRY_TO_SERVICE[usize::from(entry)]);
    Service::new(number.unwrap_or(NonZeroU16::MIN))
}

pub(crate) fn entry_ports(entry: u16) -> Option<PortRange> {
    if entry >= t::FIRST_PORTLESS {
        return None;
    }
    let first = t::ENTRY_TO_PORT[usize::from(entry)];
    let range = t::RANGE_TO_LAST.binary_search_by_key(&entry, |range| range[0]);
    Some(PortRange::from_ends(first, range.map_or(first, |range| t::RANGE_TO_LAST[range][1])))
}

/// Whether the entry's row names no transport.
pub(crate) fn entry_is_any(entry: u16) -> bool {
    t::ENTRY_TO_FLAGS[usize::from(entry)] & ANY_TRANSPORT != 0
}

/// Whether a row of this transport is at home in the entry. A row without one counts as TCP.
pub(crate) fn entry_has(entry: u16, proto: Proto) -> bool {
    let flags = t::ENTRY_TO_FLAGS[usize::from(entry)];
    if flags & ANY_TRANSPORT != 0 { proto == Proto::Tcp } else { flags & 1 << proto as u8 != 0 }
}

pub(crate) fn entry_is_alias(entry: u16) -> bool {
    t::ENTRY_TO_FLAGS[usize::from(entry)] & ALIAS != 0
}

/// The first entry of the same row. Another one exists only where named ranges overlap.
pub(crate) fn entry_home(entry: u16, proto: Proto) -> u16 {
    let view = t::VIEW_TO_HOME.binary_search_by_key(&(entry, proto as u16), |view| (view[0], view[1]));
    view.map_or(entry, |view| t::VIEW_TO_HOME[view][2])
}

#[cfg(feature = "descriptions")]
pub(crate) fn entry_description(entry: u16) -> &'static str {
    description(t::ENTRY_TO_DESCRIPTION[usize::from(entry)])
}

#[cfg(feature = "descriptions")]
pub(crate) fn block_description(block: u16) -> &'static str {
    description(t::BLOCK_TO_DESCRIPTION[usize::from(block)])
}

#[cfg(feature = "descriptions")]
fn description(number: u16) -> &'static str {
    let number = usize::from(number);
    let start = number.checked_sub(1).map_or(0, |before| t::DESCRIPTION_TO_END[before]);
    &t::DESCRIPTIONS[start as usize..t::DESCRIPTION_TO_END[number] as usize]
}

pub(crate) fn block_ports(block: u16) -> PortRange {
    let (first, last) = (t::BLOCK_TO_FIRST[usize::from(block)], t::BLOCK_TO_LAST[usize::from(block)]);
    PortRange::from_ends(first, last)
}

pub(crate) fn block_proto(block: u16) -> Option<Proto> {
    Proto::ALL.get(usize::from(t::BLOCK_TO_TRANSPORT[usize::from(block)])).copied()
}

pub(crate) fn block_is_unassigned(block: u16) -> bool {
    t::BLOCK_TO_UNASSIGNED[usize::from(block)] != 0
}
