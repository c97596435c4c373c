//! From a frame to the ports of its innermost transport, header by header: link layers, tunnels and IP.
//!
//! Each step takes a header off the front of the frame, or fails because the frame is too short. So the code
//! never reads beyond the frame, whatever lengths a header contains.

mod ip;
mod link;
mod protocol;
mod rest;
mod tunnel;
mod wireless;

use iana_ports::{End, Proto};
use ip::Fragment;
pub use protocol::Protocol;
use rest::Rest;
use std::net::{IpAddr, SocketAddr};

/// The most headers in a frame. Frames with more headers exist only to waste time.
const DEEPEST: usize = 32;

/// Why a frame is not counted in a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum PacketError {
    /// Its innermost protocol is not a transport protocol.
    #[error("{0}")]
    Other(Protocol),
    /// It ends, or is damaged, before the ports.
    #[error("cut off before the ports")]
    NoPorts,
    /// It is a fragment, and the first fragment, which contains the ports, is missing.
    #[error("fragment without the first one")]
    Fragment,
    /// Its link type, which has this number, is not supported.
    #[error("link type {0}")]
    LinkType(u32),
    /// It is a block of an unsupported type that may contain a packet.
    #[error("block type {0:#x}")]
    Block(u32),
}

/// A packet of a transport, from its source to its destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The transport protocol.
    pub proto: Proto,
    /// Address and port of the sender.
    pub source: SocketAddr,
    /// Address and port of the receiver.
    pub destination: SocketAddr,
    /// The end that serves, if the packet opens a connection or accepts one.
    pub serving: Option<End>,
}

/// The fields that all fragments of a packet share, and that no other packet has at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PacketId {
    source: IpAddr,
    destination: IpAddr,
    proto: Proto,
    id: u32,
}

/// The contents of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dissected {
    /// A packet.
    Packet(Packet),
    /// The first fragment of a packet. Its ports are those of all other fragments.
    First(PacketId, Packet),
    /// A later fragment.
    Later(PacketId),
}

/// The next header in a frame.
#[derive(Clone, Copy)]
enum Layer {
    /// A link layer, by its type in capture files.
    Link(u32),
    Ethernet,
    /// IEEE 802.2.
    Llc,
    /// The protocol with this EtherType.
    EtherType(u16),
    Ppp,
    Ip,
}

/// The layer that follows a header.
type Step = Result<Layer, PacketError>;

/// Reads the innermost transport of a frame, or the outermost one if `outer` is set.
///
/// # Errors
///
/// Says why the frame is not counted in a flow.
pub fn dissect(link_type: u32, frame: &[u8], outer: bool) -> Result<Dissected, PacketError> {
    let mut walk = Walk { rest: Rest(frame), outer, found: None };
    // The upper bits say whether frames have a check sequence, and how long it is.
    let mut layer = Layer::Link(link_type & 0xffff);
    for _ in 0..DEEPEST {
        match walk.step(layer) {
            Ok(Some(next)) => layer = next,
            Ok(None) => break,
            Err(why) => return walk.found.ok_or(why),
        }
    }
    walk.found.ok_or(PacketError::Other(Protocol::TooDeep))
}

/// The state after the headers so far.
struct Walk<'f> {
    rest: Rest<'f>,
    outer: bool,
    /// The last transport so far. A tunnel counts if it contains no other transport.
    found: Option<Dissected>,
}

impl Walk<'_> {
    /// Takes a header off. `None` if nothing follows the transport.
    fn step(&mut self, layer: Layer) -> Result<Option<Layer>, PacketError> {
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

    /// Reads the header after IP: a transport, a tunnel, or a transport with a tunnel inside.
    fn ip(&mut self) -> Result<Option<Layer>, PacketError> {
        let ip = ip::ip(&mut self.rest)?;
        let Some(proto) = Proto::from_ip_number(ip.protocol) else {
            let is_later = ip.fragment.is_some_and(|fragment| !fragment.is_first);
            if self.outer || is_later {
                return Err(PacketError::Other(Protocol::Ip(ip.protocol)));
            }
            return tunnel::in_ip(ip.protocol, &mut self.rest).map(Some);
        };
        let whole = |id| PacketId { source: ip.source, destination: ip.destination, proto, id };
        if let Some(Fragment { id, is_first: false }) = ip.fragment {
            self.found = Some(Dissected::Later(whole(id)));
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
        self.found = Some(match (ip.fragment, self.found) {
            (Some(Fragment { id, .. }), _) => Dissected::First(whole(id), packet),
            // A packet in the first fragment of a tunnel is in all other fragments too.
            (None, Some(Dissected::First(outer, _))) => Dissected::First(outer, packet),
            (None, _) => Dissected::Packet(packet),
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
fn serving(proto: Proto, header: &[u8]) -> Option<End> {
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
        return Some(End::Destination);
    }
    answers.then_some(End::Source)
}
