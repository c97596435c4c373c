//! Answers to tables: every array that the library reads, named by its direction.

use super::answers::{Entry, answers};
use super::coverage::coverage;
use super::error::{Fault, Problem};
use super::pages::{Pages, pages};
use super::resolve::{Block, Record, Resolved};
use super::text::Pool;
use std::collections::BTreeMap;

/// Bits of [`Tables::entry_to_flags`] above the four of the transports.
pub mod flag {
    /// The row names no transport.
    pub const ANY_TRANSPORT: u8 = 1 << 4;
    /// The first entry of an answer list.
    pub const HEAD: u8 = 1 << 5;
    /// A historic alias or a duplicate.
    pub const ALIAS: u8 = 1 << 6;
}

/// What is written down. Entries and services are numbered from 1, so that 0 can mean none; index 0
/// of their tables is unused.
#[derive(Debug)]
pub struct Tables {
    /// Year, month, and day or 0.
    pub updated: (u16, u8, u8),
    /// Rows with a service name.
    pub record_count: usize,
    /// (port, transport) to the first entry of its answer list, or 0.
    pub port_to_entry: Pages,
    /// The number of the first entry without a port.
    pub first_portless: usize,
    pub entry_to_service: Vec<usize>,
    pub entry_to_flags: Vec<usize>,
    /// The first port. Entries without a port are not in this table.
    pub entry_to_port: Vec<usize>,
    /// (entry, last port) of the entries that stand for a range.
    pub range_to_last: Vec<[usize; 2]>,
    /// (view, transport, home): second entries of a row, and its first.
    pub views: Vec<[usize; 3]>,
    /// Registered spelling, in order of the folded names.
    pub names: Vec<String>,
    /// Either the one entry of a service, or (entries + n) for run n of `service_runs`.
    pub service_to_entries: Vec<usize>,
    pub service_runs: Vec<Vec<usize>>,
    pub blocks: Vec<TableBlock>,
    /// First port, and for each transport the number of the covering block, or 0.
    pub run_to_blocks: Vec<(usize, Vec<usize>)>,
    pub descriptions: Pool,
    pub entry_to_description: Vec<usize>,
}

/// A block, as numbers.
#[derive(Debug)]
pub struct TableBlock {
    pub first: usize,
    pub last: usize,
    /// 4 where the row names none.
    pub transport: usize,
    pub unassigned: bool,
    pub description: usize,
}

/// Lays out the tables of a registry.
pub fn build(resolved: &Resolved) -> Result<Tables, Fault> {
    let answers = answers(resolved);
    let coverage = coverage(resolved);
    at_most("entries", answers.entries.len())?;
    at_most("blocks", coverage.blocks.len())?;

    let rows: Vec<(&Entry, &Record)> =
        answers.entries.iter().map(|entry| (entry, &resolved.records[entry.record])).collect();
    let services: BTreeMap<&str, usize> = answers.services.keys().map(String::as_str).zip(1..).collect();
    let mut descriptions = Pool::default();
    descriptions.number("");
    let blocks = coverage.blocks.iter().map(|&row| block(&resolved.blocks[row], &mut descriptions)).collect();

    let (mut service_to_entries, mut service_runs) = (vec![0], Vec::new());
    for entries in answers.services.values() {
        if let [entry] = entries[..] {
            service_to_entries.push(entry + 1);
        } else {
            service_to_entries.push(1 + rows.len() + service_runs.len());
            service_runs.push(entries.iter().map(|entry| entry + 1).collect());
        }
    }
    at_most("services and entries", 1 + rows.len() + service_runs.len())?;

    let with_port = || rows[..answers.with_port].iter().filter_map(|(_, record)| record.ports);
    Ok(Tables {
        updated: resolved.updated,
        record_count: resolved.records.len(),
        port_to_entry: pages(&answers.heads.iter().map(|(&place, head)| (place, head + 1)).collect()),
        first_portless: answers.with_port + 1,
        entry_to_service: unused_first(
            rows.iter().map(|(_, record)| services[record.name.to_ascii_lowercase().as_str()]),
        ),
        entry_to_flags: unused_first(rows.iter().map(|(entry, record)| flags(entry, record))),
        entry_to_port: unused_first(with_port().map(|ports| ports.first.into())),
        range_to_last: (1..)
            .zip(with_port())
            .filter(|(_, ports)| ports.first != ports.last)
            .map(|(entry, ports)| [entry, ports.last.into()])
            .collect(),
        views: answers
            .views
            .iter()
            .map(|(&(view, transport), home)| [view + 1, transport, home + 1])
            .collect(),
        names: answers
            .services
            .values()
            .map(|entries| resolved.records[answers.entries[entries[0]].record].name.clone())
            .collect(),
        service_to_entries,
        service_runs,
        blocks,
        run_to_blocks: coverage
            .runs
            .iter()
            .map(|run| {
                (run.first.into(), run.blocks.iter().map(|block| block.map_or(0, |b| b + 1)).collect())
            })
            .collect(),
        entry_to_description: unused_first(
            rows.iter().map(|(_, record)| descriptions.number(&record.description)),
        ),
        descriptions,
    })
}

fn block(block: &Block, descriptions: &mut Pool) -> TableBlock {
    TableBlock {
        first: block.ports.first.into(),
        last: block.ports.last.into(),
        transport: block.transport.unwrap_or(super::resolve::TRANSPORTS.len()),
        unassigned: block.unassigned,
        description: descriptions.number(&block.description),
    }
}

fn flags(entry: &Entry, record: &Record) -> usize {
    let mut flags = entry.transports;
    flags |= if record.transport.is_none() { flag::ANY_TRANSPORT } else { 0 };
    flags |= if entry.head { flag::HEAD } else { 0 };
    flags |= if record.standing.is_alias() { flag::ALIAS } else { 0 };
    flags.into()
}

fn unused_first(cells: impl Iterator<Item = usize>) -> Vec<usize> {
    std::iter::once(0).chain(cells).collect()
}

/// Numbers are two bytes wide.
fn at_most(what: &'static str, found: usize) -> Result<(), Fault> {
    let limit = usize::from(u16::MAX) - 1;
    if found > limit {
        return Err(Fault::at(0, Problem::TooMany { what, found, limit }));
    }
    Ok(())
}
