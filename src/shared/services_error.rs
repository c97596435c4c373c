//! The errors in services(5) text.

use super::excerpt::Excerpt;
use core::fmt;

/// A line that does not have the form of services(5).
///
/// ```
/// let error = iana_ports::ServicesFile::new("billing").next().unwrap().unwrap_err();
/// assert_eq!((error.line(), error.column(), error.kind()), (1, 8, iana_ports::ServicesFileErrorKind::NoPort));
/// assert!(error.to_string().starts_with("line 1, column 8: found no port after \"billing\", expected"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServicesFileError {
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// In bytes from the start of the text.
    pub(crate) offset: usize,
    pub(crate) kind: Kind,
}

/// The error of a line, and the text that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind(pub(crate) ServicesFileErrorKind, pub(crate) Excerpt);

/// The kind of a [`ServicesFileError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServicesFileErrorKind {
    /// There is a port in the place of the name.
    NoName,
    /// There is only a name.
    NoPort,
    /// The second field is not a port and a transport.
    NotAPort,
    /// The port is over 65535.
    TooLarge,
    /// The port begins with a zero, so that some systems read it as octal.
    LeadingZero,
    /// The transport is unknown.
    UnknownTransport,
    /// A byte is not UTF-8.
    NotUtf8,
    /// There is a NUL.
    Nul,
    /// The text is UTF-16.
    Utf16,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ServicesFileErrorKind as Of;
        let Self(kind, found) = self;
        match kind {
            Of::NoName => write!(f, "found {found}, expected a name before the port"),
            Of::NoPort => write!(f, "found no port after {found}, expected one such as 80/tcp"),
            Of::NotAPort => write!(f, "found {found}, expected a port and a transport such as 80/tcp"),
            Of::TooLarge => write!(f, "found the port {found}, expected at most 65535"),
            Of::LeadingZero => {
                write!(f, "found the port {found}, which some systems read as octal; expected no zero before it")
            }
            Of::UnknownTransport => write!(f, "found the transport {found}, expected tcp, udp, sctp or dccp"),
            Of::NotUtf8 => f.write_str("found a byte that is not UTF-8, expected UTF-8 text"),
            Of::Nul => f.write_str("found a NUL, expected UTF-8 text, which is neither UTF-16 nor binary"),
            Of::Utf16 => f.write_str("found UTF-16, expected UTF-8 text; convert the file"),
        }
    }
}

error!(ServicesFileError, |self, f| write!(f, "line {}, column {}: {}", self.line, self.column, self.kind));
