//! `iana-ports list`: the rows of the registry, in its order.

use crate::Found;
use crate::arguments::Chosen;
use crate::line::{Line, merged};
use crate::output::Output;
use crate::own::Own;
use crate::problem::{Problem, tell};

/// Prints the rows that were chosen, one's own names first.
pub fn run(chosen: &Chosen, own: &Own<'_>, out: &Output) -> Result<Found, Problem> {
    let own = own.names.iter().filter(|own| chosen.has(own.port, own.proto)).map(Line::from);
    let lines = merged(own.chain(chosen.rows().map(Line::from)));
    out.rows(&lines)?;
    if lines.is_empty() {
        tell(&"no row of the registry is chosen");
        return Ok(Found::NotAll);
    }
    Ok(Found::Everything)
}
