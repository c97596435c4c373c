//! All blocks, or those in a range of ports.

use crate::shared::id::Id;
use crate::tables::blocks::{BLOCKS, meets, near};
use crate::{Block, PortRange};
use core::ops::Range;

/// Every block, by lowest port, highest port, transport (blocks without one come last), and position in the registry.
///
/// ```
/// assert_eq!(iana_ports::blocks().next().unwrap().to_string(), "0/tcp");
/// assert!(!iana_ports::blocks().any(|block| block.ports().contains(49152)));
/// ```
pub fn blocks() -> Blocks {
    Blocks { inner: 0..BLOCKS, left: BLOCKS.into(), ports: PortRange::from_ends(0, u16::MAX) }
}

/// Every block that contains one of these ports, as far as a filter keeps them, in the order of [`blocks`]. The time
/// grows with the number of blocks in the range.
///
/// ```
/// let ports = |first, last| iana_ports::PortRange::new(first, last).unwrap();
/// assert!(iana_ports::blocks_in(ports(790, 801)).map(|block| block.to_string()).eq(["788-799"]));
/// assert_eq!(iana_ports::blocks_in(ports(22, 22)).next(), None); // has records
/// ```
pub fn blocks_in(ports: PortRange) -> Blocks {
    let inner = near(ports);
    let left = inner.clone().filter(|&block| meets(block, ports)).count();
    Blocks { inner, left, ports }
}

/// Blocks; see [`blocks`] and [`blocks_in`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Blocks {
    inner: Range<u16>,
    left: usize,
    /// Only inner blocks that contain one of these ports count.
    ports: PortRange,
}

impl Blocks {
    fn block(ports: PortRange, block: u16) -> Option<Block> {
        meets(block, ports).then(|| Block::new(Id::new(block)))
    }
}

iterator!(Blocks yields Block, |self|
    next: self.inner.find_map(|block| Self::block(self.ports, block)),
    next_back: self.inner.by_ref().rev().find_map(|block| Self::block(self.ports, block)));
