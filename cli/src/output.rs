//! Output: tables, CSV or JSON on standard output.

use crate::arguments::Format;
use crate::error::{Error, visible};
use anstream::AutoStream;
use anstream::ColorChoice::AlwaysAnsi;
use clap::ColorChoice;
use console::{Alignment, Term, measure_text_width, pad_str};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::mem;

/// The text of each of these columns. Commas separate the items of a list, and null is an empty text.
pub fn texts(columns: &[&str], row: &impl Serialize) -> Vec<String> {
    let row = serde_json::to_value(row).unwrap_or_default();
    columns.iter().map(|column| cell(&row[column]).into_owned()).collect()
}

pub fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::String(text) => text.into(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(",").into(),
        other => other.to_string().into(),
    }
}

/// Standard output, and the format to print.
pub struct Output {
    pub format: Format,
    pub color: ColorChoice,
    /// False if CSV has no heading.
    pub has_heading: bool,
    /// The only columns that CSV has, in this order. All of them if there are none here.
    pub columns: Vec<String>,
}

impl Output {
    /// True if the output is a table for people.
    pub fn is_table(&self) -> bool {
        self.format == Format::Table
    }

    /// Prints rows in this format, tables and CSV with these columns. A table without rows is empty.
    pub fn rows(&self, columns: &[&str], rows: &[impl Serialize]) -> Result<(), Error> {
        let mut parts = self.parts(columns)?;
        parts.add(rows)?;
        parts.finish()
    }

    /// Starts rows that come in parts, with these columns. JSON is a list of objects, one in each line, with all
    /// fields.
    pub fn parts<'o>(&'o self, columns: &[&'o str]) -> Result<Parts<'o>, Error> {
        let place = |name: &String| {
            let place = columns.iter().position(|column| column.eq_ignore_ascii_case(name.trim()));
            place.ok_or_else(|| Error::NoColumn(name.clone(), columns.join(", ")))
        };
        let wanted: Vec<usize> = self.columns.iter().map(place).collect::<Result<_, _>>()?;
        let wanted = if wanted.is_empty() { (0..columns.len()).collect() } else { wanted };
        let (columns, widths, text) = (columns.to_vec(), Vec::new(), Vec::new());
        Ok(Parts { out: self, columns, widths, wanted, is_begun: false, text, csv: writer() })
    }

    /// Prints text, without its colors unless they are wanted.
    pub fn text(&self, text: &[u8]) -> Result<(), Error> {
        let choice = match self.color {
            // Most text has nothing in it that could be a color.
            _ if text.iter().fold(true, |all, byte| all & (*byte >= b' ' || b"\n\r\t".contains(byte))) => AlwaysAnsi,
            ColorChoice::Always => AlwaysAnsi,
            ColorChoice::Never => anstream::ColorChoice::Never,
            ColorChoice::Auto => anstream::ColorChoice::Auto,
        };
        let mut out = AutoStream::new(io::stdout(), choice).lock();
        out.write_all(text)?;
        Ok(out.flush()?)
    }
}

/// Rows that are printed part by part. In a table, columns get wider with later parts where they have to.
pub struct Parts<'o> {
    out: &'o Output,
    pub columns: Vec<&'o str>,
    /// The width of each column of the table so far.
    widths: Vec<usize>,
    /// The indexes of the columns that CSV has.
    wanted: Vec<usize>,
    /// True if a row was printed.
    pub is_begun: bool,
    /// JSON or CSV that is not printed yet.
    text: Vec<u8>,
    csv: csv::Writer<Vec<u8>>,
}

impl Parts<'_> {
    /// Prints rows.
    pub fn add<R: Serialize>(&mut self, rows: impl IntoIterator<Item = R>) -> Result<(), Error> {
        let mut rows = rows.into_iter().peekable();
        if self.out.is_table() && rows.peek().is_some() {
            self.is_begun = true;
            return self.out.text(table(&self.columns, rows, &mut self.widths).as_bytes());
        }
        let columns = self.columns.clone();
        self.collect(rows, |row| texts(&columns, row).into_iter().map(Cow::from).collect())?;
        self.flush()
    }

    /// Adds rows of CSV, with these cells, or of JSON. They are printed when there are many, or by [`Parts::flush`].
    pub fn collect<R: Serialize>(
        &mut self,
        rows: impl Iterator<Item = R>,
        cells: impl Fn(&R) -> Vec<Cow<'_, str>>,
    ) -> Result<(), Error> {
        const MANY: usize = 1 << 16;
        for row in rows {
            let is_first = !mem::replace(&mut self.is_begun, true);
            if self.out.format == Format::Csv {
                if is_first {
                    self.heading()?;
                }
                let cells = cells(&row);
                self.csv.write_record(self.wanted.iter().map(|&column| &*cells[column])).map_err(io_error)?;
            } else {
                let before: &[u8] = match (self.out.format, is_first) {
                    (Format::Json, true) => b"[\n",
                    (Format::Json, false) => b",\n",
                    _ => b"",
                };
                self.text.extend(before);
                serde_json::to_writer(&mut self.text, &row).map_err(io::Error::from)?;
                self.text.extend(if self.out.format == Format::Jsonl { &b"\n"[..] } else { b"" });
            }
            if self.text.len().max(self.csv.get_ref().len()) > MANY {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn heading(&mut self) -> Result<(), Error> {
        if self.out.has_heading {
            let heading = self.wanted.iter().map(|&column| self.columns[column]);
            self.csv.write_record(heading).map_err(io_error)?;
        }
        Ok(())
    }

    /// Prints what [`Parts::collect`] has added.
    pub fn flush(&mut self) -> Result<(), Error> {
        let mut text = mem::take(&mut self.text);
        if self.out.format == Format::Csv {
            text = mem::replace(&mut self.csv, writer()).into_inner().map_err(|error| error.into_error())?;
        }
        if text.is_empty() { Ok(()) } else { self.out.text(&text) }
    }

    /// Completes the output.
    pub fn finish(mut self) -> Result<(), Error> {
        match (self.out.format, self.is_begun) {
            (Format::Csv, false) => self.heading()?,
            (Format::Json, false) => self.text.extend(b"[]\n"),
            (Format::Json, true) => self.text.extend(b"\n]\n"),
            _ => {}
        }
        self.flush()
    }
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::Writer::from_writer(Vec::new())
}

/// A table with a bold heading, unless its columns already have widths. They become as wide as they need to be. If the
/// terminal is narrower, the last column is shortened, and columns that do not fit at all are left out.
fn table<R: Serialize>(columns: &[&str], rows: impl Iterator<Item = R>, widths: &mut Vec<usize>) -> String {
    let is_first = widths.is_empty();
    let heading = is_first.then(|| columns.iter().map(|column| column.to_uppercase()).collect());
    let cells = |row: R| texts(columns, &row).iter().map(|cell| shown(cell)).collect();
    let lines: Vec<Vec<String>> = heading.into_iter().chain(rows.map(cells)).collect();
    widths.resize(columns.len(), 0);
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(measure_text_width(cell));
        }
    }
    let terminal = Term::stdout().size_checked().filter(|_| io::stdout().is_terminal());
    fit(widths, terminal.map_or(usize::MAX, |(_, columns)| columns.into()));
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        let [start, end] = if is_first && number == 0 { ["\x1b[1m", "\x1b[0m"] } else { ["", ""] };
        let cells = line.iter().zip(&*widths).map(|(cell, &width)| pad_str(cell, width, Alignment::Left, Some("…")));
        let line = cells.collect::<Vec<_>>().join(GAP);
        text.extend([start, line.trim_end(), end, "\n"]);
    }
    text
}

/// The space between two columns.
const GAP: &str = "  ";

/// The least width of a shortened column.
const NARROWEST: usize = 8;

/// Shortens the last column until the line fits, or drops it.
fn fit(widths: &mut Vec<usize>, terminal: usize) {
    while let Some((last, others)) = widths.split_last_mut() {
        let before: usize = others.iter().map(|width| width + GAP.len()).sum();
        let left = terminal.saturating_sub(before);
        if *last <= left {
            return;
        }
        if left >= NARROWEST || others.is_empty() {
            *last = left;
            return;
        }
        widths.pop();
    }
}

/// A cell of a table. An empty text becomes a hyphen.
pub fn shown(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { visible(text) }
}

/// The I/O error inside a CSV error, so that a broken pipe can be recognized.
pub fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
