//! Tunnels above IP.

use super::rest::Rest;
use super::{Layer, PacketError, Step};

/// Ports where a tunnel is, as the registry has them.
const L2TP: u16 = 1701;
const GTP_USER: u16 = 2152;
const VXLAN: u16 = 4789;
const GENEVE: u16 = 6081;

/// Takes off the header of a tunnel that an IP protocol number announces.
pub fn in_ip(protocol: u8, rest: &mut Rest<'_>) -> Step {
    match protocol {
        4 | 41 => Ok(Layer::Ip),
        47 => gre(rest),
        137 => super::link::mpls(rest),
        _ => Err(PacketError::OtherProtocol),
    }
}

/// Takes off the header of a tunnel that the ports of UDP announce. `rest` starts after the UDP header.
pub fn in_udp([source, destination]: [u16; 2], rest: &mut Rest<'_>) -> Step {
    match destination {
        VXLAN => vxlan(rest),
        GENEVE => geneve(rest),
        GTP_USER => gtp_user(rest),
        _ if [source, destination].contains(&L2TP) => l2tp(rest),
        _ => Err(PacketError::OtherProtocol),
    }
}

/// RFC 2784, RFC 2890; of version 1 RFC 2637 section 4.1.
fn gre(rest: &mut Rest<'_>) -> Step {
    let (flags, kind) = (rest.u16()?, rest.u16()?);
    let has = |bit: u16| usize::from(flags & bit != 0);
    match flags & 7 {
        0 => rest.take(4 * ((has(0x8000) | has(0x4000)) + has(0x2000) + has(0x1000)))?,
        1 => rest.take(4 * (1 + has(0x1000) + has(0x0080)))?,
        _ => return Err(PacketError::OtherProtocol),
    };
    Ok(Layer::EtherType(kind))
}

/// RFC 7348 section 5: a flag says that there is a network.
fn vxlan(rest: &mut Rest<'_>) -> Step {
    let header: [u8; 8] = rest.array()?;
    if header[0] & 8 == 0 {
        return Err(PacketError::OtherProtocol);
    }
    Ok(Layer::Ethernet)
}

/// RFC 8926 section 3.4: version and length of the options in words, and an EtherType.
fn geneve(rest: &mut Rest<'_>) -> Step {
    let [version_and_length, _, a, b, ..] = rest.array::<8>()?;
    if version_and_length >> 6 != 0 {
        return Err(PacketError::OtherProtocol);
    }
    rest.take(usize::from(version_and_length & 0x3f) * 4)?;
    Ok(Layer::EtherType(u16::from_be_bytes([a, b])))
}

/// 3GPP TS 29.281 section 5: version 1, and a message that carries a packet.
fn gtp_user(rest: &mut Rest<'_>) -> Step {
    let [flags, kind, ..] = rest.array::<8>()?;
    if flags >> 4 != 0b0011 || kind != 255 {
        return Err(PacketError::OtherProtocol);
    }
    // Where one of them is there, all three fields are: sequence, number, kind of the next header.
    if flags & 7 != 0 {
        let [_, _, _, mut next] = rest.array()?;
        let has_headers = flags & 4 != 0;
        while has_headers && next != 0 {
            let words = usize::from(rest.first()?);
            let header = rest.take(words * 4)?;
            next = *header.last().ok_or(PacketError::NoPorts)?;
        }
    }
    Ok(Layer::Ip)
}

/// RFC 2661 section 3.1: version 2, and not a message of its own control.
fn l2tp(rest: &mut Rest<'_>) -> Step {
    let flags = rest.u16()?;
    let has = |bit: u16| flags & bit != 0;
    if flags & 0x800f != 2 {
        return Err(PacketError::OtherProtocol);
    }
    let (length, sequence) = (usize::from(has(0x4000)) * 2, usize::from(has(0x0800)) * 4);
    rest.take(length + 4 + sequence)?;
    if has(0x0200) {
        let offset = rest.u16()?;
        rest.take(offset.into())?;
    }
    Ok(Layer::Ppp)
}
