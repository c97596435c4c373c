//! What a registry file contains, and what changed from one to another.

use crate::generator::check::precedence::Origin;
use crate::generator::error::FileKind;
use crate::generator::filter::Filter;
use crate::generator::read::schema::{Field, Registry, Row};
use crate::generator::shared::hash::Words;
use crate::generator::{self, Columns, File, Input};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reads a file.
///
/// # Errors
///
/// Fails if the file cannot be read, or if a build would refuse it, with the build's words.
pub fn read(path: &Path) -> Result<Registry, String> {
    let name = path.display().to_string();
    let content = std::fs::read(path).map_err(|error| format!("{name}: cannot be read ({error})"))?;
    let registry = File { name: &name, kind: FileKind::Named, content: &content };
    let columns = Columns { descriptions: true, metadata: true, contacts: true };
    let filter = &Filter::default();
    generator::generate(Input { registry, overlay: None, columns, filter, words: Words::NATIVE })
        .map_err(|error| error.to_string())?;
    generator::read::read(&registry, Origin::Registry).map_err(|error| error.in_file(&registry).to_string())
}

/// A sentence with the dates of both files.
///
/// # Errors
///
/// Fails if the newer file has the earlier date.
pub fn dates_in_order(old: (&Path, &Registry), new: (&Path, &Registry)) -> Result<String, String> {
    let [old_date, new_date] = [old.1, new.1].map(|registry| text(registry.updated.as_ref()));
    if new_date < old_date {
        let [old, new] = [old.0, new.0].map(Path::display);
        return Err(format!("{new} is of {new_date}, older than {old} of {old_date}; keep the newer one"));
    }
    Ok(format!("The registry of {new_date}, after that of {old_date}."))
}

/// How much a registry contains.
#[derive(Serialize)]
pub struct Facts {
    updated: String,
    rows: usize,
    records: usize,
    service_names: usize,
}

impl Facts {
    /// Counts the rows of a registry.
    pub fn of(registry: &Registry) -> Self {
        let names = registry.rows.iter().map(|row| text(row.name.as_ref()));
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let distinct: BTreeSet<&str> = names.iter().copied().collect();
        Self {
            updated: text(registry.updated.as_ref()).to_owned(),
            rows: registry.rows.len(),
            records: names.len(),
            service_names: distinct.len(),
        }
    }

    /// `2026-09-12 14,535 12,811 7,329`.
    pub fn line(&self) -> String {
        let counts = [self.rows, self.records, self.service_names].map(thousands);
        format!("{} {}\n", self.updated, counts.join(" "))
    }
}

fn thousands(number: usize) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1000), number % 1000),
    }
}

fn text(field: Option<&Field>) -> &str {
    field.map_or("", |field| &field.text)
}

/// Name, number and transport protocol.
type Key<'r> = [&'r str; 3];

fn key(row: &Row) -> Key<'_> {
    [&row.name, &row.number, &row.protocol].map(|field| text(field.as_ref()))
}

impl Changes {
    /// Compares two registries.
    pub fn between(before: &Registry, after: &Registry) -> Self {
        let mut rows = Self::default();
        let (mut gone, mut come) = (by_key(before), by_key(after));
        for key in gone.keys().copied().filter(|key| come.contains_key(key)).collect::<Vec<_>>() {
            let (old, new) = (gone.remove(&key).unwrap_or_default(), come.remove(&key).unwrap_or_default());
            for (old, new) in old.iter().zip(&new) {
                if text(old.description.as_ref()) != text(new.description.as_ref()) {
                    rows.add(
                        "described anew",
                        &new.label(),
                        text(old.description.as_ref()),
                        text(new.description.as_ref()),
                    );
                } else if other_columns(old) != other_columns(new) {
                    rows.otherwise += 1;
                }
            }
            let twins = old.len().min(new.len());
            old[twins..]
                .iter()
                .for_each(|row| rows.add("removed", &row.label(), text(row.description.as_ref()), ""));
            new[twins..]
                .iter()
                .for_each(|row| rows.add("added", &row.label(), "", text(row.description.as_ref())));
        }
        // Among the remaining rows, a name that stays on its transport has moved, and a port that stays was renamed.
        for (what, same) in [("moved", [true, false, true]), ("renamed", [false, true, true])] {
            for [name, number, protocol] in gone.keys().copied().collect::<Vec<_>>() {
                let is_same = |other: &Key<'_>| {
                    let pairs = [name, number, protocol].into_iter().zip(*other).zip(same);
                    pairs.into_iter().all(|((a, b), same)| !same || (a == b && !a.is_empty()))
                };
                let Some(other) = come.keys().copied().find(is_same) else { continue };
                let (old, new) = (gone.remove(&[name, number, protocol]), come.remove(&other));
                if let (Some(old), Some(new)) = (old, new) {
                    rows.add(what, "", &old[0].label(), &new[0].label());
                }
            }
        }
        for row in gone.into_values().flatten() {
            rows.add("removed", &row.label(), text(row.description.as_ref()), "");
        }
        for row in come.into_values().flatten() {
            rows.add("added", &row.label(), "", text(row.description.as_ref()));
        }
        rows
    }
}

fn by_key(registry: &Registry) -> BTreeMap<Key<'_>, Vec<&Row>> {
    let mut rows: BTreeMap<Key<'_>, Vec<&Row>> = BTreeMap::new();
    registry.rows.iter().for_each(|row| rows.entry(key(row)).or_default().push(row));
    rows
}

/// The columns that are compared but not shown.
fn other_columns(row: &Row) -> (Vec<&str>, Vec<String>) {
    let fields = [&row.registered, &row.modified, &row.service_code, &row.unauthorized_use, &row.note];
    let xrefs = row.assignees.iter().map(|xref| format!("assignee {}", xref.shown()));
    let xrefs = xrefs.chain(row.xrefs.iter().map(|xref| format!("{} {}", xref.kind, xref.shown())));
    (fields.map(|field| text(field.as_ref())).to_vec(), xrefs.collect())
}

/// What changed: the changed rows by the kind of change, in the order of [`Changes::WHAT`].
#[derive(Default)]
pub struct Changes {
    rows: BTreeMap<usize, Vec<Change>>,
    /// The number of rows in which only dates, contacts, references or notes changed.
    otherwise: usize,
}

/// A row that changed.
#[derive(Clone, Serialize)]
pub struct Change {
    what: &'static str,
    row: String,
    before: String,
    after: String,
}

impl Changes {
    const WHAT: [&str; 5] = ["added", "removed", "renamed", "moved", "described anew"];

    fn add(&mut self, what: &'static str, row: &str, before: &str, after: &str) {
        let order = Self::WHAT.iter().position(|other| *other == what).unwrap_or_default();
        let [row, before, after] = [row, before, after].map(str::to_owned);
        self.rows.entry(order).or_default().push(Change { what, row, before, after });
    }

    /// All changed rows.
    pub fn rows(&self) -> Vec<Change> {
        self.rows.values().flatten().cloned().collect()
    }

    /// A table in Markdown, with the counts above it.
    pub fn markdown(&self) -> String {
        let rest = match self.otherwise {
            0 => String::new(),
            rows => format!("\n{rows} rows more have other dates, contacts, references or notes.\n"),
        };
        if self.rows.is_empty() {
            return format!("No name, port or description changed.\n{rest}");
        }
        let cells = |change: &Change| {
            [change.what, &change.row, &change.before, &change.after]
                .map(|text| text.replace('|', "\\|"))
                .join(" | ")
        };
        let lines = self.rows.values().flatten().map(|change| format!("| {} |\n", cells(change)));
        let counts = self.rows.iter().map(|(&what, rows)| format!("{} {}", rows.len(), Self::WHAT[what]));
        format!(
            "{}.\n\n| what | row | before | after |\n| --- | --- | --- | --- |\n{}{rest}",
            counts.collect::<Vec<_>>().join(", "),
            lines.collect::<String>()
        )
    }
}
