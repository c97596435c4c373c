//! The columns that the feature `metadata` adds to records and blocks, and the position of a row in the registry.

use crate::shared::flags::EntryFlags;
use crate::tables::{entries, metadata};
use crate::{Block, Date, Proto, Record, References, Row, ServiceCode};

macro_rules! add_metadata {
    ($row:ident) => {
        /// Methods of the feature `metadata`.
        impl $row {
            /// When the assignment was made: a day or a month. `None` if the registry does not say, as for most rows
            /// from before 2001.
            ///
            /// ```
            /// let registered = |port| iana_ports::lookup_port(port, iana_ports::Proto::Tcp).unwrap().registered();
            /// assert_eq!(registered(465).unwrap().to_string(), "2017-12-12");
            /// assert_eq!(registered(104), None);
            /// ```
            pub const fn registered(self) -> Option<Date> {
                metadata::registered(self.row())
            }

            /// When the assignment was last modified: a day or a month. `None` if the registry does not say.
            ///
            /// ```
            /// let modified = |port| iana_ports::lookup_port(port, iana_ports::Proto::Tcp).unwrap().modified();
            /// assert_eq!(modified(443).unwrap().to_string(), "2021-10-01");
            /// assert_eq!(modified(22), None);
            /// ```
            pub const fn modified(self) -> Option<Date> {
                metadata::modified(self.row())
            }

            /// The documents that describe the assignment, in the order of the registry. There may be none.
            ///
            /// ```
            /// let imaps = iana_ports::lookup_port(993, iana_ports::Proto::Tcp).unwrap().references();
            /// assert!(imaps.map(|reference| reference.to_string()).eq(["RFC3501", "RFC8314", "RFC9051"]));
            /// assert_eq!(iana_ports::lookup_port(104, iana_ports::Proto::Tcp).unwrap().references().count(), 0);
            /// ```
            pub fn references(self) -> References {
                References::new(metadata::references(self.row()))
            }

            /// The service code of DCCP (RFC 4340 section 8.1.2), `None` if the registry gives none.
            ///
            /// ```
            /// let code = |proto| iana_ports::lookup_port(9, proto).unwrap().service_code();
            /// assert_eq!(code(iana_ports::Proto::Dccp).unwrap().to_string(), "SC:DISC");
            /// assert_eq!(code(iana_ports::Proto::Tcp), None);
            /// ```
            pub const fn service_code(self) -> Option<ServiceCode> {
                match metadata::service_code(self.row()) {
                    Some(code) => Some(ServiceCode::new(code)),
                    None => None,
                }
            }

            /// The unauthorized use of the port that was reported to IANA, in IANA's words. `None` if there is none.
            ///
            /// ```
            /// let at = |port| iana_ports::blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert_eq!(at(100).unauthorized_use(), Some("Known Unauthorized Use on 100"));
            /// assert_eq!(at(4).unauthorized_use(), None);
            /// ```
            pub const fn unauthorized_use(self) -> Option<&'static str> {
                metadata::unauthorized_use(self.row())
            }

            /// The assignment notes, white space folded. `None` if there are none.
            ///
            /// ```
            /// let at = |port| iana_ports::blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert_eq!(at(585).note(), Some("Use of 585 is not recommended, use 993 instead"));
            /// assert_eq!(at(4).note(), None);
            /// ```
            pub const fn note(self) -> Option<&'static str> {
                metadata::note(self.row())
            }

            /// The position of the row in the registry, counted from 0. Rows of an overlay come after the registry's.
            /// Sort by it to get IANA's order.
            ///
            /// ```
            /// assert_eq!(iana_ports::blocks().next().unwrap().position(), 0);
            /// assert!(iana_ports::search("http").is_sorted_by_key(|row| row.position()));
            /// ```
            pub fn position(self) -> usize {
                let (row, proto, rank) = Row::from(self).place();
                metadata::position(row, proto, rank)
            }
        }
    };
}

add_metadata!(Record);
add_metadata!(Block);
add_metadata!(Row);

impl Row {
    /// The canonical entry or the block, the transport, and how many rows of the entry come before.
    fn place(self) -> (usize, Option<Proto>, usize) {
        let Self::Record(record) = self else { return (self.row(), None, 0) };
        let (entry, proto) = record.identity();
        let flags = entries::flags(entry);
        let before = Proto::ALL.into_iter().take_while(|&other| Some(other) != proto);
        let rank = before.filter(|&other| proto.is_some() && flags.has(EntryFlags::transport(other))).count();
        (entry.into(), proto, rank)
    }

    /// True if the row comes from an overlay that was compiled in.
    ///
    /// ```
    /// assert!(iana_ports::OVERLAY_SHA256.is_some() || !iana_ports::rows().any(|row| row.is_from_overlay()));
    /// ```
    pub fn is_from_overlay(self) -> bool {
        self.position() >= metadata::REGISTRY_ROWS
    }
}
