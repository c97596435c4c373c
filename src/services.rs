//! All services, and what belongs to one of them: its records and its ports.

use crate::shared::id::Id;
use crate::tables::entries;
use crate::tables::ids::Ids;
use crate::tables::walk::{EntryRows, take};
use crate::tables::{SERVICES, services};
use crate::{PortRange, Proto, Record, Service};
use core::ops::Range;

/// Every service, by name with case ignored.
///
/// ```
/// assert!(iana_ports::services().is_sorted_by_key(|service| service.name().to_ascii_lowercase()));
/// assert!(!iana_ports::services().any(|service| service.name() == "Unassigned"));
/// ```
#[doc(alias = "getservent")]
pub fn services() -> Services {
    Services { ranks: 0..SERVICES }
}

iterator!(
    /// Every service; see [`services`].
    Services { ranks: Range<u16> } yields Service, |self, rank| Service::new(Id::new(services::sorted(rank))));

impl Service {
    /// Every record of the name, at least one: by port, then transport; those without a port last.
    ///
    /// ```
    /// let https = iana_ports::lookup_service("https").unwrap();
    /// assert!(https.records().map(|r| r.port()).eq([Some(443), Some(443), Some(443), None]));
    /// ```
    pub const fn records(self) -> ServiceRecords {
        let entries = services::entries(self.id());
        let (mut counted, mut left) = (entries.copy(), 0);
        while let Some(entry) = counted.pop() {
            left += entries::flags(entry).rows();
        }
        ServiceRecords { entries, front: EntryRows::NONE, back: EntryRows::NONE, left }
    }

    /// All ports of the service on this transport, one range for each record, ascending. A record that names no
    /// transport counts for TCP and UDP (RFC 6335 section 7.1).
    ///
    /// ```
    /// let http_alt = iana_ports::lookup_service("http-alt").unwrap();
    /// assert!(http_alt.ports(iana_ports::Proto::Tcp).eq([591, 8008, 8080].map(iana_ports::PortRange::single)));
    /// assert_eq!(http_alt.ports(iana_ports::Proto::Sctp).len(), 0);
    /// ```
    pub fn ports(self, proto: Proto) -> ServicePorts {
        let entries = services::entries(self.id());
        let left = entries.clone().filter_map(|entry| ServicePorts::of(proto, entry)).count();
        ServicePorts { entries, proto, left }
    }
}

/// The records of one service; see [`Service::records`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ServiceRecords {
    entries: Ids,
    front: EntryRows,
    back: EntryRows,
    left: usize,
}

impl ServiceRecords {
    fn step<const BACK: bool>(&mut self) -> Option<Record> {
        let (near, far) = if BACK { (&mut self.back, &mut self.front) } else { (&mut self.front, &mut self.back) };
        loop {
            if let Some(row) = take::<BACK, _>(near) {
                return Some(Record::at(row));
            }
            match take::<BACK, _>(&mut self.entries) {
                Some(entry) => *near = EntryRows::of(entry),
                None => return take::<BACK, _>(far).map(Record::at),
            }
        }
    }
}

iterator!(ServiceRecords yields Record, |self| next: self.step::<false>(), next_back: self.step::<true>());

/// The ports of one service on one transport; see [`Service::ports`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ServicePorts {
    entries: Ids,
    proto: Proto,
    left: usize,
}

impl ServicePorts {
    fn of(proto: Proto, entry: u16) -> Option<PortRange> {
        entries::port_on(entry, proto).and_then(|_| entries::ports(entry))
    }
}

iterator!(ServicePorts yields PortRange, |self|
    next: self.entries.find_map(|entry| Self::of(self.proto, entry)),
    next_back: self.entries.by_ref().rev().find_map(|entry| Self::of(self.proto, entry)));
