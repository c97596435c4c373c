//! Link layers, down to IP.

use super::rest::Rest;
use super::wireless;
use super::{Layer, PacketError, Step};

/// Link types, as tcpdump's list of them has the numbers.
mod types {
    pub const NULL: i32 = 0;
    pub const ETHERNET: i32 = 1;
    pub const PPP: i32 = 9;
    pub const FDDI: i32 = 10;
    pub const RAW_OF_BSD: i32 = 12;
    pub const RAW_OF_OPENBSD: i32 = 14;
    pub const PPP_HDLC: i32 = 50;
    pub const RAW: i32 = 101;
    pub const C_HDLC: i32 = 104;
    pub const WIRELESS: i32 = 105;
    pub const LOOP: i32 = 108;
    pub const ENC: i32 = 109;
    pub const LINUX_SLL: i32 = 113;
    pub const PFLOG: i32 = 117;
    pub const RADIOTAP: i32 = 127;
    pub const PPI: i32 = 192;
    pub const PPP_WITH_DIRECTION: i32 = 204;
    pub const IPV4: i32 = 228;
    pub const IPV6: i32 = 229;
    pub const NFLOG: i32 = 239;
    pub const INFINIBAND: i32 = 242;
    pub const PKTAP: i32 = 258;
    pub const LINUX_SLL2: i32 = 276;
}

/// Takes off the header of a link layer.
pub fn link(kind: i32, rest: &mut Rest<'_>) -> Step {
    match kind {
        types::ETHERNET => Ok(Layer::Ethernet),
        types::RAW | types::RAW_OF_BSD | types::RAW_OF_OPENBSD | types::IPV4 | types::IPV6 => Ok(Layer::Ip),
        types::NULL | types::LOOP => {
            // A family in the byte order of the recording machine. Systems have different numbers for IPv6.
            let family = rest.array()?;
            match u32::from_be_bytes(family).min(u32::from_le_bytes(family)) {
                2 | 10 | 24 | 28 | 30 => Ok(Layer::Ip),
                _ => Err(PacketError::OtherProtocol),
            }
        }
        types::LINUX_SLL => ether_type_behind(14, rest),
        types::LINUX_SLL2 => ether_type_before(18, rest),
        types::INFINIBAND => {
            rest.take(40)?;
            ether_type_before(2, rest)
        }
        types::C_HDLC => ether_type_behind(2, rest),
        // These addresses are of Cisco's HDLC.
        types::PPP | types::PPP_HDLC if matches!(rest.first()?, 0x0f | 0x8f) => ether_type_behind(2, rest),
        types::PPP | types::PPP_HDLC => Ok(Layer::Ppp),
        types::PPP_WITH_DIRECTION => {
            rest.take(1)?;
            Ok(Layer::Ppp)
        }
        types::FDDI => {
            rest.take(13)?;
            Ok(Layer::Llc)
        }
        types::WIRELESS => wireless::frame(false, rest),
        types::RADIOTAP => wireless::radiotap(rest),
        types::PPI => {
            let [_, _, a, b, kind @ ..] = rest.array::<8>()?;
            rest.take(usize::from(u16::from_le_bytes([a, b])).checked_sub(8).ok_or(PacketError::NoPorts)?)?;
            Ok(Layer::Link(i32::from_le_bytes(kind)))
        }
        // Written by firewalls, with their verdicts.
        types::NFLOG => nflog(rest),
        types::PFLOG => {
            let length = usize::from(rest.first()?).next_multiple_of(4);
            rest.take(length)?;
            Ok(Layer::Ip)
        }
        types::ENC => {
            rest.take(12)?;
            Ok(Layer::Ip)
        }
        types::PKTAP => {
            let [length, _, kind] = [rest.array()?, rest.array()?, rest.array()?].map(u32::from_le_bytes);
            rest.take((length as usize).checked_sub(12).ok_or(PacketError::NoPorts)?)?;
            i32::try_from(kind).map(Layer::Link).map_err(|_| PacketError::OtherProtocol)
        }
        other => Err(PacketError::LinkType(other)),
    }
}

/// An EtherType after this many bytes.
fn ether_type_behind(length: usize, rest: &mut Rest<'_>) -> Step {
    rest.take(length)?;
    rest.u16().map(Layer::EtherType)
}

/// An EtherType, and this many bytes after it.
fn ether_type_before(length: usize, rest: &mut Rest<'_>) -> Step {
    let number = rest.u16()?;
    rest.take(length)?;
    Ok(Layer::EtherType(number))
}

const PPPOE_SESSION: u16 = 0x8864;
const MPLS: u16 = 0x8847;

pub fn ethernet(rest: &mut Rest<'_>) -> Step {
    rest.take(12)?;
    type_or_length(rest)
}

fn type_or_length(rest: &mut Rest<'_>) -> Step {
    let number = rest.u16()?;
    // A smaller number is a length, and the header of LLC follows (IEEE 802.3 section 3.2.6).
    if number >= 0x600 {
        return Ok(Layer::EtherType(number));
    }
    rest.limit(number.into());
    Ok(Layer::Llc)
}

pub fn llc(rest: &mut Rest<'_>) -> Step {
    match rest.array()? {
        // SNAP: an EtherType behind an organization's number.
        [0xaa, 0xaa, 3] => match rest.array()? {
            [0, 0, 0 | 0xf8] => rest.u16().map(Layer::EtherType),
            _ => Err(PacketError::OtherProtocol),
        },
        [6, 6, 3] => Ok(Layer::Ip),
        _ => Err(PacketError::OtherProtocol),
    }
}

pub fn ether_type(number: u16, rest: &mut Rest<'_>) -> Step {
    match number {
        0x0800 | 0x86dd => Ok(Layer::Ip),
        // Tags of VLANs.
        0x8100 | 0x88a8 | 0x9100 | 0x9200 => {
            rest.take(2)?;
            type_or_length(rest)
        }
        MPLS | 0x8848 => mpls(rest),
        PPPOE_SESSION => {
            rest.take(6)?;
            Ok(Layer::Ppp)
        }
        0x6558 => Ok(Layer::Ethernet), // bridged
        0x880b => Ok(Layer::Ppp),
        _ => Err(PacketError::OtherProtocol),
    }
}

/// Labels up to the last one. What follows them has no type (RFC 3032).
pub fn mpls(rest: &mut Rest<'_>) -> Step {
    while rest.array::<4>()?[2] & 1 == 0 {}
    match rest.first()? >> 4 {
        4 | 6 => Ok(Layer::Ip),
        _ => Err(PacketError::OtherProtocol),
    }
}

/// The protocol of PPP (RFC 1661 section 2), after address and control if they are there (RFC 1662 section 3.1).
pub fn ppp(rest: &mut Rest<'_>) -> Step {
    if rest.0.starts_with(&[0xff, 3]) {
        rest.take(2)?;
    }
    // A protocol of one byte is odd.
    let [upper] = rest.array()?;
    let number = if upper & 1 == 1 { upper.into() } else { u16::from_be_bytes([upper, rest.array::<1>()?[0]]) };
    match number {
        0x21 | 0x57 => Ok(Layer::Ip),
        0x281 | 0x283 => Ok(Layer::EtherType(MPLS)),
        _ => Err(PacketError::OtherProtocol),
    }
}

/// Lengths, types and values, in the byte order of the recording machine.
fn nflog(rest: &mut Rest<'_>) -> Step {
    const PAYLOAD: u8 = 9;
    rest.take(4)?;
    loop {
        let [a, b, c, d] = rest.array()?;
        // Types are small, and their upper two bits are flags. The byte that is 0 shows the order.
        let (length, kind) = if matches!(d, 0 | 0x40 | 0x80 | 0xc0) {
            (u16::from_le_bytes([a, b]), c)
        } else {
            (u16::from_be_bytes([a, b]), d)
        };
        let length = usize::from(length).checked_sub(4).ok_or(PacketError::NoPorts)?;
        if kind == PAYLOAD {
            rest.limit(length);
            return Ok(Layer::Ip);
        }
        rest.take(length.next_multiple_of(4))?;
    }
}
