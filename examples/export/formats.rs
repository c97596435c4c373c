//! The formats of examples/export.rs, one function each.

use crate::{Row, Wanted, transports};
use iana_ports::{PortRange, REGISTRY_UPDATED, lookup_port, services};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// As IANA's own CSV is headed.
const COLUMNS: [&str; 12] = [
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Contact",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
];

/// A line for each port and transport: ranges have none in services(5).
pub fn write_services(wanted: &Wanted, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# The IANA registry of {REGISTRY_UPDATED}, see services(5).")?;
    for port in wanted.ports.unwrap_or(PortRange::new(0, u16::MAX).unwrap()) {
        for &proto in &wanted.transports {
            let Some(primary) = lookup_port(port, proto) else { continue };
            let names: Vec<&str> = primary
                .same_port()
                .take(if wanted.aliases { usize::MAX } else { 1 })
                .map(|record| record.name())
                .filter(|name| !name.contains([' ', '#'])) // which would end the name
                .collect();
            let Some((name, aliases)) = names.split_first() else { continue };
            let mut line = format!("{name:<15} {:<15} {}", format!("{port}/{proto}"), aliases.join(" "));
            if !primary.description().is_empty() {
                line = format!("{line:<47} # {}", primary.description());
            }
            // musl reads at most 127 bytes at a time, and what is left as another line.
            let end = (0..=line.len().min(126)).rev().find(|&end| line.is_char_boundary(end));
            writeln!(out, "{}", line[..end.unwrap_or_default()].trim_end())?;
        }
    }
    Ok(())
}

/// The cells of a row in the order of [`COLUMNS`], as IANA shows them.
macro_rules! cells {
    ($row:expr, $name:expr, $ports:expr) => {{
        let references = $row.references().with_labels();
        let references = references.map(|(of, label)| label.map_or(of.to_string(), str::to_owned));
        [
            $name.to_owned(),
            text($ports),
            text($row.proto()),
            $row.description().to_owned(),
            bracketed($row.assignee()),
            bracketed($row.contact()),
            text($row.registered()),
            text($row.modified()),
            bracketed(references),
            text($row.service_code().map(|code| code.number())),
            text($row.unauthorized_use()),
            text($row.note()),
        ]
    }};
}
pub fn write_csv(wanted: &Wanted, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let rows = wanted.rows().into_iter().map(|row| match row {
        Row::Record(record) => cells!(record, record.name(), record.ports()),
        Row::Block(block) => cells!(block, "", Some(block.ports())),
    });
    let mut written = csv.write_record(COLUMNS);
    for row in rows {
        written = written.and_then(|()| csv.write_record(row));
    }
    written.map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    })?;
    csv.flush()
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn bracketed(values: impl Iterator<Item: ToString>) -> String {
    values.map(|value| format!("[{}]", value.to_string())).collect()
}

pub fn write_json(wanted: &Wanted, out: &mut dyn Write) -> io::Result<()> {
    for (number, row) in wanted.rows().iter().enumerate() {
        out.write_all(if number == 0 { b"[\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, row)?;
    }
    out.write_all(b"\n]\n")
}

/// One definition for each service and transport, whatever number of ports it has there.
pub fn write_nft(wanted: &Wanted, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# The IANA registry of {REGISTRY_UPDATED}, for nftables:\n# tcp dport $tcp_https accept")?;
    for &proto in &wanted.transports {
        let mut defined = BTreeMap::new();
        for service in services() {
            let on_proto = service.records().filter(|record| transports(*record).contains(&proto));
            let ports =
                on_proto.filter(|record| wanted.has_on(*record, proto)).filter_map(|record| record.ports());
            let ports: Vec<String> =
                ports.filter_map(|ports| wanted.part_of(ports)).map(|ports| ports.to_string()).collect();
            let set = match ports.as_slice() {
                [] => continue,
                [port] => port.clone(),
                _ => format!("{{ {} }}", ports.join(", ")),
            };
            // Of other characters nftables makes no name.
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
            let name = service.name().replace(|c| !is_allowed(c), "_");
            if let Some(other) = defined.insert(name.clone(), service) {
                eprintln!(
                    "export: left out {service}/{proto}: its definition would be named as that of {other}"
                );
                continue;
            }
            writeln!(out, "define {proto}_{name} = {set}")?;
        }
    }
    Ok(())
}
