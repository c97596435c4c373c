//! Packets summed up by service.

use super::packet::{Flow, Skipped};
use crate::output;
use crate::own::Own;
use iana_ports::{Proto, lookup_flow};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a flow is counted under: the name of its service, or a port that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Service<'n> {
    Named(&'n str),
    Port(u16),
}

#[derive(Default)]
struct Counts {
    packets: u64,
    bytes: u64,
    flows: HashSet<Flow>,
}

/// What was counted.
pub struct Tally<'n> {
    /// All packets, counted under a service or not.
    pub packets: u64,
    own: &'n Own<'n>,
    services: HashMap<(Service<'n>, Proto), Counts>,
    skipped: BTreeMap<Skipped, u64>,
}

/// The packets of a service.
#[derive(Serialize)]
pub struct Sum {
    service: String,
    transport: Proto,
    packets: u64,
    bytes: u64,
    flows: usize,
    /// Of all bytes, in percent.
    share: f64,
}

impl output::Row for Sum {
    const COLUMNS: &'static [&'static str] = &["service", "transport", "packets", "bytes", "flows", "share"];

    fn cells(&self) -> Vec<String> {
        let numbers = [self.packets.to_string(), self.bytes.to_string(), self.flows.to_string()];
        let [packets, bytes, flows] = numbers;
        vec![
            self.service.clone(),
            self.transport.to_string(),
            packets,
            bytes,
            flows,
            format!("{:.1}%", self.share),
        ]
    }
}

impl<'n> Tally<'n> {
    pub fn new(own: &'n Own<'n>) -> Self {
        Self { packets: 0, own, services: HashMap::new(), skipped: BTreeMap::new() }
    }

    pub fn add(&mut self, flow: Result<Flow, Skipped>, length: u64) {
        self.packets += 1;
        match flow {
            Ok(flow) => {
                let sum = self.services.entry((self.service(&flow), flow.proto)).or_default();
                sum.packets += 1;
                sum.bytes += length;
                sum.flows.insert(flow);
            }
            Err(reason) => *self.skipped.entry(reason).or_default() += 1,
        }
    }

    /// The service of the end that serves, or else the lower port. One's own names come first.
    fn service(&self, flow: &Flow) -> Service<'n> {
        let mut ports = flow.ends.map(|end| end.port());
        ports.sort_unstable();
        let own = ports.iter().find_map(|&port| self.own.at(port, flow.proto).next());
        if let Some(own) = own {
            return Service::Named(own.name);
        }
        let serving = lookup_flow(ports[0], ports[1], flow.proto);
        serving.map_or(Service::Port(ports[0]), |(record, _)| Service::Named(record.name()))
    }

    /// The sums, most bytes first.
    pub fn sums(&self) -> Vec<Sum> {
        let mut rows: Vec<_> = self.services.iter().collect();
        rows.sort_by_key(|&((service, proto), sum)| (Reverse(sum.bytes), *service, *proto));
        let all: u64 = rows.iter().map(|(_, sum)| sum.bytes).sum();
        let sum = |(&(service, transport), counts): (&(Service<'_>, Proto), &Counts)| Sum {
            service: match service {
                Service::Named(name) => name.to_owned(),
                Service::Port(port) => port.to_string(),
            },
            transport,
            packets: counts.packets,
            bytes: counts.bytes,
            flows: counts.flows.len(),
            #[allow(clippy::cast_precision_loss, reason = "three digits are printed")]
            share: (1000.0 * counts.bytes as f64 / all.max(1) as f64).round() / 10.0,
        };
        rows.into_iter().map(sum).collect()
    }

    /// What was not counted, if anything, in words.
    pub fn not_counted(&self) -> impl Iterator<Item = String> {
        self.skipped.iter().map(|(reason, packets)| format!("not counted: {packets} {}", in_words(*reason)))
    }
}

fn in_words(reason: Skipped) -> String {
    match reason {
        Skipped::OtherProtocol => "of other protocols".to_owned(),
        Skipped::NoPorts => "cut off before their ports".to_owned(),
        Skipped::Fragment => "fragments without the first one, which has the ports".to_owned(),
        Skipped::LinkType(number) => format!("of link type {number}, which is not read here"),
    }
}
