//! Finding: from a port to its entry, from a name to its service, from a port to its status.
//!
//! Rows of the registry that differ only by transport are one *entry* with a set of transports. What
//! a port answers with is its primary entry; where it has several, they are a *list*, primary first.
//! A service's first entry has the service's own number, and that is its slot under a perfect hash of
//! the name. Numbers count from 0 in the tables and from 1 in handles, so that `Option` of a handle
//! is free.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

use crate::columns::{
    self, Numbers, SERVICES, answer_list, entry_name, entry_name_place, service_entries, sorted_service,
};
use crate::hash::{self, SHORT};
use crate::tables as t;
use crate::{Block, PortStatus, Proto, Record, Service};

/// Every (port, transport), then every (service, transport or none).
pub(crate) const PLACES: u32 = PORT_PLACES + 5 * SERVICES as u32;
const PORT_PLACES: u32 = 4 << 16;

/// The primary record: a page of places, then a cell of the page.
///
/// On x86-64 12 instructions: two dependent loads, one check of an index, which is never taken, and
/// no branch on what is found. `None` is what the cell holds, so it costs nothing to make.
#[inline]
pub(crate) const fn record(port: u16, proto: Proto) -> Option<Record> {
    const PAGE: usize = t::PAGE as usize;
    let place = (proto as usize) << 16 | port as usize;
    // Of a slice of the registry the pages end early. Of the whole they do not, and nothing is checked.
    if t::PORTS_TO_CELLS.len() < PORT_PLACES as usize / PAGE && place / PAGE >= t::PORTS_TO_CELLS.len() {
        return None;
    }
    let cells = t::PORTS_TO_CELLS[place / PAGE] as usize * t::CELLS_UNIT as usize;
    Record::from_number(t::CELL_TO_ENTRY[cells + place % PAGE], proto)
}

/// The service of a name: fold, hash, one pilot, one comparison.
///
/// On x86-64 86 instructions for `https`: three branches on the length, two multiplications, and
/// three loads that depend on one another (pilot, place of the name, name).
#[inline]
pub(crate) const fn service(name: &str) -> Option<Service> {
    const SHORT_NAMES: usize = t::SHORT_NAMES as usize;
    let name = name.as_bytes();
    if name.len() > SHORT || SHORT_NAMES == 0 {
        return long_service(name);
    }
    let folded = hash::fold(name);
    let hash = hash::hash(folded, name.len(), t::NAME_SEED);
    let pilot = t::NAME_TO_PILOT[hash::bucket(hash, t::NAME_TO_PILOT.len())];
    let service = hash::slot(hash, pilot, SHORT_NAMES);
    let (offset, len) = entry_name_place(service);
    if len == name.len() && hash::is_at(folded, t::NAMES.bytes, offset, len) {
        Some(Service::new(service as u16))
    } else {
        None
    }
}

/// Names too long for the fast path; IANA's registry of today has none.
#[cold]
const fn long_service(name: &[u8]) -> Option<Service> {
    let mut service = t::SHORT_NAMES as usize;
    while service < SERVICES as usize {
        if is_same(name, entry_name(service).as_bytes()) {
            return Some(Service::new(service as u16));
        }
        service += 1;
    }
    None
}

/// Whether two names differ by case at most. The standard library has it as a `const fn` from Rust
/// 1.89 on.
const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at].eq_ignore_ascii_case(&b[at]) {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// What a port is: its record, or else what its page of neighbours says.
///
/// All of it is computed before any of it is chosen, and the choice is left to conditional moves:
/// which of the four it will be, no predictor can know. On x86-64 47 instructions, and no branch but
/// the checks of indexes.
#[inline]
pub(crate) const fn status(port: u16, proto: Proto) -> PortStatus {
    const NEIGHBOURS: usize = t::NEIGHBOURS as usize;
    let page = t::PORTS_TO_BLOCK[port as usize / NEIGHBOURS] as usize;
    let (base, shape) = (page >> t::SHAPE_BITS, page & !(usize::MAX << t::SHAPE_BITS));
    let pattern = t::SHAPE_TO_PATTERNS[shape * NEIGHBOURS + port as usize % NEIGHBOURS] as usize;
    let status = t::PATTERN_TO_STATUS[4 * pattern + proto as usize] as usize;
    // Bit 0: unassigned. Bit 1: Dynamic. Above: how far behind the first block of the page the
    // covering one is, counted from 1; 0 where no row covers the port.
    let distance = status >> 2;
    let block = Block::from_number(((base + distance) * (distance != 0) as usize) as u16);
    let taken = if status & 1 == 0 { PortStatus::Reserved(block) } else { PortStatus::Unassigned(block) };
    let without_record = if status & 2 == 0 { taken } else { PortStatus::Dynamic };
    match record(port, proto) {
        Some(record) => PortStatus::Assigned(record),
        None => without_record,
    }
}

/// Whether there may be entries at a place, numbered as in [`PLACES`]: at most ports there are none.
pub(crate) fn may_have_entries(place: u32) -> bool {
    place >= PORT_PLACES || record((place / 4) as u16, Proto::ALL[(place % 4) as usize]).is_some()
}

/// The entries at a place, numbered as in [`PLACES`], with its port and transport. At the places of
/// a service that is every entry of its name.
pub(crate) fn place(place: u32) -> (Option<u16>, Option<Proto>, Numbers) {
    if place < PORT_PLACES {
        let (port, proto) = ((place / 4) as u16, Proto::ALL[(place % 4) as usize]);
        let entries = record(port, proto).map_or_else(columns::none, |record| answer_list(record.entry()));
        (Some(port), Some(proto), entries)
    } else {
        let place = place - PORT_PLACES;
        let proto = Proto::ALL.get((place % 5) as usize).copied();
        (None, proto, service_entries(sorted_service((place / 5) as u16)))
    }
}
