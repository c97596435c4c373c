//! The filter: which transports and ports are compiled in, and what it keeps of a row.

use super::error_kind::ErrorKind;
use super::shared::port_range::PortRange;
use super::shared::proto::Proto;

/// The word that keeps names without a port.
const PORTLESS: &str = "+portless";

/// A choice of transports and ports. The default is everything.
#[derive(Clone, PartialEq, Eq)]
pub struct Filter {
    transports: [bool; Proto::ALL.len()],
    ports: Vec<bool>,
    portless: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { transports: [true; Proto::ALL.len()], ports: vec![true; 1 << 16], portless: true }
    }
}

impl Filter {
    /// Parses `tcp,udp;0-1023,8080;+portless` in any order. Without a transport it keeps all transports, and without a
    /// port all ports.
    pub fn parse(text: &str) -> Result<Self, ErrorKind> {
        let mut filter = Self { transports: [false; Proto::ALL.len()], ports: vec![false; 1 << 16], portless: false };
        for item in text.split([',', ';']).map(str::trim) {
            if let Ok(proto) = item.parse::<Proto>() {
                filter.transports[proto as usize] = true;
            } else if item == PORTLESS {
                filter.portless = true;
            } else {
                let ports = item.parse::<PortRange>().map_err(|_| ErrorKind::BadFilter(item.to_owned()))?;
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

    pub fn keeps(&self, port: u16, proto: Proto) -> bool {
        self.transports[proto as usize] && self.ports[usize::from(port)]
    }

    /// The ranges of ports that are kept, in order; none if all are.
    pub fn ranges(&self) -> Vec<PortRange> {
        let mut ranges: Vec<PortRange> = Vec::new();
        for port in (0..=u16::MAX).filter(|&port| self.ports[usize::from(port)]) {
            match ranges.last_mut() {
                Some(range) if range.last() + 1 == port => *range = PortRange::from_ends(range.first(), port),
                _ => ranges.push(PortRange::from_ends(port, port)),
            }
        }
        if ranges == [PortRange::from_ends(0, u16::MAX)] { Vec::new() } else { ranges }
    }

    /// The ports and transports that are kept of a row with these, in the order of ports, then transports.
    pub fn kept(&self, ports: PortRange, protos: &[Proto]) -> Vec<(u16, Proto)> {
        let all = ports.into_iter().flat_map(|port| protos.iter().map(move |&proto| (port, proto)));
        all.filter(|&(port, proto)| self.keeps(port, proto)).collect()
    }

    /// True if a name without a port is kept, on this transport or on none.
    pub fn keeps_portless(&self, proto: Option<Proto>) -> bool {
        self.portless && proto.is_none_or(|proto| self.transports[proto as usize])
    }
}
