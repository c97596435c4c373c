//! The status of a port: assigned, reserved, unassigned or dynamic.

use crate::{Block, Record};

/// The status of a port on one transport: assigned, reserved, unassigned or dynamic (RFC 6335 section 6).
///
/// It displays as the section's word for it. Statuses sort in this order, then by record or block, and one without a
/// block comes first.
///
/// ```
/// let status = |port| iana_ports::port_status(port, iana_ports::Proto::Tcp);
/// assert_eq!([22, 1023, 50_000].map(|port| status(port).as_str()), ["Assigned", "Reserved", "Dynamic"]);
/// assert_eq!((status(22).record().unwrap().name(), status(22).block()), ("ssh", None));
/// assert_eq!((status(4).record(), status(4).block().unwrap().to_string()), (None, "4/tcp".to_owned()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub enum PortStatus {
    /// Assigned to a service; the primary record, as [`lookup_port`](crate::lookup_port) gives it.
    Assigned(Record),
    /// Not available. The row that says so, or `None` where the port has no row on this transport but is taken on
    /// another (section 7.2), or where a filter leaves it out.
    Reserved(Option<Block>),
    /// Available for assignment. The row that says so, or `None` where there is none.
    Unassigned(Option<Block>),
    /// One of the Dynamic Ports, 49152-65535, which are never assigned, unless by an overlay.
    Dynamic,
}

impl PortStatus {
    /// The record that the port is assigned to, `None` if it is not assigned.
    pub const fn record(self) -> Option<Record> {
        match self {
            Self::Assigned(record) => Some(record),
            _ => None,
        }
    }

    /// The row that says the port is reserved or unassigned, `None` where no row says so.
    pub const fn block(self) -> Option<Block> {
        match self {
            Self::Reserved(block) | Self::Unassigned(block) => block,
            _ => None,
        }
    }

    /// `Assigned`, `Reserved`, `Unassigned` or `Dynamic`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned(_) => "Assigned",
            Self::Reserved(_) => "Reserved",
            Self::Unassigned(_) => "Unassigned",
            Self::Dynamic => "Dynamic",
        }
    }
}

display!(PortStatus, |self| self.as_str());
