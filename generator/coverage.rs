//! What a port without a record is: blocks, which may overlap, become runs of ports that have one
//! answer for each transport.

use super::filter::Filter;
use super::resolve::{Block, Ports, Resolved, TRANSPORTS};
use std::cmp::Reverse;

/// The first of the Dynamic Ports (RFC 6335 section 6).
const FIRST_DYNAMIC: usize = 49_152;

/// What a port is on one transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A record answers, so whatever stands here is never asked for.
    Assigned,
    /// Covered by a block, an index into [`Coverage::blocks`] in the end.
    Block(usize),
    /// Taken on another transport, and so reserved on this (RFC 6335 section 7.2).
    TakenElsewhere,
    /// No row on any transport takes it.
    Free,
    /// One of the Dynamic Ports.
    Dynamic,
    /// Not compiled in. Whatever it is, it is not to be taken for free.
    LeftOut,
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
    /// By port. The first begins at port 0.
    pub runs: Vec<Run>,
}

/// Lays the blocks over one another, an overlay's on top, then the narrowest, then the earlier. Only
/// then leaves out what is not wanted, which may be why another port is reserved.
pub fn coverage(resolved: &Resolved, filter: &Filter) -> Coverage {
    let mut ports: Vec<[Shown; TRANSPORTS.len()]> = Vec::with_capacity(1 << 16);
    ports.resize(FIRST_DYNAMIC, [Shown::Free; TRANSPORTS.len()]);
    ports.resize(1 << 16, [Shown::Dynamic; TRANSPORTS.len()]);
    let mut bottom_up: Vec<usize> = (0..resolved.blocks.len()).collect();
    bottom_up.sort_by_key(|&row| {
        let Block { layer, ports, .. } = resolved.blocks[row];
        Reverse((layer, ports.last - ports.first, row))
    });
    for row in bottom_up {
        let block = &resolved.blocks[row];
        for port in &mut ports[usize::from(block.ports.first)..=usize::from(block.ports.last)] {
            match block.transport {
                Some(transport) => port[transport] = Shown::Block(row),
                None => *port = [Shown::Block(row); TRANSPORTS.len()],
            }
        }
    }
    for record in &resolved.records {
        let Some(Ports { first, last }) = record.ports else { continue };
        for port in &mut ports[usize::from(first)..=usize::from(last)] {
            record.transports().iter().for_each(|&transport| port[transport] = Shown::Assigned);
        }
    }
    let takes = |shown: &Shown| match *shown {
        Shown::Block(row) => !resolved.blocks[row].unassigned,
        shown => shown == Shown::Assigned,
    };
    for port in &mut ports {
        if port.iter().any(takes) {
            let free = port.iter_mut().filter(|shown| **shown == Shown::Free);
            free.for_each(|shown| *shown = Shown::TakenElsewhere);
        }
    }

    let blocks = wanted_blocks(resolved, filter);
    let mut numbers = vec![None; resolved.blocks.len()];
    blocks.iter().enumerate().for_each(|(number, &row)| numbers[row] = Some(number));
    for (number, port) in (0..=u16::MAX).zip(&mut ports) {
        for (transport, shown) in port.iter_mut().enumerate() {
            let is_wanted = filter.has(number, transport);
            *shown = match *shown {
                Shown::Dynamic => Shown::Dynamic,
                Shown::Block(row) if is_wanted => numbers[row].map_or(Shown::LeftOut, Shown::Block),
                shown if is_wanted => shown,
                _ if usize::from(number) < FIRST_DYNAMIC => Shown::LeftOut,
                _ => Shown::Dynamic,
            };
        }
    }

    let mut runs: Vec<Run> = Vec::new();
    for (first, shown) in ports.into_iter().enumerate() {
        match runs.last_mut().and_then(|run| both(run.shown, shown).map(|both| (run, both))) {
            Some((run, both)) => run.shown = both,
            None => runs.push(Run { first, shown }),
        }
    }
    Coverage { blocks, runs }
}

/// The blocks with a port that is wanted, in order.
fn wanted_blocks(resolved: &Resolved, filter: &Filter) -> Vec<usize> {
    let has = |&row: &usize| {
        let Block { ports, transport, .. } = resolved.blocks[row];
        let transports = transport.map_or(0..TRANSPORTS.len(), |transport| transport..transport + 1);
        (ports.first..=ports.last).any(|port| transports.clone().any(|transport| filter.has(port, transport)))
    };
    let mut blocks: Vec<usize> = (0..resolved.blocks.len()).filter(has).collect();
    blocks.sort_by_key(|&row| {
        let block = &resolved.blocks[row];
        (block.ports, block.transport.unwrap_or(TRANSPORTS.len()), row)
    });
    blocks
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
