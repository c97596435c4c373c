//! Finding: from a port to its primary record, from a name to its service, from a port to its status.
//!
//! Rows of the registry that differ only by transport are one *entry*. The entries that answer for a port on
//! a transport are its *candidates*, and the port tables have the primary one. The id of a service is the
//! slot of its name under a perfect hash, and its first entry has the same id.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

use crate::columns::{SERVICES, entry_name, entry_name_span};
use crate::format::{Id, PAGE, PORT_INDEXES, Status, port_index, unpack_pair};
use crate::hash::{self, SHORT};
use crate::tables as t;
use crate::{Block, PortStatus, Proto, Record, Service};

/// The primary record: where the port's page starts, then an entry of the page.
///
/// Two loads that depend on one another, one check of an index, which is never taken, and no branch on what
/// is found. `None` is what the page holds, so it costs nothing to make.
#[inline]
pub(crate) const fn record(port: u16, proto: Proto) -> Option<Record> {
    let index = port_index(port, proto);
    // Of a slice of the registry the pages end early. Of the whole they do not, and nothing is checked.
    if t::PORTS_TO_PAGE.len() < PORT_INDEXES / PAGE && index / PAGE >= t::PORTS_TO_PAGE.len() {
        return None;
    }
    let page = t::PORTS_TO_PAGE[index / PAGE] as usize * t::PAGE_UNIT as usize;
    match Id::unpack(t::PAGE_TO_ENTRY[page + index % PAGE]) {
        Some(entry) => Some(Record::new(entry, proto)),
        None => None,
    }
}

/// The service of a name: fold, hash, one pilot, one comparison.
///
/// Three branches on the length, two multiplications, and three loads that depend on one another: the
/// pilot, where the name is, the name.
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
    let (offset, len) = entry_name_span(service);
    if len == name.len() && hash::is_at(folded, t::NAMES.bytes, offset, len) {
        Some(Service::new(Id::new(service as u16)))
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
            return Some(Service::new(Id::new(service as u16)));
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

/// What a port is: its record, or else what its page of statuses says.
///
/// All of it is computed before any of it is chosen, and the choice is left to conditional moves: which of
/// the four it will be, no predictor can know. There is no branch but the checks of indexes.
#[inline]
#[allow(clippy::unnecessary_cast, reason = "a number has two bytes or four, as the registry needs")]
pub(crate) const fn status(port: u16, proto: Proto) -> PortStatus {
    let packed = t::PORTS_TO_STATUS_PAGE[port as usize / PAGE] as u32;
    let (first, page) = unpack_pair(packed, t::STATUS_PAGE_BITS as u32);
    let statuses = t::STATUS_PAGE_TO_STATUSES[page * PAGE + port as usize % PAGE] as usize;
    let status = Status::unpack(t::STATUSES[Proto::ALL.len() * statuses + proto as usize] as u32);
    let block = match Id::unpack(status.block(first)) {
        Some(block) => Some(Block::new(block)),
        None => None,
    };
    let taken =
        if status.is_unassigned() { PortStatus::Unassigned(block) } else { PortStatus::Reserved(block) };
    let without_record = if status.is_dynamic() { PortStatus::Dynamic } else { taken };
    match record(port, proto) {
        Some(record) => PortStatus::Assigned(record),
        None => without_record,
    }
}
