//! `iana-ports list`: the rows of the registry, in its order.

use crate::Outcome;
use crate::arguments::Selection;
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::Output;
use crate::printed::{PrintedRow, merged};

/// Prints the selected rows, the user's own names first.
pub fn run(selection: &Selection, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let own = own.names.iter().filter(|own| selection.has(own.port, own.proto)).map(PrintedRow::from);
    let lines = merged(own.chain(selection.rows().map(PrintedRow::from)));
    out.rows(&lines)?;
    if lines.is_empty() {
        tell(&"no row of the registry is chosen");
        return Ok(Outcome::NotAll);
    }
    Ok(Outcome::Everything)
}
