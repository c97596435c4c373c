//! Tells what changed from one registry file to another, as a table in Markdown.

#[path = "../generator/mod.rs"]
#[allow(dead_code, reason = "the build script uses the rest")]
mod generator;

use generator::filter::Filter;
use generator::schema::{Field, Registry, Row};
use generator::{Columns, File, Input};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::process::ExitCode;

const HELP: &str = "\
Tells what changed from one registry to another, both in IANA's form.

usage: changes OLD NEW   a table of what was added, removed, renamed, moved and
                         described anew
       changes FILE      date, rows, rows with a name, names

Exit status: 0 if both can be compiled and NEW is not the older, else 1.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = match arguments.as_slice() {
        [option] if option == "--help" || option == "-h" => Ok(HELP.to_owned()),
        [file] => read(file).map(|registry| facts(&registry)),
        [old, new] => changes(old, new),
        _ => Err(format!("expected one file or two\n\n{HELP}")),
    };
    let written = text.and_then(|text| match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
        _ => Ok(()),
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("changes: {}", error.trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Reads a file and compiles it, for all that can be wrong with it.
fn read(path: &str) -> Result<Registry, String> {
    let xml = std::fs::read(path).map_err(|error| format!("{path}: cannot be read ({error})"))?;
    let columns = Columns { descriptions: true, metadata: true, contacts: true };
    let (registry, filter) =
        (File { name: path, kind: generator::error::Kind::Named, xml: &xml }, &Filter::default());
    generator::generate(Input {
        registry,
        overlay: None,
        columns,
        filter,
        words: generator::hash::Words::NATIVE,
    })
    .map_err(|e| e.to_string())?;
    let parsed = generator::parse::text(&xml)
        .and_then(|text| generator::parse::parse(text, generator::precedence::Origin::Registry));
    parsed.map_err(|fault| fault.in_file(path, &xml).to_string())
}

/// `2026-09-12 14,535 12,811 7,329`.
fn facts(registry: &Registry) -> String {
    let names: Vec<&str> =
        registry.rows.iter().map(|row| text(row.name.as_ref())).filter(|name| !name.is_empty()).collect();
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    let counts = [registry.rows.len(), names.len(), distinct.len()].map(thousands);
    format!("{} {}\n", text(registry.updated.as_ref()), counts.join(" "))
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

fn changes(old: &str, new: &str) -> Result<String, String> {
    let (before, after) = (read(old)?, read(new)?);
    let dates = [&before.updated, &after.updated].map(|field| text(field.as_ref()));
    if dates[1] < dates[0] {
        return Err(format!(
            "{new} is of {}, older than {old} of {}; keep the newer one",
            dates[1], dates[0]
        ));
    }
    let mut rows = Rows::default();
    let (mut gone, mut come, mut otherwise) = (by_key(&before), by_key(&after), 0);
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
                otherwise += 1;
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
    let rest = if otherwise == 0 {
        String::new()
    } else {
        format!("\n{otherwise} rows more have other dates, contacts, references or notes.\n")
    };
    Ok(format!("The registry of {}, after that of {}.\n\n{}{rest}", dates[1], dates[0], rows.table()))
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

/// Rows of the table by what happened, in the order of the words below.
#[derive(Default)]
struct Rows(BTreeMap<usize, Vec<[String; 4]>>);

impl Rows {
    const WHAT: [&str; 5] = ["added", "removed", "renamed", "moved", "described anew"];

    fn add(&mut self, what: &str, row: &str, before: &str, after: &str) {
        let order = Self::WHAT.iter().position(|other| *other == what).unwrap_or_default();
        let cell = |text: &str| text.replace('|', "\\|");
        self.0.entry(order).or_default().push([what, row, before, after].map(cell));
    }

    fn table(&self) -> String {
        if self.0.is_empty() {
            return "No name, port or description changed.\n".to_owned();
        }
        let lines = self.0.values().flatten().map(|cells| format!("| {} |\n", cells.join(" | ")));
        let counts = self.0.iter().map(|(&what, rows)| format!("{} {}", rows.len(), Self::WHAT[what]));
        format!(
            "{}.\n\n| what | row | before | after |\n| --- | --- | --- | --- |\n{}",
            counts.collect::<Vec<_>>().join(", "),
            lines.collect::<String>()
        )
    }
}
