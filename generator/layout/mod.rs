//! Laying out: checked rows become the tables that the library reads, each named by its direction.

pub mod candidates;
pub mod contacts;
pub mod coverage;
pub mod familiar;
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
use super::check::familiar::FamiliarLine;
use super::check::{self, Block, Record, Resolved, people};
use super::error_kind::{self, ErrorKind};
use super::filter::{self, Filter};
use super::order::{self, Numbers, different, index, list, pick, sorted};
use super::shared::{self, hash::Words, id::Id};
use candidates::{Candidates, Entry, find_candidates};
use contacts::lay_out_contacts;
use coverage::{Coverage, cover};
use familiar::Familiar;
use metadata::lay_out_metadata;
use names::{Ids, assign_ids};
use positions::Positions;
use shared::flags::{BlockFlags, EntryFlags};
use shared::packing::{MARGIN, PAGE, needs_range, pack_name, pack_port, pack_transport, unpack_port};
use shared::port_range::PortRange;
use shared::port_set::PortSet;
use stages::stage_ports;
use status::lay_out_statuses;
use tables::{Keyed, Tables};

/// Lays out the tables of the rows that the filter keeps.
pub fn lay_out(
    resolved: &Resolved,
    columns: Columns,
    filter: &Filter,
    lines: &[FamiliarLine],
    words: Words,
) -> Result<Tables, ErrorKind> {
    let candidates = find_candidates(resolved, filter, lines);
    let coverage = cover(resolved, filter);
    if candidates.entries.is_empty() {
        return Err(ErrorKind::NothingLeft);
    }
    at_most("entries", candidates.entries.len(), Id::MOST)?;
    at_most("blocks", coverage.blocks.len(), Id::MOST)?;
    let mut tables = Tables { updated: resolved.updated, experts: resolved.experts.join("; "), ..Tables::default() };
    let lines = if columns.familiar { lines } else { &[] };
    let familiar = Familiar::of(lines, resolved, &candidates, filter)?;
    let ids = assign_ids(&candidates, words)?;
    tables.constant("RECORDS", candidates.canonical.iter().flatten().count());
    let mut wanted = Vec::new();
    for ports in filter.ranges() {
        wanted.extend([usize::from(ports.first()), ports.last().into()]);
    }
    tables.rows("WANTED_PORTS", 2, 2, wanted);
    lay_out_ports(&mut tables, &candidates, &ids);
    lay_out_names(&mut tables, &ids);
    lay_out_entries(&mut tables, resolved, &candidates, &ids, &familiar.names())?;
    lay_out_blocks(&mut tables, resolved, &coverage);
    if columns.familiar {
        familiar.lay_out(&mut tables, resolved, &candidates, &ids);
    }

    let mut rows: Vec<&Details> = Vec::new();
    for (_, record) in by_id(resolved, &candidates, &ids) {
        rows.push(&record.details);
    }
    for &row in &coverage.blocks {
        rows.push(&resolved.blocks[row].details);
    }
    if columns.descriptions {
        lay_out_descriptions(&mut tables, rows.split_at(candidates.entries.len()))?;
    }
    at_most("entries and blocks", rows.len(), Id::MOST)?;
    let mut records = Vec::new();
    for (record, entry) in resolved.records.iter().zip(&candidates.canonical) {
        if let Some(entry) = *entry {
            records.push((ids.entries[entry], record.proto, record.precedence.position));
        }
    }
    let positions = Positions {
        records,
        blocks: list(coverage.blocks.len(), &|block| resolved.blocks[coverage.blocks[block]].precedence.position),
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

/// The entries in the order of their ids, each with one of its rows.
fn by_id<'a>(resolved: &'a Resolved, candidates: &'a Candidates, ids: &Ids) -> Vec<(&'a Entry, &'a Record)> {
    let mut by_id = vec![0; ids.entries.len()];
    for (entry, &id) in ids.entries.iter().enumerate() {
        by_id[id] = entry;
    }
    list(by_id.len(), &|id| {
        let entry = &candidates.entries[by_id[id]];
        (entry, &resolved.records[entry.record])
    })
}

fn lay_out_ports(tables: &mut Tables, candidates: &Candidates, ids: &Ids) {
    let stages = stage_ports(&candidates.primaries, &|primary| Id::pack(Some(ids.entries[primary])));
    // The start of a page is fastest to use as it is. A filtered registry has so few pages that their numbers fit into
    // one byte instead.
    let unit = if stages.pages.len() <= PAGE << 8 { PAGE } else { 1 };
    tables.constant("PAGE_UNIT", unit);
    tables.column("PORTS_TO_PAGE", 1, stages.starts.len(), &|page| stages.starts[page] / unit);
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

fn lay_out_names(tables: &mut Tables, ids: &Ids) {
    let hash = &ids.hash;
    tables.constants.push(("NAME_SEED", hash.seed));
    tables.constant("WORD_BITS", hash.words.bits());
    tables.constant("PLACED_NAMES", hash.slots.len());
    tables.constant("OTHERS_ARE_SHORT", ids.others_are_short.into());
    tables.column("NAME_TO_PILOT", 1, hash.pilots.len(), &|bucket| hash.pilots[bucket].into());
    tables.column("PILOT_TO_FLIPS", 4, hash.flips.len(), &|pilot| hash.flips[pilot] as usize);
    tables.array("SLOT_TO_SERVICE", 2, hash.remap.clone());
    tables.array("SORTED_TO_SERVICE", 2, ids.services.clone());
}

fn lay_out_entries(
    tables: &mut Tables,
    resolved: &Resolved,
    candidates: &Candidates,
    ids: &Ids,
    familiar: &[&str],
) -> Result<(), ErrorKind> {
    let id = |entry: usize| ids.entries[entry];
    // Each list with the keys under which it is stored; the lists are in the order of their least keys.
    let mut several = Vec::new();
    for service in &candidates.services {
        if service.entries.len() > 1 {
            several.push((vec![id(service.entries[0])], pick(&ids.entries, &service.entries)));
        }
    }
    let mut sharing = Vec::new();
    for group in candidates.groups() {
        if group.len() > 1 {
            let group = ids.entries[group].to_vec();
            sharing.push((group.clone(), group));
        }
    }
    let (several, sharing) = (by_least_key(&several), by_least_key(&sharing));
    let (has_several, shares) = (keys(&several, ids.entries.len()), keys(&sharing, ids.entries.len()));

    let entries = by_id(resolved, candidates, ids);
    tables.column("ENTRY_TO_FLAGS", 1, entries.len(), &|id| {
        let (entry, record) = entries[id];
        let flags = entry
            .flags
            .union(EntryFlags::ANY_TRANSPORT.when(record.proto.is_none()))
            .union(EntryFlags::ALIAS.when(record.precedence.is_alias()))
            .union(EntryFlags::LISTED.when(shares[id] || has_several[id]));
        flags.pack().into()
    });
    // True if the column has the lowest port of every row. It is false if a filter cut off the start of a range, or if
    // a row has the port that stands for none.
    let is_lowest = |entry: usize, record: &Record| {
        unpack_port(pack_port(candidates.entries[entry].port)) == record.ports.map(PortRange::first)
    };
    let mut canonical = resolved.records.iter().zip(&candidates.canonical);
    let are_lowest = canonical.all(|(record, entry)| entry.is_none_or(|entry| is_lowest(entry, record)));
    tables.constant("PORTS_ARE_LOWEST", are_lowest.into());
    tables.column("ENTRY_TO_PORT", 2, entries.len(), &|id| pack_port(entries[id].0.port).into());
    let mut ranges = Vec::new();
    for (id, (_, record)) in entries.iter().enumerate() {
        if let Some(ports) = record.ports.filter(|&ports| needs_range(ports)) {
            ranges.extend([id, ports.first().into(), ports.last().into()]);
        }
    }
    tables.rows("ENTRY_TO_RANGE", 2, 3, ranges);
    let copy = |copy: usize| {
        let (copy, proto, canonical) = candidates.copies[copy];
        [id(copy), pack_transport(Some(proto)), id(canonical)]
    };
    let copies = list(candidates.copies.len(), &copy);
    let different = Numbers::sorted(copies.len(), &|a, b| copies[a].cmp(&copies[b])).firsts;
    tables.rows("COPY_TO_CANONICAL", 2, 3, pick(&copies, &different).concat());
    tables.lists(["ENTRY_TO_CANDIDATES", "CANDIDATES_OF_ENTRIES"], &sharing)?;
    tables.lists(["SERVICE_TO_ENTRIES", "ENTRIES_OF_SERVICES"], &several)?;
    let service = |name: &str| candidates.service(name).map(|service| id(candidates.services[service].entries[0]));
    let mut of_further = Vec::new();
    for (_, record) in &entries[candidates.services.len()..] {
        of_further.extend(service(&record.folded));
    }
    tables.array("FURTHER_TO_SERVICE", 2, of_further);
    tables.sparse("ALIAS_TO_SERVICE", 2, entries.len(), &|id| {
        let record = entries[id].1;
        let other = service(&record.alias_of.as_ref()?.to_ascii_lowercase())?;
        if Some(other) == service(&record.folded) { None } else { Some(other) }
    });
    let mut names = list(entries.len(), &|id| entries[id].1.name.as_str());
    names.extend(familiar);
    let pool = tables.pool(["NAMES", "NAME_LENGTH_BITS"], &names, MARGIN)?;
    // "No entry" has a text of one byte, because a text without a length would need a branch.
    let mut places = vec![pack_name(MARGIN, 1, pool.length_bits)];
    for (name, offset) in names.iter().zip(pool.offsets) {
        places.push(pack_name(offset, name.len(), pool.length_bits));
    }
    tables.array("ENTRY_TO_NAME", 4, places);
    Ok(())
}

/// Sorts lists by their least keys.
fn by_least_key(lists: &[Keyed]) -> Vec<Keyed> {
    let least = |list: usize| lists[list].0.iter().min();
    let order = sorted(lists.len(), &|a, b| least(a).cmp(&least(b)));
    list(lists.len(), &|at| lists[order[at]].clone())
}

/// For each number below `count`, true if it is a key of a list.
fn keys(lists: &[Keyed], count: usize) -> Vec<bool> {
    let mut are_keys = vec![false; count];
    for (keys, _) in lists {
        for &key in keys {
            are_keys[key] = true;
        }
    }
    are_keys
}

fn lay_out_blocks(tables: &mut Tables, resolved: &Resolved, coverage: &Coverage) {
    let blocks = list(coverage.blocks.len(), &|block| &resolved.blocks[coverage.blocks[block]]);
    tables.column("BLOCK_TO_PORT", 2, blocks.len(), &|id| blocks[id].ports.first().into());
    tables.column("BLOCK_TO_LAST", 2, blocks.len(), &|id| blocks[id].ports.last().into());
    tables.column("BLOCK_TO_FLAGS", 1, blocks.len(), &|id| {
        let &Block { proto, is_unassigned, is_range, .. } = blocks[id];
        BlockFlags { proto, is_unassigned, is_range }.pack().into()
    });
    let mut most = 0;
    for (id, block) in blocks.iter().enumerate() {
        let begin_in_it = blocks.partition_point(|other| other.ports.first() <= block.ports.last()) - id - 1;
        most = most.max(begin_in_it);
    }
    tables.constant("BLOCKS_IN_A_BLOCK", most);
    lay_out_statuses(tables, coverage, |block| resolved.blocks[coverage.blocks[block]].is_unassigned);
}

/// The texts of the entries, and after them the few different texts of the blocks.
fn lay_out_descriptions(tables: &mut Tables, (entries, blocks): (&[&Details], &[&Details])) -> Result<(), ErrorKind> {
    let of_blocks = list(blocks.len(), &|block| blocks[block].description.as_str());
    let different = different(&of_blocks);
    tables.constant("BLOCK_DESCRIPTIONS", entries.len());
    tables.column("BLOCK_TO_DESCRIPTION", 1, of_blocks.len(), &|block| index(&different, of_blocks[block]));
    let mut texts = list(entries.len(), &|entry| entries[entry].description.as_str());
    texts.extend(different);
    tables.text(["DESCRIPTIONS", "DESCRIPTION_LENGTH_BITS", "ENTRY_TO_DESCRIPTION"], &texts)
}
