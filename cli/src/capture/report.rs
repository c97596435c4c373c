//! Flows, summed up by port or by service, or listed one by one.

use super::tally::{Counts, Flow, Tally, Traffic};
use crate::local_names::{Lookups, NamesFile};
use crate::output::Printable;
use iana_ports::Proto;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// The packets of a port, or of a service with all its ports.
#[derive(Serialize)]
pub struct Sum<const BY_SERVICE: bool> {
    /// The name of the serving port, if it has one.
    service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ports: Vec<u16>,
    transport: Proto,
    flows: u64,
    #[serde(flatten)]
    ways: Ways,
    /// The percentage of all bytes.
    share: f64,
}

/// The packets of a flow.
#[derive(Serialize)]
pub struct FlowSum {
    service: Option<String>,
    transport: Proto,
    client: String,
    server: String,
    #[serde(flatten)]
    ways: Ways,
}

/// Packets and bytes, and how many of them go to the serving end and come from it.
#[derive(Serialize)]
struct Ways {
    packets: u64,
    bytes: u64,
    packets_to: u64,
    bytes_to: u64,
    packets_from: u64,
    bytes_from: u64,
}

impl Ways {
    fn of([to, from]: [Traffic; 2]) -> Self {
        Self {
            packets: to.packets + from.packets,
            bytes: to.bytes + from.bytes,
            packets_to: to.packets,
            bytes_to: to.bytes,
            packets_from: from.packets,
            bytes_from: from.bytes,
        }
    }
}

impl Printable for Sum<false> {
    #[rustfmt::skip]
    const COLUMNS: &[&str] = &[
        "service", "port", "transport", "flows", "packets", "bytes", "packets_to", "bytes_to", "packets_from", "bytes_from", "share",
    ];
}

impl Printable for Sum<true> {
    #[rustfmt::skip]
    const COLUMNS: &[&str] = &[
        "service", "ports", "transport", "flows", "packets", "bytes", "packets_to", "bytes_to", "packets_from", "bytes_from", "share",
    ];
}

impl Printable for FlowSum {
    #[rustfmt::skip]
    const COLUMNS: &[&str] = &[
        "service", "transport", "client", "server", "packets", "bytes", "packets_to", "bytes_to", "packets_from", "bytes_from",
    ];
}

/// The end that serves in a flow, and its name.
struct Served<'n> {
    /// The index of the end.
    server: usize,
    port: u16,
    name: Option<&'n str>,
    /// To the server, and from it.
    ways: [Traffic; 2],
}

impl<'n> Served<'n> {
    /// The end that the packets showed, or else the end that [`Lookups::serving`] chooses, or else the lower port.
    fn of(flow: &Flow, counts: &Counts, names: Lookups<'n>) -> Self {
        let ports = flow.ends.map(|end| end.port());
        let chosen = || names.serving(ports, flow.proto).map(|end| end as usize);
        let lower = usize::from(ports[1] < ports[0]);
        let server = counts.serving.or_else(chosen).unwrap_or(lower);
        let port = ports[server];
        let name = names.name(port, flow.proto);
        Self { server, port, name, ways: [counts.from[1 - server], counts.from[server]] }
    }
}

/// A row for each serving port, most bytes first.
pub fn by_port(tally: &Tally, own: &NamesFile<'_>) -> Vec<Sum<false>> {
    sums(tally, own, |served, proto| (served.name, Some(served.port), proto))
}

/// A row for each service with all its ports, most bytes first. A port without a name has a row of its own.
pub fn by_service(tally: &Tally, own: &NamesFile<'_>) -> Vec<Sum<true>> {
    sums(tally, own, |served, proto| (served.name, Some(served.port).filter(|_| served.name.is_none()), proto))
}

type Key<'n> = (Option<&'n str>, Option<u16>, Proto);

fn sums<'n, const BY_SERVICE: bool>(
    tally: &Tally,
    own: &'n NamesFile<'_>,
    key: impl Fn(&Served<'n>, Proto) -> Key<'n>,
) -> Vec<Sum<BY_SERVICE>> {
    let mut groups: HashMap<Key<'n>, (u64, [Traffic; 2], BTreeSet<u16>)> = HashMap::new();
    let names = own.lookups();
    for (flow, counts) in &tally.flows {
        let served = Served::of(flow, counts, names);
        let (flows, ways, ports) = groups.entry(key(&served, flow.proto)).or_default();
        *flows += 1;
        *ways = [0, 1].map(|way| ways[way].plus(served.ways[way]));
        ports.insert(served.port);
    }
    let bytes = |[to, from]: [Traffic; 2]| to.plus(from).bytes;
    let all: u64 = groups.values().map(|(_, ways, _)| bytes(*ways)).sum();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(a, (_, a_ways, a_ports)), (b, (_, b_ways, b_ports))| {
        (Reverse(bytes(*a_ways)), a, a_ports).cmp(&(Reverse(bytes(*b_ways)), b, b_ports))
    });
    let sum = |((name, _, transport), (flows, ways, ports)): (Key<'_>, (u64, [Traffic; 2], BTreeSet<u16>))| {
        let port = ports.first().copied().filter(|_| !BY_SERVICE);
        let ports: Vec<u16> = ports.into_iter().filter(|_| BY_SERVICE).collect();
        #[allow(clippy::cast_precision_loss, reason = "three digits are printed")]
        let share = (1000.0 * bytes(ways) as f64 / all.max(1) as f64).round() / 10.0;
        Sum { service: name.map(str::to_owned), port, ports, transport, flows, ways: Ways::of(ways), share }
    };
    groups.into_iter().map(sum).collect()
}

/// A row for each flow, most bytes first.
pub fn by_flow(tally: &Tally, own: &NamesFile<'_>) -> Vec<FlowSum> {
    let names = own.lookups();
    let mut flows: Vec<(&Flow, Served<'_>)> =
        tally.flows.iter().map(|(flow, counts)| (flow, Served::of(flow, counts, names))).collect();
    flows.sort_by_key(|(flow, served)| (Reverse(served.ways[0].plus(served.ways[1]).bytes), **flow));
    let sum = |(flow, served): (&Flow, Served<'_>)| FlowSum {
        service: served.name.map(str::to_owned),
        transport: flow.proto,
        client: flow.ends[1 - served.server].to_string(),
        server: flow.ends[served.server].to_string(),
        ways: Ways::of(served.ways),
    };
    flows.into_iter().map(sum).collect()
}
