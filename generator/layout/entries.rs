//! The columns of the entries, and the lists of those that share a port or a name.

use super::candidates::{Candidates, Entry};
use super::names::Numbering;
use super::tables::Tables;
use crate::generator::check::{Checked, Record};
use crate::generator::error_kind::ErrorKind;
use crate::generator::shared::flags::EntryFlags;
use crate::generator::shared::packing::{MARGIN, needs_range, pack_name, pack_port, pack_transport, unpack_port};
use crate::generator::shared::port_range::PortRange;

/// The entries in the order of their ids, each with one of its rows.
pub fn by_id<'a>(
    checked: &'a Checked,
    candidates: &'a Candidates,
    numbering: &Numbering,
) -> Vec<(&'a Entry, &'a Record)> {
    let mut by_id = vec![0; numbering.entries.len()];
    for (entry, &id) in numbering.entries.iter().enumerate() {
        by_id[id] = entry;
    }
    let entries = by_id.into_iter().map(|entry| &candidates.entries[entry]);
    entries.map(|entry| (entry, &checked.records[entry.record])).collect()
}

/// Lays out all columns but the texts, with the familiar names after the names of entries.
pub fn lay_out_entries(
    tables: &mut Tables,
    checked: &Checked,
    candidates: &Candidates,
    numbering: &Numbering,
    familiar: &[&str],
) -> Result<(), ErrorKind> {
    let id = |entry: usize| numbering.entries[entry];
    let entries = by_id(checked, candidates, numbering);
    // Each list comes with the keys under which it is stored.
    let (mut several, mut sharing) = (Vec::new(), Vec::new());
    for service in candidates.services.iter().filter(|service| service.entries.len() > 1) {
        several.push((vec![id(service.entries[0])], service.entries.iter().map(|&entry| id(entry)).collect()));
    }
    for group in candidates.groups().into_iter().filter(|group| group.len() > 1) {
        let group = numbering.entries[group].to_vec();
        sharing.push((group.clone(), group));
    }
    let mut is_listed = vec![false; entries.len()];
    for (keys, _) in several.iter().chain(&sharing) {
        for &key in keys {
            is_listed[key] = true;
        }
    }
    let mut flags = entries.iter().zip(is_listed).map(|((entry, record), is_listed)| {
        let flags = entry
            .flags
            .union(EntryFlags::ANY_TRANSPORT.when(record.row.proto.is_none()))
            .union(EntryFlags::ALIAS.when(record.precedence.is_alias()))
            .union(EntryFlags::LISTED.when(is_listed));
        flags.pack().into()
    });
    tables.column("ENTRY_TO_FLAGS", 1, &mut flags);
    // True if the column has the lowest port of every row. It is false if a filter cut off the start of a range, or if
    // a row has the port that stands for none.
    let is_lowest = |entry: usize, record: &Record| {
        unpack_port(pack_port(candidates.entries[entry].port)) == record.row.ports.map(PortRange::first)
    };
    let mut canonical = checked.records.iter().zip(&candidates.canonical);
    let are_lowest = canonical.all(|(record, entry)| entry.is_none_or(|entry| is_lowest(entry, record)));
    tables.constant("PORTS_ARE_LOWEST", are_lowest.into());
    tables.column("ENTRY_TO_PORT", 2, &mut entries.iter().map(|(entry, _)| pack_port(entry.port).into()));
    let mut ranges = entries.iter().enumerate().filter_map(|(id, (_, record))| {
        let ports = record.row.ports.filter(|&ports| needs_range(ports))?;
        Some([id, ports.first().into(), ports.last().into()])
    });
    tables.rows("ENTRY_TO_RANGE", 2, &mut ranges);
    let copies = candidates.copies.iter();
    let copies = copies.map(|&(copy, proto, canonical)| [id(copy), pack_transport(Some(proto)), id(canonical)]);
    let mut copies: Vec<[usize; 3]> = copies.collect();
    copies.sort_unstable();
    copies.dedup();
    tables.rows("COPY_TO_CANONICAL", 2, &mut copies.into_iter());
    tables.lists(["ENTRY_TO_CANDIDATES", "CANDIDATES_OF_ENTRIES"], &sharing)?;
    tables.lists(["SERVICE_TO_ENTRIES", "ENTRIES_OF_SERVICES"], &several)?;
    let service = |name: &str| candidates.service(name).map(|service| id(candidates.services[service].entries[0]));
    let further = &entries[candidates.services.len()..];
    tables.column("FURTHER_TO_SERVICE", 2, &mut further.iter().filter_map(|(_, record)| service(&record.folded)));
    tables.sparse("ALIAS_TO_SERVICE", 2, entries.len(), &|id| {
        let record = entries[id].1;
        let other = service(&record.row.alias_of.as_ref()?.to_ascii_lowercase())?;
        if Some(other) == service(&record.folded) { None } else { Some(other) }
    });
    let mut names: Vec<&str> = entries.iter().map(|(_, record)| record.name()).collect();
    names.extend(familiar);
    let pool = tables.pool(["NAMES", "NAME_LENGTH_BITS"], &names, MARGIN)?;
    // "No entry" has a text of one byte, because a text without a length would need a branch.
    let mut places = vec![pack_name(MARGIN, 1, pool.length_bits)];
    for (offset, name) in pool.offsets.iter().zip(names) {
        places.push(pack_name(*offset, name.len(), pool.length_bits));
    }
    tables.array("ENTRY_TO_NAME", 4, places);
    Ok(())
}
