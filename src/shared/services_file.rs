//! Reading services(5) text, the form of /etc/services, line by line.

use super::excerpt::Excerpt;
use super::proto::Proto;
use core::fmt;
use core::iter::FusedIterator;

/// The lines of a services(5) text, such as /etc/services: a name, a port with its transport, aliases, a comment.
///
/// A line ends in a line feed, a carriage return, or both. White space separates fields, and `#` starts a comment.
/// The iterator skips empty lines and lines that contain only a comment. It accepts each line that glibc accepts,
/// except that a port that is negative or over 65535 and an empty transport are errors here. An error in one line does
/// not end the iteration.
///
/// ```
/// use iana_ports::{Proto, ServicesFile};
///
/// let mut lines = ServicesFile::new("# ours\nbilling 8080/tcp invoices # since 2024\nbroken 80\n");
/// let billing = lines.next().unwrap().unwrap();
/// assert_eq!((billing.name(), billing.port(), billing.proto()), ("billing", 8080, Some(Proto::Tcp)));
/// assert!(billing.aliases().eq(["invoices"]));
/// assert_eq!(billing.comment(), Some("since 2024"));
/// let error = lines.next().unwrap().unwrap_err();
/// let expected = "line 3, column 8: found \"80\", expected a port and a transport such as 80/tcp";
/// assert_eq!(error.to_string(), expected);
/// assert!(lines.next().is_none());
/// ```
#[doc(alias("/etc/services", "getservent"))]
#[derive(Clone, Debug)]
pub struct ServicesFile<'t> {
    rest: &'t str,
    /// How many bytes have been read, and how many lines.
    offset: usize,
    line: usize,
}

impl<'t> ServicesFile<'t> {
    /// The lines of this text.
    ///
    /// ```
    /// assert_eq!(iana_ports::ServicesFile::new("").count(), 0);
    /// ```
    pub const fn new(text: &'t str) -> Self {
        Self { rest: text, offset: 0, line: 0 }
    }

    /// The next line, without its end, and where it starts in bytes.
    fn next_line(&mut self) -> Option<(&'t str, usize)> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.offset;
        let (line, rest) = split(self.rest, |byte| byte == b'\n' || byte == b'\r');
        let end = if rest.starts_with("\r\n") { 2 } else { 1 };
        self.rest = rest.get(end..).unwrap_or_default();
        self.line += 1;
        self.offset += line.len() + end;
        Some((line, start))
    }
}

impl<'t> Iterator for ServicesFile<'t> {
    type Item = Result<ServicesLine<'t>, ServicesFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (line, start) = self.next_line()?;
            let (content, comment) = split(line, |byte| byte == b'#');
            let (name, rest) = field(content);
            if !name.is_empty() {
                let comment = trimmed(comment.strip_prefix('#').unwrap_or_default());
                return Some(ServicesLine::read(content, (name, rest), comment, (self.line, start)));
            }
        }
    }
}

impl FusedIterator for ServicesFile<'_> {}

// These work on bytes, because all characters that matter are ASCII. The searches of `str` are much more code, and
// firmware may read such text too.

/// Splits a text before the first byte for which `is_end` holds.
fn split(text: &str, is_end: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(is_end).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The first field of a text, empty if there is none, and the text after it.
fn field(text: &str) -> (&str, &str) {
    let (_, text) = split(text, |byte| !is_space(byte));
    split(text, is_space)
}

/// White space as C defines it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn trimmed(text: &str) -> &str {
    let (_, text) = split(text, |byte| !is_space(byte));
    let spaces = text.bytes().rev().take_while(|&byte| is_space(byte)).count();
    text.get(..text.len() - spaces).unwrap_or_default()
}

/// A line of a [`ServicesFile`].
///
/// ```
/// let line = iana_ports::ServicesFile::new("http 80/tcp www # WWW").next().unwrap().unwrap();
/// assert_eq!((line.name(), line.port(), line.comment()), ("http", 80, Some("WWW")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServicesLine<'t> {
    name: &'t str,
    port: u16,
    transport: &'t str,
    /// The text between the transport and the comment.
    aliases: &'t str,
    comment: &'t str,
    pub(crate) line: usize,
    /// Where the name starts and where the aliases end, in bytes from the start of the text.
    ends: [usize; 2],
}

impl<'t> ServicesLine<'t> {
    /// Reads the text before the comment, which starts with the name.
    fn read(
        content: &'t str,
        (name, rest): (&'t str, &'t str),
        comment: &'t str,
        (line, start): (usize, usize),
    ) -> Result<Self, ServicesFileError> {
        let (found, aliases) = field(rest);
        // An error is about the second field, or about the place after the name where the field is missing.
        let behind = if found.is_empty() { rest.len() } else { found.len() + aliases.len() };
        let place = content.len() - behind;
        let is_start = |byte: &u8| *byte & 0xc0 != 0x80; // of a character in UTF-8
        let column = content.bytes().take(place).filter(is_start).count() + 1;
        let error = |kind| ServicesFileError { line, column, offset: start + place, kind };
        if found.is_empty() {
            return Err(error(ServicesFileErrorKind::NoPort(Excerpt::of(name))));
        }
        let (number, transport) = split(found, |byte| byte == b'/');
        let transport = transport.strip_prefix('/').unwrap_or_default();
        let digits = number.strip_prefix('+').unwrap_or(number); // glibc accepts it
        if digits.is_empty() || transport.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error(ServicesFileErrorKind::NotAPort(Excerpt::of(found))));
        }
        let too_large = |_| error(ServicesFileErrorKind::TooLarge(Excerpt::of(number)));
        let port = digits.parse().map_err(too_large)?;
        let ends = [start + content.len() - rest.len() - name.len(), start + content.len()];
        Ok(Self { name, port, transport, aliases, comment, line, ends })
    }

    /// The name as the text spells it.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("Billing 8080/tcp").next().unwrap().unwrap();
    /// assert_eq!(line.name(), "Billing");
    /// ```
    pub const fn name(&self) -> &'t str {
        self.name
    }

    /// The name and the aliases in order, each with its offset in bytes from the start of the text.
    pub(crate) fn names(&self) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
        let ([start, end], mut rest) = (self.ends, self.aliases);
        let aliases = core::iter::from_fn(move || {
            let (alias, after) = field(rest);
            rest = after;
            Some((end - after.len() - alias.len(), alias)).filter(|_| !alias.is_empty())
        });
        core::iter::once((start, self.name)).chain(aliases)
    }

    /// The port.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("billing 08080/tcp").next().unwrap().unwrap();
    /// assert_eq!(line.port(), 8080);
    /// ```
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The transport protocol, `None` if it is not one of the four that the registry has. See
    /// [`transport`](Self::transport).
    ///
    /// ```
    /// use iana_ports::{Proto, ServicesFile};
    ///
    /// let mut lines = ServicesFile::new("ours 8080/tcp\nrtmp 1/ddp").map(|line| line.unwrap());
    /// assert_eq!(lines.next().unwrap().proto(), Some(Proto::Tcp));
    /// assert_eq!(lines.next().unwrap().proto(), None); // AppleTalk
    /// ```
    pub fn proto(&self) -> Option<Proto> {
        self.transport.parse().ok()
    }

    /// The transport as the text spells it.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("rtmp 1/ddp").next().unwrap().unwrap();
    /// assert_eq!(line.transport(), "ddp");
    /// ```
    pub const fn transport(&self) -> &'t str {
        self.transport
    }

    /// The comment without white space at its ends, `None` if there is none.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("http 80/tcp # WWW").next().unwrap().unwrap();
    /// assert_eq!(line.comment(), Some("WWW"));
    /// ```
    pub fn comment(&self) -> Option<&'t str> {
        Some(self.comment).filter(|comment| !comment.is_empty())
    }
}

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
    pub(crate) kind: ServicesFileErrorKind,
}

/// The kind of an error, without its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ServicesFileErrorKind {
    NoPort(Excerpt),
    NotAPort(Excerpt),
    TooLarge(Excerpt),
}

impl fmt::Display for ServicesFileErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPort(name) => write!(f, "found no port after {name}, expected one such as 80/tcp"),
            Self::NotAPort(found) => {
                write!(f, "found {found}, expected a port and a transport such as 80/tcp")
            }
            Self::TooLarge(found) => write!(f, "found the port {found}, expected at most 65535"),
        }
    }
}

impl fmt::Display for ServicesFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.kind)
    }
}
