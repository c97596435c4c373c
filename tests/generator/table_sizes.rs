//! Checks the size of every table in bytes.

use crate::generator::check::Checked;
use crate::generator::error::FileKind;
use crate::generator::filter::Filter;
use crate::generator::read::registry::Origin;
use crate::generator::read::{self, rows};
use crate::generator::shared::hash::Words;
use crate::generator::{Columns, File, layout};
use crate::oracle;
use std::collections::BTreeSet;
use std::path::Path;

/// The tables of the embedded registry with the default features. If a change is intended, write down the new size
/// here.
const TABLES: [(&str, usize); 30] = [
    ("ALIAS_TO_SERVICE", 400),
    ("BLOCK_TO_DESCRIPTION", 1727),
    ("BLOCK_TO_FLAGS", 1727),
    ("BLOCK_TO_LAST", 3454),
    ("BLOCK_TO_PORT", 3454),
    ("CANDIDATES_OF_ENTRIES", 510),
    ("CANONICAL_PORTS", 6144),
    ("COPY_TO_CANONICAL", 0),
    ("DESCRIPTIONS", 148_867),
    ("ENTRIES_OF_SERVICES", 452),
    ("ENTRY_TO_CANDIDATES", 1530),
    ("ENTRY_TO_DESCRIPTION", 29_872),
    ("ENTRY_TO_FLAGS", 7448),
    ("ENTRY_TO_NAME", 29_796),
    ("ENTRY_TO_PORT", 14_896),
    ("ENTRY_TO_RANGE", 42),
    ("FURTHER_TO_SERVICE", 232),
    ("NAMES", 47_560),
    ("NAME_TO_PILOT", 2447),
    ("PAGE_TO_ENTRY", 59_520),
    ("PILOT_TO_FLIPS", 1024),
    ("PORTS_TO_PAGE", 16_384),
    ("PORTS_TO_STATUS_PAGE", 8192),
    ("ROWS_IN_ORDER", 20_160),
    ("SERVICE_TO_ENTRIES", 660),
    ("SLOT_TO_SERVICE", 150),
    ("SORTED_TO_SERVICE", 14_664),
    ("STATUSES", 856),
    ("STATUS_PAGE_TO_STATUSES", 13_248),
    ("WANTED_PORTS", 0),
];

/// The tables that `metadata`, `contacts` and `familiar` add.
const MORE_TABLES: [(&str, usize); 25] = [
    ("DIRECTORY_TEXT", 209_366),
    ("DIRECTORY_TEXTS", 67_200),
    ("FAMILIAR_IN_ORDER", 1762),
    ("FAMILIAR_TO_SERVICE", 1762),
    ("GROUP_TO_PEOPLE", 168),
    ("METADATA", 45_749),
    ("METADATA_TEXTS", 2204),
    ("PEOPLE", 70_027),
    ("PEOPLE_OF_GROUPS", 112),
    ("PERSON_TO_ID", 22_460),
    ("PERSON_TO_UPDATED", 11_230),
    ("PERSON_TO_URIS", 11_232),
    ("PORT_TO_FAMILIAR", 3524),
    ("POSITIONS_APART", 1068),
    ("REFERENCES", 2640),
    ("REFERENCES_OF_ROWS", 468),
    ("ROW_TO_ASSIGNEE", 4396),
    ("ROW_TO_CONTACT", 18_424),
    ("ROW_TO_MODIFIED", 1760),
    ("ROW_TO_NOTE", 4528),
    ("ROW_TO_POSITION", 18_424),
    ("ROW_TO_REFERENCES", 1872),
    ("ROW_TO_REGISTERED", 11_996),
    ("ROW_TO_SERVICE_CODE", 32),
    ("ROW_TO_UNAUTHORIZED_USE", 316),
];

const ANSWERS: &str = include_str!("../../docs/answers.md");
const ARCHITECTURE: &str = include_str!("../../docs/ARCHITECTURE.md");

const NONE: Columns = Columns { descriptions: false, metadata: false, contacts: false, familiar: false };
const DEFAULT: Columns = Columns { descriptions: true, ..NONE };
const ALL: Columns = Columns { descriptions: true, metadata: true, contacts: true, familiar: true };

/// The list of familiar names, which is part of the package.
const FAMILIAR: &[u8] = include_bytes!("../../registry/familiar.services");

fn sizes_of_tables(xml: &str, columns: Columns, filter: &Filter) -> Vec<(&'static str, usize)> {
    let registry = rows::read(xml, Origin::Registry).unwrap_or_else(|error| panic!("{error:?}"));
    let mut checked = Checked::default();
    checked.add(registry, Origin::Registry, columns).unwrap_or_else(|error| panic!("{error:?}"));
    let list = File { name: "familiar.services", kind: FileKind::Services, content: FAMILIAR };
    let list = read::read_familiar(&list).unwrap_or_else(|error| panic!("{error:?}"));
    let tables =
        layout::lay_out(&checked, columns, filter, &list, Words::Wide).unwrap_or_else(|error| panic!("{error:?}"));
    let arrays = tables.arrays.iter().map(|array| (array.name, array.values.len() * array.width() as usize));
    let texts = tables.texts.iter().map(|(name, text)| (*name, text.len()));
    let mut sizes: Vec<(&str, usize)> = arrays.chain(texts).collect();
    sizes.sort_unstable();
    sizes
}

#[test]
fn every_table_has_the_bytes_it_had() {
    if !oracle::is_embedded() {
        oracle::skip("the sizes are those of the embedded registry");
        return;
    }
    let xml = std::fs::read_to_string(oracle::registry_path()).unwrap();
    assert_eq!(sizes_of_tables(&xml, DEFAULT, &Filter::default()), TABLES);
    let all = sizes_of_tables(&xml, ALL, &Filter::default());
    let is_new = |(name, _): &&(&str, usize)| TABLES.iter().all(|(other, _)| other != name);
    assert_eq!(all.iter().filter(is_new).copied().collect::<Vec<_>>(), MORE_TABLES);
    // Rows whose values in one of these columns differ between transports have several entries. Familiar names are in
    // the pool and in the table of names.
    let bytes = |tables: &[(&str, usize)]| tables.iter().map(|(_, bytes)| bytes).sum::<usize>();
    let more = bytes(&all) - bytes(&MORE_TABLES) - bytes(&TABLES);
    assert!(more < 2048 + 4096, "{more} bytes more in the tables of the default features");
}

/// The columns in docs/answers.md, and the tables of each column.
const COLUMNS: [(&str, &[&str]); 9] = [
    ("Description", &["DESCRIPTIONS", "ENTRY_TO_DESCRIPTION", "BLOCK_TO_DESCRIPTION"]),
    ("Assignee", &["ROW_TO_ASSIGNEE"]),
    ("Contact", &["ROW_TO_CONTACT", "PEOPLE", "PERSON_TO_ID", "GROUP_TO_PEOPLE", "PEOPLE_OF_GROUPS"]),
    ("Registration Date", &["ROW_TO_REGISTERED"]),
    ("Modification Date", &["ROW_TO_MODIFIED"]),
    ("Reference", &["ROW_TO_REFERENCES", "REFERENCES_OF_ROWS", "REFERENCES"]),
    ("Service Code", &["ROW_TO_SERVICE_CODE"]),
    ("Unauthorized Use Reported", &["ROW_TO_UNAUTHORIZED_USE"]),
    ("Assignment Notes", &["ROW_TO_NOTE", "METADATA", "METADATA_TEXTS"]),
];

#[test]
fn the_documents_give_the_size_of_each_column() {
    for (column, tables) in COLUMNS {
        let all = || TABLES.iter().chain(&MORE_TABLES);
        let bytes = |table: &&str| all().find(|(name, _)| name == table).unwrap().1;
        let bytes: usize = tables.iter().map(bytes).sum();
        let row = ANSWERS.lines().find(|line| line.starts_with(&format!("| {column} | "))).unwrap();
        let said: usize = row.split(" | ").nth(3).unwrap().replace(',', "").parse().unwrap();
        assert_eq!(said, bytes, "{row}");
    }
}

/// docs/ARCHITECTURE.md lists every table once, alone or together with others, with the size in bytes.
#[test]
fn the_architecture_gives_the_size_of_each_table() {
    let mut told = Vec::new();
    for row in ARCHITECTURE.lines().filter_map(|line| line.strip_prefix("| `")) {
        let (names, rest) = row.split_once(" | ").unwrap();
        let names: Vec<&str> = names.split(", ").map(|name| name.trim_matches('`')).collect();
        if names.iter().any(|name| name.contains(|c: char| c.is_ascii_lowercase())) {
            continue; // another table of this page
        }
        let all = || TABLES.iter().chain(&MORE_TABLES);
        let bytes = |name: &&str| all().find(|(table, _)| table == name).unwrap_or_else(|| panic!("{name}")).1;
        let said: usize = rest.split(" | ").next().unwrap().replace(',', "").parse().unwrap();
        assert_eq!(said, names.iter().map(bytes).sum::<usize>(), "{row}");
        told.extend(names);
    }
    told.sort_unstable();
    let mut all: Vec<&str> = TABLES.iter().chain(&MORE_TABLES).map(|(name, _)| *name).collect();
    all.sort_unstable();
    assert_eq!(told, all);
}

/// The size does not grow faster than the registry; docs/ARCHITECTURE.md has the figures. The test leaves the file in
/// target/tmp for further measurements.
#[test]
fn twice_the_records_take_at_most_twice_the_bytes() {
    if !oracle::is_embedded() {
        oracle::skip("the sizes are those of the embedded registry");
        return;
    }
    let xml = std::fs::read_to_string(oracle::registry_path()).unwrap();
    // The directory of people also contains names, but the tables in this test do not need it.
    let (before, people) = xml.split_once("<people>").unwrap();
    let xml = before.to_owned() + people.split_once("</people>").unwrap().1;
    let doubled = doubled(&xml);
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("doubled.xml"), &doubled).unwrap();
    let records = |xml: &str| xml.matches("<name>").count();
    assert_eq!(records(&doubled), 2 * records(&xml));
    let bytes =
        |xml: &str| sizes_of_tables(xml, DEFAULT, &Filter::default()).iter().map(|(_, bytes)| bytes).sum::<usize>();
    let (once, twice) = (bytes(&xml), bytes(&doubled));
    println!("{once} bytes of tables, {twice} for twice the records");
    assert!(twice <= 2 * once, "{once} bytes of tables, {twice} for twice the records");
    let thousands = |bytes: usize| format!("{},{:03}", bytes / 1000, bytes % 1000);
    let row = format!("| bytes of tables, descriptions included | {} | {} |", thousands(once), thousands(twice));
    assert!(ARCHITECTURE.contains(&row), "{row}");
}

/// Adds every record with a name a second time: with name and description backwards, on another port.
fn doubled(xml: &str) -> String {
    let (records, end) = xml.split_at(xml.rfind("</registry>").unwrap());
    let column = |record: &str, tag: &str| {
        let inside = record.split_once(&format!("<{tag}>"))?.1;
        Some(inside.split_once(&format!("</{tag}>"))?.0.to_owned())
    };
    let registered: BTreeSet<String> =
        oracle::Oracle::load().named().map(|row| row.name.clone().unwrap().to_ascii_lowercase()).collect();
    let backwards = |text: String| text.chars().rev().filter(|c| !"&<>;".contains(*c)).collect::<String>();
    let mut twice = records.to_owned();
    for record in records.split("<record").skip(1) {
        let Some(name) = column(record, "name") else { continue };
        let mut name = backwards(name);
        if registered.contains(&name.to_ascii_lowercase()) {
            name = format!("{name:~<15}"); // a palindrome, or another name backwards
        }
        let number = column(record, "number").map_or(String::new(), |number| {
            let ports: Vec<u32> = number.split('-').map(|port| port.parse().unwrap()).collect();
            let moved = |port: u32| (port + 25_000) % 49_152;
            let last = ports.get(1).map_or(String::new(), |&last| format!("-{}", moved(last)));
            format!("<number>{}{last}</number>", moved(ports[0]))
        });
        let protocol = column(record, "protocol").map_or(String::new(), |p| format!("<protocol>{p}</protocol>"));
        let description = backwards(column(record, "description").unwrap_or_default());
        let columns = format!("<name>{name}</name>{protocol}<description>{description}</description>{number}");
        twice.extend(["<record>", &columns, "</record>\n"]);
    }
    twice + end
}
