//! A page to search, sort and print: the registry in one file, which loads nothing else.
//!
//! The page contains the registry's text as JSON in which `<` is escaped, because it could end the element. The script
//! turns it into text, never into markup, and the security policy allows no other script. Browsers without JavaScript
//! show a table of the System Ports.

use super::page_rows::{STATUS, columns, page_rows};
use crate::local_names::{CommentedName, NamesFile};
use crate::map::{KINDS, pixels};
use crate::selection::Selection;
use crate::suggest::{all_uses, meaning, other_meaning, other_names, records};
use iana_ports::{
    Column, FamiliarName, OVERLAY_SHA256, Person, PortClass, PortStatus, Proto, REGISTRY_EXPERTS, REGISTRY_SHA256,
    REGISTRY_SOURCE, REGISTRY_UPDATED, Row, lookup_service, port_status,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write};

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = concat!(
    include_str!("page/search.js"),
    include_str!("page/rows.js"),
    include_str!("page/map.js"),
    include_str!("page/page.js"),
);

/// The meaning of a port without a row, by its kind.
const MEANINGS: [(&str, &str); 2] = [
    ("reserved", "reserved, without a row of its own"),
    ("dynamic", "one of the Dynamic Ports, 49152-65535, which IANA does not assign"),
];

/// Words that describe what a filter finds, its title, and its address, which the ports of the search follow.
const HINTS: [[&str; 3]; 5] = [
    [r"\b(free|unused|available|unassigned)\b", "unassigned ports", "#status=unassigned&search="],
    [r"\breserved\b", "reserved ports", "#status=reserved&search="],
    [r"\b(system|well.known|privileged|below 1024)\b", "System Ports", "#ports=0-1023&search="],
    [r"\b(dynamic|ephemeral|private)\b", "Dynamic Ports", "#status=dynamic&search="],
    [r"\b(new|changed|changes|latest|recent)\b", "the rows that changed last", "#sort=-Changed&search="],
];

pub fn write(selection: &Selection, own: &NamesFile<'_>, out: &mut dyn Write) -> io::Result<()> {
    let registered: Vec<Row> = selection.rows().collect();
    let own_rows = own.names.iter().filter(|own| own.is_new() && selection.has(own.port, own.proto));
    let own_rows: Vec<&CommentedName<'_>> = own_rows.collect();
    let numbers: HashMap<Row, usize> =
        registered.iter().enumerate().map(|(number, row)| (*row, own_rows.len() + number)).collect();
    let maps: BTreeMap<Proto, _> = Proto::ALL.into_iter().map(|proto| (proto, runs(proto, &numbers))).collect();
    let (familiar, calls) = familiar(&numbers);
    let people = people(&registered);
    let data = json!({
        "columns": columns(), "rows": page_rows(&own_rows, &registered), "people": people, "maps": maps, "kinds": KINDS,
        "meanings": MEANINGS.into_iter().collect::<BTreeMap<_, _>>(), "familiar": familiar, "calls": calls, "hints": HINTS,
    });
    let data = data.to_string().replace('<', "\\u003c");
    let experts = REGISTRY_EXPERTS
        .map_or(String::new(), |experts| format!("The experts who review requests: {}. ", escaped(experts)));
    let overlay = OVERLAY_SHA256.map_or(String::new(), |_| ", with an overlay".to_owned());
    let updated = REGISTRY_UPDATED.to_string();
    let [style_hash, script_hash] = [STYLE, SCRIPT].map(hash);
    let parts: [(&str, &str); 14] = [
        ("style-hash", &style_hash),
        ("script-hash", &script_hash),
        ("updated", &updated),
        ("overlay", &overlay),
        ("source", REGISTRY_SOURCE.unwrap_or("The data comes from a file that the build of this program named.")),
        ("system-ports", &system_ports(&registered)),
        ("legend", &legend()),
        ("sorts", &columns().iter().map(|title| format!("<option>{title}</option>")).collect::<String>()),
        ("people-hidden", if people.is_empty() { " hidden" } else { "" }),
        ("experts", &experts),
        ("sha256", REGISTRY_SHA256),
        ("style", STYLE),
        ("script", SCRIPT),
        ("data", &data),
    ];
    // The inserted parts are not searched again, because only the template has places for parts.
    let mut rest = PAGE;
    while let Some((before, from)) = rest.split_once('{') {
        let (name, behind) = from.split_once('}').unwrap_or((from, ""));
        out.write_all(before.as_bytes())?;
        let part = parts.iter().find(|(own, _)| *own == name).map_or("", |(_, part)| part);
        out.write_all(part.as_bytes())?;
        rest = behind;
    }
    out.write_all(rest.as_bytes())
}

/// The legend of the map.
fn legend() -> String {
    let item = |(name, [red, green, blue]): (&str, [u8; 3])| {
        let square = format!("<rect width=\"1\" height=\"1\" fill=\"rgb({red} {green} {blue})\"/>");
        format!("<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\">{square}</svg>{name}</li>")
    };
    KINDS.into_iter().map(item).collect()
}

/// The rows of the table of System Ports.
fn system_ports(rows: &[Row]) -> String {
    let is_system = |row: &&Row| row.ports().is_some_and(|ports| PortClass::of(ports.first()) == PortClass::System);
    let rows = rows.iter().filter(is_system).map(|row| {
        let mut cells = Column::ALL[..=STATUS].iter().map(|column| row.text(*column).to_string()).collect::<Vec<_>>();
        cells.insert(STATUS, row.status().to_string());
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("<tr><td>{}</td></tr>\n", cells.join("</td><td>"))
    });
    rows.collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The rows and remarks for each familiar name, and the names that people use for each port.
fn familiar(numbers: &HashMap<Row, usize>) -> (BTreeMap<String, Value>, BTreeMap<u16, Vec<String>>) {
    let mut names: BTreeMap<String, Vec<FamiliarName>> = BTreeMap::new();
    let mut calls = BTreeMap::new();
    for familiar in all_uses() {
        let port = familiar.port();
        calls.entry(port).or_insert_with(|| other_names(port, Proto::ALL.into_iter()));
        names.entry(familiar.name().to_ascii_lowercase()).or_default().push(familiar);
    }
    let of_name = |(name, uses): (String, Vec<FamiliarName>)| {
        let rows: BTreeSet<usize> =
            uses.iter().flat_map(|of| records(*of)).filter_map(|row| numbers.get(&row).copied()).collect();
        let is_elsewhere =
            lookup_service(&name).is_some_and(|service| service.records().any(|record| record.port().is_some()));
        let meant = meaning(uses).map(|meaning| {
            let meaning = if is_elsewhere { meaning.replacen("people use", "people also use", 1) } else { meaning };
            format!("{name:?}: {}", meaning.replace(" and ", ", "))
        });
        let remarks: Vec<String> = meant.into_iter().chain(lookup_service(&name).and_then(other_meaning)).collect();
        (name, json!({ "rows": rows, "remarks": remarks }))
    };
    (names.into_iter().map(of_name).collect(), calls)
}

/// The people in the directory that the rows name.
fn people(rows: &[Row]) -> Vec<(&'static str, &'static str, &'static str, Vec<&'static str>, String)> {
    let people: BTreeSet<Person> = rows.iter().flat_map(|row| row.assignees().chain(row.contacts())).collect();
    let is_known = |person: &Person| {
        person.name().or(person.organization()).is_some() || person.uris().len() > 0 || person.updated().is_some()
    };
    people
        .into_iter()
        .filter(is_known)
        .map(|person| {
            let updated = person.updated().map_or(String::new(), |date| date.to_string());
            let (name, organization) = (person.name().unwrap_or_default(), person.organization().unwrap_or_default());
            (person.id(), name, organization, person.uris().collect(), updated)
        })
        .collect()
}

/// The ports as runs: the number of ports, the index of their kind, and the number of the row that covers them, or -1.
fn runs(proto: Proto, numbers: &HashMap<Row, usize>) -> Vec<(usize, u8, i32)> {
    let row = |status: PortStatus| status.record().map(Row::Record).or(status.block().map(Row::Block));
    let number = |row: Row| numbers.get(&row).and_then(|&number| i32::try_from(number).ok());
    let ports: Vec<(u8, i32)> = (0..=u16::MAX)
        .zip(pixels(proto))
        .map(|(port, kind)| (kind, row(port_status(port, proto)).and_then(number).unwrap_or(-1)))
        .collect();
    ports.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0].0, run[0].1)).collect()
}

/// The hash by which a security policy identifies a style or a script.
fn hash(text: &str) -> String {
    use base64::Engine;
    let digest = Sha256::digest(text.as_bytes());
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(digest))
}
