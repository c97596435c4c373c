//! Lookups in the tables by the id of an entry.
//!
//! Functions for rare questions are never inlined into other crates, where each table that inlined code names costs a
//! pointer and a relocation.

use super::ids::{Ids, find, list, sparse};
use super::{SERVICES, at, generated as t, get, text};
use crate::shared::flags::EntryFlags;
use crate::shared::id::Id;
use crate::shared::packing::{MARGIN, pack_transport, unpack_name, unpack_port, unpack_port_if};
use crate::shared::port_range::PortRange;
use crate::shared::proto::Proto;
use core::cmp::Ordering;

const _: () = assert!(MARGIN == crate::shared::hash::wide::WINDOW, "names are compared in words");

/// The name of an entry, by its id as [`Id::pack`] gives it. "None" has some text too, so that a caller need not branch
/// before it knows whether there is an entry.
#[inline]
pub(crate) const fn name(packed: usize) -> &'static str {
    match name_span(packed) {
        Some(span) => text(t::NAMES.text, span),
        None => "",
    }
}

/// The name of an entry, if there is one. Nothing branches on whether there is: if not, the text is some other, and not
/// used.
#[inline]
pub(crate) const fn name_of(packed: usize) -> Option<&'static str> {
    let Some(span) = name_span(packed) else { return None };
    let name = text(t::NAMES.text, span);
    if packed == 0 { None } else { Some(name) }
}

/// Where the name is in the pool: offset and length.
#[inline]
pub(crate) const fn name_span(packed: usize) -> Option<(usize, usize)> {
    map!(get(&t::ENTRY_TO_NAME, packed), |span| unpack_name(span, t::NAME_LENGTH_BITS as u32))
}

#[inline]
pub(crate) const fn flags(entry: u16) -> EntryFlags {
    EntryFlags::unpack(at(&t::ENTRY_TO_FLAGS, entry as usize, 0))
}

/// True if a port of a primary entry is in everyday use. The entry is given as the tables of ports hold it; for "none"
/// the answer means nothing.
#[inline]
pub(crate) const fn is_everyday(primary: u16) -> bool {
    flags(primary.saturating_sub(1)).has(EntryFlags::EVERYDAY)
}

/// The ports of the entry's row.
#[inline(never)]
pub(crate) const fn ports(entry: u16) -> Option<PortRange> {
    if let Some([_, first, last]) = range(entry) {
        return Some(PortRange::from_ends(first, last));
    }
    map!(port(entry), |port| PortRange::from_ends(port, port))
}

/// The lowest port that the entry answers for. A filter or a narrower record may have taken the first ports of its row.
#[inline]
pub(crate) const fn port(entry: u16) -> Option<u16> {
    let packed = packed_port(entry);
    match unpack_port(packed) {
        None if range(entry).is_some() => Some(packed),
        port => port,
    }
}

#[inline]
const fn packed_port(entry: u16) -> u16 {
    at(&t::ENTRY_TO_PORT, entry as usize, 0)
}

/// Entry and ends of the row's range if the column of ports cannot hold it, as for a handful of IANA's rows.
const fn range(entry: u16) -> Option<[u16; 3]> {
    find(&t::ENTRY_TO_RANGE, entry as usize)
}

/// The lowest port of the entry's row, if the row is on this transport, or names none and answers for it.
#[inline]
pub(crate) const fn port_on(entry: u16, proto: Proto) -> Option<u16> {
    let answers = flags(entry).has(EntryFlags::answering(proto));
    if t::PORTS_ARE_LOWEST != 0 {
        return unpack_port_if(packed_port(entry), answers);
    }
    match ports(entry) {
        Some(ports) if answers => Some(ports.first()),
        _ => None,
    }
}

/// The entries that answer where this one does, primary first; this one alone if it has no port.
pub(crate) const fn candidates(entry: u16) -> Ids {
    listed(entry, &t::ENTRY_TO_CANDIDATES, &t::CANDIDATES_OF_ENTRIES)
}

/// The entry's list in these tables, or the entry alone if it is in no list.
pub(crate) const fn listed(entry: u16, keys: &[[u16; 3]], entries: &'static [u16]) -> Ids {
    let found = if flags(entry).has(EntryFlags::LISTED) { list(entry as usize, keys, entries) } else { &[] };
    if found.is_empty() { Ids::one(entry) } else { Ids::several(found) }
}

/// The canonical entry of a row that was found as this entry on this transport. They differ only where named ranges
/// overlap.
#[inline(never)]
pub(crate) fn canonical(entry: u16, proto: Proto) -> u16 {
    let key = [entry, pack_transport(Some(proto)) as u16];
    let copy = t::COPY_TO_CANONICAL.binary_search_by_key(&key, |copy| [copy[0], copy[1]]);
    copy.map_or(entry, |copy| t::COPY_TO_CANONICAL[copy][2])
}

/// True if the entry is the canonical one of a row on this transport, or of a row without a transport and a port.
pub(crate) const fn is_canonical(entry: u16, proto: Option<Proto>) -> bool {
    match proto {
        Some(proto) => flags(entry).has(EntryFlags::transport(proto)),
        None => !flags(entry).has(EntryFlags::SOME_TRANSPORT) && port(entry).is_none(),
    }
}

#[inline(never)]
pub(crate) const fn service(entry: u16) -> u16 {
    // The first entry of a service has the service's id.
    if entry < SERVICES { entry } else { at(&t::FURTHER_TO_SERVICE, (entry - SERVICES) as usize, 0) }
}

/// The service that the entry is an alias of.
#[inline(never)]
pub(crate) const fn alias_of(entry: u16) -> Option<u16> {
    sparse(&t::ALIAS_TO_SERVICE, entry as usize)
}

/// How two entries compare by place: by port; those without a port come last, by name.
pub(crate) fn cmp_place(own: u16, other: u16) -> Ordering {
    match (port(own), port(other)) {
        (None, None) => cmp_names(own, other),
        (own, other) => (own.is_none(), own).cmp(&(other.is_none(), other)),
    }
}

/// How the names of two entries compare, case ignored.
pub(crate) fn cmp_names(own: u16, other: u16) -> Ordering {
    let folded = |entry| name(Id::new(entry).packed()).bytes().map(|byte| byte.to_ascii_lowercase());
    folded(own).cmp(folded(other))
}
