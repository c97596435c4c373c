//! Damaged files: the generator refuses one, or reads every row outside the damaged place as it was.

use crate::generator::read::registry::Origin;
use crate::generator::read::{characters, rows};
use crate::oracle;
use crate::properties::{self, columns};
use fastrand::Rng;
use std::ops::Range;

/// Parts of markup, and characters that markup must not contain.
const MARKUP: [&str; 32] = [
    "<",
    ">",
    "/",
    "\"",
    "'",
    "=",
    "&",
    ";",
    "!",
    "?",
    "-",
    "--",
    "[",
    "]]>",
    "#",
    ":",
    " ",
    "\n",
    "\u{1}",
    "\u{fffe}",
    "&#2;",
    "xmlns:",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "?>",
    "<!DOCTYPE ",
    "<record>",
    "</record>",
    "/>",
    "é",
];

/// How far from one another the pieces of one damage are, in bytes.
const NEAR: usize = 60;

/// Damages a file in one place, with one to three changes near one another. Returns the place in the undamaged file.
fn damaged(text: &[u8], rng: &mut Rng) -> (Vec<u8>, Range<usize>) {
    let is_markup = |at: &usize| b"<>\"'&;=/".contains(&text[*at]);
    let markup = (0..50).map(|_| rng.usize(..text.len())).find(is_markup).unwrap_or_default();
    let start = if rng.bool() { markup } else { rng.usize(..text.len()) };
    let (mut place, end) = (text[start..text.len().min(start + NEAR)].to_vec(), text.len().min(start + NEAR));
    for _ in 0..rng.usize(1..=3) {
        if place.is_empty() {
            break;
        }
        // The first byte of the place is the chosen one.
        let at = if rng.bool() { 0 } else { rng.usize(..place.len()) };
        let other = rng.usize(..place.len());
        match rng.usize(..8) {
            0 | 1 => drop(place.remove(at)),
            2 => place.insert(at, place[at]),
            3 => place.swap(at, other),
            4 if at + 1 < place.len() => place.swap(at, at + 1),
            5 => drop(place.splice(at..at, MARKUP[rng.usize(..MARKUP.len())].bytes())),
            6 => drop(place.drain(at..place.len().min(at + rng.usize(1..20)))),
            7 => {
                let other = rng.usize(..text.len());
                let piece = &text[other..text.len().min(other + rng.usize(1..40))];
                drop(place.splice(at..at, piece.iter().copied()));
            }
            _ => place[at] = rng.u8(b' '..=b'~'),
        }
    }
    ([&text[..start], &place, &text[end..]].concat(), start..end)
}

/// A file with a few rows that contain every kind of element, and where each of its records is.
struct Sample {
    text: String,
    records: Vec<Range<usize>>,
    /// The columns of each record.
    rows: Vec<String>,
}

impl Sample {
    fn of(records: &[&str]) -> Self {
        let mut text =
            "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE registry SYSTEM 'registry.dtd'><!-- head -->\n\
             <registry xmlns=\"http://www.iana.org/assignments\" xmlns:x='urn:x' id=\"service-names-port-numbers\">\
             <updated>2026-09-12</updated><?an instruction?><x:other x:a='1' a='2'/>"
                .to_owned();
        let mut places = Vec::new();
        for (number, record) in records.iter().enumerate() {
            places.push(text.len()..text.len() + record.len());
            text += record;
            text += ["\n", "\n", "<!-- a comment -->\n", "<note><![CDATA[ ]]></note>\n", "<?b c?>\n"][number % 5];
        }
        text += "<people><person id='A'><name>A &amp; B</name><uri>mailto:a&#64;b</uri></person></people>\
             <![CDATA[ ]]></registry>\n";
        let rows = read(text.as_bytes()).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(rows.len(), records.len());
        Self { text, records: places, rows }
    }

    /// Checks that each row that the damage does not touch is there, in its order.
    fn check(&self, damaged: &[u8], place: &Range<usize>, found: &[String]) {
        let is_hit = |record: &Range<usize>| record.start < place.end && place.start <= record.end;
        let mut left = found.iter();
        for (record, row) in self.records.iter().zip(&self.rows) {
            let is_there = is_hit(record) || left.any(|other| other == row);
            assert!(
                is_there,
                "damaged at {place:?}, {row} is not in {found:#?} of {}",
                String::from_utf8_lossy(damaged)
            );
        }
    }
}

/// The columns of each row; `None` if the file is refused.
fn read(file: &[u8]) -> Option<Vec<String>> {
    let registry = characters(file).and_then(|text| rows::read(text, Origin::Registry)).ok()?;
    Some(registry.rows.iter().map(columns).collect())
}

/// Files with a few rows each.
fn samples() -> Vec<Sample> {
    // The awkward registry is not in the package.
    let awkward = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/registries/overlap.xml");
    let xml = [oracle::registry_path(), awkward.into()].map(|path| std::fs::read_to_string(path).unwrap_or_default());
    let records = |xml: &str| -> Vec<String> {
        let records = xml.split("<record").skip(1).filter_map(|record| record.split_once("</record>"));
        let records = records.map(|(record, _)| format!("<record{record}</record>"));
        records.filter(|record| record.contains("<name>") || record.contains("<number>")).collect()
    };
    let mut records: Vec<String> = xml.iter().flat_map(|xml| records(xml)).collect();
    // The longest rows, and some others.
    records.sort_by_key(|record| std::cmp::Reverse(record.matches('<').count()));
    let some = records.iter().take(300).chain(records.iter().step_by(50));
    let chosen: Vec<&str> = some.map(String::as_str).collect();
    chosen.chunks(6).map(Sample::of).collect()
}

/// Damages files this many times.
fn damaged_rows(seed: u64, times: usize) {
    let (samples, rng) = (samples(), &mut Rng::with_seed(seed));
    let mut accepted = 0;
    for _ in 0..times {
        let sample = &samples[rng.usize(..samples.len())];
        let (damaged, place) = damaged(sample.text.as_bytes(), rng);
        properties::parse(&damaged);
        if let Some(found) = read(&damaged) {
            sample.check(&damaged, &place, &found);
            accepted += 1;
        }
    }
    // Some damage is harmless, such as another letter in a text.
    println!("{accepted} of {times} damaged files are still registries");
    assert!((times / 100..times * 3 / 5).contains(&accepted), "{accepted} of {times}");
}

#[test]
fn damage_stays_in_its_place() {
    damaged_rows(17, 5_000);
}

#[test]
#[ignore = "takes long; the gate runs it"]
fn much_damage_stays_in_its_place() {
    damaged_rows(18, 100_000);
}

/// The check of damage notices a row that is lost, and one that changed.
#[test]
fn rows_that_are_lost_or_changed_are_noticed() {
    let sample = &samples()[0];
    let misses = |found: &[String]| {
        let check = || sample.check(b"", &(0..1), found);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).is_err()
    };
    let mut changed = sample.rows.clone();
    changed[2].push('x');
    assert!(!misses(&sample.rows) && misses(&sample.rows[1..]) && misses(&changed));
}

#[test]
fn damaged_files_are_refused_or_read_as_another_parser_reads_them() {
    let (file, rng) = (std::fs::read(oracle::registry_path()).unwrap(), &mut Rng::with_seed(19));
    for _ in 0..12 {
        properties::parse(&damaged(&file, rng).0);
    }
}

#[test]
fn damaged_services_and_filters_are_refused_or_read_as_a_simple_reader_does() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/registry/familiar.services")).unwrap();
    let (lines, rng) = (text.lines().collect::<Vec<_>>(), &mut Rng::with_seed(20));
    for _ in 0..20_000 {
        let at = rng.usize(..lines.len() - 5);
        let some = format!("{}\0tcp,udp;0-1023,8080;+portless", lines[at..at + 5].join("\n"));
        if let Ok(damaged) = String::from_utf8(damaged(some.as_bytes(), rng).0) {
            properties::services(&damaged);
        }
    }
}
