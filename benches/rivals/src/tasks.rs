//! Who competes in what.

use crate::contenders::{Tables, getservbyname, getservbyport, iana_services};
use crate::measure::{Contender, cold, contender, warm};
use crate::queries::{self, Port};
use iana_ports::{Record, lookup_port, lookup_service, port_status};

/// Queries for those who read a file for each.
const FEW: usize = 64;

/// What came of a task: nanoseconds a lookup, by contender.
pub struct Task {
    pub title: &'static str,
    pub results: Vec<(&'static str, f64)>,
}

impl Task {
    fn of(title: &'static str, contenders: &[Contender<'_>], times: Vec<f64>) -> Self {
        let names = contenders.iter().map(|contender| contender.name);
        Self { title, results: names.zip(times).collect() }
    }

    pub fn time(&self, name: &str) -> f64 {
        let found = self.results.iter().find(|(other, _)| *other == name);
        found.unwrap_or_else(|| panic!("{name} is not in {}", self.title)).1
    }
}

/// All tasks, answers asserted before anything is timed.
pub fn all(tables: &Tables) -> Vec<Task> {
    let mut tasks = Vec::new();
    let sets = [
        ("ports, uniform", queries::uniform()),
        ("ports, half misses", queries::mixed()),
        ("ports, hot, a third misses", queries::hot()),
        ("ports, hits", queries::hits()),
        ("ports, misses", queries::misses()),
        ("ports, a million flows", queries::flows()),
    ];
    for (title, queries) in &sets {
        agree_on_ports(tables, queries);
        let contenders = ports(tables, queries);
        tasks.push(Task::of(title, &contenders, warm(&contenders)));
    }
    let contenders = ports(tables, &sets[1].1);
    tasks.push(Task::of("ports, half misses, cold cache", &contenders, cold(&contenders)));

    let (any_case, lower_case) = queries::names();
    agree_on_names(tables, &any_case, &lower_case);
    let contenders = names(tables, &any_case, &lower_case);
    tasks.push(Task::of("names, a tenth misses", &contenders, warm(&contenders)));
    tasks.push(Task::of("names, a tenth misses, cold cache", &contenders, cold(&contenders)));
    tasks
}

fn ports<'a>(tables: &'a Tables, queries: &'a [Port]) -> Vec<Contender<'a>> {
    let few = &queries[..FEW];
    vec![
        contender("iana-ports, record", queries, |&(port, proto)| lookup_port(port, proto)),
        contender("direct table, record", queries, |&port| tables.direct(port)),
        contender("iana-ports, name", queries, |&(port, proto)| lookup_port(port, proto).map(Record::name)),
        contender("FxHashMap", queries, |&port| tables.fx(port)),
        contender("match", queries, |&port| tables.by_match(port)),
        contender("std HashMap", queries, |&port| tables.std(port)),
        contender("phf::Map of literals", queries, |&port| tables.phf(port)),
        contender("binary search", queries, |&port| tables.binary_search(port)),
        contender("iana-ports, status", queries, |&(port, proto)| port_status(port, proto)),
        contender("ndb-tcp-service 0.4.0", queries, |&port| tables.ndb(port)),
        contender("port-desc 0.1.1", queries, |&port| tables.port_desc(port)),
        contender("iana-services 0.1.0", few, |&port| iana_services(port)),
        contender("glibc getservbyport", few, |&port| getservbyport(port)),
    ]
}

fn names<'a>(tables: &'a Tables, any_case: &'a [String], lower_case: &'a [String]) -> Vec<Contender<'a>> {
    vec![
        contender("iana-ports, any case", any_case, |name| lookup_service(name)),
        contender("FxHashMap, lower case", lower_case, |name| tables.fx_name(name)),
        contender("std HashMap, lower case", lower_case, |name| tables.std_name(name)),
        contender("phf::Map of literals, lower case", lower_case, |name| tables.phf_name(name)),
        contender("binary search, lower case", lower_case, |name| tables.binary_search_name(name)),
        contender("glibc getservbyname", &lower_case[..FEW], |name| getservbyname(name)),
    ]
}

fn agree_on_ports(tables: &Tables, queries: &[Port]) {
    for &(port, proto) in queries {
        let ours = lookup_port(port, proto).map(Record::name);
        let query = (port, proto);
        let theirs = [
            tables.fx(query),
            tables.std(query),
            tables.phf(query),
            tables.by_match(query),
            tables.binary_search(query),
        ];
        assert_eq!([ours; 5], theirs, "{port}/{proto}");
        assert_eq!(tables.direct(query).is_some(), ours.is_some(), "{port}/{proto}");
    }
}

fn agree_on_names(tables: &Tables, any_case: &[String], lower_case: &[String]) {
    let mut misses = 0;
    for (any_case, lower_case) in any_case.iter().zip(lower_case) {
        let ours = lookup_service(any_case).is_some();
        let theirs = [
            tables.fx_name(lower_case),
            tables.std_name(lower_case),
            tables.phf_name(lower_case),
            tables.binary_search_name(lower_case),
        ];
        assert!(theirs.iter().all(|found| *found == theirs[0] && found.is_some() == ours), "{any_case}");
        misses += usize::from(!ours);
    }
    let share = misses as f64 / any_case.len() as f64;
    assert!((0.09..0.11).contains(&share), "{share}");
}
