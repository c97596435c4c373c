//! From a frame to the ports of its innermost transport, header by header: link layers, tunnels and IP.

mod error;
mod ip;
mod link;
mod tunnel;
mod wireless;

pub use error::PacketError;
use iana_ports::{End, Proto};
pub use ip::PacketId;
use serde::Serialize;
use std::net::SocketAddr;

/// How the serving end of a flow is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// It received the request for a connection: SYN, INIT or Request.
    Syn,
    /// It is a multicast or broadcast address, from which no packet comes.
    Multicast,
    /// It received the first packet. This is a guess.
    Order,
    /// Its port number suggests it. This is a guess.
    Port,
}

/// A packet of a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    pub proto: Proto,
    pub source: SocketAddr,
    pub destination: SocketAddr,
    /// The end that serves, if the packet shows it.
    pub serving: Option<(End, Evidence)>,
}

/// The contents of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissected {
    /// The innermost packet, or the reason why there is none. For a later fragment, the tunnel around it.
    pub contents: Result<Packet, PacketError>,
    /// The packets of which the frame contains the first fragment. All their fragments have the same contents.
    pub firsts: Vec<PacketId>,
    /// The packet of which the frame contains a later fragment.
    pub later: Option<PacketId>,
}

/// Reads the innermost transport of a frame, or the outermost one if `outer` is set.
pub fn dissect(link_type: Result<u32, PacketError>, frame: &[u8], outer: bool) -> Dissected {
    let found = Dissected { contents: Err(PacketError::NoPorts), firsts: Vec::new(), later: None };
    let mut walk = Walk { rest: frame, outer, depth: 0, to_all: false, found };
    // The upper bits say whether frames have a check sequence, and how long it is.
    let end = link_type.and_then(|kind| walk.link(kind & 0xffff));
    // A tunnel counts if it contains no other transport.
    if let (Err(why), Err(_)) = (end, walk.found.contents) {
        walk.found.contents = Err(why);
    }
    walk.found
}

/// The most headers in a frame. Frames with more headers exist only to waste time.
const DEEPEST: usize = 32;

/// How far a frame is read. Each step takes a header off the front of the rest, or fails because the rest is too short.
/// So the code never reads beyond the frame, whatever lengths a header contains.
struct Walk<'f> {
    rest: &'f [u8],
    /// True if tunnels are not read.
    outer: bool,
    /// The number of headers so far.
    depth: usize,
    /// True if the last link layer sends the frame to all stations.
    to_all: bool,
    /// The contents of the headers so far.
    found: Dissected,
}

/// Fails if the headers that follow contain no transport, or if it cannot be read.
type Step = Result<(), PacketError>;

impl<'f> Walk<'f> {
    fn deeper(&mut self) -> Step {
        self.depth += 1;
        if self.depth > DEEPEST { Err(PacketError::TooDeep) } else { Ok(()) }
    }

    /// Takes a header of this length off.
    fn take(&mut self, length: usize) -> Result<&'f [u8], PacketError> {
        let (header, rest) = self.rest.split_at_checked(length).ok_or(PacketError::NoPorts)?;
        self.rest = rest;
        Ok(header)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PacketError> {
        let header = self.peek()?;
        self.rest = &self.rest[N..];
        Ok(header)
    }

    /// The first bytes, without taking them off.
    fn peek<const N: usize>(&self) -> Result<[u8; N], PacketError> {
        self.rest.first_chunk().copied().ok_or(PacketError::NoPorts)
    }

    /// A number in network byte order.
    fn u16(&mut self) -> Result<u16, PacketError> {
        self.array().map(u16::from_be_bytes)
    }

    /// Cuts the rest to at most this length, because padding follows.
    fn limit(&mut self, length: usize) {
        self.rest = self.rest.get(..length).unwrap_or(self.rest);
    }
}
