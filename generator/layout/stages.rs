//! Multi-stage tables: a large table is cut into pages, and equal pages are stored once. The first stage says where the
//! page of a port starts, and the second stage has the pages.

use super::order::{Numbers, list, pick};
use super::shared::packing::{PAGE, PORT_INDEXES, port_index};
use super::shared::proto::Proto;

/// A two-stage table, perhaps without the empty pages at its end: the value at an index is
/// `pages[starts[index / PAGE] + index % PAGE]`.
pub struct Stages {
    /// Where each page starts.
    pub starts: Vec<usize>,
    /// The distinct pages, in the order in which they are first needed.
    pub pages: Vec<usize>,
}

/// Stores values by port and transport in stages. Places without a value hold 0.
pub fn stage_ports(values: &[(u16, Proto, usize)], id: &dyn Fn(usize) -> usize) -> Stages {
    let mut all = vec![0; PORT_INDEXES];
    for &(port, proto, value) in values {
        all[port_index(port, proto)] = id(value);
    }
    let pages = list(PORT_INDEXES / PAGE, &|page| &all[page * PAGE..][..PAGE]);
    let numbers = Numbers::as_met(pages.len(), &|a, b| pages[a].cmp(pages[b]));
    let mut starts = list(pages.len(), &|page| PAGE * numbers.of[page]);
    // A filter may keep only the first ports. Cutting off the empty pages costs each lookup a comparison, which pays
    // only if it saves at least half of them.
    let is_empty = |page: &&&[usize]| page.iter().all(|&value| value == 0);
    let used = pages.len() - pages.iter().rev().take_while(is_empty).count();
    if used <= pages.len() / 2 {
        starts.truncate(used);
    }
    Stages { starts, pages: pick(&pages, &numbers.firsts).concat() }
}
