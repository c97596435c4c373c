//! The columns that the feature `metadata` brings, the same for records and for blocks.
//!
//! In the tables their rows are numbered consecutively: the entries, then the blocks.

#![allow(clippy::cast_possible_truncation, reason = "what the generator packs fits in what is unpacked")]

use crate::columns::{self, list, several, sparse};
use crate::format::{Target, pack_transport, unpack_date, unpack_pair, unpack_target};
use crate::tables as t;
use crate::{Block, Date, Proto, Record, Reference, References, ServiceCode};

macro_rules! metadata {
    ($row:ident) => {
        /// With the feature `metadata`.
        impl $row {
            /// When the assignment was made: a day or a month. `None` where the registry does not say,
            /// as with most of what is older than 2001.
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
                date(sparse(&t::ROW_TO_REGISTERED, self.row()))
            }

            /// When the assignment was last modified: a day or a month. `None` where the registry does
            /// not say.
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
                date(sparse(&t::ROW_TO_MODIFIED, self.row()))
            }

            /// What describes the assignment, in the order of the registry; perhaps nothing.
            ///
            /// ```
            /// use iana_ports::{Proto, Reference, blocks, lookup_port};
            ///
            /// let imaps = lookup_port(993, Proto::Tcp).unwrap();
            /// assert!(imaps.references().eq([3501, 8314, 9051].map(Reference::Rfc)));
            /// assert_eq!(lookup_port(104, Proto::Tcp).unwrap().references().count(), 0);
            /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
            /// assert!(at(49151).references().eq([Reference::Rfc(6335)]));
            /// assert_eq!(at(4).references().count(), 0);
            /// ```
            pub fn references(self) -> References {
                references(self.row())
            }

            /// The service code of DCCP (RFC 4340 section 8.1.2), `None` where the registry gives none.
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
                service_code(self.row())
            }

            /// What unauthorized use of the port was reported to IANA, in IANA's words. `None` where
            /// none was.
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
                unauthorized_use(self.row())
            }

            /// The assignment notes, white space folded. `None` where there are none.
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
                note(self.row())
            }
        }
    };
}

metadata!(Record);
metadata!(Block);

const fn date(packed: Option<u16>) -> Option<Date> {
    match packed {
        Some(packed) => unpack_date(packed),
        None => None,
    }
}

const fn some_text(id: Option<u16>) -> Option<&'static str> {
    match id {
        Some(id) => Some(text(id as usize)),
        None => None,
    }
}

#[inline(never)]
const fn text(id: usize) -> &'static str {
    columns::text(t::METADATA.text, unpack_pair(t::METADATA_TEXTS[id], t::METADATA_LENGTH_BITS as u32))
}

pub(crate) fn references(row: usize) -> References {
    References::new(several(list(row, &t::ROW_TO_REFERENCES, &t::REFERENCES_OF_ROWS)))
}

pub(crate) const fn unauthorized_use(row: usize) -> Option<&'static str> {
    some_text(sparse(&t::ROW_TO_UNAUTHORIZED_USE, row))
}

pub(crate) const fn note(row: usize) -> Option<&'static str> {
    some_text(sparse(&t::ROW_TO_NOTE, row))
}

#[inline(never)]
pub(crate) const fn service_code(row: usize) -> Option<ServiceCode> {
    // A handful in IANA's registry.
    let mut at = 0;
    while at < t::ROW_TO_SERVICE_CODE.len() {
        let [key, code] = t::ROW_TO_SERVICE_CODE[at];
        if key as usize == row {
            return Some(ServiceCode::new(code));
        }
        at += 1;
    }
    None
}

/// A reference and the words that the registry shows for it, if not its own.
pub(crate) fn reference(id: u16) -> (Reference, Option<&'static str>) {
    let [kind, which, label] = t::REFERENCES[usize::from(id)];
    let reference = match unpack_target([kind, which]) {
        Target::Rfc(number) => Reference::Rfc(number),
        Target::Draft(id) => Reference::Draft(text(id)),
        Target::Uri(id) => Reference::Uri(text(id)),
        Target::Text(id) => Reference::Text(text(id)),
    };
    (reference, Some(text(label as usize)).filter(|label| !label.is_empty()))
}

/// Every reference that some row has, once.
pub(crate) fn all_references() -> impl Iterator<Item = (Reference, Option<&'static str>)> {
    (0..=u16::MAX).take(t::REFERENCES.len()).map(reference)
}

/// How many rows the registry itself has; those of an overlay come behind them.
pub(crate) const REGISTRY_ROWS: usize = t::REGISTRY_ROWS as usize;

/// The pool of notes, unauthorized uses and what references have.
pub(crate) const fn texts() -> &'static str {
    t::METADATA.text
}

/// The position of a row in the registry; `rank` rows of the same entry come before it.
#[inline(never)]
pub(crate) const fn position(row: usize, proto: Option<Proto>, rank: usize) -> usize {
    let mut at = 0;
    while at < t::POSITIONS_APART.len() {
        let [entry, of, position] = t::POSITIONS_APART[at];
        if entry as usize == row && of as usize == pack_transport(proto) {
            return position as usize;
        }
        at += 1;
    }
    t::ROW_TO_POSITION[row] as usize + rank
}
