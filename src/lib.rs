#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

#[macro_use]
mod iter;

mod block;
mod columns;
#[cfg(feature = "contacts")]
mod contacts;
mod date;
mod excerpt;
#[allow(dead_code, reason = "the generator writes what the library reads")]
mod format;
mod hash;
mod lookup;
#[cfg(feature = "metadata")]
mod metadata;
mod name;
#[cfg(feature = "contacts")]
mod person;
mod port;
mod proto;
mod record;
#[cfg(feature = "metadata")]
mod reference;
#[cfg(feature = "serde")]
mod serde;
mod service;
#[cfg(feature = "metadata")]
mod service_code;
mod status;
mod tables;

#[cfg(doctest)]
#[doc = include_str!("../docs/recipes.md")]
mod recipes {}

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
pub use service::{Service, UnknownServiceName};
#[cfg(feature = "metadata")]
pub use service_code::ServiceCode;
pub use status::PortStatus;

/// The date of the registry that is compiled in, as it says itself.
///
/// ```
/// assert!(iana_ports::REGISTRY_UPDATED >= iana_ports::Date::new(2024, 9, None).unwrap());
/// ```
pub const REGISTRY_UPDATED: Date = columns::UPDATED;

/// The SHA-256 of the registry file that is compiled in, in hexadecimal digits.
///
/// ```
/// assert_eq!(iana_ports::REGISTRY_SHA256.len(), 64);
/// assert!(!iana_ports::REGISTRY_SHA256.contains(|c: char| !c.is_ascii_hexdigit()));
/// ```
pub const REGISTRY_SHA256: &str = columns::REGISTRY_SHA256;

/// The SHA-256 of the overlay that was compiled in, in hexadecimal digits; `None` if there is none.
///
/// An overlay is a file that `IANA_PORTS_OVERLAY` names when the crate is built.
///
/// ```
/// assert!(iana_ports::OVERLAY_SHA256.is_none_or(|digits| digits.len() == 64));
/// ```
pub const OVERLAY_SHA256: Option<&str> = columns::OVERLAY_SHA256;

/// The primary record that answers for a port on a transport.
///
/// `None` where no service name is registered for it: reserved, unassigned and Dynamic ports, which
/// [`port_status`] tells apart, and ports that a filter left out. Another transport's record never stands in. Records that name no
/// transport answer for TCP and UDP (RFC 6335 section 7.1).
///
/// How the primary one of several is chosen stands at [`Record::same_port`].
///
/// ```
/// use iana_ports::{Proto, lookup_port};
///
/// assert_eq!(lookup_port(465, Proto::Tcp).unwrap().name(), "submissions");
/// assert_eq!(lookup_port(465, Proto::Udp).unwrap().name(), "igmpv3lite");
/// assert_eq!(lookup_port(465, Proto::Sctp), None);
/// ```
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
#[inline]
pub const fn lookup_service(name: &str) -> Option<Service> {
    lookup::service(name)
}

/// What the registry makes of a port on a transport.
///
/// A port that has no row on this transport is reserved if another transport has it, be it assigned
/// or reserved there (RFC 6335 section 7.2), and unassigned otherwise. A port that a filter left out is
/// `Reserved(None)`, or Dynamic if it is one of those: nothing is said to be free that may not be.
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
/// A record without a transport counts as TCP if it has a port, and comes after the others if not. If
/// TCP is left out by a filter it counts as UDP, and a range that is cut counts from where it begins to
/// answer.
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
pub fn services() -> Services {
    Services::new()
}

/// Every block: by lowest port, highest port, transport (those without one last), and place in the
/// registry.
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
