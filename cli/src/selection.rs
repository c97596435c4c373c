//! Which rows are wanted.

use crate::arguments::Chosen;
use crate::line::transports;
use iana_ports::{PortRange, Proto, Record, Row, lookup_port, search};

impl Chosen {
    /// All transports, unless some are named; in the order in which they are.
    pub fn protos(&self) -> Vec<Proto> {
        if self.transports.is_empty() { Proto::ALL.to_vec() } else { self.transports.clone() }
    }

    /// All ports, unless some are named.
    pub fn range(&self) -> PortRange {
        self.ports.or(PortRange::new(0, u16::MAX)).expect("0 is not above 65535")
    }

    /// Whether a port on a transport is wanted.
    pub fn has(&self, port: u16, proto: Proto) -> bool {
        self.range().contains(port) && self.protos().contains(&proto)
    }

    /// Those of some ports that are wanted.
    pub fn part_of(&self, ports: PortRange) -> Option<PortRange> {
        let wanted = self.range();
        PortRange::new(ports.first().max(wanted.first()), ports.last().min(wanted.last()))
    }

    /// Whether a record that answers on this transport, or has no port, is wanted.
    pub fn has_on(&self, record: Record, proto: Proto) -> bool {
        let is_primary = || match record.port() {
            Some(port) => lookup_port(port, proto) == Some(record),
            None => !record.is_alias(),
        };
        self.protos().contains(&proto) && self.has_ports(record.into()) && (!self.no_aliases || is_primary())
    }

    fn has_ports(&self, row: Row) -> bool {
        row.ports().map_or(self.ports.is_none(), |ports| self.part_of(ports).is_some())
    }

    /// The rows that are wanted, in the registry's order.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        search("").filter(|row| match row {
            Row::Record(record) => transports(*row).into_iter().any(|proto| self.has_on(*record, proto)),
            Row::Block(_) => {
                self.has_ports(*row) && transports(*row).iter().any(|proto| self.protos().contains(proto))
            }
        })
    }
}
