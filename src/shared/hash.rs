//! From a service name to its slot: load the name, hash it, choose a bucket, then a slot.
//!
//! Names are loaded and hashed in words of the target's width, because a product of 128 bits is one instruction on a
//! 64-bit processor, but six library calls on a Cortex-M0. The build machine computes what the target will compute, so
//! every step is defined on bytes and on numbers of fixed width.
//!
//! Neither the hash nor the comparison looks for letters. Both ignore in each byte the bit that tells a capital from
//! its small letter. That is right for nearly all names; a name with another character gets no slot ([`is_plain`]).

#![allow(clippy::cast_possible_truncation, reason = "the code wants halves of a product")]

/// The most bytes of a name that has a hash. The syntax of RFC 6335 allows 15.
pub const SHORT: usize = 16;

/// The words of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// 64 bits.
    Wide,
    /// 32 bits.
    Narrow,
}

impl Words {
    /// The words of the target for which this code is compiled.
    pub const NATIVE: Self = Self::of(usize::BITS);

    /// The words of a target whose pointers have this many bits.
    pub const fn of(pointer_width: u32) -> Self {
        if pointer_width >= 64 { Self::Wide } else { Self::Narrow }
    }

    /// How many bits a word has.
    pub const fn bits(self) -> usize {
        match self {
            Self::Wide => 8 * wide::WORD,
            Self::Narrow => 8 * narrow::WORD,
        }
    }

    /// Hashes a name of at most [`SHORT`] bytes.
    pub const fn hash(self, name: &[u8], seed: u64) -> u64 {
        let len = name.len();
        match self {
            Self::Wide if len >= wide::FULL => wide::hash(wide::load::<true>(name), len, seed),
            Self::Wide => wide::hash(wide::load::<false>(name), len, seed),
            Self::Narrow if len >= narrow::FULL => narrow::hash(narrow::load::<true>(name), len, seed),
            Self::Narrow => narrow::hash(narrow::load::<false>(name), len, seed),
        }
    }
}

/// The bucket of a hash, by its lower half.
#[inline]
pub const fn bucket(hash: u64, buckets: usize) -> usize {
    scale(hash as u32, buckets)
}

/// The slot of a hash, by its upper half, in which the pilot of its bucket flips bits.
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

/// The same for a `limit` of 16 bits, without a product of 64 bits, for which a Cortex-M0 calls a library.
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

/// The bit that distinguishes a capital from its small letter.
const CASE: u8 = b'a' - b'A';

/// True if a printable character is a letter, or differs from every other printable character by more than that bit.
/// The ten characters ``@[\]^`{|}~`` do not.
pub const fn is_plain(character: u8) -> bool {
    character.is_ascii_alphabetic() || matches!(character, b' '..=b'?' | b'_')
}

/// Defines what words of both widths have.
macro_rules! word {
    ($word:ident) => {
        /// Bytes in a word.
        pub const WORD: usize = size_of::<$word>();
        const EACH: $word = $word::from_le_bytes([1; WORD]);
        const CASES: $word = super::CASE as $word * EACH;

        /// The bits in which a word differs from a word of a plain name, except for the case of letters.
        ///
        /// A byte that is not a letter may differ by the bit of case alone, and then the other byte does not print. A
        /// letter plus one has the bit above the bit of case; such a byte plus one does not.
        #[inline]
        const fn differs(word: $word, plain: $word) -> $word {
            let differs = word ^ plain;
            differs & !(word.wrapping_add(EACH) >> 1 & CASES)
        }
    };
}

/// Words of 64 bits.
pub mod wide {
    use super::{PI, SHORT};

    /// The length from which a name is full: nearly all are. The code for full names does not branch on the length,
    /// because such a branch is unpredictable.
    pub const FULL: usize = 4;

    /// How many bytes of the pool a comparison may load from the start of a name. One check suffices: the last word of
    /// a full name begins at most at the difference, as far as the compiler knows.
    pub const WINDOW: usize = SHORT - FULL + WORD;

    word!(u64);

    /// The first bytes of a full name and its last, up to eight each, or all of a shorter name twice. The first byte is
    /// the lowest.
    #[inline]
    pub const fn load<const IS_FULL: bool>(name: &[u8]) -> [u64; 2] {
        if !IS_FULL {
            return [super::few(name) as u64; 2];
        }
        let len = in_word(name.len());
        let (Some((head, _)), Some((_, tail))) = (name.split_at_checked(len), name.split_at_checked(name.len() - len))
        else {
            return [0; 2];
        };
        // Each word from two halves, which overlap if it is not full.
        let (Some(a), Some(b), Some(c), Some(d)) =
            (name.first_chunk(), head.last_chunk(), tail.first_chunk(), name.last_chunk())
        else {
            return [0; 2];
        };
        let [a, b, c, d] =
            [u32::from_le_bytes(*a), u32::from_le_bytes(*b), u32::from_le_bytes(*c), u32::from_le_bytes(*d)];
        let behind = 8 * (len - FULL);
        [a as u64 | (b as u64) << behind, c as u64 | (d as u64) << behind]
    }

    /// How many bytes of a name there are in each word.
    #[inline]
    const fn in_word(len: usize) -> usize {
        if len < WORD { len } else { WORD }
    }

    /// Mixes a name by one widening multiplication, whose halves are folded together.
    #[inline]
    pub const fn hash(name: [u64; 2], len: usize, seed: u64) -> u64 {
        let low = (name[0] & !CASES) ^ PI ^ seed;
        let high = (name[1] & !CASES).wrapping_add(len as u64);
        let product = low as u128 * high as u128;
        product as u64 ^ (product >> 64) as u64
    }

    /// True if a name equals the `len` bytes (at least 1) at `offset` in `pool`, which are plain, ASCII case ignored.
    /// The pool has a margin, so that whole words can be loaded. A shift removes the bytes beyond the name.
    #[inline]
    pub const fn is_at<const IS_FULL: bool>(name: [u64; 2], pool: &[u8], offset: usize, len: usize) -> bool {
        if offset > pool.len().saturating_sub(WINDOW) {
            return false;
        }
        let Some((_, from)) = pool.split_at_checked(offset) else { return false };
        let Some((_, tail)) = from.split_at_checked(len - in_word(len)) else { return false };
        let (Some(head), Some(tail)) = (from.first_chunk(), tail.first_chunk()) else { return false };
        let mut differs = differs(name[0], u64::from_le_bytes(*head));
        if IS_FULL {
            differs |= self::differs(name[1], u64::from_le_bytes(*tail));
        }
        differs << (8 * (WORD - in_word(len))) == 0
    }
}

/// Words of 32 bits.
pub mod narrow {
    use super::{E, PI};

    const PHI: u32 = (super::PHI >> 32) as u32;

    word!(u32);

    /// The length from which a name is full.
    pub const FULL: usize = 8;

    /// The first eight bytes and the last eight. A shorter name gives its first four bytes, nothing, and its last four;
    /// one of less than four bytes gives all of them and nothing. The first byte is the lowest.
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
        // The top bits of a sum of products depend little on the lowest bits of the words. The top bits of its lower
        // half do.
        ((high ^ low.wrapping_mul(PHI)) as u64) << 32 | low as u64
    }

    /// True if a name equals the `len` bytes at `offset` in `pool`, which are plain, ASCII case ignored.
    #[inline]
    pub const fn is_at<const IS_FULL: bool>(name: [u32; 4], pool: &[u8], offset: usize, len: usize) -> bool {
        let Some((_, from)) = pool.split_at_checked(offset) else { return false };
        let Some((found, _)) = from.split_at_checked(len) else { return false };
        let found = load::<IS_FULL>(found);
        let outer = differs(name[0], found[0]) | differs(name[3], found[3]);
        let inner = differs(name[1], found[1]) | differs(name[2], found[2]);
        outer | inner == 0
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

/// Case does not matter to either width, and each finds a name where it is.
const _: () = {
    const POOL: &[u8] = b"    http-alt                    ";
    assert!(wide::is_at::<true>(wide::load::<true>(b"HTTP-ALT"), POOL, 4, 8));
    assert!(narrow::is_at::<true>(narrow::load::<true>(b"HTTP-ALT"), POOL, 4, 8));
    assert!(Words::of(64).hash(b"HTTP", 1) == Words::of(64).hash(b"http", 1) && Words::of(64).bits() == 64);
    assert!(Words::of(32).hash(b"HTTP", 1) == Words::of(32).hash(b"http", 1) && Words::of(32).bits() == 32);
    assert!(Words::NATIVE.bits() >= 32 && is_plain(b'-') && !is_plain(b'@'));
};
