//! Multi-stage tables: a large table in pages, of which equal ones are stored once. The first stage says
//! where the page of a port starts, the second stage has the pages.

use super::Proto;
use super::format::{PAGE, PORT_INDEXES, port_index};
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

/// Puts values by port and transport in stages. What has no value is 0.
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
    // What a filter leaves may be but the beginning. To find that out costs a lookup a comparison, so
    // less than half is not worth it.
    let empty = all.chunks(PAGE).rev().take_while(|page| page.iter().all(|&value| value == 0)).count();
    let used = stages.starts.len() - empty;
    if used <= stages.starts.len() / 2 {
        stages.starts.truncate(used);
    }
    stages
}
