//! Pooled text: one string that contains many others, which may overlap.

use super::bounds::at_most;
use super::error_kind::ErrorKind;
use std::collections::BTreeMap;

/// The longest overlap to look for; longer ones are too rare.
const LONGEST_OVERLAP: usize = 15;

/// A pool, and the place of each of its strings.
#[derive(Debug, Default)]
pub struct Pool {
    /// All the text.
    pub text: String,
    /// From a string to its offset.
    offsets: BTreeMap<String, usize>,
    /// How many bits the length of the longest string needs.
    pub length_bits: u32,
}

impl Pool {
    /// Pools strings, whose order does not matter. A margin of spaces at both ends lets a reader load whole words. Fails if
    /// an offset and a length no longer fit into one number of 32 bits.
    pub fn of<'s>(strings: impl Iterator<Item = &'s str>, margin: usize) -> Result<Self, ErrorKind> {
        let mut sorted: Vec<&str> = strings.collect();
        sorted.sort_unstable();
        sorted.dedup();
        let longest = sorted.iter().map(|string| string.len()).max().unwrap_or_default();
        let length_bits = usize::BITS - longest.leading_zeros();
        let mut pool = Self { length_bits, ..Self::default() };

        // In this order, a string that begins another one begins its neighbor. If the strings are sorted from their last
        // bytes, a string that ends another one ends its neighbor.
        let (alone, beginnings) = apart(&sorted, |longer, shorter| longer.starts_with(shorter));
        let mut backwards = alone;
        backwards.sort_by_cached_key(|string| string.bytes().rev().collect::<Vec<u8>>());
        let (mut alone, ends) = apart(&backwards, |longer, shorter| longer.ends_with(shorter));

        let fits = |bytes| at_most("bytes of text in one column", bytes, (u32::MAX >> length_bits) as usize);
        // Chaining takes the longest, so the least possible size is checked first.
        fits(alone.iter().map(|string| string.len().saturating_sub(LONGEST_OVERLAP)).sum())?;
        alone.sort_unstable();
        let margin = " ".repeat(margin);
        pool.text.push_str(&margin);
        for (string, overlap) in chained(&alone) {
            pool.offsets.insert(string.to_owned(), pool.text.len() - overlap);
            pool.text.push_str(&string[overlap..]);
        }
        pool.text.push_str(&margin);
        for (end, whole) in ends.into_iter().rev() {
            let offset = pool.offsets[whole] + whole.len() - end.len();
            pool.offsets.insert(end.to_owned(), offset);
        }
        for (beginning, whole) in beginnings.into_iter().rev() {
            let offset = pool.offsets[whole];
            pool.offsets.insert(beginning.to_owned(), offset);
        }
        fits(pool.text.len())?;
        Ok(pool)
    }

    /// Where a string of the pool starts.
    pub fn offset(&self, string: &str) -> usize {
        self.offsets[string]
    }
}

/// Splits sorted strings into those that stand alone and those that are part of the next one.
fn apart<'s>(sorted: &[&'s str], is_part: fn(&str, &str) -> bool) -> (Vec<&'s str>, Vec<(&'s str, &'s str)>) {
    let (mut alone, mut parts) = (Vec::new(), Vec::new());
    for (index, &string) in sorted.iter().enumerate() {
        match sorted.get(index + 1) {
            Some(&next) if is_part(next, string) => parts.push((string, next)),
            _ => alone.push(string),
        }
    }
    (alone, parts)
}

/// Orders sorted strings so that many of them begin with the end of their predecessor. Each comes with the number of bytes
/// by which it overlaps its predecessor. The longest overlaps are used first.
fn chained<'s>(strings: &[&'s str]) -> Vec<(&'s str, usize)> {
    let count = strings.len();
    let mut next: Vec<Option<(usize, usize)>> = vec![None; count];
    let mut heads_from = Left((0..=count).collect());
    // The tail of each chain by its head, and the head by its tail.
    let (mut tails, mut heads): (Vec<usize>, Vec<usize>) = ((0..count).collect(), (0..count).collect());
    for overlap in (1..=LONGEST_OVERLAP).rev() {
        for tail in 0..count {
            let bytes = strings[tail].as_bytes();
            if next[tail].is_some() || bytes.len() < overlap {
                continue;
            }
            // The strings that begin with this end are neighbors. The head of a chain must not follow its own tail.
            let end = &bytes[bytes.len() - overlap..];
            let mut head = heads_from.first(strings.partition_point(|string| string.as_bytes() < end));
            while head < count && strings[head].as_bytes().starts_with(end) {
                if heads[tail] != head && strings[head].len() > overlap {
                    next[tail] = Some((head, overlap));
                    heads_from.remove(head);
                    let (first, last) = (heads[tail], tails[head]);
                    tails[first] = last;
                    heads[last] = first;
                    break;
                }
                head = heads_from.first(head + 1);
            }
        }
    }
    let mut ordered = Vec::with_capacity(count);
    for head in (0..count).filter(|&string| heads_from.0[string] == string) {
        let mut link = Some((head, 0));
        while let Some((string, overlap)) = link {
            ordered.push((strings[string], overlap));
            link = next[string];
        }
    }
    ordered
}

/// Numbers of which some have been removed. Each points to the next one that may be left, or to itself if it is left.
struct Left(Vec<usize>);

impl Left {
    /// The first number from this one on that is left. The last number is never removed.
    fn first(&mut self, number: usize) -> usize {
        let mut first = number;
        while self.0[first] != first {
            first = self.0[first];
        }
        // Shortens the next search.
        let mut passed = number;
        while self.0[passed] != first {
            passed = std::mem::replace(&mut self.0[passed], first);
        }
        first
    }

    fn remove(&mut self, number: usize) {
        self.0[number] = number + 1;
    }
}
