//! Tunnels above IP.

use super::rest::Rest;
use super::wireless::{self, Form};
use super::{Layer, PacketError, Protocol, Step};

/// The port announces a tunnel, but the packet contains none. Users never see this error: the UDP packet counts.
const NONE: PacketError = PacketError::Other(Protocol::Ip(17));

/// Takes off the header of a tunnel with its own IP protocol number.
pub fn in_ip(protocol: u8, rest: &mut Rest<'_>) -> Step {
    match protocol {
        4 | 41 => Ok(Layer::Ip),
        47 => gre(rest),
        137 => super::link::mpls(rest),
        other => Err(PacketError::Other(Protocol::Ip(other))),
    }
}

/// Takes off the header of a tunnel in UDP, which the ports announce. `rest` starts after the UDP header. Most tunnels
/// send from any port to their own; some also answer from their own port.
pub fn in_udp([source, destination]: [u16; 2], rest: &mut Rest<'_>) -> Step {
    match (destination, source) {
        (4789 | 8472, _) => vxlan(false, rest), // IANA's port, and the one of Linux
        (4790, _) => vxlan(true, rest),
        (4754, _) => gre(rest),
        (6635, _) => super::link::mpls(rest),
        (37008, _) => tzsp(rest),
        (6081, _) | (_, 6081) => geneve(rest),
        (2152, _) | (_, 2152) => gtp_user(rest),
        (1701, _) | (_, 1701) => l2tp(rest),
        (3544, _) | (_, 3544) => teredo(rest),
        (5247, _) | (_, 5247) => capwap(rest),
        _ => Err(NONE),
    }
}

/// GRE: RFC 2784 and RFC 2890; version 1 in RFC 2637 section 4.1.
fn gre(rest: &mut Rest<'_>) -> Step {
    let (flags, kind) = (rest.u16()?, rest.u16()?);
    let has = |bit: u16| usize::from(flags & bit != 0);
    match flags & 7 {
        0 => rest.skip(4 * ((has(0x8000) | has(0x4000)) + has(0x2000) + has(0x1000)))?,
        1 => rest.skip(4 * (1 + has(0x1000) + has(0x0080)))?,
        _ => return Err(PacketError::Other(Protocol::Ip(47))),
    };
    match kind {
        // ERSPAN II has a header, and sequence numbers in GRE; ERSPAN I has neither.
        0x88be => rest.skip(8 * has(0x1000)).map(|_| Layer::Ethernet),
        // ERSPAN III: the last bit says whether a platform-specific header follows.
        0x22eb => {
            let header: [u8; 12] = rest.array()?;
            rest.take(8 * usize::from(header[11] & 1))?;
            Ok(if header[10] >> 2 & 0x1f == 2 { Layer::Ip } else { Layer::Ethernet })
        }
        // In Aruba's numbers, the third digit is the queue of the access point.
        0x8200..=0x8370 if kind % 16 == 0 => wireless::frame(Form::Plain, rest),
        _ => Ok(Layer::EtherType(kind)),
    }
}

/// RFC 7348 section 5: a flag says that the network number is valid. In draft-ietf-nvo3-vxlan-gpe section 3, another
/// flag says that the last byte names the next protocol.
fn vxlan(is_generic: bool, rest: &mut Rest<'_>) -> Step {
    let [flags, _, _, next, ..] = rest.array::<8>()?;
    match if is_generic && flags & 4 != 0 {
        next
    } else if flags & 8 != 0 {
        3
    } else {
        0
    } {
        1 | 2 => Ok(Layer::Ip),
        3 => Ok(Layer::Ethernet),
        5 => super::link::mpls(rest),
        _ => Err(NONE),
    }
}

/// RFC 8926 section 3.4: version and length of the options in words, and an EtherType.
fn geneve(rest: &mut Rest<'_>) -> Step {
    let [version_and_length, _, a, b, ..] = rest.array::<8>()?;
    if version_and_length >> 6 != 0 {
        return Err(NONE);
    }
    rest.skip(usize::from(version_and_length & 0x3f) * 4)?;
    Ok(Layer::EtherType(u16::from_be_bytes([a, b])))
}

/// 3GPP TS 29.281 section 5: only version 1, and only messages that carry a packet.
fn gtp_user(rest: &mut Rest<'_>) -> Step {
    let [flags, kind, ..] = rest.array::<8>()?;
    if flags >> 4 != 0b0011 || kind != 255 {
        return Err(NONE);
    }
    // If one of these flags is set, all three fields are present: sequence number, N-PDU number, next header.
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

/// RFC 2661 section 3.1: only version 2, and no control messages.
fn l2tp(rest: &mut Rest<'_>) -> Step {
    let flags = rest.u16()?;
    let has = |bit: u16| flags & bit != 0;
    if flags & 0x800f != 2 {
        return Err(NONE);
    }
    let (length, sequence) = (usize::from(has(0x4000)) * 2, usize::from(has(0x0800)) * 4);
    rest.take(length + 4 + sequence)?;
    if has(0x0200) {
        let offset = rest.u16()?;
        rest.take(offset.into())?;
    }
    Ok(Layer::Ppp)
}

/// RFC 4380 section 5.1.1: an authentication header and an origin header may come before IPv6.
fn teredo(rest: &mut Rest<'_>) -> Step {
    while let [0, kind @ (0 | 1), ..] = rest.0 {
        let is_authentication = *kind == 1;
        let [_, _, client, value] = rest.array()?;
        rest.take(if is_authentication { usize::from(client) + usize::from(value) + 9 } else { 4 })?;
    }
    Ok(Layer::Ip)
}

/// RFC 5415 section 4.3: no encrypted packets, no later fragments, no keep-alive packets.
fn capwap(rest: &mut Rest<'_>) -> Step {
    let [preamble, length, binding, flags, _, _, offset @ ..] = rest.array::<8>()?;
    if preamble != 0 || flags & 8 != 0 || flags & 0x80 != 0 && u16::from_be_bytes(offset) >> 3 != 0 {
        return Err(NONE);
    }
    rest.skip_rest_of(usize::from(length >> 3) * 4, 8)?;
    match (binding & 1 != 0, binding >> 1 & 0x1f) {
        (false, _) => Ok(Layer::Ethernet),
        (true, 1) => wireless::frame(Form::Swapped, rest),
        _ => Err(NONE),
    }
}

/// TaZmen Sniffer Protocol, version 1: a list of tags with an end tag, then a frame.
fn tzsp(rest: &mut Rest<'_>) -> Step {
    let [version, direction, kind @ ..] = rest.array::<4>()?;
    if version != 1 || direction > 1 {
        return Err(NONE);
    }
    loop {
        match rest.array()? {
            [0] => {}
            [1] => break,
            [_] => rest.skip(usize::from(rest.first()?) + 1).map(drop)?,
        }
    }
    match u16::from_be_bytes(kind) {
        1 => Ok(Layer::Ethernet),
        18 => wireless::frame(Form::Plain, rest),
        _ => Err(NONE),
    }
}
