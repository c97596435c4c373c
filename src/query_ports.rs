//! The ports of a query, with and without their transports.

use crate::port_query::Subject;
use crate::{PortQuery, PortRange, Proto, ServicePorts, TransportPorts};
use core::iter::FusedIterator;
use core::slice;

/// The ports of a query with their transports; see [`PortQuery::resolve`].
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryPorts {
    subject: Subject,
    protos: slice::Iter<'static, Proto>,
    /// The ports of a service that are left on this transport.
    proto: Proto,
    left: Option<ServicePorts>,
}

impl QueryPorts {
    pub(crate) fn new(subject: Subject, protos: &'static [Proto]) -> Self {
        Self { subject, protos: protos.iter(), proto: Proto::Tcp, left: None }
    }
}

impl Iterator for QueryPorts {
    type Item = TransportPorts;

    fn next(&mut self) -> Option<TransportPorts> {
        loop {
            let mut found = self.left.as_mut().and_then(Iterator::next);
            if found.is_none() {
                self.proto = *self.protos.next()?;
                match self.subject {
                    Subject::Ports(ports) => found = Some(ports),
                    Subject::Service(service) => self.left = Some(service.ports(self.proto)),
                    #[cfg(feature = "familiar")]
                    Subject::Familiar(name) => found = crate::familiar_port(name, self.proto).map(PortRange::single),
                }
            }
            if let Some(ports) = found {
                return Some(TransportPorts::new(ports, self.proto));
            }
        }
    }
}

impl FusedIterator for QueryPorts {}

/// The ports of a query whatever the transport; see [`PortQuery::numbers`].
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

/// A query that has no port, or none on a transport. Its text says where it has ports.
///
/// ```
/// let error = "rdp/tcp".parse::<iana_ports::PortQuery>().unwrap().resolve().unwrap_err();
/// assert_eq!(error.to_string(), "rdp has no port; the name is registered without one");
/// assert_eq!((error.query().to_string(), error.proto()), ("rdp".to_owned(), iana_ports::Proto::Tcp));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolveQueryError {
    pub(crate) query: PortQuery,
    pub(crate) proto: Proto,
}

impl ResolveQueryError {
    /// The query, without its transports if it has no port on any of them.
    pub const fn query(self) -> PortQuery {
        self.query
    }

    /// The first transport on which there is no port.
    pub const fn proto(self) -> Proto {
        self.proto
    }
}

error!(ResolveQueryError, |self, f| {
    let Self { query, proto } = self;
    let Ok(mut others) = query.resolve() else {
        return write!(f, "{query} has no port; the name is registered without one");
    };
    write!(f, "{query} has no port on {proto}; it has ")?;
    others.next().map_or(Ok(()), |ports| write!(f, "{ports}"))?;
    others.try_for_each(|ports| write!(f, ", {ports}"))
});
