//! The status of ports without a record, as tables.
//!
//! Blocks are numbered by port, so the blocks of neighbouring ports have neighbouring numbers. Ports
//! come in pages. A page keeps the number of its first block, and its shape: for each of its ports
//! one of a few patterns, which have for each transport a kind and the distance to the block. Many
//! pages have the same shape.

use super::coverage::{Coverage, Run, Shown};
use super::tables::Tables;
use std::collections::BTreeMap;
use std::iter::repeat_n;

/// Ports to a page.
const NEIGHBOURS: usize = 32;

/// From a port to its status.
pub fn statuses(tables: &mut Tables, coverage: &Coverage, is_unassigned: impl Fn(usize) -> bool) {
    let runs = &coverage.runs;
    let ends = runs.iter().skip(1).map(|run| run.first).chain([1 << 16]);
    let ports: Vec<&Run> =
        runs.iter().zip(ends).flat_map(|(run, end)| repeat_n(run, end - run.first)).collect();
    let (mut patterns, mut shapes, mut pages) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for page in ports.chunks(NEIGHBOURS) {
        let shown = page.iter().flat_map(|run| run.shown);
        let base = shown.filter_map(|s| if let Shown::Block(block) = s { Some(block) } else { None }).min();
        let base = base.unwrap_or_default();
        let pattern = |run: &Run| {
            run.shown.map(|shown| match shown {
                Shown::Assigned | Shown::TakenElsewhere | Shown::LeftOut => 0,
                Shown::Free => 1,
                Shown::Dynamic => 2,
                Shown::Block(block) => (block - base + 1) << 2 | usize::from(is_unassigned(block)),
            })
        };
        let mut shape = Vec::with_capacity(NEIGHBOURS);
        for same in page.chunk_by(|a, b| a.first == b.first) {
            shape.extend(repeat_n(number(&mut patterns, pattern(same[0])), same.len()));
        }
        pages.push((base, number(&mut shapes, shape)));
    }
    let bits = usize::BITS - shapes.len().leading_zeros();
    tables.constant("NEIGHBOURS", NEIGHBOURS);
    tables.constant("SHAPE_BITS", bits as usize);
    tables.array("PORTS_TO_BLOCK", 2, pages.into_iter().map(|(block, shape)| block << bits | shape));
    tables.array("SHAPE_TO_PATTERNS", 1, in_order(shapes).concat());
    tables.array("PATTERN_TO_STATUS", 2, in_order(patterns).concat());
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
