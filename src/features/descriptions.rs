//! The column that the feature `descriptions` adds to records and blocks.

use crate::tables::rows::{block_description, entry_description};
use crate::{Block, Record, Row, Service};

macro_rules! add_description {
    ($row:ident, |$self:ident| $description:expr) => {
        impl $row {
            /// The description, white space folded; empty where the registry gives none. A service has that of its
            /// first record.
            ///
            /// ```
            /// let ssh = iana_ports::lookup_port(22, iana_ports::Proto::Tcp).unwrap();
            /// assert_eq!(ssh.description(), "The Secure Shell (SSH) Protocol");
            /// ```
            #[inline]
            pub const fn description($self) -> &'static str {
                $description
            }
        }
    };
}

add_description!(Record, |self| entry_description(self.entry()));
add_description!(Service, |self| entry_description(self.id()));
add_description!(Block, |self| block_description(self.row()));
add_description!(Row, |self| match self {
    Self::Record(record) => record.description(),
    Self::Block(block) => block.description(),
});
