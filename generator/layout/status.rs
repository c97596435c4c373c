//! What a port without a record is, on each transport, and the tables that say so.
//!
//! Blocks have ids in the order of their ports, so the blocks of neighbouring ports have neighbouring ids.
//! The tables have three stages. The first one has for each page of ports the id of its first block, and
//! where the second one has the page. The second stage has for each port of a page where the third one has
//! its statuses, one for each transport. A status says how far behind the page's first block the covering
//! block is, so many pages are equal, and many ports.

use super::filter::Filter;
use super::format::{PAGE, Status, pack_pair};
use super::resolve::{Block, Resolved, none_last};
use super::tables::Tables;
use super::{PortClass, Proto};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::iter::repeat_n;

/// What a port is on one transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A record answers, so whatever stands here is never asked for.
    Record,
    /// A block covers it, an index into [`Coverage::blocks`] in the end.
    Block(usize),
    /// Taken on another transport, and so reserved on this one (RFC 6335 section 7.2).
    TakenElsewhere,
    /// No row on any transport takes it.
    Nothing,
    /// One of the Dynamic Ports.
    Dynamic,
    /// Not compiled in. Whatever it is, it is not to be taken for free.
    LeftOut,
}

/// One for each transport.
type OnTransports = [Found; Proto::ALL.len()];

/// Every block, and what is found where.
#[derive(Debug)]
pub struct Coverage {
    /// By ports, then transport (none last), then position in the registry: indexes into
    /// [`Resolved::blocks`].
    pub blocks: Vec<usize>,
    /// For every port.
    pub ports: Vec<OnTransports>,
}

/// Finds for every port the block that covers it, if there is one. Only then leaves out what is not wanted,
/// which may be why another port is reserved.
pub fn cover(resolved: &Resolved, filter: &Filter) -> Coverage {
    let all = || 0..=u16::MAX;
    let class = |port| if is_dynamic(port) { Found::Dynamic } else { Found::Nothing };
    let mut ports: Vec<OnTransports> = all().map(|port| [class(port); Proto::ALL.len()]).collect();
    let mut last_first: Vec<usize> = (0..resolved.blocks.len()).collect();
    last_first.sort_by_key(|&row| Reverse(resolved.blocks[row].precedence));
    for row in last_first {
        let block = &resolved.blocks[row];
        for port in &mut ports[block.ports.first().into()..=block.ports.last().into()] {
            block.protos().iter().for_each(|&proto| port[proto as usize] = Found::Block(row));
        }
    }
    for record in &resolved.records {
        let Some(own) = record.ports else { continue };
        for port in &mut ports[own.first().into()..=own.last().into()] {
            record.protos().iter().for_each(|&proto| port[proto as usize] = Found::Record);
        }
    }
    let takes = |found: &Found| match *found {
        Found::Block(row) => !resolved.blocks[row].is_unassigned,
        found => found == Found::Record,
    };
    for port in ports.iter_mut().filter(|port| port.iter().any(takes)) {
        let free = port.iter_mut().filter(|found| **found == Found::Nothing);
        free.for_each(|found| *found = Found::TakenElsewhere);
    }

    let blocks = wanted_blocks(resolved, filter);
    let mut ids = vec![None; resolved.blocks.len()];
    blocks.iter().enumerate().for_each(|(id, &row)| ids[row] = Some(id));
    for (port, on_transports) in all().zip(&mut ports) {
        for (proto, found) in Proto::ALL.into_iter().zip(on_transports) {
            let is_wanted = filter.keeps(port, proto);
            *found = match *found {
                Found::Dynamic => Found::Dynamic,
                Found::Block(row) if is_wanted => ids[row].map_or(Found::LeftOut, Found::Block),
                found if is_wanted => found,
                _ if is_dynamic(port) => Found::Dynamic,
                _ => Found::LeftOut,
            };
        }
    }
    Coverage { blocks, ports }
}

fn is_dynamic(port: u16) -> bool {
    PortClass::of(port) == PortClass::Dynamic
}

/// The blocks with a port that is wanted, in order.
fn wanted_blocks(resolved: &Resolved, filter: &Filter) -> Vec<usize> {
    let is_wanted = |&row: &usize| {
        let block = &resolved.blocks[row];
        filter.kept(block.ports, block.protos()).next().is_some()
    };
    let mut blocks: Vec<usize> = (0..resolved.blocks.len()).filter(is_wanted).collect();
    blocks.sort_by_key(|&row| {
        let Block { ports, proto, precedence, .. } = &resolved.blocks[row];
        (*ports, none_last(*proto), precedence.position)
    });
    blocks
}

/// Lays out the tables from a port to its status.
pub fn lay_out_statuses(tables: &mut Tables, coverage: &Coverage, is_unassigned: impl Fn(usize) -> bool) {
    let mut ports = coverage.ports.clone();
    fill_gaps(&mut ports);
    let (mut first_stage, mut pages, mut quartets) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for page in ports.chunks(PAGE) {
        let found = page.iter().flatten();
        let blocks = found.filter_map(|found| if let Found::Block(id) = found { Some(*id) } else { None });
        let first = blocks.min().unwrap_or_default();
        let statuses = |port: &OnTransports| {
            port.map(|found| match found {
                Found::Record | Found::TakenElsewhere | Found::LeftOut => Status::RESERVED,
                Found::Nothing => Status::UNASSIGNED,
                Found::Dynamic => Status::DYNAMIC,
                Found::Block(id) => Status::of_block(id - first, is_unassigned(id)),
            })
        };
        let mut second_stage = Vec::with_capacity(PAGE);
        for same in page.chunk_by(|a, b| a == b) {
            second_stage.extend(repeat_n(number(&mut quartets, statuses(&same[0])), same.len()));
        }
        first_stage.push((first, number(&mut pages, second_stage)));
    }
    let bits = usize::BITS - pages.len().leading_zeros();
    tables.constant("STATUS_PAGE_BITS", bits as usize);
    let first_stage = first_stage.into_iter().map(|(first, page)| pack_pair(first, page, bits));
    tables.array("PORTS_TO_STATUS_PAGE", 2, first_stage);
    tables.array("STATUS_PAGE_TO_STATUSES", 1, in_order(pages).concat());
    let statuses = in_order(quartets).concat();
    tables.array("STATUSES", 2, statuses.into_iter().map(|status| status.pack() as usize));
}

/// Where a record answers, nobody asks for a status: such ports take what their neighbours have, as long as
/// all transports agree, so that more of them are the same.
fn fill_gaps(ports: &mut [OnTransports]) {
    let mut start = 0;
    while start < ports.len() {
        let (mut common, mut end) = (ports[start], start + 1);
        while let Some(both) = ports.get(end).and_then(|&port| agreement(common, port)) {
            (common, end) = (both, end + 1);
        }
        ports[start..end].fill(common);
        start = end;
    }
}

/// What agrees with both, if anything does. Where a record answers, all agree.
fn agreement(a: OnTransports, b: OnTransports) -> Option<OnTransports> {
    let mut both = a;
    for (both, b) in both.iter_mut().zip(b) {
        match (*both, b) {
            (_, Found::Record) => {}
            (Found::Record, b) => *both = b,
            (a, b) if a == b => {}
            _ => return None,
        }
    }
    Some(both)
}

/// The number of a key, the next one if it is new.
fn number<K: Ord>(numbers: &mut BTreeMap<K, usize>, key: K) -> usize {
    let next = numbers.len();
    *numbers.entry(key).or_insert(next)
}

fn in_order<K>(numbers: BTreeMap<K, usize>) -> Vec<K> {
    let mut keys: Vec<(K, usize)> = numbers.into_iter().collect();
    keys.sort_by_key(|(_, number)| *number);
    keys.into_iter().map(|(key, _)| key).collect()
}
