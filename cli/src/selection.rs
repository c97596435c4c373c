//! The selection of rows by ports and transports.

use crate::arguments::transport;
use clap::Args;
use iana_ports::{PortRange, Proto, Record, Row, lookup_port, rows};

/// Which rows to write.
#[derive(Args, Clone, Debug)]
pub struct Selection {
    /// Select only these ports, such as 22,6000-6063 (both ends of a range included), and leave out names without a
    /// port
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub ports: Vec<PortRange>,
    /// Select only these transports, such as tcp,udp
    #[arg(long, value_name = "LIST", value_delimiter = ',', ignore_case = true, value_parser = transport())]
    pub transports: Vec<Proto>,
    /// Select only the primary name of each port and transport, and no historic aliases
    #[arg(long)]
    pub no_aliases: bool,
}

impl Selection {
    /// The selected transports in their order, or all of them.
    pub fn protos(&self) -> Vec<Proto> {
        if self.transports.is_empty() { Proto::ALL.to_vec() } else { self.transports.clone() }
    }

    /// The selected ports, or all of them: ranges in order that do not overlap.
    pub fn ranges(&self) -> Vec<PortRange> {
        if self.ports.is_empty() {
            return PortRange::new(0, u16::MAX).into_iter().collect();
        }
        let mut sorted = self.ports.clone();
        sorted.sort_unstable();
        let mut ranges: Vec<PortRange> = Vec::new();
        for range in sorted {
            match ranges.last_mut() {
                Some(last) if range.first() <= last.last() => {
                    *last = PortRange::new(last.first(), last.last().max(range.last())).unwrap_or(*last);
                }
                _ => ranges.push(range),
            }
        }
        ranges
    }

    /// True if a port on a transport is selected.
    pub fn has(&self, port: u16, proto: Proto) -> bool {
        self.ranges().iter().any(|range| range.contains(port)) && self.protos().contains(&proto)
    }

    /// The ports of a range that are selected.
    pub fn parts_of(&self, ports: PortRange) -> Vec<PortRange> {
        let part =
            |wanted: PortRange| PortRange::new(ports.first().max(wanted.first()), ports.last().min(wanted.last()));
        self.ranges().into_iter().filter_map(part).collect()
    }

    /// True if a record is selected that answers on this transport, or that has no port.
    pub fn has_on(&self, record: Record, proto: Proto) -> bool {
        let is_primary = || match record.port() {
            Some(port) => lookup_port(port, proto) == Some(record),
            None => !record.is_alias(),
        };
        self.protos().contains(&proto) && self.has_ports(record.into()) && (!self.no_aliases || is_primary())
    }

    fn has_ports(&self, row: Row) -> bool {
        row.ports().map_or(self.ports.is_empty(), |ports| !self.parts_of(ports).is_empty())
    }

    /// The selected rows, in the registry's order.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        rows().filter(|row| match row {
            Row::Record(record) => row.protos().iter().any(|proto| self.has_on(*record, *proto)),
            Row::Block(_) => self.has_ports(*row) && row.protos().iter().any(|proto| self.protos().contains(proto)),
        })
    }
}

/// The ranges of neighboring ports in a list that is in order.
pub fn runs(ports: &[u16]) -> impl Iterator<Item = PortRange> {
    ports.chunk_by(|port, next| port + 1 == *next).filter_map(|run| PortRange::new(*run.first()?, *run.last()?))
}
