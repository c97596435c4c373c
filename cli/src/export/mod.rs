//! `iana-ports export`: the registry in formats that other programs read.

mod csv;
mod html;
mod json;
mod nft;
mod page_rows;
mod ports;
mod services_file;

use crate::Outcome;
use crate::arguments::Kind;
use crate::error::Error;
use crate::local_names::NamesFile;
use crate::output_file::write;
use crate::selection::Selection;
use std::path::Path;

/// Writes the selected rows to a file or to standard output.
pub fn run(kind: Kind, selection: &Selection, own: &NamesFile<'_>, file: Option<&Path>) -> Result<Outcome, Error> {
    if own.is_familiar && !matches!(kind, Kind::Services | Kind::Ports | Kind::Nft) {
        return Err(Error::Unused("--familiar", "`export services`, `export ports` and `export nft`"));
    }
    if own.is_given && matches!(kind, Kind::Csv | Kind::Json) {
        return Err(Error::Unused("--names", "other kinds of `export`; csv and json have IANA's rows alone"));
    }
    if selection.no_aliases && kind == Kind::Ports {
        return Err(Error::Unused("--no-aliases", "other kinds of `export`; ports has only one name for each port"));
    }
    write(file, |out| match kind {
        Kind::Services => services_file::write(selection, own, out),
        Kind::Ports => ports::write(selection, own, out),
        Kind::Csv => csv::write(selection, out),
        Kind::Json => json::write(selection, out),
        Kind::Nft => nft::write(selection, own, out),
        Kind::Html => html::write(selection, own, out),
    })?;
    Ok(Outcome::Everything)
}
