//! Checks how much the crate adds to the size of programs.

use crate::oracle;
use crate::programs::Program;
use object::{Object, ObjectSection, ObjectSymbol, RelocationTarget};
use std::ops::Range;

const KIB: u64 = 1024;

const PAGES: [&str; 2] = [include_str!("../../README.md"), include_str!("../../docs/speed.md")];

/// The table that only the search uses.
const ORDER: &str = "ROWS_IN_ORDER";

/// The filter whose size docs/speed.md gives.
const SYSTEM: &str = "tcp,udp;0-1023";

/// A row of the tables in README.md and docs/speed.md: features, filter, name, and limits in KiB. The limits are for
/// the whole growth, for code (a quarter of which is the program's own, including what is inlined into it), for
/// constants other than the tables, and for constants that contain addresses, such as those of panics.
type Row = (&'static [&'static str], Option<&'static str>, &'static str, [u64; 4]);

const ROWS: [Row; 8] = [
    (&["with"], None, "none", [280, 27, 4, 2]),
    (&["descriptions"], None, "`descriptions` (default)", [480, 27, 4, 2]),
    (&["metadata"], None, "`metadata`", [480, 33, 4, 2]),
    (&["contacts"], None, "`contacts`", [780, 33, 4, 2]),
    (&["familiar"], None, "`familiar`", [280, 29, 4, 2]), // 14 more than none
    (&["full"], None, "`full`", [1200, 102, 40, 8]),      // with serde_json
    (&["search"], None, "none, and `search`", [300, 30, 4, 2]),
    (&["with"], Some(SYSTEM), "none, System Ports of TCP and UDP", [80, 26, 4, 2]),
];

#[test]
fn a_program_grows_as_the_documents_say() {
    grows(&ROWS[..1]);
}

#[test]
#[ignore = "builds seven programs; the gate runs it"]
fn programs_with_other_features_and_a_filter_grow_as_the_documents_say() {
    grows(&ROWS[1..]);
}

/// Checks how many bytes the crate adds to a program that calls everything, and that the documents have these figures.
fn grows(rows: &[Row]) {
    if !oracle::is_embedded() || !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        oracle::skip("the sizes are those of the embedded registry on x86-64 Linux");
        return;
    }
    let (without, _) = built(&[], None);
    for &(features, filter, row, [limit, code, constants, addresses]) in rows {
        let (with, tables) = built(features, filter);
        let tables = tables.into_iter().filter(|(name, _)| name != ORDER || features == ["search"]);
        let tables: u64 = tables.map(|(_, bytes)| bytes).sum();
        let grown = ((with.len() - without.len()) as u64).div_ceil(KIB);
        assert!(grown <= limit, "{row}: {grown} KiB, over {limit}");
        let said = PAGES
            .iter()
            .flat_map(|page| page.lines())
            .find_map(|line| line.strip_prefix(&format!("| {row} | "))?.split(' ').next());
        let said: u64 = said.and_then(|kib| kib.parse().ok()).unwrap_or_else(|| panic!("no row for {row}"));
        // The size of the code differs between compilers, by a few KiB.
        let differs = said.abs_diff(grown);
        println!("{row}: {grown} KiB, the page says {said}");
        assert!(differs * 100 <= 2 * said, "{row}: the page says {said} KiB, measured {grown}");

        // The tables are stored once, as constants. The rest is code and its own constants.
        let grown = |name| section(&with, name) - section(&without, name);
        let beside = grown(".rodata").abs_diff(tables);
        assert!(beside < constants * KIB, "{row}: {beside} of constants beside {tables} of tables");
        let writable = grown(".data") + grown(".bss");
        assert!(writable <= if features == ["full"] { 64 } else { 0 }, "{row}: {writable} bytes to write to");
        assert!(grown(".data.rel.ro") < addresses * KIB, "{row}: {} to relocate", grown(".data.rel.ro"));
        assert!(grown(".text") < code * KIB, "{row}: {} of code", grown(".text"));
    }
}

/// A stripped program that calls everything, and the size of each table in it.
fn built(features: &'static [&'static str], filter: Option<&str>) -> (Vec<u8>, Vec<(String, u64)>) {
    let variables = filter.map(|filter| ("IANA_PORTS_FILTER", filter.to_owned())).into_iter().collect();
    let (program, generated) =
        Program { name: "size", features, profile: "strip = true\n", variables }.build_with_tables();
    (std::fs::read(program).unwrap(), generated.lines().filter_map(table).collect())
}

/// The name and the size of a table, from the line that declares it: `pub static NAME: [[u16; 2]; 45] = [`.
fn table(line: &str) -> Option<(String, u64)> {
    let (name, rest) = line.strip_prefix("pub static ")?.split_once(": ")?;
    let kind = rest.split_once(" = ")?.0;
    let numbers = kind.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let numbers: Vec<u64> = numbers.map(|number| number.parse().unwrap()).collect();
    let bits = if kind.starts_with("Pool") { 1 } else { 8 };
    Some((name.to_owned(), numbers.iter().product::<u64>() / bits))
}

fn section(program: &[u8], name: &str) -> u64 {
    object::File::parse(program).unwrap().section_by_name(name).map_or(0, |section| section.size())
}

/// Tables are constant data without pointers, so nothing needs to be relocated or copied.
#[test]
#[ignore = "builds a program; the gate runs it"]
fn tables_need_no_relocation() {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        oracle::skip("sections and relocations are read from an x86-64 ELF file");
        return;
    }
    let profile = "lto = true\n";
    let program = Program { name: "size", features: &["full"], profile, variables: vec![] }.build();
    let bytes = std::fs::read(program).unwrap();
    let file = object::File::parse(&*bytes).unwrap();
    let section = |name| file.section_by_name(name).map(|s| s.address()..s.address() + s.size()).unwrap();
    let is_table = |name: &str| name.contains("iana_ports") && name.contains("generated");
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
