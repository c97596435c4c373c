//! The iterators. All are `Clone`, double-ended, fused and know their length.

use crate::columns::{self, BLOCKS, CANONICAL_PORTS, Ids, SERVICES};
use crate::format::{Id, PortSet};
use crate::{Block, Proto, Record, Service, lookup};
use core::iter::{FlatMap, FusedIterator};
use core::ops::Range;

/// Implements the iterator traits of a struct with `inner`, an iterator that a closure turns into
/// the public one, and `left`, the number of items still to come.
macro_rules! iterator {
    ($name:ident, $item:ty, |$self:ident, $from:ident| $make:expr) => {
        impl Iterator for $name {
            type Item = $item;

            fn next(&mut $self) -> Option<$item> {
                let $from = $self.inner.next()?;
                $self.left -= 1;
                Some($make)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.left, Some(self.left))
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut $self) -> Option<$item> {
                let $from = $self.inner.next_back()?;
                $self.left -= 1;
                Some($make)
            }
        }

        impl ExactSizeIterator for $name {}
        impl core::iter::FusedIterator for $name {}
    };
}

/// Every record; see [`records`](crate::records).
///
/// ```
/// let mut records = iana_ports::records();
/// assert_eq!(records.next().unwrap().to_string(), "tcpmux 1/tcp");
/// assert_eq!(records.next_back().unwrap().port(), None);
/// ```
#[derive(Clone, Debug)]
pub struct Records {
    front: Walk,
    back: Walk,
    left: usize,
}

impl Records {
    pub(crate) fn new() -> Self {
        Self { front: Walk::new(), back: Walk::new(), left: columns::RECORDS }
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.left = self.left.checked_sub(1)?;
        self.front.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for Records {
    fn next_back(&mut self) -> Option<Record> {
        self.left = self.left.checked_sub(1)?;
        self.back.next_back()
    }
}

impl ExactSizeIterator for Records {}
impl FusedIterator for Records {}

/// A walk over every record, from one end or from the other. [`Records`] has one from each, and counts, so
/// that neither needs to know where the other one is.
#[derive(Clone, Debug)]
struct Walk {
    /// The set of ports that have canonical entries: what is left of its numbers, and of one of them.
    sets: Range<usize>,
    ports: PortSet,
    /// The services that are left, by their ranks.
    services: Range<u16>,
    key: Key,
    /// The transports of the key that are left, as ranks in [`Proto::ALL`]; the last one stands for none.
    protos: Range<usize>,
    /// The entries of the key on this transport that are left.
    proto: Option<Proto>,
    entries: Ids,
}

/// Where records are.
#[derive(Clone, Copy, Debug)]
enum Key {
    Port(u16),
    /// A service that has records without a port.
    Portless(u16),
}

#[allow(clippy::inline_always, reason = "a fifth of the time of a walk")]
impl Walk {
    fn new() -> Self {
        Self {
            sets: 0..CANONICAL_PORTS,
            ports: PortSet::default(),
            services: 0..SERVICES,
            key: Key::Port(0),
            protos: 0..0,
            proto: None,
            entries: columns::none(),
        }
    }

    fn next(&mut self) -> Option<Record> {
        loop {
            while let Some(entry) = self.entries.next() {
                if self.is_canonical(entry) {
                    return Some(self.record(entry));
                }
            }
            if let Some(proto) = self.protos.next() {
                self.turn_to(proto);
            } else {
                let port = self.next_port().map(Key::Port);
                let key = port.or_else(|| self.services.find_map(Key::portless))?;
                self.start(key);
            }
        }
    }

    fn next_back(&mut self) -> Option<Record> {
        loop {
            while let Some(entry) = self.entries.next_back() {
                if self.is_canonical(entry) {
                    return Some(self.record(entry));
                }
            }
            if let Some(proto) = self.protos.next_back() {
                self.turn_to(proto);
            } else {
                let service = self.services.by_ref().rev().find_map(Key::portless);
                let key = service.or_else(|| self.next_port_back().map(Key::Port))?;
                self.start(key);
            }
        }
    }

    fn next_port(&mut self) -> Option<u16> {
        self.ports.next().or_else(|| {
            self.sets.find_map(|set| {
                self.ports = columns::canonical_ports(set);
                self.ports.next()
            })
        })
    }

    fn next_port_back(&mut self) -> Option<u16> {
        self.ports.next_back().or_else(|| {
            self.sets.by_ref().rev().find_map(|set| {
                self.ports = columns::canonical_ports(set);
                self.ports.next_back()
            })
        })
    }

    /// Goes on to a key, on all its transports.
    fn start(&mut self, key: Key) {
        let none = matches!(key, Key::Portless(_));
        (self.key, self.protos) = (key, 0..Proto::ALL.len() + usize::from(none));
    }

    /// Goes on to the entries of the key on a transport.
    #[inline(always)]
    fn turn_to(&mut self, proto: usize) {
        self.proto = Proto::ALL.get(proto).copied();
        self.entries = match (self.key, self.proto) {
            (Key::Port(port), Some(proto)) => lookup::record(port, proto)
                .map_or_else(columns::none, |record| columns::candidates(record.entry())),
            (Key::Port(_), None) => columns::none(),
            (Key::Portless(service), _) => columns::service_entries(service),
        };
    }

    #[inline(always)]
    fn is_canonical(&self, entry: u16) -> bool {
        columns::is_canonical(entry, self.proto)
            && match self.key {
                Key::Port(port) => columns::entry_port(entry) == Some(port),
                Key::Portless(_) => columns::entry_port(entry).is_none(),
            }
    }

    fn record(&self, entry: u16) -> Record {
        Record::on(entry, self.proto)
    }
}

impl Key {
    /// The service of this rank, if it has records without a port.
    fn portless(rank: u16) -> Option<Self> {
        let service = columns::sorted_service(rank);
        let mut entries = columns::service_entries(service);
        entries.any(|entry| columns::entry_port(entry).is_none()).then_some(Self::Portless(service))
    }
}

/// The records of one service; see [`Service::records`].
///
/// ```
/// use iana_ports::lookup_service;
///
/// let mut records = lookup_service("ssh").unwrap().records();
/// assert_eq!(records.next().unwrap().to_string(), "ssh 22/tcp");
/// assert_eq!(records.next_back().unwrap().port(), None); // DNS-SD
/// ```
#[derive(Clone, Debug)]
pub struct ServiceRecords {
    inner: FlatMap<Ids, EntryRecords, fn(u16) -> EntryRecords>,
    left: usize,
}

impl ServiceRecords {
    pub(crate) fn new(entries: Ids) -> Self {
        let inner = entries.flat_map(EntryRecords::of as fn(u16) -> _);
        Self { left: inner.clone().count(), inner }
    }
}

iterator!(ServiceRecords, Record, |self, record| record);

/// The records whose canonical entry is this one: by transport, or one without.
#[derive(Clone, Debug)]
struct EntryRecords {
    entry: u16,
    protos: Range<usize>,
}

impl EntryRecords {
    fn of(entry: u16) -> Self {
        Self { entry, protos: 0..Proto::ALL.len() + 1 }
    }

    fn record(entry: u16, proto: usize) -> Option<Record> {
        let proto = Proto::ALL.get(proto).copied();
        columns::is_canonical(entry, proto).then(|| Record::on(entry, proto))
    }
}

impl Iterator for EntryRecords {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let entry = self.entry;
        self.protos.find_map(|proto| Self::record(entry, proto))
    }
}

impl DoubleEndedIterator for EntryRecords {
    fn next_back(&mut self) -> Option<Record> {
        let entry = self.entry;
        self.protos.by_ref().rev().find_map(|proto| Self::record(entry, proto))
    }
}

/// The records that answer for one port and transport; see [`Record::same_port`].
///
/// ```
/// use iana_ports::{Proto, lookup_port};
///
/// let mut names = lookup_port(80, Proto::Udp).unwrap().same_port().map(|record| record.name());
/// assert_eq!((names.next(), names.next_back()), (Some("http"), Some("www-http")));
/// ```
#[derive(Clone, Debug)]
pub struct SamePort {
    inner: Ids,
    left: usize,
    proto: Proto,
}

impl SamePort {
    pub(crate) fn new(entries: Ids, proto: Proto) -> Self {
        Self { left: entries.clone().count(), inner: entries, proto }
    }
}

iterator!(SamePort, Record, |self, entry| Record::new(Id::new(entry), self.proto));

/// Every service; see [`services`](crate::services).
///
/// ```
/// let services = iana_ports::services();
/// assert_eq!(services.len(), services.clone().count());
/// assert!(services.rev().next().unwrap().name().starts_with('z'));
/// ```
#[derive(Clone, Debug)]
pub struct Services {
    inner: Range<u16>,
    left: usize,
}

impl Services {
    pub(crate) fn new() -> Self {
        Self { inner: 0..SERVICES, left: SERVICES.into() }
    }
}

iterator!(Services, Service, |self, rank| Service::new(Id::new(columns::sorted_service(rank))));

/// Every block; see [`blocks`](crate::blocks).
///
/// ```
/// let mut blocks = iana_ports::blocks();
/// assert_eq!(blocks.next().unwrap().to_string(), "0/tcp");
/// assert_eq!(blocks.next_back().unwrap().to_string(), "49151");
/// ```
#[derive(Clone, Debug)]
pub struct Blocks {
    inner: Range<u16>,
    left: usize,
}

impl Blocks {
    pub(crate) fn new() -> Self {
        Self { inner: 0..BLOCKS, left: BLOCKS.into() }
    }
}

iterator!(Blocks, Block, |self, block| Block::new(Id::new(block)));
