//! Blocks: the registry's rows that have no service name.

use crate::format::Id;
use crate::pad::pad;
use crate::{PortRange, Proto, columns};
use core::fmt;

/// A row of the registry without a service name: ports that are unassigned, reserved, or given to a
/// use such as "any private mail system".
///
/// Two bytes, `Option<Block>` too. Sorted as [`blocks`](crate::blocks) yields them.
///
/// ```
/// use iana_ports::{PortStatus, Proto, port_status};
///
/// let PortStatus::Unassigned(Some(block)) = port_status(4, Proto::Tcp) else { panic!() };
/// assert_eq!(block.ports().to_string(), "4");
/// assert!(block.is_unassigned());
/// assert!(matches!(port_status(443, Proto::Tcp), PortStatus::Assigned(_)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block(Id);

impl Block {
    /// The block with this id.
    #[inline]
    pub(crate) const fn new(block: Id) -> Self {
        Self(block)
    }

    /// The number among all rows of entries and blocks.
    #[cfg(any(feature = "metadata", feature = "contacts"))]
    pub(crate) const fn row(self) -> usize {
        columns::block_row(self.0.get())
    }

    /// The ports that the row covers. Records and narrower blocks inside take precedence.
    ///
    /// ```
    /// use iana_ports::{PortStatus, Proto, port_status};
    ///
    /// let PortStatus::Unassigned(Some(block)) = port_status(790, Proto::Tcp) else { panic!() };
    /// assert_eq!(block.ports().to_string(), "788-799");
    /// assert!(!block.ports().contains(800));
    /// ```
    pub const fn ports(self) -> PortRange {
        columns::block_ports(self.0.get())
    }

    /// The transport protocol; `None` where the row names none and so covers all four.
    ///
    /// ```
    /// use iana_ports::blocks;
    ///
    /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
    /// assert_eq!(at(0).proto(), Some(iana_ports::Proto::Tcp));
    /// assert_eq!(at(49151).proto(), None);
    /// ```
    pub const fn proto(self) -> Option<Proto> {
        columns::block_proto(self.0.get())
    }

    /// Whether the ports can be assigned on request (RFC 6335 section 6).
    ///
    /// `false` for everything that the row's description does not call unassigned: what is
    /// reserved, was removed or de-registered (section 8.2), or is set aside for a private use.
    ///
    /// ```
    /// use iana_ports::blocks;
    ///
    /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
    /// assert!(at(4).is_unassigned());
    /// assert!(!at(24).is_unassigned()); // any private mail system
    /// ```
    pub const fn is_unassigned(self) -> bool {
        columns::block_is_unassigned(self.0.get())
    }

    /// The description, white space folded; empty where the registry gives none.
    ///
    /// Needs the feature `descriptions`, which is on by default.
    ///
    /// ```
    /// use iana_ports::blocks;
    ///
    /// let at = |port| blocks().find(|block| block.ports().contains(port)).unwrap();
    /// assert_eq!(at(24).description(), "any private mail system");
    /// assert_ne!(at(4).description(), "any private mail system");
    /// ```
    #[cfg(feature = "descriptions")]
    pub const fn description(self) -> &'static str {
        columns::block_description(self.0.get())
    }

    /// The block's position in the registry as published: rows are numbered from 0, and those of an overlay
    /// come behind.
    ///
    /// To sort by it is to have IANA's order. Needs the feature `metadata`.
    ///
    /// ```
    /// use iana_ports::blocks;
    ///
    /// assert_eq!(blocks().next().unwrap().position(), 0);
    /// assert_ne!(blocks().next_back().unwrap().position(), 0);
    /// ```
    #[cfg(feature = "metadata")]
    pub fn position(self) -> usize {
        crate::metadata::position(self.row(), None, 0)
    }
}

/// Ports and transport, as far as the row has them: `0/tcp`, `225-241`.
impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| match self.proto() {
            Some(proto) => write!(f, "{}/{proto}", self.ports()),
            None => write!(f, "{}", self.ports()),
        })
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Block({self})")
    }
}
