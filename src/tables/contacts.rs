//! The columns of the feature `contacts`, by row number, and the directory of people, by the number of a person.

use super::generated as t;
use super::ids::{Ids, list, sparse};
use super::text;
use crate::shared::date::Date;
use crate::shared::packing::{Named, unpack_date, unpack_named, unpack_pair};
use core::ops::Range;

/// The assignees of a row if they differ from its contacts, as the numbers of people.
pub(crate) fn own_assignees(row: usize) -> Option<Ids> {
    sparse(&t::ROW_TO_ASSIGNEE, row).map(people)
}

pub(crate) fn contacts(row: usize) -> Ids {
    people(t::ROW_TO_CONTACT[row])
}

/// The people whom a number in a column of a row names.
#[inline(never)]
fn people(packed: u16) -> Ids {
    match unpack_named(packed.into(), t::PERSON_TO_ID.len()) {
        Named::Nobody => Ids::default(),
        Named::Person(person) => Ids::one(person as u16),
        Named::Group(group) => Ids::several(list(group, &t::GROUP_TO_PEOPLE, &t::PEOPLE_OF_GROUPS)),
    }
}

/// The pool of ids, such as `Jon_Postel`.
pub(crate) const fn ids() -> &'static str {
    t::PEOPLE.text
}

#[inline(never)]
pub(crate) const fn id(person: usize) -> &'static str {
    id_at(t::PERSON_TO_ID[person])
}

const fn id_at(packed: u32) -> &'static str {
    text(t::PEOPLE.text, unpack_pair(packed, t::PERSON_LENGTH_BITS as u32))
}

/// The person with this id; people are sorted by id.
pub(crate) fn find(id: &str) -> Option<u16> {
    t::PERSON_TO_ID.binary_search_by(|&packed| id_at(packed).cmp(id)).ok().map(|person| person as u16)
}

/// How many people the directory has a place for: all, or none if the registry has no directory.
const DIRECTORY: usize = t::PERSON_TO_UPDATED.len();

/// The name of a person (text 0) or the organization (text 1), `None` if it is empty.
pub(crate) const fn text_of(person: usize, text: usize) -> Option<&'static str> {
    let text = directory_text(text * DIRECTORY + person);
    if text.is_empty() { None } else { Some(text) }
}

pub(crate) fn uris(person: usize) -> Range<usize> {
    let [start, end] = [person, person + 1].map(|at| t::PERSON_TO_URIS.get(at).copied().unwrap_or_default());
    start.into()..end.into()
}

pub(crate) const fn uri(number: usize) -> &'static str {
    directory_text(2 * DIRECTORY + number)
}

/// The directory's texts are the names of all people, then their organizations, then their URIs.
#[inline(never)]
const fn directory_text(number: usize) -> &'static str {
    if DIRECTORY == 0 {
        return "";
    }
    text(t::DIRECTORY_TEXT.text, unpack_pair(t::DIRECTORY_TEXTS[number], t::DIRECTORY_LENGTH_BITS as u32))
}

pub(crate) const fn updated(person: usize) -> Option<Date> {
    if DIRECTORY == 0 { None } else { unpack_date(t::PERSON_TO_UPDATED[person]) }
}
