//! Pooled text: distinct strings in one long string, where a string may lie inside another.

use std::collections::BTreeMap;

/// Longer overlaps are too rare to look for.
const LONGEST_OVERLAP: usize = 15;

/// A pool and where each of its strings lies.
#[derive(Debug, Default)]
pub struct Pool {
    /// All the text.
    pub text: String,
    /// String to offset.
    offsets: BTreeMap<String, usize>,
    /// Bits that the longest string's length takes.
    pub length_bits: u32,
}

impl Pool {
    /// Pools strings, the order of which does not matter. Before and behind them there is a margin
    /// of spaces, so that a reader may load whole words.
    pub fn of<'s>(strings: impl Iterator<Item = &'s str>, margin: usize) -> Self {
        let mut sorted: Vec<&str> = strings.collect();
        sorted.sort_unstable();
        sorted.dedup();
        let longest = sorted.iter().map(|string| string.len()).max().unwrap_or_default();
        let length_bits = usize::BITS - longest.leading_zeros();
        let mut pool = Self { length_bits, ..Self::default() };

        // What begins another string is a neighbour's beginning in this order, what ends one is a
        // neighbour's end in the order of the strings read backwards.
        let (alone, beginnings) = apart(&sorted, |longer, shorter| longer.starts_with(shorter));
        let mut backwards = alone;
        backwards.sort_unstable_by(|a, b| a.bytes().rev().cmp(b.bytes().rev()));
        let (mut alone, ends) = apart(&backwards, |longer, shorter| longer.ends_with(shorter));

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
        pool
    }

    /// Offset and length of a pooled string in one number, the length in the low
    /// [`length_bits`](Self::length_bits).
    pub fn pack(&self, string: &str) -> usize {
        self.offsets[string] << self.length_bits | string.len()
    }
}

/// Parts sorted strings into those that stand alone, and those that are part of the next one.
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

/// Orders strings so that many begin with what the one before them ends with, and says with each
/// how many bytes that are. The longest overlaps are taken first.
fn chained<'s>(strings: &[&'s str]) -> Vec<(&'s str, usize)> {
    let count = strings.len();
    let mut next: Vec<Option<(usize, usize)>> = vec![None; count];
    let mut is_head = vec![true; count];
    // Of each chain the tail by its head, and the head by its tail.
    let (mut tails, mut heads): (Vec<usize>, Vec<usize>) = ((0..count).collect(), (0..count).collect());
    for overlap in (1..=LONGEST_OVERLAP).rev() {
        let mut by_start: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for head in (0..count).filter(|&string| is_head[string] && strings[string].len() > overlap) {
            by_start.entry(&strings[head].as_bytes()[..overlap]).or_default().push(head);
        }
        for tail in 0..count {
            let Some(start) = strings[tail].len().checked_sub(overlap) else { continue };
            let Some(candidates) = by_start.get_mut(&strings[tail].as_bytes()[start..]) else { continue };
            // A tail that is taken has a next; a chain must not bite its own tail.
            let free = candidates.iter().position(|&head| heads[tail] != head);
            if let (None, Some(free)) = (next[tail], free) {
                let head = candidates.remove(free);
                next[tail] = Some((head, overlap));
                is_head[head] = false;
                let (first, last) = (heads[tail], tails[head]);
                tails[first] = last;
                heads[last] = first;
            }
        }
    }
    let mut ordered = Vec::with_capacity(count);
    for head in (0..count).filter(|&string| is_head[string]) {
        let mut link = Some((head, 0));
        while let Some((string, overlap)) = link {
            ordered.push((strings[string], overlap));
            link = next[string];
        }
    }
    ordered
}
