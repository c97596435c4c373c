//! The columns that the feature `contacts` adds to records and blocks.

use crate::tables::contacts;
use crate::tables::ids::Ids;
use crate::{Block, Record, Row};

macro_rules! add_contacts {
    ($row:ident) => {
        /// Methods of the feature `contacts`.
        impl $row {
            /// The people or organizations to which the ports or the name are assigned (RFC 6335 section 8.1.1): ids
            /// such as `IESG`, in the order of the registry. There may be none.
            ///
            /// If the registry gives no assignee, these are the contacts, as on IANA's own page.
            /// [`Person::find`](crate::Person::find) looks an id up in the registry's directory.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// assert!(lookup_port(443, Proto::Tcp).unwrap().assignees().eq(["IESG"]));
            /// assert!(lookup_port(9, Proto::Tcp).unwrap().assignees().eq(["Jon_Postel"]));
            /// assert_eq!(lookup_port(22, Proto::Tcp).unwrap().assignees().count(), 0);
            /// assert!(blocks().any(|block| block.assignees().eq(["Jon_Postel"])));
            /// ```
            pub fn assignees(self) -> Contacts {
                contacts::own_assignees(self.row()).map_or_else(|| self.contacts(), Contacts::new)
            }

            /// The people or organizations to ask about the assignment (RFC 6335 section 8.1.1): ids such as
            /// `Jon_Postel`, in the order of the registry. There may be none.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// assert!(lookup_port(443, Proto::Tcp).unwrap().contacts().eq(["IETF_Chair"]));
            /// assert_eq!(lookup_port(22, Proto::Tcp).unwrap().contacts().count(), 0);
            /// assert!(blocks().any(|block| block.contacts().eq(["Jon_Postel"])));
            /// ```
            pub fn contacts(self) -> Contacts {
                Contacts::new(contacts::contacts(self.row()))
            }
        }
    };
}

add_contacts!(Record);
add_contacts!(Block);
add_contacts!(Row);

/// The ids of assignees or contacts; see [`Record::assignees`] and [`Record::contacts`].
///
/// ```
/// use iana_ports::{Proto, lookup_port};
///
/// let mut ids = lookup_port(443, Proto::Tcp).unwrap().contacts();
/// assert_eq!(ids.len(), 1);
/// assert_eq!((ids.next(), ids.next()), (Some("IETF_Chair"), None));
/// ```
#[derive(Clone, Debug)]
pub struct Contacts {
    inner: Ids,
    left: usize,
}

impl Contacts {
    fn new(people: Ids) -> Self {
        Self { left: people.left(), inner: people }
    }
}

iterator!(Contacts yields &'static str, |self, person| contacts::id(person.into()));
