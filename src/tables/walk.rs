//! The walk over records: first the ports that have canonical entries, then the services that have records
//! without a port. On each of them it looks at every transport.

use crate::columns::{self, CANONICAL_PORTS, Ids, SERVICES};
use crate::format::PortSet;
use crate::{Proto, Record, lookup_port};
use core::mem;
use core::ops::Range;

/// A walk, from the first record on or from the last one back, not both: `Records` has one from each end, and
/// counts, so that neither needs to know where the other one is.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    /// The set of ports that have canonical entries: what is left of one of its numbers, the numbers behind that,
    /// and of a range the number where it ends.
    ports: PortSet,
    sets: Range<usize>,
    end: PortSet,
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
    /// Over all records.
    pub(crate) fn new() -> Self {
        Self { sets: 0..CANONICAL_PORTS, services: 0..SERVICES, ..Self::nowhere() }
    }

    /// Over no record.
    pub(crate) fn nowhere() -> Self {
        Self {
            ports: PortSet::default(),
            sets: 0..0,
            end: PortSet::default(),
            services: 0..0,
            key: Key::Port(0),
            protos: 0..0,
            proto: None,
            entries: columns::none(),
        }
    }

    /// From both ends, over the records whose canonical entry is behind the first port and not behind the last.
    pub(crate) fn behind(first: u16, last: u16) -> [Self; 2] {
        let [first_set, last_set] = [first, last].map(|port| PortSet::pack(port).0);
        let some = |set: &usize| *set < CANONICAL_PORTS;
        let within = u32::from(first) + 1..u32::from(last) + 1;
        let part = |set| columns::canonical_ports(set).within(&within);
        let head = Some(first_set).filter(some).map(part).unwrap_or_default();
        let tail = Some(last_set).filter(|&set| set > first_set).filter(some).map(part).unwrap_or_default();
        let walk = |ports, end| Self {
            ports,
            sets: first_set + 1..last_set.min(CANONICAL_PORTS),
            end,
            ..Self::nowhere()
        };
        [walk(head.clone(), tail.clone()), walk(tail, head)]
    }

    /// How many records are left.
    pub(crate) fn count(mut self) -> usize {
        let mut count = 0;
        while self.next().is_some() {
            count += 1;
        }
        count
    }

    pub(crate) fn next(&mut self) -> Option<Record> {
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

    pub(crate) fn next_back(&mut self) -> Option<Record> {
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

    #[inline(never)] // or the loop that calls it takes twice the time
    fn next_port(&mut self) -> Option<u16> {
        self.ports
            .next()
            .or_else(|| {
                self.sets.find_map(|set| {
                    self.ports = columns::canonical_ports(set);
                    self.ports.next()
                })
            })
            .or_else(|| {
                self.ports = mem::take(&mut self.end);
                self.ports.next()
            })
    }

    #[inline(never)]
    fn next_port_back(&mut self) -> Option<u16> {
        self.ports
            .next_back()
            .or_else(|| {
                self.sets.by_ref().rev().find_map(|set| {
                    self.ports = columns::canonical_ports(set);
                    self.ports.next_back()
                })
            })
            .or_else(|| {
                self.ports = mem::take(&mut self.end);
                self.ports.next_back()
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
            (Key::Port(port), Some(proto)) => lookup_port(port, proto)
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
