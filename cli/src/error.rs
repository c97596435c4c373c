//! The errors that end a command.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}: cannot be read ({1})")]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("{0}: has more than {1} bytes; expected a shorter list")]
    TooLarge(PathBuf, u64),
    #[error("{0}: names more than {1} ports; use a smaller file")]
    TooManyNames(PathBuf, usize),
    #[error("{0}: cannot be written ({1})")]
    Unwritable(PathBuf, #[source] io::Error),
    #[error("cannot print ({0})")]
    Unprintable(#[from] io::Error),
    #[error("{0} works only with {1}")]
    Unused(&'static str, &'static str),
    #[error("found queries, or options of `lookup`, before the command; put them after it")]
    LookupBefore,
    #[error("unknown column {0:?}; expected {1}")]
    NoColumn(String, String),
    #[error("{0}: unknown format of a picture; expected a name that ends in .svg, or - for standard output")]
    NoPicture(PathBuf),
}

impl Error {
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Unprintable(error) | Self::Unwritable(_, error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Prints a message on standard error, and ignores errors in doing so. Replaces characters that would mislead a
/// terminal, which names from files may contain.
pub fn tell(what: &dyn std::fmt::Display) {
    let _ = writeln!(anstream::stderr(), "iana-ports: {}", visible(&what.to_string()));
}

/// The most remarks or errors of one kind that a run prints.
pub const MOST: usize = 10;

/// True if [`remark`] prints nothing.
pub static IS_QUIET: AtomicBool = AtomicBool::new(false);

/// Prints a remark, or why something was not found, as [`tell`] does.
pub fn remark(what: &dyn std::fmt::Display) {
    if !IS_QUIET.load(Ordering::Relaxed) {
        tell(what);
    }
}

/// A text without control characters and characters that change the direction of writing.
pub fn visible(text: &str) -> String {
    let misleads = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(misleads, "\u{fffd}")
}
