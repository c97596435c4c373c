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
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// let submissions = lookup_port(465, Proto::Tcp).unwrap();
            /// assert_eq!(submissions.registered().unwrap().to_string(), "2017-12-12");
            /// assert_eq!(lookup_port(80, Proto::Udp).unwrap().registered(), None);
            /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert_eq!(at(9006).registered().unwrap().to_string(), "2000-02-24");
            /// assert_eq!(at(100).registered(), None);
            /// ```
            pub const fn registered(self) -> Option<Date> {
                metadata::registered(self.row())
            }

            /// When the assignment was last modified: a day or a month. `None` if the registry does not say.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// let https = lookup_port(443, Proto::Sctp).unwrap();
            /// assert_eq!(https.modified().unwrap().to_string(), "2022-02-07");
            /// assert_eq!(lookup_port(22, Proto::Tcp).unwrap().modified(), None);
            /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert_eq!(at(1028).modified().unwrap().to_string(), "2004-02"); // no day
            /// assert_eq!(at(788).modified(), None);
            /// ```
            pub const fn modified(self) -> Option<Date> {
                metadata::modified(self.row())
            }

            /// The documents that describe the assignment, in the order of the registry. There may be none.
            ///
            /// ```
            /// use iana_ports::{Proto, ReferenceTarget, blocks, lookup_port};
            ///
            /// let imaps = lookup_port(993, Proto::Tcp).unwrap();
            /// let rfcs = [3501, 8314, 9051].map(ReferenceTarget::Rfc);
            /// assert!(imaps.references().map(|reference| reference.target()).eq(rfcs));
            /// assert_eq!(lookup_port(104, Proto::Tcp).unwrap().references().count(), 0);
            /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert_eq!(at(49151).references().next().unwrap().to_string(), "RFC6335");
            /// assert_eq!(at(4).references().count(), 0);
            /// ```
            pub fn references(self) -> References {
                References::new(metadata::references(self.row()))
            }

            /// The service code of DCCP (RFC 4340 section 8.1.2), `None` if the registry gives none.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// let code = |proto| lookup_port(9, proto).unwrap().service_code();
            /// assert_eq!(code(Proto::Dccp).unwrap().to_string(), "SC:DISC");
            /// assert_eq!(code(Proto::Tcp), None);
            /// assert!(blocks().all(|block| block.service_code().is_none()));
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
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert_eq!(at(100).unauthorized_use(), Some("Known Unauthorized Use on 100"));
            /// assert_eq!(at(4).unauthorized_use(), None);
            /// assert!(lookup_port(8000, Proto::Tcp).unwrap().unauthorized_use().is_none());
            /// ```
            pub const fn unauthorized_use(self) -> Option<&'static str> {
                metadata::unauthorized_use(self.row())
            }

            /// The assignment notes, white space folded. `None` if there are none.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port};
            ///
            /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert_eq!(at(585).note(), Some("Use of 585 is not recommended, use 993 instead"));
            /// assert_eq!(at(4).note(), None);
            /// let ssh = lookup_port(22, Proto::Tcp).unwrap();
            /// assert_eq!(ssh.note(), Some("Defined TXT keys: u=<username> p=<password>"));
            /// ```
            pub const fn note(self) -> Option<&'static str> {
                metadata::note(self.row())
            }

            /// The position of the row in the registry, counted from 0. Rows of an overlay come after the registry's.
            /// Sort by it to get IANA's order.
            ///
            /// ```
            /// use iana_ports::{Proto, blocks, lookup_port, search};
            ///
            /// let position = |port| lookup_port(port, Proto::Tcp).unwrap().position();
            /// assert!(position(80) < position(443));
            /// assert_ne!(position(80), 80); // rows are not ports
            /// assert_eq!(blocks().next().unwrap().position(), 0);
            /// assert!(search("http").is_sorted_by_key(|row| row.position()));
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

    /// True if the row comes from an overlay that was compiled in. Needs the feature `metadata`.
    ///
    /// ```
    /// assert!(iana_ports::OVERLAY_SHA256.is_some() || !iana_ports::rows().any(|row| row.is_from_overlay()));
    /// ```
    pub fn is_from_overlay(self) -> bool {
        self.position() >= metadata::REGISTRY_ROWS
    }
}
