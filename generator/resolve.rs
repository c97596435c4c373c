//! Rows to records and blocks: text becomes numbers, and every invariant that the lookups lean on
//! is proved or refused here.

use super::Columns;
use super::date::Date;
use super::details::{Details, details};
use super::error::{Fault, Problem, excerpt};
use super::people::{Person, people};
use super::precedence::{Standing, alias_of};
use super::schema::{Field, Registry, Row};
use super::tables::at_most;
use std::collections::BTreeMap;

/// The longest service name the tables take. RFC 6335 section 5.1 stops at 15; older files do not.
pub const MAX_NAME: usize = 63;

/// Ports that rows may cover, one upon another: each is looked at. IANA's rows cover 58,000.
const MAX_COVERED: usize = 4 << 16;

/// The transport protocols, in the order that everything is sorted by.
pub const TRANSPORTS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];

/// RFC 6335 section 7.1: rows without a transport come from when TCP and UDP were assigned together.
pub const WITHOUT_TRANSPORT: [usize; 2] = [0, 1];

/// The last port that can be assigned (RFC 6335 section 6).
const LAST_USER_PORT: u16 = 49_151;

/// Which file a row is from. What an overlay says comes before what the registry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    Overlay,
    Registry,
}

/// A registry, and perhaps an overlay, whose every value has been checked.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The date of the registry.
    pub updated: Date,
    /// Rows with a service name, in the order of the registry.
    pub records: Vec<Record>,
    /// Rows without one, in the order of the registry.
    pub blocks: Vec<Block>,
    /// The directory of people by id. Empty where the registry has none, or where it is not wanted.
    pub people: BTreeMap<String, Person>,
    /// Folded name to the one way it is spelt.
    spellings: BTreeMap<String, String>,
    /// How many rows there are, and how many ports they cover, again and again where they overlap.
    rows: usize,
    covered: usize,
}

/// A row with a service name.
#[derive(Debug)]
pub struct Record {
    /// The file it is from.
    pub layer: Layer,
    /// Its place among all rows of the registry; those of an overlay come behind.
    pub position: usize,
    /// As the registry spells it.
    pub name: String,
    /// `None` for a name without a port.
    pub ports: Option<Ports>,
    /// An index into [`TRANSPORTS`].
    pub transport: Option<usize>,
    /// What else the row says.
    pub details: Details,
    /// How it ranks among the names of its port.
    pub standing: Standing,
    /// The name that its note gives instead.
    pub alias_of: Option<String>,
}

/// A row without a service name.
#[derive(Debug)]
pub struct Block {
    /// The file it is from.
    pub layer: Layer,
    /// As in [`Record::position`].
    pub position: usize,
    /// The ports it covers.
    pub ports: Ports,
    /// An index into [`TRANSPORTS`]; `None` for all of them.
    pub transport: Option<usize>,
    /// What else the row says.
    pub details: Details,
    /// Whether its ports are free for assignment.
    pub unassigned: bool,
}

/// Port numbers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ports {
    /// The lower end.
    pub first: u16,
    /// The upper end.
    pub last: u16,
}

impl Record {
    /// The transports that it answers on, if it has a port.
    pub fn transports(&self) -> &[usize] {
        match &self.transport {
            Some(transport) => std::slice::from_ref(transport),
            None => &WITHOUT_TRANSPORT,
        }
    }
}

impl Resolved {
    /// Checks a file and adds its rows, the registry's first.
    pub fn add(&mut self, registry: &Registry, layer: Layer, columns: Columns) -> Result<(), Fault> {
        let updated =
            registry.updated.as_ref().map(|updated| Date::read(updated, "<updated>")).transpose()?;
        if layer == Layer::Registry {
            self.updated = updated.ok_or(Fault::at(0, Problem::NoDate))?;
        }
        let people = people(&registry.people)?;
        if columns.contacts {
            self.people.extend(people);
        }
        for row in &registry.rows {
            self.add_row(row, layer, columns).map_err(|fault| fault.in_record(row))?;
            self.rows += 1;
        }
        if self.records.is_empty() {
            return Err(Fault::at(0, Problem::NoRecords));
        }
        Ok(())
    }

    fn add_row(&mut self, row: &Row, layer: Layer, columns: Columns) -> Result<(), Fault> {
        let ports = row.number.as_ref().map(|number| ports(number, layer)).transpose()?;
        let transport = row.protocol.as_ref().map(transport).transpose()?;
        let (position, details) = (self.rows, details(row, columns)?);
        self.covered += ports.map_or(0, |ports| usize::from(ports.last - ports.first) + 1);
        at_most("ports covered by all records", self.covered, MAX_COVERED)?;
        match (&row.name, ports) {
            (Some(field), ports) => {
                let name = name(field)?.to_owned();
                let spelling =
                    self.spellings.entry(name.to_ascii_lowercase()).or_insert_with(|| name.clone());
                if *spelling != name {
                    return Err(Fault::at(field.offset, Problem::CaseCollision(spelling.clone())));
                }
                let (standing, alias_of) = (Standing::of(row), alias_of(row));
                let record = Record { layer, position, name, ports, transport, details, standing, alias_of };
                self.records.push(record);
            }
            (None, Some(ports)) => {
                // Free for assignment only where the registry says so (RFC 6335 section 6). What was
                // removed, de-registered or given to private use is not to be handed out (section 8.2).
                let text = row.description.as_ref().map_or("", |field| field.text.as_str());
                let unassigned = text.to_ascii_lowercase().contains("unassigned");
                self.blocks.push(Block { layer, position, ports, transport, details, unassigned });
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

fn transport(field: &Field) -> Result<usize, Fault> {
    let known = TRANSPORTS.iter().position(|transport| *transport == field.text);
    known.ok_or_else(|| Fault::at(field.offset, Problem::UnknownTransport(excerpt(&field.text))))
}

fn ports(field: &Field, layer: Layer) -> Result<Ports, Fault> {
    let text = || excerpt(&field.text);
    let fault = |problem| Fault::at(field.offset, problem);
    let end = |digits: &str| {
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(fault(Problem::BadNumber(text())));
        }
        digits.parse::<u16>().map_err(|_| fault(Problem::NumberTooLarge(text())))
    };
    let (first, last) = field.text.split_once('-').unwrap_or((&field.text, &field.text));
    let ports = Ports { first: end(first)?, last: end(last)? };
    if ports.first > ports.last {
        return Err(fault(Problem::ReversedRange(text())));
    }
    if ports.last > LAST_USER_PORT && layer == Layer::Registry {
        return Err(fault(Problem::DynamicPort(text())));
    }
    Ok(ports)
}
