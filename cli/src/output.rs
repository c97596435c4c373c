//! Output: tables, CSV or JSON on standard output, and files.

use crate::arguments::Format;
use crate::error::Error;
use anstream::AutoStream;
use clap::ColorChoice;
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;
use serde_json::Value;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

/// A row that can be printed as a line of a table, as CSV or as JSON.
pub trait Printable: Serialize {
    /// The fields to print in tables and in CSV, in this order.
    const COLUMNS: &[&str];

    /// The text of each column. The items of a list have commas between them, and null is an empty text.
    fn cells(&self) -> Vec<String> {
        let row = serde_json::to_value(self).unwrap_or_default();
        Self::COLUMNS.iter().map(|column| cell(&row[column])).collect()
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Standard output, and the form of what is printed there.
pub struct Output {
    format: Format,
    color: ColorChoice,
}

impl Output {
    pub fn new(format: Format, color: ColorChoice) -> Self {
        Self { format, color }
    }

    /// True if the output is a table for people.
    pub fn is_table(&self) -> bool {
        self.format == Format::Table
    }

    /// Prints rows in that form. A table without rows is empty.
    pub fn rows<R: Printable>(&self, rows: &[R]) -> Result<(), Error> {
        match self.format {
            Format::Table if rows.is_empty() => Ok(()),
            Format::Table => self.text(&table(rows)),
            Format::Csv => self.text(&csv(rows)?),
            Format::Json => self.text(&json(rows)?),
        }
    }

    /// Prints text, without its colors unless they are wanted.
    pub fn text(&self, text: &str) -> Result<(), Error> {
        let choice = match self.color {
            ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
            ColorChoice::Never => anstream::ColorChoice::Never,
            ColorChoice::Auto => anstream::ColorChoice::Auto,
        };
        let mut out = AutoStream::new(io::stdout(), choice).lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }
}

/// A table with a bold heading. Its columns are as wide as they need to be, or as the terminal has room for.
fn table<R: Printable>(rows: &[R]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(R::COLUMNS.iter().map(|column| column.to_uppercase()));
    table.add_rows(rows.iter().map(|row| row.cells().iter().map(|cell| visible(cell)).collect::<Vec<_>>()));
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 2));
    });
    if io::stdout().is_terminal() {
        if let Some((_, width)) = console::Term::stdout().size_checked() {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
    }
    let mut text = String::new();
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        let [start, end] = if number == 0 { ["\x1b[1m", "\x1b[0m"] } else { ["", ""] };
        text.extend([start, line, end, "\n"]);
    }
    text
}

/// Text without control characters, which a names file may contain. An empty text becomes a hyphen.
fn visible(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.replace(|c: char| c.is_control(), "\u{fffd}") }
}

fn csv<R: Printable>(rows: &[R]) -> Result<String, Error> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let mut written = csv.write_record(R::COLUMNS);
    for row in rows {
        written = written.and_then(|()| csv.write_record(row.cells()));
    }
    written.map_err(io_error)?;
    let bytes = csv.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The input or output error in an error of CSV, so that a broken pipe can be told apart.
pub fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn json<R: Printable>(rows: &[R]) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(rows).map_err(io::Error::from)?;
    text.push('\n');
    Ok(text)
}

/// Writes to standard output, or to a file, which appears complete or not at all.
pub fn write(file: Option<&Path>, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let Some(path) = file else {
        let mut out = BufWriter::new(io::stdout().lock());
        content(&mut out)?;
        out.flush()?;
        return Ok(());
    };
    let unwritable = |error| Error::Unwritable(path.to_owned(), of_the_system(error));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less what the umask forbids
    let temporary = builder.prefix(".iana-ports-").tempfile_in(folder).map_err(unwritable)?;
    let mut out = BufWriter::new(temporary);
    content(&mut out).and_then(|()| out.flush()).map_err(unwritable)?;
    let temporary = out.into_inner().map_err(|error| unwritable(error.into_error()))?;
    temporary.persist(path).map_err(|error| unwritable(error.error))?;
    Ok(())
}

/// An error of the system without the path of the temporary file, which means nothing to the user.
fn of_the_system(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((why, _)) => io::Error::other(why.to_owned()),
        None => error,
    }
}
