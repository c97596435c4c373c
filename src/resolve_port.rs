//! A port in the form that people type: a number or a service name.

use crate::shared::excerpt::Excerpt;
use crate::{ParseServiceError, Proto, Service};
use core::fmt;

/// The port that a text means on a transport: a number from 0 to 65535, or a service name in any case.
///
/// A name with several ports means the one that [`Service::port`] gives. A number need not be registered. Nothing is
/// trimmed.
///
/// # Errors
///
/// Fails if the name is not registered, if it has no port on this transport, or if the number is over 65535. The error
/// says which of these it is, and on which other transports the name has a port.
///
/// ```
/// use iana_ports::{Proto, resolve_port};
///
/// assert_eq!(resolve_port("https", Proto::Udp), Ok(443));
/// assert_eq!(resolve_port("8443", Proto::Tcp), Ok(8443));
/// let error = |text| resolve_port(text, Proto::Tcp).unwrap_err().to_string();
/// assert_eq!(error("htps"), "\"htps\" is not a service name of the IANA registry");
/// assert_eq!(error("syslog"), "syslog has no port on tcp; it has 514/udp");
/// assert_eq!(error("rdp"), "rdp has no port; the name is registered without one");
/// ```
#[doc(alias("getservbyname", "getaddrinfo"))]
pub fn resolve_port(text: &str, proto: Proto) -> Result<u16, ResolvePortError> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_err(|_| ResolvePortError(ResolvePortErrorKind::TooLarge(Excerpt::of(text))));
    }
    let service: Service = text.parse().map_err(|error| ResolvePortError(ResolvePortErrorKind::Unknown(error)))?;
    service.port(proto).ok_or(ResolvePortError::no_port(service, proto))
}

/// Text that does not mean a port on a transport; see [`resolve_port`].
///
/// ```
/// use iana_ports::{Proto, lookup_service, resolve_port};
///
/// let error = resolve_port("rdp", Proto::Tcp).unwrap_err();
/// assert_eq!(error.service(), lookup_service("rdp")); // registered, but without a port
/// assert_eq!(resolve_port("htps", Proto::Tcp).unwrap_err().service(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolvePortError(ResolvePortErrorKind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ResolvePortErrorKind {
    TooLarge(Excerpt),
    Unknown(ParseServiceError),
    NoPort(Service, Proto),
}

impl ResolvePortError {
    /// The service has no port on this transport.
    pub(crate) const fn no_port(service: Service, proto: Proto) -> Self {
        Self(ResolvePortErrorKind::NoPort(service, proto))
    }

    /// The service of the name, if the name is registered but has no port on the transport.
    ///
    /// ```
    /// use iana_ports::{Proto, resolve_port};
    ///
    /// let service = resolve_port("syslog", Proto::Tcp).unwrap_err().service().unwrap();
    /// assert_eq!(service.port(Proto::Udp), Some(514));
    /// assert_eq!(resolve_port("65536", Proto::Tcp).unwrap_err().service(), None);
    /// ```
    pub const fn service(&self) -> Option<Service> {
        match self.0 {
            ResolvePortErrorKind::NoPort(service, _) => Some(service),
            ResolvePortErrorKind::TooLarge(_) | ResolvePortErrorKind::Unknown(_) => None,
        }
    }
}

impl fmt::Display for ResolvePortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ResolvePortErrorKind::TooLarge(text) => {
                write!(f, "{text} is over 65535, the largest port number")
            }
            ResolvePortErrorKind::Unknown(error) => error.fmt(f),
            ResolvePortErrorKind::NoPort(service, proto) => {
                let mut others = Proto::ALL.into_iter().filter_map(|other| Some((service.port(other)?, other)));
                let Some((port, other)) = others.next() else {
                    return write!(f, "{service} has no port; the name is registered without one");
                };
                write!(f, "{service} has no port on {proto}; it has {port}/{other}")?;
                others.try_for_each(|(port, other)| write!(f, ", {port}/{other}"))
            }
        }
    }
}
