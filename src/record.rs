//! Records: the registry's rows that have a service name.

use crate::iter::SamePort;
use crate::{PortRange, Proto, Service, columns, lookup};
use core::fmt;
use core::hash::{Hash, Hasher};
use core::num::NonZeroU16;

/// A row of the registry that has a service name.
///
/// Four bytes, `Option<Record>` too. Two records are equal if they are the same row, however they
/// were found.
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
    /// The entry, counted from 1.
    number: NonZeroU16,
    /// The transport that was looked up, or the row's own, as its place in [`Proto::ALL`]: a `Proto`
    /// would tempt the compiler to keep `None` here, at the price of an instruction on each lookup.
    proto: u8,
}

impl Record {
    /// The record of an entry of the tables.
    #[inline]
    pub(crate) const fn new(entry: u16, proto: Proto) -> Self {
        Self { number: NonZeroU16::MIN.saturating_add(entry), proto: proto as u8 }
    }

    /// The record of an entry counted from 1 by this number; 0 is none.
    #[inline]
    pub(crate) const fn from_number(number: u16, proto: Proto) -> Option<Self> {
        match NonZeroU16::new(number) {
            Some(number) => Some(Self { number, proto: proto as u8 }),
            None => None,
        }
    }

    /// The entry in the tables.
    #[inline]
    pub(crate) const fn entry(self) -> u16 {
        self.number.get() - 1
    }

    #[inline]
    const fn asked(self) -> Proto {
        Proto::ALL[self.proto as usize]
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
        columns::entry_name(self.number.get() as usize - 1)
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
        match lookup::service(self.name()) {
            Some(service) => service,
            None => Service::new(0), // every registered name finds its service
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
        if columns::entry_is_any(self.entry()) { None } else { Some(self.asked()) }
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
        columns::entry_is_alias(self.entry())
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
            Some(service) => Some(Service::new(service)),
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

    /// The record's place in the registry as published, counted from 0 through all rows; those of an
    /// overlay come behind.
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
        let before = Proto::ALL.into_iter().take_while(|&other| Some(other) != proto);
        let rank = before.filter(|&other| proto.is_some() && columns::entry_has(entry, Some(other))).count();
        crate::metadata::position(entry.into(), proto.map_or(0, |proto| proto as usize), rank)
    }

    /// All records that answer for the same port and transport, primary first, this one included.
    ///
    /// The port is the one that was looked up; for a record that was found otherwise, the first of
    /// its ports. The transport likewise; TCP where the row names none. A record without a port
    /// yields itself alone.
    ///
    /// The primary record is one of an overlay, if there is any, then the narrowest one, then the one that is not a historic alias, not a
    /// duplicate, not an unassigned use, not in conflict, described by an RFC or a draft, and first
    /// in the registry, in this order of weight.
    ///
    /// ```
    /// use iana_ports::{Proto, lookup_port};
    ///
    /// let http = lookup_port(80, Proto::Tcp).unwrap();
    /// assert!(http.same_port().map(|r| r.name()).eq(["http", "www", "www-http"]));
    /// let https = lookup_port(443, Proto::Tcp).unwrap();
    /// assert_eq!(https.same_port().count(), 1);
    /// ```
    pub fn same_port(self) -> SamePort {
        SamePort::new(columns::answer_list(self.entry()), self.asked())
    }

    /// The number among all rows of entries and blocks.
    #[cfg(any(feature = "metadata", feature = "contacts"))]
    pub(crate) const fn row(self) -> usize {
        self.entry() as usize
    }

    /// What makes two handles the same row.
    fn identity(self) -> (u16, Option<Proto>) {
        (columns::entry_home(self.entry(), self.asked()), self.proto())
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

/// Name, port and transport, as far as the row has them: `https 443/tcp`, `boe-cms 6400`,
/// `airplay tcp`.
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match (self.ports(), self.proto()) {
            (Some(ports), Some(proto)) => write!(f, " {ports}/{proto}"),
            (Some(ports), None) => write!(f, " {ports}"),
            (None, Some(proto)) => write!(f, " {proto}"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({self})")
    }
}
