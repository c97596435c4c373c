//! Damaged files: if the generator accepts one, another parser must read the same rows.

use crate::generator::check::precedence::Origin;
use crate::generator::read::{characters, rows};
use crate::oracle;
use crate::properties;
use fastrand::Rng;
use std::io::Write;
use std::process::{Command, Stdio};

/// Parts of markup, and characters that markup must not contain.
const MARKUP: [&str; 24] = [
    "<", ">", "/", "\"", "'", "=", "&", ";", "!", "?", "-", "--", "[", "]]>", "#", ":", " ", "\n", "\u{1}", "\u{fffe}",
    "&#2;", "xmlns:", "<!--", "é",
];

/// Damages a file in one or a few places.
fn damaged(text: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..rng.usize(1..=3) {
        let len = text.len();
        let is_markup = |at: &usize| b"<>\"'&;=/".contains(&text[*at]);
        let markup = |rng: &mut Rng| (0..50).map(|_| rng.usize(..len)).find(is_markup).unwrap_or_default();
        let at = if rng.bool() { markup(rng) } else { rng.usize(..len) };
        let other = rng.usize(..len);
        match rng.usize(..8) {
            0 | 1 => drop(text.remove(at)),
            2 => text.insert(at, text[at]),
            3 => text.swap(at, other),
            4 if at + 1 < len => text.swap(at, at + 1),
            5 => drop(text.splice(at..at, MARKUP[rng.usize(..MARKUP.len())].bytes())),
            6 => drop(text.drain(at..len.min(at + rng.usize(1..20)))),
            7 => {
                let piece = text[other..len.min(other + rng.usize(1..40))].to_vec();
                drop(text.splice(at..at, piece));
            }
            _ => text[at] = rng.u8(b' '..=b'~'),
        }
        if text.is_empty() {
            break;
        }
    }
    text
}

/// Files with a few rows each, which together contain every kind of element.
fn files() -> Vec<String> {
    let head = "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE registry SYSTEM 'registry.dtd'><!-- head -->\n\
         <registry xmlns=\"http://www.iana.org/assignments\" xmlns:x='urn:x' id=\"service-names-port-numbers\">\
         <updated>2026-09-12</updated><?an instruction?><x:other x:a='1' a='2'/>";
    // The awkward registry is not in the package.
    let awkward = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/registries/overlap.xml");
    let xml = [oracle::registry_path(), awkward.into()].map(|path| std::fs::read_to_string(path).unwrap_or_default());
    let records = |xml: &str| -> Vec<String> {
        let records = xml.split("<record").skip(1).filter_map(|record| record.split_once("</record>"));
        records.map(|(record, _)| format!("<record{record}</record>\n")).collect()
    };
    let mut records: Vec<String> = xml.iter().flat_map(|xml| records(xml)).collect();
    // The longest rows, and some others.
    records.sort_by_key(|record| std::cmp::Reverse(record.matches('<').count()));
    let some = records.iter().take(300).chain(records.iter().step_by(50));
    let chosen: Vec<&str> = some.map(String::as_str).collect();
    let people =
        "<people><person id='A'><name>A &amp; B</name><uri>mailto:a&#64;b</uri></person></people><![CDATA[ ]]>";
    chosen.chunks(3).map(|rows| format!("{head}{}{people}</registry>\n", rows.concat())).collect()
}

/// Damages files this many times.
fn damaged_rows(seed: u64, times: usize) {
    let (files, rng) = (files(), &mut Rng::with_seed(seed));
    for file in &files {
        properties::parse(file.as_bytes());
    }
    let damaged = (0..times).map(|_| damaged(files[rng.usize(..files.len())].as_bytes(), rng));
    let read: Vec<Vec<u8>> = damaged
        .filter(|damaged| {
            properties::parse(damaged);
            characters(damaged).and_then(|text| rows::read(text, Origin::Registry)).is_ok()
        })
        .collect();
    // Some damage is harmless, such as another letter in a text.
    let count = read.len();
    assert!((times / 100..times * 3 / 5).contains(&count), "{count} of {times} damaged files are still registries");
    expat_reads(&read);
}

/// A Python program that reads files, each preceded by its length, and prints the number and the error of each file
/// that is not well-formed. As the separator of namespaces it uses a character that XML forbids, because expat refuses
/// namespaces that contain it.
const EXPAT: &str = "
import itertools, struct, sys
from xml.parsers import expat
for number in itertools.count():
    head = sys.stdin.buffer.read(4)
    if not head:
        break
    try:
        expat.ParserCreate(namespace_separator='\x0c').Parse(sys.stdin.buffer.read(*struct.unpack('<I', head)), True)
    except expat.ExpatError as error:
        print(number, error)
";

/// Checks that the files are well-formed according to expat, which shares no code with the other two parsers.
fn expat_reads(files: &[Vec<u8>]) {
    let mut python = Command::new("python3");
    let python = python.args(["-c", EXPAT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else { return oracle::skip("no python3, which has expat") };
    let mut input = python.stdin.take().expect("is piped");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for file in files {
                let len = u32::try_from(file.len()).expect("is short");
                input.write_all(&[&len.to_le_bytes(), &file[..]].concat()).expect("python3 reads");
            }
        });
        let output = python.wait_with_output().expect("python3 runs");
        assert!(output.status.success(), "python3 ends with {}", output.status);
        let refused = String::from_utf8(output.stdout).expect("is text");
        if let Some((number, error)) = refused.lines().next().and_then(|line| line.split_once(' ')) {
            let file = String::from_utf8_lossy(&files[number.parse::<usize>().expect("is a number")]);
            panic!("expat: {error}: {file}");
        }
    });
}

#[test]
fn damaged_rows_are_refused_or_read_as_another_parser_reads_them() {
    damaged_rows(17, 5_000);
}

#[test]
#[ignore = "takes long; the gate runs it"]
fn many_damaged_rows_are_refused_or_read_as_another_parser_reads_them() {
    damaged_rows(18, 100_000);
}

#[test]
fn damaged_files_are_refused_or_read_as_another_parser_reads_them() {
    let (file, rng) = (std::fs::read(oracle::registry_path()).unwrap(), &mut Rng::with_seed(19));
    for _ in 0..12 {
        properties::parse(&damaged(&file, rng));
    }
}

#[test]
fn damaged_services_and_filters_are_refused_or_read_as_a_simple_reader_does() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/registry/familiar.services")).unwrap();
    let (lines, rng) = (text.lines().collect::<Vec<_>>(), &mut Rng::with_seed(20));
    for _ in 0..20_000 {
        let at = rng.usize(..lines.len() - 5);
        let some = format!("{}\0tcp,udp;0-1023,8080;+portless", lines[at..at + 5].join("\n"));
        if let Ok(damaged) = String::from_utf8(damaged(some.as_bytes(), rng)) {
            properties::services(&damaged);
        }
    }
}
