//! Rows to records and blocks: text becomes numbers, and every invariant that the lookups lean on
//! is proved or refused here.

use super::Columns;
use super::error::{Fault, Problem};
use super::primary::Standing;
use super::schema::{Field, Registry, Row};
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
    /// Year, month, and day or 0.
    pub updated: (u16, u8, u8),
    /// Rows with a service name, in the order of the registry.
    pub records: Vec<Record>,
    /// Rows without one, in the order of the registry.
    pub blocks: Vec<Block>,
}

/// A row with a service name.
#[derive(Debug)]
pub struct Record {
    /// As the registry spells it.
    pub name: String,
    /// `None` for a name without a port.
    pub ports: Option<Ports>,
    /// An index into [`TRANSPORTS`].
    pub transport: Option<usize>,
    /// Empty where the registry gives none, or where the column is not wanted.
    pub description: String,
    /// How it ranks among the names of its port.
    pub standing: Standing,
}

/// A row without a service name.
#[derive(Debug)]
pub struct Block {
    /// The ports it covers.
    pub ports: Ports,
    /// An index into [`TRANSPORTS`]; `None` for all of them.
    pub transport: Option<usize>,
    /// As in [`Record::description`].
    pub description: String,
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

/// Checks a registry.
pub fn resolve(registry: &Registry, columns: Columns) -> Result<Resolved, Fault> {
    let mut resolved = Resolved { updated: date(registry)?, records: Vec::new(), blocks: Vec::new() };
    let mut spellings = BTreeMap::new();
    for row in &registry.rows {
        add(row, columns, &mut resolved, &mut spellings).map_err(|fault| fault.in_record(row))?;
    }
    if resolved.records.is_empty() {
        return Err(Fault::at(0, Problem::NoRecords));
    }
    Ok(resolved)
}

fn add<'r>(
    row: &'r Row,
    columns: Columns,
    resolved: &mut Resolved,
    spellings: &mut BTreeMap<String, &'r str>,
) -> Result<(), Fault> {
    let ports = row.number.as_ref().map(ports).transpose()?;
    let transport = row.protocol.as_ref().map(transport).transpose()?;
    let text = row.description.as_ref().map_or("", |field| field.text.as_str());
    let description = if columns.descriptions { text.to_owned() } else { String::new() };
    match (&row.name, ports) {
        (Some(field), ports) => {
            let name = name(field)?;
            let spelling = *spellings.entry(name.to_ascii_lowercase()).or_insert(name);
            if spelling != name {
                return Err(Fault::at(field.offset, Problem::CaseCollision(spelling.to_owned())));
            }
            let standing = Standing::of(row);
            resolved.records.push(Record { name: name.to_owned(), ports, transport, description, standing });
        }
        (None, Some(ports)) => {
            // Free for assignment only where the registry says so (RFC 6335 section 6). What was
            // removed, de-registered or given to private use is not to be handed out (section 8.2).
            let unassigned = text.to_ascii_lowercase().contains("unassigned");
            resolved.blocks.push(Block { ports, transport, description, unassigned });
        }
        (None, None) => return Err(Fault::at(row.offset, Problem::Nothing)),
    }
    Ok(())
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

/// `2026-09-12` or `2026-09`.
fn date(registry: &Registry) -> Result<(u16, u8, u8), Fault> {
    let Some(field) = &registry.updated else {
        return Err(Fault::at(0, Problem::NoDate));
    };
    let parts: Vec<&str> = field.text.split('-').collect();
    let number = |index: usize, width: usize| {
        let part = parts.get(index).filter(|part| part.len() == width);
        part.filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?.parse::<u16>().ok()
    };
    let small = |index: usize, last: u8| {
        number(index, 2).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=last).contains(n))
    };
    let day = if parts.len() == 2 { Some(0) } else { small(2, 31) };
    match (number(0, 4), small(1, 12), day, parts.len()) {
        (Some(year), Some(month), Some(day), 2 | 3) => Ok((year, month, day)),
        _ => Err(Fault::at(field.offset, Problem::BadDate(field.text.clone()))),
    }
}
