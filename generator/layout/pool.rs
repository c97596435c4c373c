//! Pooled text: one string that contains many others, which may overlap.

use crate::generator::bounds::at_most;
use crate::generator::error_kind::ErrorKind;
use crate::generator::numbers::{Numbers, sorted};

/// The longest overlap to look for; longer ones are too rare.
const LONGEST_OVERLAP: usize = 15;

/// A pool, and the place of each of its strings.
pub struct Pool {
    pub text: String,
    /// Where each string starts, in the order in which they were given.
    pub offsets: Vec<usize>,
    /// How many bits the length of the longest string needs.
    pub length_bits: u32,
}

impl Pool {
    /// Pools strings. Spaces at both ends let a reader load whole words. Fails if an offset and a length do not fit
    /// into 32 bits.
    pub fn of(strings: &[&str], margin: usize) -> Result<Self, ErrorKind> {
        let numbers = Numbers::sorted(strings.len(), &|a, b| strings[a].cmp(strings[b]));
        let different: Vec<&str> = numbers.firsts.iter().map(|&first| strings[first]).collect();
        let longest = different.iter().map(|string| string.len()).max().unwrap_or_default();
        let length_bits = usize::BITS - longest.leading_zeros();

        // In this order, a string that begins another one begins its neighbor. If the strings are sorted from their
        // last bytes, a string that ends another one ends its neighbor.
        let forwards: Vec<usize> = (0..different.len()).collect();
        let (alone, beginnings) =
            apart(&forwards, &|longer, shorter| different[longer].starts_with(different[shorter]));
        let reversed: Vec<Vec<u8>> = alone.iter().map(|&string| reversed(different[string])).collect();
        let backwards = sorted(alone.len(), &|a, b| reversed[a].cmp(&reversed[b]));
        let backwards: Vec<usize> = backwards.into_iter().map(|at| alone[at]).collect();
        let (mut alone, ends) = apart(&backwards, &|longer, shorter| different[longer].ends_with(different[shorter]));
        alone.sort_unstable();

        let fits = |bytes| at_most("bytes of text in one column", bytes, (u32::MAX >> length_bits) as usize);
        // Chaining takes the longest, so the least possible size is checked first.
        let strings: Vec<&str> = alone.iter().map(|&string| different[string]).collect();
        let mut least = 0;
        for string in &strings {
            least += string.len().saturating_sub(LONGEST_OVERLAP);
        }
        fits(least)?;
        let (mut text, mut offsets) = (" ".repeat(margin), vec![0; different.len()]);
        for (string, overlap) in chained(&strings) {
            offsets[alone[string]] = text.len() - overlap;
            text.push_str(&strings[string][overlap..]);
        }
        text.push_str(&" ".repeat(margin));
        for (end, whole) in ends.into_iter().rev() {
            offsets[end] = offsets[whole] + different[whole].len() - different[end].len();
        }
        for (beginning, whole) in beginnings.into_iter().rev() {
            offsets[beginning] = offsets[whole];
        }
        fits(text.len())?;
        let offsets = numbers.of.iter().map(|&string| offsets[string]).collect();
        Ok(Self { text, offsets, length_bits })
    }
}

fn reversed(string: &str) -> Vec<u8> {
    let mut bytes = string.as_bytes().to_vec();
    bytes.reverse();
    bytes
}

/// Splits sorted strings into those that stand alone and those that are part of the next one.
fn apart(sorted: &[usize], is_part: &dyn Fn(usize, usize) -> bool) -> (Vec<usize>, Vec<(usize, usize)>) {
    let (mut alone, mut parts) = (Vec::new(), Vec::new());
    for (index, &string) in sorted.iter().enumerate() {
        match sorted.get(index + 1) {
            Some(&next) if is_part(next, string) => parts.push((string, next)),
            _ => alone.push(string),
        }
    }
    (alone, parts)
}

/// Orders sorted strings so that many of them begin with the end of their predecessor, the longest overlaps first. The
/// index of each comes with the bytes by which it overlaps its predecessor.
fn chained(strings: &[&str]) -> Vec<(usize, usize)> {
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
            ordered.push((string, overlap));
            link = next[string];
        }
    }
    ordered
}

/// Numbers of which some have been removed. Each points to the next that may be left, or, if left, to itself.
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
