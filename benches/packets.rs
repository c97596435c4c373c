//! Measures the time that a lookup adds to the parsing of a packet. The packets are a million synthetic ones, and those
//! of the loopback captures, repeated. etherparse parses them, and each candidate looks up the names. All candidates
//! take part in each round, and the best round of each candidate counts.

mod literals;
#[allow(dead_code, reason = "the other benches use the rest")]
mod queries;

use etherparse::{PacketBuilder, SlicedPacket, TransportSlice};
use fastrand::Rng;
use iana_ports::{Proto, Record, lookup_flow, lookup_port, service_name};
use queries::{Port, key};
use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 31;

/// The packets in a round: more than a branch predictor can memorize, and so few that a disturbance of the machine
/// spoils only one round.
const BATCH: usize = 250_000;

/// Both ends of a packet.
type Ends = [Port; 2];

/// Frames one after the other, and the end of each.
#[derive(Default)]
struct Frames {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Frames {
    fn all(&self) -> Vec<&[u8]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(&start, &end)| &self.bytes[start..end]).collect()
    }
}

/// Packets to and from servers, over IPv4 and IPv6.
fn synthetic() -> Frames {
    let rng = &mut Rng::with_seed(8);
    let mut frames = Frames::default();
    for (server, proto) in queries::flows() {
        let client = rng.u16(32_768..61_000);
        let [source, destination] = if rng.bool() { [client, server] } else { [server, client] };
        let link = PacketBuilder::ethernet2([2; 6], [4; 6]);
        let ip = match rng.usize(..4) {
            0 => link.ipv6(rng.u128(..).to_be_bytes(), rng.u128(..).to_be_bytes(), 64),
            _ => link.ipv4(rng.u32(..).to_be_bytes(), rng.u32(..).to_be_bytes(), 64),
        };
        let payload = &[0; 64][..rng.usize(..64)];
        match proto {
            Proto::Tcp => ip.tcp(source, destination, rng.u32(..), 65_535).write(&mut frames.bytes, payload),
            _ => ip.udp(source, destination).write(&mut frames.bytes, payload),
        }
        .expect("a vector takes everything");
        frames.ends.push(frames.bytes.len());
    }
    frames
}

fn captured() -> Frames {
    let mut frames = Frames::default();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/tests/captures/loopback.pcap");
    let file = std::fs::read(path).expect("the capture is in the repository");
    // The file has a header, and so has each packet. The third number in the header of a packet is its length.
    let mut rest = file.get(24..).unwrap_or_default();
    while let Some((header, packets)) = rest.split_first_chunk::<16>() {
        let length = u32::from_le_bytes([header[8], header[9], header[10], header[11]]);
        let (packet, behind) = packets.split_at(length as usize);
        frames.bytes.extend_from_slice(packet);
        frames.ends.push(frames.bytes.len());
        rest = behind;
    }
    assert_eq!(frames.ends.len(), 75, "the packets of the capture");
    frames
}

fn parse(frame: &[u8]) -> Option<Ends> {
    let packet = SlicedPacket::from_ethernet(frame).ok()?;
    match packet.transport? {
        TransportSlice::Tcp(tcp) => Some([(tcp.source_port(), Proto::Tcp), (tcp.destination_port(), Proto::Tcp)]),
        TransportSlice::Udp(udp) => Some([(udp.source_port(), Proto::Udp), (udp.destination_port(), Proto::Udp)]),
        _ => None,
    }
}

/// The record of the end that serves, by the rule of `lookup_flow`.
fn serving([from, to]: Ends) -> Option<Record> {
    lookup_flow(from.0, to.0, to.1).map(|(record, _)| record)
}

fn timed<A>(frames: &[&[u8]], answer: impl Fn(Ends) -> A) -> Duration {
    let start = Instant::now();
    for frame in frames {
        if let Some(ends) = parse(black_box(frame)) {
            black_box(answer(ends));
        }
    }
    start.elapsed()
}

fn record((port, proto): Port) -> Option<Record> {
    lookup_port(port, proto)
}

fn name(port: Port) -> Option<&'static str> {
    service_name(port.0, port.1)
}

/// All candidates except the last one look up the destination port.
const CONTENDERS: [&str; 6] =
    ["no lookup", "iana-ports, record", "iana-ports, name", "phf::Map of literals", "std HashMap", "iana-ports, flow"];

fn compare(title: &str, frames: &[&[u8]]) {
    let hash_map: HashMap<u32, &str> = literals::PORTS.iter().copied().collect();
    let phf_map = literals::phf_map(&literals::PORTS);
    for [_, to] in frames.iter().filter_map(|frame| parse(frame)) {
        assert_eq!(name(to), hash_map.get(&key(to)).copied(), "{to:?}");
        assert_eq!(name(to), phf_map.get(&key(to)).copied(), "{to:?}");
    }
    let mut sum = [Duration::ZERO; CONTENDERS.len()];
    for batch in frames.chunks(BATCH) {
        let mut best = [Duration::MAX; CONTENDERS.len()];
        for _ in 0..ROUNDS {
            let round = [
                timed(batch, |[_, to]| to),
                timed(batch, |[_, to]| record(to)),
                timed(batch, |[_, to]| name(to)),
                timed(batch, |[_, to]| phf_map.get(&key(to)).copied()),
                timed(batch, |[_, to]| hash_map.get(&key(to)).copied()),
                timed(batch, serving),
            ];
            best = std::array::from_fn(|at| best[at].min(round[at]));
        }
        sum = std::array::from_fn(|at| sum[at] + best[at]);
    }
    println!("\n{title}, nanoseconds a packet");
    println!("{:22} {:>8} {:>8} {:>17} {:>14}", "", "in all", "lookup", "of the parsing", "of it all");
    #[allow(clippy::cast_precision_loss, reason = "few digits are printed")]
    let nanoseconds = sum.map(|time| time.as_nanos() as f64 / frames.len() as f64);
    for (contender, all) in CONTENDERS.iter().zip(nanoseconds) {
        let (parsing, lookup) = (nanoseconds[0], all - nanoseconds[0]);
        let [of_parsing, of_all] = [parsing, all].map(|whole| 100.0 * lookup / whole);
        println!("{contender:22} {all:>8.2} {lookup:>8.2} {of_parsing:>15.1} % {of_all:>12.1} %");
    }
}

/// Lookups for 5-tuples that are already parsed.
fn lookups(frames: &[&[u8]]) {
    let destinations: Vec<Port> = frames.iter().filter_map(|frame| parse(frame)).map(|[_, to]| to).collect();
    let round = |_| {
        let start = Instant::now();
        for &to in &destinations {
            black_box(record(to));
        }
        start.elapsed()
    };
    let best = (0..ROUNDS).map(round).min().expect("there are rounds");
    #[allow(clippy::cast_precision_loss, reason = "few digits are printed")]
    let rate = destinations.len() as f64 / best.as_secs_f64() / 1e6;
    println!("\n{} 5-tuples: {rate:.0} million lookups a second", destinations.len());
}

fn main() {
    let (synthetic, captured) = (synthetic(), captured());
    let captured = captured.all().repeat(10_000);
    compare("a million synthetic packets", &synthetic.all());
    compare("packets of cli/tests/captures/loopback.pcap", &captured);
    lookups(&synthetic.all());
}
