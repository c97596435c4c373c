//! Lookups in the tables by the id of a service.

use super::entries;
use super::generated as t;
use super::ids::Ids;
use crate::shared::flags::EntryFlags;
use crate::shared::proto::Proto;

/// The canonical entries of a service, in order.
pub(crate) const fn entries(service: u16) -> Ids {
    entries::listed(service, &t::SERVICE_TO_ENTRIES, &t::ENTRIES_OF_SERVICES)
}

/// The port of a service on a transport that is in everyday use, or else the lowest one. Nearly all services have one
/// entry, whose column of ports has the answer without a branch.
#[inline]
pub(crate) const fn port(service: u16, proto: Proto) -> Option<u16> {
    if entries::flags(service).has(EntryFlags::LISTED) {
        return first_port(service, proto);
    }
    entries::port_on(service, proto)
}

#[inline(never)]
const fn first_port(service: u16, proto: Proto) -> Option<u16> {
    let (mut entries, mut first) = (entries(service), None);
    let mut least = u32::MAX;
    while let Some(entry) = entries.pop() {
        if let Some(port) = entries::port_on(entry, proto) {
            let rank = (!entries::flags(entry).has(EntryFlags::EVERYDAY) as u32) << 16 | port as u32;
            if rank < least {
                (first, least) = (Some(port), rank);
            }
        }
    }
    first
}

/// The service of this rank in the order of names.
#[inline(never)]
pub(crate) fn sorted(rank: u16) -> u16 {
    t::SORTED_TO_SERVICE[usize::from(rank)]
}
