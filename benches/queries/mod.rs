//! The queries, made from a fixed seed, so that all candidates get the same ones.

use fastrand::Rng;
use iana_ports::{Proto, lookup_port, lookup_service, services};

/// The ports in a batch: more than a branch predictor can memorize. It can memorize 32,768.
const BATCH: usize = 1 << 18;

/// The names in a batch: few enough that the time to load the queries does not matter.
const NAMES: usize = 1 << 15;

/// The six ports with the most traffic (HTTPS, DNS, HTTP, SSH, NTP, QUIC).
const HOT: [(u16, Proto); 6] =
    [(443, Proto::Tcp), (53, Proto::Udp), (80, Proto::Tcp), (22, Proto::Tcp), (123, Proto::Udp), (443, Proto::Udp)];

pub type Port = (u16, Proto);

/// The key for rivals whose keys are one number.
pub fn key((port, proto): Port) -> u32 {
    u32::from(port) | (proto as u32) << 16
}

fn any(rng: &mut Rng) -> Port {
    (rng.u16(..), if rng.bool() { Proto::Tcp } else { Proto::Udp })
}

fn registered(rng: &mut Rng) -> Port {
    std::iter::repeat_with(|| any(rng)).find(|&(port, proto)| lookup_port(port, proto).is_some()).unwrap()
}

fn missing(rng: &mut Rng) -> Port {
    std::iter::repeat_with(|| any(rng)).find(|&(port, proto)| lookup_port(port, proto).is_none()).unwrap()
}

/// Any port on TCP or UDP, all with the same probability.
pub fn uniform() -> Vec<Port> {
    let rng = &mut Rng::with_seed(1);
    (0..BATCH).map(|_| any(rng)).collect()
}

/// Ports of which half are registered, in random order.
pub fn mixed() -> Vec<Port> {
    let rng = &mut Rng::with_seed(2);
    (0..BATCH).map(|_| if rng.bool() { registered(rng) } else { missing(rng) }).collect()
}

pub fn hits() -> Vec<Port> {
    let rng = &mut Rng::with_seed(3);
    (0..BATCH).map(|_| registered(rng)).collect()
}

pub fn misses() -> Vec<Port> {
    let rng = &mut Rng::with_seed(4);
    (0..BATCH).map(|_| missing(rng)).collect()
}

/// Ports of which two thirds are one of six, and one third are Dynamic Ports.
pub fn hot() -> Vec<Port> {
    traffic(5, BATCH)
}

/// A million ports of the same kind, as a flow collector sees them.
pub fn flows() -> Vec<Port> {
    traffic(6, 1_000_000)
}

/// A port and a protocol number, as in the headers of a packet.
pub type Packet = (u16, u8);

/// The same ports, by IP protocol number.
#[allow(dead_code, reason = "only the rivals ask by number")]
pub fn by_ip_number(ports: &[Port]) -> Vec<Packet> {
    ports.iter().map(|&(port, proto)| (port, proto.ip_number())).collect()
}

/// Both ports of a flow and its protocol number.
pub type Flow = (u16, u16, u8);

/// Flows in which one end, the source or the destination at random, has a port that systems give to clients
/// (32768-60999). Three quarters of the other ends are registered, and a third of these are hot.
#[allow(dead_code, reason = "only the rivals ask for flows")]
pub fn flow_ends() -> Vec<Flow> {
    let rng = &mut Rng::with_seed(9);
    let mut flow = || {
        let (server, proto) = match rng.usize(..4) {
            0 => any(rng),
            1 => HOT[rng.usize(..HOT.len())],
            _ => registered(rng),
        };
        let client = rng.u16(32_768..=60_999);
        let (source, destination) = if rng.bool() { (client, server) } else { (server, client) };
        (source, destination, proto.ip_number())
    };
    (0..BATCH).map(|_| flow()).collect()
}

fn traffic(seed: u64, count: usize) -> Vec<Port> {
    let rng = &mut Rng::with_seed(seed);
    let mut query = || match rng.usize(..3) {
        0 => (rng.u16(49_152..), if rng.bool() { Proto::Tcp } else { Proto::Udp }),
        _ => HOT[rng.usize(..HOT.len())],
    };
    (0..count).map(|_| query()).collect()
}

/// Names of which one in ten is not registered, in random order: in any case, and in lower case.
pub fn names() -> (Vec<String>, Vec<String>) {
    let rng = &mut Rng::with_seed(7);
    let all: Vec<&str> = services().map(|service| service.name()).collect();
    let asked = (0..NAMES).map(|_| {
        let mut name = all[rng.usize(..all.len())].to_owned();
        if rng.usize(..10) == 0 {
            while lookup_service(&name).is_some() {
                let at = rng.usize(..name.len());
                name.replace_range(at..=at, &rng.lowercase().to_string());
            }
        }
        match rng.usize(..3) {
            0 => name.to_ascii_uppercase(),
            1 => name.to_ascii_lowercase(),
            _ => name,
        }
    });
    let asked: Vec<String> = asked.collect();
    let lower = asked.iter().map(|name| name.to_ascii_lowercase()).collect();
    (asked, lower)
}
