//! From names to ids.
//!
//! A minimal perfect hash gives every short name a slot, and no slot stays empty. The slot is the id of the service,
//! and of the service's first entry, so the names need no table from service to entry. Services whose names have no
//! slot follow, then all other entries.
//!
//! `phf_generator` finds the hash with PtrHash: one half of a name's hash selects a bucket. Every bucket has a *pilot*,
//! a number that flips bits of the other half, chosen so that all names of the bucket land on free slots. There are
//! slightly more slots than names, which makes the search short; *remap* leads from the surplus slots to those that
//! stayed free.

use super::candidates::{Candidates, Service};
use super::tables::Tables;
use crate::generator::error_kind::ErrorKind;
use crate::generator::shared::hash::{self, SHORT, Words, is_plain};
use phf_generator::ptrhash::{HashState, generate_hash_with_hash_fn};
use phf_shared::ptrhash;
use std::cell::Cell;

/// How many seeds to try. A seed fails only by bad luck.
const SEEDS: usize = 100;

/// The ids of services and entries.
pub struct Numbering {
    pub hash: PerfectHash,
    /// True if any name without a slot is short.
    pub others_are_short: bool,
    /// The services in the order of their names.
    pub services: Vec<usize>,
    /// Index into [`Candidates::entries`] to entry.
    pub entries: Vec<usize>,
}

/// A perfect hash: the words and the seed, the pilot of each bucket, the bits that each pilot flips.
#[derive(Debug)]
pub struct PerfectHash {
    pub words: Words,
    pub seed: u64,
    pub pilots: Vec<u8>,
    pub flips: Vec<u32>,
    /// For each slot beyond the names.
    pub remap: Vec<usize>,
    /// The slot of each name, in the order in which they were given.
    pub slots: Vec<usize>,
}

pub fn assign_ids(candidates: &Candidates, words: Words) -> Result<Numbering, ErrorKind> {
    let has_slot = |name: &str| name.len() <= SHORT && name.bytes().all(is_plain);
    let names = || candidates.services.iter().map(|service| service.name.as_str());
    let placed: Vec<&str> = names().filter(|name| has_slot(name)).collect();
    let others_are_short = names().any(|name| name.len() <= SHORT && !has_slot(name));
    let hash = place_names(&placed, words)?;

    let (mut slots, mut others) = (hash.slots.iter().copied(), placed.len()..);
    let (mut services, mut entries) = (Vec::new(), vec![None; candidates.entries.len()]);
    for Service { name, entries: own } in &candidates.services {
        let id = if has_slot(name) { slots.next() } else { others.next() };
        services.push(id.unwrap_or_default());
        entries[own[0]] = id;
    }
    let mut further = services.len()..;
    for id in &mut entries {
        *id = id.or_else(|| further.next());
    }
    let entries = entries.into_iter().map(Option::unwrap_or_default).collect();
    Ok(Numbering { hash, others_are_short, services, entries })
}

/// Places names, which must be short, plain, and distinct with case ignored.
///
/// Hostile names can collide under every seed, and `phf_generator` would then search forever. So after some seeds it
/// gets hashes that do not depend on the names, and the names are refused.
pub fn place_names(names: &[&str], words: Words) -> Result<PerfectHash, ErrorKind> {
    let hashed = Cell::new(0);
    let hash = |name: &&str, seed: &u64| {
        let count: usize = hashed.replace(hashed.get() + 1);
        if count < SEEDS * names.len() { words.hash(name.as_bytes(), *seed) } else { ptrhash::hash(&count, seed) }
    };
    let HashState { seed, pilots, remap, map } = generate_hash_with_hash_fn(names, hash);
    if hashed.get() > SEEDS * names.len() {
        return Err(ErrorKind::Collisions);
    }
    let mut slots = vec![0; names.len()];
    for (slot, &name) in map.iter().enumerate() {
        slots[name] = slot;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the code wants both halves")]
    let flips = |pilot| {
        let product = ptrhash::hash_pilot(seed, pilot);
        (product >> 32) as u32 ^ product as u32
    };
    let flips = (0..=u8::MAX).map(flips).collect();
    let remap = remap.into_iter().map(|slot| slot as usize).collect();
    let hash = PerfectHash { words, seed, pilots, flips, remap, slots };
    hash.check(names)?;
    Ok(hash)
}

/// Lays out the perfect hash, and the services in the order of their names.
pub fn lay_out_names(tables: &mut Tables, numbering: &Numbering) {
    let hash = &numbering.hash;
    tables.constants.push(("NAME_SEED", hash.seed));
    tables.constant("WORD_BITS", hash.words.bits());
    tables.constant("PLACED_NAMES", hash.slots.len());
    tables.constant("OTHERS_ARE_SHORT", numbering.others_are_short.into());
    tables.column("NAME_TO_PILOT", 1, &mut hash.pilots.iter().map(|&pilot| pilot.into()));
    tables.column("PILOT_TO_FLIPS", 4, &mut hash.flips.iter().map(|&flips| flips as usize));
    tables.array("SLOT_TO_SERVICE", 2, hash.remap.clone());
    tables.array("SORTED_TO_SERVICE", 2, numbering.services.clone());
}

impl PerfectHash {
    /// Refuses a hash under which a lookup would not find the names. Another version of `phf_generator` may give one.
    pub fn check(&self, names: &[&str]) -> Result<(), ErrorKind> {
        for (name, &slot) in names.iter().zip(&self.slots) {
            let found = self.slot(name.as_bytes());
            if found != Some(slot) {
                return Err(ErrorKind::Misplaced { name: (*name).to_owned(), slot, found });
            }
        }
        Ok(())
    }

    /// The slot where a lookup looks for a name.
    pub fn slot(&self, name: &[u8]) -> Option<usize> {
        let hash = self.words.hash(name, self.seed);
        let pilot = *self.pilots.get(hash::bucket(hash, self.pilots.len()))?;
        let slot = hash::slot(hash, self.flips[usize::from(pilot)], self.slots.len() + self.remap.len());
        if slot < self.slots.len() { Some(slot) } else { self.remap.get(slot - self.slots.len()).copied() }
    }
}
