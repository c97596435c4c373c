//! The generated tables, and the only code that indexes them. It knows entries, services and blocks only by their ids.

#![allow(clippy::cast_possible_truncation, reason = "the generator refuses what two bytes cannot number")]

pub(crate) mod blocks;
#[cfg(feature = "contacts")]
pub(crate) mod contacts;
pub(crate) mod entries;
#[cfg(feature = "familiar")]
pub(crate) mod familiar;
pub(crate) mod ids;
#[cfg(feature = "metadata")]
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod ports;
pub(crate) mod rows;
pub(crate) mod services;
pub(crate) mod walk;

/// The tables themselves.
pub(crate) mod generated {
    #![allow(clippy::unreadable_literal, reason = "nobody reads generated numbers")]

    use super::Pool;
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

/// How many services there are.
pub(crate) const SERVICES: u16 = generated::SORTED_TO_SERVICE.len() as u16;

/// The number at an index of a table. Every index is in its table, but the compiler does not know that, and would add a
/// panic.
#[inline]
pub(crate) const fn get<T: Copy>(table: &[T], index: usize) -> Option<T> {
    if index < table.len() { Some(table[index]) } else { None }
}

/// The same, with another number for an index beyond the table.
#[inline]
pub(crate) const fn at<T: Copy>(table: &[T], index: usize, beyond: T) -> T {
    match get(table, index) {
        Some(number) => number,
        None => beyond,
    }
}

/// Pooled text, as bytes whose length the compiler knows, and as text.
///
/// These are the only pointers in the tables. A static array would need none, but clippy 1.95 crashes on a constant
/// that points into a static, and a constant array would be copied into every crate that uses it.
pub(crate) struct Pool<const N: usize> {
    pub(crate) bytes: &'static [u8; N],
    pub(crate) text: &'static str,
}

impl<const N: usize> Pool<N> {
    const fn new(text: &'static str) -> Self {
        // Text to bytes costs a build nothing. Bytes to text took half of the crate's compile time.
        match text.as_bytes().first_chunk() {
            Some(bytes) => Self { bytes, text },
            None => panic!("the generator counts the bytes"),
        }
    }
}

/// The string in a pool at this offset, of this length.
#[inline]
pub(crate) const fn text(pool: &'static str, (offset, len): (usize, usize)) -> &'static str {
    #[cfg(const_str_split)]
    #[allow(clippy::incompatible_msrv, reason = "only where the compiler has it")]
    // The end comes first: then the compiler knows that the start is before it.
    if let Some((to_end, _)) = pool.split_at_checked(offset + len) {
        if let Some((_, string)) = to_end.split_at_checked(offset) {
            return string;
        }
    }
    // Before Rust 1.86 a constant expression cannot split a string. To split and check bytes takes some nanoseconds.
    #[cfg(not(const_str_split))]
    if let Some((to_end, _)) = pool.as_bytes().split_at_checked(offset + len) {
        if let Some((_, bytes)) = to_end.split_at_checked(offset) {
            if let Ok(string) = core::str::from_utf8(bytes) {
                return string;
            }
        }
    }
    ""
}
