//! Text from C, and text for C.

use core::ffi::{CStr, c_char};
use core::fmt::{self, Write};
use core::ptr;

/// The text of a caller, `None` for a null pointer and for bytes that are not UTF-8.
///
/// # Safety
///
/// `text` is null, or it points to a NUL-terminated string that does not change during the lifetime of the result.
pub unsafe fn read<'t>(text: *const c_char) -> Option<&'t str> {
    if text.is_null() {
        return None;
    }
    // SAFETY: the caller promises it.
    unsafe { CStr::from_ptr(text) }.to_str().ok()
}

/// Writes text as `snprintf` does: as much as fits, followed by a NUL. Returns the length of the whole text without the
/// NUL.
///
/// # Safety
///
/// `buffer` is null, or it points to `size` bytes that may be written.
pub unsafe fn write(text: &str, buffer: *mut c_char, size: usize) -> usize {
    let mut out = Out::new(buffer, size);
    out.push(text);
    out.length
}

/// Like [`write`], for any value that displays.
///
/// # Safety
///
/// The same as for [`write`].
pub unsafe fn display(value: impl fmt::Display, buffer: *mut c_char, size: usize) -> usize {
    let mut out = Out::new(buffer, size);
    // Writing to `Out` cannot fail.
    let _ = write!(out, "{value}");
    out.length
}

/// The rest of a buffer, to which text is written as far as it fits. The text is always NUL-terminated.
struct Out {
    /// The place of the next byte.
    buffer: *mut c_char,
    /// The number of bytes from there to the end of the buffer.
    left: usize,
    length: usize,
}

impl Out {
    fn new(buffer: *mut c_char, size: usize) -> Self {
        Self { buffer, left: if buffer.is_null() { 0 } else { size }, length: 0 }
    }

    fn push(&mut self, text: &str) {
        self.length += text.len();
        if let Some(room) = self.left.checked_sub(1) {
            let fits = room.min(text.len());
            // SAFETY: the creator of this value promises that `left` bytes may be written, and `fits` is less than
            // that.
            unsafe {
                ptr::copy_nonoverlapping(text.as_ptr().cast(), self.buffer, fits);
                self.buffer = self.buffer.add(fits);
                *self.buffer = 0;
            }
            self.left -= fits;
        }
    }
}

impl Write for Out {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}
