//! Ports in any form that people type: a number, a range, a name, with a transport or without.

use crate::query_forms::{dns_sd, is_numeric, split_transport, without_address};
use crate::resolve_port::ResolvePortError;
#[cfg(feature = "familiar")]
use crate::shared::excerpt::Excerpt;
use crate::{
    ParsePortRangeError, ParseProtoError, ParseServiceError, PortRange, Proto, Service, ServicePorts, TransportPorts,
};
use core::fmt;
use core::iter::FusedIterator;
use core::slice;
use core::str::FromStr;

/// Ports as people type them: a number, a range or a service name, perhaps on a transport.
///
/// | form | meaning |
/// | --- | --- |
/// | `443`, `:443`, `0.0.0.0:443`, `[::1]:443` | a port; an address before it does not matter |
/// | `6000-6010` | a range of ports, both ends included |
/// | `https` | the ports of a service name in any case |
/// | `443/tcp`, `tcp/443`, `tcp:443`, `https/udp` | the same on one transport |
/// | `_http._tcp`, `_printer._sub._http._tcp.local`, `My Printer._ipp._tcp.local.` | the name or port in a name of DNS (RFC 2782, RFC 6763, RFC 6698) |
///
/// A text that is a service name means the service, even if it looks like something else (`914c/g`). Nothing is
/// trimmed, and the text is one query: split lists first.
///
/// ```
/// let ports = |text: &str| Some(text.parse::<iana_ports::PortQuery>().ok()?.resolve().ok()?.next()?.to_string());
/// assert_eq!(ports("6000-6010").unwrap(), "6000-6010/tcp");
/// assert_eq!(ports("My Printer._ipp._tcp.local.").unwrap(), "631/tcp");
/// assert_eq!(ports("htps"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PortQuery {
    subject: Subject,
    proto: Option<Proto>,
}

/// The subject of a query: numbers or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Subject {
    Ports(PortRange),
    Service(Service),
    /// A port for each transport where people use the name.
    #[cfg(feature = "familiar")]
    Familiar([Option<u16>; Proto::ALL.len()]),
}

impl PortQuery {
    /// The ports that the text names by number, `None` if it has a name.
    ///
    /// ```
    /// assert_eq!("80-90/tcp".parse::<iana_ports::PortQuery>().unwrap().ports().unwrap().last(), 90);
    /// assert_eq!("https".parse::<iana_ports::PortQuery>().unwrap().ports(), None);
    /// ```
    pub const fn ports(self) -> Option<PortRange> {
        if let Subject::Ports(ports) = self.subject { Some(ports) } else { None }
    }

    /// The service that the text names, `None` if it has numbers.
    ///
    /// ```
    /// let service = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap().service();
    /// assert_eq!((service("HTTPS/udp"), service("443")), (iana_ports::lookup_service("https"), None));
    /// ```
    pub const fn service(self) -> Option<Service> {
        if let Subject::Service(service) = self.subject { Some(service) } else { None }
    }

    /// The transport that the text names, `None` if it names none.
    ///
    /// ```
    /// let proto = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap().proto();
    /// assert_eq!((proto("tcp:22"), proto("22")), (Some(iana_ports::Proto::Tcp), None));
    /// ```
    pub const fn proto(self) -> Option<Proto> {
        self.proto
    }

    /// The ports with their transports: by transport in the order of [`Proto::ALL`], then by port. Numbers without a
    /// transport are on all of them; a service is where the registry has a port for it.
    ///
    /// # Errors
    ///
    /// Fails if the name has no port, or none on the transport. The error says where it has one.
    ///
    /// ```
    /// let resolve = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap().resolve();
    /// assert!(resolve("domain").unwrap().map(|ports| ports.to_string()).eq(["53/tcp", "53/udp"]));
    /// assert_eq!(resolve("syslog/tcp").unwrap_err().to_string(), "syslog has no port on tcp; it has 514/udp");
    /// ```
    pub fn resolve(self) -> Result<QueryPorts, ResolvePortError> {
        let protos = Proto::of_block(self.proto).iter();
        let all = QueryPorts { query: self, protos, proto: Proto::Tcp, one: None, several: None };
        match self.subject {
            Subject::Service(service) if all.clone().next().is_none() => {
                Err(ResolvePortError::no_port(service, self.proto.unwrap_or(Proto::Tcp)))
            }
            _ => Ok(all),
        }
    }

    /// Reads a text as [`FromStr`] does, but a name means what people mean by it, as
    /// [`familiar_port`](crate::familiar_port()) gives it: `dns`, `postgres`, `rdp`.
    ///
    /// # Errors
    ///
    /// Fails as [`FromStr`] does if no such name is in everyday use either, or if people use it on other transports
    /// only.
    ///
    /// ```
    /// let rdp = iana_ports::PortQuery::from_familiar("rdp/tcp").unwrap().resolve().unwrap();
    /// assert!(rdp.map(|ports| ports.to_string()).eq(["3389/tcp"]));
    /// assert!(iana_ports::PortQuery::from_familiar("no-such-name").is_err());
    /// ```
    #[cfg(feature = "familiar")]
    pub fn from_familiar(text: &str) -> Result<Self, ParsePortQueryError> {
        let query = Self::read(text, |name| {
            let service = name.parse::<Service>();
            let own = |proto| service.ok().and_then(|service| service.port(proto));
            let ports = Proto::ALL.map(|proto| crate::familiar_port(name, proto));
            if ports == Proto::ALL.map(own) { service.map(Subject::Service) } else { Ok(Subject::Familiar(ports)) }
        })?;
        match (query.subject, query.proto) {
            (Subject::Familiar(ports), Some(proto)) if ports[proto as usize].is_none() => {
                Err(ParsePortQueryError(Kind::NotOn(Excerpt::of(text), ports)))
            }
            _ => Ok(query),
        }
    }

    /// Splits a text into ports or a name, and the transport if there is one, without looking the name up. Tools with
    /// names of their own look there before they parse.
    ///
    /// # Errors
    ///
    /// Fails if the text names no port and no service, or an unknown transport.
    ///
    /// ```
    /// assert_eq!(iana_ports::PortQuery::split("billing/tcp"), Ok(("billing", Some(iana_ports::Proto::Tcp))));
    /// assert!(iana_ports::PortQuery::split("billing/quic").is_err());
    /// ```
    pub fn split(text: &str) -> Result<(&str, Option<Proto>), ParsePortQueryError> {
        let (text, proto) = match dns_sd(text) {
            Some((label, proto)) => (label, Some(proto)),
            None => split_transport(text).map_err(|error| ParsePortQueryError(Kind::Transport(error)))?,
        };
        match without_address(text) {
            "" => Err(ParsePortQueryError(Kind::Empty)),
            text => Ok((text, proto)),
        }
    }

    fn read(
        text: &str,
        named: impl Fn(&str) -> Result<Subject, ParseServiceError>,
    ) -> Result<Self, ParsePortQueryError> {
        // Names first: some have a slash, or nothing but a digit and a hyphen in them.
        if let Ok(subject) = named(text) {
            return Ok(Self { subject, proto: None });
        }
        let (text, proto) = Self::split(text)?;
        let subject = if is_numeric(text) {
            Subject::Ports(text.parse().map_err(|error| ParsePortQueryError(Kind::Ports(error)))?)
        } else {
            named(text).map_err(|error| ParsePortQueryError(Kind::Unknown(error)))?
        };
        Ok(Self { subject, proto })
    }
}

/// Reads the forms that the table lists. If a name is not registered, the error says which name it took the text for.
impl FromStr for PortQuery {
    type Err = ParsePortQueryError;

    fn from_str(text: &str) -> Result<Self, ParsePortQueryError> {
        Self::read(text, |name| name.parse().map(Subject::Service))
    }
}

/// The ports of a query with their transports; see [`PortQuery::resolve`], which has an example.
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryPorts {
    query: PortQuery,
    protos: slice::Iter<'static, Proto>,
    /// The ports that are left on this transport.
    proto: Proto,
    one: Option<PortRange>,
    several: Option<ServicePorts>,
}

impl Iterator for QueryPorts {
    type Item = TransportPorts;

    fn next(&mut self) -> Option<TransportPorts> {
        loop {
            if let Some(ports) = self.one.take().or_else(|| self.several.as_mut()?.next()) {
                return Some(TransportPorts::new(ports, self.proto));
            }
            self.proto = *self.protos.next()?;
            match self.query.subject {
                Subject::Ports(ports) => self.one = Some(ports),
                Subject::Service(service) => self.several = Some(service.ports(self.proto)),
                #[cfg(feature = "familiar")]
                Subject::Familiar(ports) => self.one = ports[self.proto as usize].map(PortRange::single),
            }
        }
    }
}

impl FusedIterator for QueryPorts {}

/// Text that is no [`PortQuery`].
///
/// ```
/// let error = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap_err().to_string();
/// assert_eq!(error("90-80"), "the range \"90-80\" runs backwards");
/// assert!(error("443/quic").starts_with("unknown transport protocol \"quic\""));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsePortQueryError(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Empty,
    Ports(ParsePortRangeError),
    Transport(ParseProtoError),
    Unknown(ParseServiceError),
    /// The ports that people mean by the name on other transports.
    #[cfg(feature = "familiar")]
    NotOn(Excerpt, [Option<u16>; Proto::ALL.len()]),
}

impl ParsePortQueryError {
    /// True if the text has a form that is right, with a name that is not registered.
    ///
    /// ```
    /// assert!("htps/tcp".parse::<iana_ports::PortQuery>().unwrap_err().is_unknown_name());
    /// assert!(!"9-3".parse::<iana_ports::PortQuery>().unwrap_err().is_unknown_name());
    /// ```
    pub const fn is_unknown_name(&self) -> bool {
        matches!(self.0, Kind::Unknown(_))
    }
}

impl fmt::Display for ParsePortQueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Empty => write!(f, "there is no port; expected a form such as 443, 443/tcp or https"),
            Kind::Ports(error) => error.fmt(f),
            Kind::Transport(error) => error.fmt(f),
            Kind::Unknown(error) => {
                write!(f, "{error}; expected one, or ports in a form such as 443, 6000-6010 or 443/tcp")
            }
            #[cfg(feature = "familiar")]
            Kind::NotOn(text, ports) => {
                write!(f, "people do not use {text}")?;
                let ports = Proto::ALL.into_iter().filter_map(|proto| Some((ports[proto as usize]?, proto)));
                ports.enumerate().try_for_each(|(at, (port, proto))| {
                    write!(f, "{} {port}/{proto}", if at == 0 { "; expected" } else { " or" })
                })
            }
        }
    }
}
