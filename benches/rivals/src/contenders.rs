//! All candidates that can look up a port or a name, with the same rows.

use crate::heap::{Start, start};
use crate::literals;
use iana_ports::{Proto, familiar_name, familiar_names, lookup_port, lookup_service, services};
use ndb_tcp_service::TcpServiceDb;
use port_desc::{PortDescription, TransportProtocol};
use queries::{Flow, Packet, Port, key};
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};
use std::ffi::{CStr, CString};
use std::num::NonZeroU16;

/// The tables that are made when a program starts.
pub struct Tables {
    pub starts: Vec<Start>,
    direct: Box<[u16; 1 << 17]>,
    sorted: Vec<(u32, &'static str)>,
    sorted_names: Vec<(String, u16)>,
    fx: FxHashMap<u32, &'static str>,
    fx_familiar: FxHashMap<u32, &'static str>,
    fx_by_ip: FxHashMap<Packet, &'static str>,
    std_by_ip: HashMap<Packet, &'static str>,
    fx_flows: FxHashMap<Packet, Served>,
    std_flows: HashMap<Packet, Served>,
    fx_ports: FxHashMap<&'static str, u16>,
    std_ports: HashMap<&'static str, u16>,
    std: HashMap<u32, &'static str>,
    fx_names: FxHashMap<&'static str, u16>,
    std_names: HashMap<&'static str, u16>,
    ndb: TcpServiceDb,
    port_desc: PortDescription,
}

/// A name, and whether its port is in everyday use.
type Served = (&'static str, bool);

impl Tables {
    pub fn new() -> Self {
        let rows: Vec<(u32, &'static str)> = Proto::ALL
            .into_iter()
            .flat_map(|proto| (0..=u16::MAX).map(move |port| (port, proto)))
            .filter_map(|(port, proto)| Some((key((port, proto)), lookup_port(port, proto)?.name())))
            .collect();
        let names: Vec<(&'static str, u16)> =
            literals::NAMES.entries().map(|(&name, &number)| (name, number)).collect();
        let mut starts = Vec::new();
        let starts_of = &mut starts;
        starts_of.push(Start { name: "iana-ports", time: Default::default(), bytes: 0 });
        let direct = start("direct table of 2 x 65,536 numbers", starts_of, || {
            let mut table: Box<[u16; 1 << 17]> = vec![0; 1 << 17].into_boxed_slice().try_into().unwrap();
            for ((key, _), number) in rows.iter().zip(1..) {
                if let Some(entry) = table.get_mut(*key as usize) {
                    *entry = number;
                }
            }
            table
        });
        let fx = start("FxHashMap of ports", starts_of, || rows.iter().copied().collect());
        let fx_familiar = rows.iter().map(|&(key, name)| (key, name));
        let listed = familiar_names().map(|familiar| (familiar.port(), familiar.proto()));
        let listed = listed.map(|port| (key(port), familiar_name(port.0, port.1).unwrap()));
        let fx_familiar = fx_familiar.chain(listed).collect();
        let std = start("std HashMap of ports", starts_of, || rows.iter().copied().collect());
        let fx_names = start("FxHashMap of names", starts_of, || names.iter().copied().collect());
        let std_names = start("std HashMap of names", starts_of, || names.iter().copied().collect());
        let ndb = start("ndb-tcp-service 0.4.0", starts_of, TcpServiceDb::bundled);
        let port_desc = start("port-desc 0.1.1", starts_of, || PortDescription::default().unwrap());
        let by_ip =
            || rows.iter().map(|&(key, name)| ((key as u16, Proto::ALL[(key >> 16) as usize].ip_number()), name));
        let (fx_by_ip, std_by_ip) = (by_ip().collect(), by_ip().collect());
        let listed = familiar_names().flat_map(|familiar| Proto::ALL.map(|proto| lookup_port(familiar.port(), proto)));
        let everyday: HashSet<_> = listed.flatten().map(|record| (record.name(), record.ports())).collect();
        let flows = || {
            by_ip().map(|((port, number), name)| {
                let record = Proto::from_ip_number(number).and_then(|proto| lookup_port(port, proto)).unwrap();
                ((port, number), (name, everyday.contains(&(name, record.ports()))))
            })
        };
        let (fx_flows, std_flows) = (flows().collect(), flows().collect());
        let on_tcp = || {
            let port = |name| Some((name, lookup_service(name)?.port(Proto::Tcp)?));
            literals::NAMES.keys().filter_map(move |&name| port(name))
        };
        let (fx_ports, std_ports) = (on_tcp().collect(), on_tcp().collect());
        let mut sorted = rows;
        sorted.sort_unstable();
        let lower = services().map(|service| service.name().to_ascii_lowercase());
        let sorted_names = lower.zip(0..).collect();
        Self {
            starts,
            direct,
            sorted,
            sorted_names,
            fx,
            fx_familiar,
            fx_by_ip,
            std_by_ip,
            fx_flows,
            std_flows,
            fx_ports,
            std_ports,
            std,
            fx_names,
            std_names,
            ndb,
            port_desc,
        }
    }

    pub fn direct(&self, (port, proto): Port) -> Option<NonZeroU16> {
        NonZeroU16::new(self.direct[(proto as usize & 1) << 16 | usize::from(port)])
    }

    pub fn fx(&self, port: Port) -> Option<&'static str> {
        self.fx.get(&key(port)).copied()
    }

    pub fn fx_familiar(&self, port: Port) -> Option<&'static str> {
        self.fx_familiar.get(&key(port)).copied()
    }

    pub fn fx_by_ip(&self, packet: Packet) -> Option<&'static str> {
        self.fx_by_ip.get(&packet).copied()
    }

    pub fn std_by_ip(&self, packet: Packet) -> Option<&'static str> {
        self.std_by_ip.get(&packet).copied()
    }

    /// The direct table has TCP and UDP. It finds the transport of a protocol number in a table too.
    pub fn direct_by_ip(&self, (port, number): Packet) -> Option<NonZeroU16> {
        Proto::from_ip_number(number).and_then(|proto| self.direct((port, proto)))
    }

    pub fn fx_flow(&self, flow: Flow) -> Option<&'static str> {
        serving(flow, |packet| self.fx_flows.get(&packet).copied())
    }

    pub fn std_flow(&self, flow: Flow) -> Option<&'static str> {
        serving(flow, |packet| self.std_flows.get(&packet).copied())
    }

    pub fn fx_port(&self, name: &str) -> Option<u16> {
        self.fx_ports.get(name).copied()
    }

    pub fn std_port(&self, name: &str) -> Option<u16> {
        self.std_ports.get(name).copied()
    }

    pub fn std(&self, port: Port) -> Option<&'static str> {
        self.std.get(&key(port)).copied()
    }

    pub fn phf(&self, port: Port) -> Option<&'static str> {
        literals::PORTS.get(&key(port)).copied()
    }

    pub fn by_match(&self, port: Port) -> Option<&'static str> {
        literals::name_by_match(key(port))
    }

    pub fn binary_search(&self, port: Port) -> Option<&'static str> {
        let found = self.sorted.binary_search_by_key(&key(port), |row| row.0);
        found.ok().map(|at| self.sorted[at].1)
    }

    pub fn ndb(&self, (port, proto): Port) -> Option<&str> {
        if proto == Proto::Tcp { self.ndb.get_name(port) } else { None }
    }

    pub fn port_desc(&self, (port, proto): Port) -> &str {
        let transport = match proto {
            Proto::Tcp => TransportProtocol::Tcp,
            Proto::Udp => TransportProtocol::Udp,
            Proto::Sctp => TransportProtocol::Sctp,
            Proto::Dccp => TransportProtocol::Dccp,
        };
        self.port_desc.get_port_service_name(port, transport)
    }

    pub fn fx_name(&self, name: &str) -> Option<u16> {
        self.fx_names.get(name).copied()
    }

    pub fn std_name(&self, name: &str) -> Option<u16> {
        self.std_names.get(name).copied()
    }

    pub fn phf_name(&self, name: &str) -> Option<u16> {
        literals::NAMES.get(name).copied()
    }

    pub fn binary_search_name(&self, name: &str) -> Option<u16> {
        let found = self.sorted_names.binary_search_by(|row| row.0.as_str().cmp(name));
        found.ok().map(|at| self.sorted_names[at].1)
    }
}

/// Looks up both ports and applies the rule of `lookup_flow`.
fn serving((source, destination, number): Flow, served: impl Fn(Packet) -> Option<Served>) -> Option<&'static str> {
    match (served((source, number)), served((destination, number))) {
        (Some((name, is_everyday)), Some((other, other_is_everyday))) => {
            let rank = |port: u16, is_everyday: bool| (port > 1023 && !is_everyday, port);
            let is_source = rank(source, is_everyday) < rank(destination, other_is_everyday);
            Some(if is_source { name } else { other })
        }
        (name, other) => name.or(other).map(|(name, _)| name),
    }
}

/// glibc, which reads /etc/services. The answer is valid until the next call.
pub fn getservbyport((port, proto): Port) -> Option<usize> {
    let proto = CString::new(proto.as_str()).unwrap();
    // SAFETY: there is only one thread; the result is null, or a valid record until the next call.
    unsafe {
        let found = libc::getservbyport(libc::c_int::from(port.to_be()), proto.as_ptr());
        found.as_ref().map(|servent| CStr::from_ptr(servent.s_name).count_bytes())
    }
}

/// Like [`getservbyport`], but for a name on TCP.
pub fn getservbyname(name: &str) -> Option<u16> {
    let name = CString::new(name).unwrap();
    // SAFETY: as above.
    unsafe {
        let found = libc::getservbyname(name.as_ptr(), c"tcp".as_ptr());
        found.as_ref().map(|servent| u16::from_be(servent.s_port as u16))
    }
}

/// iana-services in its default form, which reads /etc/services for every answer.
pub fn iana_services((port, _): Port) -> usize {
    iana_services::lookup_by_port(port).map_or(0, |records| records.len())
}
