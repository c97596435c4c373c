//! The two ends of a flow.

use core::fmt;

/// One end of a flow; see [`lookup_flow`](crate::lookup_flow).
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
    /// Where the packet comes from.
    Source,
    /// Where the packet goes.
    Destination,
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
