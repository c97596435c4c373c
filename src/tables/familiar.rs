//! Lookups in the tables of familiar names. A name has a number; the names are in order, with case ignored.

use super::entries;
use super::generated as t;
use crate::shared::familiar::{bucket_and_slot, flip, pack_familiar_port, unpack_familiar, unpack_familiar_port};
use crate::shared::packing::port_index;
use crate::shared::proto::Proto;

/// How many names there are. They follow the names of entries.
const NAMES: usize = t::FAMILIAR_NAMES as usize;

/// The number under which the entries' table of names has the name for a port: a familiar one, or else that of the
/// primary entry, given as the tables of ports hold it. 0 if there is neither. Computed without a branch.
#[inline]
pub(crate) const fn name_of_port(port: u16, proto: Proto, primary: u16) -> usize {
    let index = port_index(port, proto);
    let (bucket, slot) = bucket_and_slot(index);
    let slot = flip(slot, t::BUCKET_TO_FLIPS[bucket] as usize, t::SLOT_TO_FAMILIAR.len());
    match unpack_familiar(t::SLOT_TO_FAMILIAR[slot], index) {
        Some(name) if NAMES > 0 => place(name),
        _ => primary as usize,
    }
}

/// The number of a familiar name in the entries' table of names.
#[inline]
const fn place(name: usize) -> usize {
    t::ENTRY_TO_NAME.len() - NAMES + name
}

/// A familiar name by its number.
pub(crate) const fn name(number: u16) -> &'static str {
    entries::name(place(number as usize))
}

/// The port that a familiar name means on a transport, ASCII case ignored. `None` if a service of this name has the
/// port.
#[inline(never)]
pub(crate) const fn port(asked: &[u8], proto: Proto) -> Option<u16> {
    let (mut low, mut high) = (0, NAMES);
    while low < high {
        let middle = usize::midpoint(low, high);
        match cmp_folded(asked, name(middle as u16).as_bytes()) {
            0 => return port_of(middle, proto),
            1.. => low = middle + 1,
            _ => high = middle,
        }
    }
    None
}

const fn port_of(name: usize, proto: Proto) -> Option<u16> {
    let first = pack_familiar_port(name, proto, 0);
    let (mut low, mut high) = (0, t::FAMILIAR_TO_PORT.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if (t::FAMILIAR_TO_PORT[middle] as usize) < first { low = middle + 1 } else { high = middle }
    }
    if low == t::FAMILIAR_TO_PORT.len() {
        return None;
    }
    unpack_familiar_port(t::FAMILIAR_TO_PORT[low], name, proto)
}

/// How two names compare, ASCII case ignored: -1, 0 or 1.
const fn cmp_folded(a: &[u8], b: &[u8]) -> i8 {
    let mut at = 0;
    while at < a.len() && at < b.len() {
        let (a, b) = (a[at].to_ascii_lowercase(), b[at].to_ascii_lowercase());
        if a != b {
            return if a < b { -1 } else { 1 };
        }
        at += 1;
    }
    (a.len() > b.len()) as i8 - (a.len() < b.len()) as i8
}

/// The familiar names of a service.
pub(crate) fn of_service(service: u16) -> &'static [[u16; 2]] {
    let rows = &t::SERVICE_TO_FAMILIAR;
    let first = rows.partition_point(|row| row[0] < service);
    let end = rows.partition_point(|row| row[0] <= service);
    &rows[first..end]
}
