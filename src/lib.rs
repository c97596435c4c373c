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
//! - [`service_name`] gives the name alone, and never branches on whether there is one.
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
//! - [`lookup_flow`] takes both ports, and says which [`End`] serves.
//!
//! # From what a person types
//!
//! - [`resolve_port`] takes `https` or `443`. [`TransportPorts`] is what `443/tcp` and `6000-6063/tcp` parse to.
//! - [`ServicesFile`] reads services(5) text, and [`OwnNames`] puts names of one's own before the registry's.
//!
//! # Everything
//!
//! - [`records`], [`services`] and [`blocks`] walk the registry, [`records_in`] and [`blocks_in`] a range of ports.
//! - [`search`] gives every row with a text in some column, as the search of IANA's own page does.
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
//! - The ports of TCP, a pixel each, drawn by `iana-ports map`:
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
mod flow;
mod lookup;
mod name;
mod own_name;
mod own_names;
mod ranges;
mod record;
mod registry;
mod resolve;
mod row;
mod search;
mod service;
mod services_file;
mod status;

// The values that rows are made of.
mod date;
mod port;
mod proto;
mod transport_ports;

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
#[allow(dead_code, reason = "the generator hashes for targets of other widths")]
mod hash;
mod pad;
mod tables;
mod walk;

#[cfg(any(doc, doctest))]
pub mod _documentation;

pub use block::Block;
#[cfg(feature = "contacts")]
pub use contacts::Contacts;
pub use date::{Date, ParseDateError};
pub use flow::End;
pub use iter::{
    Blocks, Records, SamePort, ServicePorts, ServiceRecords, Services, blocks, records, services,
};
pub use lookup::{lookup_flow, lookup_port, lookup_service, port_status, service_name};
pub use name::{ServiceNameError, check_service_name, is_valid_service_name};
pub use own_name::OwnName;
pub use own_names::{OwnNames, UnsortedNames};
#[cfg(feature = "contacts")]
pub use person::{Person, PersonUris};
pub use port::{EmptyPortRange, ParsePortRangeError, PortClass, PortRange};
pub use proto::{ParseProtoError, Proto, UnknownIpNumber};
pub use ranges::{RecordsIn, blocks_in, records_in};
pub use record::Record;
#[cfg(feature = "metadata")]
pub use reference::{LabelledReferences, Reference, References, Url};
pub use registry::{OVERLAY_SHA256, REGISTRY_SHA256, REGISTRY_UPDATED};
pub use resolve::{ResolvePortError, resolve_port};
pub use row::Row;
pub use search::{Search, search};
pub use service::{Service, UnknownServiceName};
#[cfg(feature = "metadata")]
pub use service_code::ServiceCode;
pub use services_file::{ServicesFile, ServicesFileError, ServicesLine};
pub use status::PortStatus;
pub use transport_ports::{ParseTransportPortsError, TransportPorts};
