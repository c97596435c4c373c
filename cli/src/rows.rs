//! The rows that lookups, searches and lists print. In CSV and JSON, each is a row of the registry on one transport. A
//! table merges rows that differ only in the transport.

use crate::error::Error;
use crate::output::{Output, csv, shown, texts};
use iana_ports::{Column, PortRange, Proto, Row, service_name};
use serde::{Serialize, Serializer};

/// A row of the registry, one of the user's names or a familiar name, on one transport; or ports without a row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    /// The query that the line answers, as the user typed it. An item of a list includes the transport of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    pub service_name: Option<String>,
    pub first_port: Option<u16>,
    pub last_port: Option<u16>,
    /// `None` for a name that is registered for any transport.
    pub transport: Option<Proto>,
    /// The protocol number in IP headers.
    pub protocol: Option<u8>,
    pub status: String,
    pub description: String,
    /// In JSON, its other columns if they are wanted.
    #[serde(flatten, serialize_with = "other_columns")]
    pub row: Option<Row>,
}

const COLUMNS: [&str; 8] =
    ["query", "service_name", "first_port", "last_port", "transport", "protocol", "status", "description"];

/// IANA's columns that a line does not have anyway.
fn further() -> impl Iterator<Item = Column> {
    Column::ALL.iter().copied().filter(|column| !COLUMNS.contains(&column.key()))
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn other_columns<S: Serializer>(row: &Option<Row>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(row.iter().flat_map(|row| further().map(|column| (column.key(), row.text(column)))))
}

impl Line {
    /// Ports on a transport.
    pub fn new(name: Option<&str>, ports: Option<PortRange>, proto: Option<Proto>, status: &str) -> Self {
        Self {
            service_name: name.map(str::to_owned),
            first_port: ports.map(PortRange::first),
            last_port: ports.map(PortRange::last),
            transport: proto,
            protocol: proto.map(Proto::ip_number),
            status: status.to_owned(),
            ..Self::default()
        }
    }

    /// A row of the registry on one of its transports.
    pub fn of_row(row: Row, proto: Option<Proto>) -> Self {
        let line = Self::new(row.name(), row.ports(), proto, row.status().as_str());
        Self { description: row.description().to_owned(), row: Some(row), ..line }
    }

    /// A row of the registry on each of its transports.
    pub fn of(row: Row) -> impl Iterator<Item = Self> {
        let is_any = row.proto().is_none() && row.ports().is_none();
        let protos = row.protos().iter().copied().filter(move |_| !is_any);
        let any = is_any.then(|| Self::of_row(row, None));
        protos.map(move |proto| Self::of_row(row, Some(proto))).chain(any)
    }

    /// A name in everyday use, with the registry's name for the port.
    pub fn familiar(name: &str, port: u16, proto: Proto) -> Self {
        let line = Self::new(Some(name), Some(port.into()), Some(proto), "Familiar");
        Self { description: service_name(port, proto).unwrap_or_default().to_owned(), ..line }
    }

    fn ports(&self) -> String {
        match (self.first_port, self.last_port) {
            (Some(first), Some(last)) if first < last => format!("{first}-{last}"),
            (first, _) => first.map_or(String::new(), |first| first.to_string()),
        }
    }

    /// A cell as IANA shows it.
    fn cell(&self, column: Column) -> String {
        match (self.row, column) {
            (Some(row), _) => row.text(column).to_string(),
            (None, Column::PortNumber) => self.ports(),
            (None, Column::TransportProtocol) => self.transport.map_or(String::new(), |proto| proto.to_string()),
            (None, _) => String::new(),
        }
    }
}

/// A line of a table, for rows that differ only in the transport.
#[derive(Serialize)]
struct Merged {
    name: Option<String>,
    port: String,
    transports: Vec<Proto>,
    status: String,
    description: String,
    /// The cells of the registry's other columns, if they are wanted.
    #[serde(skip)]
    other_cells: Vec<String>,
}

impl Merged {
    const COLUMNS: &[&str] = &["name", "port", "transports", "status", "description"];

    /// The registry's columns after the description.
    fn other_columns() -> impl Iterator<Item = Column> {
        Column::ALL.iter().copied().filter(|column| *column > Column::Description)
    }
}

/// Prints lines, with all columns of the registry if they are wanted.
pub fn print(lines: Vec<Line>, all_columns: bool, out: &Output) -> Result<(), Error> {
    if out.is_table() {
        let merged = merged(lines, all_columns);
        return if all_columns { out.text(&in_full(&merged)) } else { out.rows(Merged::COLUMNS, &merged) };
    }
    if out.is_json() {
        let mut parts = out.parts(&[]);
        parts.add(lines.into_iter().map(|line| Line { row: line.row.filter(|_| all_columns), ..line }))?;
        return parts.finish();
    }
    let has_query = lines.first().is_some_and(|line| line.query.is_some());
    let own = if has_query { &COLUMNS[..] } else { &COLUMNS[1..] };
    let further: Vec<Column> = further().filter(|_| all_columns).collect();
    let heading = own.iter().copied().chain(further.iter().map(|column| column.key())).map(str::to_owned).collect();
    let rows = lines.into_iter().map(|line| {
        let others: Vec<String> = further.iter().map(|&column| line.cell(column)).collect();
        [texts(own, &Line { row: None, ..line }), others].concat()
    });
    out.text(&csv(std::iter::once(heading).chain(rows))?)
}

/// Merges lines that differ only in the transport, in the place of the first one.
fn merged(lines: Vec<Line>, all_columns: bool) -> Vec<Merged> {
    /// The most lines that can be between two such lines: the names of a port on four transports.
    const NEAR: usize = 64;
    let mut merged: Vec<Merged> = Vec::new();
    for line in lines {
        let other_cells = Merged::other_columns().filter(|_| all_columns).map(|column| line.cell(column)).collect();
        let near = merged.len().saturating_sub(NEAR);
        let port = line.ports();
        let agrees = |other: &&mut Merged| {
            (&other.name, &other.port, &other.status, &other.description, &other.other_cells)
                == (&line.service_name, &port, &line.status, &line.description, &other_cells)
        };
        // The names on a transport keep their order, the primary one first.
        let is_after = |other: &Merged| line.transport.is_some_and(|proto| other.transports.contains(&proto));
        let near = near + merged[near..].iter().rposition(is_after).unwrap_or_default();
        if let Some(other) = merged[near..].iter_mut().find(agrees) {
            other.transports.extend(line.transport);
            other.transports.sort_unstable();
            other.transports.dedup();
        } else {
            let Line { service_name: name, status, description, transport, .. } = line;
            let transports = transport.into_iter().collect();
            merged.push(Merged { name, port, transports, status, description, other_cells });
        }
    }
    merged
}

/// Prints each line with all columns, one column in each row.
fn in_full(merged: &[Merged]) -> String {
    let mut text = String::new();
    for line in merged {
        if !text.is_empty() {
            text.push('\n');
        }
        let known = texts(Merged::COLUMNS, line);
        let mut facts: Vec<(&str, &str)> =
            Merged::COLUMNS.iter().copied().zip(known.iter().map(String::as_str)).collect();
        facts.extend(Merged::other_columns().map(Column::key).zip(line.other_cells.iter().map(String::as_str)));
        for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            let name = name.replace('_', " ");
            text.extend([format!("{name:<26}").as_str(), &shown(value), "\n"]);
        }
    }
    text
}
