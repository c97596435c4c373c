//! The search of IANA's page: every row that contains a text in one of its columns. Before it looks at the rows one by
//! one, it looks for the text in the pool of each column, and leaves out the columns without it.

use crate::column_text::Value;
#[cfg(feature = "metadata")]
use crate::tables::metadata::REFERENCES;
use crate::tables::rows as pools;
use crate::{Block, Column, PortRange, Proto, Row, Rows, rows};
use core::fmt::{self, Write};
use core::iter::FusedIterator;

/// Every row that contains this text in any column except the two dates, in the order of [`rows`]: the rows that the
/// search field of IANA's own page gives.
///
/// ASCII case is ignored. Nothing is trimmed, and there are no wildcards. Columns contain what IANA's page shows:
/// `443`, `6000-6063`, `RFC9110`, and ids such as `Jon_Postel`. A reference that the page shows by a label is found by
/// its address too. The text must lie within a single reference or contact. Columns of features that are off are not
/// searched. An empty text is in every row.
///
/// ```
/// let rows = iana_ports::search("X11").map(|row| row.to_string());
/// assert!(rows.take(2).eq(["x11 6000-6063/tcp", "x11 6000-6063/udp"]));
/// assert_eq!(iana_ports::search("443/tcp").next(), None); // port and transport are two columns
/// ```
pub fn search(text: &str) -> Search<'_> {
    let columns = Column::ALL.iter().filter(|column| may_have(**column, text));
    Search {
        text,
        columns: columns.fold(0, |set, column| set | 1 << *column as u8),
        protos: Proto::ALL.map(|proto| contains(proto.as_str().as_bytes(), text.as_bytes())),
        rows: rows(),
        last: (usize::MAX, false),
    }
}

/// The rows that contain a text; see [`search`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Search<'t> {
    text: &'t str,
    /// The columns that contain the text in some row, as bits, without the transports, and the transports that do.
    columns: u16,
    protos: [bool; Proto::ALL.len()],
    rows: Rows,
    /// The number of the last row in the tables, and whether one of the columns contains the text.
    last: (usize, bool),
}

impl Iterator for Search<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let is_proto = self.protos != [false; Proto::ALL.len()];
        while is_proto || self.columns != 0 {
            let row = self.rows.next()?;
            if row.proto().is_some_and(|proto| self.protos[proto as usize]) {
                return Some(row);
            }
            // Rows with the same number differ only in the transport, and follow each other.
            if self.last.0 != row.row() {
                self.last = (row.row(), has(row, self.columns, self.text));
            }
            if self.last.1 {
                return Some(row);
            }
            if !is_proto {
                self.rows.skip_entry();
            }
        }
        None
    }
}

impl FusedIterator for Search<'_> {}

/// True if one of these columns of the row contains the text.
fn has(row: Row, mut columns: u16, text: &str) -> bool {
    while columns != 0 {
        let is_found = match row.value(Column::ALL[columns.trailing_zeros() as usize]) {
            Value::Nothing | Value::Date(_) => false,
            Value::Text(shown) => contains(shown.as_bytes(), text.as_bytes()),
            Value::Ports(ports) => Shown::ports(ports, row).has(text),
            Value::Number(number) => Shown::of(format_args!("{number}")).has(text),
            #[cfg(feature = "contacts")]
            Value::People(mut people) => people.any(|person| contains(person.id().as_bytes(), text.as_bytes())),
            #[cfg(feature = "metadata")]
            Value::References(mut references) => references.any(|reference| reference_has(reference, text)),
        };
        if is_found {
            return true;
        }
        columns &= columns - 1;
    }
    false
}

/// True if a column may contain the text in some row.
fn may_have(column: Column, text: &str) -> bool {
    match column {
        Column::ServiceName => pool_contains(pools::names(), text),
        Column::PortNumber => text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'),
        #[cfg(feature = "descriptions")]
        Column::Description => pool_contains(pools::descriptions(), text),
        #[cfg(feature = "contacts")]
        Column::Assignee | Column::Contact => pool_contains(crate::tables::contacts::ids(), text),
        #[cfg(feature = "metadata")]
        Column::ServiceCode => text.bytes().all(|byte| byte.is_ascii_digit()),
        #[cfg(feature = "metadata")]
        Column::Reference => (0..REFERENCES).any(|id| reference_has(crate::Reference::new(id), text)),
        #[cfg(feature = "metadata")]
        Column::UnauthorizedUseReported | Column::AssignmentNotes => {
            pool_contains(crate::tables::metadata::texts(), text)
        }
        _ => false, // transports, dates, and columns of features that are off
    }
}

/// True if a reference has the text: in the label that the page shows, or in the address of the target, which a label
/// hides.
#[cfg(feature = "metadata")]
fn reference_has(reference: crate::Reference, text: &str) -> bool {
    use crate::ReferenceTarget::{Draft, Rfc, Text, Uri};
    reference.label().is_some_and(|label| contains(label.as_bytes(), text.as_bytes()))
        || match reference.target() {
            Draft(shown) | Uri(shown) | Text(shown) => contains(shown.as_bytes(), text.as_bytes()),
            Rfc(number) => Shown::of(format_args!("RFC{number}")).has(text),
        }
}

/// True if a text contains another one, ASCII case ignored.
fn contains(text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    let first = first.to_ascii_lowercase();
    text.windows(part.len()).any(|here| {
        let is_here = |behind: &[u8]| behind.eq_ignore_ascii_case(rest);
        here.split_first().is_some_and(|(own, behind)| own.to_ascii_lowercase() == first && is_here(behind))
    })
}

/// The same for a long text that rarely contains the part. It rules out many places at once: those where the part's
/// first byte or its last byte does not match.
#[inline(never)]
fn pool_contains(pool: &str, part: &str) -> bool {
    const AT_ONCE: usize = 32;
    let (pool, part) = (pool.as_bytes(), part.as_bytes());
    let [first, .., last] = part else { return contains(pool, part) };
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
        if may && contains(&here[..here.len().min(AT_ONCE + part.len() - 1)], part) {
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
    fn ports(ports: PortRange, row: Row) -> Self {
        let is_range = row.block().is_some_and(Block::is_written_as_range);
        if is_range { Self::of(format_args!("{0}-{0}", ports.first())) } else { Self::of(format_args!("{ports}")) }
    }

    fn has(&self, text: &str) -> bool {
        contains(&self.bytes[..self.len], text.as_bytes())
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
