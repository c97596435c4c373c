//! The columns that the feature `metadata` adds to records and blocks, and the position of a row in the registry.

use crate::shared::flags::EntryFlags;
use crate::tables::{entries, metadata};
use crate::{Block, Date, Proto, Record, References, Row, ServiceCode};

macro_rules! add_metadata {
    ($($row:ident),*) => {$(
        /// When and why the row was assigned, and what IANA notes about it.
        ///
        /// ```
        /// use iana_ports::{Proto, lookup_port, port_status};
        ///
        /// let [imaps, acr_nema] = [993, 104].map(|port| lookup_port(port, Proto::Tcp).unwrap());
        /// assert_eq!(imaps.modified().unwrap().to_string(), "2021-02-22");
        /// assert!(imaps.references().map(|reference| reference.to_string()).eq(["RFC3501", "RFC8314", "RFC9051"]));
        /// assert_eq!((acr_nema.registered(), acr_nema.references().count(), acr_nema.note()), (None, 0, None));
        /// let block = port_status(585, Proto::Tcp).block().unwrap();
        /// assert_eq!(block.note(), Some("Use of 585 is not recommended, use 993 instead"));
        /// ```
        impl $row {
            /// When the assignment was made: a day or a month. `None` if the registry does not say, as for most rows
            /// from before 2001.
            pub const fn registered(self) -> Option<Date> {
                metadata::registered(self.row())
            }

            /// When the assignment was last modified: a day or a month. `None` if the registry does not say.
            pub const fn modified(self) -> Option<Date> {
                metadata::modified(self.row())
            }

            /// The documents that describe the assignment, in the order of the registry. There may be none.
            pub fn references(self) -> References {
                References { ids: metadata::references(self.row()) }
            }

            /// The service code of DCCP (RFC 4340 section 8.1.2), `None` if the registry gives none.
            pub const fn service_code(self) -> Option<ServiceCode> {
                map!(metadata::service_code(self.row()), |code| ServiceCode::new(code))
            }

            /// The unauthorized use of the port that was reported to IANA, in IANA's words. `None` if there is none.
            pub const fn unauthorized_use(self) -> Option<&'static str> {
                metadata::unauthorized_use(self.row())
            }

            /// The assignment notes, white space folded. `None` if there are none.
            pub const fn note(self) -> Option<&'static str> {
                metadata::note(self.row())
            }

            /// The position of the row in the registry, counted from 0, by which rows sort in IANA's order. Rows of an
            /// overlay come after the registry's.
            pub fn position(self) -> usize {
                let (row, proto, rank) = Row::from(self).place();
                metadata::position(row, proto, rank)
            }
        }
    )*};
}

add_metadata!(Record, Block, Row);

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
    pub fn is_from_overlay(self) -> bool {
        self.position() >= metadata::REGISTRY_ROWS
    }
}
