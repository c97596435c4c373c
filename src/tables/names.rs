//! From a name to its service, by a perfect hash: the id of a service is the slot of its name.

use super::SERVICES;
use super::entries::{name, name_span};
use super::generated as t;
use crate::shared::hash::{self, SHORT};
use crate::shared::id::Id;

#[cfg(not(target_pointer_width = "64"))]
use crate::shared::hash::narrow as words;
#[cfg(target_pointer_width = "64")]
use crate::shared::hash::wide as words;

/// The first services are those whose names have slots.
const PLACED_NAMES: usize = t::PLACED_NAMES as usize;

const _: () = assert!(t::WORD_BITS == words::WORD as u64 * 8, "the tables are for words of another width");

/// The service of this name, ASCII case ignored.
#[inline]
pub(crate) const fn find(name: &[u8]) -> Option<Id> {
    if name.len() > SHORT || PLACED_NAMES == 0 {
        find_other(name)
    } else if name.len() >= words::FULL {
        find_placed::<true>(name)
    } else {
        find_placed::<false>(name)
    }
}

/// Finds a name that has a slot. Four loads depend on one another: the pilot, the bits that it flips, where the name
/// is, the name.
#[inline(always)]
#[allow(clippy::inline_always, reason = "full names and shorter ones take fewer instructions by themselves")]
const fn find_placed<const IS_FULL: bool>(name: &[u8]) -> Option<Id> {
    let words = words::load::<IS_FULL>(name);
    let hash = words::hash(words, name.len(), t::NAME_SEED);
    let pilot = t::NAME_TO_PILOT[hash::bucket(hash, t::NAME_TO_PILOT.len())];
    let slot = hash::slot(hash, t::PILOT_TO_FLIPS[pilot as usize], PLACED_NAMES + t::SLOT_TO_SERVICE.len());
    let service = if slot < PLACED_NAMES { slot } else { remapped(slot) };
    let Some((offset, len)) = name_span(Id::pack(Some(service))) else { return None };
    if len == name.len() && words::is_at::<IS_FULL>(words, t::NAMES.bytes, offset, name.len()) {
        Some(Id::new(service as u16))
    } else if t::OTHERS_ARE_SHORT != 0 && !is_plain(name) {
        find_other(name)
    } else {
        None
    }
}

/// The service of a slot beyond the services, about one in a hundred: less than `PLACED_NAMES` on both paths, so the
/// caller need not check it.
const fn remapped(slot: usize) -> usize {
    let service = t::SLOT_TO_SERVICE[slot - PLACED_NAMES] as usize;
    if service < PLACED_NAMES { service } else { 0 }
}

/// True if all characters are plain. Then no name without a slot equals this one.
#[cold]
const fn is_plain(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() && hash::is_plain(name[at]) {
        at += 1;
    }
    at == name.len()
}

/// Finds a name without a slot, one that is long or not plain. IANA's current registry has none.
#[cold]
const fn find_other(asked: &[u8]) -> Option<Id> {
    let mut service = PLACED_NAMES;
    while service < SERVICES as usize {
        if is_same(asked, name(Id::pack(Some(service))).as_bytes()) {
            return Some(Id::new(service as u16));
        }
        service += 1;
    }
    None
}

/// True if two names differ by case at most. The standard library has this as a `const fn` since Rust 1.89.
const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at].eq_ignore_ascii_case(&b[at]) {
        at += 1;
    }
    at == a.len() && at == b.len()
}
