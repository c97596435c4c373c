//! What can go wrong, in a sentence.

use iana_ports::ServicesFileError;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum Problem {
    #[error("{0}: cannot be read ({1})")]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("{0}: cannot be written ({1})")]
    Unwritable(PathBuf, #[source] io::Error),
    #[error("{0}: {1}")]
    NotServices(PathBuf, #[source] ServicesFileError),
    #[error("cannot print ({0})")]
    Unprintable(#[from] io::Error),
    #[error("{0}: the name ends neither in .svg nor in .png")]
    NoPicture(PathBuf),
    /// A registry file that a build would refuse, in the words of the build.
    #[error("{0}")]
    BadRegistry(String),
    #[error("{new} is of {new_date}, older than {old} of {old_date}; keep the newer one", new = new.display(), old = old.display())]
    Older { new: PathBuf, new_date: String, old: PathBuf, old_date: String },
}

impl Problem {
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Unprintable(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Tells it on standard error.
pub fn tell(problem: &dyn std::fmt::Display) {
    anstream::eprintln!("iana-ports: {problem}");
}
