//! Answers to tables: every array that the library reads, named by its direction. What they mean
//! stands in src/lookup.rs and src/columns.rs, beside the code that reads them.

use super::Columns;
use super::candidates::{Answers, Entry, answers};
use super::contacts::contacts;
use super::coverage::{Coverage, coverage};
use super::details::Details;
use super::error::{Fault, Problem};
use super::filter::Filter;
use super::hash::WORD;
use super::metadata::{metadata, positions};
use super::names::{Numbering, numbering};
use super::resolve::{Record, Resolved, TRANSPORTS, WITHOUT_TRANSPORT};
use super::stages::{PAGE, pages};
use super::status::statuses;
use super::tables::{Tables, at_most};
use std::collections::{BTreeMap, BTreeSet};

/// What the library has to know of an entry without a port: `ENTRY_TO_PORT` says 65535, and
/// `RANGE_TO_LAST` does not say that the entry means it.
const PORTLESS: usize = u16::MAX as usize;

/// Bits of `ENTRY_TO_FLAGS` above the four of the transports. The library gets them as constants.
mod flag {
    pub const ANY_TRANSPORT: u8 = 1 << 4;
    pub const ALIAS: u8 = 1 << 5;
    pub const LISTED: u8 = 1 << 6;
    pub const SEVERAL: u8 = 1 << 7;
}

/// Lays out the tables of what is wanted of a registry.
pub fn layout(resolved: &Resolved, columns: Columns, filter: &Filter) -> Result<Tables, Fault> {
    let answers = answers(resolved, filter);
    let coverage = coverage(resolved, filter);
    if answers.entries.is_empty() {
        return Err(Fault::at(0, Problem::NothingLeft));
    }
    let two_bytes = usize::from(u16::MAX) - 1;
    at_most("entries", answers.entries.len(), two_bytes)?;
    at_most("blocks", coverage.blocks.len(), two_bytes)?;
    let numbering = numbering(&answers)?;

    let mut tables = Tables { updated: resolved.updated, ..Tables::default() };
    tables.constant("RECORDS", answers.homes.iter().flatten().count());
    let any = WITHOUT_TRANSPORT.into_iter().find(|&transport| filter.has_transport(transport));
    tables.constant("HOME_WITHOUT_TRANSPORT", any.unwrap_or_default());
    ports(&mut tables, &answers, &numbering);
    names(&mut tables, &numbering);
    entries(&mut tables, resolved, &answers, &numbering)?;
    blocks(&mut tables, resolved, &coverage);

    let entries = in_order(resolved, &answers, &numbering).into_iter().map(|(_, record)| &record.details);
    let blocks = coverage.blocks.iter().map(|&row| &resolved.blocks[row].details);
    let rows: Vec<&Details> = entries.chain(blocks).collect();
    if columns.descriptions {
        descriptions(&mut tables, rows.split_at(answers.entries.len()))?;
    }
    if columns.metadata || columns.contacts {
        at_most("entries and blocks", rows.len(), two_bytes)?;
    }
    if columns.metadata {
        metadata(&mut tables, &rows)?;
        let homes = resolved.records.iter().zip(&answers.homes).filter_map(|(record, home)| {
            Some((numbering.entries[(*home)?], record.transport.unwrap_or_default(), record.position))
        });
        let blocks = coverage.blocks.iter().map(|&row| resolved.blocks[row].position);
        positions(&mut tables, answers.entries.len(), homes, blocks);
    }
    if columns.contacts {
        contacts(&mut tables, &rows, &resolved.people, filter)?;
    }
    Ok(tables)
}

/// The entries in the order of their numbers, each with one of its rows.
fn in_order<'a>(
    resolved: &'a Resolved,
    answers: &'a Answers,
    numbering: &Numbering,
) -> Vec<(&'a Entry, &'a Record)> {
    let mut entries: Vec<_> = numbering.entries.iter().zip(&answers.entries).collect();
    entries.sort_by_key(|(number, _)| **number);
    entries.into_iter().map(|(_, entry)| (entry, &resolved.records[entry.record])).collect()
}

fn ports(tables: &mut Tables, answers: &Answers, numbering: &Numbering) {
    // In the cells of a page 0 means none, so entries count from 1 there.
    let cells = answers.heads.iter().map(|(&place, &head)| (place, numbering.entries[head] + 1)).collect();
    let index = pages(&cells);
    tables.constant("PAGE", PAGE);
    // Where the cells start is what is read quickest. A slice of the registry has so few pages that
    // their numbers need one byte instead.
    let unit = if index.cells.len() <= PAGE << 8 { PAGE } else { 1 };
    tables.constant("CELLS_UNIT", unit);
    tables.array("PORTS_TO_CELLS", 1, index.directory.into_iter().map(|start| start / unit));
    tables.array("CELL_TO_ENTRY", 2, index.cells);
}

fn names(tables: &mut Tables, numbering: &Numbering) {
    let hash = &numbering.hash;
    tables.constants.push(("NAME_SEED", hash.seed));
    tables.constant("SHORT_NAMES", hash.slots.len());
    tables.array("NAME_TO_PILOT", 2, hash.pilots.iter().map(|&pilot| pilot.into()));
    tables.array("SORTED_TO_SERVICE", 2, numbering.services.iter().copied());
}

fn entries(
    tables: &mut Tables,
    resolved: &Resolved,
    answers: &Answers,
    numbering: &Numbering,
) -> Result<(), Fault> {
    let number = |entry: &usize| numbering.entries[*entry];
    let services = answers.services.values().filter(|entries| entries.len() > 1);
    let several: BTreeMap<usize, Vec<usize>> =
        services.map(|entries| (number(&entries[0]), entries.iter().map(number).collect())).collect();
    let lists = answers.lists().into_iter().filter(|list| list.len() > 1);
    let listed: BTreeMap<usize, Vec<usize>> = lists
        .flat_map(|list| list.clone().map(move |entry| (entry, list.clone())))
        .map(|(entry, list)| (number(&entry), list.map(|entry| number(&entry)).collect()))
        .collect();

    let rows = in_order(resolved, answers, numbering);
    let flags = rows.iter().enumerate().map(|(number, (entry, record))| {
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        let flags = entry.transports
            | flag(record.transport.is_none(), flag::ANY_TRANSPORT)
            | flag(record.standing.is_alias(), flag::ALIAS)
            | flag(listed.contains_key(&number), flag::LISTED)
            | flag(several.contains_key(&number), flag::SEVERAL);
        usize::from(flags)
    });
    tables.array("ENTRY_TO_FLAGS", 1, flags);
    tables.constant("ANY_TRANSPORT", flag::ANY_TRANSPORT.into());
    tables.constant("ALIAS", flag::ALIAS.into());
    tables.constant("LISTED", flag::LISTED.into());
    tables.constant("SEVERAL", flag::SEVERAL.into());
    let port = |(_, record): &(&Entry, &Record)| record.ports.map_or(PORTLESS, |ports| ports.first.into());
    tables.array("ENTRY_TO_PORT", 2, rows.iter().map(port));
    let range = |(number, (_, record)): (usize, &(&Entry, &Record))| {
        let ports = record.ports.filter(|p| p.first != p.last || usize::from(p.first) == PORTLESS)?;
        Some(vec![number, ports.last.into()])
    };
    tables.rows("RANGE_TO_LAST", 2, 2, rows.iter().enumerate().filter_map(range));
    // Of a range that a filter has cut, where it begins to answer. Views begin elsewhere anyway.
    let homes: BTreeSet<usize> = answers.homes.iter().flatten().map(number).collect();
    let begin = |(number, (entry, record)): (usize, &(&Entry, &Record))| {
        let is_cut = entry.port != record.ports.map(|ports| ports.first) && homes.contains(&number);
        Some(usize::from(entry.port?)).filter(|_| is_cut)
    };
    tables.sparse("CUT_TO_PORT", 2, rows.iter().enumerate().map(begin));
    let views: BTreeMap<_, _> = answers
        .views
        .iter()
        .map(|((view, transport), home)| ((number(view), *transport), number(home)))
        .collect();
    tables.rows("VIEW_TO_HOME", 2, 3, views.into_iter().map(|((view, t), home)| vec![view, t, home]));
    tables.runs(["LISTED_TO_RUN", "LISTED_TO_ENTRIES"], listed)?;
    tables.runs(["SEVERAL_TO_RUN", "SEVERAL_TO_ENTRIES"], several)?;
    tables.sparse("ALIAS_TO_SERVICE", 2, rows.iter().map(|(_, record)| alias_of(record, answers, numbering)));
    let names = rows.iter().map(|(_, record)| record.name.as_str());
    tables.text(["NAMES", "NAME_LENGTH_BITS", "ENTRY_TO_NAME"], names, WORD)
}

/// The service that the record's note names, if it is registered and another one.
fn alias_of(record: &Record, answers: &Answers, numbering: &Numbering) -> Option<usize> {
    let name = record.alias_of.as_ref()?.to_ascii_lowercase();
    let entries = answers.services.get(&name).filter(|_| name != record.name.to_ascii_lowercase())?;
    Some(numbering.entries[entries[0]])
}

fn blocks(tables: &mut Tables, resolved: &Resolved, coverage: &Coverage) {
    let blocks = || coverage.blocks.iter().map(|&row| &resolved.blocks[row]);
    tables.array("BLOCK_TO_PORT", 2, blocks().map(|block| block.ports.first.into()));
    tables.array("BLOCK_TO_LAST", 2, blocks().map(|block| block.ports.last.into()));
    let flags = |unassigned, transport: Option<usize>| {
        usize::from(unassigned) << 3 | transport.unwrap_or(TRANSPORTS.len())
    };
    tables.array("BLOCK_TO_FLAGS", 1, blocks().map(|block| flags(block.unassigned, block.transport)));
    statuses(tables, coverage, |block| resolved.blocks[coverage.blocks[block]].unassigned);
}

/// The texts of the entries, and behind them the few different ones of the blocks.
fn descriptions(tables: &mut Tables, (entries, blocks): (&[&Details], &[&Details])) -> Result<(), Fault> {
    let mut texts: Vec<&str> = blocks.iter().map(|block| block.description.as_str()).collect();
    texts.sort_unstable();
    texts.dedup();
    tables.constant("BLOCK_DESCRIPTIONS", entries.len());
    let number = |block: &&Details| texts.partition_point(|&text| text < block.description.as_str());
    tables.array("BLOCK_TO_DESCRIPTION", 1, blocks.iter().map(number));
    let names = ["DESCRIPTIONS", "DESCRIPTION_LENGTH_BITS", "ENTRY_TO_DESCRIPTION"];
    tables.text(names, entries.iter().map(|entry| entry.description.as_str()).chain(texts.iter().copied()), 0)
}
