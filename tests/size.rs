//! Bytes: of every table, and of a program that calls everything.

#[path = "../build/mod.rs"]
#[allow(dead_code, reason = "the build script uses the rest")]
mod generator;
mod oracle;
mod programs;

use generator::{Columns, layout, parse, resolve};
use object::{Object, ObjectSection, ObjectSymbol, RelocationTarget};
use programs::Program;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

const KIB: u64 = 1024;

/// The tables of the embedded registry. A change that is meant is written down here.
const TABLES: [(&str, usize); 23] = [
    ("BLOCK_TO_DESCRIPTION", 1724),
    ("BLOCK_TO_FLAGS", 1724),
    ("BLOCK_TO_LAST", 3448),
    ("BLOCK_TO_PORT", 3448),
    ("CELL_TO_ENTRY", 59_520),
    ("DESCRIPTIONS", 148_685),
    ("ENTRY_TO_DESCRIPTION", 29_856),
    ("ENTRY_TO_FLAGS", 7444),
    ("ENTRY_TO_NAME", 29_776),
    ("ENTRY_TO_PORT", 14_888),
    ("LISTED_TO_ENTRIES", 510),
    ("LISTED_TO_RUN", 1530),
    ("NAMES", 47_516),
    ("NAME_TO_PILOT", 4096),
    ("PATTERN_TO_STATUS", 848),
    ("PORTS_TO_BLOCK", 8192),
    ("PORTS_TO_CELLS", 16_384),
    ("RANGE_TO_LAST", 28),
    ("SEVERAL_TO_ENTRIES", 448),
    ("SEVERAL_TO_RUN", 654),
    ("SHAPE_TO_PATTERNS", 13_248),
    ("SORTED_TO_SERVICE", 14_658),
    ("VIEW_TO_HOME", 0),
];

fn sizes_of_tables(xml: &str) -> Vec<(&'static str, usize)> {
    let columns = Columns { descriptions: true };
    let registry = parse::parse(xml).unwrap_or_else(|fault| panic!("{fault:?}"));
    let resolved = resolve::resolve(&registry, columns).unwrap_or_else(|fault| panic!("{fault:?}"));
    let tables = layout::layout(&resolved, columns).unwrap_or_else(|fault| panic!("{fault:?}"));
    let arrays = tables.arrays.iter().map(|array| (array.name, array.cells.len() * array.width() as usize));
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
    assert_eq!(sizes_of_tables(&xml), TABLES);
}

/// Cost grows with the registry, not faster: docs/representation.md has the figures. The file is
/// left in target/tmp, to be built from and measured.
#[test]
fn twice_the_records_take_at_most_twice_the_bytes() {
    if !oracle::is_embedded() {
        oracle::skip("the sizes are those of the embedded registry");
        return;
    }
    let xml = std::fs::read_to_string(oracle::registry_path()).unwrap();
    let doubled = doubled(&xml);
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("doubled.xml"), &doubled).unwrap();
    let records = |xml: &str| xml.matches("<name>").count();
    assert_eq!(records(&doubled), 2 * records(&xml));
    let bytes = |xml: &str| sizes_of_tables(xml).iter().map(|(_, bytes)| bytes).sum::<usize>();
    let (once, twice) = (bytes(&xml), bytes(&doubled));
    println!("{once} bytes of tables, {twice} for twice the records");
    assert!(twice <= 2 * once, "{once} bytes of tables, {twice} for twice the records");
}

/// Every record with a name a second time: name and description backwards, on another port.
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
        let protocol =
            column(record, "protocol").map_or(String::new(), |p| format!("<protocol>{p}</protocol>"));
        let description = backwards(column(record, "description").unwrap_or_default());
        let columns =
            format!("<name>{name}</name>{protocol}<description>{description}</description>{number}");
        twice.extend(["<record>", &columns, "</record>\n"]);
    }
    twice + end
}

/// The bytes that the crate adds to a program, and how many bytes the README says.
#[test]
fn a_program_that_calls_everything_grows_by_what_the_readme_says() {
    if !oracle::is_embedded() || !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        oracle::skip("the sizes are those of the embedded registry on x86-64 Linux");
        return;
    }
    let built = |features: &'static [&'static str]| {
        let program = Program { name: "size", features, profile: "strip = true\n", variables: vec![] };
        std::fs::read(program.build()).unwrap()
    };
    let without = built(&[]);
    let readme = include_str!("../README.md");
    for (features, row, limit, tables) in [
        (
            &["with"][..],
            "none",
            280,
            TABLES.iter().filter(|(name, _)| !name.contains("DESCRIPTION")).collect(),
        ),
        (&["with", "descriptions"][..], "`descriptions` (default)", 480, TABLES.iter().collect::<Vec<_>>()),
    ] {
        let with = built(features);
        let grown = ((with.len() - without.len()) as u64).div_ceil(KIB);
        assert!(grown <= limit, "{row}: {grown} KiB, over {limit}");
        let said =
            readme.lines().find_map(|line| line.strip_prefix(&format!("| {row} | "))?.split(' ').next());
        let said: u64 = said.and_then(|kib| kib.parse().ok()).unwrap_or_else(|| panic!("no row for {row}"));
        // Compilers differ in what they make of the code, by a few KiB.
        let differs = said.abs_diff(grown);
        assert!(differs * 100 <= 2 * said, "{row}: the README says {said} KiB, measured {grown}");

        // The tables are stored once, as constants; the rest is code and what it refers to.
        let grown = |name| section(&with, name) - section(&without, name);
        let (tables, constants): (u64, u64) =
            (tables.iter().map(|table| table.1 as u64).sum(), grown(".rodata"));
        assert!(tables.abs_diff(constants) < 4 * KIB, "{row}: {constants} of constants, {tables} of tables");
        assert_eq!((grown(".data"), grown(".bss")), (0, 0), "{row}");
        assert!(grown(".data.rel.ro") < KIB, "{row}: {} to relocate", grown(".data.rel.ro"));
        assert!(grown(".text") < 20 * KIB, "{row}: {} of code", grown(".text"));
    }
}

fn section(program: &[u8], name: &str) -> u64 {
    object::File::parse(program).unwrap().section_by_name(name).map_or(0, |section| section.size())
}

/// Tables are constant data without a pointer in it: nothing to relocate, nothing to copy.
#[test]
fn tables_need_no_relocation() {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        oracle::skip("sections and relocations are read from an x86-64 ELF file");
        return;
    }
    let profile = "lto = true\n";
    let program =
        Program { name: "size", features: &["with", "descriptions"], profile, variables: vec![] }.build();
    let bytes = std::fs::read(program).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let section = |name| file.section_by_name(name).map(|s| s.address()..s.address() + s.size()).unwrap();
    let is_table = |name: &str| name.contains("iana_ports") && name.contains("tables");
    let tables: Vec<(String, Range<u64>)> = file
        .symbols()
        .filter(|symbol| symbol.name().is_ok_and(is_table))
        .map(|symbol| (symbol.name().unwrap().to_owned(), symbol.address()..symbol.address() + symbol.size()))
        .collect();
    assert!(tables.len() >= 15, "{tables:?}");
    for (name, table) in &tables {
        assert!(section(".rodata").contains(&table.start), "{name} is not in .rodata");
    }
    let relocations: Vec<_> = file.dynamic_relocations().unwrap().collect();
    assert!(!relocations.is_empty(), "a position-independent program has some");
    for (at, relocation) in relocations {
        let to = u64::try_from(relocation.addend()).unwrap_or_default();
        let absolute = relocation.target() == RelocationTarget::Absolute;
        for (name, table) in &tables {
            assert!(!table.contains(&at), "a relocation lies in {name}");
            assert!(!(absolute && table.contains(&to)), "a relocation points to {name}");
        }
    }
}
