//! All records, those in a range of ports, and those that share a port.
//!
//! A record that begins below a range has its canonical entry there, where a walk over the range does not go. So the
//! records of the range's first port are looked up separately.

use crate::shared::id::Id;
use crate::tables::entries;
use crate::tables::ids::Ids;
use crate::tables::ports::wanted;
use crate::tables::rows::RECORDS;
use crate::tables::walk::Walk;
use crate::{PortRange, Proto, Record, lookup_port};
use core::array;
use core::iter::{self, FlatMap, Flatten};

/// Every record, by lowest port, then transport, then primary first. Records without a port come last, by name with
/// case ignored, then transport.
///
/// A record that has a port but names no transport counts on TCP, or on UDP if a filter leaves out TCP. A record with
/// neither comes after the others of its name. A range counts from the first port that a filter keeps.
///
/// ```
/// assert_eq!(iana_ports::records().next().unwrap().to_string(), "tcpmux 1/tcp");
/// assert!(!iana_ports::records().any(|record| record.name().is_empty()));
/// ```
pub fn records() -> Records {
    Records { front: Walk::new(), back: Walk::new(), left: RECORDS }
}

/// Every record that answers for one of these ports, as [`records`] would yield them if a filter kept only these ports:
/// a range that begins below them counts from their first. The time grows with the number of records in the range.
///
/// ```
/// let ports = |first, last| iana_ports::PortRange::new(first, last).unwrap();
/// let names = iana_ports::records_in(ports(6063, 6064)).map(|record| record.to_string());
/// assert!(names.eq(["x11 6000-6063/tcp", "x11 6000-6063/udp", "ndl-ahp-svc 6064/tcp", "ndl-ahp-svc 6064/udp"]));
/// assert_eq!(iana_ports::records_in(ports(60_000, 65_535)).next(), None);
/// ```
pub fn records_in(ports: PortRange) -> RecordsIn {
    // The filtered range begins with this port.
    let first = wanted(ports);
    let [front, back] = first.map_or_else(Default::default, |first| Walk::behind(first, ports.last()));
    let found = Proto::ALL.map(|proto| lookup_port(first?, proto)).into_iter().flatten();
    let start = found.flat_map(Record::same_port_records as fn(Record) -> SamePortRecords);
    let mut others = front.clone();
    let left =
        start.clone().filter_map(Record::counted_here).count() + iter::from_fn(|| others.step::<false>()).count();
    RecordsIn { start, front, back, left }
}

/// Every record; see [`records`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Records {
    front: Walk,
    back: Walk,
    left: usize,
}

iterator!(Records yields Record, |self|
    next: self.front.step::<false>().map(Record::at),
    next_back: self.back.step::<true>().map(Record::at));

/// The records that answer for one port, by transport.
type AtPort = FlatMap<
    Flatten<array::IntoIter<Option<Record>, { Proto::ALL.len() }>>,
    SamePortRecords,
    fn(Record) -> SamePortRecords,
>;

/// The records in a range of ports; see [`records_in`].
#[derive(Clone, Debug)]
#[must_use]
pub struct RecordsIn {
    /// The records of the first port.
    start: AtPort,
    /// The records of the other ports, from both ends.
    front: Walk,
    back: Walk,
    left: usize,
}

iterator!(RecordsIn yields Record, |self|
    next: self.start.find_map(Record::counted_here).or_else(|| self.front.step::<false>().map(Record::at)),
    next_back: (self.back.step::<true>().map(Record::at))
        .or_else(|| self.start.by_ref().rev().find_map(Record::counted_here)));

impl Record {
    /// All records that answer for the same port and transport, this one included, primary first: [What an answer
    /// means](crate::_documentation::answers) has the rules.
    ///
    /// The port and transport are those that you looked up. For a record that you found in another way, they are the
    /// lowest port that it answers for and its own transport, or TCP if the row names none. A record without a port
    /// yields only itself.
    ///
    /// ```
    /// let records = |port| iana_ports::lookup_port(port, iana_ports::Proto::Tcp).unwrap().same_port_records();
    /// assert!(records(80).map(|record| record.name()).eq(["http", "www", "www-http"]));
    /// assert_eq!(records(443).count(), 1);
    /// ```
    pub const fn same_port_records(self) -> SamePortRecords {
        SamePortRecords { entries: entries::candidates(self.entry()), proto: self.found_on() }
    }
}

iterator!(
    /// The records that answer for one port and transport; see [`Record::same_port_records`].
    SamePortRecords { entries: Ids, proto: Proto } yields Record, |self, entry| Record::new(Id::new(entry), self.proto));
