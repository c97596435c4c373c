//! Which block covers which port: overlapping blocks become runs of ports with one answer each.

use super::resolve::{Resolved, TRANSPORTS};
use std::cmp::Reverse;

/// Ports from `first` up to the next run.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// The first port.
    pub first: u16,
    /// For each transport the block that covers it, as an index into [`Coverage::blocks`].
    pub blocks: [Option<usize>; TRANSPORTS.len()],
}

/// Every block, and where it shows.
#[derive(Debug)]
pub struct Coverage {
    /// By ports, then transport (none last), then place in the registry: indexes into
    /// [`Resolved::blocks`].
    pub blocks: Vec<usize>,
    /// By port. The first begins at port 0.
    pub runs: Vec<Run>,
}

/// Lays the blocks over one another, the narrowest on top, the earlier of equals over the later.
pub fn coverage(resolved: &Resolved) -> Coverage {
    let mut blocks: Vec<usize> = (0..resolved.blocks.len()).collect();
    blocks.sort_by_key(|&row| {
        let block = &resolved.blocks[row];
        (block.ports, block.transport.unwrap_or(TRANSPORTS.len()), row)
    });

    let mut bottom_up: Vec<usize> = (0..blocks.len()).collect();
    bottom_up.sort_by_key(|&block| {
        let row = blocks[block];
        let ports = resolved.blocks[row].ports;
        Reverse((ports.last - ports.first, row))
    });
    let mut shown = vec![[None; TRANSPORTS.len()]; 1 << 16];
    for block in bottom_up {
        let row = &resolved.blocks[blocks[block]];
        for port in &mut shown[usize::from(row.ports.first)..=usize::from(row.ports.last)] {
            match row.transport {
                Some(transport) => port[transport] = Some(block),
                None => *port = [Some(block); TRANSPORTS.len()],
            }
        }
    }

    let mut runs: Vec<Run> = Vec::new();
    for (first, blocks) in (0..=u16::MAX).zip(shown) {
        if runs.last().is_none_or(|run| run.blocks != blocks) {
            runs.push(Run { first, blocks });
        }
    }
    Coverage { blocks, runs }
}
