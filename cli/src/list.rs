//! `iana-ports list`: the rows of the registry, in its order.

use crate::Outcome;
use crate::arguments::{Selection, Status};
use crate::error::{Error, remark};
use crate::local_names::NamesFile;
use crate::lookup::of_ports;
use crate::output::Output;
use crate::rows::{Line, own_first, print};
use clap::ValueEnum;
use iana_ports::PortClass;

/// Prints the selected rows, the user's own names first.
pub fn run(
    selection: &Selection,
    status: Option<Status>,
    long: bool,
    own: &NamesFile<'_>,
    out: &Output,
) -> Result<Outcome, Error> {
    let own = own.names.iter().filter(|own| selection.has(own.port, own.proto)).map(Line::from);
    let rows = selection
        .rows()
        .flat_map(Line::of)
        .filter(|line| line.transport.is_none_or(|proto| selection.protos().contains(&proto)));
    let dynamic = status == Some(Status::Dynamic);
    let status = status.and_then(|status| status.to_possible_value());
    let dynamic = selection.parts_of(PortClass::Dynamic.ports()).into_iter().filter(|_| dynamic);
    let dynamic = dynamic.flat_map(|ports| of_ports(ports, &selection.protos(), &NamesFile::default()));
    let is_wanted = |line: &Line| status.as_ref().is_none_or(|status| status.matches(line.status, true));
    let lines = own_first(own.filter(is_wanted), rows.chain(dynamic).filter(is_wanted));
    let is_empty = lines.is_empty();
    print(lines, long, out)?;
    if is_empty {
        remark(&"no row of the registry is chosen");
        return Ok(Outcome::NotAll);
    }
    Ok(Outcome::Everything)
}
