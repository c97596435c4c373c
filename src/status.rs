//! Whether a port is assigned, reserved, unassigned or dynamic.

use crate::{Block, Record};
use core::fmt;

/// What a port is on one transport: assigned, reserved, unassigned or dynamic (RFC 6335 section 6).
///
/// Displays as the section's word for it: `Assigned`, `Reserved`, `Unassigned`, `Dynamic`.
///
/// ```
/// use iana_ports::{PortStatus, Proto, port_status};
///
/// let is_free = |port| matches!(port_status(port, Proto::Tcp), PortStatus::Unassigned(_));
/// assert!(is_free(4));
/// assert!(!is_free(22) && !is_free(1023) && !is_free(50_000));
/// assert_eq!(port_status(22, Proto::Tcp).to_string(), "Assigned");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PortStatus {
    /// Assigned to a service; the primary record, as [`lookup_port`](crate::lookup_port) gives it.
    Assigned(Record),
    /// Not available. The row that says so, or `None` where the port has no row on this transport
    /// but is taken on another (RFC 6335 section 7.2), or was left out by a filter.
    Reserved(Option<Block>),
    /// Available for assignment. The row that says so, or `None` where there is none.
    Unassigned(Option<Block>),
    /// One of the Dynamic Ports, 49152-65535, which are never assigned, unless by an overlay.
    Dynamic,
}

impl fmt::Display for PortStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Assigned(_) => "Assigned",
            Self::Reserved(_) => "Reserved",
            Self::Unassigned(_) => "Unassigned",
            Self::Dynamic => "Dynamic",
        })
    }
}
