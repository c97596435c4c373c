//! The rows that lookups, searches and lists print. In CSV and JSON, each is a row of the registry on one transport. A
//! table merges rows that differ only in the transport.

use crate::error::Error;
use crate::output::{Output, Parts, shown, texts};
use iana_ports::{Column, FamiliarName, PortRange, Proto, Row, service_name};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::HashSet;
use std::mem;

/// A row of the registry, one of the user's names or a familiar name, on one transport; or ports without a row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    /// The query that the line answers, as the user typed it. An item of a list includes the transports that it shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    pub service_name: Option<Cow<'static, str>>,
    pub first_port: Option<u16>,
    pub last_port: Option<u16>,
    /// `None` for a name that is registered for any transport.
    pub transport: Option<Proto>,
    /// The protocol number in IP headers.
    pub protocol: Option<u8>,
    pub status: &'static str,
    #[serde(serialize_with = "text_or_null")]
    pub description: Cow<'static, str>,
    /// Why the query has no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// In JSON, its other columns if they are wanted.
    #[serde(flatten, serialize_with = "other_columns")]
    pub row: Option<Row>,
}

/// The first and the last one are only in lookups.
const COLUMNS: [&str; 9] =
    ["query", "service_name", "first_port", "last_port", "transport", "protocol", "status", "description", "remark"];

/// IANA's columns that a line does not have anyway.
fn further() -> impl Iterator<Item = Column> {
    Column::ALL.iter().copied().filter(|column| !COLUMNS.contains(&column.key()))
}

/// Where a table shows a hyphen, JSON has null.
pub fn text_or_null<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    Some(text).filter(|text| !text.is_empty()).serialize(serializer)
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn other_columns<S: Serializer>(row: &Option<Row>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(row.iter().flat_map(|row| further().map(|column| (column.key(), row.text(column)))))
}

impl Line {
    /// Ports on a transport.
    pub fn new(
        name: Option<&'static str>,
        ports: Option<PortRange>,
        proto: Option<Proto>,
        status: &'static str,
    ) -> Self {
        Self {
            service_name: name.map(Cow::from),
            first_port: ports.map(PortRange::first),
            last_port: ports.map(PortRange::last),
            transport: proto,
            protocol: proto.map(Proto::ip_number),
            status,
            ..Self::default()
        }
    }

    /// A row of the registry on one of its transports.
    pub fn of_row(row: Row, proto: Option<Proto>) -> Self {
        let line = Self::new(row.name(), row.ports(), proto, row.status().as_str());
        Self { description: row.description().into(), row: Some(row), ..line }
    }

    /// A row of the registry on each of its transports.
    pub fn of(row: Row) -> impl Iterator<Item = Self> {
        let is_any = row.proto().is_none() && row.ports().is_none();
        let protos = row.protos().iter().copied().filter(move |_| !is_any);
        let any = is_any.then(|| Self::of_row(row, None));
        protos.map(move |proto| Self::of_row(row, Some(proto))).chain(any)
    }

    /// A name in everyday use, with the registry's name for the port.
    pub fn familiar(name: &'static str, port: u16, proto: Proto) -> Self {
        let line = Self::new(Some(name), Some(port.into()), Some(proto), "Familiar");
        Self { description: service_name(port, proto).unwrap_or_default().into(), ..line }
    }

    /// The cells of CSV.
    fn cells(&self, is_lookup: bool, all_columns: bool) -> Vec<Cow<'_, str>> {
        let number = |number: Option<u16>| Cow::from(number.map_or(String::new(), |number| number.to_string()));
        let query = self.query.as_deref().unwrap_or_default();
        let mut cells = Vec::with_capacity(COLUMNS.len() + Column::ALL.len());
        cells.extend(is_lookup.then_some(Cow::from(query)));
        cells.extend([
            Cow::from(self.service_name.as_deref().unwrap_or_default()),
            number(self.first_port),
            number(self.last_port),
            Cow::from(self.transport.map_or("", Proto::as_str)),
            number(self.protocol.map(u16::from)),
            Cow::from(self.status),
            Cow::from(&*self.description),
        ]);
        cells.extend(is_lookup.then(|| Cow::from(self.remark.as_deref().unwrap_or_default())));
        cells.extend(further().filter(|_| all_columns).map(|column| Cow::from(self.cell(column))));
        cells
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

impl From<FamiliarName> for Line {
    fn from(familiar: FamiliarName) -> Self {
        Self::familiar(familiar.name(), familiar.port(), familiar.proto())
    }
}

/// A line of a table, for rows that differ only in the transport.
#[derive(Serialize)]
struct Merged {
    name: Option<Cow<'static, str>>,
    port: String,
    transports: Vec<Proto>,
    status: &'static str,
    description: Cow<'static, str>,
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
    let mut printer = Printer::new(false, all_columns, out)?;
    printer.add(lines)?;
    printer.finish()
}

/// The lines of local names, then the others, without those that the local names were about.
pub fn own_first(own: impl Iterator<Item = Line>, others: impl Iterator<Item = Line>) -> Vec<Line> {
    let mut seen = HashSet::new();
    own.chain(others).filter(|line| line.row.is_none_or(|row| seen.insert((row, line.transport)))).collect()
}

/// Prints lines that come in parts. CSV and JSON begin with the first part, and a table when there are many lines.
pub struct Printer<'o> {
    out: &'o Output,
    all_columns: bool,
    is_lookup: bool,
    of_table: Vec<Line>,
    pub parts: Parts<'o>,
}

/// The most lines of a table that wait for the widths of its columns.
const MANY: usize = 20_000;

impl<'o> Printer<'o> {
    pub fn new(is_lookup: bool, all_columns: bool, out: &'o Output) -> Result<Self, Error> {
        let own = if is_lookup { &COLUMNS[..] } else { &COLUMNS[1..COLUMNS.len() - 1] };
        let columns: Vec<&str> =
            own.iter().copied().chain(further().map(Column::key).filter(|_| all_columns)).collect();
        let parts = out.parts(if out.is_table() { Merged::COLUMNS } else { &columns })?;
        Ok(Self { out, all_columns, is_lookup, of_table: Vec::new(), parts })
    }

    pub fn add(&mut self, lines: Vec<Line>) -> Result<(), Error> {
        if self.out.is_table() {
            if self.of_table.len() > MANY {
                self.print_table()?;
            }
            self.of_table.extend(lines);
            return Ok(());
        }
        let (all_columns, is_lookup) = (self.all_columns, self.is_lookup);
        let lines = lines.into_iter().map(|line| Line { row: line.row.filter(|_| all_columns), ..line });
        self.parts.collect(lines, |line| line.cells(is_lookup, all_columns))
    }

    pub fn finish(mut self) -> Result<(), Error> {
        if self.out.is_table() {
            self.print_table()?;
        }
        self.parts.finish()
    }

    fn print_table(&mut self) -> Result<(), Error> {
        let merged = merged(mem::take(&mut self.of_table), self.all_columns);
        if !self.all_columns {
            return self.parts.add(merged);
        }
        let is_begun = mem::replace(&mut self.parts.is_begun, !merged.is_empty());
        self.out.text(in_full(&merged, is_begun).as_bytes())
    }
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
fn in_full(merged: &[Merged], is_begun: bool) -> String {
    let mut text = String::new();
    for line in merged {
        if is_begun || !text.is_empty() {
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
