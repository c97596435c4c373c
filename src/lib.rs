//! The IANA Service Name and Transport Protocol Port Number Registry, compiled in: exact answers in
//! nanoseconds, with no file, no libc, no allocation and no start-up.
//!
//! ```
//! use iana_ports::{PortStatus, Proto, lookup_port, lookup_service, port_status};
//!
//! let https = lookup_port(443, Proto::Tcp).unwrap(); // the primary record
//! assert_eq!(https.name(), "https");
//! assert_eq!(lookup_port(443, Proto::Dccp), None);
//!
//! let domain = lookup_service("DOMAIN").unwrap(); // a name and all its records
//! assert_eq!(domain.port(Proto::Udp), Some(53));
//! assert_eq!(lookup_service("no-such-service"), None);
//!
//! // 993/udp is not imaps: IANA reserved it when it assigned 993/tcp.
//! assert!(matches!(port_status(993, Proto::Udp), PortStatus::Reserved(_)));
//! ```
//!
//! A name says what IANA assigned, not what is in the packets (RFC 6335 section 9).
//! [What an answer means](_documentation::answers) has the rules.
//!
//! # From a port
//!
//! - [`lookup_port`] gives the primary [`Record`] of a port on a transport, and with it the name.
//!   [`Record::same_port`] gives all records of that port.
//! - [`port_status`] tells whether a port is assigned, reserved, unassigned or dynamic. Where a row without a
//!   name says so, it gives that row, a [`Block`].
//! - [`PortClass::of`] gives the range of RFC 6335 section 6 that a port is in: System, User or Dynamic Ports.
//!
//! # From a name
//!
//! - [`lookup_service`] gives the [`Service`] of a name in any case. [`Service::port`] gives its port on a
//!   transport, [`Service::records`] all its records.
//! - [`Service::from_srv_label`] takes the label of a DNS SRV record: `_https`.
//! - [`check_service_name`] checks the syntax of a name that may not be registered yet.
//!
//! # From a packet
//!
//! - [`Proto::from_ip_number`] takes the protocol number of an IP header.
//!
//! # Everything
//!
//! - [`records`], [`services`] and [`blocks`] walk the registry.
//! - [`REGISTRY_UPDATED`], [`REGISTRY_SHA256`] and [`OVERLAY_SHA256`] say what was compiled in.
//!
//! # Values
//!
//! - [`Proto`], [`PortRange`], [`Date`] and [`Service`] are read from text and written as the registry writes
//!   them.
//! - Handles ([`Record`], [`Service`], [`Block`]) are `Copy`, compare, sort and hash, and take two bytes or
//!   four, in an `Option` too.
//! - Lookups of a port, a name or a status, and most methods of handles, are `const fn`.
//!
//! # Features
//!
//! Features add columns. They never change an answer or a type.
//!
//! | feature | what it brings |
//! | --- | --- |
//! | `descriptions` (default) | [`Record::description`] |
//! | `metadata` | [`registered`](Record::registered), [`modified`](Record::modified), [`references`](Record::references), [`service_code`](Record::service_code), [`unauthorized_use`](Record::unauthorized_use), [`note`](Record::note), [`position`](Record::position) |
//! | `contacts` | [`assignee`](Record::assignee), [`contact`](Record::contact), [`Person`] |
//! | `serde` | rows are written; [`Proto`], [`PortRange`], [`Date`] and [`Service`] are written and read |
//! | `full` | all of them |
//!
//! # Another registry, an overlay, a slice
//!
//! Variables of the build name another registry, a file whose rows come first, and the transports and ports to
//! keep. [What is compiled in](_documentation::building) has the rules.
//!
//! # More
//!
//! - [Recipes](_documentation::recipes), from names of one's own to firmware.
//! - The ports of TCP, a pixel each, drawn by the example `portmap`:
//!
#![doc = include_str!("../docs/portmap-tcp.svg")]
//!
//! - Nanoseconds a lookup, beside what one could use instead. In *half misses* every other port has no record:
//!
#![doc = include_str!("../docs/rivals.svg")]
#![no_std]
#![forbid(unsafe_code)]
// A link to what a feature brings leads somewhere with that feature only.
#![cfg_attr(not(feature = "full"), allow(rustdoc::broken_intra_doc_links))]

#[macro_use]
mod iter;

// The registry's rows and the names they have. On their pages these methods come first.
mod block;
mod name;
mod record;
mod registry;
mod service;
mod status;

// The values that rows are made of.
mod date;
mod port;
mod proto;

// What features add to rows.
#[cfg(feature = "contacts")]
mod contacts;
#[cfg(feature = "metadata")]
mod metadata;
#[cfg(feature = "contacts")]
mod person;
#[cfg(feature = "metadata")]
mod reference;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "metadata")]
mod service_code;

// The way into the tables.
mod columns;
mod excerpt;
#[allow(dead_code, reason = "the generator writes what the library reads")]
mod format;
mod hash;
mod lookup;
mod tables;
mod walk;

#[cfg(any(doc, doctest))]
pub mod _documentation;

pub use block::Block;
#[cfg(feature = "contacts")]
pub use contacts::Contacts;
pub use date::{Date, ParseDateError};
pub use iter::{Blocks, Records, SamePort, ServiceRecords, Services};
pub use name::{ServiceNameError, check_service_name, is_valid_service_name};
#[cfg(feature = "contacts")]
pub use person::{Person, PersonUris};
pub use port::{ParsePortRangeError, PortClass, PortRange};
pub use proto::{ParseProtoError, Proto, UnknownIpNumber};
pub use record::Record;
#[cfg(feature = "metadata")]
pub use reference::{LabelledReferences, Reference, References, Url};
pub use registry::{OVERLAY_SHA256, REGISTRY_SHA256, REGISTRY_UPDATED};
pub use service::{Service, UnknownServiceName};
#[cfg(feature = "metadata")]
pub use service_code::ServiceCode;
pub use status::PortStatus;

/// The primary record that answers for a port on a transport.
///
/// `None` where no service name is registered for it: for reserved, unassigned and Dynamic Ports, which
/// [`port_status`] tells apart, and for ports that a filter left out. Another transport's record never stands
/// in. Records that name no transport answer for TCP and UDP (RFC 6335 section 7.1).
///
/// [`Record::same_port`] says how the primary one of several records is chosen.
///
/// ```
/// use iana_ports::{Proto, lookup_port};
///
/// assert_eq!(lookup_port(465, Proto::Tcp).unwrap().name(), "submissions");
/// assert_eq!(lookup_port(465, Proto::Udp).unwrap().name(), "igmpv3lite");
/// assert_eq!(lookup_port(465, Proto::Sctp), None);
/// ```
#[doc(alias = "getservbyport")]
#[inline]
pub const fn lookup_port(port: u16, proto: Proto) -> Option<Record> {
    lookup::record(port, proto)
}

/// The service of this name, ASCII case ignored (RFC 6335 section 5.1).
///
/// `None` where the name is not registered. Nothing is trimmed, no number is parsed, and `-` and
/// `_` are two characters. Names that break today's syntax (`whois++`, `914c/g`) are found as well.
///
/// ```
/// use iana_ports::lookup_service;
///
/// assert_eq!(lookup_service("HTTPS").unwrap().name(), "https");
/// assert_eq!(lookup_service("9PFS"), lookup_service("9pfs"));
/// assert_eq!(lookup_service("443"), None);
/// assert_eq!(lookup_service(" https"), None);
/// ```
#[doc(alias = "getservbyname")]
#[inline]
pub const fn lookup_service(name: &str) -> Option<Service> {
    lookup::service(name)
}

/// Whether a port is assigned, reserved, unassigned or dynamic on a transport.
///
/// A port without a row on this transport is reserved if another transport has it, assigned or reserved
/// (RFC 6335 section 7.2), and unassigned otherwise. A port that a filter left out is `Reserved(None)`, or
/// Dynamic if it is one of the Dynamic Ports: it may not be free.
///
/// ```
/// use iana_ports::{PortStatus, Proto, port_status};
///
/// assert!(matches!(port_status(22, Proto::Tcp), PortStatus::Assigned(r) if r.name() == "ssh"));
/// assert!(matches!(port_status(993, Proto::Udp), PortStatus::Reserved(Some(_))));
/// assert_eq!(port_status(443, Proto::Dccp), PortStatus::Reserved(None));
/// assert!(matches!(port_status(4, Proto::Tcp), PortStatus::Unassigned(Some(_))));
/// assert_eq!(port_status(50_000, Proto::Tcp), PortStatus::Dynamic);
/// ```
#[inline]
pub const fn port_status(port: u16, proto: Proto) -> PortStatus {
    lookup::status(port, proto)
}

/// Every record: by lowest port, then transport, then primary first; those without a port last, by
/// name with case ignored, then transport.
///
/// A record without a transport counts as TCP if it has a port, and comes after the others if it has none.
/// Where a filter leaves out TCP it counts as UDP. A range counts from the first port that a filter leaves it.
///
/// ```
/// use iana_ports::{Proto, records};
///
/// assert_eq!(records().next().unwrap().to_string(), "tcpmux 1/tcp");
/// assert!(records().any(|record| record.proto() == Some(Proto::Dccp)));
/// assert!(!records().any(|record| record.name().is_empty()));
/// ```
pub fn records() -> Records {
    Records::new()
}

/// Every service, by name with case ignored.
///
/// ```
/// use iana_ports::services;
///
/// assert!(services().is_sorted_by_key(|service| service.name().to_ascii_lowercase()));
/// assert!(!services().any(|service| service.name() == "Unassigned"));
/// ```
#[doc(alias = "getservent")]
pub fn services() -> Services {
    Services::new()
}

/// Every block: by lowest port, highest port, transport (those without one last), and position in
/// the registry.
///
/// ```
/// use iana_ports::blocks;
///
/// assert_eq!(blocks().next().unwrap().to_string(), "0/tcp");
/// assert!(!blocks().any(|block| block.ports().contains(49152)));
/// ```
pub fn blocks() -> Blocks {
    Blocks::new()
}
