//! Compares lookups with simple alternatives, in the same process and on the same queries. The answers are checked
//! before anything is timed. benches/rivals adds the alternatives that need generated source or other crates, and
//! computes ratios.

mod literals;
#[allow(dead_code, reason = "the rivals use the rest")]
mod queries;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use iana_ports::{
    PortRange, Record, familiar_name, lookup_port, lookup_service, port_status, records, records_in, search,
    service_name, services,
};
use literals::{PORTS, phf_map};
use queries::{Port, key};
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::sync::LazyLock;

const SETS: [&str; 6] = ["uniform", "mixed", "hits", "misses", "hot", "flows"];

fn main() {
    divan::main();
}

/// Every name in lower case, with its number.
static NAMES: LazyLock<Vec<(&'static str, u16)>> = LazyLock::new(|| {
    let lower = services().map(|service| &*service.name().to_ascii_lowercase().leak());
    lower.zip(0..).collect()
});

fn port_queries(set: &str) -> Vec<Port> {
    match set {
        "uniform" => queries::uniform(),
        "mixed" => queries::mixed(),
        "hits" => queries::hits(),
        "misses" => queries::misses(),
        "hot" => queries::hot(),
        "flows" => queries::flows(),
        other => unreachable!("no set {other}"),
    }
}

fn each<Q, A>(bencher: Bencher<'_, '_>, queries: &[Q], answer: impl Fn(&Q) -> A) {
    bencher.counter(ItemsCount::new(queries.len())).bench_local(|| {
        for query in queries {
            black_box(answer(query));
        }
    });
}

/// Checks the names that a rival returns, and then times it.
fn rival(bencher: Bencher<'_, '_>, set: &str, name: impl Fn(Port) -> Option<&'static str>) {
    let queries = port_queries(set);
    for &(port, proto) in &queries {
        assert_eq!(name((port, proto)), lookup_port(port, proto).map(Record::name), "{port}/{proto}");
    }
    each(bencher, &queries, |&port| name(port));
}

/// Lookups of ports.
mod ports {
    use super::{
        Bencher, FxHashMap, HashMap, PORTS, SETS, each, familiar_name, key, lookup_port, phf_map, port_queries,
        port_status, rival, service_name,
    };

    #[divan::bench(args = SETS)]
    fn iana_ports_record(bencher: Bencher<'_, '_>, set: &str) {
        each(bencher, &port_queries(set), |&(port, proto)| lookup_port(port, proto));
    }

    #[divan::bench(args = SETS)]
    fn iana_ports_name(bencher: Bencher<'_, '_>, set: &str) {
        rival(bencher, set, |(port, proto)| service_name(port, proto));
    }

    /// Compare this one with `iana_ports_name`.
    #[divan::bench(args = SETS)]
    fn iana_ports_familiar_name(bencher: Bencher<'_, '_>, set: &str) {
        each(bencher, &port_queries(set), |&(port, proto)| familiar_name(port, proto));
    }

    #[divan::bench(args = SETS)]
    fn iana_ports_status(bencher: Bencher<'_, '_>, set: &str) {
        each(bencher, &port_queries(set), |&(port, proto)| port_status(port, proto));
    }

    #[divan::bench(args = SETS)]
    fn fx_hash_map(bencher: Bencher<'_, '_>, set: &str) {
        let map: FxHashMap<u32, &str> = PORTS.iter().copied().collect();
        rival(bencher, set, |port| map.get(&key(port)).copied());
    }

    #[divan::bench(args = SETS)]
    fn std_hash_map(bencher: Bencher<'_, '_>, set: &str) {
        let map: HashMap<u32, &str> = PORTS.iter().copied().collect();
        rival(bencher, set, |port| map.get(&key(port)).copied());
    }

    #[divan::bench(args = SETS)]
    fn phf(bencher: Bencher<'_, '_>, set: &str) {
        let map = phf_map(&PORTS);
        rival(bencher, set, |port| map.get(&key(port)).copied());
    }

    #[divan::bench(args = SETS)]
    fn binary_search(bencher: Bencher<'_, '_>, set: &str) {
        let mut sorted = PORTS.clone();
        sorted.sort_unstable();
        rival(bencher, set, |port| sorted.binary_search_by_key(&key(port), |row| row.0).ok().map(|at| sorted[at].1));
    }
}

/// Lookups of names: in any case for this crate, in lower case for the rivals.
mod names {
    use super::{Bencher, FxHashMap, HashMap, NAMES, each, lookup_service, phf_map, queries};

    fn rival(bencher: Bencher<'_, '_>, number: impl Fn(&str) -> Option<u16>) {
        let (any_case, lower_case) = queries::names();
        for (any_case, lower_case) in any_case.iter().zip(&lower_case) {
            let theirs = number(lower_case).map(|number| NAMES[usize::from(number)].0.to_owned());
            let ours = lookup_service(any_case).map(|service| service.name().to_ascii_lowercase());
            assert_eq!(theirs, ours, "{any_case}");
        }
        each(bencher, &lower_case, |name| number(name));
    }

    #[divan::bench]
    fn iana_ports(bencher: Bencher<'_, '_>) {
        each(bencher, &queries::names().0, |name| lookup_service(name));
    }

    fn map<M: FromIterator<(&'static str, u16)>>() -> M {
        NAMES.iter().copied().collect()
    }

    #[divan::bench]
    fn fx_hash_map(bencher: Bencher<'_, '_>) {
        let map: FxHashMap<&str, u16> = map();
        rival(bencher, |name| map.get(name).copied());
    }

    #[divan::bench]
    fn std_hash_map(bencher: Bencher<'_, '_>) {
        let map: HashMap<&str, u16> = map();
        rival(bencher, |name| map.get(name).copied());
    }

    #[divan::bench]
    fn phf(bencher: Bencher<'_, '_>) {
        let map = phf_map(&NAMES);
        rival(bencher, |name| map.get(name).copied());
    }
}

/// Walks over all records, and searches.
mod walks {
    use super::{PortRange, black_box, records, records_in, search, services};

    #[divan::bench]
    fn all_records() -> usize {
        records().map(|record| record.name().len()).sum()
    }

    /// A word that no row contains, and words in a few rows, in hundreds and in thousands.
    #[divan::bench(args = ["no such word", "1812", "http", "tcp"])]
    fn rows_with(text: &str) -> usize {
        search(black_box(text)).count()
    }

    /// One port, the System Ports, and all ports.
    #[divan::bench(args = ["443", "0-1023", "0-65535"])]
    fn records_of(ports: &str) -> usize {
        let ports: PortRange = black_box(ports).parse().expect("a range");
        records_in(ports).map(|record| record.name().len()).sum()
    }

    #[divan::bench]
    fn all_services() -> usize {
        services().map(|service| service.name().len()).sum()
    }
}
