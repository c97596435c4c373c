//! Errors of a build: where the error is, what was found, what was expected, and what to do.

use super::File;
use super::error_kind::{About, ErrorKind};
use std::fmt;

/// Why a build failed.
#[derive(Debug)]
pub struct BuildError {
    /// `file:line:column`, or only the file if all of it is meant.
    place: String,
    /// `record http 80/tcp: `, or empty outside of records.
    record: String,
    kind: ErrorKind,
    file: FileKind,
}

/// The kind of file that an error is about. It decides what the user can do about its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The registry that comes with the crate.
    Embedded,
    /// A registry that the user names.
    Named,
    /// An overlay in the form of IANA's XML.
    Overlay,
    /// An overlay in the form of services(5).
    Services,
}

/// An overlay in the right form, as XML and as services(5) text.
const SAMPLE: &str = "<registry id=\"service-names-port-numbers\">
  <record>
    <name>billing</name> <protocol>tcp</protocol> <number>8080</number>
    <description>invoices and reminders</description>
  </record>
</registry>";
const SAMPLE_LINE: &str = "billing 8080/tcp invoices # invoices and reminders";

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, record, kind, file } = self;
        write!(f, "{place}: {record}{kind}")?;
        match (kind.about(), file) {
            (About::Value, FileKind::Embedded | FileKind::Named) => {
                write!(f, ", or, if the file is IANA's, update iana-ports or pin an older file")
            }
            (About::Form, FileKind::Embedded) => {
                write!(f, "; the crate's own file is damaged: take a fresh copy of the crate")
            }
            (About::Form, FileKind::Named) => write!(f, "; correct the file, or fetch it again if it is IANA's"),
            (About::Form, FileKind::Overlay) => write!(f, "; correct the file to this form:\n{SAMPLE}"),
            (About::Form, FileKind::Services) => write!(f, "; correct the file to this form:\n{SAMPLE_LINE}"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// An error about a file as a whole.
    pub fn of_file(file: &str, kind: ErrorKind) -> Self {
        Self { place: file.to_owned(), record: String::new(), kind, file: FileKind::Named }
    }
}

/// An error in a file whose name the failing code does not know.
#[derive(Debug)]
pub struct InputError {
    /// In bytes from the start of the file.
    pub offset: usize,
    /// The record in the words of an error, if the error is in one.
    pub record: Option<String>,
    pub kind: ErrorKind,
}

impl InputError {
    pub fn at(offset: usize, kind: ErrorKind) -> Self {
        Self { offset, record: None, kind }
    }

    pub fn in_record(self, label: String) -> Self {
        Self { record: Some(label), ..self }
    }

    /// The same error in a file, by line and column. Both count from 1, and the column counts characters.
    pub fn in_file(self, file: &File<'_>) -> BuildError {
        BuildError {
            place: place(self.offset, file),
            record: self.record.map_or(String::new(), |label| format!("record {label}: ")),
            kind: self.kind,
            file: file.kind,
        }
    }
}

/// The file, line and column of an offset.
pub fn place(offset: usize, file: &File<'_>) -> String {
    let before = &file.content[..offset.min(file.content.len())];
    let line = before.split(|&byte| byte == b'\n').count();
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let column = 1 + String::from_utf8_lossy(&before[line_start..]).chars().count();
    format!("{}:{line}:{column}", file.name)
}

/// Errors about all of a file point to its start.
impl From<ErrorKind> for InputError {
    fn from(kind: ErrorKind) -> Self {
        Self::at(0, kind)
    }
}

/// The beginning of a text that an error quotes, long enough to recognize the text, in one line.
pub fn excerpt(text: &str) -> String {
    const KEPT: usize = 120;
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}...", excerpt(&text[..end])),
        None => text.replace(char::is_control, " "),
    }
}
