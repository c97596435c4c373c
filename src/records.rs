//! Records and blocks of a range of ports.
//!
//! A record that begins below the range has its canonical entry there, where a walk over the range does not come.
//! So the records of the first port are taken apart, whatever their entries.

use crate::iter::{Blocks, SamePort};
use crate::walk::Walk;
use crate::{PortRange, Proto, Record, columns, lookup_port};
use core::array;
use core::iter::{FlatMap, FusedIterator};

/// Every record that answers for one of these ports: by the first of them that it answers for, then transport,
/// then primary first.
///
/// That is what [`records`](crate::records) would give if a filter left no other ports: a range that begins
/// below counts from the first of these ports. The time grows with the number of records.
///
/// ```
/// use iana_ports::{PortRange, records_in};
///
/// let ports = |first, last| PortRange::new(first, last).unwrap();
/// let names = records_in(ports(6063, 6064)).map(|record| record.to_string());
/// assert!(names.eq(["x11 6000-6063/tcp", "x11 6000-6063/udp", "ndl-ahp-svc 6064/tcp", "ndl-ahp-svc 6064/udp"]));
/// assert_eq!(records_in(ports(60_000, 65_535)).next(), None);
/// ```
pub fn records_in(ports: PortRange) -> RecordsIn {
    // What a filter leaves of the range begins with this port.
    let first = columns::wanted_port(ports);
    let [front, back] =
        first.map_or_else(|| [Walk::nowhere(), Walk::nowhere()], |first| Walk::behind(first, ports.last()));
    let found = Proto::ALL.map(|proto| lookup_port(first?, proto));
    let start = found.into_iter().flat_map(all_of as fn(Option<Record>) -> SamePort);
    let left = start.clone().filter_map(Record::counted_here).count() + front.clone().count();
    RecordsIn { start, front, back, left }
}

/// The records that answer for a port, by transport.
type AtPort =
    FlatMap<array::IntoIter<Option<Record>, { Proto::ALL.len() }>, SamePort, fn(Option<Record>) -> SamePort>;

/// All records that answer where this one does.
fn all_of(primary: Option<Record>) -> SamePort {
    primary.map_or_else(SamePort::none, Record::same_port)
}

/// Every block that has one of these ports, in the order of [`blocks`](crate::blocks).
///
/// Of a block that a filter cuts only the ports count that it leaves. The time grows with the number of blocks.
///
/// ```
/// use iana_ports::{PortRange, blocks_in};
///
/// let ports = |first, last| PortRange::new(first, last).unwrap();
/// assert!(blocks_in(ports(790, 801)).map(|block| block.to_string()).eq(["788-799"]));
/// assert_eq!(blocks_in(ports(22, 22)).next(), None); // has records
/// ```
pub fn blocks_in(ports: PortRange) -> Blocks {
    Blocks::within(ports)
}

/// The records of a range of ports; see [`records_in`].
///
/// ```
/// let mut records = iana_ports::records_in("6000-6064".parse().unwrap());
/// assert_eq!(records.len(), 4);
/// assert_eq!(records.next().unwrap().to_string(), "x11 6000-6063/tcp");
/// assert_eq!(records.next_back().unwrap().to_string(), "ndl-ahp-svc 6064/udp");
/// ```
#[derive(Clone, Debug)]
pub struct RecordsIn {
    /// Of the first port.
    start: AtPort,
    /// Of the others, from both ends.
    front: Walk,
    back: Walk,
    left: usize,
}

impl Iterator for RecordsIn {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.left = self.left.checked_sub(1)?;
        self.start.find_map(Record::counted_here).or_else(|| self.front.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for RecordsIn {
    fn next_back(&mut self) -> Option<Record> {
        self.left = self.left.checked_sub(1)?;
        self.back.next_back().or_else(|| self.start.by_ref().rev().find_map(Record::counted_here))
    }
}

impl ExactSizeIterator for RecordsIn {}
impl FusedIterator for RecordsIn {}
