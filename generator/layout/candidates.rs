//! Which records answer where: records become entries, and entries become candidates.
//!
//! The *candidates* for a port and transport are the entries that answer for it, primary first. Most ports have the same
//! candidates on TCP and UDP, so rows that are equal in every column but the transport share an *entry*. The candidates for
//! a port are neighbors, so the port needs only the primary one to find them all.
//!
//! If ranges overlap, one row can be among the candidates of several ports. It then has several entries: the *canonical
//! entry* is the one at its first port and transport, and the others are *copies*.

use super::check::{Record, Resolved, none_last};
use super::filter::Filter;
use super::shared::flags::EntryFlags;
use super::shared::proto::Proto;
use std::collections::BTreeMap;
use std::ops::Range;

/// The places of records: the ports in order, then the names without a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Port(u16),
    Name(String),
}

/// One or more rows that are equal but for the transport, among the same candidates.
#[derive(Debug)]
pub struct Entry {
    /// One of the rows, as an index into [`Resolved::records`].
    pub record: usize,
    /// The transports of the rows whose canonical entry this is.
    pub transports: EntryFlags,
    /// The first port that it answers for as one of these candidates, `None` without a port.
    pub port: Option<u16>,
    /// True if it is the first of its candidates. Without a port every entry is.
    is_primary: bool,
}

/// Every answer.
#[derive(Debug, Default)]
pub struct Candidates {
    /// First those of ports, in port order; then names without a port, in name order.
    pub entries: Vec<Entry>,
    /// (port, transport) to the primary entry.
    pub primaries: BTreeMap<(u16, Proto), usize>,
    /// (copy, transport) to the canonical entry of the same row.
    pub copies: BTreeMap<(usize, Proto), usize>,
    /// Folded name to its canonical entries, in order. The order of this map is that of the services.
    pub services: BTreeMap<String, Vec<usize>>,
    /// From every record, as an index into [`Resolved::records`], to its canonical entry, if the filter keeps it.
    pub canonical: Vec<Option<usize>>,
}

impl Candidates {
    /// The entries that answer together.
    pub fn groups(&self) -> Vec<Range<usize>> {
        let primaries = (0..self.entries.len()).filter(|&entry| self.entries[entry].is_primary);
        let ends = primaries.clone().skip(1).chain([self.entries.len()]);
        primaries.zip(ends).map(|(primary, end)| primary..end).collect()
    }
}

/// Finds the candidates for every port and transport among the records that the filter keeps.
pub fn find_candidates(resolved: &Resolved, filter: &Filter) -> Candidates {
    let records = &resolved.records;
    let classes = classes(records);
    let mut candidates = Candidates { canonical: vec![None; records.len()], ..Candidates::default() };
    let mut groups: BTreeMap<(Option<Proto>, Vec<usize>), usize> = BTreeMap::new();
    let mut previous: Option<(Key, Option<Proto>, Vec<usize>)> = None;
    for ((key, (_, proto)), rows) in rows_by_key(records, filter) {
        let group: Vec<usize> = rows.iter().map(|&row| classes[row]).collect();
        // Only neighboring transports share entries. So the entries of a service are in the order of port and
        // transport, whichever of them are shared.
        let first_proto = match &previous {
            Some((k, first, g)) if *k == key && *g == group && !repeats_a_name(&rows, records) => *first,
            _ => proto,
        };
        previous = Some((key.clone(), first_proto, group.clone()));
        let next = candidates.entries.len();
        let primary = *groups.entry((first_proto, group)).or_insert(next);
        let port = if let Key::Port(port) = key { Some(port) } else { None };
        if primary == next {
            candidates.entries.extend(rows.iter().enumerate().map(|(rank, &record)| Entry {
                record,
                transports: EntryFlags::default(),
                port,
                is_primary: rank == 0 || port.is_none(),
            }));
        }
        for (entry, &row) in (primary..).zip(&rows) {
            let canonical = *candidates.canonical[row].get_or_insert_with(|| {
                let transports = &mut candidates.entries[entry].transports;
                *transports = transports.and(proto.map_or(EntryFlags::default(), EntryFlags::transport));
                entry
            });
            if let Some(proto) = proto.filter(|_| canonical != entry) {
                candidates.copies.insert((entry, proto), canonical);
            }
        }
        if let (Some(port), Some(proto)) = (port, proto) {
            candidates.primaries.insert((port, proto), primary);
        }
    }
    for (record, entry) in records.iter().zip(&candidates.canonical) {
        if let Some(entry) = *entry {
            candidates.services.entry(record.name.to_ascii_lowercase()).or_default().push(entry);
        }
    }
    for service in candidates.services.values_mut() {
        service.sort_unstable();
        service.dedup();
    }
    candidates
}

/// Rows that are equal in every column but the transport get the same number.
fn classes(records: &[Record]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let mut classes = Vec::with_capacity(records.len());
    for record in records {
        let Record { precedence, name, ports, proto, details, alias_of } = record;
        let columns = (name, ports, proto.is_none(), details, precedence.is_alias(), alias_of);
        let next = numbers.len();
        classes.push(*numbers.entry(columns).or_insert(next));
    }
    classes
}

/// A port or a name, and a transport; none sorts last.
type KeyAndTransport = (Key, (bool, Option<Proto>));

/// The rows that the filter keeps under each key and transport, primary first.
fn rows_by_key(records: &[Record], filter: &Filter) -> BTreeMap<KeyAndTransport, Vec<usize>> {
    let mut rows: BTreeMap<KeyAndTransport, Vec<usize>> = BTreeMap::new();
    for (row, record) in records.iter().enumerate() {
        let mut add = |key, proto| rows.entry((key, none_last(proto))).or_default().push(row);
        match record.ports {
            Some(ports) => {
                let kept = filter.kept(ports, record.protos());
                kept.for_each(|(port, proto)| add(Key::Port(port), Some(proto)));
            }
            None if filter.keeps_portless(record.proto) => {
                add(Key::Name(record.name.to_ascii_lowercase()), record.proto);
            }
            None => {}
        }
    }
    for rows in rows.values_mut() {
        rows.sort_by_key(|&row| records[row].precedence);
    }
    rows
}

fn repeats_a_name(rows: &[usize], records: &[Record]) -> bool {
    let mut names: Vec<&str> = rows.iter().map(|&row| records[row].name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}
