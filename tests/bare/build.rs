//! Writes a thousand questions, chosen from a fixed seed, together with the oracle's answers.

use answers::{Filter, Oracle, Row, Status, TRANSPORTS};
use std::env::var;
use std::fs;

const QUESTIONS: usize = 1000;
const SEED: u64 = 20_260_912;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=memory");
    println!("cargo::rerun-if-changed=../registry/oracle");
    println!("cargo::rerun-if-changed=../../registry");
    let home = var("CARGO_MANIFEST_DIR").unwrap();
    let out = var("OUT_DIR").unwrap();
    let registry = fs::read_to_string(format!("{home}/../../registry/service-names-port-numbers.xml")).unwrap();
    let oracle = Oracle::read(&registry, None, Filter::read(None));
    let mut random = fastrand::Rng::with_seed(SEED);
    let questions: Vec<String> = (0..QUESTIONS).map(|_| question(&oracle, &mut random)).collect();
    let source = format!("static QUESTIONS: [Question; {QUESTIONS}] = [\n{}];\n", questions.concat());
    fs::write(format!("{out}/questions.rs"), source).unwrap();

    // The linker script of cortex-m-rt includes the board's memory.
    let memory = format!("{home}/memory/{}.x", var("TARGET").unwrap());
    if fs::exists(&memory).unwrap() {
        fs::copy(memory, format!("{out}/memory.x")).unwrap();
        println!("cargo::rustc-link-search={out}");
        println!("cargo::rustc-link-arg=-Tlink.x");
    }
}

/// A port or a name. Half of them are in the registry.
fn question(oracle: &Oracle, random: &mut fastrand::Rng) -> String {
    let row = random.choice(&oracle.rows).unwrap();
    match (random.u8(..4), &row.name) {
        (0, _) => port(oracle, random.u16(..).into(), random.choice(TRANSPORTS).unwrap()),
        (1, Some(name)) => service(oracle, &with_random_case(name, random)),
        (2, Some(name)) => service(oracle, &with_a_letter_changed(name, random)),
        _ => {
            let (first, _) = row.ports.unwrap_or_default();
            port(oracle, first, row.transport.as_deref().unwrap_or("tcp"))
        }
    }
}

fn port(oracle: &Oracle, port: u32, transport: &str) -> String {
    let here = oracle.covering(port);
    let has_descriptions = var("CARGO_FEATURE_DESCRIPTIONS").is_ok();
    let description = |row: &Row| if has_descriptions { row.description.clone() } else { String::new() };
    let record = |row: &&Row| format!("Some(({:?}, {:?}))", row.name.as_deref().unwrap(), description(row));
    let name = oracle.answers(&here, port, transport).first().map_or("None".to_owned(), record);
    let block = |row: Option<&Row>| format!("{:?}", row.map(|row| row.ports.unwrap()));
    let status = match oracle.status(&here, port, transport) {
        Status::Assigned(_) => "Assigned".to_owned(),
        Status::Reserved(row) => format!("Reserved({})", block(row)),
        Status::Unassigned(row) => format!("Unassigned({})", block(row)),
        Status::Dynamic => "Dynamic".to_owned(),
    };
    format!("Question::Port({port}, {}, {name}, Status::{status}),\n", ip_number(transport))
}

fn service(oracle: &Oracle, name: &str) -> String {
    let rows = oracle.service(name);
    let row = |row: &&Row| (row.ports.map(|(first, _)| first), row.transport.as_deref().map(ip_number));
    let rows: Vec<_> = rows.iter().map(row).collect();
    format!("Question::Service({name:?}, &{rows:?}),\n")
}

/// The IP protocol number of a transport, which needs less space than its name.
fn ip_number(transport: &str) -> u8 {
    match transport {
        "tcp" => 6,
        "udp" => 17,
        "sctp" => 132,
        _ => 33,
    }
}

fn with_random_case(name: &str, random: &mut fastrand::Rng) -> String {
    let any = |letter: char| if random.bool() { letter.to_ascii_uppercase() } else { letter };
    name.chars().map(any).collect()
}

fn with_a_letter_changed(name: &str, random: &mut fastrand::Rng) -> String {
    let (at, letter) = (random.usize(..name.len()), random.lowercase());
    name.char_indices().map(|(index, own)| if index == at { letter } else { own }).collect()
}
