//! The iterators. All are `Clone`, double-ended, fused and know their length.

use crate::columns::{self, BLOCKS, Ids, SERVICES};
use crate::format::Id;
use crate::walk::Walk;
use crate::{Block, Proto, Record, Service};
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
        Self { left: entries.len(), inner: entries, proto }
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
