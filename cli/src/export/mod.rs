//! `iana-ports export`: the registry in the forms that other programs read.

mod csv;
mod html;
mod json;
mod nft;
mod services;

use crate::Found;
use crate::arguments::{Chosen, Kind};
use crate::output::write;
use crate::own::Own;
use crate::problem::Problem;
use std::path::Path;

/// Writes what was chosen to a file or to standard output.
pub fn run(kind: Kind, chosen: &Chosen, own: &Own<'_>, file: Option<&Path>) -> Result<Found, Problem> {
    write(file, |out| match kind {
        Kind::Services => services::write(chosen, own, out),
        Kind::Csv => csv::write(chosen, out),
        Kind::Json => json::write(chosen, out),
        Kind::Nft => nft::write(chosen, own, out),
        Kind::Html => html::write(chosen, own, out),
    })?;
    Ok(Found::Everything)
}
