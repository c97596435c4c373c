//! Lists by index: filled, sorted, numbered.
//!
//! Every build of a program with the crate also compiles the build script, without optimization, and the compiler makes
//! a copy of the standard library's sorts, maps and iterators for each type. So lists are made, sorted and numbered here,
//! and the only map is from a string to a number.

use std::cmp::Ordering;

/// A list of what there is at the indexes below `count`.
pub fn list<T>(count: usize, at: &dyn Fn(usize) -> T) -> Vec<T> {
    let mut list = Vec::with_capacity(count);
    for index in 0..count {
        list.push(at(index));
    }
    list
}

/// The values at these indexes.
pub fn pick<T: Copy>(values: &[T], indexes: &[usize]) -> Vec<T> {
    list(indexes.len(), &|at| values[indexes[at]])
}

/// Compares two things by their indexes.
pub type Compare<'c> = &'c dyn Fn(usize, usize) -> Ordering;

/// The indexes below `count`, sorted. Equal things stay in their order.
pub fn sorted(count: usize, compare: Compare<'_>) -> Vec<usize> {
    let mut sorted = list(count, &|index| index);
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
        let Self { mut of, firsts } = Self::sorted(count, compare);
        let (mut renumbered, mut met) = (vec![0; firsts.len()], Vec::new());
        for (thing, number) in of.iter_mut().enumerate() {
            if firsts[*number] == thing {
                renumbered[*number] = met.len();
                met.push(thing);
            }
            *number = renumbered[*number];
        }
        Self { of, firsts: met }
    }
}

/// The different ones of some texts, sorted.
pub fn different<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    pick(texts, &Numbers::sorted(texts.len(), &|a, b| texts[a].cmp(texts[b])).firsts)
}

/// The index of a text in sorted texts, or of the first one after it.
pub fn index(texts: &[&str], text: &str) -> usize {
    texts.partition_point(|&other| other < text)
}
