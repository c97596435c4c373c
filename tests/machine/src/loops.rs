//! Loops around lookups, each once with the lookup and once with stored answers. `end` ends each of them.
//! ci/machine-code counts the mispredicted branches between the calls of `end`.

use fastrand::Rng;
use iana_ports::{
    End, PortStatus, Proto, Record, familiar_name, flow_name, lookup_flow, lookup_port, lookup_service, port_status,
    service_name, services,
};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::hint::black_box;
use std::time::{Duration, Instant};

const QUERIES: usize = 100_000;

#[inline(never)]
fn end() {
    black_box(());
}

/// Source port, destination port, and protocol number. Every other server port has no record, and the clients' ports
/// are those of Linux.
type Flow = (u16, u16, u8);

fn flow(rng: &mut Rng) -> Flow {
    let proto = if rng.bool() { Proto::Tcp } else { Proto::Udp };
    let (has_record, client) = (rng.bool(), rng.u16(32_768..=60_767));
    let server = std::iter::repeat_with(|| rng.u16(..)).find(|&port| lookup_port(port, proto).is_some() == has_record);
    let (server, number) = (server.unwrap(), proto.ip_number());
    if rng.bool() { (client, server, number) } else { (server, client, number) }
}

/// A name in any case, one in ten not registered.
fn name(rng: &mut Rng, all: &[&str]) -> String {
    let mut name = all[rng.usize(..all.len())].to_owned();
    if rng.usize(..10) == 0 {
        while lookup_service(&name).is_some() {
            let at = rng.usize(..name.len());
            name.replace_range(at..=at, &rng.lowercase().to_string());
        }
    }
    match rng.usize(..3) {
        0 => name.to_ascii_uppercase(),
        1 => name.to_ascii_lowercase(),
        _ => name,
    }
}

/// Runs a loop, the second time with the predictors warm.
#[inline(never)]
fn run(title: &str, around: impl Fn()) {
    println!("{title}");
    for _ in 0..2 {
        around();
        end();
    }
}

/// Runs a loop around a lookup, then around the answers.
macro_rules! run {
    ($shape:ident $title:literal, $queries:expr, $lookup:expr) => {
        let title = concat!(stringify!($shape), " ", $title);
        run(title, || $shape($queries, $lookup));
        let answers: Vec<_> = $queries.iter().map($lookup).collect();
        run(&format!("{title}: stored"), || $shape(&answers, |&answer| answer));
    };
}

// The shapes of loops.

fn kept<Q, A>(queries: &[Q], ask: impl Fn(&Q) -> A) {
    for query in queries {
        black_box(ask(query));
    }
}

/// With a clock around the rounds, as benches have it.
fn timed<Q, A>(queries: &[Q], ask: impl Fn(&Q) -> A) {
    fn time<Q, A>(queries: &[Q], mut ask: impl FnMut(&Q) -> A) -> Duration {
        let start = Instant::now();
        for query in queries {
            black_box(ask(query));
        }
        start.elapsed()
    }
    black_box(time(queries, ask));
}

/// Without the collisions of a map, which have branches of their own.
fn counted<Q>(queries: &[Q], ask: impl Fn(&Q) -> Option<Record>) {
    let (mut counts, hasher) = ([0_u32; 1 << 12], BuildHasherDefault::<DefaultHasher>::default());
    for query in queries {
        if let Some(record) = ask(query) {
            counts[hasher.hash_one(record) as usize % counts.len()] += 1;
        }
    }
    black_box(counts);
}

fn named<Q>(queries: &[Q], ask: impl Fn(&Q) -> Option<Record>) {
    kept(queries, |query| ask(query).map(Record::name));
}

fn lengths<Q>(queries: &[Q], ask: impl Fn(&Q) -> Option<&'static str>) {
    black_box(queries.iter().map(|query| ask(query).unwrap_or("-").len()).sum::<usize>());
}

fn if_let<Q>(queries: &[Q], ask: impl Fn(&Q) -> Option<(Record, End)>) {
    let mut ends = [0_u32; 2];
    for query in queries {
        if let Some((_, end)) = ask(query) {
            ends[end as usize] += 1;
        }
    }
    black_box(ends);
}

fn matched<Q>(queries: &[Q], ask: impl Fn(&Q) -> Option<(Record, End)>) {
    let mut ends = [0_u32; 3];
    for query in queries {
        match ask(query) {
            Some((_, End::Source)) => ends[0] += 1,
            Some((_, End::Destination)) => ends[1] += 1,
            None => ends[2] += 1,
        }
    }
    black_box(ends);
}

fn statuses<Q>(queries: &[Q], ask: impl Fn(&Q) -> PortStatus) {
    let mut statuses = [0_u32; 4];
    for query in queries {
        statuses[match ask(query) {
            PortStatus::Assigned(_) => 0,
            PortStatus::Reserved(_) => 1,
            PortStatus::Unassigned(_) => 2,
            PortStatus::Dynamic => 3,
        }] += 1;
    }
    black_box(statuses);
}

/// What a flow collector keeps of a packet.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "nobody reads it")]
struct Ends {
    serving: Option<(Record, End)>,
    source: Option<&'static str>,
    destination: Option<&'static str>,
}

fn main() {
    let rng = &mut Rng::with_seed(9);
    let flows: &[Flow] = &(0..QUERIES).map(|_| flow(rng)).collect::<Vec<_>>();
    let all: Vec<&str> = services().map(|service| service.name()).collect();
    let names: &[String] = &(0..QUERIES).map(|_| name(rng, &all)).collect::<Vec<_>>();
    let proto = Proto::from_ip_number;

    run!(kept "lookup_port", flows, |&(port, ..)| lookup_port(port, Proto::Tcp));
    run!(kept "lookup_port by number", flows, |&(port, _, number)| lookup_port(port, proto(number)?));
    run!(timed "lookup_port by number", flows, |&(port, _, number)| lookup_port(port, proto(number)?));
    run!(named "lookup_port", flows, |&(port, ..)| lookup_port(port, Proto::Tcp));
    run!(named "lookup_port by number", flows, |&(port, _, number)| lookup_port(port, proto(number)?));
    run!(counted "lookup_port by number", flows, |&(port, _, number)| lookup_port(port, proto(number)?));
    run!(kept "service_name", flows, |&(port, ..)| service_name(port, Proto::Tcp));
    run!(kept "service_name by number", flows, |&(port, _, number)| service_name(port, proto(number)?));
    run!(timed "service_name by number", flows, |&(port, _, number)| service_name(port, proto(number)?));
    run!(lengths "service_name by number", flows, |&(port, _, number)| service_name(port, proto(number)?));
    run!(kept "familiar_name by number", flows, |&(port, _, number)| familiar_name(port, proto(number)?));
    run!(timed "familiar_name by number", flows, |&(port, _, number)| familiar_name(port, proto(number)?));
    run!(kept "port_status by number", flows, |&(port, _, number)| Some(port_status(port, proto(number)?)));
    run!(kept "port_status", flows, |&(port, ..)| port_status(port, Proto::Tcp));
    run!(timed "port_status", flows, |&(port, ..)| port_status(port, Proto::Tcp));
    run!(statuses "port_status", flows, |&(port, ..)| port_status(port, Proto::Tcp));
    run!(kept "lookup_flow", flows, |&(from, to, _)| lookup_flow(from, to, Proto::Tcp));
    run!(kept "lookup_flow by number", flows, |&(from, to, number)| lookup_flow(from, to, proto(number)?));
    run!(timed "lookup_flow by number", flows, |&(from, to, number)| lookup_flow(from, to, proto(number)?));
    run!(if_let "lookup_flow by number", flows, |&(from, to, number)| lookup_flow(from, to, proto(number)?));
    run!(matched "lookup_flow by number", flows, |&(from, to, number)| lookup_flow(from, to, proto(number)?));
    run!(named "lookup_flow", flows, |&(from, to, _)| lookup_flow(from, to, Proto::Tcp).map(|(record, _)| record));
    run!(counted "lookup_flow", flows, |&(from, to, _)| lookup_flow(from, to, Proto::Tcp).map(|(record, _)| record));
    run!(kept "flow_name", flows, |&(from, to, _)| flow_name(from, to, Proto::Tcp));
    run!(kept "flow_name by number", flows, |&(from, to, number)| flow_name(from, to, proto(number)?));
    run!(timed "flow_name by number", flows, |&(from, to, number)| flow_name(from, to, proto(number)?));
    run!(lengths "flow_name by number", flows, |&(from, to, number)| flow_name(from, to, proto(number)?));
    run!(kept "a struct of both ends", flows, |&(from, to, number)| {
        let proto = proto(number)?;
        let [source, destination] = [from, to].map(|port| service_name(port, proto));
        Some(Ends { serving: lookup_flow(from, to, proto), source, destination })
    });
    run!(kept "lookup_service", names, |name| lookup_service(name));
    run!(timed "lookup_service", names, |name| lookup_service(name));
    run!(kept "Service::port", names, |name| lookup_service(name)?.port(Proto::Tcp));
    run!(timed "Service::port", names, |name| lookup_service(name)?.port(Proto::Tcp));
}
