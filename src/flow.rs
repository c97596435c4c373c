//! Which end of a flow serves.

use crate::shared::id::Id;
use crate::shared::port_class::PortClass;
use crate::tables::entries::{is_everyday, name_of};
use crate::tables::ports::primary_entry;
use crate::{Proto, Record};

/// One end of a flow; see [`lookup_flow`]. It displays as `source` or `destination`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// The end that sends the packet.
    Source,
    /// The end that receives the packet.
    Destination,
}

impl End {
    /// The end that serves if both have a name, by the rule of [`lookup_flow`]. Lower ports first puts System Ports
    /// first.
    #[inline]
    pub(crate) const fn serving(ports: [u16; 2], is_everyday: [bool; 2]) -> Self {
        let [source, destination] = [Self::rank(ports[0], is_everyday[0]), Self::rank(ports[1], is_everyday[1])];
        if source < destination { Self::Source } else { Self::Destination }
    }

    #[inline]
    const fn rank(port: u16, is_everyday: bool) -> u32 {
        let is_other = (port > PortClass::System.ports().last()) as u32 & !is_everyday as u32;
        is_other << 16 | port as u32
    }
}

display!(End, |self| match self {
    Self::Source => "source",
    Self::Destination => "destination",
});

/// The record of the end of a flow that serves, and which end that is. `None` if neither end has a record.
///
/// If only one end has a record, it serves. If both have one, the System Port serves; of two User Ports the one in
/// everyday use; and otherwise the lower port. If the ports are equal, the destination serves.
///
/// A port is in everyday use if the list of familiar names, registry/familiar.services, has it or another port of the
/// same record, on any transport: the list has 6000/tcp, so 6054/udp of `x11` is in everyday use too.
/// ([`is_familiar`](crate::is_familiar) asks about one port and transport.)
///
/// This is a guess from port numbers, and wrong most often if both are registered User Ports. If you have seen the
/// start of a TCP connection, use that: the end that sends the SYN does not serve.
///
/// ```
/// use iana_ports::{End, Proto, lookup_flow};
///
/// let name = |source, destination| lookup_flow(source, destination, Proto::Tcp).map(|(of, end)| (of.name(), end));
/// assert_eq!(name(443, 50_123), Some(("https", End::Source)));
/// assert_eq!(name(8443, 22), Some(("ssh", End::Destination))); // both have a record
/// assert_eq!(name(1042, 3306), Some(("mysql", End::Destination))); // one of two User Ports is in everyday use
/// assert_eq!(name(50_123, 50_124), None);
/// ```
#[inline(never)] // or the compiler lets a loop around it branch on what it finds
#[must_use]
pub const fn lookup_flow(source: u16, destination: u16, proto: Proto) -> Option<(Record, End)> {
    let (packed, end) = serving(source, destination, proto);
    // If there is no record, this is some other one, which is not used.
    let entry = match Id::unpack(packed) {
        Some(entry) => entry,
        None => Id::new(0),
    };
    let mut found = Some((Record::new(entry, proto), end));
    if packed == 0 {
        found = None; // a conditional move, where a `match` would be a branch
    }
    found
}

/// The name of the record that [`lookup_flow`] finds, `None` if neither end has a record. It is faster than to look up
/// the record first.
///
/// ```
/// assert_eq!(iana_ports::flow_name(443, 50_123, iana_ports::Proto::Tcp), Some("https"));
/// assert_eq!(iana_ports::flow_name(50_123, 50_124, iana_ports::Proto::Tcp), None);
/// ```
#[inline(never)]
#[must_use]
pub const fn flow_name(source: u16, destination: u16, proto: Proto) -> Option<&'static str> {
    name_of(serving(source, destination, proto).0 as usize)
}

/// The primary entry of the end that serves, and which end that is.
#[inline]
const fn serving(source: u16, destination: u16, proto: Proto) -> (u16, End) {
    let (from, to) = (primary_entry(source, proto), primary_entry(destination, proto));
    // Two ends with a record are rare. For all others, nothing branches on what was found, because that would be
    // unpredictable: one of the two is 0, so their product is 0, and the other one is what both have in bits.
    if from as u32 * to as u32 == 0 {
        (from | to, if from != 0 { End::Source } else { End::Destination })
    } else {
        match End::serving([source, destination], [is_everyday(from), is_everyday(to)]) {
            End::Source => (from, End::Source),
            End::Destination => (to, End::Destination),
        }
    }
}
