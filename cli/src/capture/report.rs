//! Flows, summed up by port or by service, or listed one by one.

use super::packet::PacketError;
use super::tally::{Counts, Flow, Traffic};
use crate::arguments::By;
use crate::error::Error;
use crate::local_names::{Lookups, NamesFile};
use crate::output::{Output, Parts};
use iana_ports::Proto;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::mem;
use std::net::SocketAddr;

/// The most rows in a table. Nobody reads more, and the other formats contain all rows.
const MOST: usize = 1000;

/// The columns of sums, between others.
const SUMS: [&str; 6] = ["packets", "bytes", "packets_to", "bytes_to", "packets_from", "bytes_from"];
const NOT_COUNTED: &[&str] = &["not_counted", "packets", "bytes"];

/// The values of some columns.
struct Row(Vec<(&'static str, Value)>);

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(column, value)| (column, value)))
    }
}

/// The sums of a port at which flows are served.
#[derive(Clone, Copy, Default)]
struct Served {
    flows: u64,
    /// The traffic to the server, and from it.
    ways: [Traffic; 2],
}

impl Served {
    /// The index of the end that serves, and the sums of the flow. It is the end that the packets showed, or else the
    /// one that [`Lookups::serving`] chooses, or else the lower port.
    fn of(flow: &Flow, counts: &Counts, names: Lookups<'_>) -> (usize, Self) {
        let ports = flow.ends.map(|(_, port)| port);
        let chosen = || names.serving(ports, flow.proto).map(|end| end as usize);
        let server = counts.serving.or_else(chosen).unwrap_or(usize::from(ports[1] < ports[0]));
        (server, Self { flows: 1, ways: [counts.from[1 - server], counts.from[server]] })
    }

    fn add(&mut self, other: &Self) {
        self.flows += other.flows;
        self.ways = [0, 1].map(|way| self.ways[way].plus(other.ways[way]));
    }

    fn bytes(&self) -> u64 {
        self.ways[0].bytes + self.ways[1].bytes
    }

    /// The columns with packets and bytes, between other columns.
    fn row<const N: usize>(&self, first: [(&'static str, Value); N], last: Option<(&'static str, Value)>) -> Row {
        let [to, from] = self.ways;
        let values = [to.plus(from), to, from].map(|traffic| [traffic.packets, traffic.bytes]);
        let values = values.as_flattened().iter().map(|&value| value.into());
        Row(first.into_iter().chain(SUMS.into_iter().zip(values)).chain(last).collect())
    }
}

/// Prints the counts of a tally. It receives the flows that the tally forgets, and needs memory only for the ports.
pub struct Report<'r> {
    by: By,
    names: Lookups<'r>,
    out: &'r Output,
    /// The sums of each port of a transport, if ports or services are to be printed.
    ports: BTreeMap<Proto, Vec<Served>>,
    /// The largest flows, if they are to be printed as a table.
    largest: Vec<(Flow, Counts)>,
    /// The number of rows that the table leaves out.
    left_out: usize,
    parts: Parts<'r>,
}

impl<'r> Report<'r> {
    pub fn new(by: By, own: &'r NamesFile<'_>, out: &'r Output) -> Result<Self, Error> {
        let (first, last) = match by {
            By::Port => (["service", "port", "transport", "flows"], &["share"][..]),
            By::Service => (["service", "ports", "transport", "flows"], &["share"][..]),
            By::Flow => (["service", "transport", "client", "server"], &[][..]),
        };
        // In a table, packets in no flow have a part of their own.
        let not_counted = if out.is_table() { &[][..] } else { &NOT_COUNTED[..1] };
        let parts = out.parts(&[&first[..], &SUMS, last, not_counted].concat())?;
        Ok(Self { by, names: own.lookups(), out, ports: BTreeMap::new(), largest: Vec::new(), left_out: 0, parts })
    }

    /// Adds flows, and prints them if each flow has a row in CSV or JSON.
    pub fn add(&mut self, mut flows: Vec<(Flow, Counts)>) -> Result<(), Error> {
        if self.by != By::Flow {
            for (flow, counts) in &flows {
                let (server, own) = Served::of(flow, counts, self.names);
                let ports = self.ports.entry(flow.proto).or_insert_with(|| vec![Served::default(); 1 << 16]);
                ports[usize::from(flow.ends[server].1)].add(&own);
            }
            return Ok(());
        }
        flows.append(&mut self.largest);
        flows.sort_unstable_by_key(|(flow, counts)| (Reverse(counts.from[0].plus(counts.from[1]).bytes), *flow));
        if !self.out.is_table() {
            return self.print_flows(&flows);
        }
        self.left_out += flows.len().saturating_sub(MOST);
        flows.truncate(MOST);
        self.largest = flows;
        Ok(())
    }

    fn print_flows(&mut self, flows: &[(Flow, Counts)]) -> Result<(), Error> {
        let names = self.names;
        let rows = flows.iter().map(|(flow, counts)| {
            let (server, sums) = Served::of(flow, counts, names);
            let ends = [1 - server, server].map(|end| SocketAddr::from(flow.ends[end]));
            let service = ("service", json!(names.name(ends[1].port(), flow.proto)));
            let transport = ("transport", json!(flow.proto));
            sums.row([service, transport, ("client", json!(ends[0])), ("server", json!(ends[1]))], None)
        });
        self.parts.add(rows)
    }

    /// Prints the remaining rows, and the packets in no flow.
    pub fn finish(mut self, not_counted: BTreeMap<PacketError, Traffic>) -> Result<(), Error> {
        if self.by == By::Flow {
            let largest = mem::take(&mut self.largest);
            self.print_flows(&largest)?;
        } else {
            self.print_sums(not_counted.values().map(|traffic| traffic.bytes).sum())?;
        }
        let mut rows: Vec<_> = not_counted.into_iter().map(|(why, traffic)| (why.to_string(), traffic)).collect();
        rows.sort_by_key(|(_, traffic)| Reverse(traffic.packets));
        let row = |(why, traffic): (String, Traffic)| {
            Row(vec![("not_counted", why.into()), ("packets", traffic.packets.into()), ("bytes", traffic.bytes.into())])
        };
        if self.left_out > 0 {
            let left_out = format!("{} smaller rows left out; CSV and JSON have them all\n", self.left_out);
            self.out.text(left_out.as_bytes())?;
        }
        if self.out.is_table() {
            let sums = mem::replace(&mut self.parts, self.out.parts(NOT_COUNTED)?);
            if sums.is_begun && !rows.is_empty() {
                self.out.text(b"\n")?;
            }
        }
        self.parts.add(rows.into_iter().map(row))?;
        self.parts.finish()
    }

    /// Prints a row for each port or service, most bytes first. A port without a name always has a row of its own.
    fn print_sums(&mut self, bytes_in_no_flow: u64) -> Result<(), Error> {
        let (sums, names, by_service) = (mem::take(&mut self.ports), self.names, self.by == By::Service);
        let key = |&(proto, port): &(Proto, u16)| {
            let name = names.name(port, proto);
            (name, Some(port).filter(|_| !by_service || name.is_none()), proto)
        };
        let served = |(proto, port): (Proto, u16)| sums[&proto][usize::from(port)];
        let ports = sums.keys().flat_map(|&proto| (0..=u16::MAX).map(move |port| (proto, port)));
        let mut ports: Vec<(Proto, u16)> = ports.filter(|&port| served(port).flows > 0).collect();
        ports.sort_by_cached_key(key);
        let mut groups: Vec<(&[(Proto, u16)], Served)> = Vec::new();
        for group in ports.chunk_by(|a, b| key(a) == key(b)) {
            let mut sum = Served::default();
            for &port in group {
                sum.add(&served(port));
            }
            groups.push((group, sum));
        }
        // A stable sort, so that rows with equal sums keep their order.
        groups.sort_by_key(|(_, sum)| Reverse(sum.bytes()));
        let all = (groups.iter().map(|(_, sum)| sum.bytes()).sum::<u64>() + bytes_in_no_flow).max(1);
        if self.out.is_table() {
            self.left_out = groups.len().saturating_sub(MOST);
            groups.truncate(MOST);
        }
        let rows = groups.into_iter().map(|(group, sum)| {
            let (name, port, transport) = key(&group[0]);
            let ports: Vec<u16> = group.iter().map(|(_, port)| *port).collect();
            let ports = if by_service { ("ports", json!(ports)) } else { ("port", json!(port)) };
            #[allow(clippy::cast_precision_loss, reason = "three digits are printed")]
            let share = (1000.0 * sum.bytes() as f64 / all as f64).round() / 10.0;
            let first = [("service", json!(name)), ports, ("transport", json!(transport)), ("flows", json!(sum.flows))];
            sum.row(first, Some(("share", json!(share))))
        });
        self.parts.add(rows)
    }
}
