//! Random strings and near-misses cause no panic, and give the oracle's answer.

use crate::oracle::Oracle;
use fastrand::Rng;
use iana_ports::{PortRange, Proto, Service, check_service_name, lookup_service};
use std::sync::LazyLock;

static ORACLE: LazyLock<Oracle> = LazyLock::new(Oracle::load);

static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| ORACLE.named().filter_map(|row| row.name.as_deref()).collect());

/// A registered name.
fn registered(rng: &mut Rng) -> &'static str {
    NAMES[rng.usize(..NAMES.len())]
}

fn agrees(asked: &str) {
    let rows = ORACLE.service(asked);
    let found = lookup_service(asked);
    assert_eq!(found.map(|service| service.name()), rows.first().and_then(|row| row.name.as_deref()), "{asked:?}");
    assert_eq!(found.map_or(0, |service| service.records().len()), rows.len(), "{asked:?}");
    assert_eq!(Service::from_srv_label(&format!("_{asked}")), found);
}

/// Runs a check on random input from a fixed seed.
fn often(seed: u64, mut attempt: impl FnMut(&mut Rng)) {
    let mut rng = Rng::with_seed(seed);
    (0..512).for_each(|_| attempt(&mut rng));
}

fn text(rng: &mut Rng, most: usize, mut character: impl FnMut(&mut Rng) -> char) -> String {
    (0..rng.usize(..=most)).map(|_| character(rng)).collect()
}

#[test]
fn any_text() {
    often(1, |rng| {
        let asked = text(rng, 40, |rng| if rng.bool() { rng.char(' '..='~') } else { rng.char(..) });
        agrees(&asked);
        let _ = Service::from_srv_label(&asked);
        let _ = check_service_name(&asked);
        let _ = asked.parse::<Proto>();
        let _ = asked.parse::<PortRange>();
    });
}

#[test]
fn text_in_the_syntax_of_names() {
    let characters: Vec<char> = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("_*+./-".chars()).collect();
    often(2, |rng| agrees(&text(rng, 17, |rng| characters[rng.usize(..characters.len())])));
}

#[test]
fn one_character_replaced() {
    often(3, |rng| {
        let mut characters: Vec<char> = registered(rng).chars().collect();
        let at = rng.usize(..characters.len());
        characters[at] = if rng.bool() { rng.char(' '..='~') } else { rng.char(..) };
        agrees(&characters.into_iter().collect::<String>());
    });
}

#[test]
fn one_character_more_or_less() {
    often(4, |rng| {
        let name = registered(rng);
        let at = rng.usize(..name.len());
        agrees(&format!("{}{}{}", &name[..at], rng.char(' '..='~'), &name[at..]));
        agrees(&format!("{}{}", &name[..at], &name[at + 1..]));
    });
}

#[test]
fn two_bits_of_case() {
    often(5, |rng| {
        let name = registered(rng);
        let flip = |c: char| if rng.bool() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        agrees(&name.chars().map(flip).collect::<String>());
        // Only letters have a case, but flipping 0x20 also turns '@' into '`' and '[' into '{'.
        let toggled: String = name.bytes().map(|b| char::from(b ^ 0x20)).collect();
        agrees(&toggled);
    });
}

#[test]
fn two_names_in_one() {
    often(6, |rng| agrees(&format!("{}{}", registered(rng), registered(rng))));
}
