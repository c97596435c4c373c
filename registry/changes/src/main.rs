//! `iana-ports changes`: what changed from one registry file to another.

#[path = "../../generator/mod.rs"]
#[allow(dead_code, reason = "the build script uses the rest")]
mod generator;

use crate::Found;
use crate::output::{self, Output};
use crate::problem::Problem;
use generator::error::Kind;
use generator::filter::Filter;
use generator::hash::Words;
use generator::precedence::Origin;
use generator::schema::{Field, Registry, Row};
use generator::{Columns, File, Input};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Prints what changed, as Markdown unless another format is wanted; or of one file what it has.
pub fn run(old: &Path, new: Option<&Path>, out: &Output) -> Result<Found, Problem> {
    let Some(new) = new else {
        let facts = Facts::of(&read(old)?);
        if out.is_table() {
            out.text(&facts.line())?;
        } else {
            out.rows(&[facts])?;
        }
        return Ok(Found::Everything);
    };
    let (before, after) = (read(old)?, read(new)?);
    let [old_date, new_date] = [&before, &after].map(|registry| text(registry.updated.as_ref()).to_owned());
    if new_date < old_date {
        let (new, old) = (new.to_owned(), old.to_owned());
        return Err(Problem::Older { new, new_date, old, old_date });
    }
    let changes = Changes::between(&before, &after);
    if out.is_table() {
        let heading = format!("The registry of {new_date}, after that of {old_date}.\n\n");
        out.text(&(heading + &changes.markdown()))?;
    } else {
        out.rows(&changes.rows())?;
    }
    Ok(Found::Everything)
}

/// Reads a file and compiles it, for all that can be wrong with it.
fn read(path: &Path) -> Result<Registry, Problem> {
    let xml = std::fs::read(path).map_err(|error| Problem::Unreadable(path.to_owned(), error))?;
    let name = path.display().to_string();
    let columns = Columns { descriptions: true, metadata: true, contacts: true };
    let (registry, filter) = (File { name: &name, kind: Kind::Named, xml: &xml }, &Filter::default());
    generator::generate(Input { registry, overlay: None, columns, filter, words: Words::NATIVE })
        .map_err(|error| Problem::BadRegistry(error.to_string()))?;
    let parsed =
        generator::parse::text(&xml).and_then(|text| generator::parse::parse(text, Origin::Registry));
    parsed.map_err(|fault| Problem::BadRegistry(fault.in_file(&name, &xml).to_string()))
}

/// What a registry has.
#[derive(Serialize)]
struct Facts {
    updated: String,
    rows: usize,
    records: usize,
    service_names: usize,
}

impl output::Row for Facts {
    const COLUMNS: &'static [&'static str] = &["updated", "rows", "records", "service_names"];

    fn cells(&self) -> Vec<String> {
        let counts = [self.rows, self.records, self.service_names].map(|count| count.to_string());
        [self.updated.clone()].into_iter().chain(counts).collect()
    }
}

impl Facts {
    fn of(registry: &Registry) -> Self {
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
    fn line(&self) -> String {
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
    fn between(before: &Registry, after: &Registry) -> Self {
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
        // Of what is left, a name that stays on its transport has moved, a port that stays was renamed.
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

/// What is compared but not shown.
fn other_columns(row: &Row) -> (Vec<&str>, Vec<String>) {
    let fields = [&row.registered, &row.modified, &row.service_code, &row.unauthorized_use, &row.note];
    let xrefs = row.assignees.iter().map(|xref| format!("assignee {}", xref.shown()));
    let xrefs = xrefs.chain(row.xrefs.iter().map(|xref| format!("{} {}", xref.kind, xref.shown())));
    (fields.map(|field| text(field.as_ref())).to_vec(), xrefs.collect())
}

/// What changed: rows by what happened, in the order of the words below.
#[derive(Default)]
struct Changes {
    rows: BTreeMap<usize, Vec<Change>>,
    /// How many rows have other dates, contacts, references or notes alone.
    otherwise: usize,
}

#[derive(Clone, Serialize)]
struct Change {
    what: &'static str,
    row: String,
    before: String,
    after: String,
}

impl output::Row for Change {
    const COLUMNS: &'static [&'static str] = &["what", "row", "before", "after"];

    fn cells(&self) -> Vec<String> {
        vec![self.what.to_owned(), self.row.clone(), self.before.clone(), self.after.clone()]
    }
}

impl Changes {
    const WHAT: [&str; 5] = ["added", "removed", "renamed", "moved", "described anew"];

    fn add(&mut self, what: &'static str, row: &str, before: &str, after: &str) {
        let order = Self::WHAT.iter().position(|other| *other == what).unwrap_or_default();
        let [row, before, after] = [row, before, after].map(str::to_owned);
        self.rows.entry(order).or_default().push(Change { what, row, before, after });
    }

    fn rows(&self) -> Vec<Change> {
        self.rows.values().flatten().cloned().collect()
    }

    fn markdown(&self) -> String {
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
