//! Checking: rows of text become records and blocks, and every property that the lookups rely on is proved or refused.

pub mod details;
pub mod familiar;
pub mod people;
pub mod precedence;

use super::Columns;
use super::bounds::{MAX_COVERED, MAX_NAME, at_most};
use super::error::{self, InputError, excerpt};
use super::error_kind::{self, ErrorKind};
use super::order::{self, sorted};
use super::read::schema::{self, Field, OfLine, Registry, Row};
use super::shared::{self, date::Date};
use details::{Details, date, details};
use people::{Person, people};
use precedence::{Origin, Precedence, alias_of};
use shared::port_class::PortClass;
use shared::port_range::{ParsePortRangeErrorKind, PortRange};
use shared::proto::Proto;
use shared::service_name::check_service_name;
use std::collections::BTreeMap;

/// A registry, and perhaps an overlay, with checked values.
#[derive(Default)]
pub struct Resolved {
    /// The date of the registry.
    pub updated: Option<Date>,
    /// The people who review requests.
    pub experts: Vec<String>,
    /// Rows with a service name, in the order of the registry.
    pub records: Vec<Record>,
    /// Rows without one, in the order of the registry.
    pub blocks: Vec<Block>,
    /// The directories of people of all files. Empty if there are none or if the tables do not need them.
    pub people: Vec<Person>,
    /// From a folded name to its first record.
    names: BTreeMap<String, usize>,
    /// How many rows there are, and how many of them belong to the registry; these come first.
    rows: usize,
    pub registry_rows: usize,
    /// How many ports they cover. If rows overlap, each of them counts.
    covered: usize,
}

/// A row with a service name.
pub struct Record {
    pub precedence: Precedence,
    /// As the registry spells it.
    pub name: String,
    /// The name in small letters.
    pub folded: String,
    /// `None` for a name without a port.
    pub ports: Option<PortRange>,
    /// `None` if the row names none.
    pub proto: Option<Proto>,
    /// The other columns.
    pub details: Details,
    /// The current name, according to its note.
    pub alias_of: Option<String>,
}

/// A row without a service name.
pub struct Block {
    pub precedence: Precedence,
    /// The ports it covers.
    pub ports: PortRange,
    /// `None` for all of them.
    pub proto: Option<Proto>,
    /// The other columns.
    pub details: Details,
    /// True if its ports are free for assignment.
    pub is_unassigned: bool,
    /// True if one port is written as a range: `4748-4748`.
    pub is_range: bool,
}

/// A key that sorts by transport; rows without one come last.
pub fn none_last(proto: Option<Proto>) -> (bool, Option<Proto>) {
    (proto.is_none(), proto)
}

impl Record {
    /// The transports on which it answers, if it has a port.
    pub fn protos(&self) -> &'static [Proto] {
        Proto::of_record(self.proto, true)
    }
}

impl Block {
    /// The transports that it covers.
    pub fn protos(&self) -> &'static [Proto] {
        Proto::of_block(self.proto)
    }
}

impl Resolved {
    /// Checks a file and adds its rows, the registry's first.
    pub fn add(&mut self, registry: &Registry, origin: Origin, columns: Columns) -> Result<(), InputError> {
        let updated = date(registry.updated.as_ref(), "<updated>")?;
        if origin == Origin::Registry {
            self.registry_rows = registry.rows.len();
            self.experts.clone_from(&registry.experts);
            // Data without a date is as old as its latest row. A wrong date is refused with its row.
            let of_row = |row: &Row| {
                [&row.registered, &row.modified].map(|field| date(field.as_ref(), "").ok().flatten()).into_iter().max()
            };
            let updated = updated.or_else(|| registry.rows.iter().filter_map(of_row).flatten().max());
            self.updated = Some(updated.ok_or(InputError::at(0, ErrorKind::NoDate))?);
        }
        let people = people(&registry.people)?;
        if columns.contacts {
            self.people.extend(people);
        }
        let known = if registry.is_services { self.records_by_name() } else { Vec::new() };
        let mut lines = BTreeMap::new();
        for (at, row) in registry.rows.iter().enumerate() {
            if registry.is_services {
                let [name, number, protocol] = [&row.name, &row.number, &row.protocol]
                    .map(|field| field.as_ref().map_or("", |field| field.text.as_str()));
                let name = name.to_ascii_lowercase();
                let line = format!("{name} {number}/{protocol}");
                if self.has(row, &name, &known) || *lines.entry(line).or_insert(at) != at {
                    continue; // only its aliases are new
                }
            }
            self.add_row(row, origin, columns).map_err(|error| error.in_record(row.label()))?;
            self.rows += 1;
        }
        if registry.rows.is_empty() && origin == Origin::Overlay {
            return Err(InputError::at(0, ErrorKind::NoRows));
        }
        if self.records.is_empty() {
            return Err(InputError::at(0, ErrorKind::NoRecords));
        }
        Ok(())
    }

    /// The records in the order of their folded names.
    fn records_by_name(&self) -> Vec<usize> {
        sorted(self.records.len(), &|a, b| self.records[a].folded.cmp(&self.records[b].folded))
    }

    /// True if a record with this folded name answers for the row's port and transport.
    fn has(&self, row: &Row, name: &str, by_name: &[usize]) -> bool {
        let (Some(number), Some(protocol)) = (&row.number, &row.protocol) else { return false };
        let (Ok(ports), Ok(proto)) = (number.text.parse::<PortRange>(), proto(protocol)) else { return false };
        let first = by_name.partition_point(|&record| self.records[record].folded.as_str() < name);
        let same = by_name[first..].iter().map(|&record| &self.records[record]).take_while(|same| same.folded == name);
        let ends = [ports.first(), ports.last()];
        let has = |record: &Record| record.ports.is_some_and(|own| ends.iter().all(|&end| own.contains(end)));
        same.into_iter().any(|record| record.protos().contains(&proto) && has(record))
    }

    fn add_row(&mut self, row: &Row, origin: Origin, columns: Columns) -> Result<(), InputError> {
        let ports = row.number.as_ref().map(|number| ports(number, origin)).transpose()?;
        let proto = row.protocol.as_ref().map(proto).transpose()?;
        let rank = if row.of_line == Some(OfLine::Alias) { Origin::Registry } else { origin };
        let (precedence, details) = (Precedence::of(row, rank, ports, self.rows), details(row, columns)?);
        self.covered += ports.map_or(0, |ports| ports.count() as usize);
        at_most("ports covered by all records", self.covered, MAX_COVERED)?;
        match (&row.name, ports) {
            (Some(field), ports) => {
                let mut name = name(field)?.to_owned();
                let folded = name.to_ascii_lowercase();
                let next = self.records.len();
                let first = *self.names.entry(folded.clone()).or_insert(next);
                if origin == Origin::Overlay && first == next && row.of_line.is_none() {
                    check_service_name(&name).map_err(|why| {
                        InputError::at(field.offset, ErrorKind::InvalidName { found: name.clone(), why })
                    })?;
                }
                if let Some(spelling) = self.records.get(first).map(|record| &record.name) {
                    // The author of services(5) text need not know how the registry spells a name.
                    if row.of_line.is_some() {
                        name.clone_from(spelling);
                    }
                }
                let alias_of = alias_of(row);
                self.records.push(Record { precedence, name, folded, ports, proto, details, alias_of });
            }
            (None, Some(ports)) => {
                // Ports are free for assignment only if the registry says so (RFC 6335 section 6). Ports that were
                // removed, de-registered or set aside for private use are not (section 8.2).
                let text = row.description.as_ref().map_or("", |field| field.text.as_str());
                let text = text.to_ascii_lowercase();
                let is_free = text.contains("unassigned") && !text.starts_with("reserved");
                let is_unassigned = is_free || text.starts_with("available");
                let is_range = ports.count() == 1 && row.number.as_ref().is_some_and(|n| n.text.contains('-'));
                self.blocks.push(Block { precedence, ports, proto, details, is_unassigned, is_range });
            }
            (None, None) => return Err(InputError::at(row.offset, ErrorKind::Nothing)),
        }
        Ok(())
    }
}

fn name(field: &Field) -> Result<&str, InputError> {
    let name = field.text.as_str();
    if let Some(found) = name.chars().find(|c| !matches!(c, ' '..='~')) {
        return Err(InputError::at(field.offset, ErrorKind::UnprintableName(found)));
    }
    if name.len() > MAX_NAME {
        return Err(InputError::at(field.offset, ErrorKind::LongName(name.len())));
    }
    Ok(name)
}

fn proto(field: &Field) -> Result<Proto, InputError> {
    let known = Proto::ALL.into_iter().find(|proto| proto.as_str() == field.text);
    known.ok_or_else(|| InputError::at(field.offset, ErrorKind::UnknownTransport(excerpt(&field.text))))
}

/// A number or a range in the form of a [`PortRange`]. IANA's grammar also allows hexadecimal digits, and spaces around
/// a hyphen.
fn decimal(text: &str) -> String {
    let end = |end: &str| {
        let digits = end.strip_prefix("0x").filter(|digits| !digits.starts_with('+'));
        let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
        number.map_or(end.to_owned(), |number| number.to_string())
    };
    match text.split_once('-') {
        Some((first, last)) => format!("{}-{}", end(first.trim_ascii()), end(last.trim_ascii())),
        None => end(text),
    }
}

fn ports(field: &Field, origin: Origin) -> Result<PortRange, InputError> {
    let found = || excerpt(&field.text);
    let ports = PortRange::read(&decimal(&field.text)).map_err(|kind| match kind {
        ParsePortRangeErrorKind::NotANumber => ErrorKind::BadNumber(found()),
        ParsePortRangeErrorKind::TooLarge => ErrorKind::NumberTooLarge(found()),
        ParsePortRangeErrorKind::Reversed => ErrorKind::ReversedRange(found()),
    });
    let ports = ports.map_err(|kind| InputError::at(field.offset, kind))?;
    if PortClass::of(ports.last()) == PortClass::Dynamic && origin == Origin::Registry {
        return Err(InputError::at(field.offset, ErrorKind::DynamicPort(found())));
    }
    Ok(ports)
}
