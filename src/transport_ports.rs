//! Ports together with their transport: `443/tcp`.

use crate::shared::pad::pad;
use crate::{PortRange, Proto};

/// Ports on a transport, as [`PortQuery`](crate::PortQuery) yields them. They display as a [`Record`](crate::Record)
/// displays them, `6000-6063/tcp`, and sort by ports, then transport.
///
/// ```
/// let domain = iana_ports::TransportPorts::new(53.into(), iana_ports::Proto::Udp);
/// assert_eq!((domain.ports().first(), domain.proto()), (53, iana_ports::Proto::Udp));
/// assert_eq!(domain.to_string(), "53/udp");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransportPorts {
    ports: PortRange,
    proto: Proto,
}

impl TransportPorts {
    /// These ports on this transport.
    pub const fn new(ports: PortRange, proto: Proto) -> Self {
        Self { ports, proto }
    }

    /// The ports.
    pub const fn ports(self) -> PortRange {
        self.ports
    }

    /// The transport protocol.
    pub const fn proto(self) -> Proto {
        self.proto
    }
}

display!(TransportPorts, |self, f| write!(f, "{}/{}", self.ports, self.proto));
