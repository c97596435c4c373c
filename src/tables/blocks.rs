//! Lookups in the tables by the id of a block.

use super::ports::wanted;
use super::{at, generated as t};
use crate::shared::flags::BlockFlags;
use crate::shared::port_range::PortRange;
use core::ops::Range;

pub(crate) const BLOCKS: u16 = t::BLOCK_TO_PORT.len() as u16;

#[inline(never)]
pub(crate) const fn ports(block: u16) -> PortRange {
    PortRange::from_ends(at(&t::BLOCK_TO_PORT, block as usize, 0), at(&t::BLOCK_TO_LAST, block as usize, 0))
}

#[inline(never)]
pub(crate) const fn flags(block: u16) -> BlockFlags {
    BlockFlags::unpack(at(&t::BLOCK_TO_FLAGS, block as usize, 0))
}

/// The blocks that may contain one of these ports, the first of which a filter keeps: those that begin there, and
/// before them as many as can reach into the range.
#[inline(never)]
pub(crate) fn near(ports: PortRange) -> Range<u16> {
    let begin_from = t::BLOCK_TO_PORT.partition_point(|&first| first < ports.first());
    let begin_behind = t::BLOCK_TO_PORT.partition_point(|&first| first <= ports.last());
    begin_from.saturating_sub(t::BLOCKS_IN_A_BLOCK as usize + 1) as u16..begin_behind as u16
}

/// True if the block contains one of these ports that a filter keeps.
pub(crate) fn meets(block: u16, range: PortRange) -> bool {
    let own = ports(block);
    let (first, last) = (own.first().max(range.first()), own.last().min(range.last()));
    PortRange::new(first, last).is_some_and(|both| wanted(both).is_some())
}
