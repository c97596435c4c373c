//! The command `iana-ports`: looks up, searches, lists and exports the IANA registry, and sums up packet captures.
//!
//! This library exists for the command, its tests and its fuzz targets. Programs use the crate `iana-ports`.

mod arguments;
pub mod capture;
mod error;
mod export;
mod list;
mod local_names;
mod lookup;
mod manual;
mod map;
mod output;
mod printed;
mod query;
mod search;
mod selection;
mod status;
mod suggest;

#[cfg(doctest)]
#[doc = include_str!("../../docs/adopting.md")]
mod adopting {}

use arguments::{Arguments, Command};
use clap::Parser;
use error::Error;
use local_names::NamesFile;
use output::Output;
use std::process::ExitCode;

/// How a command ended that did not fail.
enum Outcome {
    /// It found everything that was asked for.
    Everything,
    /// Something does not exist, and standard error says what.
    NotAll,
    /// Something makes no sense, and standard error says what.
    NotUnderstood,
}

/// Runs the command with the arguments of the process.
///
/// The exit status is 0 if everything was found, 1 if something does not exist, and 2 if the arguments make no sense or
/// if a file cannot be read or written.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(Outcome::Everything) => ExitCode::SUCCESS,
        Ok(Outcome::NotAll) => ExitCode::from(1),
        Ok(Outcome::NotUnderstood) => ExitCode::from(2),
        // A reader that has seen enough, such as `head`, is not an error.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            error::tell(&error);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let text = arguments.names.as_deref().map(local_names::read).transpose()?;
    let mut own = NamesFile::parse(text.as_deref().unwrap_or_default(), arguments.names.as_deref())?;
    own.is_familiar = arguments.command.is_familiar();
    let out = Output::new(arguments.format, arguments.color);
    match &arguments.command {
        Command::Lookup { queries, .. } => lookup::run(queries, &own, &out),
        Command::Search { texts } => search::run(texts, &own, &out),
        Command::List { selection } => list::run(selection, &own, &out),
        Command::Status => status::run(&own, &out),
        Command::Export { kind, selection, file, .. } => export::run(*kind, selection, &own, file.as_deref()),
        Command::Map { transport, file } => map::run(*transport, file),
        Command::Capture { files, by, outer, .. } => capture::run(files, *by, *outer, &own, &out),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::man(),
    }
}
