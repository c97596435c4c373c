//! Records: the registry's rows that have a service name.

use crate::shared::flags::EntryFlags;
use crate::shared::id::Id;
use crate::shared::pad::pad;
use crate::tables::walk::Place;
use crate::tables::{entries, services};
use crate::{PortRange, Proto};
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

/// A row of the registry that has a service name.
///
/// A record has the size of four bytes, and so does `Option<Record>`. Two records are equal if they are the same row,
/// no matter how you found them. Records sort in the order of [`records`](crate::records), and display what they have
/// of name, ports and transport: `https 443/tcp`, `boe-cms 6400`, `airplay tcp`.
///
/// ```
/// let https = iana_ports::lookup_port(443, iana_ports::Proto::Tcp).unwrap();
/// assert_eq!((https.name(), https.port(), https.to_string()), ("https", Some(443), "https 443/tcp".to_owned()));
/// ```
#[derive(Clone, Copy)]
#[must_use]
pub struct Record {
    entry: Id,
    /// The transport that was looked up, or the row's own, as its rank in [`Proto::ALL`]. With a `Proto` here, the
    /// compiler would store `None` in it, which costs each lookup an instruction.
    proto: u8,
}

impl Record {
    /// The record of an entry that answers on this transport.
    #[inline]
    pub(crate) const fn new(entry: Id, proto: Proto) -> Self {
        Self { entry, proto: proto as u8 }
    }

    /// The record of a primary entry, if there is one. The tables hold exactly this number, so `None` costs nothing.
    #[inline]
    pub(crate) const fn of_primary(packed: u16, proto: Proto) -> Option<Self> {
        map!(Id::unpack(packed), |entry| Self::new(entry, proto))
    }

    /// The record of a row in the tables. If the row has neither a transport nor a port, nothing depends on the
    /// handle's transport.
    pub(crate) fn at((entry, proto): Place) -> Self {
        Self::new(Id::new(entry), proto.unwrap_or(Proto::Tcp))
    }

    #[inline]
    pub(crate) const fn entry(self) -> u16 {
        self.entry.get()
    }

    /// The transport on which it was found.
    #[inline]
    pub(crate) const fn found_on(self) -> Proto {
        Proto::ALL[self.proto as usize % Proto::ALL.len()] // no check, no panic
    }

    /// The service name as the registry spells it in this row, never empty. Rows of one service can differ in case.
    #[inline]
    pub const fn name(self) -> &'static str {
        entries::name(self.entry.packed())
    }

    /// The lowest port of the record, `None` for a name that has no port.
    pub const fn port(self) -> Option<u16> {
        map!(self.ports(), |ports| ports.first())
    }

    /// The ports of the row, `None` for a name that has no port: all of them, whichever you looked up, and even if a
    /// filter leaves some out.
    ///
    /// ```
    /// let ports = |name| iana_ports::lookup_service(name).unwrap().records().next().unwrap().ports();
    /// assert_eq!((ports("x11").unwrap().to_string().as_str(), ports("airplay")), ("6000-6063", None));
    /// ```
    pub const fn ports(self) -> Option<PortRange> {
        entries::ports(self.entry())
    }

    /// The transport protocol that the row names, `None` if it names none.
    #[inline]
    pub const fn proto(self) -> Option<Proto> {
        let names_none = entries::flags(self.entry()).has(EntryFlags::ANY_TRANSPORT);
        if names_none { None } else { Some(self.found_on()) }
    }

    /// The transport protocols on which the record answers, in the order of [`Proto::ALL`]: the one that the row names.
    /// If it names none, a row with a port answers on TCP and UDP (RFC 6335 section 7.1), and a row without one on any
    /// transport.
    ///
    /// ```
    /// let [https, boe_cms] = [443, 6400].map(|port| iana_ports::lookup_port(port, iana_ports::Proto::Udp).unwrap());
    /// assert_eq!((https.proto(), https.protos().len()), (Some(iana_ports::Proto::Udp), 1));
    /// assert_eq!((boe_cms.proto(), boe_cms.protos().len()), (None, 2));
    /// ```
    pub const fn protos(self) -> &'static [Proto] {
        Proto::of_record(self.proto(), entries::port(self.entry()).is_some())
    }

    /// True if the registry marks the record as a historic alias of another name (RFC 6335 section 10) or as a
    /// duplicate of another service.
    #[inline]
    pub const fn is_alias(self) -> bool {
        entries::flags(self.entry()).has(EntryFlags::ALIAS)
    }

    pub(crate) const fn row(self) -> usize {
        self.entry() as usize
    }

    /// The same row by its canonical entry; `None` if the row counts on another transport.
    pub(crate) fn counted_here(self) -> Option<Self> {
        let (proto, entry) = (self.found_on(), entries::canonical(self.entry(), self.found_on()));
        entries::is_canonical(entry, Some(proto)).then(|| Self::new(Id::new(entry), proto))
    }

    /// Two handles stand for the same row if these are equal: its canonical entry, and its transport if it names one.
    pub(crate) fn identity(self) -> (u16, Option<Proto>) {
        (entries::canonical(self.entry(), self.found_on()), self.proto())
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

impl Ord for Record {
    fn cmp(&self, other: &Self) -> Ordering {
        let [(own, own_proto), (other, other_proto)] = [self.identity(), other.identity()];
        // A row with a port that names no transport counts on the first one that it answers for. No transport comes
        // last.
        let transport = |entry, proto: Option<Proto>| {
            let proto = proto.or_else(|| entries::flags(entry).first_transport());
            (proto.is_none(), proto)
        };
        let (own_proto, other_proto) = (transport(own, own_proto), transport(other, other_proto));
        let by_rank = || {
            let entries = match entries::port(own) {
                Some(_) => entries::candidates(own),
                None => services::entries(entries::service(own)),
            };
            let rank = |of| entries.clone().position(|entry| entry == of);
            rank(own).cmp(&rank(other))
        };
        entries::cmp_place(own, other).then(own_proto.cmp(&other_proto)).then_with(by_rank)
    }
}

impl PartialOrd for Record {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

display!(Record, |self, f| {
    f.write_str(self.name())?;
    match (self.ports(), self.proto()) {
        (Some(ports), Some(proto)) => write!(f, " {ports}/{proto}"),
        (Some(ports), None) => write!(f, " {ports}"),
        (None, Some(proto)) => write!(f, " {proto}"),
        (None, None) => Ok(()),
    }
});
debug_as_displayed!(Record);
