//! The command `registry-changes`: what changed from one registry file to another.

use clap::Parser;
use registry_changes::{Changes, dates_in_order, facts, read};
use std::path::PathBuf;
use std::process::ExitCode;

/// Show what changed from one registry file to another, as a table in Markdown.
///
/// If you give one file, it prints the date, the number of rows, the number of rows with a name, and the number of
/// different names. Both files must have IANA's format.
#[derive(Parser)]
#[command(
    name = "registry-changes",
    after_help = "Exit status: 0, or 2 if a file is invalid or NEW is older than OLD."
)]
struct Arguments {
    /// Older file, or the only one
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Newer file
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("registry-changes: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(Arguments { old, new }: &Arguments) -> Result<String, String> {
    let before = read(old)?;
    let Some(new) = new else { return Ok(facts(&before)) };
    let after = read(new)?;
    let dates = dates_in_order((old, &before), (new, &after))?;
    Ok(format!("{dates}\n\n{}", Changes::between(&before, &after).markdown()))
}
