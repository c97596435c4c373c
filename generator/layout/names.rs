//! From names to ids.
//!
//! A minimal perfect hash gives every short name a slot of its own, and no slot stays empty. The slot is the
//! id of the service; services whose names have no slot follow. The first entry of a service has the service's
//! id, so that the name table needs no column of its own. All further entries come behind.
//!
//! `phf_generator` finds the hash, by PtrHash: names fall into buckets by one half of their hash. Every bucket has a
//! *pilot*, a number that flips bits of the other half, chosen so that the whole bucket lands on free slots. There
//! are some slots more than names, so that it ends soon; *remap* leads from those to the slots that stay free.

use super::candidates::Candidates;
use super::error::{Fault, Problem};
use super::hash::{self, SHORT, Words, is_plain};
use phf_generator::ptrhash::{HashState, generate_hash_with_hash_fn};
use phf_shared::ptrhash;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Seeds that are tried. One fails by bad luck, the next one has better.
const SEEDS: usize = 100;

/// The ids of services and entries.
#[derive(Debug)]
pub struct Ids {
    /// The perfect hash of the names that have slots.
    pub hash: PerfectHash,
    /// Whether any of the other names is short.
    pub others_are_short: bool,
    /// The services in the order of their names.
    pub services: Vec<usize>,
    /// Index into [`Candidates::entries`] to entry.
    pub entries: Vec<usize>,
}

/// A perfect hash.
#[derive(Debug)]
pub struct PerfectHash {
    /// Of which words.
    pub words: Words,
    /// Goes into every hash.
    pub seed: u64,
    /// For each bucket.
    pub pilots: Vec<u8>,
    /// For each pilot the bits that it flips.
    pub flips: Vec<u32>,
    /// For each slot beyond the names.
    pub remap: Vec<usize>,
    /// The slot of each name, in the order in which they were given.
    pub slots: Vec<usize>,
}

/// Gives all services and entries their ids.
pub fn assign_ids(candidates: &Candidates, words: Words) -> Result<Ids, Fault> {
    let names: Vec<&str> = candidates.services.keys().map(String::as_str).collect();
    let has_slot = |name: &str| name.len() <= SHORT && name.bytes().all(is_plain);
    let (placed, others): (Vec<&str>, Vec<&str>) = names.iter().copied().partition(|name| has_slot(name));
    let hash = place_names(&placed, words).map_err(|problem| Fault::at(0, problem))?;

    let ids = hash.slots.iter().copied().chain(placed.len()..);
    let id: BTreeMap<&str, usize> = placed.iter().chain(&others).copied().zip(ids).collect();
    let services: Vec<usize> = names.iter().map(|name| id[name]).collect();

    let mut entries = vec![None; candidates.entries.len()];
    for (&service, of_service) in services.iter().zip(candidates.services.values()) {
        entries[of_service[0]] = Some(service);
    }
    let mut further = services.len()..;
    let entries = entries.into_iter().filter_map(|id| id.or_else(|| further.next())).collect();
    let others_are_short = others.iter().any(|name| name.len() <= SHORT);
    Ok(Ids { hash, others_are_short, services, entries })
}

/// Places names, which must be short, plain and distinct, case ignored.
///
/// Names can be made to collide under every seed, and `phf_generator` would look for one for ever. So after some seeds
/// it gets hashes that have nothing to do with the names, and they are refused.
pub fn place_names(names: &[&str], words: Words) -> Result<PerfectHash, Problem> {
    let hashed = Cell::new(0);
    let hash = |name: &&str, seed: &u64| {
        let count: usize = hashed.replace(hashed.get() + 1);
        if count < SEEDS * names.len() {
            words.hash(name.as_bytes(), *seed)
        } else {
            ptrhash::hash(&count, seed)
        }
    };
    let HashState { seed, pilots, remap, map } = generate_hash_with_hash_fn(names, hash);
    if hashed.get() > SEEDS * names.len() {
        return Err(Problem::Collisions);
    }
    let mut slots = vec![0; names.len()];
    map.iter().enumerate().for_each(|(slot, &name)| slots[name] = slot);
    #[allow(clippy::cast_possible_truncation, reason = "halves are what is wanted")]
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

impl PerfectHash {
    /// Refuses a hash that another version of `phf_generator` may find, under which names are not where a lookup looks.
    pub fn check(&self, names: &[&str]) -> Result<(), Problem> {
        for (name, &slot) in names.iter().zip(&self.slots) {
            let found = self.slot(name.as_bytes());
            if found != Some(slot) {
                return Err(Problem::Misplaced { name: (*name).to_owned(), slot, found });
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
