//! A table for joins: one row for each port and transport that has a name.

use crate::arguments::Selection;
use crate::local_names::{CommentedName, NamesFile};
use crate::output::io_error;
use iana_ports::port_status;
use std::io::{self, Write};

/// Writes CSV with only one name for each port, so that a join with flows adds no rows.
pub fn write(selection: &Selection, own: &NamesFile<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["port", "protocol", "transport", "service_name", "status", "description"]).map_err(io_error)?;
    let names = own.lookups();
    for port in selection.ranges().into_iter().flatten() {
        for proto in selection.protos() {
            let Some(name) = names.name(port, proto) else { continue };
            let status = port_status(port, proto);
            let own = own.at(port, proto).next().map(CommentedName::description);
            let description = own.or(status.record().map(|record| record.description())).unwrap_or_default();
            let (port, protocol) = (port.to_string(), proto.ip_number().to_string());
            csv.write_record([&port, &protocol, proto.as_str(), name, status.as_str(), description])
                .map_err(io_error)?;
        }
    }
    csv.flush()
}
