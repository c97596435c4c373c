//! `search` finds the same rows as the oracle finds in the XML, in the same order.

use crate::oracle;
use crate::oracle::Oracle;
use iana_ports::{Row, rows, search};
use std::collections::BTreeMap;

const FEATURES: [bool; 3] = [cfg!(feature = "descriptions"), cfg!(feature = "contacts"), cfg!(feature = "metadata")];

/// The rows that were compiled in, as one text. A character that no column contains separates columns and rows.
struct Page {
    text: String,
    /// The offsets of the rows, and how `Row` displays them.
    rows: Vec<(usize, String)>,
}

impl Page {
    fn of(oracle: &Oracle) -> Self {
        let (mut text, mut rows) = (String::new(), Vec::new());
        for row in oracle.kept() {
            rows.push((text.len(), shown(row)));
            text.push('\u{1}');
            row.searched(FEATURES).iter().for_each(|column| text.extend([column.as_str(), "\u{1}"]));
        }
        Self { text, rows }
    }

    /// The rows that contain a text.
    fn with(&self, word: &str) -> Vec<&str> {
        let mut found: Vec<usize> = self
            .text
            .match_indices(&word.to_ascii_lowercase())
            .map(|(at, _)| self.rows.partition_point(|(start, _)| *start <= at) - 1)
            .collect();
        found.dedup();
        found.into_iter().map(|row| self.rows[row].1.as_str()).collect()
    }
}

/// A row as [`Row`] displays it.
fn shown(row: &oracle::Row) -> String {
    let ports =
        row.ports.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") });
    let place = match (ports, &row.transport) {
        (Some(ports), Some(transport)) => format!("{ports}/{transport}"),
        (ports, transport) => ports.or(transport.clone()).unwrap_or_default(),
    };
    let name = row.name.iter().map(String::as_str);
    name.chain([place.as_str()]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn agrees(page: &Page, word: &str) {
    let found: Vec<String> = search(word).map(|row| row.to_string()).collect();
    assert_eq!(found, page.with(word), "{word:?}");
}

/// The words of the registry, and in how many rows each word occurs.
fn words(oracle: &Oracle) -> BTreeMap<String, usize> {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for row in oracle.kept() {
        let columns = row.searched(FEATURES);
        let own: std::collections::BTreeSet<&str> =
            columns.iter().flat_map(|column| column.split_whitespace()).collect();
        for word in own {
            *words.entry(word.to_owned()).or_default() += 1;
        }
    }
    words
}

/// If optimized on x86-64, the test searches for every word that occurs in at most ten rows, and for a thousand parts
/// of words. Otherwise it searches for a sample.
#[test]
fn words_and_parts_of_words() {
    let oracle = Oracle::load();
    let (page, words) = (Page::of(&oracle), words(&oracle));
    let step = match (cfg!(debug_assertions), cfg!(target_arch = "x86_64")) {
        (true, _) => 800,
        (false, false) => 40,
        (false, true) => 1,
    };
    let seldom = words.iter().filter(|(_, rows)| **rows <= 10).map(|(word, _)| word);
    seldom.step_by(step).for_each(|word| agrees(&page, word));
    let mut random = fastrand::Rng::with_seed(6335);
    let all: Vec<&String> = words.keys().collect();
    for _ in 0..(1000 / step).max(10) {
        let word: Vec<char> = all[random.usize(..all.len())].chars().collect();
        let from = random.usize(..word.len());
        let to = random.usize(from..word.len()) + 1;
        let part: String = word[from..to].iter().collect();
        agrees(&page, &part.to_ascii_uppercase());
        agrees(&page, &format!("{part}x"));
    }
}

#[test]
fn short_and_odd_texts() {
    let oracle = Oracle::load();
    let page = Page::of(&oracle);
    for text in ["a", "4", "-", "443", "6000-6063", "tcp", "c", "http", "dns", "rfc", "RFC6335", "é", "\u{7f}"] {
        agrees(&page, text);
    }
    let two_words = oracle.kept().find_map(|row| row.description.find(' ').map(|_| row.description.clone()));
    agrees(&page, &two_words.unwrap_or_default());
    for text in [" http", "http ", "no such text", "\n", &"http".repeat(1000), "65536", "6000-6063-"] {
        assert_eq!(search(text).count(), page.with(text).len(), "{text:?}");
    }
}

/// These are the counts of IANA's own page on the days of the files. On the first day, `pon-ictp` contains "http" only
/// in the address of a labeled reference.
#[test]
fn as_many_as_on_ianas_page() {
    let day = iana_ports::REGISTRY_UPDATED.to_string();
    let searches = [("2024-09-12", "http", 213), ("2025-08-07", "4", 4967), ("2026-08-17", "162", 53)];
    match searches.iter().find(|(of, ..)| *of == day) {
        Some((_, text, found)) if FEATURES == [true; 3] && Oracle::load().rows.len() == rows().len() => {
            assert_eq!(search(text).count(), *found);
        }
        _ => oracle::skip("no search of IANA's is known for this registry, or not all of it is there"),
    }
}

#[test]
fn an_empty_text_is_in_every_row() {
    let oracle = Oracle::load();
    assert!(search("").eq(rows()));
    assert!(rows().map(|row| row.to_string()).eq(oracle.kept().map(shown)));
    assert_eq!(rows().len(), oracle.kept().count());
    #[cfg(feature = "metadata")]
    assert!(rows().zip(oracle.kept()).all(|(row, expected)| {
        let is_from_overlay = expected.index >= oracle.registry_rows;
        (row.position(), row.is_from_overlay()) == (expected.index, is_from_overlay)
    }));
    let mut ended = search("no such text");
    assert_eq!((ended.next(), ended.next()), (None, None));
    // The handles equal those that other functions return.
    for row in search("http") {
        let found = match row {
            Row::Record(record) => record.service().records().any(|own| own == record),
            Row::Block(block) => iana_ports::blocks().any(|own| own == block),
        };
        assert!(found, "{row}");
    }
}
