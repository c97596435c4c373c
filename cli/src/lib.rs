//! The command `iana-ports`: looks up, searches, lists and exports the IANA registry, and sums up packet captures.
//!
//! This library exists for the command, its tests and its fuzz targets. Programs use the crate `iana-ports`.

#![allow(missing_docs, reason = "nobody else uses the library")]

mod arguments;
pub mod capture;
mod changes;
mod error;
mod export;
mod help;
mod input;
mod list;
mod local_names;
mod lookup;
mod manual;
mod map;
mod output;
mod output_file;
mod rows;
mod search;
mod selection;
mod status;
mod suggest;

#[cfg(doctest)]
#[doc = include_str!("../../docs/adopting.md")]
mod adopting {}

use arguments::{Arguments, Command};
use clap::error::ErrorKind;
use clap::{ColorChoice, FromArgMatches, ValueEnum};
use error::Error;
use local_names::NamesFile;
use output::Output;
use std::io::{IsTerminal, Write, stdin, stdout};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

/// How a command ended, if it did not fail.
enum Outcome {
    /// It found everything that the user asked for.
    Everything,
    /// Something does not exist, and standard error says what.
    NotAll,
    /// An argument is invalid, and standard error says which one.
    NotUnderstood,
}

/// Runs the command with the arguments of the process.
///
/// The exit status is 0 if everything was found, 1 if something does not exist, and 2 if the arguments are invalid or
/// if a file cannot be read or written.
pub fn main() -> ExitCode {
    let arguments = help::command().color(wanted_color()).try_get_matches();
    let arguments = arguments.and_then(|arguments| Arguments::from_arg_matches(&arguments));
    match arguments.map_or_else(|error| print_help(&error), |arguments| run(&arguments)) {
        Ok(Outcome::Everything) => ExitCode::SUCCESS,
        Ok(Outcome::NotAll) => ExitCode::from(1),
        Ok(Outcome::NotUnderstood) => ExitCode::from(2),
        // It is not an error if a reader such as `head` stops early.
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            error::tell(&error);
            ExitCode::from(2)
        }
    }
}

/// Prints help, the version, or what is wrong with the arguments.
fn print_help(error: &clap::Error) -> Result<Outcome, Error> {
    let printed = error.print().and_then(|()| stdout().flush());
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !stdin().is_terminal() {
        error::tell(&"to look up the lines of standard input, write `iana-ports -`");
    }
    if error.use_stderr() { Ok(Outcome::NotUnderstood) } else { Ok(printed.map(|()| Outcome::Everything)?) }
}

/// The value of --color. It also applies to help and errors, so it must be known before the other arguments are parsed.
fn wanted_color() -> ColorChoice {
    let arguments: Vec<_> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    // `--color never` means the same as `--color=never`, and the last one counts.
    let all = arguments.join("=");
    let value = all.rsplit_once("--color=").map_or("", |(_, rest)| rest.split('=').next().unwrap_or_default());
    ColorChoice::from_str(value, true).unwrap_or_default()
}

fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let Arguments { command, lookup, global } = arguments;
    let names = &global.names;
    if command.is_some() && lookup.is_given() {
        return Err(Error::LookupBefore);
    }
    let can_be_command = command.is_none();
    let lookup_alone = Command::Lookup(lookup.clone());
    let command = command.as_ref().unwrap_or(&lookup_alone);
    global.refuse_unused(command)?;
    error::IS_QUIET.store(global.quiet, Ordering::Relaxed);
    let text = names.as_deref().map(input::read_file).transpose()?;
    let parse = |(text, path)| NamesFile::parse(text, path);
    let mut own = text.as_deref().zip(names.as_deref()).map(parse).transpose()?.unwrap_or_default();
    own.is_familiar = command.is_familiar();
    let (columns, has_heading) = (global.columns.clone(), !global.no_header);
    let out = Output { format: global.format(), color: global.color.unwrap_or_default(), has_heading, columns };
    let outcome = match command {
        Command::Lookup(lookup) => lookup::run(lookup, can_be_command, &own, &out),
        Command::Search { texts, long, .. } => search::run(texts, *long, &own, &out),
        Command::List(list) => list::run(list, &own, &out),
        Command::Status => status::run(&own, &out),
        Command::Export { kind, selection, file, .. } => export::run(*kind, selection, &own, file.as_deref()),
        Command::Map { transport, file } => map::run(*transport, file),
        Command::Capture { files, by, outer, .. } => capture::run(files, *by, *outer, &own, &out),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::man(),
    }?;
    Ok(if own.is_broken { Outcome::NotUnderstood } else { outcome })
}
