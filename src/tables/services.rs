//! Lookups in the tables by the id of a service.

use super::entries;
use super::generated as t;
use super::ids::{Ids, list};
use crate::Proto;
use crate::shared::flags::EntryFlags;
use crate::shared::packing::unpack_port_if;

/// The canonical entries of a service, in order.
pub(crate) const fn entries(service: u16) -> Ids {
    if !entries::flags(service).has(EntryFlags::SEVERAL) {
        return Ids::one(service);
    }
    Ids::several(list(service as usize, &t::SERVICE_TO_ENTRIES, &t::ENTRIES_OF_SERVICES))
}

/// The lowest port of a service on a transport.
///
/// Nearly all services have one entry, whose column of ports has the answer. Then nothing branches on what is found.
#[inline]
pub(crate) const fn port(service: u16, proto: Proto) -> Option<u16> {
    let flags = entries::flags(service);
    if flags.has(EntryFlags::SEVERAL) || t::PORTS_ARE_LOWEST == 0 {
        return lowest_port(service, proto);
    }
    unpack_port_if(entries::packed_port(service), flags.has(EntryFlags::answering(proto)))
}

#[inline(never)]
const fn lowest_port(service: u16, proto: Proto) -> Option<u16> {
    let (mut entries, mut lowest) = (entries(service), None);
    while let Some(entry) = entries.first() {
        lowest = match (lowest, entries::port_on(entry, proto)) {
            (Some(lowest), Some(port)) if lowest <= port => Some(lowest),
            (_, Some(port)) => Some(port),
            (lowest, None) => lowest,
        };
    }
    lowest
}

/// The service of this rank in the order of names.
#[inline(never)]
pub(crate) fn sorted(rank: u16) -> u16 {
    t::SORTED_TO_SERVICE[usize::from(rank)]
}
