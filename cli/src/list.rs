//! `iana-ports list`: the rows of the registry, in its order.

use crate::Outcome;
use crate::arguments::{Selection, Status};
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::Output;
use crate::rows::{Line, print};

/// Prints the selected rows, the user's own names first.
pub fn run(
    selection: &Selection,
    status: Option<Status>,
    long: bool,
    own: &NamesFile<'_>,
    out: &Output,
) -> Result<Outcome, Error> {
    let own = own.names.iter().filter(|own| own.is_new() && selection.has(own.port, own.proto)).map(Line::from);
    let rows = selection
        .rows()
        .flat_map(Line::of)
        .filter(|line| line.transport.is_none_or(|proto| selection.protos().contains(&proto)));
    let lines: Vec<Line> = own.chain(rows).filter(|line| status.is_none_or(|status| status.is_of(line))).collect();
    let is_empty = lines.is_empty();
    print(lines, long, out)?;
    if is_empty {
        tell(&"no row of the registry is chosen");
        return Ok(Outcome::NotAll);
    }
    Ok(Outcome::Everything)
}

impl Status {
    fn is_of(self, line: &Line) -> bool {
        let wanted = match self {
            Self::Assigned => "Assigned",
            Self::Reserved => "Reserved",
            Self::Unassigned => "Unassigned",
        };
        line.status == wanted
    }
}
