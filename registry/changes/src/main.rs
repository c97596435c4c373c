//! The command `registry-changes`: what changed from one registry file to another.

use clap::{Parser, ValueEnum};
use registry_changes::{Changes, Facts, dates_in_order, read};
use serde::Serialize;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// Show what changed from one registry file to another.
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
    /// Print in this format
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A table in Markdown, or one line for a single file
    Table,
    /// Comma-separated values with a heading
    Csv,
    /// An array of objects
    Json,
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

fn run(Arguments { old, new, format }: &Arguments) -> Result<String, Box<dyn Error>> {
    let before = read(old)?;
    let Some(new) = new else {
        let facts = Facts::of(&before);
        return match format {
            Format::Table => Ok(facts.line()),
            _ => write(&[facts], *format),
        };
    };
    let after = read(new)?;
    let dates = dates_in_order((old, &before), (new, &after))?;
    let changes = Changes::between(&before, &after);
    match format {
        Format::Table => Ok(format!("{dates}\n\n{}", changes.markdown())),
        _ => write(changes.rows(), *format),
    }
}

/// The rows as CSV or JSON.
fn write<R: Serialize>(rows: &[R], format: Format) -> Result<String, Box<dyn Error>> {
    if matches!(format, Format::Json) {
        return Ok(serde_json::to_string_pretty(rows)? + "\n");
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    rows.iter().try_for_each(|row| csv.serialize(row))?;
    Ok(String::from_utf8(csv.into_inner()?)?)
}
