//! Which end of a flow serves, and how that is known.

use super::packet::Evidence;
use super::tally::{Counts, Flow};
use crate::local_names::Lookups;
use iana_ports::{PortClass, Proto, is_familiar, lookup_port};

/// The index of the end that serves: as its packets showed; or, in UDP, by their order if the ports say little; or else by
/// the ports.
pub fn serving(flow: &Flow, counts: &Counts, names: Lookups<'_>) -> (usize, Evidence) {
    let (ports, proto) = (flow.ends.map(|(_, port)| port), flow.proto);
    // A port with one of the user's names, a System Port with a name, or a port in everyday use.
    let says_much = |port| {
        let is_system = PortClass::of(port) == PortClass::System && lookup_port(port, proto).is_some();
        is_system || names.is_own(port, proto) || is_familiar(port, proto)
    };
    match counts.serving.map(|(end, evidence)| (usize::from(end), evidence)) {
        // FTP servers open data connections from these ports (RFC 959 section 3.2, RFC 4217 section 7).
        Some((end, Evidence::Syn)) if matches!(ports[1 - end], 20 | 989) && !says_much(ports[end]) => {
            (1 - end, Evidence::Port)
        }
        Some(shown) => shown,
        None if proto == Proto::Udp && (ports[0] == ports[1] || !ports.into_iter().any(says_much)) => {
            (1 - usize::from(counts.first), Evidence::Order)
        }
        None => (names.serving(ports, proto).unwrap_or(usize::from(ports[1] < ports[0])), Evidence::Port),
    }
}
