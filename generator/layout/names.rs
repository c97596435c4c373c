//! From names to ids.
//!
//! A minimal perfect hash gives every short name a slot of its own, and no slot stays empty. The slot is the id of the
//! service. Services whose names have no slot follow. The first entry of a service has the service's id, so the names need
//! no table from service to entry. All other entries come after these.
//!
//! `phf_generator` finds the hash with PtrHash: one half of a name's hash selects a bucket. Every bucket has a *pilot*, a
//! number that flips bits of the other half, chosen so that all names of the bucket land on free slots. There are slightly
//! more slots than names, which makes the search short; *remap* leads from the surplus slots to those that stayed free.

use super::candidates::Candidates;
use super::error_kind::ErrorKind;
use super::shared::hash::{self, SHORT, Words, is_plain};
use phf_generator::ptrhash::{HashState, generate_hash_with_hash_fn};
use phf_shared::ptrhash;
use std::cell::Cell;
use std::collections::BTreeMap;

/// How many seeds to try. A seed fails only by bad luck.
const SEEDS: usize = 100;

/// The ids of services and entries.
#[derive(Debug)]
pub struct Ids {
    /// The perfect hash of the names that have slots.
    pub hash: PerfectHash,
    /// True if any name without a slot is short.
    pub others_are_short: bool,
    /// The services in the order of their names.
    pub services: Vec<usize>,
    /// Index into [`Candidates::entries`] to entry.
    pub entries: Vec<usize>,
}

/// A perfect hash.
#[derive(Debug)]
pub struct PerfectHash {
    /// The words that it hashes.
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
pub fn assign_ids(candidates: &Candidates, words: Words) -> Result<Ids, ErrorKind> {
    let names: Vec<&str> = candidates.services.keys().map(String::as_str).collect();
    let has_slot = |name: &str| name.len() <= SHORT && name.bytes().all(is_plain);
    let (placed, others): (Vec<&str>, Vec<&str>) = names.iter().copied().partition(|name| has_slot(name));
    let hash = place_names(&placed, words)?;

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

/// Places names, which must be short, plain, and distinct with case ignored.
///
/// Hostile names can collide under every seed, and `phf_generator` would then search forever. So after some seeds it gets
/// hashes that do not depend on the names, and the names are refused.
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
    map.iter().enumerate().for_each(|(slot, &name)| slots[name] = slot);
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
