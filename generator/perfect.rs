//! A minimal perfect hash: every short name gets a slot of its own, and no slot stays empty.
//!
//! Names fall into buckets by one half of their hash. Every bucket has a pilot, a number that
//! stirs the other half; the pilot is chosen so that the whole bucket lands on free slots. Large
//! buckets choose first, while there is room. A lookup reads one pilot and knows the slot.

use super::hash;

/// Most names to a bucket, on average. More make the pilots fewer and their search longer.
const LOAD: usize = 4;

/// The tables of a perfect hash.
#[derive(Debug)]
pub struct Perfect {
    /// Goes into every hash.
    pub seed: u64,
    /// For each bucket.
    pub pilots: Vec<u16>,
    /// The slot of each name, in the order in which they were given.
    pub slots: Vec<usize>,
}

/// Places names, which must be short and distinct, case ignored.
///
/// A seed fails by bad luck, the next one has better. `None` if a hundred have failed: then the
/// names were made to collide.
pub fn perfect(names: &[&str]) -> Option<Perfect> {
    (0..100).find_map(|seed| place(names, seed))
}

fn place(names: &[&str], seed: u64) -> Option<Perfect> {
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
        pilots[bucket] = tries.find(|&pilot| fits(&hashes, names, pilot, &mut taken, &mut slots))?;
    }
    Some(Perfect { seed, pilots, slots })
}

/// Takes the slots that names have under a pilot, if all of them are free.
fn fits(hashes: &[u64], names: &[usize], pilot: u16, taken: &mut [bool], slots: &mut [usize]) -> bool {
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
