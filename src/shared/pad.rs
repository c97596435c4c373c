//! Width and alignment for what is displayed in several parts, without allocation.

use core::fmt::{self, Alignment, Formatter, Write};

/// Writes what `write` writes, padded as the formatter asks. It is not generic, so all types share one copy.
pub(crate) fn pad(f: &mut Formatter<'_>, write: &dyn Fn(&mut dyn Write) -> fmt::Result) -> fmt::Result {
    let Some(width) = f.width() else { return write(f) };
    let mut length = Length(0);
    write(&mut length)?;
    let missing = width.saturating_sub(length.0);
    let before = match f.align() {
        Some(Alignment::Right) => missing,
        Some(Alignment::Center) => missing / 2,
        Some(Alignment::Left) | None => 0,
    };
    let fill = f.fill();
    (0..before).try_for_each(|_| f.write_char(fill))?;
    write(f)?;
    (before..missing).try_for_each(|_| f.write_char(fill))
}

/// How many characters were written.
struct Length(usize);

impl Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.chars().count();
        Ok(())
    }
}
