//! The columns of the feature `metadata`, by row number: dates, references, service codes, notes.

use super::generated as t;
use super::ids::{Ids, list, sparse};
use super::text;
use crate::shared::date::Date;
use crate::shared::packing::{Target, pack_transport, unpack_date, unpack_pair, unpack_target};
use crate::shared::proto::Proto;

pub(crate) const fn registered(row: usize) -> Option<Date> {
    date(sparse(&t::ROW_TO_REGISTERED, row))
}

pub(crate) const fn modified(row: usize) -> Option<Date> {
    date(sparse(&t::ROW_TO_MODIFIED, row))
}

const fn date(packed: Option<u16>) -> Option<Date> {
    match packed {
        Some(packed) => unpack_date(packed),
        None => None,
    }
}

pub(crate) const fn unauthorized_use(row: usize) -> Option<&'static str> {
    some_text(sparse(&t::ROW_TO_UNAUTHORIZED_USE, row))
}

pub(crate) const fn note(row: usize) -> Option<&'static str> {
    some_text(sparse(&t::ROW_TO_NOTE, row))
}

const fn some_text(id: Option<u16>) -> Option<&'static str> {
    map!(id, |id| text_of(id as usize))
}

/// The note, unauthorized use, or part of a reference with this id.
#[inline(never)]
pub(crate) const fn text_of(id: usize) -> &'static str {
    text(t::METADATA.text, unpack_pair(t::METADATA_TEXTS[id], t::METADATA_LENGTH_BITS as u32))
}

/// The pool of all these texts.
pub(crate) const fn texts() -> &'static str {
    t::METADATA.text
}

#[inline(never)]
pub(crate) const fn service_code(row: usize) -> Option<u32> {
    // IANA's registry has a handful of them.
    let mut at = 0;
    while at < t::ROW_TO_SERVICE_CODE.len() {
        let [key, code] = t::ROW_TO_SERVICE_CODE[at];
        if key as usize == row {
            return Some(code);
        }
        at += 1;
    }
    None
}

/// The ids of a row's references.
pub(crate) fn references(row: usize) -> Ids {
    Ids::several(list(row, &t::ROW_TO_REFERENCES, &t::REFERENCES_OF_ROWS))
}

/// How many different references there are.
pub(crate) const REFERENCES: u16 = t::REFERENCES.len() as u16;

/// The target of a reference, and the id of the text that the registry shows instead, which may be empty.
pub(crate) const fn reference(id: u16) -> (Target<usize>, usize) {
    let [kind, which, label] = t::REFERENCES[id as usize];
    (unpack_target([kind, which]), label as usize)
}

/// How many rows the registry itself has; those of an overlay follow.
pub(crate) const REGISTRY_ROWS: usize = t::REGISTRY_ROWS as usize;

/// The position of a row in the registry; `rank` rows of the same entry come before it.
#[inline(never)]
pub(crate) fn position(row: usize, proto: Option<Proto>, rank: usize) -> usize {
    let is_own = |[entry, of, _]: &&[_; 3]| *entry as usize == row && *of as usize == pack_transport(proto);
    let apart = t::POSITIONS_APART.iter().find(is_own);
    apart.map_or(t::ROW_TO_POSITION[row] as usize + rank, |[_, _, position]| *position as usize)
}
