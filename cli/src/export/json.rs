//! JSON: one object for each row, as output.schema.json describes it.

use crate::selection::Selection;
use std::io::{self, Write};

pub fn write(selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let mut start = "[\n";
    for row in selection.rows() {
        out.write_all(start.as_bytes())?;
        serde_json::to_writer(&mut *out, &row)?;
        start = ",\n";
    }
    out.write_all(if start == "[\n" { b"[\n]\n" } else { b"\n]\n" })
}
