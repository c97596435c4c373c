//! Reads and counts the rows of registry files, and compares them.

#[allow(missing_docs, clippy::pedantic, reason = "a part of the build script, where it is linted")]
#[path = "../../../generator/mod.rs"]
pub mod generator;

use crate::generator::error::FileKind;
use crate::generator::filter::Filter;
use crate::generator::read::registry::{Origin, Registry, Row};
use crate::generator::shared::date::Date;
use crate::generator::shared::hash::Words;
use crate::generator::shared::port_range::PortRange;
use crate::generator::shared::proto::Proto;
use crate::generator::{Columns, File, Input};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

/// Reads a file.
///
/// # Errors
///
/// Fails if the file cannot be read, or if a build would refuse it. The error has the same text as in a build.
pub fn read(path: &Path) -> Result<Registry, String> {
    let name = path.display().to_string();
    let content = generator::read_file(path).map_err(|error| format!("{name}: cannot be read ({error})"))?;
    let registry = File { name: &name, kind: FileKind::Named, content: &content };
    let columns = Columns { descriptions: true, metadata: true, contacts: true, familiar: false };
    let filter = &Filter::default();
    let (overlay, familiar, words) = (None, None, Words::NATIVE);
    generator::generate(Input { registry, overlay, familiar, columns, filter, words })
        .map_err(|error| error.to_string())?;
    generator::read::read(&registry, Origin::Registry).map_err(|error| error.in_file(&registry).to_string())
}

/// The date of a registry, and how many rows, records and service names it contains: `2026-09-12 14,535 12,811 7,329`.
pub fn facts(registry: &Registry) -> String {
    let names: Vec<&str> = registry.rows.iter().filter_map(name).collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    let counts = [registry.rows.len(), names.len(), distinct.len()].map(thousands);
    format!("{} {}\n", date(registry.updated), counts.join(" "))
}

fn thousands(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1000), number % 1000),
    }
}

fn date(date: Option<Date>) -> String {
    date.map_or(String::new(), |date| date.to_string())
}

fn name(row: &Row) -> Option<&str> {
    row.name.as_ref().map(|name| name.text.as_str())
}

/// Name, ports and transport protocol.
type Key<'r> = (Option<&'r str>, Option<PortRange>, Option<Proto>);

fn key(row: &Row) -> Key<'_> {
    (name(row), row.ports, row.proto)
}

/// The part of a key that is the same in two rows if one of them became the other; the rest of it is `None`.
type Common = for<'r> fn(Key<'r>) -> Key<'r>;

/// Pairs of rows from both files, in order, and the remaining rows of each file.
type Paired<'r> = (Vec<[&'r Row; 2]>, [Vec<&'r Row>; 2]);

/// Pairs rows for which `common` gives the same value; `None` pairs with nothing. All rows are in the order of their
/// keys.
fn pair<'r, K: Ord>([mut old, new]: [Vec<&'r Row>; 2], common: impl Fn(&'r Row) -> Option<K>) -> Paired<'r> {
    let mut waiting: BTreeMap<Option<K>, VecDeque<&Row>> = BTreeMap::new();
    for row in new {
        waiting.entry(common(row)).or_default().push_back(row);
    }
    let (mut pairs, mut gone) = (Vec::new(), Vec::new());
    old.sort_by_key(|row| key(row));
    for row in old {
        let own = common(row);
        let other = if own.is_some() { waiting.get_mut(&own).and_then(VecDeque::pop_front) } else { None };
        other.map_or_else(|| gone.push(row), |other| pairs.push([row, other]));
    }
    let mut come: Vec<&Row> = waiting.into_values().flatten().collect();
    come.sort_by_key(|row| key(row));
    (pairs, [gone, come])
}

/// A text as code in a table, where GitHub finds no markup, mention or link. Replaces the characters that would end the
/// code or the cell, or mislead a terminal.
fn code(text: &str) -> String {
    let misleads =
        |c: char| c.is_control() || ('\u{200b}'..='\u{200f}').contains(&c) || ('\u{2028}'..'\u{2070}').contains(&c);
    let text = text.replace('`', "'").replace('|', "\u{a6}").replace(misleads, "\u{fffd}");
    if text.is_empty() { text } else { format!("`{text}`") }
}

/// The differences between two registries.
#[derive(Default)]
pub struct Changes {
    /// The dates of both registries.
    dates: [String; 2],
    rows: Vec<Change>,
    /// The number of rows in which only dates, contacts, references or notes changed.
    otherwise: usize,
}

/// A row that changed.
struct Change {
    what: &'static str,
    row: String,
    before: String,
    after: String,
}

impl Changes {
    /// The kinds of changes, in the order in which they are shown.
    const WHAT: [&str; 5] = ["added", "removed", "renamed", "moved", "described anew"];

    /// Compares two registries.
    pub fn between(before: &Registry, after: &Registry) -> Self {
        let mut changes = Self { dates: [before, after].map(|registry| date(registry.updated)), ..Self::default() };
        let description = |row: &Row| row.details.description.clone();
        let (same, mut rest) =
            pair([before, after].map(|registry| registry.rows.iter().collect()), |row| Some(key(row)));
        for [old, new] in same {
            if description(old) != description(new) {
                changes.add("described anew", new.label(), description(old), description(new));
            } else if old.details != new.details {
                changes.otherwise += 1;
            }
        }
        // If the name and the transport are the same, the row has moved. If the port and the transport are the same, it
        // was renamed.
        let moved: Common = |(name, _, proto)| (name, None, proto);
        let renamed: Common = |(_, ports, proto)| (None, ports, proto);
        for (what, common) in [("moved", moved), ("renamed", renamed)] {
            let has_all = |row: &Row| row.name.is_some() && row.ports.is_some() && row.proto.is_some();
            let (pairs, left) = pair(rest, |row| if has_all(row) { Some(common(key(row))) } else { None });
            for [old, new] in pairs {
                changes.add(what, String::new(), old.label(), new.label());
            }
            rest = left;
        }
        let [gone, come] = rest;
        for row in gone {
            changes.add("removed", row.label(), description(row), String::new());
        }
        for row in come {
            changes.add("added", row.label(), String::new(), description(row));
        }
        changes.rows.sort_by_key(|change| Self::WHAT.iter().position(|what| *what == change.what));
        changes
    }

    fn add(&mut self, what: &'static str, row: String, before: String, after: String) {
        self.rows.push(Change { what, row, before, after });
    }

    /// A table in Markdown, with the dates and the counts above it.
    pub fn markdown(&self) -> String {
        let [old, new] = &self.dates;
        let dates = format!("The registry of {new}, after that of {old}.\n\n");
        let rest = match self.otherwise {
            0 => String::new(),
            1 => "\n1 row more has other dates, contacts, references or notes.\n".to_owned(),
            rows => format!("\n{rows} rows more have other dates, contacts, references or notes.\n"),
        };
        if self.rows.is_empty() {
            return format!("{dates}No name, port or description changed.\n{rest}");
        }
        let cells = |change: &Change| {
            [change.what.to_owned(), code(&change.row), code(&change.before), code(&change.after)].join(" | ")
        };
        let lines: String = self.rows.iter().map(|change| format!("| {} |\n", cells(change))).collect();
        let groups = self.rows.chunk_by(|a, b| a.what == b.what);
        let counts: Vec<String> = groups.map(|group| format!("{} {}", group.len(), group[0].what)).collect();
        let counts = counts.join(", ");
        format!("{dates}{counts}.\n\n| what | row | before | after |\n| --- | --- | --- | --- |\n{lines}{rest}")
    }
}
