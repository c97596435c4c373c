//! The iterators. All are `Clone`, double-ended, fused and know their length.

use crate::columns::{self, BLOCKS, Ids, SERVICES};
use crate::format::Id;
use crate::walk::Walk;
use crate::{Block, PortRange, Proto, Record, Service};
use core::iter::FusedIterator;
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

/// Every record; see [`records`].
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
    entries: Ids,
    front: EntryRecords,
    back: EntryRecords,
    left: usize,
}

impl ServiceRecords {
    pub(crate) const fn new(entries: Ids) -> Self {
        let (mut counted, mut left) = (entries.copy(), 0);
        while let Some(entry) = counted.first() {
            left += columns::entry_flags(entry).rows();
        }
        Self { entries, front: EntryRecords::NONE, back: EntryRecords::NONE, left }
    }
}

impl Iterator for ServiceRecords {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.left = self.left.checked_sub(1)?;
        loop {
            if let Some(record) = self.front.next() {
                return Some(record);
            }
            match self.entries.next() {
                Some(entry) => self.front = EntryRecords::of(entry),
                None => return self.back.next(),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for ServiceRecords {
    fn next_back(&mut self) -> Option<Record> {
        self.left = self.left.checked_sub(1)?;
        loop {
            if let Some(record) = self.back.next_back() {
                return Some(record);
            }
            match self.entries.next_back() {
                Some(entry) => self.back = EntryRecords::of(entry),
                None => return self.front.next_back(),
            }
        }
    }
}

impl ExactSizeIterator for ServiceRecords {}
impl FusedIterator for ServiceRecords {}

/// The records whose canonical entry this is one: by transport, or one without.
#[derive(Clone, Debug)]
pub(crate) struct EntryRecords {
    entry: u16,
    protos: Range<usize>,
}

impl EntryRecords {
    const NONE: Self = Self { entry: 0, protos: 0..0 };

    fn of(entry: u16) -> Self {
        Self { entry, protos: 0..Proto::ALL.len() + 1 }
    }

    /// The record on the transport of this rank in [`Proto::ALL`], or behind them the one without.
    pub(crate) fn record(entry: u16, proto: usize) -> Option<Record> {
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

/// The ports of one service on one transport; see [`Service::ports`].
///
/// ```
/// use iana_ports::{Proto, lookup_service};
///
/// let mut ports = lookup_service("http-alt").unwrap().ports(Proto::Udp);
/// assert_eq!(ports.len(), 3);
/// assert_eq!(ports.next_back().unwrap().to_string(), "8080");
/// ```
#[derive(Clone, Debug)]
pub struct ServicePorts {
    entries: Ids,
    proto: Proto,
    left: usize,
}

impl ServicePorts {
    pub(crate) fn new(entries: Ids, proto: Proto) -> Self {
        let answers = |&entry: &u16| columns::port_on(entry, proto).is_some();
        Self { left: entries.clone().filter(answers).count(), entries, proto }
    }

    fn ports(proto: Proto, entry: u16) -> Option<PortRange> {
        columns::port_on(entry, proto).and_then(|_| columns::entry_ports(entry))
    }
}

impl Iterator for ServicePorts {
    type Item = PortRange;

    fn next(&mut self) -> Option<PortRange> {
        let proto = self.proto;
        let ports = self.entries.find_map(|entry| Self::ports(proto, entry))?;
        self.left -= 1;
        Some(ports)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for ServicePorts {
    fn next_back(&mut self) -> Option<PortRange> {
        let proto = self.proto;
        let ports = self.entries.by_ref().rev().find_map(|entry| Self::ports(proto, entry))?;
        self.left -= 1;
        Some(ports)
    }
}

impl ExactSizeIterator for ServicePorts {}
impl FusedIterator for ServicePorts {}

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
    pub(crate) const fn none() -> Self {
        Self::new(columns::none(), Proto::Tcp)
    }

    pub(crate) const fn new(entries: Ids, proto: Proto) -> Self {
        Self { left: entries.left(), inner: entries, proto }
    }
}

iterator!(SamePort, Record, |self, entry| Record::new(Id::new(entry), self.proto));

/// Every service; see [`services`].
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

/// Blocks; see [`blocks`] and [`blocks_in`](crate::blocks_in).
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
    /// Those of the inner ones that have one of these ports.
    ports: PortRange,
}

impl Blocks {
    pub(crate) fn new() -> Self {
        Self { inner: 0..BLOCKS, left: BLOCKS.into(), ports: PortRange::from_ends(0, u16::MAX) }
    }

    pub(crate) fn within(ports: PortRange) -> Self {
        let inner = columns::blocks_near(ports);
        let left = inner.clone().filter(|&block| columns::block_meets(block, ports)).count();
        Self { inner, left, ports }
    }
}

impl Iterator for Blocks {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let ports = self.ports;
        let block = self.inner.find(|&block| columns::block_meets(block, ports))?;
        self.left -= 1;
        Some(Block::new(Id::new(block)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for Blocks {
    fn next_back(&mut self) -> Option<Block> {
        let ports = self.ports;
        let block = self.inner.by_ref().rev().find(|&block| columns::block_meets(block, ports))?;
        self.left -= 1;
        Some(Block::new(Id::new(block)))
    }
}

impl ExactSizeIterator for Blocks {}
impl FusedIterator for Blocks {}

/// Every record: by lowest port, then transport, then primary first; those without a port last, by
/// name with case ignored, then transport.
///
/// A record without a transport counts as TCP if it has a port, and comes after the others if it has none.
/// Where a filter leaves out TCP it counts as UDP. A range counts from the first port that a filter leaves it.
///
/// ```
/// use iana_ports::{Proto, records};
///
/// assert_eq!(records().next().unwrap().to_string(), "tcpmux 1/tcp");
/// assert!(records().any(|record| record.proto() == Some(Proto::Dccp)));
/// assert!(!records().any(|record| record.name().is_empty()));
/// ```
pub fn records() -> Records {
    Records::new()
}

/// Every service, by name with case ignored.
///
/// ```
/// use iana_ports::services;
///
/// assert!(services().is_sorted_by_key(|service| service.name().to_ascii_lowercase()));
/// assert!(!services().any(|service| service.name() == "Unassigned"));
/// ```
#[doc(alias = "getservent")]
pub fn services() -> Services {
    Services::new()
}

/// Every block: by lowest port, highest port, transport (those without one last), and position in
/// the registry.
///
/// ```
/// use iana_ports::blocks;
///
/// assert_eq!(blocks().next().unwrap().to_string(), "0/tcp");
/// assert!(!blocks().any(|block| block.ports().contains(49152)));
/// ```
pub fn blocks() -> Blocks {
    Blocks::new()
}
