//! Rows to records and blocks: text becomes numbers, and every invariant that the lookups lean on
//! is proved or refused here.

use super::Columns;
use super::date::Date;
use super::details::{Details, details};
use super::error::{Fault, Problem};
use super::primary::{Standing, alias_of};
use super::schema::{self, Field, Registry, Row};
use std::collections::BTreeMap;

/// The longest service name the tables take. RFC 6335 section 5.1 stops at 15; older files do not.
pub const MAX_NAME: usize = 63;

/// The transport protocols, in the order that everything is sorted by.
pub const TRANSPORTS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];

/// The last port that can be assigned (RFC 6335 section 6).
const LAST_USER_PORT: u16 = 49_151;

/// A registry whose every value has been checked.
#[derive(Debug)]
pub struct Resolved {
    /// The date of the data.
    pub updated: Date,
    /// Rows with a service name, in the order of the registry.
    pub records: Vec<Record>,
    /// Rows without one, in the order of the registry.
    pub blocks: Vec<Block>,
    /// The directory of people by id. Empty where the registry has none, or where it is not wanted.
    pub people: BTreeMap<String, Person>,
}

/// A row with a service name.
#[derive(Debug)]
pub struct Record {
    /// Its place among all rows of the registry.
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

/// One of the people whom records name by their ids.
#[derive(Debug)]
pub struct Person {
    /// Empty where the registry gives none.
    pub name: String,
    /// Likewise.
    pub organization: String,
    /// In the order of the registry.
    pub uris: Vec<String>,
    /// When the entry was last modified.
    pub updated: Option<Date>,
}

/// Port numbers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ports {
    /// The lower end.
    pub first: u16,
    /// The upper end.
    pub last: u16,
}

/// Checks a registry.
pub fn resolve(registry: &Registry, columns: Columns) -> Result<Resolved, Fault> {
    let updated = registry.updated.as_ref().ok_or(Fault::at(0, Problem::NoDate))?;
    let updated = Date::read(updated, "<updated>")?;
    let people = people(&registry.people)?;
    let people = if columns.contacts { people } else { BTreeMap::new() };
    let mut resolved = Resolved { updated, records: Vec::new(), blocks: Vec::new(), people };
    let mut spellings = BTreeMap::new();
    for (position, row) in registry.rows.iter().enumerate() {
        add(position, row, columns, &mut resolved, &mut spellings).map_err(|fault| fault.in_record(row))?;
    }
    if resolved.records.is_empty() {
        return Err(Fault::at(0, Problem::NoRecords));
    }
    Ok(resolved)
}

fn add<'r>(
    position: usize,
    row: &'r Row,
    columns: Columns,
    resolved: &mut Resolved,
    spellings: &mut BTreeMap<String, &'r str>,
) -> Result<(), Fault> {
    let ports = row.number.as_ref().map(ports).transpose()?;
    let transport = row.protocol.as_ref().map(transport).transpose()?;
    let details = details(row, columns)?;
    match (&row.name, ports) {
        (Some(field), ports) => {
            let name = name(field)?;
            let spelling = *spellings.entry(name.to_ascii_lowercase()).or_insert(name);
            if spelling != name {
                return Err(Fault::at(field.offset, Problem::CaseCollision(spelling.to_owned())));
            }
            let (name, standing, alias_of) = (name.to_owned(), Standing::of(row), alias_of(row));
            resolved.records.push(Record { position, name, ports, transport, details, standing, alias_of });
        }
        (None, Some(ports)) => {
            // Free for assignment only where the registry says so (RFC 6335 section 6). What was
            // removed, de-registered or given to private use is not to be handed out (section 8.2).
            let text = row.description.as_ref().map_or("", |field| field.text.as_str());
            let unassigned = text.to_ascii_lowercase().contains("unassigned");
            resolved.blocks.push(Block { position, ports, transport, details, unassigned });
        }
        (None, None) => return Err(Fault::at(row.offset, Problem::Nothing)),
    }
    Ok(())
}

fn people(directory: &[schema::Person]) -> Result<BTreeMap<String, Person>, Fault> {
    let text = |field: &Option<Field>| field.as_ref().map_or(String::new(), |field| field.text.clone());
    let mut people = BTreeMap::new();
    for schema::Person { offset, id, name, organization, uris, updated } in directory {
        if id.is_empty() {
            return Err(Fault::at(*offset, Problem::NoId));
        }
        let person = Person {
            name: text(name),
            organization: text(organization),
            uris: uris.iter().map(|uri| uri.text.clone()).collect(),
            updated: updated.as_ref().map(|updated| Date::read(updated, "<updated>")).transpose()?,
        };
        if people.insert(id.clone(), person).is_some() {
            return Err(Fault::at(*offset, Problem::DuplicatePerson(id.clone())));
        }
    }
    Ok(people)
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
    known.ok_or_else(|| Fault::at(field.offset, Problem::UnknownTransport(field.text.clone())))
}

fn ports(field: &Field) -> Result<Ports, Fault> {
    let text = || field.text.clone();
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
    if ports.last > LAST_USER_PORT {
        return Err(fault(Problem::DynamicPort(text())));
    }
    Ok(ports)
}
