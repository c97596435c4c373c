//! The tables of familiar names: from a port to the name that people use, from such a name to its port, and from a
//! service to such names.
//!
//! The names are numbered in their order, with case ignored. They share the pool and the table of the entries' names.

use super::bounds::at_most;
use super::candidates::Candidates;
use super::check::Resolved;
use super::check::familiar::FamiliarLine;
use super::check::precedence::Origin;
use super::error_kind::ErrorKind;
use super::filter::Filter;
use super::names::Ids;
use super::order::{Numbers, list, pick, sorted};
use super::shared::familiar::{BUCKETS, MAX_FAMILIAR, bucket_and_slot, flip, pack_familiar, pack_familiar_port};
use super::shared::packing::{PORT_INDEXES, port_index};
use super::shared::proto::Proto;
use super::tables::Tables;

/// A familiar name, where a line of the list has it.
struct Use<'l> {
    name: &'l str,
    folded: String,
    port: u16,
    proto: Proto,
    /// True for the name that is shown for the port.
    is_shown: bool,
    /// The registered service that the line is about, as an index into [`Candidates::services`].
    service: Option<usize>,
}

/// The familiar names that the filter keeps.
pub struct Familiar<'l> {
    uses: Vec<Use<'l>>,
    numbers: Numbers,
}

impl<'l> Familiar<'l> {
    /// Names and aliases of the lines. Rows of an overlay with other names take the place of lines on the same port.
    pub fn of(
        lines: &'l [FamiliarLine],
        resolved: &Resolved,
        candidates: &Candidates,
        filter: &Filter,
    ) -> Result<Self, ErrorKind> {
        let mut uses: Vec<Use> = Vec::new();
        let mut is_shown = vec![false; PORT_INDEXES];
        for line in lines {
            let proto = line.proto;
            let name = line.names[0].to_ascii_lowercase();
            if !filter.keeps(line.port, proto) || is_replaced((line.port, proto), &name, resolved, candidates) {
                continue;
            }
            let service = candidates.service(&name).filter(|&service| {
                candidates
                    .ports_of(service, proto, resolved)
                    .iter()
                    .any(|&(ports, origin)| origin == Origin::Registry && ports.contains(line.port))
            });
            // The first name says which service is meant, and the second is what people call it.
            let skipped = usize::from(service.is_some() && line.names.len() > 1);
            let is_taken = std::mem::replace(&mut is_shown[port_index(line.port, proto)], true);
            for (at, name) in line.names[skipped..].iter().enumerate() {
                let (is_shown, folded) = (at == 0 && !is_taken, name.to_ascii_lowercase());
                uses.push(Use { name, folded, port: line.port, proto, is_shown, service });
            }
        }
        let numbers = Numbers::sorted(uses.len(), &|a, b| uses[a].folded.cmp(&uses[b].folded));
        at_most("familiar names", numbers.firsts.len(), MAX_FAMILIAR)?;
        Ok(Self { uses, numbers })
    }

    /// The names in order, each as it is spelled first.
    pub fn names(&self) -> Vec<&'l str> {
        list(self.numbers.firsts.len(), &|name| self.uses[self.numbers.firsts[name]].name)
    }

    /// Lays out all tables but the text.
    pub fn lay_out(&self, tables: &mut Tables, resolved: &Resolved, candidates: &Candidates, ids: &Ids) {
        tables.constant("FAMILIAR_NAMES", self.numbers.firsts.len());
        let mut shown = Vec::new();
        for (of, &name) in self.uses.iter().zip(&self.numbers.of) {
            if of.is_shown {
                shown.push((port_index(of.port, of.proto), name));
            }
        }
        let indexes = list(shown.len(), &|at| shown[at].0);
        let (slots, flips) = place(&indexes);
        // A slot without a port has the number of the first one, which is looked for elsewhere.
        let first = shown.first().map_or(0, |&(index, name)| pack_familiar(index, name));
        let word = |slot: usize| slots[slot].map_or(first, |at: usize| pack_familiar(shown[at].0, shown[at].1));
        tables.column("BUCKET_TO_FLIPS", 2, flips.len(), &|bucket| flips[bucket]);
        tables.column("SLOT_TO_FAMILIAR", 4, slots.len(), &word);
        tables.array("FAMILIAR_TO_PORT", 4, self.ports(resolved, candidates));
        tables.rows("SERVICE_TO_FAMILIAR", 2, 2, self.of_services(candidates, ids).concat());
    }

    /// The port of each name on each transport: where it is shown first, or else where a line has it first. There is
    /// none if the service of this name has the same port, or if it has any and the name is only an alias elsewhere.
    fn ports(&self, resolved: &Resolved, candidates: &Candidates) -> Vec<usize> {
        let key = |of: usize| (self.numbers.of[of], self.uses[of].proto);
        let order = sorted(self.uses.len(), &|a, b| {
            key(a).cmp(&key(b)).then_with(|| self.uses[b].is_shown.cmp(&self.uses[a].is_shown))
        });
        let (mut ports, mut last) = (Vec::new(), None);
        for of in order {
            if last.replace(key(of)) == Some(key(of)) {
                continue;
            }
            let Use { folded, port, proto, is_shown, .. } = &self.uses[of];
            let own = candidates.service(folded).map_or(Vec::new(), |own| candidates.ports_of(own, *proto, resolved));
            let is_same = own.len() == 1 && own[0].0.first() == *port;
            if own.is_empty() || (*is_shown && !is_same) {
                ports.push(pack_familiar_port(self.numbers.of[of], *proto, *port));
            }
        }
        ports
    }

    /// Services and their familiar names, by the id of the service, then in the order of the list.
    fn of_services(&self, candidates: &Candidates, ids: &Ids) -> Vec<[usize; 2]> {
        let mut rows = Vec::new();
        for (of, number) in self.uses.iter().zip(&self.numbers.of) {
            if let Some(service) = of.service.filter(|&service| candidates.services[service].name != of.folded) {
                rows.push([ids.entries[candidates.services[service].entries[0]], *number]);
            }
        }
        let mut different = Numbers::sorted(rows.len(), &|a, b| rows[a].cmp(&rows[b])).firsts;
        different.sort_unstable();
        let rows = pick(&rows, &different);
        let order = sorted(rows.len(), &|a, b| rows[a][0].cmp(&rows[b][0]));
        pick(&rows, &order)
    }
}

/// For each slot the place in the list of the index that has it, and for each bucket the bits that it flips.
type Slots = (Vec<Option<usize>>, Vec<usize>);

/// Gives each index of a port and transport a slot of its own, among as few slots as will do.
fn place(indexes: &[usize]) -> Slots {
    let mut count = indexes.len().next_power_of_two();
    loop {
        if let Some(placed) = place_in(indexes, count) {
            return placed;
        }
        count *= 2; // at the latest, each bucket finds slots that are all its own
    }
}

/// Places indexes in this number of slots, a power of two, if each bucket finds bits to flip so that all of its slots
/// are free. The buckets with most indexes come first.
fn place_in(indexes: &[usize], count: usize) -> Option<Slots> {
    let mut buckets = vec![Vec::new(); BUCKETS];
    for (at, &index) in indexes.iter().enumerate() {
        let (bucket, slot) = bucket_and_slot(index);
        buckets[bucket].push((at, slot));
    }
    let (mut slots, mut flips) = (vec![None; count], vec![0; BUCKETS]);
    for bucket in sorted(BUCKETS, &|a, b| buckets[b].len().cmp(&buckets[a].len())) {
        let own: &[(usize, usize)] = &buckets[bucket];
        let are_free = |flips: usize| own.iter().all(|&(_, slot)| slots[flip(slot, flips, count)].is_none());
        flips[bucket] = (0..count).find(|&flips| are_free(flips))?;
        for &(at, slot) in own {
            // With few slots, two indexes of a bucket may have the same one under all flips.
            if slots[flip(slot, flips[bucket], count)].replace(at).is_some() {
                return None;
            }
        }
    }
    Some((slots, flips))
}

/// True if an overlay has another name than this one for a port.
fn is_replaced((port, proto): (u16, Proto), folded: &str, resolved: &Resolved, candidates: &Candidates) -> bool {
    let primary = candidates.primary(port, proto).map(|entry| &resolved.records[entry.record]);
    primary.is_some_and(|record| record.precedence.origin == Origin::Overlay && record.folded != folded)
}
