//! A frame to the ends of its innermost transport: link layers, tunnels and IP, walked header by header.
//!
//! Every header is taken off the front of what is left, or the frame ends before its ports. So nothing is read that is
//! not there, whatever lengths a header gives.

mod bytes;
mod ip;
mod link;
mod tunnel;
mod wireless;

use bytes::Bytes;
use iana_ports::Proto;
use ip::{Fragment, Ip};
use pcap_parser::Linktype;
use std::net::{IpAddr, SocketAddr};

/// Headers in one another. More are made to take time.
const DEEPEST: usize = 32;

/// Why a frame belongs to no flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skipped {
    /// No IP, or another protocol above it.
    OtherProtocol,
    /// Cut off, or broken, before the ports.
    NoPorts,
    /// A fragment whose first one, which has the ports, is not there.
    Fragment,
    /// A kind of link that is not known here.
    LinkType(i32),
    /// A block of a capture file that may hold a packet, and is not read here.
    Block(u32),
}

/// A packet of a transport, from its source to its destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    pub proto: Proto,
    pub source: SocketAddr,
    pub destination: SocketAddr,
    /// The end that serves, if the packet opens a connection or answers that.
    pub serving: Option<Serving>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serving {
    Source,
    Destination,
}

/// What all fragments of a packet have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Whole {
    source: IpAddr,
    destination: IpAddr,
    proto: Proto,
    id: u32,
}

impl Whole {
    fn of(ip: &Ip, proto: Proto, id: u32) -> Self {
        Self { source: ip.source, destination: ip.destination, proto, id }
    }
}

/// What a frame tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// All.
    Packet(Packet),
    /// The first fragment: what is true of all others too.
    First(Whole, Packet),
    /// Another fragment.
    Later(Whole),
}

/// What comes next in a frame.
#[derive(Clone, Copy)]
enum Layer {
    /// By its type, as capture files have it.
    Link(i32),
    Ethernet,
    /// IEEE 802.2.
    Llc,
    /// By a number as Ethernet has them.
    EtherType(u16),
    Ppp,
    Ip,
}

/// What follows a header.
type Step = Result<Layer, Skipped>;

/// The innermost transport of a frame, or if `outer` the outermost one.
pub fn dissect(link_type: Linktype, frame: &[u8], outer: bool) -> Result<Told, Skipped> {
    let mut walk = Walk { rest: Bytes(frame), outer, told: None };
    // What stands above: whether a frame has its check sequence, and how long that is.
    let mut layer = Layer::Link(link_type.0 & 0xffff);
    for _ in 0..DEEPEST {
        match walk.step(layer) {
            Ok(Some(next)) => layer = next,
            Ok(None) => break,
            Err(why) => return walk.told.ok_or(why),
        }
    }
    walk.told.ok_or(Skipped::OtherProtocol)
}

/// On the way through a frame.
struct Walk<'f> {
    rest: Bytes<'f>,
    outer: bool,
    /// The transport that was met last. A tunnel counts if there is none inside.
    told: Option<Told>,
}

impl Walk<'_> {
    /// Takes a header off. None follows the innermost transport.
    fn step(&mut self, layer: Layer) -> Result<Option<Layer>, Skipped> {
        let rest = &mut self.rest;
        let next = match layer {
            Layer::Link(kind) => link::link(kind, rest),
            Layer::Ethernet => link::ethernet(rest),
            Layer::Llc => link::llc(rest),
            Layer::EtherType(number) => link::ether_type(number, rest),
            Layer::Ppp => link::ppp(rest),
            Layer::Ip => return self.ip(),
        };
        next.map(Some)
    }

    /// A transport, or a tunnel, or a transport with a tunnel in it.
    fn ip(&mut self) -> Result<Option<Layer>, Skipped> {
        let ip = ip::ip(&mut self.rest)?;
        let Some(proto) = Proto::from_ip_number(ip.protocol) else {
            let is_later = ip.fragment.is_some_and(|fragment| !fragment.is_first);
            if self.outer || is_later {
                return Err(Skipped::OtherProtocol);
            }
            return tunnel::in_ip(ip.protocol, &mut self.rest).map(Some);
        };
        if let Some(Fragment { id, is_first: false }) = ip.fragment {
            self.told = Some(Told::Later(Whole::of(&ip, proto, id)));
            return Ok(None);
        }
        let header = self.rest.0;
        let ports = [self.rest.u16()?, self.rest.u16()?];
        let packet = Packet {
            proto,
            source: SocketAddr::new(ip.source, ports[0]),
            destination: SocketAddr::new(ip.destination, ports[1]),
            serving: serving(proto, header),
        };
        self.told = Some(match (ip.fragment, self.told) {
            (Some(Fragment { id, .. }), _) => Told::First(Whole::of(&ip, proto, id), packet),
            // What is in the first fragment of a tunnel is in all others too.
            (None, Some(Told::First(whole, _))) => Told::First(whole, packet),
            (None, _) => Told::Packet(packet),
        });
        if self.outer || proto != Proto::Udp {
            return Ok(None);
        }
        self.rest.take(4)?; // length and checksum
        tunnel::in_udp(ports, &mut self.rest).map(Some)
    }
}

/// Which end serves, by the first packets of a connection: SYN and SYN-ACK of TCP (RFC 9293 section 3.5), INIT and INIT
/// ACK of SCTP (RFC 9260 section 5.1), Request and Response of DCCP (RFC 4340 section 8.1).
fn serving(proto: Proto, header: &[u8]) -> Option<Serving> {
    let [opens, answers] = match proto {
        Proto::Tcp => {
            let flags = header.get(13)? & 0b1_0111; // ACK, RST, SYN, FIN
            [flags == 0b0_0010, flags == 0b1_0010]
        }
        Proto::Sctp => {
            let kind = *header.get(12)?;
            [kind == 1, kind == 2]
        }
        Proto::Dccp => {
            let kind = header.get(8)? >> 1 & 15;
            [kind == 0, kind == 1]
        }
        Proto::Udp => return None,
    };
    if opens {
        return Some(Serving::Destination);
    }
    answers.then_some(Serving::Source)
}
