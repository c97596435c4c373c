//! Names that the user of a tool gives to ports, known when the program runs.

use crate::{End, Proto, Service, lookup_flow, service_name};

/// Your own name for a port on a transport. Local names sort by port, then transport, then name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalName<'a> {
    /// The port.
    pub port: u16,
    /// The transport protocol.
    pub proto: Proto,
    /// The name.
    pub name: &'a str,
}

/// Looks in your own names first and falls back to the registry, without allocation.
///
/// You pass a slice of names, sorted by port and transport. Of several names for one port and transport, the first is
/// primary. A lookup by port is a binary search; a lookup by name reads the slice from the start.
///
/// ```
/// use iana_ports::{End, LocalName, LocalNames, Proto, ServicesFile};
///
/// let lines = ServicesFile::new("telemetry 50000/udp\nbilling 8080/tcp invoices").map(|line| line.unwrap());
/// let mut local: Vec<LocalName> = lines.flat_map(|line| line.local_names()).collect();
/// local.sort_by_key(|name| (name.port, name.proto)); // stable: a name stays before its aliases
/// let names = LocalNames::new(&local).unwrap();
/// assert_eq!(names.service_name(8080, Proto::Tcp), Some("billing"));
/// assert_eq!(names.service_name(8080, Proto::Udp), Some("http-alt")); // the registry's
/// assert_eq!(names.service_name(80, Proto::Dccp), None);
/// assert_eq!((names.port("INVOICES", Proto::Tcp), names.port("billing", Proto::Udp)), (Some(8080), None));
/// assert_eq!(names.lookup_flow(443, 50_000, Proto::Udp), Some(("telemetry", End::Destination)));
/// assert_eq!(names.lookup_flow(50_001, 50_002, Proto::Udp), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LocalNames<'a> {
    sorted: &'a [LocalName<'a>],
}

impl<'a> LocalNames<'a> {
    /// Takes names that are sorted by port and transport.
    ///
    /// # Errors
    ///
    /// Fails if a name sorts before its predecessor, and reports the first one that does.
    pub fn new(sorted: &'a [LocalName<'a>]) -> Result<Self, LocalNamesError> {
        let key = |own: &LocalName<'_>| (own.port, own.proto);
        match sorted.windows(2).position(|pair| key(&pair[0]) > key(&pair[1])) {
            None => Ok(Self { sorted }),
            Some(at) => Err(LocalNamesError { index: at + 1, found: key(&sorted[at + 1]), before: key(&sorted[at]) }),
        }
    }

    /// The primary local name.
    fn local(&self, port: u16, proto: Proto) -> Option<&'a str> {
        let place = |name: &LocalName<'_>| (name.port, name.proto);
        let at = self.sorted.partition_point(|name| place(name) < (port, proto));
        self.sorted.get(at).filter(|name| place(name) == (port, proto)).map(|name| name.name)
    }

    /// The name of a port on a transport: the local name, or else the registry's, as
    /// [`service_name`](crate::service_name()) gives it. `None` if neither has one.
    #[must_use]
    pub fn service_name(&self, port: u16, proto: Proto) -> Option<&'a str> {
        self.local(port, proto).or_else(|| service_name(port, proto))
    }

    /// The name of a port on a transport: the local name, or else the one that
    /// [`familiar_name`](crate::familiar_name()) gives. `None` if neither has one.
    #[cfg(feature = "familiar")]
    #[must_use]
    pub fn familiar_name(&self, port: u16, proto: Proto) -> Option<&'a str> {
        self.local(port, proto).or_else(|| crate::familiar_name(port, proto))
    }

    /// The port of a name on a transport, case ignored: the lowest local port with this name, or else the registry's,
    /// as [`Service::port`] gives it. `None` if the name has no port there.
    #[must_use]
    pub fn port(&self, name: &str, proto: Proto) -> Option<u16> {
        let mut local = self.sorted.iter().filter(|name| name.proto == proto);
        let port = local.find(|local| local.name.eq_ignore_ascii_case(name)).map(|local| local.port);
        port.or_else(|| Service::find(name)?.port(proto))
    }

    /// The name of the end of a flow that serves, and which end that is: by the rule of
    /// [`lookup_flow`](crate::lookup_flow()), but the registry counts only if neither end has a local name. `None` if
    /// neither end has a name at all.
    #[must_use]
    pub fn lookup_flow(&self, source: u16, destination: u16, proto: Proto) -> Option<(&'a str, End)> {
        let ports = [source, destination];
        let local = ports.map(|port| self.local(port, proto));
        if let [None, None] = local {
            return lookup_flow(source, destination, proto).map(|(record, end)| (record.name(), end));
        }
        let end = match local {
            [Some(_), Some(_)] => End::serving(ports, [true; 2]),
            [Some(_), None] => End::Source,
            [None, _] => End::Destination,
        };
        Some((local[end as usize]?, end))
    }
}

/// Local names that are not sorted by port and transport; see [`LocalNames::new`].
///
/// ```
/// let name = |port| iana_ports::LocalName { port, proto: iana_ports::Proto::Tcp, name: "ours" };
/// let error = iana_ports::LocalNames::new(&[name(443), name(80)]).unwrap_err();
/// assert_eq!(error.index(), 1);
/// assert!(error.to_string().starts_with("the name at index 1 is for 80/tcp, which comes before the 443/tcp of"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalNamesError {
    index: usize,
    found: (u16, Proto),
    before: (u16, Proto),
}

impl LocalNamesError {
    /// The index of the name that comes before its predecessor.
    pub const fn index(&self) -> usize {
        self.index
    }
}

error!(LocalNamesError, |self, f| {
    let Self { index, found: (port, proto), before: (before, its) } = self;
    write!(f, "the name at index {index} is for {port}/{proto}, ")?;
    write!(f, "which comes before the {before}/{its} of the name before it")
});
