//! Walks over the rows with a service name, each as its canonical entry and its transport.
//!
//! A walk visits first the ports that have canonical entries, then the services that have rows without a port. At each
//! of them it looks at every transport.

use super::SERVICES;
use super::ids::Ids;
use super::{entries, ports, services};
use crate::shared::id::Id;
use crate::shared::port_set::PortSet;
use crate::shared::proto::Proto;
use core::mem;
use core::ops::Range;

/// A row with a service name: its canonical entry, and its transport if it names one or has a port.
pub(crate) type Place = (u16, Option<Proto>);

/// A walk from the first row forward or from the last row backward, not both; by default over no row. An iterator over
/// records has one from each end, and a count, so that neither needs to know where the other is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Walk {
    /// The ports that have canonical entries: those left in one number of the set, the numbers after it, and the number
    /// in which a range ends.
    ports: PortSet,
    sets: Range<usize>,
    end: PortSet,
    /// The services that are left, by rank.
    services: Range<u16>,
    key: Key,
    /// The transports of the key that are left, as ranks in [`Proto::ALL`], and the rank after the last one for none.
    protos: Range<usize>,
    /// The entries of the key on this transport that are left.
    proto: Option<Proto>,
    entries: Ids,
}

/// Where rows are.
#[derive(Clone, Copy, Debug, Default)]
enum Key {
    #[default]
    Nowhere,
    Port(u16),
    /// A service that has rows without a port.
    Portless(u16),
}

#[allow(clippy::inline_always, reason = "a fifth of the time of a walk")]
impl Walk {
    /// Over all rows.
    pub(crate) fn new() -> Self {
        Self { sets: 0..ports::CANONICAL, services: 0..SERVICES, ..Self::default() }
    }

    /// From both ends, over the rows whose canonical entry is above the first port and not above the last.
    pub(crate) fn behind(first: u16, last: u16) -> [Self; 2] {
        let (first_set, last_set) = (PortSet::pack(first).0, PortSet::pack(last).0);
        let some = |set: &usize| *set < ports::CANONICAL;
        let within = u32::from(first) + 1..u32::from(last) + 1;
        let part = |set| ports::canonical_within(set, &within);
        let head = Some(first_set).filter(some).map(part).unwrap_or_default();
        let tail = Some(last_set).filter(|&set| set > first_set).filter(some).map(part).unwrap_or_default();
        let walk =
            |ports, end| Self { ports, sets: first_set + 1..last_set.min(ports::CANONICAL), end, ..Self::default() };
        [walk(head.clone(), tail.clone()), walk(tail, head)]
    }

    /// The next row from this end.
    pub(crate) fn step<const BACK: bool>(&mut self) -> Option<Place> {
        loop {
            while let Some(entry) = take::<BACK, _>(&mut self.entries) {
                if self.is_canonical(entry) {
                    return Some((entry, self.proto));
                }
            }
            if let Some(proto) = take::<BACK, _>(&mut self.protos) {
                self.turn_to(proto);
            } else if BACK {
                let service = self.services.by_ref().rev().find_map(Key::portless);
                let key = service.or_else(|| self.step_port::<BACK>().map(Key::Port))?;
                self.start(key);
            } else {
                let port = self.step_port::<BACK>().map(Key::Port);
                let key = port.or_else(|| self.services.find_map(Key::portless))?;
                self.start(key);
            }
        }
    }

    #[inline(never)] // or the loop that calls it takes twice the time
    fn step_port<const BACK: bool>(&mut self) -> Option<u16> {
        loop {
            if let Some(port) = take::<BACK, _>(&mut self.ports) {
                return Some(port);
            }
            let Some(set) = take::<BACK, _>(&mut self.sets) else { break };
            self.ports = ports::canonical(set);
        }
        self.ports = mem::take(&mut self.end);
        take::<BACK, _>(&mut self.ports)
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
            (Key::Port(port), Some(proto)) => Id::unpack(ports::primary_entry(port, proto))
                .map_or(Ids::default(), |primary| entries::candidates(primary.get())),
            (Key::Port(_) | Key::Nowhere, _) => Ids::default(),
            (Key::Portless(service), _) => services::entries(service),
        };
    }

    #[inline(always)]
    fn is_canonical(&self, entry: u16) -> bool {
        entries::is_canonical(entry, self.proto)
            && match self.key {
                Key::Port(port) => entries::port(entry) == Some(port),
                Key::Portless(_) | Key::Nowhere => entries::port(entry).is_none(),
            }
    }
}

/// The next item from this end.
pub(crate) fn take<const BACK: bool, I: DoubleEndedIterator>(items: &mut I) -> Option<I::Item> {
    if BACK { items.next_back() } else { items.next() }
}

impl Key {
    /// The service of this rank, if it has rows without a port.
    fn portless(rank: u16) -> Option<Self> {
        let service = services::sorted(rank);
        let mut entries = services::entries(service);
        entries.any(|entry| entries::port(entry).is_none()).then_some(Self::Portless(service))
    }
}

/// The rows whose canonical entry is this one: by transport, or one without a transport.
#[derive(Clone, Debug)]
pub(crate) struct EntryRows {
    entry: u16,
    protos: Range<usize>,
}

impl EntryRows {
    pub(crate) const NONE: Self = Self { entry: 0, protos: 0..0 };

    pub(crate) fn of(entry: u16) -> Self {
        Self { entry, protos: 0..Proto::ALL.len() + 1 }
    }

    /// The row on the transport of this rank in [`Proto::ALL`], or after them the row without a transport.
    fn row(entry: u16, rank: usize) -> Option<Place> {
        let proto = Proto::ALL.get(rank).copied();
        entries::is_canonical(entry, proto).then_some((entry, proto))
    }
}

impl Iterator for EntryRows {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        let entry = self.entry;
        self.protos.find_map(|rank| Self::row(entry, rank))
    }
}

impl DoubleEndedIterator for EntryRows {
    fn next_back(&mut self) -> Option<Place> {
        let entry = self.entry;
        self.protos.by_ref().rev().find_map(|rank| Self::row(entry, rank))
    }
}
