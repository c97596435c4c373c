//! Which rows are selected.

use crate::arguments::Selection;
use iana_ports::{PortRange, Proto, Record, Row, lookup_port, search};

impl Selection {
    /// The selected transports in their order, or all of them.
    pub fn protos(&self) -> Vec<Proto> {
        if self.transports.is_empty() { Proto::ALL.to_vec() } else { self.transports.clone() }
    }

    /// The selected ports, or all of them.
    pub fn range(&self) -> PortRange {
        self.ports.or(PortRange::new(0, u16::MAX)).expect("0 is not above 65535")
    }

    /// True if a port on a transport is selected.
    pub fn has(&self, port: u16, proto: Proto) -> bool {
        self.range().contains(port) && self.protos().contains(&proto)
    }

    /// The ports of a range that are selected.
    pub fn part_of(&self, ports: PortRange) -> Option<PortRange> {
        let wanted = self.range();
        PortRange::new(ports.first().max(wanted.first()), ports.last().min(wanted.last()))
    }

    /// True if a record is selected that answers on this transport or has no port.
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

    /// The selected rows, in the registry's order.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        search("").filter(|row| match row {
            Row::Record(record) => row.protos().iter().any(|proto| self.has_on(*record, *proto)),
            Row::Block(_) => self.has_ports(*row) && row.protos().iter().any(|proto| self.protos().contains(proto)),
        })
    }
}
