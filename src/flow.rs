//! Which end of a flow serves.

use crate::tables::ports::primary_entry;
use crate::{Proto, Record};
use core::fmt;

/// One end of a flow; see [`lookup_flow`].
///
/// ```
/// use iana_ports::{End, Proto, lookup_flow};
///
/// assert_eq!(lookup_flow(53, 40_000, Proto::Udp).map(|(_, end)| end), Some(End::Source));
/// assert_ne!(End::Source, End::Destination);
/// assert_eq!(End::Destination.to_string(), "destination");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// The end that sends the packet.
    Source,
    /// The end that receives the packet.
    Destination,
}

impl End {
    /// The rule. Of two ends with a name it is the lower port that serves, which also puts System Ports before all
    /// others, and of equal ports the destination. Without any name the result means nothing.
    #[inline]
    #[allow(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]
    pub(crate) const fn serving(ports: [u16; 2], has_name: [bool; 2]) -> Self {
        let source_serves = has_name[0] & (!has_name[1] | (ports[0] < ports[1]));
        if source_serves { Self::Source } else { Self::Destination }
    }
}

/// `source`, `destination`.
impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Source => "source",
            Self::Destination => "destination",
        })
    }
}

/// The record of the end of a flow that serves, and which end that is.
///
/// If one end has a record, it serves. If both do, the System Port serves, and otherwise the lower port; if the ports are
/// equal, the destination. `None` if neither end has a record.
///
/// This is a guess from port numbers. A tool that has seen the start of a connection knows better: the end that sends the
/// SYN does not serve. The guess is wrong most often if both ends use registered User Ports.
///
/// ```
/// use iana_ports::{End, Proto, lookup_flow};
///
/// let (record, end) = lookup_flow(443, 50_123, Proto::Tcp).unwrap();
/// assert_eq!((record.name(), end), ("https", End::Source));
/// let (record, end) = lookup_flow(8443, 22, Proto::Tcp).unwrap(); // both have a record
/// assert_eq!((record.name(), end), ("ssh", End::Destination));
/// assert_eq!(lookup_flow(50_123, 50_124, Proto::Tcp), None);
/// ```
#[inline]
pub const fn lookup_flow(source: u16, destination: u16, proto: Proto) -> Option<(Record, End)> {
    let (from, to) = (primary_entry(source, proto), primary_entry(destination, proto));
    // Like `service_name`, this does not branch on what it finds.
    let end = End::serving([source, destination], [from != 0, to != 0]);
    let packed = if matches!(end, End::Source) { from } else { to };
    match Record::of_primary(packed, proto) {
        Some(record) => Some((record, end)),
        None => None,
    }
}
