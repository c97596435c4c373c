//! Width, alignment and precision for what is displayed in several parts, without allocation.

use core::fmt::{self, Alignment, Formatter, Write};

/// Writes what `write` writes as the formatter pads and cuts a `str`. It is not generic, so all types share one copy.
pub(crate) fn pad(f: &mut Formatter<'_>, write: &dyn Fn(&mut dyn Write) -> fmt::Result) -> fmt::Result {
    let (width, precision) = (f.width().unwrap_or(0), f.precision().unwrap_or(usize::MAX));
    if (width, precision) == (0, usize::MAX) {
        return write(f);
    }
    let mut start = Start { out: None, left: precision };
    write(&mut start)?;
    let missing = width.saturating_sub(precision - start.left);
    let before = match f.align() {
        Some(Alignment::Right) => missing,
        Some(Alignment::Center) => missing / 2,
        Some(Alignment::Left) | None => 0,
    };
    let fill = f.fill();
    (0..before).try_for_each(|_| f.write_char(fill))?;
    match f.precision() {
        Some(left) => write(&mut Start { out: Some(f), left })?,
        None => write(f)?,
    }
    (before..missing).try_for_each(|_| f.write_char(fill))
}

/// Writes or only counts as many characters as are left.
struct Start<'f, 'b> {
    out: Option<&'f mut Formatter<'b>>,
    left: usize,
}

impl Write for Start<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let left = self.left;
        self.left = left.saturating_sub(text.chars().count());
        self.out.as_mut().map_or(Ok(()), |out| write!(out, "{text:.left$}"))
    }
}
