//! From names to ids.
//!
//! A minimal perfect hash gives every short name a slot of its own, and no slot stays empty. The slot is the
//! id of the service; services whose names are too long for the hash follow. The first entry of a service
//! has the service's id, so that the name table needs no column of its own. All further entries come behind.
//!
//! Names fall into buckets by one half of their hash. Every bucket has a *pilot*, a number that stirs the
//! other half; the pilot is chosen so that the whole bucket lands on free slots. Large buckets choose first,
//! while there is room. A lookup reads one pilot and knows the slot.

use super::candidates::Candidates;
use super::error::{Fault, Problem};
use super::hash::{self, SHORT};

/// Most names to a bucket, on average. More make the pilots fewer and their search longer.
const LOAD: usize = 4;

/// Seeds that are tried. One fails by bad luck, the next one has better.
const SEEDS: u64 = 100;

/// The ids of services and entries.
#[derive(Debug)]
pub struct Ids {
    /// The perfect hash of the short names.
    pub hash: PerfectHash,
    /// The services in the order of their names.
    pub services: Vec<usize>,
    /// Index into [`Candidates::entries`] to entry.
    pub entries: Vec<usize>,
}

/// A perfect hash.
#[derive(Debug)]
pub struct PerfectHash {
    /// Goes into every hash.
    pub seed: u64,
    /// For each bucket.
    pub pilots: Vec<u16>,
    /// The slot of each name, in the order in which they were given.
    pub slots: Vec<usize>,
}

/// Gives all services and entries their ids.
pub fn assign_ids(candidates: &Candidates) -> Result<Ids, Fault> {
    let names: Vec<&str> = candidates.services.keys().map(String::as_str).collect();
    let short: Vec<&str> = names.iter().copied().filter(|name| name.len() <= SHORT).collect();
    let hash = place_names(&short).ok_or(Fault::at(0, Problem::Collisions))?;

    let (mut slots, mut behind) = (hash.slots.iter().copied(), short.len()..);
    let id = |name: &&str| if name.len() <= SHORT { slots.next() } else { behind.next() };
    let services: Vec<usize> = names.iter().filter_map(id).collect();

    let mut entries = vec![None; candidates.entries.len()];
    for (&service, of_service) in services.iter().zip(candidates.services.values()) {
        entries[of_service[0]] = Some(service);
    }
    let mut further = services.len()..;
    let entries = entries.into_iter().filter_map(|id| id.or_else(|| further.next())).collect();
    Ok(Ids { hash, services, entries })
}

/// Places names, which must be short and distinct, case ignored. `None` if they were made to collide.
pub fn place_names(names: &[&str]) -> Option<PerfectHash> {
    (0..SEEDS).find_map(|seed| place_under_seed(names, seed))
}

fn place_under_seed(names: &[&str], seed: u64) -> Option<PerfectHash> {
    let hash = |name: &&str| hash::hash(hash::fold(name.as_bytes()), name.len(), seed);
    let hashes: Vec<u64> = names.iter().map(hash).collect();
    let mut buckets = vec![Vec::new(); hashes.len().div_ceil(LOAD).next_power_of_two()];
    let count = buckets.len();
    for (name, &hash) in hashes.iter().enumerate() {
        buckets[hash::bucket(hash, count)].push(name);
    }
    let mut by_size: Vec<usize> = (0..buckets.len()).collect();
    by_size.sort_by_key(|&bucket| std::cmp::Reverse(buckets[bucket].len()));

    let mut pilots = vec![0; buckets.len()];
    let mut slots = vec![0; hashes.len()];
    let mut taken = vec![false; hashes.len()];
    for bucket in by_size {
        let names = &buckets[bucket];
        let mut tries = 0..=u16::MAX;
        pilots[bucket] = tries.find(|&pilot| take_slots(&hashes, names, pilot, &mut taken, &mut slots))?;
    }
    Some(PerfectHash { seed, pilots, slots })
}

/// Takes the slots that names have under a pilot, if all of them are free.
fn take_slots(hashes: &[u64], names: &[usize], pilot: u16, taken: &mut [bool], slots: &mut [usize]) -> bool {
    for (placed, &name) in names.iter().enumerate() {
        let slot = hash::slot(hashes[name], pilot, hashes.len());
        if taken[slot] {
            names[..placed].iter().for_each(|&name| taken[slots[name]] = false);
            return false;
        }
        taken[slot] = true;
        slots[name] = slot;
    }
    true
}
