//! What a port without a record is: blocks, which may overlap, become runs of ports that have one
//! answer for each transport.

use super::answers::Answers;
use super::resolve::{Resolved, TRANSPORTS};
use std::cmp::Reverse;

/// The first of the Dynamic Ports (RFC 6335 section 6).
const FIRST_DYNAMIC: usize = 49_152;

/// What a port is on one transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A record answers, so whatever stands here is never asked for.
    Assigned,
    /// Covered by a block, an index into [`Coverage::blocks`].
    Block(usize),
    /// Taken on another transport, and so reserved on this (RFC 6335 section 7.2).
    TakenElsewhere,
    /// No row on any transport takes it.
    Free,
    /// One of the Dynamic Ports.
    Dynamic,
}

/// Ports from `first` up to the next run.
#[derive(Debug)]
pub struct Run {
    /// The first port.
    pub first: usize,
    /// One for each transport.
    pub shown: [Shown; TRANSPORTS.len()],
}

/// Every block, and what shows where.
#[derive(Debug)]
pub struct Coverage {
    /// By ports, then transport (none last), then place in the registry: indexes into
    /// [`Resolved::blocks`].
    pub blocks: Vec<usize>,
    /// By port. The first begins at port 0, the last at 49152.
    pub runs: Vec<Run>,
}

/// Lays the blocks over one another, the narrowest on top, the earlier of equals over the later.
pub fn coverage(resolved: &Resolved, answers: &Answers) -> Coverage {
    let mut blocks: Vec<usize> = (0..resolved.blocks.len()).collect();
    blocks.sort_by_key(|&row| {
        let block = &resolved.blocks[row];
        (block.ports, block.transport.unwrap_or(TRANSPORTS.len()), row)
    });
    let mut bottom_up: Vec<usize> = (0..blocks.len()).collect();
    bottom_up.sort_by_key(|&block| {
        let ports = resolved.blocks[blocks[block]].ports;
        Reverse((ports.last - ports.first, blocks[block]))
    });

    let mut ports = vec![[Shown::Free; TRANSPORTS.len()]; FIRST_DYNAMIC];
    for block in bottom_up {
        let row = &resolved.blocks[blocks[block]];
        for port in &mut ports[usize::from(row.ports.first)..=usize::from(row.ports.last)] {
            match row.transport {
                Some(transport) => port[transport] = Shown::Block(block),
                None => *port = [Shown::Block(block); TRANSPORTS.len()],
            }
        }
    }
    for &(port, transport) in answers.heads.keys() {
        if let Some(port) = ports.get_mut(usize::from(port)) {
            port[transport] = Shown::Assigned;
        }
    }
    let takes = |shown: &Shown| match *shown {
        Shown::Block(block) => !resolved.blocks[blocks[block]].unassigned,
        shown => shown == Shown::Assigned,
    };
    for port in &mut ports {
        if port.iter().any(takes) {
            let free = port.iter_mut().filter(|shown| **shown == Shown::Free);
            free.for_each(|shown| *shown = Shown::TakenElsewhere);
        }
    }
    ports.push([Shown::Dynamic; TRANSPORTS.len()]);

    let mut runs: Vec<Run> = Vec::new();
    for (first, shown) in ports.into_iter().enumerate() {
        match runs.last_mut().and_then(|run| both(run.shown, shown).map(|both| (run, both))) {
            Some((run, both)) => run.shown = both,
            None => runs.push(Run { first, shown }),
        }
    }
    Coverage { blocks, runs }
}

/// What agrees with both, if anything does. Where a record answers, all agree.
fn both(
    run: [Shown; TRANSPORTS.len()],
    port: [Shown; TRANSPORTS.len()],
) -> Option<[Shown; TRANSPORTS.len()]> {
    let mut both = run;
    for (both, port) in both.iter_mut().zip(port) {
        match (*both, port) {
            (_, Shown::Assigned) => {}
            (Shown::Assigned, port) => *both = port,
            (run, port) if run == port => {}
            _ => return None,
        }
    }
    Some(both)
}
