//! The errors that end a command.

use iana_ports::ServicesFileError;
use std::io;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}: cannot be read ({1})")]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("{0}: cannot be written ({1})")]
    Unwritable(PathBuf, #[source] io::Error),
    #[error("{0}: {1}")]
    NotServices(PathBuf, #[source] ServicesFileError),
    #[error("cannot print ({0})")]
    Unprintable(#[from] io::Error),
    #[error("{0} works only with `export {1}`; leave it out")]
    Unused(&'static str, &'static str),
    #[error("{0}: the name ends neither in .svg nor in .png")]
    NoPicture(PathBuf),
}

impl Error {
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Unprintable(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// Reports something on standard error.
pub fn tell(what: &dyn std::fmt::Display) {
    anstream::eprintln!("iana-ports: {what}");
}
