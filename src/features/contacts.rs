//! The columns that the feature `contacts` adds to records and blocks.

use crate::shared::id::Id;
use crate::tables::contacts;
use crate::tables::ids::Ids;
use crate::{Block, Person, Record, Row};

macro_rules! add_contacts {
    ($($row:ident),*) => {$(
        /// The people whom the row names.
        ///
        /// ```
        /// let row = |port| iana_ports::lookup_port(port, iana_ports::Proto::Tcp).unwrap();
        /// assert!(row(443).assignees().map(|person| person.id()).eq(["IESG"]));
        /// assert!(row(443).contacts().eq(iana_ports::Person::find("IETF_Chair")));
        /// assert_eq!((row(22).assignees().count(), row(22).contacts().count()), (0, 0));
        /// ```
        impl $row {
            /// The people or organizations to which the ports or the name are assigned (RFC 6335 section 8.1.1), in the
            /// order of the registry. If it gives no assignee, these are the contacts, as on IANA's own page. There may
            /// be none.
            pub fn assignees(self) -> People {
                contacts::own_assignees(self.row()).map_or_else(|| self.contacts(), |people| People { people })
            }

            /// The people or organizations to ask about the assignment (RFC 6335 section 8.1.1), in the order of the
            /// registry. There may be none.
            pub fn contacts(self) -> People {
                People { people: contacts::contacts(self.row()) }
            }
        }
    )*};
}

add_contacts!(Record, Block, Row);

iterator!(
    /// The assignees or contacts of a row; see [`Record::assignees`] and [`Record::contacts`].
    People { people: Ids } yields Person, |self, person| Person::new(Id::new(person)));
