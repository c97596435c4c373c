//! The rows that lookups, searches and lists print.

use crate::output::Printable;
use iana_ports::{PortStatus, Proto, Record, Row, service_name};
use serde::Serialize;

/// A name on its ports, or ports without a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PrintedRow {
    pub name: Option<String>,
    /// A port or a range.
    pub port: Option<String>,
    /// In the order of [`Proto::ALL`]; none if the name is for any transport.
    pub transports: Vec<Proto>,
    pub status: String,
    pub description: String,
}

impl Printable for PrintedRow {
    const COLUMNS: &[&str] = &["name", "port", "transports", "status", "description"];
}

impl From<Row> for PrintedRow {
    fn from(row: Row) -> Self {
        let is_any = row.proto().is_none() && row.ports().is_none();
        Self {
            name: row.record().map(|record| record.name().to_owned()),
            port: row.ports().map(|ports| ports.to_string()),
            transports: if is_any { Vec::new() } else { row.protos().to_vec() },
            status: row.status().to_string(),
            description: row.description().to_owned(),
        }
    }
}

impl PrintedRow {
    /// A record or a status on one port and transport.
    pub fn at(port: u16, proto: Proto, status: PortStatus, record: Option<Record>) -> Self {
        let row = record.map(Row::from).or(status.block().map(Row::from));
        let (port, status) = (Some(port.to_string()), status.to_string());
        Self { port, transports: vec![proto], status, ..row.map(Self::from).unwrap_or_default() }
    }

    /// A name in everyday use, with the name that the registry has there.
    pub fn familiar(name: &str, port: u16, proto: Proto) -> Self {
        Self {
            name: Some(name.to_owned()),
            port: Some(port.to_string()),
            transports: vec![proto],
            status: "Familiar".to_owned(),
            description: service_name(port, proto).unwrap_or_default().to_owned(),
        }
    }

    /// True if two rows differ only by transport.
    pub fn agrees_with(&self, other: &Self) -> bool {
        (&self.name, &self.port, &self.status, &self.description)
            == (&other.name, &other.port, &other.status, &other.description)
    }
}

/// Merges rows that differ only by transport, in the place of the first of them.
pub fn merged(lines: impl IntoIterator<Item = PrintedRow>) -> Vec<PrintedRow> {
    /// How far apart such rows are at most: the names of a port on four transports.
    const NEAR: usize = 64;
    let mut merged: Vec<PrintedRow> = Vec::new();
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
