//! From a service name to its slot: load, hash, choose a bucket, then a slot.
//!
//! Names are loaded and hashed in words of the target's width: a product of 128 bits is one instruction where words
//! are wide, and six calls of a library on a Cortex-M0. The generator shares this file, and does on the build
//! machine what the target will do. So every step is defined on bytes and on numbers of fixed width.
//!
//! Neither a hash nor a comparison looks for letters. A hash drops from every byte the bit that tells a capital from its
//! small letter, and a comparison lets that bit differ. This is right for the characters of nearly all names;
//! a name with one of the others gets no slot ([`is_plain`]).

#![allow(clippy::cast_possible_truncation, reason = "halves of a product are what is wanted")]

/// The most bytes of a name that is hashed. Names of today's syntax have at most 15.
pub const SHORT: usize = 2 * FULL;

/// A name of so many bytes or more is full: it has first eight bytes and last eight. Half of all names are. What is
/// done with names of either kind is compiled apart, so that each takes no more instructions than it needs.
pub const FULL: usize = 8;

/// The words of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Of 64 bits.
    Wide,
    /// Of 32.
    Narrow,
}

impl Words {
    /// Those of the target that this is compiled for.
    pub const NATIVE: Self = Self::of(usize::BITS);

    /// Those of a target with pointers of so many bits.
    pub const fn of(pointer_width: u32) -> Self {
        if pointer_width >= 64 { Self::Wide } else { Self::Narrow }
    }

    /// How many bits each has.
    pub const fn bits(self) -> usize {
        match self {
            Self::Wide => 8 * wide::WORD,
            Self::Narrow => 8 * narrow::WORD,
        }
    }

    /// Hashes a name of at most [`SHORT`] bytes.
    pub const fn hash(self, name: &[u8], seed: u64) -> u64 {
        let len = name.len();
        match (self, len >= FULL) {
            (Self::Wide, true) => wide::hash(wide::load::<true>(name), len, seed),
            (Self::Wide, false) => wide::hash(wide::load::<false>(name), len, seed),
            (Self::Narrow, true) => narrow::hash(narrow::load::<true>(name), len, seed),
            (Self::Narrow, false) => narrow::hash(narrow::load::<false>(name), len, seed),
        }
    }
}

/// The bucket of a hash, by its lower half.
#[inline]
pub const fn bucket(hash: u64, buckets: usize) -> usize {
    scale(hash as u32, buckets)
}

/// The slot of a hash, by its upper half and what the pilot of its bucket flips of it.
#[inline]
pub const fn slot(hash: u64, flips: u32, slots: usize) -> usize {
    scale((hash >> 32) as u32 ^ flips, slots)
}

/// Scales a number of 32 bits down to less than `limit`: the upper half of their product.
#[inline]
const fn scale(number: u32, limit: usize) -> usize {
    if cfg!(target_pointer_width = "64") || limit > u16::MAX as usize {
        ((number as u64 * limit as u64) >> 32) as usize
    } else {
        scale_in_steps(number, limit)
    }
}

/// The same for a `limit` of 16 bits, without a product of 64 bits, which a Cortex-M0 has to call a library for.
#[inline]
pub const fn scale_in_steps(number: u32, limit: usize) -> usize {
    let (high, low) = (number >> 16, number & 0xffff);
    let limit = limit as u32;
    ((high * limit + ((low * limit) >> 16)) >> 16) as usize
}

/// Numbers without structure: the fractions of pi, e and the golden ratio.
const PI: u64 = 0x243f_6a88_85a3_08d3;
const E: u64 = 0xb7e1_5162_8aed_2a6b;
const PHI: u64 = 0x9e37_79b9_7f4a_7c15;

/// The bit that tells a capital from its small letter.
const CASE: u8 = b'a' - b'A';

/// Whether a printable character is a letter, or none that differs from another printable one by that bit alone: not
/// one of ``@[\]^`{|}~``.
pub const fn is_plain(character: u8) -> bool {
    character.is_ascii_alphabetic() || matches!(character, b' '..=b'?' | b'_')
}

/// Words of 64 bits.
pub mod wide {
    use super::{E, PHI, PI};

    /// How many bytes a word has. The margin around the pooled names (format.rs) is a word.
    pub const WORD: usize = 8;

    const EACH: u64 = u64::from_le_bytes([1; WORD]);
    const CASES: u64 = super::CASE as u64 * EACH;

    /// The first eight bytes and the last eight, or all of a shorter name and nothing. The first byte is the lowest.
    #[inline]
    pub const fn load<const IS_FULL: bool>(name: &[u8]) -> [u64; 2] {
        if IS_FULL {
            let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) else { return [0, 0] };
            [u64::from_le_bytes(*first), u64::from_le_bytes(*last)]
        } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            [first as u64 | (last as u64) << (8 * (name.len() - 4)), 0]
        } else {
            [super::few(name) as u64, 0]
        }
    }

    /// Mixes a name by one widening multiplication, whose halves are folded together.
    #[inline]
    pub const fn hash(name: [u64; 2], len: usize, seed: u64) -> u64 {
        let low = (name[0] & !CASES) ^ PI ^ seed;
        let high = ((name[1] & !CASES) ^ E).wrapping_add((len as u64).wrapping_mul(PHI));
        let product = low as u128 * high as u128;
        product as u64 ^ (product >> 64) as u64
    }

    /// Whether a name is the `len` bytes (at least 1) of `pool` at `offset`, ASCII case ignored; these are
    /// plain. The pool has a margin, so that there are whole words to load. What is beyond the name is shifted out.
    #[inline]
    pub const fn is_at<const IS_FULL: bool>(name: [u64; 2], pool: &[u8], offset: usize, len: usize) -> bool {
        let first = differs(name[0], at(pool, offset));
        if IS_FULL {
            first | differs(name[1], at(pool, offset + len - WORD)) == 0
        } else {
            first << (8 * (WORD - len)) == 0
        }
    }

    #[inline]
    const fn at(pool: &[u8], offset: usize) -> u64 {
        if let Some((_, from)) = pool.split_at_checked(offset) {
            if let Some(word) = from.first_chunk() {
                return u64::from_le_bytes(*word);
            }
        }
        0
    }

    /// What differs of a word from one of a plain name, but for the case of letters.
    ///
    /// A byte may differ by the bit of case alone and still be another one: where the plain one is no letter. Then it
    /// does not print. One more than a letter has the bit above that of case; one more than such a byte has not.
    #[inline]
    const fn differs(word: u64, plain: u64) -> u64 {
        let differs = word ^ plain;
        differs & !(word.wrapping_add(EACH) >> 1 & CASES)
    }
}

/// Words of 32 bits.
pub mod narrow {
    use super::{E, PI};

    const PHI: u32 = (super::PHI >> 32) as u32;

    /// How many bytes a word has.
    pub const WORD: usize = 4;

    const EACH: u32 = u32::from_le_bytes([1; WORD]);
    const CASES: u32 = super::CASE as u32 * EACH;

    /// The first eight bytes and the last eight. Of a shorter name the first four, nothing, and the last four, and of
    /// one that is shorter still all and nothing. The first byte is the lowest.
    #[inline]
    pub const fn load<const IS_FULL: bool>(name: &[u8]) -> [u32; 4] {
        if IS_FULL {
            let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) else { return [0; 4] };
            let ([a, b], [c, d]) = (halves(u64::from_le_bytes(*first)), halves(u64::from_le_bytes(*last)));
            [a, b, c, d]
        } else if let (Some(first), Some(last)) = (name.first_chunk(), name.last_chunk()) {
            [u32::from_le_bytes(*first), 0, 0, u32::from_le_bytes(*last)]
        } else {
            [super::few(name), 0, 0, 0]
        }
    }

    /// The lower half, then the upper one.
    #[inline]
    const fn halves(both: u64) -> [u32; 2] {
        [both as u32, (both >> 32) as u32]
    }

    /// Mixes a name by two widening multiplications.
    #[inline]
    pub const fn hash(name: [u32; 4], len: usize, seed: u64) -> u64 {
        let ([pi, pi_high], [e, e_high]) = (halves(PI ^ seed), halves(E ^ seed));
        let first = ((name[0] & !CASES) ^ pi).wrapping_add((len as u32).wrapping_mul(PHI));
        let outer = first as u64 * ((name[3] & !CASES) ^ e) as u64;
        let inner = ((name[1] & !CASES) ^ pi_high) as u64 * ((name[2] & !CASES) ^ e_high) as u64;
        let [low, high] = halves(outer.wrapping_add(inner));
        // The top bits of a sum of products say little of the lowest bits of the words. Those of its lower half do.
        ((high ^ low.wrapping_mul(PHI)) as u64) << 32 | low as u64
    }

    /// Whether a name is the `len` bytes of `pool` at `offset`, ASCII case ignored; these are plain.
    #[inline]
    pub const fn is_at<const IS_FULL: bool>(name: [u32; 4], pool: &[u8], offset: usize, len: usize) -> bool {
        let Some((_, from)) = pool.split_at_checked(offset) else { return false };
        let Some((found, _)) = from.split_at_checked(len) else { return false };
        let found = load::<IS_FULL>(found);
        let outer = differs(name[0], found[0]) | differs(name[3], found[3]);
        let inner = differs(name[1], found[1]) | differs(name[2], found[2]);
        outer | inner == 0
    }

    /// What differs of a word from one of a plain name, but for the case of letters; as in [`wide`](super::wide).
    #[inline]
    const fn differs(word: u32, plain: u32) -> u32 {
        let differs = word ^ plain;
        differs & !(word.wrapping_add(EACH) >> 1 & CASES)
    }
}

/// Up to three bytes, the first one lowest.
#[inline]
const fn few(name: &[u8]) -> u32 {
    match *name {
        [] => 0,
        [a] => a as u32,
        [a, b] => u16::from_le_bytes([a, b]) as u32,
        [a, b, c, ..] => u32::from_le_bytes([a, b, c, 0]),
    }
}
