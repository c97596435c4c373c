//! From a service name to its slot in the name table: fold, hash, reduce.
//!
//! The generator shares this file and hashes on the build machine. So every step is defined on bytes and on
//! numbers of fixed width, and gives the same on any target.

#![allow(clippy::cast_possible_truncation, reason = "halves of a product are what is wanted")]

/// The most bytes of a name that is hashed. Names of today's syntax have at most 15.
pub const SHORT: usize = 2 * WORD;

/// Numbers without structure: the fractions of pi, e and the golden ratio.
const PI: u64 = 0x243f_6a88_85a3_08d3;
const E: u64 = 0xb7e1_5162_8aed_2a6b;
const PHI: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many bytes a word has. The margin around the pooled names (format.rs) is a word.
pub const WORD: usize = 8;

/// Folds a name of at most [`SHORT`] bytes into two words, with ASCII capitals as small letters. The first word
/// has the first bytes, the first one lowest. The second word has the last bytes, the last one highest. Bytes
/// that are left over are 0.
///
/// This takes two loads and no loop over bytes. The words and the length together determine the name.
#[inline]
pub const fn fold(name: &[u8]) -> [u64; 2] {
    let len = name.len();
    if let (Some(first), Some(last)) = (name.first_chunk::<WORD>(), name.last_chunk::<WORD>()) {
        return [lower(u64::from_le_bytes(*first)), lower(u64::from_le_bytes(*last))];
    }
    let word = if let (Some(first), Some(last)) = (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        first as u64 | (last as u64) << (8 * (len - 4))
    } else {
        match *name {
            [] => return [0, 0],
            [a] => a as u64,
            [a, b] => u16::from_le_bytes([a, b]) as u64,
            [a, b, c, ..] => u32::from_le_bytes([a, b, c, 0]) as u64,
        }
    };
    let word = lower(word);
    [word, word << (8 * (WORD - len))]
}

/// Whether a folded name is the `len` bytes (at least 1) of `pool` at `offset`, case ignored. The pool has a
/// margin, so that there are whole words to load. What is beyond the name is shifted out.
#[inline]
pub const fn is_at(folded: [u64; 2], pool: &[u8], offset: usize, len: usize) -> bool {
    let words = [load(pool, offset), load(pool, offset + len - WORD)];
    // Few registered names have capitals, so few comparisons need the second half.
    agree(words, folded, len) || agree([lower(words[0]), lower(words[1])], folded, len)
}

/// Whether words agree, apart from what is beyond the name.
#[inline]
const fn agree(a: [u64; 2], b: [u64; 2], len: usize) -> bool {
    let (first, last) = (a[0] ^ b[0], a[1] ^ b[1]);
    if len >= WORD {
        first | last == 0
    } else {
        let beyond = 8 * (WORD - len);
        first << beyond | last >> beyond == 0
    }
}

#[inline]
const fn load(pool: &[u8], offset: usize) -> u64 {
    if let Some((_, from)) = pool.split_at_checked(offset) {
        if let Some(word) = from.first_chunk::<WORD>() {
            return u64::from_le_bytes(*word);
        }
    }
    0
}

/// Sets bit 5 of every byte that is an ASCII capital; bytes that are not ASCII stay so.
#[inline]
const fn lower(word: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    // After the addition the top bit of every byte says whether its lower seven are past 'Z', or 'A' or more.
    let low = word & (0x7f * EACH);
    let past_z = low + (0x7f - b'Z' as u64) * EACH;
    let from_a = low + (0x80 - b'A' as u64) * EACH;
    word | ((from_a ^ past_z) & (0x80 * EACH)) >> 2
}

/// Mixes a folded name by one widening multiplication, whose halves are folded together.
#[inline]
pub const fn hash(folded: [u64; 2], len: usize, seed: u64) -> u64 {
    let low = folded[0] ^ PI ^ seed;
    let high = (folded[1] ^ E).wrapping_add((len as u64).wrapping_mul(PHI));
    let product = low as u128 * high as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The bucket of a hash: its highest bits. The number of pilots is a power of two.
#[inline]
pub const fn bucket(hash: u64, pilots: usize) -> usize {
    (hash >> 1 >> (63 - pilots.trailing_zeros())) as usize
}

/// The slot of a hash under a pilot: its lower half times the pilot, scaled down to the slots.
///
/// The product brings lower bits up. An exclusive or would only flip bits, and never part two names that agree
/// in the high bits which choose among a power of two of slots.
#[inline]
pub const fn slot(hash: u64, pilot: u16, slots: usize) -> usize {
    let stirred = (hash as u32).wrapping_mul(pilot as u32);
    ((stirred as u64 * slots as u64) >> 32) as usize
}
