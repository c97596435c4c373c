//! Rows to records and blocks: text becomes numbers, and every invariant that the lookups lean on
//! is proved or refused here.

use super::bounds::{MAX_COVERED, MAX_NAME};
use super::details::{Details, date, details};
use super::error::{Fault, Problem, excerpt};
use super::name::check_service_name;
use super::people::{Person, people};
use super::port::PortRangeProblem;
use super::precedence::{Origin, Precedence, alias_of};
use super::schema::{Field, OfLine, Registry, Row};
use super::tables::at_most;
use super::{Columns, Date, PortClass, PortRange, Proto};
use std::collections::{BTreeMap, BTreeSet};

/// A registry, and perhaps an overlay, whose every value has been checked.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The date of the registry.
    pub updated: Option<Date>,
    /// Rows with a service name, in the order of the registry.
    pub records: Vec<Record>,
    /// Rows without one, in the order of the registry.
    pub blocks: Vec<Block>,
    /// The directory of people by id. Empty where the registry has none, or where it is not wanted.
    pub people: BTreeMap<String, Person>,
    /// Folded name to the one way it is spelt.
    spellings: BTreeMap<String, String>,
    /// How many rows there are, and how many of them are the registry's, which come first.
    rows: usize,
    pub registry_rows: usize,
    /// How many ports they cover; where they overlap, each of them counts.
    covered: usize,
}

/// A row with a service name.
#[derive(Debug)]
pub struct Record {
    pub precedence: Precedence,
    /// As the registry spells it.
    pub name: String,
    /// `None` for a name without a port.
    pub ports: Option<PortRange>,
    /// `None` where the row names none.
    pub proto: Option<Proto>,
    /// What else the row says.
    pub details: Details,
    /// The name that its note gives instead.
    pub alias_of: Option<String>,
}

/// A row without a service name.
#[derive(Debug)]
pub struct Block {
    pub precedence: Precedence,
    /// The ports it covers.
    pub ports: PortRange,
    /// `None` for all of them.
    pub proto: Option<Proto>,
    /// What else the row says.
    pub details: Details,
    /// Whether its ports are free for assignment.
    pub is_unassigned: bool,
    /// Whether one port is written as a range: `4748-4748`.
    pub is_range: bool,
}

/// By transport; rows without one come last.
pub fn none_last(proto: Option<Proto>) -> (bool, Option<Proto>) {
    (proto.is_none(), proto)
}

impl Record {
    /// The transports that it answers on, if it has a port.
    pub fn protos(&self) -> &[Proto] {
        self.proto.as_ref().map_or(&Proto::IF_NONE_NAMED, std::slice::from_ref)
    }
}

impl Block {
    /// The transports that it covers.
    pub fn protos(&self) -> &[Proto] {
        self.proto.as_ref().map_or(&Proto::ALL, std::slice::from_ref)
    }
}

impl Resolved {
    /// Checks a file and adds its rows, the registry's first.
    pub fn add(&mut self, registry: &Registry, origin: Origin, columns: Columns) -> Result<(), Fault> {
        let updated = date(registry.updated.as_ref(), "<updated>")?;
        if origin == Origin::Registry {
            self.registry_rows = registry.rows.len();
            self.updated = Some(updated.ok_or(Fault::at(0, Problem::NoDate))?);
        }
        let people = people(&registry.people)?;
        if columns.contacts {
            self.people.extend(people);
        }
        let known = if registry.is_services { self.records_by_name() } else { BTreeMap::new() };
        let mut lines = BTreeSet::new();
        for row in &registry.rows {
            if registry.is_services {
                let [name, number, protocol] = [&row.name, &row.number, &row.protocol]
                    .map(|field| field.as_ref().map_or("", |field| field.text.as_str()));
                let name = name.to_ascii_lowercase();
                let same = known.get(&name);
                let is_known = same.is_some_and(|same| self.has(row, same));
                if is_known || !lines.insert((name, number, protocol)) {
                    continue; // its aliases are what is new
                }
            }
            self.add_row(row, origin, columns).map_err(|fault| fault.in_record(row.label()))?;
            self.rows += 1;
        }
        if registry.rows.is_empty() && origin == Origin::Overlay {
            return Err(Fault::at(0, Problem::NoRows));
        }
        if self.records.is_empty() {
            return Err(Fault::at(0, Problem::NoRecords));
        }
        Ok(())
    }

    /// Folded name to its records.
    fn records_by_name(&self) -> BTreeMap<String, Vec<usize>> {
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, record) in self.records.iter().enumerate() {
            known.entry(record.name.to_ascii_lowercase()).or_default().push(at);
        }
        known
    }

    /// Whether one of these records of the row's name answers for the row's port and transport.
    fn has(&self, row: &Row, same_name: &[usize]) -> bool {
        let (Some(number), Some(protocol)) = (&row.number, &row.protocol) else { return false };
        let (Ok(port), Ok(proto)) = (number.text.parse(), proto(protocol)) else { return false };
        let mut records = same_name.iter().map(|&at| &self.records[at]);
        records.any(|record| {
            record.protos().contains(&proto) && record.ports.is_some_and(|ports| ports.contains(port))
        })
    }

    fn add_row(&mut self, row: &Row, origin: Origin, columns: Columns) -> Result<(), Fault> {
        let ports = row.number.as_ref().map(|number| ports(number, origin)).transpose()?;
        let proto = row.protocol.as_ref().map(proto).transpose()?;
        let rank = if row.of_line == Some(OfLine::Alias) { Origin::Registry } else { origin };
        let (precedence, details) = (Precedence::of(row, rank, ports, self.rows), details(row, columns)?);
        self.covered += ports.map_or(0, |ports| ports.count() as usize);
        at_most("ports covered by all records", self.covered, MAX_COVERED)?;
        match (&row.name, ports) {
            (Some(field), ports) => {
                let name = name(field)?.to_owned();
                if origin == Origin::Overlay && !self.spellings.contains_key(&name.to_ascii_lowercase()) {
                    check_service_name(&name).map_err(|why| {
                        Fault::at(field.offset, Problem::InvalidName { found: name.clone(), why })
                    })?;
                }
                let spelling =
                    self.spellings.entry(name.to_ascii_lowercase()).or_insert_with(|| name.clone());
                // Who writes services(5) text need not know how the registry spells a name.
                let name = if row.of_line.is_some() { spelling.clone() } else { name };
                if *spelling != name {
                    return Err(Fault::at(field.offset, Problem::CaseCollision(spelling.clone())));
                }
                let alias_of = alias_of(row);
                self.records.push(Record { precedence, name, ports, proto, details, alias_of });
            }
            (None, Some(ports)) => {
                // Free for assignment only where the registry says so (RFC 6335 section 6). What was
                // removed, de-registered or given to private use is not to be handed out (section 8.2).
                let text = row.description.as_ref().map_or("", |field| field.text.as_str());
                let is_unassigned = text.to_ascii_lowercase().contains("unassigned");
                let is_range =
                    ports.count() == 1 && row.number.as_ref().is_some_and(|n| n.text.contains('-'));
                self.blocks.push(Block { precedence, ports, proto, details, is_unassigned, is_range });
            }
            (None, None) => return Err(Fault::at(row.offset, Problem::Nothing)),
        }
        Ok(())
    }
}

fn name(field: &Field) -> Result<&str, Fault> {
    let name = field.text.as_str();
    if let Some(found) = name.chars().find(|c| !matches!(c, ' '..='~')) {
        return Err(Fault::at(field.offset, Problem::UnprintableName(found)));
    }
    if name.len() > MAX_NAME {
        return Err(Fault::at(field.offset, Problem::LongName(name.len())));
    }
    Ok(name)
}

fn proto(field: &Field) -> Result<Proto, Fault> {
    let known = Proto::ALL.into_iter().find(|proto| proto.as_str() == field.text);
    known.ok_or_else(|| Fault::at(field.offset, Problem::UnknownTransport(excerpt(&field.text))))
}

fn ports(field: &Field, origin: Origin) -> Result<PortRange, Fault> {
    let found = || excerpt(&field.text);
    let ports = PortRange::read(&field.text).map_err(|problem| match problem {
        PortRangeProblem::NotANumber => Problem::BadNumber(found()),
        PortRangeProblem::TooLarge => Problem::NumberTooLarge(found()),
        PortRangeProblem::Reversed => Problem::ReversedRange(found()),
    });
    let ports = ports.map_err(|problem| Fault::at(field.offset, problem))?;
    if PortClass::of(ports.last()) == PortClass::Dynamic && origin == Origin::Registry {
        return Err(Fault::at(field.offset, Problem::DynamicPort(found())));
    }
    Ok(ports)
}
