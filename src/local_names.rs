//! Names of one's own, known when the program runs.

use crate::{End, OwnName, Proto, lookup_service, service_name};
use core::error::Error;
use core::fmt;

/// Names of one's own before the registry's, without allocation.
///
/// They are a slice of the caller's, sorted by port and transport. Of several names for one port and transport the
/// first one is the primary one. A lookup by port is a binary search in the slice; a lookup by name goes through
/// it.
///
/// ```
/// use iana_ports::{End, OwnName, OwnNames, Proto, ServicesFile};
///
/// let mut own: Vec<OwnName> = Vec::new();
/// for line in ServicesFile::new("telemetry 50000/udp\nbilling 8080/tcp invoices") {
///     own.extend(line.unwrap().own_names());
/// }
/// own.sort_by_key(|own| (own.port, own.proto)); // stable: a name stays before its aliases
/// let names = OwnNames::new(&own).unwrap();
///
/// assert_eq!(names.service_name(8080, Proto::Tcp), Some("billing"));
/// assert_eq!(names.service_name(8080, Proto::Udp), Some("http-alt")); // the registry's
/// assert_eq!(names.service_name(50_000, Proto::Tcp), None);
/// assert_eq!(names.port("Invoices", Proto::Tcp), Some(8080));
/// assert_eq!(names.lookup_flow(50_000, 4000, Proto::Udp), Some(("telemetry", End::Source)));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OwnNames<'a> {
    sorted: &'a [OwnName<'a>],
}

impl<'a> OwnNames<'a> {
    /// These names, which must be sorted by port and transport.
    ///
    /// # Errors
    ///
    /// The first name that should stand before the one before it.
    ///
    /// ```
    /// use iana_ports::{OwnName, OwnNames, Proto};
    ///
    /// let name = |port| OwnName { port, proto: Proto::Tcp, name: "ours" };
    /// assert!(OwnNames::new(&[name(80), name(443)]).is_ok());
    /// let error = OwnNames::new(&[name(443), name(80)]).unwrap_err().to_string();
    /// assert_eq!(error, "the name at index 1 is for 80/tcp, which comes before the 443/tcp of the name before it");
    /// ```
    pub fn new(sorted: &'a [OwnName<'a>]) -> Result<Self, UnsortedNames> {
        let key = |own: &OwnName<'_>| (own.port, own.proto);
        match sorted.windows(2).position(|pair| key(&pair[0]) > key(&pair[1])) {
            None => Ok(Self { sorted }),
            Some(at) => {
                let [before, found] = [at, at + 1].map(|at| key(&sorted[at]));
                Err(UnsortedNames { index: at + 1, found, before })
            }
        }
    }

    /// The caller's own name.
    fn own(&self, port: u16, proto: Proto) -> Option<&'a str> {
        let at = self.sorted.partition_point(|own| (own.port, own.proto) < (port, proto));
        self.sorted.get(at).filter(|own| (own.port, own.proto) == (port, proto)).map(|own| own.name)
    }

    /// The name of a port on a transport: one's own, or else the registry's, as
    /// [`service_name`](crate::service_name()) gives it.
    ///
    /// ```
    /// use iana_ports::{OwnName, OwnNames, Proto};
    ///
    /// let own = [OwnName { port: 80, proto: Proto::Tcp, name: "intranet" }];
    /// let names = OwnNames::new(&own).unwrap();
    /// assert_eq!(names.service_name(80, Proto::Tcp), Some("intranet"));
    /// assert_eq!(names.service_name(80, Proto::Dccp), None);
    /// ```
    pub fn service_name(&self, port: u16, proto: Proto) -> Option<&'a str> {
        self.own(port, proto).or_else(|| service_name(port, proto))
    }

    /// The port of a name in any case on a transport: the lowest one of one's own, or else the lowest one of the
    /// registry's.
    ///
    /// ```
    /// use iana_ports::{OwnName, OwnNames, Proto};
    ///
    /// let own = [OwnName { port: 8080, proto: Proto::Tcp, name: "billing" }];
    /// let names = OwnNames::new(&own).unwrap();
    /// assert_eq!(names.port("BILLING", Proto::Tcp), Some(8080));
    /// assert_eq!(names.port("https", Proto::Tcp), Some(443));
    /// assert_eq!(names.port("billing", Proto::Udp), None);
    /// ```
    pub fn port(&self, name: &str, proto: Proto) -> Option<u16> {
        let mut own = self.sorted.iter().filter(|own| own.proto == proto);
        let own = own.find(|own| own.name.eq_ignore_ascii_case(name)).map(|own| own.port);
        own.or_else(|| lookup_service(name)?.port(proto))
    }

    /// The name of the end of a flow that serves, and which end that is.
    ///
    /// The rule is that of [`lookup_flow`](crate::lookup_flow), but an end with a name of one's own serves before one
    /// that only the registry names.
    ///
    /// ```
    /// use iana_ports::{End, OwnName, OwnNames, Proto};
    ///
    /// let own = [OwnName { port: 50_000, proto: Proto::Tcp, name: "telemetry" }];
    /// let names = OwnNames::new(&own).unwrap();
    /// assert_eq!(names.lookup_flow(443, 50_000, Proto::Tcp), Some(("telemetry", End::Destination)));
    /// assert_eq!(names.lookup_flow(443, 50_001, Proto::Tcp), Some(("https", End::Source)));
    /// assert_eq!(names.lookup_flow(50_001, 50_002, Proto::Tcp), None);
    /// ```
    pub fn lookup_flow(&self, source: u16, destination: u16, proto: Proto) -> Option<(&'a str, End)> {
        let own = |port, end| Some((self.own(port, proto)?, end));
        match (own(source, End::Source), own(destination, End::Destination)) {
            (Some(from), Some(to)) => Some(if source < destination { from } else { to }),
            (Some(one), None) | (None, Some(one)) => Some(one),
            (None, None) => {
                let (record, end) = crate::lookup_flow(source, destination, proto)?;
                Some((record.name(), end))
            }
        }
    }
}

/// Names that are not sorted by port and transport; see [`OwnNames::new`].
///
/// ```
/// use iana_ports::{OwnName, OwnNames, Proto};
///
/// let name = |port, proto| OwnName { port, proto, name: "ours" };
/// assert!(OwnNames::new(&[name(80, Proto::Udp), name(80, Proto::Tcp)]).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsortedNames {
    index: usize,
    found: (u16, Proto),
    before: (u16, Proto),
}

impl fmt::Display for UnsortedNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { index, found: (port, proto), before: (before, its) } = self;
        write!(
            f,
            "the name at index {index} is for {port}/{proto}, which comes before the {before}/{its} of the name before it"
        )
    }
}

impl Error for UnsortedNames {}
