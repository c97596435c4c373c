//! Services: names, and all that is registered under them.

use crate::shared::excerpt::Excerpt;
use crate::shared::id::Id;
use crate::tables::{entries, names, services};
use crate::{Proto, Record};
use core::cmp::Ordering;
use core::str::FromStr;

/// A service name with all its records.
///
/// A service has the size of two bytes, and so does `Option<Service>`. Services sort by name, case ignored. They parse
/// as [`lookup_service`](crate::lookup_service) finds them, and display as their [`name`](Self::name).
///
/// ```
/// let domain = iana_ports::lookup_service("DOMAIN").unwrap();
/// assert_eq!((domain.name(), "domain".parse()), ("domain", Ok(domain)));
/// assert!("domains".parse::<iana_ports::Service>().is_err());
/// ```
#[doc(alias("servent", "services", "/etc/services"))]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct Service(Id);

impl Service {
    #[inline]
    pub(crate) const fn new(service: Id) -> Self {
        Self(service)
    }

    /// The service of this name; see [`lookup_service`](crate::lookup_service).
    #[inline]
    pub(crate) const fn find(name: &str) -> Option<Self> {
        map!(names::find(name.as_bytes()), |service| Self(service))
    }

    pub(crate) const fn id(self) -> u16 {
        self.0.get()
    }

    /// The name as the registry spells it in the first of [`records`](Self::records). Others can differ in case.
    #[inline]
    pub const fn name(self) -> &'static str {
        entries::name(self.0.packed())
    }

    /// The port of the service on this transport, `None` if it has none there. Of several [`ports`](Self::ports), the
    /// one in everyday use (see [`lookup_flow`](crate::lookup_flow)), or else the lowest.
    ///
    /// ```
    /// let http_alt = iana_ports::lookup_service("http-alt").unwrap();
    /// assert_eq!(http_alt.port(iana_ports::Proto::Tcp), Some(8080)); // also 591 and 8008
    /// assert_eq!(http_alt.port(iana_ports::Proto::Dccp), None);
    /// ```
    #[inline]
    #[must_use]
    pub const fn port(self, proto: Proto) -> Option<u16> {
        services::port(self.id(), proto)
    }

    /// The service that a DNS SRV label names: an underscore, then a service name in any case (RFC 6335 section 5.2,
    /// RFC 2782). `None` if there is no underscore, or if no such name is registered.
    ///
    /// ```
    /// assert_eq!(iana_ports::Service::from_srv_label("_HTTP").unwrap().name(), "http");
    /// assert_eq!(iana_ports::Service::from_srv_label("http"), None);
    /// ```
    #[must_use]
    pub fn from_srv_label(label: &str) -> Option<Self> {
        Self::find(label.strip_prefix('_')?)
    }
}

impl FromStr for Service {
    type Err = ParseServiceError;

    #[inline(never)] // one copy of the lookup for all callers
    fn from_str(name: &str) -> Result<Self, ParseServiceError> {
        Self::find(name).ok_or_else(|| ParseServiceError(Excerpt::of(name)))
    }
}

/// Text that is not a service name in the registry.
///
/// ```
/// let error = "htps".parse::<iana_ports::Service>().unwrap_err();
/// assert_eq!(error.to_string(), "\"htps\" is not a service name of the IANA registry");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseServiceError(pub(crate) Excerpt);

error!(ParseServiceError, |self, f| write!(f, "{} is not a service name of the IANA registry", self.0));

impl Ord for Service {
    fn cmp(&self, other: &Self) -> Ordering {
        entries::cmp_names(self.id(), other.id())
    }
}

impl PartialOrd for Service {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

display!(Service, |self| self.name());
debug_as_displayed!(Service);

impl Record {
    /// The service of the record's name, with all its records.
    ///
    /// ```
    /// let service = iana_ports::lookup_port(591, iana_ports::Proto::Tcp).unwrap().service();
    /// assert_eq!(Some(service), iana_ports::lookup_service("http-alt"));
    /// ```
    pub const fn service(self) -> Service {
        Service::new(Id::new(entries::service(self.entry())))
    }

    /// The service that the record's own note gives as the current one, if the record is a historic alias or a
    /// duplicate. `None` where the note names none, or none that is registered.
    ///
    /// ```
    /// let record = |name| iana_ports::lookup_service(name).unwrap().records().next().unwrap();
    /// assert_eq!((record("www").is_alias(), record("www").alias_of()), (true, iana_ports::lookup_service("http")));
    /// assert_eq!((record("http").is_alias(), record("http").alias_of()), (false, None));
    /// ```
    pub const fn alias_of(self) -> Option<Service> {
        map!(entries::alias_of(self.entry()), |service| Service::new(Id::new(service)))
    }
}
