//! The IANA Service Name and Transport Protocol Port Number Registry, compiled into your program: exact answers in
//! nanoseconds, without files, libc, allocation or initialization.
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
//! A name says what IANA assigned, not what the packets contain (RFC 6335 section 9).
//! [What an answer means](_documentation::answers) explains the rules.
//!
//! # From a port or a packet
//!
//! - [`lookup_port`] returns the primary [`Record`] of a port on a transport, and [`service_name`] only its name.
//!   [`Record::same_port_records`] returns all records of that port.
//! - [`port_status`] says whether a port is assigned, reserved, unassigned or dynamic, and which [`Block`], a row without
//!   a name, says so. [`PortClass::of`] returns the class of a port: System, User or Dynamic Ports.
//! - [`lookup_flow`] finds out, from both ports of a packet, which [`End`] serves, and returns its record. [`flow_name`]
//!   returns only the name.
//! - [`Proto::from_ip_number`] converts the protocol number in an IP header.
//!
//! # From a name
//!
//! - [`lookup_service`] returns the [`Service`] of a name in any case. [`Service::port`] returns its port on a
//!   transport, and [`Service::records`] all its records.
//! - [`Service::from_srv_label`] finds the service for the label of a DNS SRV record: `_https`.
//! - [`check_service_name`] checks the syntax of a name that may not be registered yet.
//!
//! # From text that people type
//!
//! - [`PortQuery`] parses ports in every form that people type (`443`, `6000-6010/tcp`, `https`, `tcp:22`), and
//!   [`PortQueries`] lists of them. [`resolve_port`] accepts `https` or `443` on a given transport.
//! - [`ServicesFile`] reads services(5) text. [`LocalNames`] looks in your own names first.
//!
//! # Everything
//!
//! - [`records`], [`services`], [`blocks()`] and [`rows()`] iterate over the registry, [`records_in`] and [`blocks_in`]
//!   over a range of ports.
//! - [`Column`] lists IANA's columns, [`Row::text`] gives what a row has in one of them, and [`search`] finds a text in any.
//! - [`REGISTRY_UPDATED`], [`REGISTRY_SOURCE`], [`REGISTRY_EXPERTS`], [`REGISTRY_SHA256`] and [`OVERLAY_SHA256`] say what
//!   was compiled in.
//!
//! # Features
//!
//! Features add columns or lookups. A column whose feature is off is one in which no row has a value: [`Row::text`] and
//! [`search`] find nothing in it, and rows serialize it as null or as an empty string or list. Otherwise, features never
//! change the result of a function, or a type.
//!
//! | feature | adds |
//! | --- | --- |
//! | `descriptions` (default) | [`Record::description`] |
//! | `metadata` | [`registered`](Record::registered), [`modified`](Record::modified), [`references`](Record::references), [`service_code`](Record::service_code), [`unauthorized_use`](Record::unauthorized_use), [`note`](Record::note), [`position`](Record::position) |
//! | `contacts` | [`assignees`](Record::assignees), [`contacts`](Record::contacts), [`Person`] |
//! | `familiar` | the names that people use: [`familiar_name`], [`is_familiar`], [`familiar_port`], [`familiar_names`] |
//! | `serde` | `Serialize` for rows and values, `Deserialize` for [`Proto`], [`PortRange`], [`PortQuery`], [`Date`] and [`Service`] |
//! | `full` | all of them |
//!
//! # More
//!
//! - [What is compiled in](_documentation::building): environment variables select another registry, a file whose rows
//!   take precedence, another list of everyday names, and the transports and ports to keep.
//! - [Recipes](_documentation::recipes), from local names to firmware.
//! - All ports of TCP, one pixel each, drawn by `iana-ports map`:
//!
#![doc = include_str!("../docs/portmap-tcp.svg")]
//!
//! - The time of a lookup in nanoseconds, next to alternatives. In *half misses* every other port has no record:
//!
#![doc = include_str!("../docs/rivals.svg")]
#![no_std]
// On docs.rs, each item shows the feature that it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
// Links to what a feature adds work only with that feature.
#![cfg_attr(not(feature = "full"), allow(rustdoc::broken_intra_doc_links))]

#[cfg(target_pointer_width = "16")]
compile_error!(
    "iana-ports needs pointers of 32 or 64 bits: its tables are larger than the memory that 16 bits address"
);

#[macro_use]
mod implementations;
#[macro_use]
mod shared;
mod tables;

// The rows of the registry, and their names.
mod block;
mod column_text;
mod port_status;
mod record;
mod row;
mod service;

// Lookups.
mod flow;
mod local_names;
mod lookup;
mod port_address;
mod port_item;
mod port_items;
mod port_query;
mod port_query_error;
mod query_ports;
mod resolve_port;

// Iteration.
mod blocks;
mod records;
mod rows;
mod search;
mod services;

mod features;
mod registry;
mod services_file;
mod transport_ports;

#[cfg(any(doc, doctest))]
pub mod _documentation;

pub use block::Block;
pub use blocks::{Blocks, blocks, blocks_in};
pub use column_text::ColumnText;
#[cfg(feature = "contacts")]
pub use features::contacts::People;
#[cfg(feature = "familiar")]
pub use features::familiar::{FamiliarName, FamiliarNames, familiar_name, familiar_names, familiar_port, is_familiar};
#[cfg(feature = "contacts")]
pub use features::person::{Person, PersonUris};
#[cfg(feature = "metadata")]
pub use features::reference::{Reference, ReferenceTarget, References, Url};
#[cfg(feature = "metadata")]
pub use features::service_code::ServiceCode;
pub use flow::{End, flow_name, lookup_flow};
pub use local_names::{LocalName, LocalNames, LocalNamesError};
pub use lookup::{lookup_port, lookup_service, port_status, service_name};
pub use port_item::PortItem;
pub use port_items::{PortItems, PortQueries};
pub use port_query::PortQuery;
pub use port_query_error::{ParsePortQueryError, ParsePortQueryErrorKind};
pub use port_status::PortStatus;
pub use query_ports::{QueryNumbers, QueryPorts, ResolveQueryError};
pub use record::Record;
pub use records::{Records, RecordsIn, SamePortRecords, records, records_in};
pub use registry::{OVERLAY_SHA256, REGISTRY_EXPERTS, REGISTRY_SHA256, REGISTRY_SOURCE, REGISTRY_UPDATED};
pub use resolve_port::{ResolvePortError, ResolvePortErrorKind, resolve_port};
pub use row::Row;
pub use rows::{Rows, rows};
pub use search::{Search, search};
pub use service::{ParseServiceError, Service};
pub use services::{ServicePorts, ServiceRecords, Services, services};
pub use services_file::{LineAliases, LineNames};
pub use shared::column::Column;
pub use shared::date::{Date, ParseDateError};
pub use shared::port_class::PortClass;
pub use shared::port_range::{ParsePortRangeError, ParsePortRangeErrorKind, PortRange};
pub use shared::proto::{ParseProtoError, Proto, TryFromIpNumberError};
pub use shared::service_name::{ServiceNameError, check_service_name};
pub use shared::services_error::{ServicesFileError, ServicesFileErrorKind};
pub use shared::services_file::{LineProtos, ServicesFile, ServicesLine};
pub use transport_ports::TransportPorts;
