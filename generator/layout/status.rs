//! The tables that say what a port without a record is.
//!
//! Blocks have ids in the order of their ports, so the blocks of neighboring ports have neighboring ids. The tables have
//! three stages. The first stage has, for each page of ports, the id of the page's first block and the place of the page in
//! the second stage. The second stage has, for each port of a page, the place of its statuses in the third stage: one for
//! each transport. A status counts the covering block from the page's first block, so many pages are equal, and many
//! ports.

use super::coverage::{Coverage, Found, OnTransports};
use super::shared::packing::{PAGE, Status, pack_pair};
use super::tables::Tables;
use std::collections::BTreeMap;
use std::iter::repeat_n;

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

/// Nothing reads the status of a port with a record. Such ports take the statuses of their neighbors, as long as all
/// transports agree, so that more ports are equal.
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

/// The statuses that agree with both, if there are any. A record agrees with everything.
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
