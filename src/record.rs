//! Records: the registry's rows that have a service name.

use crate::format::{EntryFlags, Id};
use crate::iter::SamePort;
use crate::pad::pad;
use crate::{PortRange, Proto, Service, columns};
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

/// A row of the registry that has a service name.
///
/// Four bytes, `Option<Record>` too. Two records are equal if they are the same row, however they
/// were found. Sorted as [`records`](crate::records) yields them.
///
/// ```
/// use iana_ports::{Proto, lookup_port};
///
/// let https = lookup_port(443, Proto::Tcp).unwrap();
/// assert_eq!(https.name(), "https");
/// assert_eq!(https.to_string(), "https 443/tcp");
/// assert_eq!(lookup_port(443, Proto::Dccp), None);
/// ```
#[derive(Clone, Copy)]
pub struct Record {
    entry: Id,
    /// The transport that was looked up, or the row's own, by its rank in [`Proto::ALL`]: a `Proto` would
    /// tempt the compiler to keep `None` here, at the price of an instruction on each lookup.
    proto: u8,
}

impl Record {
    /// The record of an entry that was found on a transport.
    #[inline]
    pub(crate) const fn new(entry: Id, proto: Proto) -> Self {
        Self { entry, proto: proto as u8 }
    }

    /// The record of an entry on a transport or on none. Without a transport and a port, any transport does
    /// for the handle: nothing depends on it.
    pub(crate) fn on(entry: u16, proto: Option<Proto>) -> Self {
        Self::new(Id::new(entry), proto.unwrap_or(Proto::Tcp))
    }

    /// The entry in the tables.
    #[inline]
    pub(crate) const fn entry(self) -> u16 {
        self.entry.get()
    }

    /// The transport that it was found on.
    #[inline]
    const fn found_on(self) -> Proto {
        Proto::ALL[self.proto as usize % Proto::ALL.len()] // no check, no panic
    }

    /// The service name as the registry spells it, never empty.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port};
    ///
    /// assert_eq!(lookup_port(2222, Proto::Tcp).unwrap().name(), "EtherNet-IP-1");
    /// assert!(lookup_port(2, Proto::Tcp).is_none()); // reserved, not a service called "reserved"
    /// ```
    #[inline]
    pub const fn name(self) -> &'static str {
        columns::entry_name(self.entry.packed())
    }

    /// The service of that name, with all its records.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port, lookup_service};
    ///
    /// let record = lookup_port(591, Proto::Tcp).unwrap();
    /// assert_eq!(Some(record.service()), lookup_service("http-alt"));
    /// assert_ne!(Some(record.service()), lookup_service("http"));
    /// ```
    pub const fn service(self) -> Service {
        Service::new(Id::new(columns::entry_service(self.entry())))
    }

    /// The lowest port of the record, `None` for a name that has no port.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port, lookup_service};
    ///
    /// assert_eq!(lookup_port(6031, Proto::Tcp).unwrap().port(), Some(6000));
    /// assert_eq!(lookup_service("airplay").unwrap().records().next().unwrap().port(), None);
    /// ```
    pub const fn port(self) -> Option<u16> {
        match self.ports() {
            Some(ports) => Some(ports.first()),
            None => None,
        }
    }

    /// The ports of the record, `None` for a name that has no port.
    ///
    /// This is the row's whole range, whichever of its ports was looked up or left out by a filter.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port, lookup_service};
    ///
    /// let x11 = lookup_port(6031, Proto::Tcp).unwrap();
    /// assert_eq!(x11.ports().unwrap().to_string(), "6000-6063");
    /// let airplay = lookup_service("airplay").unwrap().records().next().unwrap();
    /// assert_eq!(airplay.ports(), None);
    /// ```
    pub const fn ports(self) -> Option<PortRange> {
        columns::entry_ports(self.entry())
    }

    /// The transport protocol, `None` where the row names none.
    ///
    /// Such a row answers for TCP and UDP if it has a port: it is from the time when the two were
    /// assigned together (RFC 6335 section 7.1).
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port};
    ///
    /// assert_eq!(lookup_port(443, Proto::Udp).unwrap().proto(), Some(Proto::Udp));
    /// assert_eq!(lookup_port(6400, Proto::Udp).unwrap().proto(), None);
    /// ```
    #[inline]
    pub const fn proto(self) -> Option<Proto> {
        let names_none = columns::entry_flags(self.entry()).has(EntryFlags::ANY_TRANSPORT);
        if names_none { None } else { Some(self.found_on()) }
    }

    /// All records that answer for the same port and transport, primary first, this one included.
    ///
    /// The port is the one that was looked up. For a record that was found otherwise it is the lowest one that
    /// it answers for, and the transport its own; TCP where the row names none. A record without a port
    /// yields itself alone.
    ///
    /// Of several records the first of these rules that tells them apart chooses the primary one: it is from
    /// an overlay; its range is the narrowest; it is not a historic alias; it does not duplicate another
    /// service; it is not an unassigned use; it is not in conflict; an RFC or a draft describes it; it stands
    /// first in the registry.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port};
    ///
    /// let http = lookup_port(80, Proto::Tcp).unwrap();
    /// assert!(http.same_port().map(|r| r.name()).eq(["http", "www", "www-http"]));
    /// let https = lookup_port(443, Proto::Tcp).unwrap();
    /// assert_eq!(https.same_port().count(), 1);
    /// ```
    pub const fn same_port(self) -> SamePort {
        SamePort::new(columns::candidates(self.entry()), self.found_on())
    }

    /// Whether the registry marks the record as a historic alias of another name, or as a duplicate
    /// of another service.
    ///
    /// ```
    /// use iana_ports::lookup_service;
    ///
    /// let is_alias = |name| lookup_service(name).unwrap().records().all(|r| r.is_alias());
    /// assert!(is_alias("sql*net")); // of sql-net
    /// assert!(is_alias("www")); // of http
    /// assert!(!is_alias("http"));
    /// ```
    #[inline]
    pub const fn is_alias(self) -> bool {
        columns::entry_flags(self.entry()).has(EntryFlags::ALIAS)
    }

    /// The service that the record's own note gives as the current one, if the record is a historic
    /// alias or a duplicate. `None` where the note names none, or none that is registered.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port, lookup_service};
    ///
    /// let alias_of = |name| lookup_service(name).unwrap().records().next().unwrap().alias_of();
    /// assert_eq!(alias_of("sql*net"), lookup_service("sql-net"));
    /// assert_eq!(alias_of("www"), lookup_service("http"));
    /// assert_eq!(alias_of("http"), None);
    /// ```
    pub const fn alias_of(self) -> Option<Service> {
        match columns::entry_alias_of(self.entry()) {
            Some(service) => Some(Service::new(Id::new(service))),
            None => None,
        }
    }

    /// Whether the name is one to discover the service by: not a historic alias (RFC 6335 section 10),
    /// which discovery mechanisms cannot use because it breaks the syntax of section 5.1, and not a
    /// duplicate of another service. The opposite of [`is_alias`](Self::is_alias).
    ///
    /// ```
    /// use iana_ports::lookup_service;
    ///
    /// let is_discoverable = |name| lookup_service(name).unwrap().records().all(|r| r.is_discoverable());
    /// assert!(is_discoverable("http"));
    /// assert!(!is_discoverable("www"));
    /// ```
    #[inline]
    pub const fn is_discoverable(self) -> bool {
        !self.is_alias()
    }

    /// The description, white space folded; empty where the registry gives none.
    ///
    /// Needs the feature `descriptions`, which is on by default.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port};
    ///
    /// let ssh = lookup_port(22, Proto::Tcp).unwrap();
    /// assert_eq!(ssh.description(), "The Secure Shell (SSH) Protocol");
    /// assert_eq!(lookup_port(14, Proto::Tcp), None);
    /// ```
    #[cfg(feature = "descriptions")]
    #[inline]
    pub const fn description(self) -> &'static str {
        columns::entry_description(self.entry())
    }

    /// The record's position in the registry as published: rows are numbered from 0, and those of an overlay
    /// come behind.
    ///
    /// To sort by it is to have IANA's order. Needs the feature `metadata`.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port};
    ///
    /// let position = |port| lookup_port(port, Proto::Tcp).unwrap().position();
    /// assert!(position(80) < position(443));
    /// assert_ne!(position(80), 80); // rows are not ports
    /// ```
    #[cfg(feature = "metadata")]
    pub fn position(self) -> usize {
        let (entry, proto) = self.identity();
        let flags = columns::entry_flags(entry);
        let before = Proto::ALL.into_iter().take_while(|&other| Some(other) != proto);
        let rank = before.filter(|&other| proto.is_some() && flags.has(EntryFlags::transport(other))).count();
        crate::metadata::position(entry.into(), proto, rank)
    }

    /// The number among all rows of entries and blocks.
    #[cfg(any(feature = "metadata", feature = "contacts"))]
    pub(crate) const fn row(self) -> usize {
        self.entry() as usize
    }

    /// The same row by its canonical entry, unless it counts on another transport.
    pub(crate) fn counted_here(self) -> Option<Self> {
        let (proto, entry) = (self.found_on(), columns::canonical_entry(self.entry(), self.found_on()));
        columns::is_canonical(entry, Some(proto)).then(|| Self::new(Id::new(entry), proto))
    }

    /// What makes two handles the same row: its canonical entry, and the transport if it names one.
    fn identity(self) -> (u16, Option<Proto>) {
        (columns::canonical_entry(self.entry(), self.found_on()), self.proto())
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Record {}

impl Hash for Record {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

/// As [`records`](crate::records) yields them.
impl Ord for Record {
    fn cmp(&self, other: &Self) -> Ordering {
        let [(own, own_proto), (other, other_proto)] = [self.identity(), other.identity()];
        // By port, those without one last, then by name; a record has a port or counts by its name.
        let keys = [own, other].map(|entry| {
            let port = columns::entry_port(entry);
            (
                port.is_none(),
                port,
                port.is_none().then(|| Service::new(Id::new(columns::entry_service(entry)))),
            )
        });
        // A row with a port that names no transport counts as on the first one that it answers for.
        let first = |entry| columns::entry_flags(entry).first_transport();
        let protos = [own_proto.or_else(|| first(own)), other_proto.or_else(|| first(other))];
        let protos = protos.map(|proto| (proto.is_none(), proto));
        let rank = || {
            let (_, port, _) = keys[0];
            let mut entries = match port {
                Some(_) => columns::candidates(own),
                None => columns::service_entries(columns::entry_service(own)),
            };
            match entries.find(|&entry| entry == own || entry == other) {
                _ if own == other => Ordering::Equal,
                Some(first) if first == own => Ordering::Less,
                _ => Ordering::Greater,
            }
        };
        keys[0].cmp(&keys[1]).then(protos[0].cmp(&protos[1])).then_with(rank)
    }
}

impl PartialOrd for Record {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Name, port and transport, as far as the row has them: `https 443/tcp`, `boe-cms 6400`,
/// `airplay tcp`.
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            f.write_str(self.name())?;
            match (self.ports(), self.proto()) {
                (Some(ports), Some(proto)) => write!(f, " {ports}/{proto}"),
                (Some(ports), None) => write!(f, " {ports}"),
                (None, Some(proto)) => write!(f, " {proto}"),
                (None, None) => Ok(()),
            }
        })
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({self})")
    }
}
