//! Errors of a build: what is wrong, and where.

pub use super::problem::Problem;
use super::schema::Row;
use std::fmt;

/// A build that cannot go on: where, which record, what was found, what was expected, what to do.
#[derive(Debug)]
pub struct BuildError {
    file: String,
    /// `:line:column`, or nothing where the whole file is meant.
    position: String,
    /// `record http 80/tcp: `, or nothing outside records.
    record: String,
    problem: Problem,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, position, record, problem } = self;
        write!(f, "{file}{position}: {record}{problem}")
    }
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// An error about the file as a whole.
    pub fn of_file(file: &str, problem: Problem) -> Self {
        Self { file: file.to_owned(), position: String::new(), record: String::new(), problem }
    }
}

/// A [`BuildError`] in the making: it knows a byte offset, not yet a file.
#[derive(Debug)]
pub struct Fault {
    /// In bytes from the start of the file.
    pub offset: usize,
    /// The [label](Row::label) of the record, if the fault is in one.
    pub record: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

impl Fault {
    /// A fault outside any record.
    pub fn at(offset: usize, problem: Problem) -> Self {
        Self { offset, record: None, problem }
    }

    /// The same fault, in a record.
    pub fn in_record(self, row: &Row) -> Self {
        Self { record: Some(row.label()), ..self }
    }

    /// Turns the offset into a line and a column, both from 1, the column in characters.
    pub fn in_file(self, file: &str, xml: &[u8]) -> BuildError {
        let before = &xml[..self.offset.min(xml.len())];
        let line = before.split(|&byte| byte == b'\n').count();
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let column = 1 + String::from_utf8_lossy(&before[line_start..]).chars().count();
        BuildError {
            file: file.to_owned(),
            position: format!(":{line}:{column}"),
            record: self.record.map_or(String::new(), |label| format!("record {label}: ")),
            problem: self.problem,
        }
    }
}

/// The beginning of a text that an error names: enough to recognise it by.
pub fn excerpt(text: &str) -> String {
    const KEPT: usize = 120;
    if text.len() <= KEPT {
        return text.to_owned(); // nearly always, and cheaper than counting characters
    }
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
