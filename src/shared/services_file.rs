//! Reading services(5) text, the form of /etc/services, line by line.

use super::excerpt::Excerpt;
use super::port_range::{ParsePortRangeErrorKind, PortRange};
use super::proto::Proto;
use core::fmt;
use core::iter::FusedIterator;

/// The lines of a services(5) text, such as /etc/services: a name, a port with its transport, aliases, a comment.
///
/// A line ends in a line feed, a carriage return, or both; glibc takes a carriage return for white space. White space
/// separates fields, and `#` starts a comment. The iterator skips empty lines and lines that contain only a comment. An
/// error in one line does not end the iteration. The text is UTF-8, with or without a byte order mark; other bytes
/// matter only in their own line, and not at all in a comment.
///
/// Some files name several transports (`80/tcp/udp`, `80/tcp,udp`) or a range of ports (`6000-6063/tcp`), and the
/// reader accepts them. It refuses some lines that glibc accepts: a negative port or one over 65535, an empty or
/// unknown transport, a NUL, and a leading zero, because glibc reads `010` as 8 and musl reads it as 10. Other
/// transports that such files name, such as `ddp`, are no error.
///
/// ```
/// use iana_ports::{Proto, ServicesFile};
///
/// let mut lines = ServicesFile::new("# ours\nbilling 8080/tcp invoices # since 2024\nbroken 80\n");
/// let billing = lines.next().unwrap().unwrap();
/// assert_eq!((billing.name(), billing.ports().first()), ("billing", 8080));
/// assert!(billing.protos().eq([Proto::Tcp]) && billing.aliases().eq(["invoices"]));
/// assert_eq!(billing.comment(), Some("since 2024"));
/// let error = lines.next().unwrap().unwrap_err();
/// let expected = "line 3, column 8: found \"80\", expected a port and a transport such as 80/tcp";
/// assert_eq!(error.to_string(), expected);
/// assert!(lines.next().is_none());
/// ```
#[doc(alias("/etc/services", "getservent"))]
#[derive(Clone, Debug)]
pub struct ServicesFile<'t> {
    rest: &'t [u8],
    /// How many bytes have been read, and how many lines.
    offset: usize,
    line: usize,
}

impl<'t> ServicesFile<'t> {
    /// The lines of this text: a `&str`, a `&[u8]`, or what derefs to one of them.
    ///
    /// ```
    /// use iana_ports::ServicesFile;
    ///
    /// assert_eq!(ServicesFile::new("").count(), 0);
    /// let latin_1 = b"coffee 40123/tcp # caf\xe9";
    /// assert_eq!(ServicesFile::new(latin_1).next().unwrap().unwrap().name(), "coffee");
    /// ```
    pub fn new(text: &'t (impl AsRef<[u8]> + ?Sized)) -> Self {
        let text = text.as_ref();
        let rest = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        Self { rest, offset: text.len() - rest.len(), line: 0 }
    }

    /// The next line, without its end, and where it starts in bytes.
    fn next_line(&mut self) -> Option<(&'t [u8], usize)> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.offset;
        let (line, rest) = split(self.rest, |byte| byte == b'\n' || byte == b'\r');
        let end = if rest.starts_with(b"\r\n") { 2 } else { 1 };
        self.rest = rest.get(end..).unwrap_or_default();
        self.line += 1;
        self.offset += line.len() + end;
        Some((line, start))
    }
}

impl<'t> Iterator for ServicesFile<'t> {
    type Item = Result<ServicesLine<'t>, ServicesFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.line == 0 && (self.rest.starts_with(b"\xff\xfe") || self.rest.starts_with(b"\xfe\xff")) {
            self.rest = &[];
            return Some(Err(ServicesFileError { line: 1, column: 1, offset: 0, kind: ServicesFileErrorKind::Utf16 }));
        }
        loop {
            let (line, start) = self.next_line()?;
            let (content, comment) = split(line, |byte| byte == b'#');
            let (name, _) = field(content);
            if !name.is_empty() {
                let comment = comment.get(1..).unwrap_or_default().trim_ascii();
                return Some(ServicesLine::read(content, comment, (self.line, start)));
            }
        }
    }
}

impl FusedIterator for ServicesFile<'_> {}

/// Splits a text before the first byte for which `is_end` holds.
fn split(text: &[u8], is_end: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let end = text.iter().position(|&byte| is_end(byte)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, &[]))
}

/// The first field of a text, empty if there is none, and the text after it.
fn field(text: &[u8]) -> (&[u8], &[u8]) {
    split(split(text, |byte| !is_space(byte)).1, is_space)
}

/// White space as C defines it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The text up to the first byte that is not UTF-8.
fn text(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// The transports of a line, which `/` or `,` separates.
fn words(transport: &str) -> impl Iterator<Item = &str> + Clone {
    transport.split(['/', ','])
}

/// Transports that services(5) files name, and that have ports but no rows in the registry.
const OTHER_TRANSPORTS: [&str; 3] = ["ddp", "divert", "udplite"];

/// A line of a [`ServicesFile`].
///
/// ```
/// let line = iana_ports::ServicesFile::new("http 80/tcp www # WWW").next().unwrap().unwrap();
/// assert_eq!((line.name(), line.ports().first(), line.comment()), ("http", 80, Some("WWW")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServicesLine<'t> {
    name: &'t str,
    ports: PortRange,
    pub(crate) transport: &'t str,
    /// The text between the transport and the comment.
    aliases: &'t str,
    comment: &'t str,
    pub(crate) line: usize,
    /// Where the name starts and where the aliases end, in bytes from the start of the text.
    ends: [usize; 2],
}

impl<'t> ServicesLine<'t> {
    /// Reads the text before the comment.
    fn read(content: &'t [u8], comment: &'t [u8], (line, start): (usize, usize)) -> Result<Self, ServicesFileError> {
        let error = |place: usize, kind| {
            let column = content.iter().take(place).filter(|&byte| byte & 0xc0 != 0x80).count() + 1; // of characters
            ServicesFileError { line, column, offset: start + place, kind }
        };
        let valid = text(content);
        if valid.len() < content.len() {
            return Err(error(valid.len(), ServicesFileErrorKind::NotUtf8));
        }
        if let Some(place) = content.iter().position(|&byte| byte == 0) {
            return Err(error(place, ServicesFileErrorKind::Nul));
        }
        // Parts of UTF-8 between ASCII characters are UTF-8.
        let (name, rest) = field(content);
        let (found, aliases) = field(rest);
        // An error is about the second field, or about the place after the name where the field is missing.
        let behind = if found.is_empty() { rest.len() } else { found.len() + aliases.len() };
        let error = |kind| error(content.len() - behind, kind);
        if found.is_empty() {
            return Err(error(ServicesFileErrorKind::NoPort(Excerpt::of(text(name)))));
        }
        let (number, transport) = split(found, |byte| byte == b'/');
        let transport = text(transport.get(1..).unwrap_or_default());
        let digits = text(number.strip_prefix(b"+").unwrap_or(number)); // glibc accepts the sign
        if words(transport).any(str::is_empty) {
            return Err(error(ServicesFileErrorKind::NotAPort(Excerpt::of(text(found)))));
        }
        let ports = PortRange::read(digits).map_err(|kind| match kind {
            ParsePortRangeErrorKind::TooLarge => error(ServicesFileErrorKind::TooLarge(Excerpt::of(text(number)))),
            _ => error(ServicesFileErrorKind::NotAPort(Excerpt::of(text(found)))),
        })?;
        if digits.split('-').any(|end| end.len() > 1 && end.starts_with('0')) {
            return Err(error(ServicesFileErrorKind::LeadingZero(Excerpt::of(text(number)))));
        }
        let is_other = |word: &str| OTHER_TRANSPORTS.iter().any(|other| other.eq_ignore_ascii_case(word));
        if let Some(unknown) = words(transport).find(|word| word.parse::<Proto>().is_err() && !is_other(word)) {
            return Err(error(ServicesFileErrorKind::UnknownTransport(Excerpt::of(unknown))));
        }
        let ends = [start + content.len() - rest.len() - name.len(), start + content.len()];
        Ok(Self { name: text(name), ports, transport, aliases: text(aliases), comment: text(comment), line, ends })
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
            let (alias, after) = field(rest.as_bytes());
            let [start, behind] = [alias.len() + after.len(), after.len()].map(|back| rest.len() - back);
            let found = (end - rest.len() + start, rest.get(start..behind)?);
            rest = rest.get(behind..)?;
            Some(found).filter(|(_, alias)| !alias.is_empty())
        });
        core::iter::once((start, self.name)).chain(aliases)
    }

    /// The ports, both ends included. Nearly all lines have one port.
    ///
    /// ```
    /// let ports = |text| iana_ports::ServicesFile::new(text).next().unwrap().unwrap().ports().to_string();
    /// assert_eq!(ports("billing 8080/tcp"), "8080");
    /// assert_eq!(ports("x11 6000-6063/tcp"), "6000-6063");
    /// ```
    pub const fn ports(&self) -> PortRange {
        self.ports
    }

    /// The transport protocols that the registry has, in the order of the text, and none if there are only others. See
    /// [`transport`](Self::transport).
    ///
    /// ```
    /// use iana_ports::{Proto, ServicesFile};
    ///
    /// let mut lines = ServicesFile::new("ours 8080/tcp,udp\nrtmp 1/ddp").map(|line| line.unwrap());
    /// assert!(lines.next().unwrap().protos().eq([Proto::Tcp, Proto::Udp]));
    /// assert_eq!(lines.next().unwrap().protos().next(), None); // AppleTalk
    /// ```
    pub fn protos(&self) -> impl Iterator<Item = Proto> + Clone + use<'t> {
        words(self.transport).filter_map(|word| word.parse().ok())
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
    LeadingZero(Excerpt),
    UnknownTransport(Excerpt),
    NotUtf8,
    Nul,
    Utf16,
}

impl fmt::Display for ServicesFileErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPort(name) => write!(f, "found no port after {name}, expected one such as 80/tcp"),
            Self::NotAPort(found) => {
                write!(f, "found {found}, expected a port and a transport such as 80/tcp")
            }
            Self::TooLarge(found) => write!(f, "found the port {found}, expected at most 65535"),
            Self::LeadingZero(found) => {
                write!(f, "found the port {found}, which some systems read as octal; expected no zero before it")
            }
            Self::UnknownTransport(found) => write!(f, "found the transport {found}, expected tcp, udp, sctp or dccp"),
            Self::NotUtf8 => f.write_str("found a byte that is not UTF-8, expected UTF-8 text"),
            Self::Nul => f.write_str("found a NUL, expected UTF-8 text, which is neither UTF-16 nor binary"),
            Self::Utf16 => f.write_str("found UTF-16, expected UTF-8 text; convert the file"),
        }
    }
}

impl fmt::Display for ServicesFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.kind)
    }
}
