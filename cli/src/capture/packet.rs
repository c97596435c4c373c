//! A frame to the flow that it belongs to.

use etherparse::{EtherType, IpNumber, Ipv6ExtensionSlice, LaxIpPayloadSlice, LaxNetSlice, LaxSlicedPacket};
use iana_ports::Proto;
use pcap_parser::Linktype;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};

/// A transport and its two ends, the lower first: the same in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    pub proto: Proto,
    pub ends: [SocketAddr; 2],
}

/// Why a frame belongs to no flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skipped {
    /// No IP, or another protocol above it.
    OtherProtocol,
    /// Cut off, or broken, before the ports.
    NoPorts,
    /// A fragment whose first one, which has the ports, did not come before it.
    Fragment,
    /// A kind of link that is not known here.
    LinkType(i32),
}

/// What all fragments of a packet have in common.
type Whole = (IpAddr, IpAddr, Proto, u32);

/// A fragment of an IP packet.
struct Fragment {
    id: u32,
    is_first: bool,
    is_last: bool,
}

/// Reads headers, and remembers the ports of packets that came in fragments.
#[derive(Default)]
pub struct Dissector {
    ports: HashMap<Whole, [u16; 2]>,
}

impl Dissector {
    pub fn flow(&mut self, link_type: Linktype, frame: &[u8]) -> Result<Flow, Skipped> {
        let packet = link_layer(link_type, frame)?;
        let (addresses, payload, fragment) = match &packet.net {
            Some(LaxNetSlice::Ipv4(ip)) => {
                let header = ip.header();
                let fragment = Fragment {
                    id: header.identification().into(),
                    is_first: header.fragments_offset().value() == 0,
                    is_last: !header.more_fragments(),
                };
                let addresses = [header.source_addr().into(), header.destination_addr().into()];
                (addresses, ip.payload(), Some(fragment))
            }
            Some(LaxNetSlice::Ipv6(ip)) => {
                let fragment = ip.extensions().clone().into_iter().find_map(|extension| match extension {
                    Ipv6ExtensionSlice::Fragment(header) => Some(Fragment {
                        id: header.identification(),
                        is_first: header.fragment_offset().value() == 0,
                        is_last: !header.more_fragments(),
                    }),
                    _ => None,
                });
                let header = ip.header();
                let addresses = [header.source_addr().into(), header.destination_addr().into()];
                (addresses, ip.payload(), fragment)
            }
            None if packet.stop_err.is_some() => return Err(Skipped::NoPorts),
            Some(LaxNetSlice::Arp(_)) | None => return Err(Skipped::OtherProtocol),
        };
        let proto = transport(payload.ip_number)?;
        let ports = self.ports(addresses, proto, payload, fragment)?;
        let [source, destination] = addresses;
        let mut ends = [SocketAddr::new(source, ports[0]), SocketAddr::new(destination, ports[1])];
        ends.sort_unstable();
        Ok(Flow { proto, ends })
    }

    fn ports(
        &mut self,
        [source, destination]: [IpAddr; 2],
        proto: Proto,
        payload: &LaxIpPayloadSlice<'_>,
        fragment: Option<Fragment>,
    ) -> Result<[u16; 2], Skipped> {
        let Some(fragment) = fragment.filter(|fragment| !(fragment.is_first && fragment.is_last)) else {
            return first_ports(payload.payload);
        };
        let whole = (source, destination, proto, fragment.id);
        if fragment.is_first {
            let ports = first_ports(payload.payload)?;
            self.ports.insert(whole, ports);
            return Ok(ports);
        }
        let ports =
            if fragment.is_last { self.ports.remove(&whole) } else { self.ports.get(&whole).copied() };
        ports.ok_or(Skipped::Fragment)
    }
}

/// All four transports start with the source port and the destination port.
fn first_ports(payload: &[u8]) -> Result<[u16; 2], Skipped> {
    let [a, b, c, d] = *payload.first_chunk().ok_or(Skipped::NoPorts)?;
    Ok([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])])
}

fn transport(number: IpNumber) -> Result<Proto, Skipped> {
    match number {
        IpNumber::TCP => Ok(Proto::Tcp),
        IpNumber::UDP => Ok(Proto::Udp),
        IpNumber::SCTP => Ok(Proto::Sctp),
        IpNumber::DCCP => Ok(Proto::Dccp),
        _ => Err(Skipped::OtherProtocol),
    }
}

/// Ethernet with its VLANs, Linux's two cooked headers, BSD's loopback, and bare IP.
fn link_layer(link_type: Linktype, frame: &[u8]) -> Result<LaxSlicedPacket<'_>, Skipped> {
    // A header of `length` bytes with an EtherType somewhere in it.
    let cooked = |length: usize, ether_type: usize| {
        let number = frame.get(ether_type..ether_type + 2).ok_or(Skipped::NoPorts)?;
        let payload = frame.get(length..).ok_or(Skipped::NoPorts)?;
        let number = EtherType(u16::from_be_bytes([number[0], number[1]]));
        Ok(LaxSlicedPacket::from_ether_type(number, payload))
    };
    match link_type {
        Linktype::ETHERNET => LaxSlicedPacket::from_ethernet(frame).map_err(|_| Skipped::NoPorts),
        Linktype::LINUX_SLL => cooked(16, 14),
        Linktype::LINUX_SLL2 => cooked(20, 0),
        Linktype::NULL | Linktype::LOOP => bare_ip(frame.get(4..).unwrap_or_default()),
        Linktype::RAW | Linktype::IPV4 | Linktype::IPV6 => bare_ip(frame),
        other => Err(Skipped::LinkType(other.0)),
    }
}

fn bare_ip(ip: &[u8]) -> Result<LaxSlicedPacket<'_>, Skipped> {
    LaxSlicedPacket::from_ip(ip).map_err(|_| Skipped::NoPorts)
}
