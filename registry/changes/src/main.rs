//! The command `registry-changes`: what changed from one registry file to another.

use clap::Parser;
use registry_changes::{Changes, facts, read};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Show what changed from one registry file to another, as a table in Markdown.
///
/// If you give one file, it prints the date, the number of rows, the number of rows with a name, and the number of
/// different names. Both files must have IANA's format.
#[derive(Parser)]
#[command(name = "registry-changes", after_help = "Exit status: 0, or 2 if a file is invalid.")]
struct Arguments {
    /// Older file, or the only one
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Newer file
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
}

fn main() -> ExitCode {
    let printed = run(&Arguments::parse()).and_then(|text| match io::stdout().write_all(text.as_bytes()) {
        // It is not an error if a reader such as `head` stops early.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot print ({error})")),
        _ => Ok(()),
    });
    let Err(error) = printed else { return ExitCode::SUCCESS };
    eprintln!("registry-changes: {error}");
    ExitCode::from(2)
}

fn run(Arguments { old, new }: &Arguments) -> Result<String, String> {
    let before = read(old)?;
    let Some(new) = new else { return Ok(facts(&before)) };
    Ok(Changes::between(&before, &read(new)?).markdown())
}
