//! Multi-stage tables: a large table is cut into pages, and equal pages are stored once. The first stage says where the
//! page of a port starts, and the second stage has the pages.

use super::shared::packing::{PAGE, PORT_INDEXES, port_index};
use super::shared::proto::Proto;
use std::collections::BTreeMap;

/// A two-stage table, perhaps without the empty pages at its end: the value at an index is
/// `pages[starts[index / PAGE] + index % PAGE]`.
#[derive(Debug)]
pub struct Stages {
    /// Where each page starts.
    pub starts: Vec<usize>,
    /// The distinct pages, in the order in which they are first needed.
    pub pages: Vec<usize>,
}

/// Stores values by port and transport in stages. Places without a value hold 0.
pub fn stage_ports(values: &BTreeMap<(u16, Proto), usize>) -> Stages {
    let mut all = vec![0; PORT_INDEXES];
    for (&(port, proto), &value) in values {
        all[port_index(port, proto)] = value;
    }
    let mut distinct: BTreeMap<&[usize], usize> = BTreeMap::new();
    let mut stages = Stages { starts: Vec::new(), pages: Vec::new() };
    for page in all.chunks(PAGE) {
        let start = *distinct.entry(page).or_insert(stages.pages.len());
        if start == stages.pages.len() {
            stages.pages.extend(page);
        }
        stages.starts.push(start);
    }
    // A filter may keep only the first ports. Cutting off the empty pages costs each lookup a comparison, which pays only if
    // it saves at least half of them.
    let empty = all.chunks(PAGE).rev().take_while(|page| page.iter().all(|&value| value == 0)).count();
    let used = stages.starts.len() - empty;
    if used <= stages.starts.len() / 2 {
        stages.starts.truncate(used);
    }
    stages
}
