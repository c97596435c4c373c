//! How much of everything a file may contain, so that a build ends soon and the tables can number all of it.

use super::error_kind::ErrorKind;
use super::shared::id::Id;

/// Bytes of a file. IANA's has 4 MB.
pub const MAX_FILE: usize = 32 << 20;

/// Rows: as many as the tables could number if all of them were on both TCP and UDP.
pub const MAX_ROWS: usize = 2 * Id::MOST;

/// Ports that rows cover, each of which takes time for every row. IANA's rows cover 58,000.
pub const MAX_COVERED: usize = 4 << 16;

/// Tags, texts and other pieces of a file. An attribute counts as three. IANA's file has 515,000.
pub const MAX_PIECES: usize = 3 << 19;

/// Lines of services(5) text, even empty ones.
pub const MAX_LINES: usize = MAX_PIECES;

/// References and people of one row. In IANA's file, no row has more than a dozen.
pub const MAX_REFERENCES: usize = 1000;

/// People in the directory. IANA's has 4,000.
pub const MAX_PEOPLE: usize = u16::MAX as usize;

/// Elements inside one another. In IANA's file they nest five deep.
pub const MAX_DEPTH: usize = 16;

/// Prefixes of namespaces that one element declares. IANA's file declares none.
pub const MAX_PREFIXES: usize = 10;

/// Attributes of one element. In IANA's file, no element has more than three.
pub const MAX_ATTRIBUTES: usize = 100;

/// Bytes of one text, so that its length and its offset fit in one number. The longest of IANA's has 1,374.
pub const MAX_TEXT: usize = (1 << 13) - 1;

/// Bytes of a service name. RFC 6335 section 5.1 allows 15, but older files have longer names.
pub const MAX_NAME: usize = 63;

/// Refuses more than the limit.
pub fn at_most(what: &'static str, found: usize, limit: usize) -> Result<(), ErrorKind> {
    if found > limit { Err(ErrorKind::TooMany { what, found, limit }) } else { Ok(()) }
}

/// Refuses a text that is too long.
pub fn check_length(bytes: usize) -> Result<(), ErrorKind> {
    if bytes > MAX_TEXT { Err(ErrorKind::LongText(bytes)) } else { Ok(()) }
}
