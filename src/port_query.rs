//! Ports in any form that people type: a number, a range, a name, with transports or without.

use crate::port_item::{Mask, protos, words, write_protos};
use crate::query_ports::{QueryNumbers, QueryPorts, ResolveQueryError};
use crate::shared::pad::pad;
use crate::{ParsePortQueryError, PortQueries, PortRange, Proto, Service};
use core::str::FromStr;

/// Ports as people type them: a number, a range or a service name, perhaps on some transports.
///
/// | form | meaning |
/// | --- | --- |
/// | `443` | a port |
/// | `6000-6010`, `6000:6010` | a range of ports, both ends included |
/// | `https` | the ports of a service name in any case |
/// | `443/tcp`, `tcp/443`, `tcp:443`, `https/udp` | the same on one transport |
/// | `53/tcp+udp`, `53/tcp/udp`, `53/tcp,udp`, `tcp/udp:53` | on several transports |
/// | `443/6`, `443/tcp6`, `T:443` | protocol numbers of IP headers, the words of `netstat`, and nmap's letters |
/// | `:443`, `0.0.0.0:443`, `[::1]:443`, `*.53`, `127.0.0.53%lo:53`, `db:5432` | a port after an address or a host |
/// | `https://example.com:8443/login`, `postgresql://db/app` | the port of a URL, or else its scheme as a name |
/// | `_http._tcp`, `_printer._sub._http._tcp.local`, `My Printer._ipp._tcp.local.` | the name or port in a name of DNS (RFC 2782, RFC 6763, RFC 6698) |
///
/// A text that is a service name means the service, even if it looks like something else (`914c/g`). [`PortQueries`]
/// reads lists. A query displays in a form that parses to an equal query: `443/tcp+udp`. With the feature `serde` it
/// serializes as this text, but a single port without a transport as a number.
///
/// ```
/// use iana_ports::{PortQuery, Proto, lookup_service};
///
/// let read = |text: &str| text.parse::<PortQuery>().unwrap();
/// assert_eq!((read("80-90/tcp").ports().unwrap().last(), read("https").ports()), (90, None));
/// assert_eq!((read("HTTPS").service(), read("443").service()), (lookup_service("https"), None));
/// assert_eq!((read("tcp:22").protos(), read("22").protos()), (&[Proto::Tcp][..], &[][..]));
/// assert!(read("127.0.0.1:53").has_address() && !read("53/udp").has_address());
/// assert!("htps".parse::<PortQuery>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct PortQuery {
    subject: Subject,
    mask: Mask,
    has_address: bool,
}

/// The subject of a query: numbers or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Ports(PortRange),
    Service(Service),
    /// A name with a port for each transport where people use it.
    #[cfg(feature = "familiar")]
    Familiar(&'static str),
}

impl PortQuery {
    pub(crate) const fn with(self, mask: Mask, has_address: bool) -> Self {
        Self { mask, has_address, ..self }
    }

    /// The ports that the text names by number, `None` if it has a name.
    pub const fn ports(self) -> Option<PortRange> {
        if let Subject::Ports(ports) = self.subject { Some(ports) } else { None }
    }

    /// The service that the text names, `None` if it has numbers.
    pub const fn service(self) -> Option<Service> {
        if let Subject::Service(service) = self.subject { Some(service) } else { None }
    }

    /// The transports that the text names, in the order of [`Proto::ALL`]. Empty if it names none.
    #[must_use]
    pub const fn protos(self) -> &'static [Proto] {
        protos(self.mask)
    }

    /// True if the text has an address, a host or a URL, which the query leaves out: a tool that must not ignore an
    /// address refuses such a query.
    #[must_use]
    pub const fn has_address(self) -> bool {
        self.has_address
    }

    /// The ports with their transports: by transport in the order of [`Proto::ALL`], then by port. Numbers without a
    /// transport are on all of them; a service is where the registry has a port for it.
    ///
    /// # Errors
    ///
    /// Fails if the name has no port, or none on the transports. The error says where it has one.
    ///
    /// ```
    /// let resolve = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap().resolve();
    /// assert!(resolve("domain").unwrap().map(|ports| ports.to_string()).eq(["53/tcp", "53/udp"]));
    /// assert_eq!(resolve("syslog/tcp").unwrap_err().to_string(), "syslog has no port on tcp; it has 514/udp");
    /// ```
    pub fn resolve(self) -> Result<QueryPorts, ResolveQueryError> {
        let asked = if self.mask == 0 { &Proto::ALL } else { self.protos() };
        self.on(asked, asked[0])
    }

    /// The ports on one transport.
    ///
    /// # Errors
    ///
    /// Fails if there is none on it. The error says where there is one.
    ///
    /// ```
    /// let on_udp = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap().resolve_on(iana_ports::Proto::Udp);
    /// assert_eq!(on_udp("443").unwrap().next().unwrap().to_string(), "443/udp");
    /// assert_eq!(on_udp("53/tcp").unwrap_err().to_string(), "53/tcp has no port on udp; it has 53/tcp");
    /// ```
    pub fn resolve_on(self, proto: Proto) -> Result<QueryPorts, ResolveQueryError> {
        let is_asked = self.mask == 0 || self.protos().contains(&proto);
        self.on(if is_asked { protos(1 << proto as u8) } else { &[] }, proto)
    }

    fn on(self, asked: &'static [Proto], proto: Proto) -> Result<QueryPorts, ResolveQueryError> {
        let ports = QueryPorts::new(self.subject, asked);
        let query = if asked.is_empty() { self } else { Self { mask: 0, ..self } };
        if ports.clone().next().is_some() { Ok(ports) } else { Err(ResolveQueryError { query, proto }) }
    }

    /// The ports whatever the transport: ranges in ascending order that do not overlap.
    ///
    /// # Errors
    ///
    /// Fails as [`resolve`](Self::resolve) does.
    ///
    /// ```
    /// let numbers = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap().numbers();
    /// assert!(numbers("https").unwrap().eq([443.into()])); // on tcp, udp and sctp
    /// assert!(numbers("rdp").is_err()); // registered without a port
    /// ```
    pub fn numbers(self) -> Result<QueryNumbers, ResolveQueryError> {
        self.resolve().map(QueryNumbers::new)
    }

    /// Reads a text as [`FromStr`] does, but a name means what people mean by it: the ports that
    /// [`familiar_port`](crate::familiar_port()) gives for `dns`, `rdp` or `http-alt`, or the range of a service that
    /// has one. Such a query displays, and serializes, in a form that this function reads.
    ///
    /// # Errors
    ///
    /// Fails as [`FromStr`] does if no such name is in everyday use either.
    ///
    /// ```
    /// let rdp = iana_ports::PortQuery::from_familiar("rdp/tcp").unwrap().resolve().unwrap();
    /// assert!(rdp.map(|ports| ports.to_string()).eq(["3389/tcp"]));
    /// assert!(iana_ports::PortQuery::from_familiar("no-such-name").is_err());
    /// ```
    #[cfg(feature = "familiar")]
    pub fn from_familiar(text: &str) -> Result<Self, ParsePortQueryError> {
        PortQueries::familiar(text).only(text)
    }

    #[cfg(feature = "familiar")]
    fn of_familiar(name: &str) -> Option<Self> {
        let service = Service::find(name);
        let is_registered = |service: &Service| {
            Proto::ALL.into_iter().all(|proto| {
                let mut ports = service.ports(proto);
                let first = ports.next().map(PortRange::first);
                first == crate::familiar_port(name, proto) && ports.next().is_none()
            })
        };
        if let Some(service) = service.filter(is_registered) {
            return Some(service.into());
        }
        let name = crate::tables::familiar::name(name.as_bytes()).or(service.map(Service::name))?;
        Some(Self { subject: Subject::Familiar(name), ..PortRange::single(0).into() })
    }
}

#[cfg(feature = "familiar")]
impl crate::PortItem<'_> {
    /// The query that the item means, as [`PortQuery::from_familiar`] reads it.
    ///
    /// # Errors
    ///
    /// Fails if the item has none of the forms, or if its name is not known.
    pub fn familiar(self) -> Result<PortQuery, ParsePortQueryError> {
        self.with(PortQuery::of_familiar, true)
    }
}

from!(PortQuery, |ports: PortRange| Self { subject: Subject::Ports(ports), mask: 0, has_address: false });
from!(PortQuery, |port: u16| PortRange::single(port).into());
from!(PortQuery, |service: Service| Self { subject: Subject::Service(service), ..Self::from(0) });

/// Reads a list with one item. If a name is not registered, the error says which name it took the text for.
impl FromStr for PortQuery {
    type Err = ParsePortQueryError;

    fn from_str(text: &str) -> Result<Self, ParsePortQueryError> {
        PortQueries::new(text).only(text)
    }
}

display!(PortQuery, |self, f| {
    f.write_str(if self.has_address { ":" } else { "" })?;
    let name = match self.subject {
        Subject::Ports(ports) => {
            write!(f, "{ports}")?;
            return write_protos(f, "/", self.mask);
        }
        Subject::Service(service) => service.name(),
        #[cfg(feature = "familiar")]
        Subject::Familiar(name) => name,
    };
    if self.mask != 0 && words(name).is_some() && !self.has_address {
        write_protos(f, "", self.mask)?; // `tcp/udp` would be two transports
        return write!(f, ":{name}");
    }
    f.write_str(name)?;
    write_protos(f, "/", self.mask)
});
