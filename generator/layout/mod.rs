//! Laying out: checked rows become the tables that the library reads, each named by its direction.

pub mod candidates;
pub mod contacts;
pub mod coverage;
pub mod metadata;
pub mod names;
pub mod pool;
pub mod positions;
pub mod stages;
pub mod status;
pub mod tables;

use super::Columns;
use super::bounds::{self, at_most};
use super::check::details::{self, Details};
use super::check::{self, Block, Record, Resolved, people};
use super::error_kind::{self, ErrorKind};
use super::filter::{self, Filter};
use super::shared::{self, hash::Words, id::Id};
use candidates::{Candidates, Entry, find_candidates};
use contacts::lay_out_contacts;
use coverage::{Coverage, cover};
use metadata::lay_out_metadata;
use names::{Ids, assign_ids};
use pool::Pool;
use positions::Positions;
use shared::flags::{BlockFlags, EntryFlags};
use shared::packing::{MARGIN, PAGE, needs_range, pack_name, pack_port, pack_transport, unpack_port};
use shared::port_range::PortRange;
use shared::port_set::PortSet;
use shared::proto::Proto;
use stages::stage_ports;
use status::lay_out_statuses;
use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use tables::Tables;

/// Lays out the tables of the rows that the filter keeps.
pub fn lay_out(resolved: &Resolved, columns: Columns, filter: &Filter, words: Words) -> Result<Tables, ErrorKind> {
    let candidates = find_candidates(resolved, filter);
    let coverage = cover(resolved, filter);
    if candidates.entries.is_empty() {
        return Err(ErrorKind::NothingLeft);
    }
    at_most("entries", candidates.entries.len(), Id::MOST)?;
    at_most("blocks", coverage.blocks.len(), Id::MOST)?;
    let mut tables = Tables { updated: resolved.updated, ..Tables::default() };
    let (ids, descriptions) = thread::scope(|scope| {
        // Pooling the descriptions takes as long as most of the rest, which does not need them.
        let descriptions = scope.spawn(|| {
            let records = candidates.entries.iter().map(|entry| &resolved.records[entry.record].details);
            let blocks = coverage.blocks.iter().map(|&block| &resolved.blocks[block].details);
            let texts = records.chain(blocks).map(|details| details.description.as_str());
            if columns.descriptions { Pool::of(texts, 0) } else { Ok(Pool::default()) }
        });
        (lay_out_rows(&mut tables, resolved, filter, (&candidates, &coverage), words), descriptions.join())
    });
    let (ids, descriptions) = (ids?, descriptions.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));

    let entries = by_id(resolved, &candidates, &ids).into_iter().map(|(_, record)| &record.details);
    let blocks = coverage.blocks.iter().map(|&row| &resolved.blocks[row].details);
    let rows: Vec<&Details> = entries.chain(blocks).collect();
    if columns.descriptions {
        lay_out_descriptions(&mut tables, rows.split_at(candidates.entries.len()), descriptions?);
    }
    at_most("entries and blocks", rows.len(), Id::MOST)?;
    let positions = Positions {
        records: (resolved.records.iter().zip(&candidates.canonical))
            .filter_map(|(record, entry)| Some((ids.entries[(*entry)?], record.proto, record.precedence.position)))
            .collect(),
        blocks: coverage.blocks.iter().map(|&row| resolved.blocks[row].precedence.position).collect(),
        entries: candidates.entries.len(),
    };
    positions.lay_out_order(&mut tables);
    if columns.metadata {
        lay_out_metadata(&mut tables, &rows)?;
        positions.lay_out(&mut tables);
        tables.constant("REGISTRY_ROWS", resolved.registry_rows);
    }
    if columns.contacts {
        lay_out_contacts(&mut tables, &rows, &resolved.people, filter)?;
    }
    Ok(tables)
}

/// Lays out names, ports and transports, and gives the ids.
fn lay_out_rows(
    tables: &mut Tables,
    resolved: &Resolved,
    filter: &Filter,
    (candidates, coverage): (&Candidates, &Coverage),
    words: Words,
) -> Result<Ids, ErrorKind> {
    let ids = assign_ids(candidates, words)?;
    tables.constant("RECORDS", candidates.canonical.iter().flatten().count());
    let ends = |ports: PortRange| vec![ports.first().into(), ports.last().into()];
    tables.rows("WANTED_PORTS", 2, 2, filter.ranges().into_iter().map(ends));
    lay_out_ports(tables, candidates, &ids);
    lay_out_names(tables, &ids);
    lay_out_entries(tables, resolved, candidates, &ids)?;
    lay_out_blocks(tables, resolved, coverage);
    Ok(ids)
}

/// The entries in the order of their ids, each with one of its rows.
fn by_id<'a>(resolved: &'a Resolved, candidates: &'a Candidates, ids: &Ids) -> Vec<(&'a Entry, &'a Record)> {
    let mut entries: Vec<_> = ids.entries.iter().zip(&candidates.entries).collect();
    entries.sort_by_key(|(id, _)| **id);
    entries.into_iter().map(|(_, entry)| (entry, &resolved.records[entry.record])).collect()
}

fn lay_out_ports(tables: &mut Tables, candidates: &Candidates, ids: &Ids) {
    let primaries = candidates.primaries.iter();
    let primaries = primaries.map(|(&key, &primary)| (key, Id::pack(Some(ids.entries[primary])))).collect();
    let stages = stage_ports(&primaries);
    // The start of a page is fastest to use as it is. A filtered registry has so few pages that their numbers fit into one
    // byte instead.
    let unit = if stages.pages.len() <= PAGE << 8 { PAGE } else { 1 };
    tables.constant("PAGE_UNIT", unit);
    tables.array("PORTS_TO_PAGE", 1, stages.starts.into_iter().map(|start| start / unit));
    tables.array("PAGE_TO_ENTRY", 2, stages.pages);

    let is_canonical = |entry: &&Entry| entry.transports.has(EntryFlags::SOME_TRANSPORT);
    let mut set = Vec::new();
    for port in candidates.entries.iter().filter(is_canonical).filter_map(|entry| entry.port) {
        let (index, bit) = PortSet::pack(port);
        set.resize(set.len().max(index + 1), 0);
        set[index] |= bit as usize;
    }
    tables.array("CANONICAL_PORTS", 4, set);
}

fn lay_out_names(tables: &mut Tables, ids: &Ids) {
    let hash = &ids.hash;
    tables.constants.push(("NAME_SEED", hash.seed));
    tables.constant("WORD_BITS", hash.words.bits());
    tables.constant("PLACED_NAMES", hash.slots.len());
    tables.constant("OTHERS_ARE_SHORT", ids.others_are_short.into());
    tables.array("NAME_TO_PILOT", 1, hash.pilots.iter().map(|&pilot| pilot.into()));
    tables.array("PILOT_TO_FLIPS", 4, hash.flips.iter().map(|&flips| flips as usize));
    tables.array("SLOT_TO_SERVICE", 2, hash.remap.iter().copied());
    tables.array("SORTED_TO_SERVICE", 2, ids.services.iter().copied());
}

fn lay_out_entries(
    tables: &mut Tables,
    resolved: &Resolved,
    candidates: &Candidates,
    ids: &Ids,
) -> Result<(), ErrorKind> {
    let id = |entry: &usize| ids.entries[*entry];
    let services = candidates.services.values().filter(|entries| entries.len() > 1);
    let several: BTreeMap<usize, Vec<usize>> =
        services.map(|entries| (id(&entries[0]), entries.iter().map(id).collect())).collect();
    let groups = candidates.groups().into_iter().filter(|group| group.len() > 1);
    let mut sharing: Vec<Vec<usize>> = groups.map(|group| group.map(|entry| id(&entry)).collect()).collect();
    // The lists are stored in the order of their least keys.
    sharing.sort_unstable_by_key(|group| group.iter().min().copied());
    let shares: BTreeSet<usize> = sharing.iter().flatten().copied().collect();

    let entries = by_id(resolved, candidates, ids);
    let flags = entries.iter().enumerate().map(|(id, (entry, record))| {
        let flags = entry
            .transports
            .and(EntryFlags::ANY_TRANSPORT.when(record.proto.is_none()))
            .and(EntryFlags::ALIAS.when(record.precedence.is_alias()))
            .and(EntryFlags::SHARES_PORT.when(shares.contains(&id)))
            .and(EntryFlags::SEVERAL.when(several.contains_key(&id)));
        usize::from(flags.pack())
    });
    tables.array("ENTRY_TO_FLAGS", 1, flags);
    // Whether the column has the lowest port of every row. It does not if a filter cut off the start of a range, or if a
    // row has the port that stands for none.
    let is_lowest = |entry: usize, record: &Record| {
        unpack_port(pack_port(candidates.entries[entry].port)) == record.ports.map(PortRange::first)
    };
    let mut canonical = resolved.records.iter().zip(&candidates.canonical);
    let are_lowest = canonical.all(|(record, entry)| entry.is_none_or(|entry| is_lowest(entry, record)));
    tables.constant("PORTS_ARE_LOWEST", are_lowest.into());
    tables.array("ENTRY_TO_PORT", 2, entries.iter().map(|(entry, _)| pack_port(entry.port).into()));
    let range = |(id, (_, record)): (usize, &(&Entry, &Record))| {
        let ports = record.ports.filter(|&ports| needs_range(ports))?;
        Some(vec![id, ports.first().into(), ports.last().into()])
    };
    tables.rows("ENTRY_TO_RANGE", 2, 3, entries.iter().enumerate().filter_map(range));
    let copies: BTreeMap<(usize, Proto), usize> =
        candidates.copies.iter().map(|((copy, proto), entry)| ((id(copy), *proto), id(entry))).collect();
    let copies = copies.into_iter().map(|((copy, proto), entry)| vec![copy, pack_transport(Some(proto)), entry]);
    tables.rows("COPY_TO_CANONICAL", 2, 3, copies);
    tables.lists(
        ["ENTRY_TO_CANDIDATES", "CANDIDATES_OF_ENTRIES"],
        sharing.into_iter().map(|group| (group.clone(), group)),
    )?;
    tables.lists(
        ["SERVICE_TO_ENTRIES", "ENTRIES_OF_SERVICES"],
        several.into_iter().map(|(service, entries)| (vec![service], entries)),
    )?;
    let service = |name: &str| candidates.services.get(&name.to_ascii_lowercase()).map(|own| id(&own[0]));
    let further = entries.iter().skip(candidates.services.len());
    tables.array("FURTHER_TO_SERVICE", 2, further.filter_map(|(_, record)| service(&record.name)));
    let alias_of = |(_, record): &(&Entry, &Record)| {
        let own = service(&record.name);
        service(record.alias_of.as_ref()?).filter(|&other| Some(other) != own)
    };
    tables.sparse("ALIAS_TO_SERVICE", 2, entries.iter().map(alias_of));
    let names = entries.iter().map(|(_, record)| record.name.as_str());
    let pool = tables.pool(["NAMES", "NAME_LENGTH_BITS"], names.clone(), MARGIN)?;
    let name = |name: &str| pack_name(pool.offset(name), name.len(), pool.length_bits);
    // "No entry" has a text of one byte, because a text without a length would need a branch.
    let none = pack_name(MARGIN, 1, pool.length_bits);
    tables.array("ENTRY_TO_NAME", 4, [none].into_iter().chain(names.map(name)));
    Ok(())
}

fn lay_out_blocks(tables: &mut Tables, resolved: &Resolved, coverage: &Coverage) {
    let blocks = || coverage.blocks.iter().map(|&row| &resolved.blocks[row]);
    tables.array("BLOCK_TO_PORT", 2, blocks().map(|block| block.ports.first().into()));
    tables.array("BLOCK_TO_LAST", 2, blocks().map(|block| block.ports.last().into()));
    tables.array(
        "BLOCK_TO_FLAGS",
        1,
        blocks().map(|&Block { proto, is_unassigned, is_range, .. }| {
            BlockFlags { proto, is_unassigned, is_range }.pack().into()
        }),
    );
    let firsts: Vec<u16> = blocks().map(|block| block.ports.first()).collect();
    let begin_in = |block: &Block| firsts.partition_point(|&first| first <= block.ports.last());
    let further = blocks().enumerate().map(|(id, block)| begin_in(block) - id - 1);
    tables.constant("BLOCKS_IN_A_BLOCK", further.max().unwrap_or_default());
    lay_out_statuses(tables, coverage, |block| resolved.blocks[coverage.blocks[block]].is_unassigned);
}

/// The texts of the entries, and after them the few different texts of the blocks.
fn lay_out_descriptions(tables: &mut Tables, (entries, blocks): (&[&Details], &[&Details]), pool: Pool) {
    let mut texts: Vec<&str> = blocks.iter().map(|block| block.description.as_str()).collect();
    texts.sort_unstable();
    texts.dedup();
    tables.constant("BLOCK_DESCRIPTIONS", entries.len());
    let id = |block: &&Details| texts.partition_point(|&text| text < block.description.as_str());
    tables.array("BLOCK_TO_DESCRIPTION", 1, blocks.iter().map(id));
    let names = ["DESCRIPTIONS", "DESCRIPTION_LENGTH_BITS", "ENTRY_TO_DESCRIPTION"];
    let texts = entries.iter().map(|entry| entry.description.as_str()).chain(texts);
    tables.pooled(names, pool, texts);
}
