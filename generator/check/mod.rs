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

/// A registry, and perhaps an overlay, with checked rows.
#[derive(Default)]
pub struct Checked {
    pub updated: Option<Date>,
    pub experts: Vec<String>,
    /// In the order of the registry, as the blocks.
    pub records: Vec<Record>,
    pub blocks: Vec<Block>,
    /// The directories of all files.
    pub people: Vec<Person>,
    /// From a folded name to its first record.
    names: BTreeMap<String, usize>,
    /// How many rows there are, and how many of them belong to the registry; these come first.
    rows: usize,
    pub registry_rows: usize,
    /// How many ports they cover. If rows overlap, each of them counts.
    covered: usize,
}

/// A row with a service name, in the spelling of its first record.
pub struct Record {
    pub precedence: Precedence,
    /// The name in small letters.
    pub folded: String,
    pub row: Row,
}

/// A row without a service name.
pub struct Block {
    pub precedence: Precedence,
    pub ports: PortRange,
    pub is_unassigned: bool,
    pub row: Row,
}

/// A key that sorts by transport; rows without one come last.
pub fn none_last(proto: Option<Proto>) -> (bool, Option<Proto>) {
    (proto.is_none(), proto)
}

impl Record {
    pub fn name(&self) -> &str {
        self.row.name.as_ref().map_or("", |name| &name.text)
    }

    /// The transports on which it answers, if it has a port.
    pub fn protos(&self) -> &'static [Proto] {
        Proto::of_record(self.row.proto, true)
    }

    /// True if it answers for these ports on this transport.
    fn has(&self, ports: PortRange, proto: Proto) -> bool {
        let is_inside = |own: PortRange| own.contains(ports.first()) && own.contains(ports.last());
        self.row.ports.is_some_and(is_inside) && self.protos().contains(&proto)
    }
}

impl Block {
    pub fn protos(&self) -> &'static [Proto] {
        Proto::of_block(self.row.proto)
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
            let precedence = Precedence::of(&row, origin, self.rows);
            self.rows += 1;
            self.covered += row.ports.map_or(0, |ports| ports.count() as usize);
            let checked = at_most("ports covered by all records", self.covered, MAX_COVERED).map_err(InputError::from);
            let checked = checked.and_then(|()| self.spell(&mut row, origin, registry.is_services));
            checked.map_err(|error| error.in_record(row.label()))?;
            let is_unassigned = is_unassigned(&row.details.description);
            row.details = only(columns, row.details);
            match (&row.name, row.ports) {
                (Some(name), _) => {
                    let folded = name.text.to_ascii_lowercase();
                    self.records.push(Record { precedence, folded, row });
                }
                (None, Some(ports)) => self.blocks.push(Block { precedence, ports, is_unassigned, row }),
                (None, None) => return Err(InputError::at(row.offset, ErrorKind::Nothing).in_record(row.label())),
            }
        }
        if self.records.is_empty() { Err(InputError::at(0, ErrorKind::NoRecords)) } else { Ok(()) }
    }

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

    /// Checks a name, and spells it as the registry does if it is in services(5) text.
    fn spell(&mut self, row: &mut Row, origin: Origin, is_of_line: bool) -> Result<(), InputError> {
        let Some(name) = &mut row.name else { return Ok(()) };
        let next = self.records.len();
        let first = *self.names.entry(name.text.to_ascii_lowercase()).or_insert(next);
        match self.records.get(first) {
            Some(first) if is_of_line => first.name().clone_into(&mut name.text),
            None if origin == Origin::Overlay && !is_of_line => check_service_name(&name.text)
                .map_err(|why| InputError::at(name.offset, ErrorKind::InvalidName { found: name.text.clone(), why }))?,
            _ => {}
        }
        Ok(())
    }
}

/// Ports are free for assignment only if the registry says so (RFC 6335 section 6). Ports that were removed or set
/// aside are not (section 8.2).
fn is_unassigned(description: &str) -> bool {
    let text = description.to_ascii_lowercase();
    (text.contains("unassigned") && !text.starts_with("reserved")) || text.starts_with("available")
}

/// The details that the tables need. All have been checked, so features do not decide what is refused.
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
