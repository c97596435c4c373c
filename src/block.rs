//! Blocks: the registry's rows that have no service name.

use crate::{PortRange, Proto, columns};
use core::fmt;
use core::num::NonZeroU16;

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
pub struct Block(NonZeroU16);

impl Block {
    /// The block with this number in the tables.
    #[inline]
    pub(crate) const fn new(block: u16) -> Self {
        Self(NonZeroU16::MIN.saturating_add(block))
    }

    /// The block that is counted from 1 by this number; 0 is none.
    #[inline]
    pub(crate) const fn from_number(number: u16) -> Option<Self> {
        match NonZeroU16::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    #[inline]
    const fn number(self) -> u16 {
        self.0.get() - 1
    }

    /// The number among all rows of entries and blocks.
    #[cfg(any(feature = "metadata", feature = "contacts"))]
    pub(crate) const fn row(self) -> usize {
        columns::block_row(self.number())
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
        columns::block_ports(self.number())
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
        columns::block_proto(self.number())
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
        columns::block_is_unassigned(self.number())
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
        columns::block_description(self.number())
    }

    /// The block's place in the registry as published, counted from 0 through all rows; those of an
    /// overlay come behind.
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
        crate::metadata::position(self.row(), 0, 0)
    }
}

/// Ports and transport, as far as the row has them: `0/tcp`, `225-241`.
impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ports().fmt(f)?;
        self.proto().map_or(Ok(()), |proto| write!(f, "/{proto}"))
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Block({self})")
    }
}
