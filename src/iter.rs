//! The iterators. All are `Clone`, double-ended, fused and know their length.

use crate::{Block, Proto, Record, Service, lookup};
use core::iter::{Copied, FlatMap, FusedIterator};
use core::num::NonZeroU16;
use core::ops::Range;
use core::slice;

/// Implements the iterator traits of a struct with a field `inner` that iterates already, and
/// `left`, the number of items that it has left.
macro_rules! counted_iterator {
    ($name:ident, $item:ty) => {
        impl Iterator for $name {
            type Item = $item;

            fn next(&mut self) -> Option<$item> {
                let item = self.inner.next();
                self.left -= usize::from(item.is_some());
                item
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.left, Some(self.left))
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<$item> {
                let item = self.inner.next_back();
                self.left -= usize::from(item.is_some());
                item
            }
        }

        impl ExactSizeIterator for $name {}
        impl FusedIterator for $name {}
    };
}

/// Every record; see [`records`](crate::records).
#[derive(Clone, Debug)]
pub struct Records {
    inner: FlatMap<Range<u32>, Homes, fn(u32) -> Homes>,
    left: usize,
}

impl Records {
    pub(crate) fn new() -> Self {
        Self { inner: (0..lookup::PLACES).flat_map(Homes::at), left: lookup::RECORDS }
    }
}

counted_iterator!(Records, Record);

/// The records that are at home at one place. Every record has one home.
#[derive(Clone, Debug)]
struct Homes {
    port: Option<u16>,
    proto: Proto,
    entries: Range<u16>,
}

impl Homes {
    fn at(place: u32) -> Self {
        let (port, proto, entries) = lookup::place(place);
        Self { port, proto, entries }
    }

    fn record(port: Option<u16>, proto: Proto, entry: u16) -> Option<Record> {
        record_of(entry, proto).filter(|record| record.port() == port)
    }
}

impl Iterator for Homes {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let (port, proto) = (self.port, self.proto);
        self.entries.find_map(|entry| Self::record(port, proto, entry))
    }
}

impl DoubleEndedIterator for Homes {
    fn next_back(&mut self) -> Option<Record> {
        let (port, proto) = (self.port, self.proto);
        self.entries.by_ref().rev().find_map(|entry| Self::record(port, proto, entry))
    }
}

/// The records of one service; see [`Service::records`].
#[derive(Clone, Debug)]
pub struct ServiceRecords {
    inner: FlatMap<Copied<slice::Iter<'static, u16>>, EntryRecords, fn(u16) -> EntryRecords>,
    left: usize,
}

impl ServiceRecords {
    pub(crate) fn new(entries: &'static [u16]) -> Self {
        let inner = entries.iter().copied().flat_map(EntryRecords::of as fn(u16) -> _);
        Self { left: inner.clone().count(), inner }
    }
}

counted_iterator!(ServiceRecords, Record);

/// The records of one entry, by transport.
#[derive(Clone, Debug)]
struct EntryRecords {
    entry: u16,
    protos: Range<usize>,
}

impl EntryRecords {
    fn of(entry: u16) -> Self {
        Self { entry, protos: 0..Proto::ALL.len() }
    }
}

impl Iterator for EntryRecords {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let entry = self.entry;
        self.protos.find_map(|proto| record_of(entry, Proto::ALL[proto]))
    }
}

impl DoubleEndedIterator for EntryRecords {
    fn next_back(&mut self) -> Option<Record> {
        let entry = self.entry;
        self.protos.by_ref().rev().find_map(|proto| record_of(entry, Proto::ALL[proto]))
    }
}

/// The record of this transport in an entry.
fn record_of(entry: u16, proto: Proto) -> Option<Record> {
    let record = Record::new(NonZeroU16::new(entry)?, proto);
    lookup::entry_has(entry, proto).then_some(record)
}

/// The records that answer for one port and transport; see [`Record::same_port`].
#[derive(Clone, Debug)]
pub struct SamePort {
    inner: Range<u16>,
    proto: Proto,
}

impl SamePort {
    pub(crate) fn new(entries: Range<u16>, proto: Proto) -> Self {
        Self { inner: entries, proto }
    }
}

/// Implements the iterator traits of a struct with a range of numbers `inner`.
macro_rules! numbered_iterator {
    ($name:ident, $item:ty, |$self:ident, $number:ident| $make:expr) => {
        impl Iterator for $name {
            type Item = $item;

            fn next(&mut $self) -> Option<$item> {
                let $number = NonZeroU16::new($self.inner.next()?)?;
                Some($make)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut $self) -> Option<$item> {
                let $number = NonZeroU16::new($self.inner.next_back()?)?;
                Some($make)
            }
        }

        impl ExactSizeIterator for $name {}
        impl FusedIterator for $name {}
    };
}

numbered_iterator!(SamePort, Record, |self, number| Record::new(number, self.proto));

/// Every service; see [`services`](crate::services).
#[derive(Clone, Debug)]
pub struct Services {
    inner: Range<u16>,
}

impl Services {
    pub(crate) fn new() -> Self {
        Self { inner: lookup::services() }
    }
}

numbered_iterator!(Services, Service, |self, number| Service::new(number));

/// Every block; see [`blocks`](crate::blocks).
#[derive(Clone, Debug)]
pub struct Blocks {
    inner: Range<u16>,
}

impl Blocks {
    pub(crate) fn new() -> Self {
        Self { inner: lookup::blocks() }
    }
}

numbered_iterator!(Blocks, Block, |self, number| Block::new(number));
