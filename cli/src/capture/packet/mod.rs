//! From a frame to the ports of its innermost transport, header by header: link layers, tunnels and IP.

mod error;
mod ip;
mod link;
mod tunnel;
mod walk;
mod wireless;

pub use error::PacketError;
use iana_ports::{End, Proto};
pub use ip::PacketId;
use serde::Serialize;
use std::net::SocketAddr;
use walk::Walk;

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

impl Evidence {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; 4] = [Self::Syn, Self::Multicast, Self::Order, Self::Port];
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

impl From<PacketError> for Dissected {
    fn from(why: PacketError) -> Self {
        Self { contents: Err(why), firsts: Vec::new(), later: None }
    }
}

/// Reads the innermost transport of a frame, or the outermost one if `outer` is set.
pub fn dissect(link_type: u32, frame: &[u8], outer: bool) -> Dissected {
    let mut walk = Walk { rest: frame, outer, depth: 0, to_all: false, found: PacketError::NoPorts.into() };
    // The upper bits say whether frames have a check sequence, and how long it is.
    let end = walk.link(link_type & 0xffff);
    // A tunnel counts if it contains no other transport.
    if let (Err(why), Err(_)) = (end, walk.found.contents) {
        walk.found.contents = Err(why);
    }
    walk.found
}
