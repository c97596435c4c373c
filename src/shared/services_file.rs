//! services(5): the form of /etc/services, read line by line.

use super::excerpt::Excerpt;
use super::{OwnName, Proto};
use core::error::Error;
use core::fmt;
use core::iter::FusedIterator;

/// The lines of a services(5) text, such as /etc/services: a name, a port with its transport, aliases, a comment.
///
/// Lines end in a line feed, a carriage return, or both. Fields are apart by white space, and what follows a `#` is
/// a comment. Empty lines and lines with a comment only are passed over. A line that glibc reads is read, unless
/// its port is negative or over 65535 or its transport is empty: that is an error here. A line with an error does
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
    /// How many lines have been read.
    line: usize,
}

impl<'t> ServicesFile<'t> {
    /// The lines of this text.
    ///
    /// ```
    /// assert_eq!(iana_ports::ServicesFile::new("").count(), 0);
    /// ```
    pub const fn new(text: &'t str) -> Self {
        Self { rest: text, line: 0 }
    }

    /// The next line, without its end.
    fn next_line(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        self.line += 1;
        let (line, rest) = split(self.rest, |byte| byte == b'\n' || byte == b'\r');
        let end = if rest.starts_with("\r\n") { 2 } else { 1 };
        self.rest = rest.get(end..).unwrap_or_default();
        Some(line)
    }
}

impl<'t> Iterator for ServicesFile<'t> {
    type Item = Result<ServicesLine<'t>, ServicesFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.next_line()?;
            let (content, comment) = split(line, |byte| byte == b'#');
            let (name, rest) = field(content);
            if !name.is_empty() {
                let comment = trimmed(comment.strip_prefix('#').unwrap_or_default());
                return Some(ServicesLine::read(content, (name, rest), comment, self.line));
            }
        }
    }
}

impl FusedIterator for ServicesFile<'_> {}

// By bytes, for all that matters here is ASCII: the searches of `str` are much more code, and firmware may read
// such text too.

/// A text up to the first byte that is such a one, and from there on.
fn split(text: &str, is_end: impl Fn(u8) -> bool) -> (&str, &str) {
    let end = text.bytes().position(is_end).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The first field of a text, and what follows it.
fn field(text: &str) -> (&str, &str) {
    let (_, text) = split(text, |byte| !is_space(byte));
    split(text, is_space)
}

/// What C takes for white space.
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
    aliases: &'t str,
    comment: &'t str,
    line: usize,
}

impl<'t> ServicesLine<'t> {
    /// Reads what stands before the comment, of which the name is split off already.
    fn read(
        content: &'t str,
        (name, rest): (&'t str, &'t str),
        comment: &'t str,
        line: usize,
    ) -> Result<Self, ServicesFileError> {
        let (found, aliases) = field(rest);
        // An error is about the second field, or about the place behind the name where it should be.
        let behind = if found.is_empty() { rest.len() } else { found.len() + aliases.len() };
        let is_start = |byte: &u8| *byte & 0xc0 != 0x80; // of a character in UTF-8
        let column = content.bytes().take(content.len() - behind).filter(is_start).count() + 1;
        let error = |problem| ServicesFileError { line, column, problem };
        if found.is_empty() {
            return Err(error(Problem::NoPort(Excerpt::of(name))));
        }
        let not_a_port = || error(Problem::NotAPort(Excerpt::of(found)));
        let (number, transport) = split(found, |byte| byte == b'/');
        let transport = transport.strip_prefix('/').unwrap_or_default();
        let digits = number.strip_prefix('+').unwrap_or(number); // glibc takes it
        if digits.is_empty() || transport.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(not_a_port());
        }
        let port = digits.parse().map_err(|_| error(Problem::TooLarge(Excerpt::of(number))))?;
        Ok(Self { name, port, transport, aliases, comment, line })
    }

    /// The name as it is written.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("Billing 8080/tcp").next().unwrap().unwrap();
    /// assert_eq!(line.name(), "Billing");
    /// ```
    pub const fn name(&self) -> &'t str {
        self.name
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

    /// The transport protocol, `None` if it is none of the four that the registry has. See
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

    /// The transport as it is written.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("rtmp 1/ddp").next().unwrap().unwrap();
    /// assert_eq!(line.transport(), "ddp");
    /// ```
    pub const fn transport(&self) -> &'t str {
        self.transport
    }

    /// The other names, in their order.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("http 80/tcp www").next().unwrap().unwrap();
    /// assert!(line.aliases().eq(["www"]));
    /// ```
    pub fn aliases(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        let mut rest = self.aliases;
        core::iter::from_fn(move || {
            let (alias, after) = field(rest);
            rest = after;
            Some(alias).filter(|alias| !alias.is_empty())
        })
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

    /// The number of the line, counted from 1.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("\n\nhttp 80/tcp").next().unwrap().unwrap();
    /// assert_eq!(line.line(), 3);
    /// ```
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The name and the aliases, for [`OwnNames`](crate::OwnNames): the name first. Nothing if the transport is none
    /// of the four.
    ///
    /// ```
    /// use iana_ports::{OwnName, Proto, ServicesFile};
    ///
    /// let line = ServicesFile::new("http 80/tcp www").next().unwrap().unwrap();
    /// assert!(line.own_names().map(|own| own.name).eq(["http", "www"]));
    /// ```
    pub fn own_names(&self) -> impl Iterator<Item = OwnName<'t>> + use<'t> {
        let (port, proto) = (self.port, self.proto());
        let names = core::iter::once(self.name).chain(self.aliases());
        names.filter_map(move |name| Some(OwnName { port, proto: proto?, name }))
    }
}

/// A line that is not of the form of services(5).
///
/// ```
/// let error = iana_ports::ServicesFile::new("billing").next().unwrap().unwrap_err();
/// assert_eq!((error.line(), error.column()), (1, 8));
/// let expected = "line 1, column 8: found no port after \"billing\", expected one such as 80/tcp";
/// assert_eq!(error.to_string(), expected);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServicesFileError {
    line: usize,
    column: usize,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    NoPort(Excerpt),
    NotAPort(Excerpt),
    TooLarge(Excerpt),
}

impl ServicesFileError {
    /// The line, counted from 1.
    ///
    /// ```
    /// let error = iana_ports::ServicesFile::new("\nbilling").next().unwrap().unwrap_err();
    /// assert_eq!(error.line(), 2);
    /// ```
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, counted from 1.
    ///
    /// ```
    /// let error = iana_ports::ServicesFile::new("  billing tcp/80").next().unwrap().unwrap_err();
    /// assert_eq!(error.column(), 11);
    /// ```
    pub const fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for ServicesFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: ", self.line, self.column)?;
        match self.problem {
            Problem::NoPort(name) => write!(f, "found no port after {name}, expected one such as 80/tcp"),
            Problem::NotAPort(found) => {
                write!(f, "found {found}, expected a port and a transport such as 80/tcp")
            }
            Problem::TooLarge(found) => write!(f, "found the port {found}, expected at most 65535"),
        }
    }
}

impl Error for ServicesFileError {}
