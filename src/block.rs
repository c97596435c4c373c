//! Blocks: the registry's rows that have no service name.

use crate::shared::id::Id;
use crate::shared::pad::pad;
use crate::tables::blocks;
use crate::tables::rows::of_block;
use crate::{PortRange, Proto};

/// A row of the registry without a service name: ports that are unassigned, reserved, or set aside for a use such as
/// "any private mail system".
///
/// A block has the size of two bytes, and so does `Option<Block>`. Blocks sort in the order of
/// [`blocks`](crate::blocks()), and display what they have of ports and transport.
///
/// ```
/// use iana_ports::{Proto, port_status};
///
/// let block = |port| port_status(port, Proto::Tcp).block().unwrap();
/// assert_eq!((block(4).to_string().as_str(), block(790).ports().to_string().as_str()), ("4/tcp", "788-799"));
/// assert_eq!((block(4).proto(), block(790).proto()), (Some(Proto::Tcp), None));
/// assert_eq!((block(4).protos(), block(790).protos()), (&[Proto::Tcp][..], &Proto::ALL[..]));
/// assert!(block(4).is_unassigned() && !block(24).is_unassigned()); // 24 is for any private mail system
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub struct Block(Id);

impl Block {
    #[inline]
    pub(crate) const fn new(block: Id) -> Self {
        Self(block)
    }

    pub(crate) const fn row(self) -> usize {
        of_block(self.0.get())
    }

    /// True if the registry writes a single port as a range: `4748-4748`.
    pub(crate) const fn is_written_as_range(self) -> bool {
        blocks::flags(self.0.get()).is_range
    }

    /// The ports that the row covers. Records and narrower blocks inside take precedence.
    pub const fn ports(self) -> PortRange {
        blocks::ports(self.0.get())
    }

    /// The transport protocol, `None` if the row names none and therefore covers all.
    pub const fn proto(self) -> Option<Proto> {
        blocks::flags(self.0.get()).proto
    }

    /// The transport protocols that the block covers, in the order of [`Proto::ALL`]: the one that the row names, or
    /// all.
    pub const fn protos(self) -> &'static [Proto] {
        Proto::of_block(self.proto())
    }

    /// True if the ports can be assigned on request (RFC 6335 section 6): the row's description says "unassigned".
    /// Other ports are reserved, removed, de-registered (section 8.2), or set aside for private use.
    pub const fn is_unassigned(self) -> bool {
        blocks::flags(self.0.get()).is_unassigned
    }
}

display!(Block, |self, f| match self.proto() {
    Some(proto) => write!(f, "{}/{proto}", self.ports()),
    None => write!(f, "{}", self.ports()),
});
debug_as_displayed!(Block);
