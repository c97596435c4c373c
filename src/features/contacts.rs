//! The columns that the feature `contacts` adds to records and blocks.

use crate::shared::id::Id;
use crate::tables::contacts;
use crate::tables::ids::Ids;
use crate::{Block, Person, Record, Row};

macro_rules! add_contacts {
    ($row:ident) => {
        /// Methods of the feature `contacts`.
        impl $row {
            /// The people or organizations to which the ports or the name are assigned (RFC 6335 section 8.1.1), in the
            /// order of the registry. There may be none.
            ///
            /// If the registry gives no assignee, these are the contacts, as on IANA's own page.
            ///
            /// ```
            /// let https = iana_ports::lookup_port(443, iana_ports::Proto::Tcp).unwrap();
            /// assert!(https.assignees().map(|person| person.id()).eq(["IESG"]));
            /// assert_eq!(iana_ports::lookup_port(22, iana_ports::Proto::Tcp).unwrap().assignees().count(), 0);
            /// assert!(iana_ports::blocks().any(|block| block.assignees().eq(block.contacts())));
            /// ```
            pub fn assignees(self) -> People {
                contacts::own_assignees(self.row()).map_or_else(|| self.contacts(), People::new)
            }

            /// The people or organizations to ask about the assignment (RFC 6335 section 8.1.1), in the order of the
            /// registry. There may be none.
            ///
            /// ```
            /// use iana_ports::{Person, Proto, blocks, lookup_port};
            ///
            /// assert!(lookup_port(443, Proto::Tcp).unwrap().contacts().eq(Person::find("IETF_Chair")));
            /// assert_eq!(lookup_port(22, Proto::Tcp).unwrap().contacts().count(), 0);
            /// assert!(blocks().any(|block| block.contacts().eq(Person::find("Jon_Postel"))));
            /// ```
            pub fn contacts(self) -> People {
                People::new(contacts::contacts(self.row()))
            }
        }
    };
}

add_contacts!(Record);
add_contacts!(Block);
add_contacts!(Row);

/// The assignees or contacts of a row; see [`Record::assignees`] and [`Record::contacts`], which have examples.
#[derive(Clone, Debug)]
#[must_use]
pub struct People {
    inner: Ids,
    left: usize,
}

impl People {
    fn new(people: Ids) -> Self {
        Self { left: people.left(), inner: people }
    }
}

iterator!(People yields Person, |self, person| Person::new(Id::new(person)));
