//! The command `iana-ports`: looks ports and service names up, searches, lists and exports the IANA registry.

mod arguments;
mod capture;
mod changes;
mod chosen;
mod export;
mod line;
mod list;
mod lookup;
mod manual;
mod map;
mod output;
mod own;
mod problem;
mod query;
mod search;
mod status;
mod suggest;

use arguments::{Arguments, Command};
use clap::Parser;
use output::Output;
use own::Own;
use problem::Problem;
use std::process::ExitCode;

/// What a command found.
pub enum Found {
    /// All that was asked for.
    Everything,
    /// Something that was asked for is not there, and standard error says what.
    NotAll,
    /// Something that was asked makes no sense, and standard error says what.
    NotUnderstood,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(Found::Everything) => ExitCode::SUCCESS,
        Ok(Found::NotAll) => ExitCode::from(1),
        Ok(Found::NotUnderstood) => ExitCode::from(2),
        // A reader that has seen enough, such as `head`, is no error.
        Err(problem) if problem.is_broken_pipe() => ExitCode::SUCCESS,
        Err(problem) => {
            problem::tell(&problem);
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<Found, Problem> {
    let text = arguments.names.as_deref().map(own::read).transpose()?;
    let own = Own::parse(text.as_deref().unwrap_or_default(), arguments.names.as_deref())?;
    let out = Output::new(arguments.format, arguments.color);
    match &arguments.command {
        Command::Lookup { queries } => lookup::run(queries, &own, &out),
        Command::Search { texts } => search::run(texts, &own, &out),
        Command::List { chosen } => list::run(chosen, &own, &out),
        Command::Status => status::run(&own, &out),
        Command::Export { kind, chosen, file } => export::run(*kind, chosen, &own, file.as_deref()),
        Command::Map { transport, file } => map::run(*transport, file),
        Command::Capture { files, by, outer } => capture::run(files, *by, *outer, &own, &out),
        Command::Changes { old, new } => changes::run(old, new.as_deref(), &out),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::man(),
    }
}
