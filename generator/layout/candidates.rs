//! Which records answer where: records become entries, and entries become candidates.
//!
//! The *candidates* for a port and transport are the entries that answer for it, primary first. They are neighbors, so
//! the port needs only the primary one. Most ports have the same candidates on TCP and UDP, so rows that are equal but
//! for the transport share an *entry*.
//!
//! If ranges overlap, one row can be among the candidates of several ports. It then has several entries: the *canonical
//! entry* is the one at its first port and transport, and the others are *copies*.

use crate::generator::check::{Checked, Record, none_last};
use crate::generator::filter::Filter;
use crate::generator::numbers::{Numbers, sorted};
use crate::generator::read::registry::Origin;
use crate::generator::read::services_file::FamiliarLine;
use crate::generator::shared::flags::EntryFlags;
use crate::generator::shared::port_range::PortRange;
use crate::generator::shared::proto::Proto;
use std::collections::BTreeSet;
use std::ops::Range;

/// The places of records: the ports in order, then the names without a port.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'r> {
    Port(u16),
    Name(&'r str),
}

/// A record at one of its places.
#[derive(Clone, Copy)]
struct Claim<'r> {
    key: Key<'r>,
    proto: Option<Proto>,
    /// An index into [`Checked::records`].
    record: usize,
    /// The same for all rows that are equal but for the transport.
    class: usize,
}

/// The claims to one place.
struct Place<'c> {
    claims: &'c [Claim<'c>],
    /// The first of the neighboring transports that share entries with this one.
    first_proto: Option<Proto>,
}

impl Place<'_> {
    fn classes(&self) -> impl Iterator<Item = usize> {
        self.claims.iter().map(|claim| claim.class)
    }
}

/// One or more rows that are equal but for the transport, among the same candidates.
pub struct Entry {
    /// One of the rows, as an index into [`Checked::records`].
    pub record: usize,
    /// The transports on which it is canonical, and whether one of its ports is in everyday use.
    pub flags: EntryFlags,
    /// The first port that it answers for, `None` without a port.
    pub port: Option<u16>,
    /// True if it is the first of its candidates. Without a port every entry is.
    is_primary: bool,
}

/// All records of one name, folded, as their canonical entries in order.
pub struct Service {
    pub name: String,
    pub entries: Vec<usize>,
}

/// Every answer.
#[derive(Default)]
pub struct Candidates {
    /// First those of ports, in port order; then names without a port, in name order.
    pub entries: Vec<Entry>,
    /// Port, transport and primary entry.
    pub primaries: Vec<(u16, Proto, usize)>,
    /// Copy, transport, and canonical entry of the same row. The same copy may be there several times.
    pub copies: Vec<(usize, Proto, usize)>,
    /// Sorted by name.
    pub services: Vec<Service>,
    /// From every record, as an index into [`Checked::records`], to its canonical entry, if the filter keeps it.
    pub canonical: Vec<Option<usize>>,
}

impl Candidates {
    /// The entries that answer together.
    pub fn groups(&self) -> Vec<Range<usize>> {
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            match groups.last_mut() {
                Some(group) if !entry.is_primary => group.end = at + 1,
                _ => groups.push(at..at + 1),
            }
        }
        groups
    }

    /// Marks the entries that are primary for a port in everyday use, and all other entries of the same rows.
    fn mark(&mut self, familiar: &[FamiliarLine]) {
        let everyday: BTreeSet<u16> = familiar.iter().map(|line| line.port).collect();
        let mut marked = vec![false; self.entries.len()];
        for &(port, _, primary) in &self.primaries {
            marked[primary] |= everyday.contains(&port);
        }
        for &(copy, _, canonical) in &self.copies {
            marked[canonical] |= marked[copy];
        }
        for &(copy, _, canonical) in &self.copies {
            marked[copy] |= marked[canonical];
        }
        for (entry, marked) in self.entries.iter_mut().zip(marked) {
            entry.flags = entry.flags.union(EntryFlags::EVERYDAY.when(marked));
        }
    }

    pub fn service(&self, name: &str) -> Option<usize> {
        self.services.binary_search_by(|service| service.name.as_str().cmp(name)).ok()
    }

    pub fn primary(&self, port: u16, proto: Proto) -> Option<&Entry> {
        let at = self.primaries.binary_search_by(|primary| (primary.0, primary.1).cmp(&(port, proto))).ok()?;
        Some(&self.entries[self.primaries[at].2])
    }

    /// The ports of a service's rows on a transport, and the files that they are from.
    pub fn ports_of(&self, service: usize, proto: Proto, checked: &Checked) -> Vec<(PortRange, Origin)> {
        let mut ports = Vec::new();
        for &entry in &self.services[service].entries {
            let Entry { record, flags, .. } = &self.entries[entry];
            let record = &checked.records[*record];
            let is_on_it = if record.row.proto.is_none() {
                record.protos().contains(&proto)
            } else {
                flags.has(EntryFlags::transport(proto))
            };
            ports.extend(record.row.ports.filter(|_| is_on_it).map(|ports| (ports, record.precedence.origin)));
        }
        ports
    }
}

/// Finds the candidates for every port and transport among the records that the filter keeps.
pub fn find_candidates(checked: &Checked, filter: &Filter, familiar: &[FamiliarLine]) -> Candidates {
    let records = &checked.records;
    let claims = claims(records, filter);
    let places = places(&claims, records);
    let candidates_of = Numbers::as_met(places.len(), &|a, b| {
        let (a, b) = (&places[a], &places[b]);
        a.first_proto.cmp(&b.first_proto).then_with(|| a.classes().cmp(b.classes()))
    });

    let mut candidates = Candidates { canonical: vec![None; records.len()], ..Candidates::default() };
    let mut primaries = Vec::new();
    for (place, &number) in places.iter().zip(&candidates_of.of) {
        let Claim { key, proto, .. } = place.claims[0];
        let port = if let Key::Port(port) = key { Some(port) } else { None };
        if number == primaries.len() {
            primaries.push(candidates.entries.len());
            for (rank, claim) in place.claims.iter().enumerate() {
                let (record, flags) = (claim.record, EntryFlags::default());
                candidates.entries.push(Entry { record, flags, port, is_primary: rank == 0 || port.is_none() });
            }
        }
        for (rank, claim) in place.claims.iter().enumerate() {
            let entry = primaries[number] + rank;
            match (candidates.canonical[claim.record], proto) {
                (None, _) => {
                    candidates.canonical[claim.record] = Some(entry);
                    let flags = &mut candidates.entries[entry].flags;
                    *flags = flags.union(proto.map_or(EntryFlags::default(), EntryFlags::transport));
                }
                (Some(canonical), Some(proto)) if canonical != entry => {
                    candidates.copies.push((entry, proto, canonical));
                }
                _ => {}
            }
        }
        if let (Some(port), Some(proto)) = (port, proto) {
            candidates.primaries.push((port, proto, primaries[number]));
        }
    }
    candidates.services = services(records, &candidates.canonical);
    candidates.mark(familiar);
    candidates
}

/// Rows that are equal in every column but the transport get the same number.
fn classes(records: &[Record]) -> Vec<usize> {
    let columns = |record: usize| {
        let (record, row) = (&records[record], &records[record].row);
        (record.name(), row.ports, row.proto.is_none(), &row.details, record.precedence.is_alias(), &row.alias_of)
    };
    Numbers::sorted(records.len(), &|a, b| columns(a).cmp(&columns(b))).of
}

/// All places of the records that the filter keeps, by place, then primary first.
fn claims<'r>(records: &'r [Record], filter: &Filter) -> Vec<Claim<'r>> {
    let (classes, mut claims) = (classes(records), Vec::new());
    for (at, (Record { row, folded, .. }, class)) in records.iter().zip(classes).enumerate() {
        let claim = |key, proto| Claim { key, proto, record: at, class };
        match row.ports {
            Some(ports) => {
                let kept = filter.kept(ports, records[at].protos()).into_iter();
                claims.extend(kept.map(|(port, proto)| claim(Key::Port(port), Some(proto))));
            }
            None if filter.keeps_portless(row.proto) => claims.push(claim(Key::Name(folded), row.proto)),
            None => {}
        }
    }
    let order = sorted(claims.len(), &|a, b| {
        let (a, b) = (&claims[a], &claims[b]);
        let by_place = a.key.cmp(&b.key).then_with(|| none_last(a.proto).cmp(&none_last(b.proto)));
        by_place.then_with(|| records[a.record].precedence.cmp(&records[b.record].precedence))
    });
    order.into_iter().map(|claim| claims[claim]).collect()
}

/// All places that are claimed, in order.
fn places<'c>(claims: &'c [Claim<'c>], records: &[Record]) -> Vec<Place<'c>> {
    let mut places: Vec<Place> = Vec::new();
    for claims in claims.chunk_by(|a, b| a.key == b.key && a.proto == b.proto) {
        let own = Place { claims, first_proto: claims[0].proto };
        // Only neighboring transports share entries, so that those of a service are in the order of port and transport.
        let shares = |previous: &&Place| {
            previous.claims[0].key == claims[0].key
                && previous.classes().eq(own.classes())
                && !repeats_a_name(claims, records)
        };
        let first_proto = places.last().filter(shares).map_or(own.first_proto, |previous| previous.first_proto);
        places.push(Place { first_proto, ..own });
    }
    places
}

fn repeats_a_name(claims: &[Claim<'_>], records: &[Record]) -> bool {
    let name = |claim: usize| &records[claims[claim].record].folded;
    claims.len() > 1 && Numbers::sorted(claims.len(), &|a, b| name(a).cmp(name(b))).firsts.len() < claims.len()
}

/// The services of the records that the filter keeps, each with its entries.
fn services(records: &[Record], canonical: &[Option<usize>]) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    let by_name = |a: usize, b: usize| records[a].folded.cmp(&records[b].folded);
    for record in sorted(records.len(), &|a, b| by_name(a, b).then_with(|| canonical[a].cmp(&canonical[b]))) {
        let Some(entry) = canonical[record] else { continue };
        let name = &records[record].folded;
        match services.last_mut() {
            Some(service) if service.name == *name => {
                if service.entries.last() != Some(&entry) {
                    service.entries.push(entry);
                }
            }
            _ => services.push(Service { name: name.clone(), entries: vec![entry] }),
        }
    }
    services
}
