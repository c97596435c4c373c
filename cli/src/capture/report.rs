//! Flows summed up by port, by service, or each by itself.

use super::tally::{Bytes, Counts, Flow, Tally};
use crate::output;
use crate::own::Own;
use iana_ports::{End, Proto, lookup_flow, service_name};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// The packets of a port or of a service.
#[derive(Serialize)]
pub struct Sum {
    /// The name of the port that serves, if it has one.
    service: Option<String>,
    /// The port, or all ports of the service.
    port: String,
    transport: Proto,
    flows: u64,
    #[serde(flatten)]
    ways: Ways,
    /// Of all bytes, in percent.
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

/// Packets and bytes, and how many of them go to the end that serves and come from it.
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
    fn of([to, from]: [Bytes; 2]) -> Self {
        Self {
            packets: to.packets + from.packets,
            bytes: to.bytes + from.bytes,
            packets_to: to.packets,
            bytes_to: to.bytes,
            packets_from: from.packets,
            bytes_from: from.bytes,
        }
    }

    fn cells(&self) -> [String; 6] {
        [self.packets, self.bytes, self.packets_to, self.bytes_to, self.packets_from, self.bytes_from]
            .map(|number| number.to_string())
    }
}

impl output::Row for Sum {
    const COLUMNS: &'static [&'static str] = &[
        "service",
        "port",
        "transport",
        "flows",
        "packets",
        "bytes",
        "packets_to",
        "bytes_to",
        "packets_from",
        "bytes_from",
        "share",
    ];

    fn cells(&self) -> Vec<String> {
        let service = self.service.clone().unwrap_or_default();
        let head = [service, self.port.clone(), self.transport.to_string(), self.flows.to_string()];
        head.into_iter().chain(self.ways.cells()).chain([format!("{:.1}%", self.share)]).collect()
    }
}

impl output::Row for FlowSum {
    const COLUMNS: &'static [&'static str] = &[
        "service",
        "transport",
        "client",
        "server",
        "packets",
        "bytes",
        "packets_to",
        "bytes_to",
        "packets_from",
        "bytes_from",
    ];

    fn cells(&self) -> Vec<String> {
        let service = self.service.clone().unwrap_or_default();
        let head = [service, self.transport.to_string(), self.client.clone(), self.server.clone()];
        head.into_iter().chain(self.ways.cells()).collect()
    }
}

/// Who serves in a flow, and by which name.
struct Served<'n> {
    /// The index of the end.
    server: usize,
    port: u16,
    name: Option<&'n str>,
    /// To the server, and from it.
    ways: [Bytes; 2],
}

impl<'n> Served<'n> {
    /// The end that the packets told; else one with a name of one's own; else as [`lookup_flow`] chooses; else the
    /// lower port.
    fn of(flow: &Flow, counts: &Counts, own: &Own<'n>) -> Self {
        let ports = flow.ends.map(|end| end.port());
        let own_name = |port| own.at(port, flow.proto).next().map(|own| own.name);
        let lower = usize::from(ports[1] < ports[0]);
        let named = || [lower, 1 - lower].into_iter().find(|&end| own_name(ports[end]).is_some());
        let registered = || {
            let (_, end) = lookup_flow(ports[0], ports[1], flow.proto)?;
            Some(usize::from(end == End::Destination))
        };
        let server = counts.serving.or_else(named).or_else(registered).unwrap_or(lower);
        let port = ports[server];
        let name = own_name(port).or_else(|| service_name(port, flow.proto));
        Self { server, port, name, ways: [counts.from[1 - server], counts.from[server]] }
    }
}

/// A line for each port that serves, most bytes first.
pub fn by_port(tally: &Tally, own: &Own<'_>) -> Vec<Sum> {
    sums(tally, own, |served, proto| (served.name, Some(served.port), proto))
}

/// A line for each service whatever its ports, most bytes first. A port without a name is by itself.
pub fn by_service(tally: &Tally, own: &Own<'_>) -> Vec<Sum> {
    sums(tally, own, |served, proto| {
        (served.name, Some(served.port).filter(|_| served.name.is_none()), proto)
    })
}

type Key<'n> = (Option<&'n str>, Option<u16>, Proto);

fn sums<'n>(tally: &Tally, own: &Own<'n>, key: impl Fn(&Served<'n>, Proto) -> Key<'n>) -> Vec<Sum> {
    let mut groups: HashMap<Key<'n>, (u64, [Bytes; 2], BTreeSet<u16>)> = HashMap::new();
    for (flow, counts) in &tally.flows {
        let served = Served::of(flow, counts, own);
        let (flows, ways, ports) = groups.entry(key(&served, flow.proto)).or_default();
        *flows += 1;
        *ways = [0, 1].map(|way| ways[way].plus(served.ways[way]));
        ports.insert(served.port);
    }
    let bytes = |[to, from]: [Bytes; 2]| to.plus(from).bytes;
    let all: u64 = groups.values().map(|(_, ways, _)| bytes(*ways)).sum();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(a, (_, a_ways, a_ports)), (b, (_, b_ways, b_ports))| {
        (Reverse(bytes(*a_ways)), a, a_ports).cmp(&(Reverse(bytes(*b_ways)), b, b_ports))
    });
    let sum = |((name, _, transport), (flows, ways, ports)): (Key<'_>, (u64, [Bytes; 2], BTreeSet<u16>))| {
        let ports: Vec<String> = ports.into_iter().map(|port| port.to_string()).collect();
        #[allow(clippy::cast_precision_loss, reason = "three digits are printed")]
        let share = (1000.0 * bytes(ways) as f64 / all.max(1) as f64).round() / 10.0;
        Sum {
            service: name.map(str::to_owned),
            port: ports.join(","),
            transport,
            flows,
            ways: Ways::of(ways),
            share,
        }
    };
    groups.into_iter().map(sum).collect()
}

/// A line for each flow, most bytes first.
pub fn by_flow(tally: &Tally, own: &Own<'_>) -> Vec<FlowSum> {
    let mut flows: Vec<(&Flow, Served<'_>)> =
        tally.flows.iter().map(|(flow, counts)| (flow, Served::of(flow, counts, own))).collect();
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
