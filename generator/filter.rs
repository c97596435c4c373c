//! Which transports and ports are compiled in.

use super::resolve::TRANSPORTS;

/// Asks for names that have no port.
const PORTLESS: &str = "+portless";

/// A choice of transports and ports. The default is everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    transports: [bool; TRANSPORTS.len()],
    ports: Vec<bool>,
    /// Whether names without a port are wanted.
    pub portless: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { transports: [true; TRANSPORTS.len()], ports: vec![true; 1 << 16], portless: true }
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
            Self { transports: [false; TRANSPORTS.len()], ports: vec![false; 1 << 16], portless: false };
        for item in text.split([',', ';']).map(str::trim) {
            if let Some(transport) = TRANSPORTS.iter().position(|name| item.eq_ignore_ascii_case(name)) {
                filter.transports[transport] = true;
            } else if item == PORTLESS {
                filter.portless = true;
            } else {
                let bad = || BadItem(item.to_owned());
                let (first, last) = item.split_once('-').unwrap_or((item, item));
                let (first, last) = (port(first).ok_or_else(bad)?, port(last).ok_or_else(bad)?);
                filter.ports.get_mut(first..=last).ok_or_else(bad)?.fill(true);
            }
        }
        if filter.transports == [false; TRANSPORTS.len()] {
            filter.transports = [true; TRANSPORTS.len()];
        }
        if !filter.ports.contains(&true) {
            filter.ports.fill(true);
        }
        Ok(filter)
    }

    /// Whether a transport is wanted.
    pub fn has_transport(&self, transport: usize) -> bool {
        self.transports[transport]
    }

    /// Whether a port is wanted on a transport.
    pub fn has(&self, port: u16, transport: usize) -> bool {
        self.transports[transport] && self.ports[usize::from(port)]
    }
}

/// Decimal digits up to 65535.
fn port(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse::<u16>().ok().filter(|_| digits).map(usize::from)
}
