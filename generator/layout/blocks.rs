//! The tables of blocks, and those that say what a port without a record is.
//!
//! Blocks have ids in the order of their ports, so those of neighboring ports have neighboring ids. The tables have
//! three stages. The first has, for each page of ports, the id of the page's first block and the place of the page in
//! the second stage. The second has, for each port of a page, the place of its statuses in the third: one for each
//! transport. A status counts the covering block from the page's first block, so many pages are equal, and many ports.

use super::coverage::{Coverage, Found, OnTransports};
use super::tables::Tables;
use crate::generator::check::{Block, Checked};
use crate::generator::numbers::Numbers;
use crate::generator::read::registry::Row;
use crate::generator::shared::flags::BlockFlags;
use crate::generator::shared::packing::{PAGE, Status, pack_pair};

pub fn lay_out_blocks(tables: &mut Tables, checked: &Checked, coverage: &Coverage) {
    let blocks: Vec<&Block> = coverage.blocks.iter().map(|&row| &checked.blocks[row]).collect();
    tables.column("BLOCK_TO_PORT", 2, &mut blocks.iter().map(|block| block.ports.first().into()));
    tables.column("BLOCK_TO_LAST", 2, &mut blocks.iter().map(|block| block.ports.last().into()));
    let flags = |block: &&Block| {
        let (Row { proto, is_range, .. }, is_unassigned) = (&block.row, block.is_unassigned);
        BlockFlags { proto: *proto, is_unassigned, is_range: *is_range }.pack().into()
    };
    tables.column("BLOCK_TO_FLAGS", 1, &mut blocks.iter().map(flags));
    let begin_in = |(id, block): (usize, &&Block)| {
        blocks.partition_point(|other| other.ports.first() <= block.ports.last()) - id - 1
    };
    tables.constant("BLOCKS_IN_A_BLOCK", blocks.iter().enumerate().map(begin_in).max().unwrap_or_default());
    lay_out_statuses(tables, coverage, &blocks);
}

fn lay_out_statuses(tables: &mut Tables, coverage: &Coverage, blocks: &[&Block]) {
    let mut ports = coverage.ports.clone();
    fill_gaps(&mut ports);
    // The statuses of each run of equal ports, none of which is on two pages, and the run of each port.
    let (mut firsts, mut runs, mut run_of) = (Vec::new(), Vec::new(), Vec::new());
    for on_page in ports.chunks(PAGE) {
        let mut first = None;
        for found in on_page.as_flattened() {
            if let Found::Block(id) = *found {
                first = Some(first.map_or(id, |first: usize| first.min(id)));
            }
        }
        let first = first.unwrap_or_default();
        firsts.push(first);
        for (at, port) in on_page.iter().enumerate() {
            if at == 0 || *port != on_page[at - 1] {
                runs.push(port.map(|found| {
                    let status = match found {
                        Found::Record | Found::TakenElsewhere | Found::LeftOut => Status::RESERVED,
                        Found::Nothing => Status::UNASSIGNED,
                        Found::Dynamic => Status::DYNAMIC,
                        Found::Block(id) => Status::of_block(id - first, blocks[id].is_unassigned),
                    };
                    status.pack() as usize
                }));
            }
            run_of.push(runs.len() - 1);
        }
    }
    let quartets = Numbers::as_met(runs.len(), &|a, b| runs[a].cmp(&runs[b]));
    let on_ports: Vec<usize> = run_of.iter().map(|&run| quartets.of[run]).collect();
    let pages: Vec<&[usize]> = on_ports.chunks(PAGE).collect();
    let numbers = Numbers::as_met(pages.len(), &|a, b| pages[a].cmp(pages[b]));
    let bits = usize::BITS - numbers.firsts.len().leading_zeros();
    tables.constant("STATUS_PAGE_BITS", bits as usize);
    let mut first_stage = firsts.iter().zip(&numbers.of).map(|(&first, &page)| pack_pair(first, page, bits));
    tables.column("PORTS_TO_STATUS_PAGE", 2, &mut first_stage);
    let (mut second_stage, mut third_stage) = (Vec::new(), Vec::new());
    for &page in &numbers.firsts {
        second_stage.extend_from_slice(pages[page]);
    }
    for &run in &quartets.firsts {
        third_stage.extend_from_slice(&runs[run]);
    }
    tables.array("STATUS_PAGE_TO_STATUSES", 1, second_stage);
    tables.array("STATUSES", 2, third_stage);
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
