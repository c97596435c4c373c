//! What is compiled in, by transport and port. What a filter leaves of a row is decided here.

use super::{PortRange, Proto};

/// Asks for names that have no port.
const PORTLESS: &str = "+portless";

/// A choice of transports and ports. The default is everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    transports: [bool; Proto::ALL.len()],
    ports: Vec<bool>,
    /// Whether names without a port are wanted.
    portless: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { transports: [true; Proto::ALL.len()], ports: vec![true; 1 << 16], portless: true }
    }
}

/// An item of a filter that means nothing, or nothing where there should be items.
#[derive(Debug)]
pub struct BadItem(pub String);

impl Filter {
    /// Reads `tcp,udp;0-1023,8080;+portless`: transports, ports and ranges of ports, and the word for
    /// names without a port, in any order. No transport means all of them, no port likewise.
    pub fn parse(text: &str) -> Result<Self, BadItem> {
        let mut filter =
            Self { transports: [false; Proto::ALL.len()], ports: vec![false; 1 << 16], portless: false };
        for item in text.split([',', ';']).map(str::trim) {
            if let Ok(proto) = item.parse::<Proto>() {
                filter.transports[proto as usize] = true;
            } else if item == PORTLESS {
                filter.portless = true;
            } else {
                let ports = item.parse::<PortRange>().map_err(|_| BadItem(item.to_owned()))?;
                filter.ports[ports.first().into()..=ports.last().into()].fill(true);
            }
        }
        if !filter.transports.contains(&true) {
            filter.transports.fill(true);
        }
        if !filter.ports.contains(&true) {
            filter.ports.fill(true);
        }
        Ok(filter)
    }

    /// Whether a port is wanted on a transport.
    pub fn keeps(&self, port: u16, proto: Proto) -> bool {
        self.transports[proto as usize] && self.ports[usize::from(port)]
    }

    /// The ranges of ports that are wanted, in order; none if all are.
    pub fn ranges(&self) -> Vec<PortRange> {
        if !self.ports.contains(&false) {
            return Vec::new();
        }
        let ports: Vec<u16> = (0..=u16::MAX).filter(|&port| self.ports[usize::from(port)]).collect();
        let runs = ports.chunk_by(|&port, &next| port + 1 == next);
        runs.map(|run| PortRange::from_ends(run[0], run[run.len() - 1])).collect()
    }

    /// What is left of a row with these ports on these transports: by port, then transport.
    pub fn kept(&self, ports: PortRange, protos: &[Proto]) -> impl Iterator<Item = (u16, Proto)> {
        let ports = ports.into_iter().filter(|&port| self.ports[usize::from(port)]);
        let all = ports.flat_map(move |port| protos.iter().map(move |&proto| (port, proto)));
        all.filter(|&(_, proto)| self.transports[proto as usize])
    }

    /// Whether a name without a port is wanted, on this transport or on none.
    pub fn keeps_portless(&self, proto: Option<Proto>) -> bool {
        self.portless && proto.is_none_or(|proto| self.transports[proto as usize])
    }
}
