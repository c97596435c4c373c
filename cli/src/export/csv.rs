//! CSV as IANA writes it.

use crate::arguments::Selection;
use crate::output::io_error;
use iana_ports::Row;
use std::io::{self, Write};

/// IANA's columns, in IANA's order.
pub const COLUMNS: [&str; 12] = [
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Contact",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
];

/// Writes the rows with all columns and the line ends of IANA's file.
pub fn write(selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(COLUMNS).map_err(io_error)?;
    for row in selection.rows() {
        csv.write_record(cells(row)).map_err(io_error)?;
    }
    csv.flush()
}

/// The cells of a row in the order of [`COLUMNS`], as IANA shows them.
pub fn cells(row: Row) -> [String; 12] {
    [
        row.record().map_or(String::new(), |record| record.name().to_owned()),
        text(row.ports()),
        text(row.proto()),
        row.description().to_owned(),
        bracketed(row.assignees()),
        bracketed(row.contacts()),
        text(row.registered()),
        text(row.modified()),
        bracketed(row.references()),
        text(row.service_code().map(|code| code.number())),
        text(row.unauthorized_use()),
        text(row.note()),
    ]
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn bracketed(values: impl Iterator<Item: ToString>) -> String {
    values.map(|value| format!("[{}]", value.to_string())).collect()
}
