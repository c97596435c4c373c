//! Link layers, down to IP.

use super::rest::Rest;
use super::wireless::{self, Form};
use super::{Layer, PacketError, Protocol, Step};

/// Takes off the header of a link layer. Its number is that of <https://www.tcpdump.org/linktypes.html>.
pub fn link(kind: u32, rest: &mut Rest<'_>) -> Step {
    match kind {
        1 => Ok(Layer::Ethernet),
        12 | 14 | 101 | 228 | 229 => Ok(Layer::Ip),
        // NULL and LOOP.
        0 | 108 => {
            // An address family in the byte order of the recording machine. Systems use different numbers for IPv6.
            let family = rest.array()?;
            match u32::from_be_bytes(family).min(u32::from_le_bytes(family)) {
                2 | 10 | 24 | 28 | 30 => Ok(Layer::Ip),
                other => Err(PacketError::Other(Protocol::Family(other))),
            }
        }
        // Linux cooked, in both versions.
        113 => rest.skip(14)?.u16().map(Layer::EtherType),
        276 => ether_type_before(18, rest),
        242 => ether_type_before(2, rest.skip(40)?), // IP over InfiniBand
        // Cisco's HDLC, and PPP with its addresses.
        104 => rest.skip(2)?.u16().map(Layer::EtherType),
        9 | 50 if matches!(rest.first()?, 0x0f | 0x8f) => rest.skip(2)?.u16().map(Layer::EtherType),
        9 | 50 => Ok(Layer::Ppp),
        204 => rest.skip(1).map(|_| Layer::Ppp), // with a direction
        10 => rest.skip(13).map(|_| Layer::Llc), // FDDI
        105 => wireless::frame(Form::Plain, rest),
        127 => wireless::radiotap(rest),
        // Per-Packet Information.
        192 => {
            let [_, _, a, b, kind @ ..] = rest.array::<8>()?;
            rest.skip_rest_of(u16::from_le_bytes([a, b]).into(), 8)?;
            Ok(Layer::Link(u32::from_le_bytes(kind)))
        }
        // NFLOG and PFLOG, which firewalls write, with their verdicts.
        239 => nflog(rest),
        117 => rest.skip(usize::from(rest.first()?).next_multiple_of(4)).map(|_| Layer::Ip),
        109 => rest.skip(12).map(|_| Layer::Ip), // OpenBSD's enc
        // PKTAP.
        258 => {
            let [length, _, kind] = [rest.array()?, rest.array()?, rest.array()?].map(u32::from_le_bytes);
            rest.skip_rest_of(length as usize, 12)?;
            Ok(Layer::Link(kind))
        }
        other => Err(PacketError::LinkType(other)),
    }
}

/// An EtherType, and this many bytes after it.
fn ether_type_before(length: usize, rest: &mut Rest<'_>) -> Step {
    let number = rest.u16()?;
    rest.skip(length).map(|_| Layer::EtherType(number))
}

const MPLS: u16 = 0x8847;

pub fn ethernet(rest: &mut Rest<'_>) -> Step {
    type_or_length(rest.skip(12)?)
}

fn type_or_length(rest: &mut Rest<'_>) -> Step {
    let number = rest.u16()?;
    // A smaller number is a length, and an LLC header follows (IEEE 802.3 section 3.2.6).
    if number >= 0x600 {
        return Ok(Layer::EtherType(number));
    }
    rest.limit(number.into());
    Ok(Layer::Llc)
}

pub fn llc(rest: &mut Rest<'_>) -> Step {
    match rest.array()? {
        // SNAP: an EtherType after the number of an organization.
        [0xaa, 0xaa, 3] => match rest.array()? {
            [0, 0, 0 | 0xf8] => rest.u16().map(Layer::EtherType),
            _ => Err(PacketError::Other(Protocol::Llc(0xaa))),
        },
        [6, 6, 3] => Ok(Layer::Ip),
        [other, ..] => Err(PacketError::Other(Protocol::Llc(other))),
    }
}

pub fn ether_type(number: u16, rest: &mut Rest<'_>) -> Step {
    match number {
        0x0800 | 0x86dd => Ok(Layer::Ip),
        // Tags of VLANs, VN-tag (VEPA), E-tag (IEEE 802.1BR), HSR (IEC 62439-3) and Cisco's metadata.
        0x8100 | 0x88a8 | 0x9100 | 0x9200 => type_or_length(rest.skip(2)?),
        0x8926 | 0x892f => type_or_length(rest.skip(4)?),
        0x893f | 0x8909 => type_or_length(rest.skip(6)?),
        // Whole frames after the tag of a provider's backbone (IEEE 802.1ah) or of Cisco's FabricPath.
        0x88e7 => rest.skip(4).map(|_| Layer::Ethernet),
        0x8903 => rest.skip(2).map(|_| Layer::Ethernet),
        MPLS | 0x8848 => mpls(rest),
        0x8864 => rest.skip(6).map(|_| Layer::Ppp), // PPPoE
        0x6558 => Ok(Layer::Ethernet),              // bridged
        0x880b => Ok(Layer::Ppp),
        other => Err(PacketError::Other(Protocol::EtherType(other))),
    }
}

/// Takes off labels up to the last one. Nothing says which protocol follows them (RFC 3032).
pub fn mpls(rest: &mut Rest<'_>) -> Step {
    while rest.array::<4>()?[2] & 1 == 0 {}
    match rest.first()? >> 4 {
        4 | 6 => Ok(Layer::Ip),
        _ => Err(PacketError::Other(Protocol::EtherType(MPLS))),
    }
}

/// The protocol of PPP (RFC 1661 section 2), after the optional address and control fields (RFC 1662 section 3.1).
pub fn ppp(rest: &mut Rest<'_>) -> Step {
    rest.0 = rest.0.strip_prefix(&[0xff, 3]).unwrap_or(rest.0);
    // A protocol number with one byte is odd.
    let [upper] = rest.array()?;
    let number = if upper & 1 == 1 { upper.into() } else { u16::from_be_bytes([upper, rest.array::<1>()?[0]]) };
    match number {
        0x21 | 0x57 => Ok(Layer::Ip),
        0x281 | 0x283 => Ok(Layer::EtherType(MPLS)),
        other => Err(PacketError::Other(Protocol::Ppp(other))),
    }
}

/// Takes off lengths, types and values, in the byte order of the recording machine.
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
        rest.skip(length.next_multiple_of(4))?;
    }
}
