//! Ports together with their transport: `443/tcp`.

use crate::shared::excerpt::Excerpt;
use crate::shared::pad::pad;
use crate::{ParsePortRangeError, ParseProtoError, PortRange, Proto};
use core::fmt;
use core::str::FromStr;

/// Ports on a transport. Displays and parses as [`Record`](crate::Record) displays them: `443/tcp`, `6000-6063/tcp`.
/// Sorted by ports, then transport.
///
/// ```
/// use iana_ports::{Proto, TransportPorts};
///
/// let x11: TransportPorts = "6000-6063/tcp".parse().unwrap();
/// assert_eq!((x11.ports().last(), x11.proto(), x11.to_string().as_str()), (6063, Proto::Tcp, "6000-6063/tcp"));
/// assert_eq!("tcp/443".parse::<TransportPorts>(), "443/tcp".parse());
/// assert!("443".parse::<TransportPorts>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransportPorts {
    ports: PortRange,
    proto: Proto,
}

impl TransportPorts {
    /// These ports on this transport.
    ///
    /// ```
    /// assert_eq!(iana_ports::TransportPorts::new(53.into(), iana_ports::Proto::Udp).to_string(), "53/udp");
    /// ```
    pub const fn new(ports: PortRange, proto: Proto) -> Self {
        Self { ports, proto }
    }

    /// The ports.
    ///
    /// ```
    /// assert!("443/tcp".parse().map(iana_ports::TransportPorts::ports).unwrap().is_single());
    /// ```
    pub const fn ports(self) -> PortRange {
        self.ports
    }

    /// The transport protocol.
    ///
    /// ```
    /// assert_eq!("443/udp".parse().map(iana_ports::TransportPorts::proto), Ok(iana_ports::Proto::Udp));
    /// ```
    pub const fn proto(self) -> Proto {
        self.proto
    }
}

impl fmt::Display for TransportPorts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| write!(f, "{}/{}", self.ports, self.proto))
    }
}

/// Reads ports as [`PortRange`] does, a slash, and a transport in any case, or the transport first: `tcp/443`. Nothing
/// is trimmed.
impl FromStr for TransportPorts {
    type Err = ParseTransportPortsError;

    fn from_str(text: &str) -> Result<Self, ParseTransportPortsError> {
        let read = || {
            let (mut ports, mut proto) = text.split_once('/').ok_or(ParseTransportPortsErrorKind::NoTransport)?;
            if ports.parse::<Proto>().is_ok() {
                (ports, proto) = (proto, ports);
            }
            let ports = ports.parse().map_err(ParseTransportPortsErrorKind::Ports)?;
            let proto = proto.parse().map_err(ParseTransportPortsErrorKind::Transport)?;
            Ok(Self { ports, proto })
        };
        read().map_err(|kind| ParseTransportPortsError { kind, text: Excerpt::of(text) })
    }
}

/// Text that is not ports with their transport.
///
/// ```
/// let error = "443".parse::<iana_ports::TransportPorts>().unwrap_err();
/// assert_eq!(error.kind(), iana_ports::ParseTransportPortsErrorKind::NoTransport);
/// assert_eq!(error.to_string(), "\"443\" has no transport protocol, expected a form such as 443/tcp");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTransportPortsError {
    kind: ParseTransportPortsErrorKind,
    text: Excerpt,
}

impl ParseTransportPortsError {
    /// What is wrong with the text. [`ParseTransportPortsError`] has an example.
    pub const fn kind(&self) -> ParseTransportPortsErrorKind {
        self.kind
    }
}

/// What is wrong with a text that is no [`TransportPorts`]; see [`ParseTransportPortsError::kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseTransportPortsErrorKind {
    /// There is no slash.
    NoTransport,
    /// The ports are wrong.
    Ports(ParsePortRangeError),
    /// The transport is unknown.
    Transport(ParseProtoError),
}

impl fmt::Display for ParseTransportPortsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ParseTransportPortsErrorKind::NoTransport => {
                write!(f, "{} has no transport protocol, expected a form such as 443/tcp", self.text)
            }
            ParseTransportPortsErrorKind::Ports(error) => error.fmt(f),
            ParseTransportPortsErrorKind::Transport(error) => error.fmt(f),
        }
    }
}
