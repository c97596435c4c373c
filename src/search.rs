//! The search of IANA's page: every row that contains a text in one of its columns.
//!
//! Before a search looks at the rows one by one, it looks for the text in the pool of each column. Columns whose pool
//! does not contain the text are left out.

use crate::shared::flags::EntryFlags;
use crate::shared::id::Id;
use crate::shared::packing::unpack_run;
use crate::tables::walk::EntryRows;
use crate::tables::{blocks, entries, rows};
use crate::{Block, PortRange, Proto, Record, Row};
use core::fmt::{self, Write};
use core::iter::FusedIterator;

/// Every row that contains this text in any column except the two dates, in the order of the registry. Rows of an
/// overlay come last.
///
/// ASCII case is ignored. Nothing is trimmed, and there are no wildcards. Columns contain what IANA's page shows: ports
/// such as `443` or `6000-6063`, references such as `RFC9110`, and contacts as ids such as `Jon_Postel`. A reference
/// that the page shows by a label is found by its address too. The text must lie within a single reference or a single
/// contact. Columns of features that are off are not searched. An empty text is in every row.
///
/// The search field of IANA's own page gives the same rows.
///
/// ```
/// use iana_ports::search;
///
/// let rows = search("X11").map(|row| row.to_string());
/// assert!(rows.take(2).eq(["x11 6000-6063/tcp", "x11 6000-6063/udp"]));
/// assert_eq!(search("443/tcp").next(), None); // port and transport are two columns
/// ```
pub fn search(text: &str) -> Search<'_> {
    Search { text, columns: Columns::with(text), runs: rows::in_order(), found: Found::NOTHING }
}

/// The rows that contain a text; see [`search`].
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
    columns: Columns,
    /// The rows that the search has not looked at, in runs.
    runs: &'static [u16],
    /// The rows left in the last run.
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
            match rows::block_or_entry(row) {
                Ok(block) if self.block_has(block) => return Some(Row::Block(Block::new(Id::new(block)))),
                Ok(_) => {}
                Err(entry) => self.found = self.found_of(entry, transports),
            }
        }
    }
}

impl FusedIterator for Search<'_> {}

impl Search<'_> {
    /// The records that contain the text among the rows of an entry on these transports.
    fn found_of(&self, entry: u16, transports: EntryFlags) -> Found {
        let flags = entries::flags(entry);
        let all = transports.intersection(flags);
        let names_one = !flags.has(EntryFlags::ANY_TRANSPORT);
        let named = all.intersection(self.columns.transports.when(names_one));
        let has_all = named == all && all != EntryFlags::default();
        let is_entry = !has_all && self.entry_has(entry);
        let transports = if is_entry { transports } else { named };
        Found { rows: EntryRows::of(entry), transports, without: is_entry }
    }

    fn entry_has(&self, entry: u16) -> bool {
        let has = |text| contains(text, self.text);
        let ports = || entries::ports(entry).is_some_and(|ports| Shown::ports(ports, false).has(self.text));
        self.columns.names && has(entries::name(Id::new(entry).packed()))
            || self.columns.numbers && ports()
            || self.row_has(entry.into())
    }

    fn block_has(&self, block: u16) -> bool {
        let flags = blocks::flags(block);
        let ports = || Shown::ports(blocks::ports(block), flags.is_range);
        flags.proto.is_some_and(|proto| self.columns.transports.has(EntryFlags::transport(proto)))
            || self.columns.numbers && ports().has(self.text)
            || self.row_has(rows::of_block(block))
    }

    /// True if a column that a feature adds contains the text.
    #[cfg_attr(
        not(any(feature = "descriptions", feature = "contacts", feature = "metadata")),
        allow(unused_variables, clippy::unused_self, reason = "there is no such column")
    )]
    fn row_has(&self, row: usize) -> bool {
        #[cfg(feature = "descriptions")]
        if self.columns.descriptions && contains(rows::description(row), self.text) {
            return true;
        }
        #[cfg(feature = "contacts")]
        if self.columns.contacts {
            use crate::tables::contacts::{contacts, id, own_assignees};
            let mut ids = contacts(row).chain(own_assignees(row).into_iter().flatten());
            if ids.any(|person| contains(id(person.into()), self.text)) {
                return true;
            }
        }
        #[cfg(feature = "metadata")]
        {
            use crate::tables::metadata::{note, references, service_code, unauthorized_use};
            let has = |text| contains(text, self.text);
            let code = || service_code(row).is_some_and(|code| Shown::of(format_args!("{code}")).has(self.text));
            let of_row = || crate::References::new(references(row));
            if self.columns.texts && (note(row).is_some_and(has) || unauthorized_use(row).is_some_and(has))
                || self.columns.references && of_row().any(|reference| reference_has(reference, self.text))
                || self.columns.numbers && code()
            {
                return true;
            }
        }
        false
    }
}

/// Records of an entry: those on some transports, and perhaps the one without a transport.
#[derive(Clone, Debug)]
struct Found {
    rows: EntryRows,
    transports: EntryFlags,
    without: bool,
}

impl Found {
    const NOTHING: Self = Self { rows: EntryRows::NONE, transports: EntryFlags::SOME_TRANSPORT, without: false };

    fn next(&mut self) -> Option<Record> {
        let Self { rows, transports, without } = self;
        let is_found =
            |proto: Option<Proto>| proto.map_or(*without, |proto| transports.has(EntryFlags::transport(proto)));
        rows.find(|(_, proto)| is_found(*proto)).map(Record::at)
    }
}

/// The columns that contain the text in some row.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "one answer for each column")]
struct Columns {
    transports: EntryFlags,
    names: bool,
    /// Ports and service codes.
    numbers: bool,
    #[cfg(feature = "descriptions")]
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
            transports: named.map(EntryFlags::transport).fold(EntryFlags::default(), EntryFlags::union),
            names: pool_contains(rows::names(), text),
            numbers: text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'),
            #[cfg(feature = "descriptions")]
            descriptions: pool_contains(rows::descriptions(), text),
            #[cfg(feature = "contacts")]
            contacts: pool_contains(crate::tables::contacts::ids(), text),
            #[cfg(feature = "metadata")]
            texts: pool_contains(crate::tables::metadata::texts(), text),
            #[cfg(feature = "metadata")]
            references: crate::Reference::all().any(|reference| reference_has(reference, text)),
        }
    }
}

/// True if a reference has the text: in the label that the page shows, or in the address of the target, which a label
/// hides.
#[cfg(feature = "metadata")]
fn reference_has(reference: crate::Reference, text: &str) -> bool {
    use crate::ReferenceTarget::{Draft, Rfc, Text, Uri};
    reference.label().is_some_and(|label| contains(label, text))
        || match reference.target() {
            Draft(shown) | Uri(shown) | Text(shown) => contains(shown, text),
            Rfc(number) => Shown::of(format_args!("RFC{number}")).has(text),
        }
}

/// True if a text contains another one, ASCII case ignored.
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

/// The same for a long text that rarely contains the part. It rules out many places at once: those where the part's
/// first byte or its last byte does not match.
fn pool_contains(pool: &str, part: &str) -> bool {
    const AT_ONCE: usize = 32;
    let (pool, part) = (pool.as_bytes(), part.as_bytes());
    let [first, .., last] = part else { return bytes_contain(pool, part) };
    let (first, last) = (first.to_ascii_lowercase(), last.to_ascii_lowercase());
    let behind = pool.get(part.len() - 1..).unwrap_or_default();
    let mut starts = pool.chunks(AT_ONCE);
    let mut ends = behind.chunks(AT_ONCE);
    let mut at = 0;
    while let (Some(starts), Some(ends)) = (starts.next(), ends.next()) {
        let is_one =
            |(start, end): (&u8, &u8)| (start.to_ascii_lowercase() == first) & (end.to_ascii_lowercase() == last);
        let may = starts.iter().zip(ends).fold(false, |any, pair| any | is_one(pair));
        let here = pool.get(at..).unwrap_or_default();
        if may && bytes_contain(&here[..here.len().min(AT_ONCE + part.len() - 1)], part) {
            return true;
        }
        at += AT_ONCE;
    }
    false
}

/// A short text that the tables store as numbers.
#[derive(Default)]
struct Shown {
    bytes: [u8; 16],
    len: usize,
}

impl Shown {
    fn of(text: fmt::Arguments<'_>) -> Self {
        let mut shown = Self::default();
        let _ = shown.write_fmt(text); // there is room for the longest of these texts
        shown
    }

    /// A single port by itself, unless the registry writes it as a range.
    fn ports(ports: PortRange, is_range: bool) -> Self {
        if is_range { Self::of(format_args!("{0}-{0}", ports.first())) } else { Self::of(format_args!("{ports}")) }
    }

    fn has(&self, text: &str) -> bool {
        bytes_contain(&self.bytes[..self.len], text.as_bytes())
    }
}

impl Write for Shown {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let free = self.bytes.get_mut(self.len..).and_then(|free| free.get_mut(..text.len())).ok_or(fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}
