//! The tasks, and the candidates for each of them.

use crate::contenders::{Tables, getservbyname, getservbyport, iana_services};
use crate::measure::{Contender, cold, collector, contender, warm};
use iana_ports::{
    PortQueries, Proto, Record, familiar_name, flow_name, lookup_flow, lookup_port, lookup_service, port_status,
    service_name,
};
use queries::{self, Flow, Packet, Port};

/// The number of queries for candidates that read a file for each query.
const FEW: usize = 64;

/// The result of a task: nanoseconds per lookup for each candidate.
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

/// Runs a task in two shapes of loop.
macro_rules! in_two_shapes {
    ($tasks:ident, $title:literal, { $($name:literal, $queries:expr, $answer:expr;)+ }) => {
        let contenders = [$(contender($name, $queries, $answer)),+];
        $tasks.push(Task::of($title, &contenders, warm(&contenders)));
        let contenders = [$(collector($name, $queries, $answer)),+];
        $tasks.push(Task::of(concat!($title, ", collected"), &contenders, warm(&contenders)));
    };
}

/// Runs all tasks. It checks the answers before it times anything.
pub fn all(tables: &Tables) -> Vec<Task> {
    let mut tasks = Vec::new();
    let sets = [
        ("ports, uniform", queries::uniform()),
        ("ports, half misses", queries::mixed()),
        ("ports, hot, a third misses", queries::hot()),
        ("ports, hits", queries::hits()),
    ];
    for (title, queries) in &sets {
        agree_on_ports(tables, queries);
        let contenders = ports(tables, queries);
        tasks.push(Task::of(title, &contenders, warm(&contenders)));
    }
    let contenders = ports(tables, &sets[1].1);
    tasks.push(Task::of("ports, half misses, cold cache", &contenders, cold(&contenders)));

    for (title, queries) in [
        ("by IP number, uniform", &sets[0].1),
        ("by IP number, half misses", &sets[1].1),
        ("by IP number, hot, a third misses", &sets[2].1),
        ("by IP number, hits", &sets[3].1),
    ] {
        let packets = queries::by_ip_number(queries);
        for &packet in &packets {
            assert_eq!(name_by_ip(packet), tables.fx_by_ip(packet), "{packet:?}");
            assert_eq!(name_by_ip(packet), tables.std_by_ip(packet), "{packet:?}");
        }
        let contenders = by_ip_number(tables, &packets);
        tasks.push(Task::of(title, &contenders, warm(&contenders)));
    }

    let ends = queries::flow_ends();
    for &flow in &ends {
        let found = flow_by_ip(flow).map(|(record, _)| record.name());
        assert_eq!([found; 2], [tables.fx_flow(flow), tables.std_flow(flow)], "{flow:?}");
    }
    in_two_shapes!(tasks, "flows", {
        "iana-ports, record", &ends, |&flow| flow_by_ip(flow);
        "FxHashMap", &ends, |&flow| tables.fx_flow(flow);
        "std HashMap", &ends, |&flow| tables.std_flow(flow);
    });
    in_two_shapes!(tasks, "flow names", {
        "iana-ports, name", &ends, |&flow| flow_name_by_ip(flow);
        "iana-ports, record, then name", &ends, |&flow| flow_by_ip(flow).map(|(record, _)| record.name());
        "FxHashMap", &ends, |&flow| tables.fx_flow(flow);
        "std HashMap", &ends, |&flow| tables.std_flow(flow);
    });
    let mixed = &sets[1].1;
    in_two_shapes!(tasks, "record, then name", {
        "iana-ports", mixed, |&(port, proto)| lookup_port(port, proto).map(Record::name);
        "FxHashMap", mixed, |&port| tables.fx(port);
        "std HashMap", mixed, |&port| tables.std(port);
    });
    in_two_shapes!(tasks, "everyday names", {
        "iana-ports", mixed, |&(port, proto)| familiar_name(port, proto);
        "FxHashMap", mixed, |&port| tables.fx_familiar(port);
    });

    let (any_case, lower_case) = queries::names();
    for (any_case, lower_case) in any_case.iter().zip(&lower_case) {
        assert_eq!([port_of(any_case); 2], [tables.fx_port(lower_case), tables.std_port(lower_case)], "{any_case}");
    }
    in_two_shapes!(tasks, "port of a name", {
        "iana-ports, any case", &any_case, |name| port_of(name);
        "FxHashMap, lower case", &lower_case, |name| tables.fx_port(name);
        "std HashMap, lower case", &lower_case, |name| tables.std_port(name);
    });
    let lists: Vec<String> =
        mixed.chunks(8).map(|ports| ports.iter().map(|(port, _)| format!("{port},")).collect()).collect();
    let lists: Vec<&str> = lists.iter().map(|list| list.trim_end_matches(',')).collect();
    in_two_shapes!(tasks, "lists of eight ports", {
        "iana-ports, PortQueries", &lists, |list| PortQueries::new(list).filter_map(|query| query.ok()?.ports()).count();
        "split, parse::<u16>", &lists, |list| list.split(',').filter_map(|item| item.parse::<u16>().ok()).count();
    });
    agree_on_names(tables, &any_case, &lower_case);
    let contenders = names(tables, &any_case, &lower_case);
    tasks.push(Task::of("names, a tenth misses", &contenders, warm(&contenders)));
    tasks.push(Task::of("names, a tenth misses, cold cache", &contenders, cold(&contenders)));
    tasks
}

fn record_by_ip((port, number): Packet) -> Option<Record> {
    lookup_port(port, Proto::from_ip_number(number)?)
}

fn name_by_ip((port, number): Packet) -> Option<&'static str> {
    service_name(port, Proto::from_ip_number(number)?)
}

fn flow_by_ip((source, destination, number): Flow) -> Option<(Record, iana_ports::End)> {
    lookup_flow(source, destination, Proto::from_ip_number(number)?)
}

fn flow_name_by_ip((source, destination, number): Flow) -> Option<&'static str> {
    flow_name(source, destination, Proto::from_ip_number(number)?)
}

fn port_of(name: &str) -> Option<u16> {
    lookup_service(name)?.port(Proto::Tcp)
}

fn by_ip_number<'a>(tables: &'a Tables, packets: &'a [Packet]) -> Vec<Contender<'a>> {
    vec![
        contender("iana-ports, record", packets, |&packet| record_by_ip(packet)),
        contender("direct table, record", packets, |&packet| tables.direct_by_ip(packet)),
        contender("iana-ports, name", packets, |&packet| name_by_ip(packet)),
        contender("FxHashMap", packets, |&packet| tables.fx_by_ip(packet)),
        contender("std HashMap", packets, |&packet| tables.std_by_ip(packet)),
    ]
}

fn ports<'a>(tables: &'a Tables, queries: &'a [Port]) -> Vec<Contender<'a>> {
    let few = &queries[..FEW];
    vec![
        contender("iana-ports, record", queries, |&(port, proto)| lookup_port(port, proto)),
        contender("direct table, record", queries, |&port| tables.direct(port)),
        contender("iana-ports, name", queries, |&(port, proto)| service_name(port, proto)),
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
