//! Lookups in the tables of familiar names. The names are numbered in order, with case ignored. A *use* is a name on
//! one port and transport; the uses are in the order of the list.

use super::{at, entries, generated as t};
use crate::shared::id::Id;
use crate::shared::packing::{pack_familiar, unpack_familiar};
use crate::shared::proto::Proto;

/// How many names there are. They follow the names of entries.
const NAMES: usize = t::FAMILIAR_NAMES as usize;

/// How many uses there are.
pub(crate) const USES: u16 = t::FAMILIAR_IN_ORDER.len() as u16;

/// The place of the name that is shown for a port, in the entries' table of names. 0 if the list has no name for it.
///
/// A binary search, in which only the number of steps branches.
#[inline(never)]
pub(crate) const fn shown(port: u16, proto: Proto) -> usize {
    let first = pack_familiar(port, proto, 0);
    let (mut below, mut left) = (0, t::PORT_TO_FAMILIAR.len());
    while left > 0 {
        let half = left.div_ceil(2);
        below += half * ((at(&t::PORT_TO_FAMILIAR, below + half - 1, 0) as usize) < first) as usize;
        left -= half;
    }
    if below >= t::PORT_TO_FAMILIAR.len() {
        return 0;
    }
    let (own, on, name) = unpack_familiar(t::PORT_TO_FAMILIAR[below]);
    if own == port && on as u8 == proto as u8 { place(name) } else { 0 }
}

/// The number of a familiar name in the entries' table of names.
const fn place(name: usize) -> usize {
    t::ENTRY_TO_NAME.len() - NAMES + name
}

/// The port, transport and name of a use, by its number.
pub(crate) const fn of_use(number: u16) -> (u16, Proto, &'static str) {
    let (port, proto, name) = numbered(number as usize);
    (port, proto, entries::name(place(name)))
}

/// The same, with the number of the name.
const fn numbered(number: usize) -> (u16, Proto, usize) {
    unpack_familiar(at(&t::PORT_TO_FAMILIAR, at(&t::FAMILIAR_IN_ORDER, number, 0) as usize, 0))
}

/// The service that the line of a use is about.
pub(crate) const fn service(number: u16) -> Option<Id> {
    Id::unpack(at(&t::FAMILIAR_TO_SERVICE, number as usize, 0))
}

/// The ports that people mean by a name on a transport: the first one for which it is shown, and the first one at all.
#[inline(never)]
pub(crate) const fn ports(asked: &[u8], proto: Proto) -> (Option<u16>, Option<u16>) {
    let mut any = None;
    if let Some(name) = number(asked) {
        let mut number = 0;
        while number < USES as usize {
            let (port, on, other) = numbered(number);
            if other == name && on as u8 == proto as u8 {
                if shown(port, proto) == place(name) {
                    return (Some(port), any);
                }
                if any.is_none() {
                    any = Some(port);
                }
            }
            number += 1;
        }
    }
    (None, any)
}

/// A name as the list spells it.
pub(crate) const fn name(asked: &[u8]) -> Option<&'static str> {
    map!(number(asked), |name| entries::name(place(name)))
}

/// The number of a name.
const fn number(asked: &[u8]) -> Option<usize> {
    let (mut low, mut high) = (0, NAMES);
    while low < high {
        let middle = usize::midpoint(low, high);
        match cmp_folded(asked, entries::name(place(middle)).as_bytes()) {
            0 => return Some(middle),
            1.. => low = middle + 1,
            _ => high = middle,
        }
    }
    None
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
