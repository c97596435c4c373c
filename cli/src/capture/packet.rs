//! A frame to the ends of its innermost transport: link layers, tunnels and IP, walked header by header.
//!
//! Every header is taken off the front of what is left, or the frame ends before its ports. So nothing is read that is
//! not there, whatever lengths a header gives.

use iana_ports::Proto;
use pcap_parser::Linktype;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Headers in one another. More are made to take time.
const DEEPEST: usize = 32;

/// Where VXLAN is (RFC 7348 section 5).
const VXLAN_PORT: u16 = 4789;

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
    Ethernet,
    /// By a number as Ethernet has them.
    EtherType(u16),
    Ip,
    Ppp,
}

/// The innermost transport of a frame, or if `outer` the outermost one.
pub fn dissect(link_type: Linktype, frame: &[u8], outer: bool) -> Result<Told, Skipped> {
    let mut rest = Bytes(frame);
    let mut layer = first_layer(link_type, &mut rest)?;
    // Of a tunnel in UDP, which counts if there is no transport inside.
    let mut tunnel = None;
    for _ in 0..DEEPEST {
        let next = match layer {
            Layer::Ethernet => ethernet(&mut rest),
            Layer::EtherType(number) => ether_type(number, &mut rest),
            Layer::Ppp => ppp(&mut rest),
            Layer::Ip => match ip(&mut rest) {
                Ok(ip) => above_ip(&ip, &mut rest, outer, &mut tunnel),
                Err(why) => Err(why),
            },
        };
        match next {
            Ok(Next::Layer(next)) => layer = next,
            Ok(Next::Told(told)) => return Ok(inside(tunnel, told)),
            Err(why) => return tunnel.ok_or(why),
        }
    }
    tunnel.ok_or(Skipped::OtherProtocol)
}

/// What is inside a tunnel: if that is a first fragment, what it has is in all others too.
fn inside(tunnel: Option<Told>, told: Told) -> Told {
    match (tunnel, told) {
        (Some(Told::First(whole, _)), Told::Packet(packet)) => Told::First(whole, packet),
        _ => told,
    }
}

enum Next {
    Layer(Layer),
    Told(Told),
}

type Step = Result<Next, Skipped>;

#[allow(clippy::unnecessary_wraps, reason = "a step like all others")]
fn go_on(layer: Layer) -> Step {
    Ok(Next::Layer(layer))
}

/// What is left of a frame.
struct Bytes<'f>(&'f [u8]);

impl<'f> Bytes<'f> {
    /// Takes a header of this length off.
    fn take(&mut self, length: usize) -> Result<&'f [u8], Skipped> {
        let (header, rest) = self.0.split_at_checked(length).ok_or(Skipped::NoPorts)?;
        self.0 = rest;
        Ok(header)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Skipped> {
        let (header, rest) = self.0.split_first_chunk().ok_or(Skipped::NoPorts)?;
        self.0 = rest;
        Ok(*header)
    }

    fn u16(&mut self) -> Result<u16, Skipped> {
        self.array().map(u16::from_be_bytes)
    }

    /// The first byte, which stays.
    fn first(&self) -> Result<u8, Skipped> {
        self.0.first().copied().ok_or(Skipped::NoPorts)
    }
}

/// Takes the header of a link off that is not Ethernet's own.
fn first_layer(link_type: Linktype, rest: &mut Bytes<'_>) -> Result<Layer, Skipped> {
    // What stands above: whether a frame has its check sequence, and how long that is.
    let kind = link_type.0 & 0xffff;
    Ok(match kind {
        link::ETHERNET => Layer::Ethernet,
        link::RAW | link::RAW_OF_BSD | link::RAW_OF_OPENBSD | link::IPV4 | link::IPV6 => Layer::Ip,
        link::NULL | link::LOOP => {
            // A family in the byte order of whoever recorded it; systems have several numbers for IPv6.
            let family = rest.array()?;
            match u32::from_be_bytes(family).min(u32::from_le_bytes(family)) {
                2 | 10 | 24 | 28 | 30 => Layer::Ip,
                _ => return Err(Skipped::OtherProtocol),
            }
        }
        link::LINUX_SLL => {
            rest.take(14)?;
            Layer::EtherType(rest.u16()?)
        }
        link::LINUX_SLL2 => {
            let number = rest.u16()?;
            rest.take(18)?;
            Layer::EtherType(number)
        }
        link::PPP | link::PPP_HDLC => Layer::Ppp,
        link::PPP_ETHER => Layer::EtherType(PPPOE_SESSION),
        link::C_HDLC => {
            rest.take(2)?;
            Layer::EtherType(rest.u16()?)
        }
        other => return Err(Skipped::LinkType(other)),
    })
}

/// Link types, as tcpdump's list of them has the numbers.
mod link {
    pub const NULL: i32 = 0;
    pub const ETHERNET: i32 = 1;
    pub const PPP: i32 = 9;
    pub const RAW_OF_BSD: i32 = 12;
    pub const RAW_OF_OPENBSD: i32 = 14;
    pub const PPP_HDLC: i32 = 50;
    pub const PPP_ETHER: i32 = 51;
    pub const RAW: i32 = 101;
    pub const C_HDLC: i32 = 104;
    pub const LOOP: i32 = 108;
    pub const LINUX_SLL: i32 = 113;
    pub const IPV4: i32 = 228;
    pub const IPV6: i32 = 229;
    pub const LINUX_SLL2: i32 = 276;
}

const PPPOE_SESSION: u16 = 0x8864;
const ETHERNET_BRIDGED: u16 = 0x6558;

fn ethernet(rest: &mut Bytes<'_>) -> Step {
    rest.take(12)?;
    let number = rest.u16()?;
    // A smaller number is a length, and the header of LLC follows (IEEE 802.3 section 3.2.6).
    if number >= 0x600 {
        return go_on(Layer::EtherType(number));
    }
    llc(rest, usize::from(number))
}

fn llc(rest: &mut Bytes<'_>, length: usize) -> Step {
    // Behind this length there is padding.
    rest.0 = rest.0.get(..length).unwrap_or(rest.0);
    match rest.array()? {
        // SNAP: an EtherType behind an organization's number.
        [0xaa, 0xaa, 3] => match rest.array()? {
            [0, 0, 0 | 0xf8] => {
                let number = rest.u16()?;
                go_on(Layer::EtherType(number))
            }
            _ => Err(Skipped::OtherProtocol),
        },
        [6, 6, 3] => go_on(Layer::Ip),
        _ => Err(Skipped::OtherProtocol),
    }
}

fn ether_type(number: u16, rest: &mut Bytes<'_>) -> Step {
    match number {
        0x0800 | 0x86dd => go_on(Layer::Ip),
        // Tags of VLANs.
        0x8100 | 0x88a8 | 0x9100 | 0x9200 => {
            rest.take(2)?;
            let number = rest.u16()?;
            if number >= 0x600 { go_on(Layer::EtherType(number)) } else { llc(rest, usize::from(number)) }
        }
        // MPLS: labels up to the one that says it is the last. What is labelled has no type (RFC 3032).
        0x8847 | 0x8848 => {
            while rest.array::<4>()?[2] & 1 == 0 {}
            match rest.first()? >> 4 {
                4 | 6 => go_on(Layer::Ip),
                _ => Err(Skipped::OtherProtocol),
            }
        }
        PPPOE_SESSION => {
            rest.take(6)?;
            go_on(Layer::Ppp)
        }
        ETHERNET_BRIDGED => go_on(Layer::Ethernet),
        0x880b => go_on(Layer::Ppp),
        _ => Err(Skipped::OtherProtocol),
    }
}

/// The protocol of PPP (RFC 1661 section 2), behind address and control if they are there (RFC 1662 section 3.1).
fn ppp(rest: &mut Bytes<'_>) -> Step {
    if rest.0.starts_with(&[0xff, 3]) || rest.0.starts_with(&[0x0f, 0]) {
        rest.take(2)?;
    }
    // A protocol of one byte is odd.
    let [upper] = rest.array()?;
    let number =
        if upper & 1 == 1 { upper.into() } else { u16::from_be_bytes([upper, rest.array::<1>()?[0]]) };
    match number {
        0x21 | 0x57 => go_on(Layer::Ip),
        0x281 | 0x283 => go_on(Layer::EtherType(0x8847)),
        _ => Err(Skipped::OtherProtocol),
    }
}

/// What the headers of IP say, with all that IPv6 may have between them.
struct Ip {
    source: IpAddr,
    destination: IpAddr,
    protocol: u8,
    fragment: Option<Fragment>,
}

struct Fragment {
    id: u32,
    is_first: bool,
}

/// Takes the headers of IP off, and what follows the packet.
fn ip(rest: &mut Bytes<'_>) -> Result<Ip, Skipped> {
    match rest.first()? >> 4 {
        4 => ipv4(rest),
        6 => ipv6(rest),
        _ => Err(Skipped::NoPorts),
    }
}

/// RFC 791 section 3.1.
fn ipv4(rest: &mut Bytes<'_>) -> Result<Ip, Skipped> {
    let packet = rest.0;
    let header: [u8; 20] = rest.array()?;
    let header_length = usize::from(header[0] & 15) * 4;
    rest.take(header_length.checked_sub(header.len()).ok_or(Skipped::NoPorts)?)?;
    // Behind the packet there may be padding. None is given where the hardware cuts it up after it was recorded.
    let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
    if length != 0 {
        let whole = packet.get(..length).unwrap_or(packet);
        rest.0 = whole.get(header_length..).ok_or(Skipped::NoPorts)?;
    }
    let flags = u16::from_be_bytes([header[6], header[7]]);
    let (offset, has_more) = (flags & 0x1fff, flags & 0x2000 != 0);
    let id = u16::from_be_bytes([header[4], header[5]]).into();
    let address =
        |at: usize| IpAddr::from(Ipv4Addr::new(header[at], header[at + 1], header[at + 2], header[at + 3]));
    let fragment = (offset != 0 || has_more).then_some(Fragment { id, is_first: offset == 0 });
    let mut ip = Ip { source: address(12), destination: address(16), protocol: header[9], fragment };
    if ip.protocol == AUTHENTICATION && ip.fragment.as_ref().is_none_or(|fragment| fragment.is_first) {
        let [next, length] = rest.array()?;
        rest.take((usize::from(length) + 2) * 4 - 2)?;
        ip.protocol = next;
    }
    Ok(ip)
}

const AUTHENTICATION: u8 = 51;

/// RFC 8200 sections 3 and 4.
fn ipv6(rest: &mut Bytes<'_>) -> Result<Ip, Skipped> {
    let header: [u8; 8] = rest.array()?;
    let [source, destination] = [rest.array::<16>()?, rest.array()?].map(|a| IpAddr::from(Ipv6Addr::from(a)));
    let length = usize::from(u16::from_be_bytes([header[4], header[5]]));
    if length != 0 {
        rest.0 = rest.0.get(..length).unwrap_or(rest.0);
    }
    let mut ip = Ip { source, destination, protocol: header[6], fragment: None };
    loop {
        match ip.protocol {
            // Hop-by-hop options, routing, destination options, mobility, HIP, Shim6: in units of 8 bytes.
            0 | 43 | 60 | 135 | 139 | 140 => {
                let [next, length] = rest.array()?;
                rest.take(usize::from(length) * 8 + 6)?;
                ip.protocol = next;
            }
            AUTHENTICATION => {
                let [next, length] = rest.array()?;
                rest.take((usize::from(length) + 2) * 4 - 2)?;
                ip.protocol = next;
            }
            44 => {
                let [next, _, offset, more, a, b, c, d] = rest.array()?;
                ip.protocol = next;
                let (offset, has_more) = (u16::from_be_bytes([offset, more]) >> 3, more & 1 != 0);
                if offset != 0 || has_more {
                    ip.fragment =
                        Some(Fragment { id: u32::from_be_bytes([a, b, c, d]), is_first: offset == 0 });
                }
                // Headers that follow are in the first fragment.
                if offset != 0 {
                    return Ok(ip);
                }
            }
            _ => return Ok(ip),
        }
    }
}

/// A transport, or a tunnel.
fn above_ip(ip: &Ip, rest: &mut Bytes<'_>, outer: bool, tunnel: &mut Option<Told>) -> Step {
    let Some(proto) = Proto::from_ip_number(ip.protocol) else {
        let is_later = ip.fragment.as_ref().is_some_and(|fragment| !fragment.is_first);
        if outer || is_later {
            return Err(Skipped::OtherProtocol);
        }
        return match ip.protocol {
            4 | 41 => go_on(Layer::Ip),
            47 => gre(rest),
            137 => go_on(Layer::EtherType(0x8847)),
            _ => Err(Skipped::OtherProtocol),
        };
    };
    let whole = |id| Whole { source: ip.source, destination: ip.destination, proto, id };
    if let Some(Fragment { id, is_first: false }) = ip.fragment {
        return Ok(Next::Told(Told::Later(whole(id))));
    }
    let header = rest.0;
    let ports = [rest.u16()?, rest.u16()?];
    let packet = Packet {
        proto,
        source: SocketAddr::new(ip.source, ports[0]),
        destination: SocketAddr::new(ip.destination, ports[1]),
        serving: serving(proto, header),
    };
    let told = match ip.fragment {
        Some(Fragment { id, .. }) => Told::First(whole(id), packet),
        None => Told::Packet(packet),
    };
    // The header of UDP goes on for 4 bytes, that of VXLAN has 8, and a flag in the first.
    if !outer
        && proto == Proto::Udp
        && ports[1] == VXLAN_PORT
        && rest.0.get(4).is_some_and(|flags| flags & 8 != 0)
    {
        *tunnel = Some(told);
        rest.take(12)?;
        return go_on(Layer::Ethernet);
    }
    Ok(Next::Told(told))
}

/// RFC 2784, RFC 2890; of version 1 RFC 2637 section 4.1.
fn gre(rest: &mut Bytes<'_>) -> Step {
    let (flags, kind) = (rest.u16()?, rest.u16()?);
    let has = |bit: u16| usize::from(flags & bit != 0);
    match flags & 7 {
        0 => rest.take(4 * ((has(0x8000) | has(0x4000)) + has(0x2000) + has(0x1000)))?,
        1 => rest.take(4 * (1 + has(0x1000) + has(0x0080)))?,
        _ => return Err(Skipped::OtherProtocol),
    };
    go_on(Layer::EtherType(kind))
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
