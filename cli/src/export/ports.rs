//! A table for joins: one row for each port and transport that has a name.

use crate::local_names::{CommentedName, NamesFile};
use crate::output::io_error;
use crate::selection::Selection;
use iana_ports::{familiar_name, port_status, service_name};
use std::io::{self, Write};

const COLUMNS: [&str; 7] = ["port", "protocol", "transport", "service_name", "status", "description", "familiar_name"];

/// Writes CSV with only one name for each port, so that a join with flows adds no rows. The name that people use is in a
/// column of its own, if it is wanted, so that nobody takes it for one of IANA's.
pub fn write(selection: &Selection, own: &NamesFile<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let columns = if own.is_familiar { COLUMNS.len() } else { COLUMNS.len() - 1 };
    csv.write_record(&COLUMNS[..columns]).map_err(io_error)?;
    for port in selection.ranges().into_iter().flatten() {
        for proto in selection.protos() {
            let first = own.at(port, proto).next();
            let name = first.map(|own| own.name).or(service_name(port, proto));
            let familiar = if own.is_familiar { familiar_name(port, proto) } else { None };
            if name.or(familiar).is_none() {
                continue;
            }
            let status = port_status(port, proto);
            let said = if first.is_some_and(CommentedName::is_new) { "Own" } else { status.as_str() };
            let registered = status.record().map(|record| record.description());
            let description = first.map(CommentedName::description).or(registered).unwrap_or_default();
            let [name, familiar] = [name, familiar].map(Option::unwrap_or_default);
            let (port, protocol) = (port.to_string(), proto.ip_number().to_string());
            let cells = [&port, &protocol, proto.as_str(), name, said, description, familiar];
            csv.write_record(&cells[..columns]).map_err(io_error)?;
        }
    }
    csv.flush()
}
