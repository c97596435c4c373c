//! The ports of a query, with and without their transports.

use crate::port_query::Subject;
use crate::{PortRange, Proto, ServicePorts, TransportPorts};
use core::iter::FusedIterator;
use core::slice;

/// The ports of a query with their transports; see [`PortQuery::resolve`](crate::PortQuery::resolve), which has an example.
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryPorts {
    subject: Subject,
    protos: slice::Iter<'static, Proto>,
    /// The ports that are left on this transport.
    proto: Proto,
    one: Option<PortRange>,
    several: Option<ServicePorts>,
}

impl QueryPorts {
    pub(crate) fn new(subject: Subject, protos: &'static [Proto]) -> Self {
        Self { subject, protos: protos.iter(), proto: Proto::Tcp, one: None, several: None }
    }
}

impl Iterator for QueryPorts {
    type Item = TransportPorts;

    fn next(&mut self) -> Option<TransportPorts> {
        loop {
            if let Some(ports) = self.one.take().or_else(|| self.several.as_mut()?.next()) {
                return Some(TransportPorts::new(ports, self.proto));
            }
            self.proto = *self.protos.next()?;
            match self.subject {
                Subject::Ports(ports) => self.one = Some(ports),
                Subject::Service(service) => self.several = Some(service.ports(self.proto)),
                #[cfg(feature = "familiar")]
                Subject::Familiar(name) => self.one = crate::familiar_port(name, self.proto).map(PortRange::single),
            }
        }
    }
}

impl FusedIterator for QueryPorts {}

/// The ports of a query whatever the transport; see [`PortQuery::numbers`](crate::PortQuery::numbers), which has an example.
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryNumbers {
    ports: QueryPorts,
    /// The first port that no earlier range contains.
    from: Option<u16>,
}

impl QueryNumbers {
    pub(crate) fn new(ports: QueryPorts) -> Self {
        Self { ports, from: Some(0) }
    }
}

impl Iterator for QueryNumbers {
    type Item = PortRange;

    fn next(&mut self) -> Option<PortRange> {
        let from = self.from?;
        let all = || self.ports.clone().map(TransportPorts::ports);
        let Some(first) = all().filter(|ports| ports.first() >= from).map(PortRange::first).min() else {
            self.from = None;
            return None;
        };
        let mut last = first;
        while let Some(ports) = all().find(|ports| (first..=last).contains(&ports.first()) && ports.last() > last) {
            last = ports.last();
        }
        self.from = last.checked_add(1);
        Some(PortRange::from_ends(first, last))
    }
}

impl FusedIterator for QueryNumbers {}
