//! Consecutive numbers for equal things, and the sorting that they need. Things are sorted by their indexes, because
//! the compiler makes a copy of the standard library's sort for each closure that it is called with, in every user's
//! build.

use std::cmp::Ordering;

pub type Compare<'c> = &'c dyn Fn(usize, usize) -> Ordering;

/// The indexes below `count`, sorted. Equal things stay in their order.
pub fn sorted(count: usize, compare: Compare<'_>) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    sorted.sort_by(|&a, &b| compare(a, b));
    sorted
}

/// Consecutive numbers, one for all things that are equal.
pub struct Numbers {
    /// The number of each thing.
    pub of: Vec<usize>,
    /// The first thing with each number.
    pub firsts: Vec<usize>,
}

impl Numbers {
    /// Numbers things in sorted order.
    pub fn sorted(count: usize, compare: Compare<'_>) -> Self {
        let mut numbers = Self { of: vec![0; count], firsts: Vec::new() };
        for thing in sorted(count, compare) {
            if numbers.firsts.last().is_none_or(|&first| compare(first, thing).is_ne()) {
                numbers.firsts.push(thing);
            }
            numbers.of[thing] = numbers.firsts.len() - 1;
        }
        numbers
    }

    /// Numbers things in the order in which they first appear.
    pub fn as_met(count: usize, compare: Compare<'_>) -> Self {
        let Self { mut of, mut firsts } = Self::sorted(count, compare);
        let mut renumbered = vec![0; firsts.len()];
        for (number, met) in sorted(firsts.len(), &|a, b| firsts[a].cmp(&firsts[b])).into_iter().enumerate() {
            renumbered[met] = number;
        }
        for number in &mut of {
            *number = renumbered[*number];
        }
        firsts.sort_unstable();
        Self { of, firsts }
    }
}

/// The different ones of some texts, sorted.
pub fn different<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    let firsts = Numbers::sorted(texts.len(), &|a, b| texts[a].cmp(texts[b])).firsts;
    firsts.into_iter().map(|first| texts[first]).collect()
}

/// The index of a text in sorted texts, or of the first one after it.
pub fn index(texts: &[&str], text: &str) -> usize {
    texts.partition_point(|&other| other < text)
}
