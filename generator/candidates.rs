//! Which records answer where: records become entries, and entries stand in answer lists.
//!
//! An *answer list* is what one port and transport answers with, primary first. Most ports have the
//! same list on tcp and udp, so rows that are equal in every column but the transport share an
//! *entry*, which carries a set of transports. The entries of a list are numbered consecutively:
//! its first number is all that a port needs to find it.
//!
//! Where ranges overlap, one row can stand in several lists. It then has several entries; the one
//! at its first port and transport is its home, the others are views of it.

use super::filter::Filter;
use super::resolve::{Ports, Record, Resolved, TRANSPORTS};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where records are found: the ports in order, then the names without a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Port(u16),
    Name(String),
}

/// One or more rows that are equal but for the transport, in one answer list.
#[derive(Debug)]
pub struct Entry {
    /// One of the rows, as an index into [`Resolved::records`].
    pub record: usize,
    /// The transports of the rows that are at home here, as bits; see [`TRANSPORTS`].
    pub transports: u8,
    /// The first port of its list, `None` without a port.
    pub port: Option<u16>,
    /// Whether this is the first entry of its list. Without a port every entry is.
    pub head: bool,
}

/// Every answer.
#[derive(Debug, Default)]
pub struct Answers {
    /// By list: first those of ports, in port order; then names without a port, in name order.
    pub entries: Vec<Entry>,
    /// (port, transport) to the head of its list.
    pub heads: BTreeMap<(u16, usize), usize>,
    /// (view, transport) to the home entry of the same row.
    pub views: BTreeMap<(usize, usize), usize>,
    /// Folded name to its home entries, in order. The order of this map is that of the services.
    pub services: BTreeMap<String, Vec<usize>>,
    /// Every record, as an index into [`Resolved::records`], to its home entry, if it is wanted.
    pub homes: Vec<Option<usize>>,
}

impl Answers {
    /// The entries of each answer list.
    pub fn lists(&self) -> Vec<Range<usize>> {
        let heads = (0..self.entries.len()).filter(|&entry| self.entries[entry].head);
        let ends = heads.clone().skip(1).chain([self.entries.len()]);
        heads.zip(ends).map(|(head, end)| head..end).collect()
    }
}

/// Puts every record that is wanted in its answer lists.
pub fn answers(resolved: &Resolved, filter: &Filter) -> Answers {
    let records = &resolved.records;
    let kinds = kinds(records);
    let mut answers = Answers::default();
    let mut lists: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
    let mut homes: Vec<Option<usize>> = vec![None; records.len()];
    let mut previous: Option<(Place, usize, Vec<usize>)> = None;
    for ((place, transport), list) in rows_by_place(records, filter) {
        let key: Vec<usize> = list.iter().map(|&row| kinds[row]).collect();
        // Neighbouring transports share entries, others do not: so the entries of a service are in
        // the order of port and transport, whichever of them are shared.
        let first_transport = match &previous {
            Some((p, first, k)) if *p == place && *k == key && !repeats_a_name(&list, records) => *first,
            _ => transport,
        };
        previous = Some((place.clone(), first_transport, key.clone()));
        let next = answers.entries.len();
        let head = *lists.entry((first_transport, key)).or_insert(next);
        if head == next {
            answers.entries.extend(list.iter().enumerate().map(|(rank, &record)| Entry {
                record,
                transports: 0,
                port: if let Place::Port(port) = place { Some(port) } else { None },
                head: rank == 0 || matches!(place, Place::Name(_)),
            }));
        }
        for (entry, &row) in (head..).zip(&list) {
            let home = *homes[row].get_or_insert(entry);
            if home != entry {
                answers.views.insert((entry, transport), home);
            } else if let Some(transport) = records[row].transport {
                answers.entries[entry].transports |= 1 << transport;
            }
        }
        if let Place::Port(port) = place {
            answers.heads.insert((port, transport), head);
        }
    }
    for (record, home) in records.iter().zip(&homes).filter_map(|(record, home)| Some((record, (*home)?))) {
        answers.services.entry(record.name.to_ascii_lowercase()).or_default().push(home);
    }
    answers.homes = homes;
    for service in answers.services.values_mut() {
        service.sort_unstable();
        service.dedup();
    }
    answers
}

/// Rows that are equal in every column but the transport get the same number.
fn kinds(records: &[Record]) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let mut kinds = Vec::with_capacity(records.len());
    for record in records {
        let Record { layer: _, position: _, name, ports, transport, details, standing, alias_of } = record;
        let columns = (name, ports, transport.is_none(), details, standing.is_alias(), alias_of);
        let next = numbers.len();
        kinds.push(*numbers.entry(columns).or_insert(next));
    }
    kinds
}

/// The rows that answer at each place that is wanted, primary first.
fn rows_by_place(records: &[Record], filter: &Filter) -> BTreeMap<(Place, usize), Vec<usize>> {
    let mut places: BTreeMap<(Place, usize), Vec<usize>> = BTreeMap::new();
    for (row, record) in records.iter().enumerate() {
        if let Some(Ports { first, last }) = record.ports {
            for &transport in record.transports() {
                for port in (first..=last).filter(|&port| filter.has(port, transport)) {
                    places.entry((Place::Port(port), transport)).or_default().push(row);
                }
            }
        } else if filter.portless && record.transport.is_none_or(|transport| filter.has_transport(transport))
        {
            let place = Place::Name(record.name.to_ascii_lowercase());
            let transport = record.transport.unwrap_or(TRANSPORTS.len());
            places.entry((place, transport)).or_default().push(row);
        }
    }
    for list in places.values_mut() {
        // An overlay hides the registry. A range never hides a narrower one or a single port in it.
        list.sort_by_key(|&row| {
            let width = records[row].ports.map_or(0, |ports| ports.last - ports.first);
            (records[row].layer, width, records[row].standing, row)
        });
    }
    places
}

fn repeats_a_name(list: &[usize], records: &[Record]) -> bool {
    let mut names: Vec<&str> = list.iter().map(|&row| records[row].name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}
