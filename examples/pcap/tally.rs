//! Packets summed up by service.

use super::packet::{Flow, Skipped};
use iana_ports::{Proto, lookup_flow};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

/// What a flow is counted under: the name of its service, or a port that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Service {
    Named(&'static str),
    Port(u16),
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Port(port) => write!(f, "{port}"),
        }
    }
}

impl Service {
    /// The service of the end that serves, or else the lower port.
    fn of(flow: &Flow) -> Self {
        let [one, other] = flow.ends.map(|end| end.port());
        let serving = lookup_flow(one, other, flow.proto);
        serving.map_or(Self::Port(one.min(other)), |(record, _)| Self::Named(record.name()))
    }
}

#[derive(Default)]
struct Sum {
    packets: u64,
    bytes: u64,
    flows: HashSet<Flow>,
}

/// What was counted.
#[derive(Default)]
pub struct Tally {
    /// All packets, counted under a service or not.
    pub packets: u64,
    services: HashMap<(Service, Proto), Sum>,
    skipped: BTreeMap<Skipped, u64>,
}

impl Tally {
    pub fn add(&mut self, flow: Result<Flow, Skipped>, length: u64) {
        self.packets += 1;
        match flow {
            Ok(flow) => {
                let sum = self.services.entry((Service::of(&flow), flow.proto)).or_default();
                sum.packets += 1;
                sum.bytes += length;
                sum.flows.insert(flow);
            }
            Err(reason) => *self.skipped.entry(reason).or_default() += 1,
        }
    }
}

/// Most bytes first; then what was not counted, if anything.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows: Vec<_> = self.services.iter().collect();
        rows.sort_by_key(|&((service, proto), sum)| (Reverse(sum.bytes), *service, *proto));
        let width = rows.iter().map(|((service, _), _)| service.to_string().len()).max().unwrap_or(0).max(7);
        let all: u64 = rows.iter().map(|(_, sum)| sum.bytes).sum();
        writeln!(
            f,
            "{:width$}  TRANSPORT  {:>10}  {:>14}  {:>8}   SHARE",
            "SERVICE", "PACKETS", "BYTES", "FLOWS"
        )?;
        for ((service, proto), Sum { packets, bytes, flows }) in rows {
            let (service, proto, flows) = (service.to_string(), proto.to_string(), flows.len());
            #[allow(clippy::cast_precision_loss, reason = "one decimal is printed")]
            let share = 100.0 * *bytes as f64 / all.max(1) as f64;
            writeln!(
                f,
                "{service:width$}  {proto:9}  {packets:>10}  {bytes:>14}  {flows:>8}  {share:>5.1}%"
            )?;
        }
        for (reason, packets) in &self.skipped {
            writeln!(f, "not counted: {packets} {}", reason_in_words(*reason))?;
        }
        Ok(())
    }
}

fn reason_in_words(reason: Skipped) -> String {
    match reason {
        Skipped::OtherProtocol => "of other protocols".to_owned(),
        Skipped::NoPorts => "cut off before their ports".to_owned(),
        Skipped::Fragment => "fragments without the first one, which has the ports".to_owned(),
        Skipped::LinkType(number) => format!("of link type {number}, which is not read here"),
    }
}
