//! CSV as IANA writes it.

use crate::output::io_error;
use crate::selection::Selection;
use iana_ports::Column;
use std::io::{self, Write};

/// Writes the rows with all columns and the line ends of IANA's file.
pub fn write(selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(Column::ALL.iter().map(|column| column.title())).map_err(io_error)?;
    for row in selection.rows() {
        csv.write_record(Column::ALL.iter().map(|column| row.text(*column).to_string())).map_err(io_error)?;
    }
    csv.flush()
}
