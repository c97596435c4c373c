//! The tables from a port to its primary entry, in two stages. The second stage has the pages of one large table, equal
//! ones once, and the first says where the page of a port starts.

use super::candidates::Candidates;
use super::names::Numbering;
use super::tables::Tables;
use crate::generator::numbers::Numbers;
use crate::generator::shared::flags::EntryFlags;
use crate::generator::shared::id::Id;
use crate::generator::shared::packing::{PAGE, PORT_INDEXES, port_index};
use crate::generator::shared::port_set::PortSet;
use crate::generator::shared::proto::Proto;

/// Lays out the primary entry of each port and transport, and the set of ports at which records have their canonical
/// entries.
pub fn lay_out_ports(tables: &mut Tables, candidates: &Candidates, numbering: &Numbering) {
    let stages = stage_ports(&candidates.primaries, &|primary| Id::pack(Some(numbering.entries[primary])));
    // The start of a page is fastest to use as it is. A filtered registry has so few pages that their numbers fit into
    // one byte instead.
    let unit = if stages.pages.len() <= PAGE << 8 { PAGE } else { 1 };
    tables.constant("PAGE_UNIT", unit);
    tables.column("PORTS_TO_PAGE", 1, &mut stages.starts.iter().map(|start| start / unit));
    tables.array("PAGE_TO_ENTRY", 2, stages.pages);

    let mut set = Vec::new();
    for entry in &candidates.entries {
        if let Some(port) = entry.port.filter(|_| entry.flags.has(EntryFlags::SOME_TRANSPORT)) {
            let (index, bit) = PortSet::pack(port);
            set.resize(set.len().max(index + 1), 0);
            set[index] |= bit as usize;
        }
    }
    tables.array("CANONICAL_PORTS", 4, set);
}

/// A two-stage table, perhaps without the empty pages at its end: the value at an index is
/// `pages[starts[index / PAGE] + index % PAGE]`.
struct Stages {
    starts: Vec<usize>,
    /// The distinct pages, in the order in which they are first needed.
    pages: Vec<usize>,
}

/// Stores values by port and transport in stages. Places without a value hold 0.
fn stage_ports(values: &[(u16, Proto, usize)], id: &dyn Fn(usize) -> usize) -> Stages {
    let mut all = vec![0; PORT_INDEXES];
    for &(port, proto, value) in values {
        all[port_index(port, proto)] = id(value);
    }
    let pages: Vec<&[usize]> = all.chunks(PAGE).collect();
    let numbers = Numbers::as_met(pages.len(), &|a, b| pages[a].cmp(pages[b]));
    let mut starts: Vec<usize> = numbers.of.iter().map(|page| PAGE * page).collect();
    // A filter may keep only the first ports. Cutting off the empty pages costs each lookup a comparison, which pays
    // only if it saves at least half of them.
    let is_empty = |page: &&&[usize]| page.iter().all(|&value| value == 0);
    let used = pages.len() - pages.iter().rev().take_while(is_empty).count();
    if used <= pages.len() / 2 {
        starts.truncate(used);
    }
    let distinct: Vec<&[usize]> = numbers.firsts.iter().map(|&page| pages[page]).collect();
    Stages { starts, pages: distinct.concat() }
}
