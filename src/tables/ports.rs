//! From a port to what the tables have for it: its primary entry, its status, the sets of ports.

use super::{at, generated as t, get};
use crate::shared::id::Id;
use crate::shared::packing::{PAGE, PORT_INDEXES, Status, port_index, unpack_pair};
use crate::shared::port_range::PortRange;
use crate::shared::port_set::PortSet;
use crate::shared::proto::Proto;
use core::ops::Range;

/// The primary entry, as [`Id::unpack`] reads it. One table says where the page of the port starts, the other has the
/// pages. One check of an index, which never fails, and no branch on what is found.
#[inline]
pub(crate) const fn primary_entry(port: u16, proto: Proto) -> u16 {
    let index = port_index(port, proto);
    // A filtered registry has fewer pages, so its lookups check the index. The full table covers every index, and the
    // compiler drops the check.
    if t::PORTS_TO_PAGE.len() < PORT_INDEXES / PAGE && index / PAGE >= t::PORTS_TO_PAGE.len() {
        return Id::pack(None) as u16;
    }
    let page = t::PORTS_TO_PAGE[index / PAGE] as usize * t::PAGE_UNIT as usize;
    at(&t::PAGE_TO_ENTRY, page + index % PAGE, Id::pack(None) as u16)
}

/// The status of the port if no record answers for it, and the first block of its page.
#[inline]
#[allow(clippy::unnecessary_cast, reason = "a number has two bytes or four, as the registry needs")]
pub(crate) const fn status(port: u16, proto: Proto) -> Option<(Status, usize)> {
    let packed = t::PORTS_TO_STATUS_PAGE[port as usize / PAGE] as u32;
    let (first, page) = unpack_pair(packed, t::STATUS_PAGE_BITS as u32);
    let Some(statuses) = get(&t::STATUS_PAGE_TO_STATUSES, page * PAGE + port as usize % PAGE) else { return None };
    let Some(status) = get(&t::STATUSES, Proto::ALL.len() * statuses as usize + proto as usize) else { return None };
    Some((Status::unpack(status as u32), first))
}

/// How many numbers there are in the set of ports at which records have their canonical entries.
pub(crate) const CANONICAL: usize = t::CANONICAL_PORTS.len();

/// The ports in one number of that set.
#[inline(never)]
pub(crate) fn canonical(index: usize) -> PortSet {
    PortSet::unpack(index, t::CANONICAL_PORTS[index])
}

/// The same, but only the ports in this range; the end is excluded.
pub(crate) fn canonical_within(index: usize, ports: &Range<u32>) -> PortSet {
    let first = index as u32 * u32::from(PortSet::PORTS);
    let below = |end: u32| (1_u64 << end.saturating_sub(first).min(PortSet::PORTS.into())) - 1;
    PortSet::unpack(index, t::CANONICAL_PORTS[index] & (below(ports.end) & !below(ports.start)) as u32)
}

/// The lowest of these ports that a filter keeps.
#[inline(never)]
pub(crate) fn wanted(ports: PortRange) -> Option<u16> {
    if t::WANTED_PORTS.is_empty() {
        return Some(ports.first());
    }
    let range = t::WANTED_PORTS.partition_point(|&[_, last]| last < ports.first());
    let [first, _] = *t::WANTED_PORTS.get(range)?;
    Some(ports.first().max(first)).filter(|&port| port <= ports.last())
}
