//! The start of a text that an error names, kept without allocation.

use core::fmt;

/// Bytes kept: enough to recognize a value.
const KEPT: u8 = 24;

/// The first characters of a text. Displays in quotes, with `...` where there were more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Excerpt {
    bytes: [u8; KEPT as usize],
    len: u8,
    has_more: bool,
}

impl Excerpt {
    pub(crate) fn of(text: &str) -> Self {
        let mut len = u8::try_from(text.len()).map_or(KEPT, |len| len.min(KEPT));
        while !text.is_char_boundary(len.into()) {
            len -= 1;
        }
        let kept = &text.as_bytes()[..len.into()];
        let mut bytes = [0; KEPT as usize];
        bytes[..kept.len()].copy_from_slice(kept);
        Self { bytes, len, has_more: kept.len() < text.len() }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = core::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default();
        write!(f, "{text:?}{}", if self.has_more { "..." } else { "" })
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
