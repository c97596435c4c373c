//! Random strings and near-misses: no panic, and the oracle's answer.

use crate::oracle::Oracle;
use iana_ports::{PortRange, Proto, Service, check_service_name, lookup_service};
use proptest::prelude::*;
use std::sync::LazyLock;

static ORACLE: LazyLock<Oracle> = LazyLock::new(Oracle::load);

fn registered() -> impl Strategy<Value = String> {
    let names: Vec<String> = ORACLE.named().filter_map(|row| row.name.clone()).collect();
    prop::sample::select(names)
}

fn agrees(asked: &str) {
    let rows = ORACLE.service(asked);
    let found = lookup_service(asked);
    assert_eq!(found.map(|service| service.name()), rows.first().and_then(|row| row.name.as_deref()), "{asked:?}");
    assert_eq!(found.map_or(0, |service| service.records().len()), rows.len(), "{asked:?}");
    assert_eq!(Service::from_srv_label(&format!("_{asked}")), found);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(asked in any::<String>()) {
        agrees(&asked);
        let _ = Service::from_srv_label(&asked);
        let _ = check_service_name(&asked);
        let _ = asked.parse::<Proto>();
        let _ = asked.parse::<PortRange>();
    }

    #[test]
    fn text_in_the_syntax_of_names(asked in "[a-zA-Z0-9_*+./-]{0,17}") {
        agrees(&asked);
    }

    #[test]
    fn one_character_replaced(name in registered(), at in any::<prop::sample::Index>(), with in any::<char>()) {
        let mut characters: Vec<char> = name.chars().collect();
        let at = at.index(characters.len());
        characters[at] = with;
        agrees(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn one_character_more_or_less(name in registered(), at in any::<prop::sample::Index>(), with in "[ -~]") {
        let at = at.index(name.len());
        agrees(&format!("{}{with}{}", &name[..at], &name[at..]));
        agrees(&format!("{}{}", &name[..at], &name[at + 1..]));
    }

    #[test]
    fn two_bits_of_case(name in registered(), flips in any::<u64>()) {
        let flip = |(i, c): (usize, char)| if flips >> (i % 64) & 1 == 1 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        agrees(&name.chars().enumerate().map(flip).collect::<String>());
        // Only letters have a case: 0x20 turns '@' into '`' and '[' into '{' as well.
        let toggled: String = name.bytes().map(|b| char::from(b ^ 0x20)).collect();
        agrees(&toggled);
    }

    #[test]
    fn two_names_in_one(first in registered(), second in registered()) {
        agrees(&format!("{first}{second}"));
    }
}
