//! Services: names and all that is registered under them.

use crate::excerpt::Excerpt;
use crate::format::Id;
use crate::iter::{ServicePorts, ServiceRecords};
use crate::{Proto, columns, lookup_service};
use core::cmp::Ordering;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// A service name with all its records.
///
/// Two bytes, `Option<Service>` too. Sorts by name, case ignored.
///
/// ```
/// use iana_ports::{Proto, lookup_service};
///
/// let domain = lookup_service("DOMAIN").unwrap();
/// assert_eq!(domain.name(), "domain");
/// assert_eq!(domain.port(Proto::Udp), Some(53));
/// assert_eq!(domain.port(Proto::Sctp), None);
/// assert_eq!(lookup_service("domains"), None);
/// assert_eq!("domain".parse(), Ok(domain));
/// assert!("domains".parse::<iana_ports::Service>().is_err());
/// ```
#[doc(alias("servent", "services", "/etc/services"))]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Service(Id);

impl Service {
    /// The service with this id.
    #[inline]
    pub(crate) const fn new(service: Id) -> Self {
        Self(service)
    }

    /// The name as the registry spells it.
    ///
    /// ```
    /// use iana_ports::lookup_service;
    ///
    /// assert_eq!(lookup_service("3com-NSD").unwrap().name(), "3Com-nsd");
    /// assert!(lookup_service("3com_nsd").is_none());
    /// ```
    #[inline]
    pub const fn name(self) -> &'static str {
        columns::entry_name(self.0.packed())
    }

    /// Every record of the name, at least one: by port, then transport; those without a port last.
    ///
    /// ```
    /// use iana_ports::lookup_service;
    ///
    /// let https = lookup_service("https").unwrap();
    /// let ports: Vec<_> = https.records().map(|r| r.port()).collect();
    /// assert_eq!(ports, [Some(443), Some(443), Some(443), None]);
    /// ```
    pub const fn records(self) -> ServiceRecords {
        ServiceRecords::new(columns::service_entries(self.0.get()))
    }

    /// The lowest port of the service on this transport, `None` if it has none there.
    ///
    /// A name can have several ports on one transport; [`ports`](Self::ports) has them all.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_service};
    ///
    /// let http_alt = lookup_service("http-alt").unwrap();
    /// assert_eq!(http_alt.port(Proto::Tcp), Some(591)); // also 8008 and 8080
    /// assert_eq!(http_alt.port(Proto::Dccp), None);
    /// ```
    #[inline]
    pub const fn port(self, proto: Proto) -> Option<u16> {
        columns::service_port(self.0.get(), proto)
    }

    /// All ports of the service on this transport, one range a record, ascending.
    ///
    /// A record that names no transport counts for TCP and UDP (RFC 6335 section 7.1).
    ///
    /// ```
    /// use iana_ports::{PortRange, Proto, lookup_service};
    ///
    /// let http_alt = lookup_service("http-alt").unwrap();
    /// assert!(http_alt.ports(Proto::Tcp).eq([591, 8008, 8080].map(PortRange::from)));
    /// assert_eq!(http_alt.ports(Proto::Sctp).len(), 0);
    /// ```
    pub fn ports(self, proto: Proto) -> ServicePorts {
        ServicePorts::new(columns::service_entries(self.0.get()), proto)
    }

    /// The service that a DNS SRV label names: an underscore, then a service name in any case
    /// (RFC 6335 section 5.2, RFC 2782).
    ///
    /// `None` if the label does not start with an underscore or what follows is not registered.
    ///
    /// ```
    /// use iana_ports::Service;
    ///
    /// assert_eq!(Service::from_srv_label("_HTTP").unwrap().name(), "http");
    /// assert_eq!(Service::from_srv_label("http"), None);
    /// assert_eq!(Service::from_srv_label("__http"), None);
    /// ```
    pub fn from_srv_label(label: &str) -> Option<Self> {
        lookup_service(label.strip_prefix('_')?)
    }

    /// The description of the service's first record, white space folded; empty where the registry gives none.
    ///
    /// Needs the feature `descriptions`, which is on by default.
    ///
    /// ```
    /// use iana_ports::lookup_service;
    ///
    /// assert_eq!(lookup_service("domain").unwrap().description(), "Domain Name Server");
    /// assert_ne!(lookup_service("ssh").unwrap().description(), "Domain Name Server");
    /// ```
    #[cfg(feature = "descriptions")]
    pub const fn description(self) -> &'static str {
        columns::entry_description(self.0.get())
    }
}

/// Finds the service of this name, as [`lookup_service`](crate::lookup_service) does.
impl FromStr for Service {
    type Err = UnknownServiceName;

    #[inline(never)] // one copy of the lookup for all who parse
    fn from_str(name: &str) -> Result<Self, UnknownServiceName> {
        lookup_service(name).ok_or_else(|| UnknownServiceName(Excerpt::of(name)))
    }
}

/// Reads as [`FromStr`] does.
impl TryFrom<&str> for Service {
    type Error = UnknownServiceName;

    fn try_from(name: &str) -> Result<Self, UnknownServiceName> {
        name.parse()
    }
}

/// The name as the registry spells it.
impl AsRef<str> for Service {
    fn as_ref(&self) -> &str {
        self.name()
    }
}

/// Text that is not a service name of the registry.
///
/// ```
/// let error = "htps".parse::<iana_ports::Service>().unwrap_err();
/// assert_eq!(error.to_string(), "\"htps\" is not a service name of the IANA registry");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownServiceName(Excerpt);

impl fmt::Display for UnknownServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not a service name of the IANA registry", self.0)
    }
}

impl Error for UnknownServiceName {}

/// By name, case ignored.
impl Ord for Service {
    fn cmp(&self, other: &Self) -> Ordering {
        let folded = |service: &Self| service.name().bytes().map(|byte| byte.to_ascii_lowercase());
        folded(self).cmp(folded(other))
    }
}

impl PartialOrd for Service {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The name as the registry spells it.
impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Service({self})")
    }
}
