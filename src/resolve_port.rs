//! A port in the form that people type: a number or a service name.

use crate::shared::excerpt::Excerpt;
use crate::{ParseServiceError, PortRange, Proto, Service};

/// The port that a text means on a transport: a number from 0 to 65535, registered or not, or a service name in any
/// case. A name with several ports means the one that [`Service::port`] gives. Nothing is trimmed.
///
/// # Errors
///
/// Fails if the name is not registered, if it has no port on this transport, or if the number is over 65535. The error
/// says which of these it is, and on which other transports the name has a port.
///
/// ```
/// use iana_ports::{Proto, resolve_port};
///
/// assert_eq!((resolve_port("https", Proto::Udp), resolve_port("8443", Proto::Tcp)), (Ok(443), Ok(8443)));
/// let error = resolve_port("syslog", Proto::Tcp).unwrap_err();
/// assert_eq!(error.to_string(), "syslog has no port on tcp; it has 514/udp");
/// ```
#[doc(alias("getservbyname", "getaddrinfo"))]
pub fn resolve_port(text: &str, proto: Proto) -> Result<u16, ResolvePortError> {
    let error = |kind| ResolvePortError { kind, text: Excerpt::of(text) };
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return PortRange::read(text).map(PortRange::first).map_err(|_| error(ResolvePortErrorKind::TooLarge));
    }
    let service: Service = text.parse().map_err(|_| error(ResolvePortErrorKind::UnknownName))?;
    let kind = ResolvePortErrorKind::NoPort(service, proto);
    service.port(proto).ok_or(ResolvePortError { kind, text: Excerpt::of("") })
}

/// Text that does not mean a port on a transport; see [`resolve_port`].
///
/// ```
/// let error = iana_ports::resolve_port("htps", iana_ports::Proto::Tcp).unwrap_err();
/// assert_eq!(error.kind(), iana_ports::ResolvePortErrorKind::UnknownName);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolvePortError {
    kind: ResolvePortErrorKind,
    text: Excerpt,
}

/// Why a text does not mean a port on a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResolvePortErrorKind {
    /// The number is over 65535.
    TooLarge,
    /// The name is not registered.
    UnknownName,
    /// The service has no port on the transport.
    NoPort(Service, Proto),
}

impl ResolvePortError {
    /// Why the text does not mean a port.
    pub const fn kind(&self) -> ResolvePortErrorKind {
        self.kind
    }
}

error!(ResolvePortError, |self, f| match self.kind {
    ResolvePortErrorKind::TooLarge => write!(f, "{} is over 65535, the largest port number", self.text),
    ResolvePortErrorKind::UnknownName => ParseServiceError(self.text).fmt(f),
    ResolvePortErrorKind::NoPort(service, proto) => {
        let mut others = Proto::ALL.into_iter().filter_map(|other| Some((service.port(other)?, other)));
        let Some((port, other)) = others.next() else {
            return write!(f, "{service} has no port; the name is registered without one");
        };
        write!(f, "{service} has no port on {proto}; it has {port}/{other}")?;
        others.try_for_each(|(port, other)| write!(f, ", {port}/{other}"))
    }
});
