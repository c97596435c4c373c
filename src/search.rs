//! The search of IANA's page: every row that has a text in one of its columns.
//!
//! What no row has in a column is not looked for there row by row: the pool of the column's texts is asked first.

use crate::columns;
use crate::format::{EntryFlags, Id, unpack_run};
use crate::iter::EntryRecords;
use crate::{Block, PortRange, Proto, Record, Row};
use core::iter::FusedIterator;
use core::ops::Range;

/// Every row that has this text in any column but the two dates, in the order of the registry. Rows of an overlay
/// come last.
///
/// ASCII case is ignored. Nothing is trimmed, and no character stands for others. The columns have what the registry
/// shows: ports are `443` or `6000-6063`, references are `RFC9110` or their address unless the registry gives a label,
/// and contacts are ids such as `Jon_Postel`. Each reference and each contact is looked at by itself. Columns of
/// features that are off are not searched. An empty text is in every row.
///
/// The search field of IANA's own page gives the same rows. To look at the whole registry takes one to two milliseconds.
///
/// ```
/// use iana_ports::search;
///
/// let rows = search("X11").map(|row| row.to_string());
/// assert!(rows.take(2).eq(["x11 6000-6063/tcp", "x11 6000-6063/udp"]));
/// assert_eq!(search("443/tcp").next(), None); // port and transport are two columns
/// ```
pub fn search(text: &str) -> Search<'_> {
    Search { text, may_have: Columns::with(text), runs: columns::rows_in_order(), found: Found::NOTHING }
}

/// The rows that have a text; see [`search`].
///
/// ```
/// let mut rows = iana_ports::search("6000-6063");
/// assert_eq!(rows.next().unwrap().to_string(), "x11 6000-6063/tcp");
/// assert_eq!(rows.next().unwrap().to_string(), "x11 6000-6063/udp");
/// assert_eq!(rows.next(), None);
/// ```
#[derive(Clone, Debug)]
pub struct Search<'t> {
    text: &'t str,
    may_have: Columns,
    /// The rows that have not been looked at, in runs.
    runs: &'static [u16],
    /// What is left of the last run.
    found: Found,
}

impl Iterator for Search<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            if let Some(record) = self.found.next() {
                return Some(Row::Record(record));
            }
            let (row, transports, rest) = unpack_run(self.runs)?;
            self.runs = rest;
            match columns::block_or_entry(row) {
                Ok(block) if self.block_has(block) => return Some(Row::Block(Block::new(Id::new(block)))),
                Ok(_) => {}
                Err(entry) => self.found = self.found_of(entry, transports),
            }
        }
    }
}

impl FusedIterator for Search<'_> {}

impl Search<'_> {
    /// The records with the text among the rows of an entry on these transports.
    fn found_of(&self, entry: u16, transports: EntryFlags) -> Found {
        let flags = columns::entry_flags(entry);
        let all = transports.among(flags);
        let names_one = !flags.has(EntryFlags::ANY_TRANSPORT);
        let named = all.among(self.may_have.transports.when(names_one));
        let has_all = named == all && all != EntryFlags::default();
        if !has_all && self.entry_has(entry) {
            return Found { entry, transports, ranks: 0..Proto::ALL.len() + 1 };
        }
        Found { entry, transports: named, ranks: 0..Proto::ALL.len() }
    }

    fn entry_has(&self, entry: u16) -> bool {
        let has = |text| contains(text, self.text);
        let ports =
            || columns::entry_ports(entry).is_some_and(|ports| Shown::ports(ports, false).has(self.text));
        self.may_have.names && has(columns::entry_name(Id::new(entry).packed()))
            || self.may_have.numbers && ports()
            || self.description_has(|| columns::entry_description(entry))
            || self.row_has(entry.into())
    }

    fn block_has(&self, block: u16) -> bool {
        let flags = columns::block_flags(block);
        let ports = || Shown::ports(columns::block_ports(block), flags.is_range);
        flags.proto.is_some_and(|proto| self.may_have.transports.has(EntryFlags::transport(proto)))
            || self.may_have.numbers && ports().has(self.text)
            || self.description_has(|| columns::block_description(block))
            || self.row_has(columns::block_row(block))
    }

    /// Whether a description has the text.
    fn description_has(&self, description: impl Fn() -> &'static str) -> bool {
        self.may_have.descriptions && contains(description(), self.text)
    }

    /// Whether a column has it that `contacts` or `metadata` brings.
    #[cfg_attr(
        not(any(feature = "contacts", feature = "metadata")),
        allow(unused_variables, clippy::unused_self, reason = "there is no such column")
    )]
    fn row_has(&self, row: usize) -> bool {
        #[cfg(feature = "contacts")]
        if self.may_have.contacts {
            use crate::contacts::{contact, own_assignee};
            let has = |id| contains(id, self.text);
            if contact(row).any(has) || own_assignee(row).into_iter().flatten().any(has) {
                return true;
            }
        }
        #[cfg(feature = "metadata")]
        {
            use crate::metadata::{note, references, service_code, unauthorized_use};
            let has = |text| contains(text, self.text);
            let code = || service_code(row).is_some_and(|code| Shown::number(code.number()).has(self.text));
            if self.may_have.texts && (note(row).is_some_and(has) || unauthorized_use(row).is_some_and(has))
                || self.may_have.references
                    && references(row).with_labels().any(|(of, label)| reference_has(of, label, self.text))
                || self.may_have.numbers && code()
            {
                return true;
            }
        }
        false
    }
}

/// Records of an entry: those on these transports, by their ranks in [`Proto::ALL`], and behind them one without.
#[derive(Clone, Debug)]
struct Found {
    entry: u16,
    transports: EntryFlags,
    ranks: Range<usize>,
}

impl Found {
    const NOTHING: Self = Self { entry: 0, transports: EntryFlags::SOME_TRANSPORT, ranks: 0..0 };

    fn next(&mut self) -> Option<Record> {
        let Self { entry, transports, ranks } = self;
        let is_one =
            |rank: usize| Proto::ALL.get(rank).is_none_or(|&own| transports.has(EntryFlags::transport(own)));
        ranks.find_map(|rank| EntryRecords::record(*entry, rank).filter(|_| is_one(rank)))
    }
}

/// The columns in which the text is at all, in some row.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "an answer for each column")]
struct Columns {
    transports: EntryFlags,
    names: bool,
    /// Ports and service codes.
    numbers: bool,
    descriptions: bool,
    #[cfg(feature = "contacts")]
    contacts: bool,
    /// Notes and unauthorized uses.
    #[cfg(feature = "metadata")]
    texts: bool,
    #[cfg(feature = "metadata")]
    references: bool,
}

impl Columns {
    fn with(text: &str) -> Self {
        let named = Proto::ALL.into_iter().filter(|proto| contains(proto.as_str(), text));
        Self {
            transports: named.map(EntryFlags::transport).fold(EntryFlags::default(), EntryFlags::and),
            names: pool_contains(columns::names(), text),
            numbers: text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'),
            descriptions: pool_contains(columns::descriptions(), text),
            #[cfg(feature = "contacts")]
            contacts: pool_contains(crate::contacts::ids(), text),
            #[cfg(feature = "metadata")]
            texts: pool_contains(crate::metadata::texts(), text),
            #[cfg(feature = "metadata")]
            references: crate::metadata::all_references().any(|(of, label)| reference_has(of, label, text)),
        }
    }
}

/// Whether what the registry shows for a reference has the text. Its address is that, unless there is a label.
#[cfg(feature = "metadata")]
fn reference_has(reference: crate::Reference, label: Option<&str>, text: &str) -> bool {
    use crate::Reference::{Draft, Rfc, Text, Uri};
    match (label, reference) {
        (Some(shown), _) | (None, Draft(shown) | Uri(shown) | Text(shown)) => contains(shown, text),
        (None, Rfc(number)) => Shown::rfc(number).has(text),
    }
}

/// Whether a text contains another one, ASCII case ignored.
fn contains(text: &str, part: &str) -> bool {
    bytes_contain(text.as_bytes(), part.as_bytes())
}

fn bytes_contain(text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    let first = first.to_ascii_lowercase();
    text.windows(part.len()).any(|here| {
        let is_here = |behind: &[u8]| behind.eq_ignore_ascii_case(rest);
        here.split_first().is_some_and(|(own, behind)| own.to_ascii_lowercase() == first && is_here(behind))
    })
}

/// The same of a long text in which the part is seldom. Where neither its first nor its last byte can be is told of
/// many places at once.
fn pool_contains(pool: &str, part: &str) -> bool {
    const AT_ONCE: usize = 32;
    let (pool, part) = (pool.as_bytes(), part.as_bytes());
    let [first, .., last] = part else { return bytes_contain(pool, part) };
    let [first, last] = [first, last].map(u8::to_ascii_lowercase);
    let behind = pool.get(part.len() - 1..).unwrap_or_default();
    let mut starts = pool.chunks(AT_ONCE);
    let mut ends = behind.chunks(AT_ONCE);
    let mut at = 0;
    while let (Some(starts), Some(ends)) = (starts.next(), ends.next()) {
        let is_one = |(start, end): (&u8, &u8)| {
            (start.to_ascii_lowercase() == first) & (end.to_ascii_lowercase() == last)
        };
        let may = starts.iter().zip(ends).fold(false, |any, pair| any | is_one(pair));
        let here = pool.get(at..).unwrap_or_default();
        if may && bytes_contain(&here[..here.len().min(AT_ONCE + part.len() - 1)], part) {
            return true;
        }
        at += AT_ONCE;
    }
    false
}

/// A short text that the tables have as numbers.
struct Shown {
    bytes: [u8; 16],
    len: usize,
}

impl Shown {
    fn new() -> Self {
        Self { bytes: [0; 16], len: 0 }
    }

    fn number(number: u32) -> Self {
        Self::new().with_number(number)
    }

    /// One port by itself, unless it is written as a range.
    fn ports(ports: PortRange, is_range: bool) -> Self {
        let shown = Self::number(ports.first().into());
        if ports.first() == ports.last() && !is_range {
            return shown;
        }
        shown.with(b'-').with_number(ports.last().into())
    }

    #[cfg(feature = "metadata")]
    fn rfc(number: u32) -> Self {
        b"RFC".iter().fold(Self::new(), |shown, &byte| shown.with(byte)).with_number(number)
    }

    fn with(mut self, byte: u8) -> Self {
        if let Some(free) = self.bytes.get_mut(self.len) {
            *free = byte;
            self.len += 1;
        }
        self
    }

    fn with_number(self, number: u32) -> Self {
        let shown = if number < 10 { self } else { self.with_number(number / 10) };
        shown.with(b"0123456789"[(number % 10) as usize])
    }

    fn has(&self, text: &str) -> bool {
        bytes_contain(&self.bytes[..self.len], text.as_bytes())
    }
}
