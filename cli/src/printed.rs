//! Lines: what lookups, searches and lists print.

use crate::output;
use iana_ports::{PortStatus, Proto, Record, Row};
use serde::Serialize;

/// A name on its ports, or ports without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub name: Option<String>,
    /// A port or a range.
    pub port: Option<String>,
    /// In the order of [`Proto::ALL`]; none where any will do.
    pub transports: Vec<Proto>,
    pub status: String,
    pub description: String,
}

impl output::Row for Line {
    const COLUMNS: &'static [&'static str] = &["name", "port", "transports", "status", "description"];

    fn cells(&self) -> Vec<String> {
        let transports: Vec<&str> = self.transports.iter().map(|proto| proto.as_str()).collect();
        let [name, port] = [&self.name, &self.port].map(|text| text.clone().unwrap_or_default());
        vec![name, port, transports.join(","), self.status.clone(), self.description.clone()]
    }
}

/// The transports that a row is on. One that names none is on TCP and UDP if it has a name and a port (RFC 6335
/// section 7.1).
pub fn transports(row: Row) -> Vec<Proto> {
    match (row.proto(), row) {
        (Some(proto), _) => vec![proto],
        (None, Row::Record(record)) if record.port().is_some() => vec![Proto::Tcp, Proto::Udp],
        (None, _) => Proto::ALL.to_vec(),
    }
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        let status = match row {
            Row::Record(_) => "Assigned",
            Row::Block(block) if block.is_unassigned() => "Unassigned",
            Row::Block(_) => "Reserved",
        };
        let is_any = row.proto().is_none() && row.ports().is_none();
        Self {
            name: row.record().map(|record| record.name().to_owned()),
            port: row.ports().map(|ports| ports.to_string()),
            transports: if is_any { Vec::new() } else { transports(row) },
            status: status.to_owned(),
            description: row.description().to_owned(),
        }
    }
}

impl From<Record> for Line {
    fn from(record: Record) -> Self {
        Self::from(Row::from(record))
    }
}

impl Line {
    /// A record or a status as found on one port and transport.
    pub fn at(port: u16, proto: Proto, status: PortStatus, record: Option<Record>) -> Self {
        let block = match status {
            PortStatus::Reserved(block) | PortStatus::Unassigned(block) => block,
            PortStatus::Assigned(_) | PortStatus::Dynamic => None,
        };
        let description = record.map(Record::description).or(block.map(|block| block.description()));
        Self {
            name: record.map(|record| record.name().to_owned()),
            port: Some(port.to_string()),
            transports: vec![proto],
            status: status.to_string(),
            description: description.unwrap_or_default().to_owned(),
        }
    }

    /// Whether two lines differ by transport alone.
    pub fn agrees_with(&self, other: &Self) -> bool {
        (&self.name, &self.port, &self.status, &self.description)
            == (&other.name, &other.port, &other.status, &other.description)
    }
}

/// Lines of which those that differ by transport alone are one, where the first of them was.
pub fn merged(lines: impl IntoIterator<Item = Line>) -> Vec<Line> {
    /// How far apart such lines stand at most: the names of a port on four transports.
    const NEAR: usize = 64;
    let mut merged: Vec<Line> = Vec::new();
    for line in lines {
        let near = merged.len().saturating_sub(NEAR);
        match merged[near..].iter_mut().find(|other| other.agrees_with(&line)) {
            Some(other) => {
                other.transports.extend(line.transports);
                other.transports.sort_unstable();
                other.transports.dedup();
            }
            None => merged.push(line),
        }
    }
    merged
}
