//! Errors in services(5) text.

use super::excerpt::Excerpt;
use core::fmt;

/// A line that does not have the form of services(5).
///
/// ```
/// let error = iana_ports::ServicesFile::new("billing").next().unwrap().unwrap_err();
/// assert_eq!((error.line(), error.column()), (1, 8));
/// let expected = "line 1, column 8: found no port after \"billing\", expected one such as 80/tcp";
/// assert_eq!(error.to_string(), expected);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServicesFileError {
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// In bytes from the start of the text.
    pub(crate) offset: usize,
    kind: ServicesFileErrorKind,
    found: Excerpt,
}

impl ServicesFileError {
    pub(crate) const fn reason(&self) -> Reason<'_> {
        Reason(self)
    }

    /// An error at a byte of a line, which has this number and starts at this byte of the text.
    #[cold]
    #[inline(never)]
    pub(super) fn new(
        content: &[u8],
        (line, start): (usize, usize),
        place: usize,
        kind: ServicesFileErrorKind,
        found: &str,
    ) -> Self {
        let column = content.iter().take(place).filter(|&byte| byte & 0xc0 != 0x80).count() + 1; // of characters
        Self { line, column, offset: start + place, kind, found: Excerpt::of(found) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ServicesFileErrorKind {
    NoPort,
    NotAPort,
    TooLarge,
    LeadingZero,
    UnknownTransport,
    NotUtf8,
    Nul,
    Utf16,
}

impl ServicesFileErrorKind {
    /// The words before and after what was found.
    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::NoPort => ["found no port after ", ", expected one such as 80/tcp"],
            Self::NotAPort => ["found ", ", expected a port and a transport such as 80/tcp"],
            Self::TooLarge => ["found the port ", ", expected at most 65535"],
            Self::LeadingZero => ["found the port ", ", which some systems read as octal; expected no zero before it"],
            Self::UnknownTransport => ["found the transport ", ", expected tcp, udp, sctp or dccp"],
            Self::NotUtf8 => ["found a byte that is not UTF-8, expected UTF-8 text", ""],
            Self::Nul => ["found a NUL, expected UTF-8 text, which is neither UTF-16 nor binary", ""],
            Self::Utf16 => ["found UTF-16, expected UTF-8 text; convert the file", ""],
        }
    }
}

/// An error without its place.
pub(crate) struct Reason<'e>(&'e ServicesFileError);

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind.words() {
            [all, ""] => f.write_str(all),
            [before, after] => write!(f, "{before}{}{after}", self.0.found),
        }
    }
}

impl fmt::Display for ServicesFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.reason())
    }
}
