//! Headers of IP, including the extension headers of IPv6, and the transports.

use super::{Evidence, Packet, PacketError, Step, Walk};
use iana_ports::{End, Proto};
use std::net::IpAddr;

/// The fields that all fragments of a packet share, and that no other packet has at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PacketId {
    source: IpAddr,
    destination: IpAddr,
    /// `None` in IPv6 (RFC 8200 section 4.5).
    protocol: Option<u8>,
    id: u32,
}

struct Ip {
    source: IpAddr,
    /// The last address of a source route.
    destination: IpAddr,
    /// The protocol number of what follows.
    protocol: u8,
    /// The packet of which this is a fragment, and whether it is the first one.
    fragment: Option<(PacketId, bool)>,
}

impl Walk<'_> {
    /// Reads headers of IP, and what follows: a transport, a tunnel, or a transport with a tunnel inside.
    pub fn ip(&mut self) -> Step {
        self.deeper()?;
        let mut ip = match self.peek()? {
            [0x40..0x50] => self.ipv4()?,
            [0x60..0x70] => self.ipv6()?,
            _ => return Err(PacketError::NoPorts),
        };
        // The extension headers are in the first fragment.
        while ip.fragment.is_none_or(|(_, is_first)| is_first) && self.extension(&mut ip)? {}
        let proto = Proto::from_ip_number(ip.protocol);
        match ip.fragment {
            Some((id, true)) => self.found.firsts.push(id),
            Some((id, false)) => {
                self.found.later = Some(id);
                return Err(proto.map_or(PacketError::Ip(ip.protocol), |_| PacketError::Fragment));
            }
            None => {}
        }
        let to_all = std::mem::take(&mut self.to_all);
        let Some(proto) = proto else {
            return match ip.protocol {
                4 | 41 if !self.outer => self.ip(),
                47 if !self.outer => self.gre(),
                137 if !self.outer => self.mpls(),
                other => Err(PacketError::Ip(other)),
            };
        };
        let header = self.rest;
        let ports = [self.u16()?, self.u16()?];
        let (source, destination) = ((ip.source, ports[0]).into(), (ip.destination, ports[1]).into());
        self.found.contents = Ok(Packet { proto, source, destination, serving: serving(proto, header, &ip, to_all) });
        if self.outer || proto != Proto::Udp {
            return Ok(());
        }
        // The length (RFC 768) and the checksum. In UDP-Lite, a coverage takes the place of the length (RFC 3828). The
        // length is 0 if the hardware segments the packet after it was recorded.
        let [length, _] = [self.u16()?, self.u16()?];
        if ip.protocol == Proto::Udp.ip_number() && length != 0 {
            self.limit(usize::from(length).saturating_sub(8));
        }
        self.tunnel_in_udp(ports)
    }

    /// RFC 791 section 3.1.
    fn ipv4(&mut self) -> Result<Ip, PacketError> {
        let packet = self.rest;
        let [first, _] = self.array()?;
        let [length, id, flags] = [self.u16()?, self.u16()?, self.u16()?];
        let [_, protocol, _, _] = self.array()?;
        let [source, destination] = [self.array::<4>()?, self.array()?].map(IpAddr::from);
        let header_length = usize::from(first & 15) * 4;
        let options = self.take(header_length.checked_sub(20).ok_or(PacketError::NoPorts)?)?;
        // There may be padding after the packet. The length is 0 if the hardware segments it after it was recorded.
        if length != 0 {
            let whole = packet.get(..length.into()).unwrap_or(packet);
            self.rest = whole.get(header_length..).ok_or(PacketError::NoPorts)?;
        }
        let id = PacketId { source, destination, protocol: Some(protocol), id: id.into() };
        let (offset, has_more) = (flags & 0x1fff, flags & 0x2000 != 0);
        let fragment = (offset != 0 || has_more).then_some((id, offset == 0));
        Ok(Ip { source, destination: source_route(options).unwrap_or(destination), protocol, fragment })
    }

    /// RFC 8200 section 3.
    fn ipv6(&mut self) -> Result<Ip, PacketError> {
        let [_, _, _, _, a, b, protocol, _] = self.array()?;
        let [source, destination] = [self.array::<16>()?, self.array()?].map(IpAddr::from);
        let length = u16::from_be_bytes([a, b]);
        if length != 0 {
            self.limit(length.into());
        }
        Ok(Ip { source, destination, protocol, fragment: None })
    }

    /// Takes an extension header off. False if there is none.
    fn extension(&mut self, ip: &mut Ip) -> Result<bool, PacketError> {
        match ip.protocol {
            // Hop-by-hop options, routing, destination options, mobility, HIP, Shim6: in units of 8 bytes.
            0 | 43 | 60 | 135 | 139 | 140 => {
                let [next, length, kind, left] = self.array()?;
                let header = self.take(usize::from(length) * 8 + 4)?;
                // The last address of a route comes last, or first in segment routing (RFC 8754 section 2).
                let last = match kind {
                    _ if ip.protocol != 43 || left == 0 || length < 2 => None,
                    0 | 2 => header.last_chunk(),
                    4 => header[4..].first_chunk(),
                    _ => None,
                };
                ip.destination = last.map_or(ip.destination, |&address: &[u8; 16]| address.into());
                ip.protocol = next;
            }
            // An authentication header (RFC 4302 section 2).
            51 => {
                let [next, length] = self.array()?;
                self.take((usize::from(length) + 2) * 4 - 2)?;
                ip.protocol = next;
            }
            // A fragment (RFC 8200 section 4.5).
            44 => {
                let [next, _, a, b, id @ ..] = self.array::<8>()?;
                let (source, destination, offset) = (ip.source, ip.destination, u16::from_be_bytes([a, b]));
                let id = PacketId { source, destination, protocol: None, id: u32::from_be_bytes(id) };
                ip.fragment = (offset & !6 != 0).then_some((id, offset < 8));
                ip.protocol = next;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// The last address of a source route, loose or strict, that the packet has not reached yet (RFC 791 section 3.1).
fn source_route(mut options: &[u8]) -> Option<IpAddr> {
    loop {
        match *options {
            [1, ref others @ ..] => options = others,
            [131 | 137, length, pointer, ..] if length >= 7 && pointer < length => {
                return options.get(..length.into())?.last_chunk().map(|&address: &[u8; 4]| address.into());
            }
            [kind, length, ..] if kind > 1 && length > 1 => options = options.get(length.into()..)?,
            _ => return None,
        }
    }
}

/// The end that serves, by the first packets of a connection: SYN and SYN-ACK of TCP (RFC 9293 section 3.5), INIT and
/// INIT ACK of SCTP (RFC 9260 section 5.1), Request and Response of DCCP (RFC 4340 section 8.1). In UDP, a group of
/// receivers serves, because no packet comes from its address.
fn serving(proto: Proto, header: &[u8], ip: &Ip, to_all: bool) -> Option<(End, Evidence)> {
    let (evidence, [to_destination, to_source]) = match proto {
        Proto::Tcp => {
            let flags = header.get(13)? & 0b1_0111; // ACK, RST, SYN, FIN
            (Evidence::Syn, [flags == 0b0_0010, flags == 0b1_0010])
        }
        Proto::Sctp => (Evidence::Syn, [1, 2].map(|kind| header.get(12) == Some(&kind))),
        Proto::Dccp => (Evidence::Syn, [0, 1].map(|kind| header.get(8).is_some_and(|byte| byte >> 1 & 15 == kind))),
        Proto::Udp => (Evidence::Multicast, [ip.destination, ip.source].map(|address| is_group(address, to_all))),
    };
    let end = if to_destination { Some(End::Destination) } else { to_source.then_some(End::Source) };
    Some((end?, evidence))
}

/// True for a multicast or broadcast address. In a frame to all stations, these include addresses that end in 255,
/// because networks with other broadcast addresses are rare.
fn is_group(address: IpAddr, to_all: bool) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_multicast() || v4.is_broadcast() || to_all && v4.octets()[3] == 255,
        IpAddr::V6(v6) => v6.is_multicast(),
    }
}
