//! Reading services(5) text, the form of /etc/services, line by line.

use super::excerpt::Excerpt;
use super::port_range::{ParsePortRangeErrorKind, PortRange};
use super::proto::Proto;
use super::services_error::{Kind, ServicesFileError, ServicesFileErrorKind};
use core::iter::FusedIterator;
use core::slice;

/// The lines of a services(5) text, such as /etc/services: a name, a port with its transport, aliases, a comment.
///
/// White space separates fields, and `#` starts a comment. The iterator skips lines without fields, and goes on after
/// an error. A line ends in a line feed, a carriage return, or both. The text is UTF-8, with or without a byte order
/// mark; other bytes matter only in their own line, and not at all in a comment.
///
/// The reader accepts several transports (`80/tcp/udp`, `80/tcp,udp`) and ranges (`6000-6063/tcp`), which some files
/// have, and transports without rows in the registry: `ddp`, `divert` and `udplite`. It refuses some lines that glibc
/// accepts: a negative port or one over 65535, an empty or unknown transport, a NUL, and a leading zero, because glibc
/// reads `010` as 8 and musl reads it as 10.
///
/// ```
/// let mut lines = iana_ports::ServicesFile::new("# ours\nbilling 8080/tcp invoices # since 2024\nbroken 80\n");
/// let billing = lines.next().unwrap().unwrap();
/// assert_eq!((billing.name(), billing.ports().first()), ("billing", 8080));
/// assert_eq!(lines.next().unwrap().unwrap_err().line(), 3);
/// ```
#[doc(alias("/etc/services", "getservent"))]
#[derive(Clone, Debug)]
#[must_use]
pub struct ServicesFile<'t> {
    rest: &'t [u8],
    /// How many bytes have been read, and how many lines.
    offset: usize,
    line: usize,
}

impl<'t> ServicesFile<'t> {
    /// The lines of this text: a `&str`, a `&[u8]`, or what derefs to one of them.
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
            let kind = Kind(ServicesFileErrorKind::Utf16, Excerpt::of(""));
            return Some(Err(ServicesFileError { line: 1, column: 1, offset: 0, kind }));
        }
        loop {
            let (line, start) = self.next_line()?;
            let (content, comment) = split(line, |byte| byte == b'#');
            if !field(content).0.is_empty() {
                let comment = comment.get(1..).unwrap_or_default().trim_ascii();
                let read = ServicesLine::read(content, comment, (self.line, start));
                return Some(read.map_err(|(place, kind, found)| {
                    let characters = content.iter().take(place).filter(|&byte| byte & 0xc0 != 0x80).count();
                    let (column, kind) = (characters + 1, Kind(kind, Excerpt::of(text(found))));
                    ServicesFileError { line: self.line, column, offset: start + place, kind }
                }));
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
#[inline(never)] // small programs matter more than the time to read such a file
fn field(text: &[u8]) -> (&[u8], &[u8]) {
    let is_space = |byte| matches!(byte, b' ' | b'\t'..=b'\r'); // as C defines it
    split(split(text, |byte| !is_space(byte)).1, is_space)
}

/// The text up to the first byte that is not UTF-8.
#[inline(never)]
fn text(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// The transports of a line, which `/` or `,` separates.
type Words<'t> = slice::Split<'t, u8, fn(&u8) -> bool>;

fn words(transport: &str) -> Words<'_> {
    transport.as_bytes().split(|byte| matches!(byte, b'/' | b','))
}

/// Transports that services(5) files name, and that have ports but no rows in the registry.
const OTHER_TRANSPORTS: [&str; 3] = ["ddp", "divert", "udplite"];

/// A line of a [`ServicesFile`].
///
/// ```
/// let line = iana_ports::ServicesFile::new("\nHttp 80/tcp,ddp www # WWW").next().unwrap().unwrap();
/// assert_eq!((line.line(), line.name(), line.comment()), (2, "Http", Some("WWW")));
/// assert_eq!((line.ports().to_string().as_str(), line.transport()), ("80", "tcp,ddp"));
/// assert!(line.protos().eq([iana_ports::Proto::Tcp]) && line.aliases().eq(["www"]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServicesLine<'t> {
    pub(crate) name: &'t str,
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
    /// Reads a line that starts at this offset of the text. The place of a problem counts from there.
    fn read(content: &'t [u8], comment: &'t [u8], (line, start): (usize, usize)) -> Result<Self, Problem<'t>> {
        let valid = text(content).len();
        if valid < content.len() {
            return Err((valid, ServicesFileErrorKind::NotUtf8, &[]));
        }
        if let Some(place) = content.iter().position(|&byte| byte == 0) {
            return Err((place, ServicesFileErrorKind::Nul, &[]));
        }
        // Parts of UTF-8 between ASCII characters are UTF-8.
        let (name, rest) = field(content);
        let (found, aliases) = field(rest);
        let (number, transport) = split(name, |byte| byte == b'/');
        if !transport.is_empty() && PortRange::read(text(number)).is_ok() {
            return Err((content.len() - rest.len() - name.len(), ServicesFileErrorKind::NoName, name));
        }
        if found.is_empty() {
            return Err((content.len() - rest.len(), ServicesFileErrorKind::NoPort, name));
        }
        let place = content.len() - found.len() - aliases.len();
        let (number, transport) = split(found, |byte| byte == b'/');
        let transport = text(transport.get(1..).unwrap_or_default());
        let digits = text(number.strip_prefix(b"+").unwrap_or(number)); // glibc accepts the sign
        let ports = match PortRange::read(digits) {
            Ok(ports) => ports,
            Err(ParsePortRangeErrorKind::TooLarge) => return Err((place, ServicesFileErrorKind::TooLarge, number)),
            Err(_) => return Err((place, ServicesFileErrorKind::NotAPort, found)),
        };
        if digits.as_bytes().split(|&byte| byte == b'-').any(|end| matches!(end, [b'0', _, ..])) {
            return Err((place, ServicesFileErrorKind::LeadingZero, number));
        }
        let is_other = |word: &str| OTHER_TRANSPORTS.iter().any(|other| other.eq_ignore_ascii_case(word));
        match words(transport).map(text).find(|word| word.parse::<Proto>().is_err() && !is_other(word)) {
            None => (),
            Some("") => return Err((place, ServicesFileErrorKind::NotAPort, found)),
            Some(unknown) => return Err((place, ServicesFileErrorKind::UnknownTransport, unknown.as_bytes())),
        }
        let ends = [start + content.len() - rest.len() - name.len(), start + content.len()];
        Ok(Self { name: text(name), ports, transport, aliases: text(aliases), comment: text(comment), line, ends })
    }

    /// The fields with the name and the aliases in order, each with its offset in bytes from the start of the text.
    fn fields(&self) -> Fields<'t> {
        Fields { name: Some((self.ends[0], self.name)), rest: self.aliases, end: self.ends[1] }
    }

    /// The first field in the place of a name or an alias that has no letter, with its offset.
    pub(crate) fn without_letter(&self) -> Option<(usize, &'t str)> {
        self.fields().find(|(_, field)| !has_letter(field))
    }

    /// The name and the aliases in order, or the aliases alone, without fields that are no names, each with its offset.
    pub(crate) fn names(&self, only_aliases: bool) -> Names<'t> {
        let mut fields = self.fields();
        fields.name = fields.name.filter(|_| !only_aliases);
        Names(fields, self.name.eq_ignore_ascii_case("unknown") && self.without_letter().is_some())
    }

    /// The ports, both ends included. Nearly all lines have one port.
    pub const fn ports(&self) -> PortRange {
        self.ports
    }

    /// The transport protocols that the registry has rows for, in the order of the text. There may be none;
    /// [`transport`](Self::transport) has the text.
    pub fn protos(&self) -> LineProtos<'t> {
        LineProtos(words(self.transport))
    }

    /// The comment without white space at its ends, `None` if there is none.
    pub fn comment(&self) -> Option<&'t str> {
        Some(self.comment).filter(|comment| !comment.is_empty())
    }
}

/// The names of a line, and true if `unknown` is none of them; see [`ServicesLine::names`].
#[derive(Clone, Debug)]
pub(crate) struct Names<'t>(Fields<'t>, bool);

impl<'t> Iterator for Names<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<(usize, &'t str)> {
        self.0.by_ref().find(|(_, field)| has_letter(field) && !(self.1 && field.eq_ignore_ascii_case("unknown")))
    }
}

/// True if a field can be a name: those of other alphabets can, too.
fn has_letter(field: &str) -> bool {
    field.bytes().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}

/// The fields of a line for its name and aliases.
#[derive(Clone, Debug)]
struct Fields<'t> {
    name: Option<(usize, &'t str)>,
    /// The aliases that are left, and the offset of their end.
    rest: &'t str,
    end: usize,
}

impl<'t> Iterator for Fields<'t> {
    type Item = (usize, &'t str);

    #[inline(never)]
    fn next(&mut self) -> Option<(usize, &'t str)> {
        if let Some(name) = self.name.take() {
            return Some(name);
        }
        let (alias, after) = field(self.rest.as_bytes());
        let start = self.rest.len() - alias.len() - after.len();
        let found = (self.end - self.rest.len() + start, self.rest.get(start..start + alias.len())?);
        self.rest = self.rest.get(start + alias.len()..)?;
        Some(found).filter(|(_, alias)| !alias.is_empty())
    }
}

/// The transports of a line; see [`ServicesLine::protos`].
#[derive(Clone, Debug)]
#[must_use]
pub struct LineProtos<'t>(Words<'t>);

impl Iterator for LineProtos<'_> {
    type Item = Proto;

    fn next(&mut self) -> Option<Proto> {
        self.0.find_map(|word| text(word).parse().ok())
    }
}

impl FusedIterator for LineProtos<'_> {}

/// The place of an error in a line, its kind, and the text that it names.
type Problem<'t> = (usize, ServicesFileErrorKind, &'t [u8]);
