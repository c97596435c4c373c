//! Checking: the rows of all files become records and blocks, and every property that the lookups rely on is proved or
//! refused.

pub mod precedence;

use super::Columns;
use super::bounds::{MAX_COVERED, at_most};
use super::error::InputError;
use super::error_kind::ErrorKind;
use super::numbers::sorted;
use super::read::registry::{Details, Origin, Person, Registry, Row};
use super::shared::date::Date;
use super::shared::port_range::PortRange;
use super::shared::proto::Proto;
use super::shared::service_name::check_service_name;
use precedence::Precedence;
use std::collections::BTreeMap;
use std::mem;

/// A registry, and perhaps an overlay, with checked rows.
#[derive(Default)]
pub struct Checked {
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
    /// The current name, if the row is another name for it.
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

    /// True if it answers for these ports on this transport.
    fn has(&self, ports: PortRange, proto: Proto) -> bool {
        let is_inside = |own: PortRange| own.contains(ports.first()) && own.contains(ports.last());
        self.ports.is_some_and(is_inside) && self.protos().contains(&proto)
    }
}

impl Block {
    /// The transports that it covers.
    pub fn protos(&self) -> &'static [Proto] {
        Proto::of_block(self.proto)
    }
}

impl Checked {
    /// Checks a file and adds its rows, the registry's first.
    pub fn add(&mut self, registry: Registry, origin: Origin, columns: Columns) -> Result<(), InputError> {
        if origin == Origin::Registry {
            self.registry_rows = registry.rows.len();
            self.experts = registry.experts;
            // Data without a date is as old as its latest row.
            let latest = |row: &Row| row.details.registered.max(row.details.modified);
            let updated = registry.updated.or_else(|| registry.rows.iter().filter_map(latest).max());
            self.updated = Some(updated.ok_or(InputError::at(0, ErrorKind::NoDate))?);
        }
        if columns.contacts {
            self.people.extend(registry.people);
        }
        if registry.rows.is_empty() && origin == Origin::Overlay {
            return Err(InputError::at(0, ErrorKind::NoRows));
        }
        let known = if registry.is_services { self.records_by_name() } else { Vec::new() };
        let mut lines = BTreeMap::new();
        for (at, mut row) in registry.rows.into_iter().enumerate() {
            if registry.is_services {
                // A line may come again. If its name is registered for its ports, only its aliases are new.
                let is_first = *lines.entry(row.label().to_ascii_lowercase()).or_insert(at) == at;
                if !is_first || self.has(&row, &known) {
                    continue;
                }
            }
            let added = self.add_row(&mut row, origin, columns, registry.is_services);
            added.map_err(|error| error.in_record(row.label()))?;
            self.rows += 1;
        }
        if self.records.is_empty() { Err(InputError::at(0, ErrorKind::NoRecords)) } else { Ok(()) }
    }

    /// The records in the order of their folded names.
    fn records_by_name(&self) -> Vec<usize> {
        sorted(self.records.len(), &|a, b| self.records[a].folded.cmp(&self.records[b].folded))
    }

    /// True if one of these records has the row's name and answers for its ports.
    fn has(&self, row: &Row, by_name: &[usize]) -> bool {
        let (Some(name), Some(ports), Some(proto)) = (&row.name, row.ports, row.proto) else { return false };
        let name = name.text.to_ascii_lowercase();
        let first = by_name.partition_point(|&record| self.records[record].folded < name);
        let same = by_name[first..].iter().map(|&record| &self.records[record]);
        same.take_while(|record| record.folded == name).any(|record| record.has(ports, proto))
    }

    /// Adds a row, whose texts move out of it unless it is refused.
    fn add_row(&mut self, row: &mut Row, origin: Origin, columns: Columns, is_of_line: bool) -> Result<(), InputError> {
        let precedence = Precedence::of(row, origin, self.rows);
        let (ports, proto) = (row.ports, row.proto);
        self.covered += ports.map_or(0, |ports| ports.count() as usize);
        at_most("ports covered by all records", self.covered, MAX_COVERED)?;
        let is_unassigned = is_unassigned(&row.details.description);
        match (&row.name, ports) {
            (Some(field), ports) => {
                let (folded, mut name) = (field.text.to_ascii_lowercase(), field.text.clone());
                let next = self.records.len();
                let first = *self.names.entry(folded.clone()).or_insert(next);
                match self.records.get(first) {
                    // The author of services(5) text need not know how the registry spells a name.
                    Some(first) if is_of_line => name.clone_from(&first.name),
                    None if origin == Origin::Overlay && !is_of_line => check_service_name(&name).map_err(|why| {
                        InputError::at(field.offset, ErrorKind::InvalidName { found: name.clone(), why })
                    })?,
                    _ => {}
                }
                let (details, alias_of) = (only(columns, mem::take(&mut row.details)), row.alias_of.take());
                self.records.push(Record { precedence, name, folded, ports, proto, details, alias_of });
            }
            (None, Some(ports)) => {
                let (details, is_range) = (only(columns, mem::take(&mut row.details)), row.is_range);
                self.blocks.push(Block { precedence, ports, proto, details, is_unassigned, is_range });
            }
            (None, None) => return Err(InputError::at(row.offset, ErrorKind::Nothing)),
        }
        Ok(())
    }
}

/// Ports are free for assignment only if the registry says so (RFC 6335 section 6). Ports that were removed,
/// de-registered or set aside for private use are not (section 8.2).
fn is_unassigned(description: &str) -> bool {
    let text = description.to_ascii_lowercase();
    (text.contains("unassigned") && !text.starts_with("reserved")) || text.starts_with("available")
}

/// The details that the tables need. All of them have been checked, so the features do not decide whether a registry is
/// refused.
fn only(columns: Columns, mut details: Details) -> Details {
    if !columns.metadata {
        let Details { description, assignees, contacts, .. } = details;
        details = Details { description, assignees, contacts, ..Details::default() };
    }
    if !columns.descriptions {
        details.description.clear();
    }
    if !columns.contacts {
        (details.assignees, details.contacts) = (Vec::new(), Vec::new());
    }
    details
}
