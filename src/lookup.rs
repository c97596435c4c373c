//! The lookups: from a port to its primary record, from a name to its service, from a port to its status.

use crate::shared::id::Id;
use crate::tables::{entries, ports};
use crate::{Block, PortStatus, Proto, Record, Service};

/// The primary record that answers for a port on a transport; [`Record::same_port_records`] says which of several it
/// is.
///
/// `None` if no service name is registered for it, or if a filter leaves it out; [`port_status`] says more. There is no
/// fallback to another transport. Records that name no transport answer for TCP and UDP (RFC 6335 section 7.1).
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
#[must_use]
pub const fn lookup_port(port: u16, proto: Proto) -> Option<Record> {
    Record::of_primary(ports::primary_entry(port, proto), proto)
}

/// The name of the primary record: `lookup_port(port, proto).map(Record::name)`, but faster. The code does not branch
/// on what it finds, so its cost does not depend on the traffic.
///
/// ```
/// assert_eq!(iana_ports::service_name(443, iana_ports::Proto::Udp), Some("https"));
/// assert_eq!(iana_ports::service_name(443, iana_ports::Proto::Dccp), None);
/// ```
#[inline]
#[must_use]
pub const fn service_name(port: u16, proto: Proto) -> Option<&'static str> {
    entries::name_of(ports::primary_entry(port, proto) as usize)
}

/// The service of this name, ASCII case ignored (RFC 6335 section 5.1).
///
/// `None` if the name is not registered. Nothing is trimmed, no number is parsed, and `-` and `_` differ. Names that
/// break today's syntax (`whois++`, `914c/g`) are found as well.
///
/// ```
/// assert_eq!(iana_ports::lookup_service("HTTPS").unwrap().name(), "https");
/// assert!(iana_ports::lookup_service("443").or(iana_ports::lookup_service(" https")).is_none());
/// ```
#[doc(alias = "getservbyname")]
#[inline]
#[must_use]
pub const fn lookup_service(name: &str) -> Option<Service> {
    Service::find(name)
}

/// The status of a port on a transport: assigned, reserved, unassigned or dynamic.
///
/// A port without a row on this transport is reserved if it is assigned or reserved on another transport (RFC 6335
/// section 7.2), and unassigned otherwise. A port that a filter leaves out is `Reserved(None)`, because it may not be
/// free, or `Dynamic` if it is one of the Dynamic Ports.
///
/// ```
/// use iana_ports::{PortStatus, Proto, port_status};
///
/// assert!(matches!(port_status(22, Proto::Tcp), PortStatus::Assigned(r) if r.name() == "ssh"));
/// assert!(matches!(port_status(993, Proto::Udp), PortStatus::Reserved(Some(_))));
/// assert_eq!(port_status(443, Proto::Dccp), PortStatus::Reserved(None));
/// ```
#[inline(never)] // or the compiler lets a loop around it branch on the status
pub const fn port_status(port: u16, proto: Proto) -> PortStatus {
    // The code computes all four answers before it chooses one, and conditional moves make the choice: no predictor can
    // know which one it will be. Only the checks of indexes branch.
    let Some((status, first)) = ports::status(port, proto) else { return PortStatus::Reserved(None) };
    let block = map!(Id::unpack(status.block(first)), |block| Block::new(block));
    let taken = if status.is_unassigned() { PortStatus::Unassigned(block) } else { PortStatus::Reserved(block) };
    let mut found = if status.is_dynamic() { PortStatus::Dynamic } else { taken };
    if let Some(record) = lookup_port(port, proto) {
        found = PortStatus::Assigned(record);
    }
    found
}
