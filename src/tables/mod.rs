//! The generated tables. `lookup` and `columns` read them, and for what features bring `metadata`, `contacts`
//! and `person`.

#![allow(clippy::unreadable_literal, reason = "generated numbers are not for reading")]

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// Pooled text, as bytes of a length that the compiler knows, and as text.
///
/// Pools are the only tables with pointers in them. A static array would need none. But a name taken from it in
/// a constant would point into a static, and on such a constant clippy 1.95 crashes. A constant array would be
/// copied into every crate that uses it.
pub struct Pool<const N: usize> {
    pub bytes: &'static [u8; N],
    pub text: &'static str,
}

impl<const N: usize> Pool<N> {
    const fn new(text: &'static str) -> Self {
        // Bytes from text cost a build nothing. Text from bytes took half of the crate's own compile time.
        match text.as_bytes().first_chunk() {
            Some(bytes) => Self { bytes, text },
            None => panic!("the generator counts the bytes"),
        }
    }
}
