//! The columns that the feature `contacts` brings, the same for records and for blocks.
//!
//! In the tables their rows are numbered consecutively: the entries, then the blocks.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

use crate::columns::{self, Ids, list, none, one, several, sparse};
use crate::format::{Named, unpack_named, unpack_pair};
use crate::tables as t;
use crate::{Block, Record};

macro_rules! contacts {
    ($row:ident) => {
        /// With the feature `contacts`.
        impl $row {
            /// To whom the ports or the name are assigned (RFC 6335 section 8.1.1): ids such as `IESG`,
            /// in the order of the registry.
            ///
            /// Where the registry gives no assignee the contact stands for it, as on IANA's own page.
            /// [`Person`](crate::Person) says who is behind an id, if the registry does.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// assert!(lookup_port(443, Proto::Tcp).unwrap().assignee().eq(["IESG"]));
            /// assert!(lookup_port(9, Proto::Tcp).unwrap().assignee().eq(["Jon_Postel"]));
            /// assert_eq!(lookup_port(22, Proto::Tcp).unwrap().assignee().count(), 0);
            /// assert!(blocks().next().unwrap().assignee().eq(["Jon_Postel"]));
            /// ```
            pub fn assignee(self) -> Contacts {
                own_assignee(self.row()).unwrap_or_else(|| self.contact())
            }

            /// Whom to ask about the assignment (RFC 6335 section 8.1.1): ids such as `Jon_Postel`, in
            /// the order of the registry.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// assert!(lookup_port(443, Proto::Tcp).unwrap().contact().eq(["IETF_Chair"]));
            /// assert_eq!(lookup_port(22, Proto::Tcp).unwrap().contact().count(), 0);
            /// assert!(blocks().next().unwrap().contact().eq(["Jon_Postel"]));
            /// ```
            pub fn contact(self) -> Contacts {
                contact(self.row())
            }
        }
    };
}

contacts!(Record);
contacts!(Block);

/// The pool of ids.
pub(crate) const fn ids() -> &'static str {
    t::PEOPLE.text
}

/// The assignee of a row, if it is another one than the contact.
pub(crate) fn own_assignee(row: usize) -> Option<Contacts> {
    sparse(&t::ROW_TO_ASSIGNEE, row).map(|own| Contacts::new(people(own)))
}

pub(crate) fn contact(row: usize) -> Contacts {
    Contacts::new(people(t::ROW_TO_CONTACT[row]))
}

/// The people whom a row names, by what its column has.
#[inline(never)]
fn people(packed: u16) -> Ids {
    match unpack_named(packed.into(), t::PERSON_TO_ID.len()) {
        Named::Nobody => none(),
        Named::Person(person) => one(person as u16),
        Named::Group(group) => several(list(group, &t::GROUP_TO_PEOPLE, &t::PEOPLE_OF_GROUPS)),
    }
}

/// The id of a person.
#[inline(never)]
pub(crate) const fn person_id(person: usize) -> &'static str {
    columns::text(t::PEOPLE.text, unpack_pair(t::PERSON_TO_ID[person], t::PERSON_LENGTH_BITS as u32))
}

/// A text of the directory: the names of all people, then their organizations, then their URIs.
#[inline(never)]
pub(crate) const fn directory_text(number: usize) -> &'static str {
    columns::text(
        t::DIRECTORY_TEXT.text,
        unpack_pair(t::DIRECTORY_TEXTS[number], t::DIRECTORY_LENGTH_BITS as u32),
    )
}

/// Ids of people; see [`Record::assignee`] and [`Record::contact`].
///
/// ```
/// use iana_ports::{Proto, lookup_port};
///
/// let mut ids = lookup_port(443, Proto::Tcp).unwrap().contact();
/// assert_eq!(ids.len(), 1);
/// assert_eq!((ids.next(), ids.next()), (Some("IETF_Chair"), None));
/// ```
#[derive(Clone, Debug)]
pub struct Contacts {
    inner: Ids,
    left: usize,
}

impl Contacts {
    pub(crate) fn new(people: Ids) -> Self {
        Self { left: people.left(), inner: people }
    }
}

iterator!(Contacts, &'static str, |self, person| person_id(person.into()));
