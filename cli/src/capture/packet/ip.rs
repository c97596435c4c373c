//! Headers of IP, including the extension headers of IPv6.

use super::PacketError;
use super::rest::Rest;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The fields of these headers that the caller needs.
pub struct Ip {
    pub source: IpAddr,
    pub destination: IpAddr,
    /// The protocol number of what follows.
    pub protocol: u8,
    pub fragment: Option<Fragment>,
}

#[derive(Clone, Copy)]
pub struct Fragment {
    pub id: u32,
    pub is_first: bool,
}

/// Takes the headers of IP off, and cuts off what follows the packet.
pub fn ip(rest: &mut Rest<'_>) -> Result<Ip, PacketError> {
    match rest.first()? >> 4 {
        4 => ipv4(rest),
        6 => ipv6(rest),
        _ => Err(PacketError::NoPorts),
    }
}

/// RFC 791 section 3.1.
fn ipv4(rest: &mut Rest<'_>) -> Result<Ip, PacketError> {
    let packet = rest.0;
    let header: [u8; 20] = rest.array()?;
    let header_length = usize::from(header[0] & 15) * 4;
    rest.take(header_length.checked_sub(header.len()).ok_or(PacketError::NoPorts)?)?;
    // There may be padding after the packet. The length is 0 if the hardware segments the packet after it was recorded.
    let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
    if length != 0 {
        let whole = packet.get(..length).unwrap_or(packet);
        rest.0 = whole.get(header_length..).ok_or(PacketError::NoPorts)?;
    }
    let flags = u16::from_be_bytes([header[6], header[7]]);
    let (offset, has_more) = (flags & 0x1fff, flags & 0x2000 != 0);
    let id = u16::from_be_bytes([header[4], header[5]]).into();
    let address = |at: usize| IpAddr::from(Ipv4Addr::new(header[at], header[at + 1], header[at + 2], header[at + 3]));
    let fragment = (offset != 0 || has_more).then_some(Fragment { id, is_first: offset == 0 });
    let mut ip = Ip { source: address(12), destination: address(16), protocol: header[9], fragment };
    if ip.protocol == AUTHENTICATION && ip.fragment.as_ref().is_none_or(|fragment| fragment.is_first) {
        ip.protocol = authentication(rest)?;
    }
    Ok(ip)
}

const AUTHENTICATION: u8 = 51;

/// Takes an authentication header off (RFC 4302 section 2), and gives the protocol that follows.
fn authentication(rest: &mut Rest<'_>) -> Result<u8, PacketError> {
    let [next, length] = rest.array()?;
    rest.take((usize::from(length) + 2) * 4 - 2)?;
    Ok(next)
}

/// RFC 8200 sections 3 and 4.
fn ipv6(rest: &mut Rest<'_>) -> Result<Ip, PacketError> {
    let header: [u8; 8] = rest.array()?;
    let [source, destination] = [rest.array::<16>()?, rest.array()?].map(|a| IpAddr::from(Ipv6Addr::from(a)));
    let length = usize::from(u16::from_be_bytes([header[4], header[5]]));
    if length != 0 {
        rest.limit(length);
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
            AUTHENTICATION => ip.protocol = authentication(rest)?,
            44 => {
                let [next, _, offset, more, a, b, c, d] = rest.array()?;
                ip.protocol = next;
                let (offset, has_more) = (u16::from_be_bytes([offset, more]) >> 3, more & 1 != 0);
                if offset != 0 || has_more {
                    ip.fragment = Some(Fragment { id: u32::from_be_bytes([a, b, c, d]), is_first: offset == 0 });
                }
                // The following headers are in the first fragment.
                if offset != 0 {
                    return Ok(ip);
                }
            }
            _ => return Ok(ip),
        }
    }
}
