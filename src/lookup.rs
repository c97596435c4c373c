//! Finding: from a port to its primary record, from a name to its service, from a port to its status.
//!
//! Rows of the registry that differ only by transport are one *entry*. The entries that answer for a port on
//! a transport are its *candidates*, and the port tables have the primary one. The id of a service is the
//! slot of its name under a perfect hash, and its first entry has the same id.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

use crate::columns::{SERVICES, entry_name, entry_name_span};
use crate::format::{Id, PAGE, PORT_INDEXES, Status, port_index, unpack_pair};
#[cfg(not(target_pointer_width = "64"))]
use crate::hash::narrow as words;
#[cfg(target_pointer_width = "64")]
use crate::hash::wide as words;
use crate::hash::{self, FULL, SHORT};
use crate::tables as t;
use crate::{Block, End, PortStatus, Proto, Record, Service};

/// The first services have the names that have slots.
const PLACED_NAMES: usize = t::PLACED_NAMES as usize;

const _: () = assert!(t::WORD_BITS == words::WORD as u64 * 8, "the tables are for words of another width");

/// The primary record that answers for a port on a transport.
///
/// `None` where no service name is registered for it: for reserved, unassigned and Dynamic Ports, which
/// [`port_status`] tells apart, and for ports that a filter left out. Another transport's record never stands
/// in. Records that name no transport answer for TCP and UDP (RFC 6335 section 7.1).
///
/// [`Record::same_port`] says how the primary one of several records is chosen.
///
/// ```
/// use iana_ports::{Proto, lookup_port};
///
/// assert_eq!(lookup_port(465, Proto::Tcp).unwrap().name(), "submissions");
/// assert_eq!(lookup_port(465, Proto::Udp).unwrap().name(), "igmpv3lite");
/// assert_eq!(lookup_port(465, Proto::Sctp), None);
/// ```
#[doc(alias = "getservbyport")]
#[inline]
pub const fn lookup_port(port: u16, proto: Proto) -> Option<Record> {
    record(primary_entry(port, proto), proto)
}

/// The name of the primary record that answers for a port on a transport: quicker than
/// `lookup_port(port, proto).map(Record::name)`, and the same.
///
/// `None` as for [`lookup_port`]. Nothing here branches on what is found, so the cost does not depend on what
/// the packets carry.
///
/// ```
/// use iana_ports::{Proto, service_name};
///
/// assert_eq!(service_name(443, Proto::Udp), Some("https"));
/// assert_eq!(service_name(443, Proto::Dccp), None);
/// ```
#[inline]
pub const fn service_name(port: u16, proto: Proto) -> Option<&'static str> {
    let packed = primary_entry(port, proto);
    // Without a record this is some text, which is read for nothing.
    let name = entry_name(packed as usize);
    if packed == 0 { None } else { Some(name) }
}

/// The record of the end of a flow that serves, and which end that is.
///
/// The end with a record serves. If both have one it is the System Port, then the lower number; of equal ports
/// it is the destination. `None` if neither has a record.
///
/// A tool that has seen who opened the connection knows better: whoever sends a SYN does not serve, whatever the
/// ports. Of 3,820 TCP connections in public captures whose SYN is there, this rule is right about 2,989 and
/// wrong about 37; of the other 794 neither port has a name.
///
/// ```
/// use iana_ports::{End, Proto, lookup_flow};
///
/// let (record, end) = lookup_flow(443, 50_123, Proto::Tcp).unwrap();
/// assert_eq!((record.name(), end), ("https", End::Source));
/// let (record, end) = lookup_flow(8443, 22, Proto::Tcp).unwrap(); // both have a record
/// assert_eq!((record.name(), end), ("ssh", End::Destination));
/// assert_eq!(lookup_flow(50_123, 50_124, Proto::Tcp), None);
/// ```
#[inline]
#[allow(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]
pub const fn lookup_flow(source: u16, destination: u16, proto: Proto) -> Option<(Record, End)> {
    let (from, to) = (primary_entry(source, proto), primary_entry(destination, proto));
    // System Ports are lower than all others. No branch, as in `service_name`.
    let source_serves = (from != 0) & ((to == 0) | (source < destination));
    let (packed, end) = if source_serves { (from, End::Source) } else { (to, End::Destination) };
    match record(packed, proto) {
        Some(record) => Some((record, end)),
        None => None,
    }
}

/// The primary entry, as [`Id::unpack`] takes it: where the port's page starts, then a number of the page.
///
/// Two loads that depend on one another, one check of an index, which is never taken, and no branch on what
/// is found.
#[inline]
const fn primary_entry(port: u16, proto: Proto) -> u16 {
    let index = port_index(port, proto);
    // Of a slice of the registry the pages end early. Of the whole they do not, and nothing is checked.
    if t::PORTS_TO_PAGE.len() < PORT_INDEXES / PAGE && index / PAGE >= t::PORTS_TO_PAGE.len() {
        return Id::pack(None) as u16;
    }
    let page = t::PORTS_TO_PAGE[index / PAGE] as usize * t::PAGE_UNIT as usize;
    t::PAGE_TO_ENTRY[page + index % PAGE]
}

/// The record of an entry that may be none. That is what a page holds, so `None` costs nothing to make.
#[inline]
const fn record(packed: u16, proto: Proto) -> Option<Record> {
    match Id::unpack(packed) {
        Some(entry) => Some(Record::new(entry, proto)),
        None => None,
    }
}

/// The service of this name, ASCII case ignored (RFC 6335 section 5.1).
///
/// `None` where the name is not registered. Nothing is trimmed, no number is parsed, and `-` and
/// `_` are two characters. Names that break today's syntax (`whois++`, `914c/g`) are found as well.
///
/// ```
/// use iana_ports::lookup_service;
///
/// assert_eq!(lookup_service("HTTPS").unwrap().name(), "https");
/// assert_eq!(lookup_service("9PFS"), lookup_service("9pfs"));
/// assert_eq!(lookup_service("443"), None);
/// assert_eq!(lookup_service(" https"), None);
/// ```
#[doc(alias = "getservbyname")]
#[inline]
pub const fn lookup_service(name: &str) -> Option<Service> {
    let name = name.as_bytes();
    if name.len() > SHORT || PLACED_NAMES == 0 {
        other_service(name)
    } else if name.len() >= FULL {
        placed_service::<true>(name)
    } else {
        placed_service::<false>(name)
    }
}

/// A name that has a slot: hash, a pilot, one comparison. Four loads depend on one another: the pilot, what it flips,
/// where the name is, the name.
#[inline(always)]
#[allow(clippy::inline_always, reason = "names of either kind take fewer instructions by themselves")]
const fn placed_service<const IS_FULL: bool>(name: &[u8]) -> Option<Service> {
    let words = words::load::<IS_FULL>(name);
    let hash = words::hash(words, name.len(), t::NAME_SEED);
    let pilot = t::NAME_TO_PILOT[hash::bucket(hash, t::NAME_TO_PILOT.len())];
    let slot = hash::slot(hash, t::PILOT_TO_FLIPS[pilot as usize], PLACED_NAMES + t::SLOT_TO_SERVICE.len());
    let service = if slot < PLACED_NAMES { slot } else { remapped(slot) };
    let (offset, len) = entry_name_span(Id::pack(Some(service)));
    if len == name.len() && words::is_at::<IS_FULL>(words, t::NAMES.bytes, offset, name.len()) {
        Some(Service::new(Id::new(service as u16)))
    } else if t::OTHERS_ARE_SHORT != 0 && !is_plain(name) {
        other_service(name)
    } else {
        None
    }
}

/// The service of a slot beyond the services, which is one in a hundred. It is less than `PLACED_NAMES`: what is known of
/// both, whoever asked need not check.
const fn remapped(slot: usize) -> usize {
    let service = t::SLOT_TO_SERVICE[slot - PLACED_NAMES] as usize;
    if service < PLACED_NAMES { service } else { 0 }
}

/// Whether all characters are plain. Then no name without a slot is the same but for its case.
#[cold]
const fn is_plain(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() && hash::is_plain(name[at]) {
        at += 1;
    }
    at == name.len()
}

/// Names without a slot, for they are long or not plain: IANA's registry of today has none.
#[cold]
const fn other_service(name: &[u8]) -> Option<Service> {
    let mut service = PLACED_NAMES;
    while service < SERVICES as usize {
        if is_same(name, entry_name(Id::pack(Some(service))).as_bytes()) {
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

/// Whether a port is assigned, reserved, unassigned or dynamic on a transport.
///
/// A port without a row on this transport is reserved if another transport has it, assigned or reserved
/// (RFC 6335 section 7.2), and unassigned otherwise. A port that a filter left out is `Reserved(None)`, or
/// Dynamic if it is one of the Dynamic Ports: it may not be free.
///
/// ```
/// use iana_ports::{PortStatus, Proto, port_status};
///
/// assert!(matches!(port_status(22, Proto::Tcp), PortStatus::Assigned(r) if r.name() == "ssh"));
/// assert!(matches!(port_status(993, Proto::Udp), PortStatus::Reserved(Some(_))));
/// assert_eq!(port_status(443, Proto::Dccp), PortStatus::Reserved(None));
/// assert!(matches!(port_status(4, Proto::Tcp), PortStatus::Unassigned(Some(_))));
/// assert_eq!(port_status(50_000, Proto::Tcp), PortStatus::Dynamic);
/// ```
#[inline]
#[allow(clippy::unnecessary_cast, reason = "a number has two bytes or four, as the registry needs")]
pub const fn port_status(port: u16, proto: Proto) -> PortStatus {
    // All of it is computed before any of it is chosen, and the choice is left to conditional moves: which of the
    // four it will be, no predictor can know. There is no branch but the checks of indexes.
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
    match lookup_port(port, proto) {
        Some(record) => PortStatus::Assigned(record),
        None => without_record,
    }
}
