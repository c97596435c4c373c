//! Rows of the registry, of either kind.

use crate::{Block, PortRange, PortStatus, Proto, Record};
use core::fmt;

/// A row of the registry: a record, which has a service name, or a block, which has none.
///
/// Records sort before blocks, in the order of [`records`](crate::records()) and [`blocks`](crate::blocks()).
///
/// ```
/// use iana_ports::{Proto, Row, search};
///
/// let row = |text| search(text).next().unwrap();
/// let (x11, zero) = (row("x11"), row("0")); // port 0 is reserved
/// assert!(matches!(x11, Row::Record(_)) && x11.record().is_some() && zero.record().is_none());
/// assert_eq!((x11.name(), x11.block(), zero.name()), (Some("x11"), None, None));
/// assert_eq!((x11.ports().unwrap().last(), row("airplay").ports()), (6063, None));
/// assert_eq!((x11.proto(), x11.protos()), (Some(Proto::Tcp), &[Proto::Tcp][..]));
/// assert_eq!([x11, zero].map(|row| row.status().as_str()), ["Assigned", "Reserved"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub enum Row {
    /// A row with a service name.
    Record(Record),
    /// A row without one.
    Block(Block),
}

impl Row {
    /// The record, `None` for a block.
    pub const fn record(self) -> Option<Record> {
        match self {
            Self::Record(record) => Some(record),
            Self::Block(_) => None,
        }
    }

    /// The block, `None` for a record.
    pub const fn block(self) -> Option<Block> {
        match self {
            Self::Record(_) => None,
            Self::Block(block) => Some(block),
        }
    }

    /// The service name as the registry spells it in this row, `None` for a block.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Record(record) => Some(record.name()),
            Self::Block(_) => None,
        }
    }

    /// The ports of the row, as [`Record::ports`] and [`Block::ports`] give them. `None` for a name without a port.
    pub const fn ports(self) -> Option<PortRange> {
        match self {
            Self::Record(record) => record.ports(),
            Self::Block(block) => Some(block.ports()),
        }
    }

    /// The transport protocol, `None` if the row names none.
    pub const fn proto(self) -> Option<Proto> {
        match self {
            Self::Record(record) => record.proto(),
            Self::Block(block) => block.proto(),
        }
    }

    /// The transport protocols on which the row counts, as [`Record::protos`] and [`Block::protos`] give them.
    pub const fn protos(self) -> &'static [Proto] {
        match self {
            Self::Record(record) => record.protos(),
            Self::Block(block) => block.protos(),
        }
    }

    /// The status that the row gives its ports: a record assigns them, and a block reserves them or leaves them
    /// unassigned.
    pub const fn status(self) -> PortStatus {
        match self {
            Self::Record(record) => PortStatus::Assigned(record),
            Self::Block(block) if block.is_unassigned() => PortStatus::Unassigned(Some(block)),
            Self::Block(block) => PortStatus::Reserved(Some(block)),
        }
    }

    /// The number of the row among all rows of the tables.
    pub(crate) const fn row(self) -> usize {
        match self {
            Self::Record(record) => record.row(),
            Self::Block(block) => block.row(),
        }
    }
}

from!(Row, |record: Record| Self::Record(record));
from!(Row, |block: Block| Self::Block(block));

/// As the record or the block displays.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(record) => fmt::Display::fmt(record, f),
            Self::Block(block) => fmt::Display::fmt(block, f),
        }
    }
}
