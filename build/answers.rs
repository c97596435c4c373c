//! Which records answer where: records become entries, and entries stand in answer lists.
//!
//! An *answer list* is what one port and transport answers with, primary first. Most ports have the
//! same list on tcp and udp, so rows that are equal in every column but the transport share an
//! *entry*, which carries a set of transports. The entries of a list are numbered consecutively:
//! its first number is all that a port needs to find it.
//!
//! Where ranges overlap, one row can stand in several lists. It then has several entries; the one
//! at its first port and transport is its home, the others are views of it.

use super::resolve::{Ports, Record, Resolved, TRANSPORTS};
use std::collections::BTreeMap;
use std::ops::Range;

/// RFC 6335 section 7.1: rows without a transport come from when TCP and UDP were assigned together.
const WITHOUT_TRANSPORT: [usize; 2] = [0, 1];

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
    /// Every record, as an index into [`Resolved::records`], to its home entry.
    pub homes: Vec<usize>,
}

impl Answers {
    /// The entries of each answer list.
    pub fn lists(&self) -> Vec<Range<usize>> {
        let heads = (0..self.entries.len()).filter(|&entry| self.entries[entry].head);
        let ends = heads.clone().skip(1).chain([self.entries.len()]);
        heads.zip(ends).map(|(head, end)| head..end).collect()
    }
}

/// Puts every record in its answer lists.
pub fn answers(resolved: &Resolved) -> Answers {
    let records = &resolved.records;
    let kinds = kinds(records);
    let mut answers = Answers::default();
    let mut lists: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
    let mut homes: Vec<Option<usize>> = vec![None; records.len()];
    let mut previous: Option<(Place, usize, Vec<usize>)> = None;
    for ((place, transport), list) in rows_by_place(records) {
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
    answers.homes = homes.into_iter().flatten().collect(); // every record answers somewhere
    for (record, &home) in records.iter().zip(&answers.homes) {
        answers.services.entry(record.name.to_ascii_lowercase()).or_default().push(home);
    }
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
        let Record { position: _, name, ports, transport, details, standing, alias_of } = record;
        let columns = (name, ports, transport.is_none(), details, standing.is_alias(), alias_of);
        let next = numbers.len();
        kinds.push(*numbers.entry(columns).or_insert(next));
    }
    kinds
}

/// The rows that answer at each place, primary first.
fn rows_by_place(records: &[Record]) -> BTreeMap<(Place, usize), Vec<usize>> {
    let mut places: BTreeMap<(Place, usize), Vec<usize>> = BTreeMap::new();
    for (row, record) in records.iter().enumerate() {
        if let Some(Ports { first, last }) = record.ports {
            for transport in record.transport.map_or(WITHOUT_TRANSPORT.to_vec(), |t| vec![t]) {
                for port in first..=last {
                    places.entry((Place::Port(port), transport)).or_default().push(row);
                }
            }
        } else {
            let place = Place::Name(record.name.to_ascii_lowercase());
            let transport = record.transport.unwrap_or(TRANSPORTS.len());
            places.entry((place, transport)).or_default().push(row);
        }
    }
    for list in places.values_mut() {
        // A range never hides a narrower one or a single port inside it.
        list.sort_by_key(|&row| {
            let width = records[row].ports.map_or(0, |ports| ports.last - ports.first);
            (width, records[row].standing, row)
        });
    }
    places
}

fn repeats_a_name(list: &[usize], records: &[Record]) -> bool {
    let mut names: Vec<&str> = list.iter().map(|&row| records[row].name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}
