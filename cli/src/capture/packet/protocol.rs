//! Protocols that have no ports, or whose ports are not read.

use etherparse::IpNumber;
use std::fmt;

/// A protocol, by its number in the header before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// The protocol number of IP.
    Ip(u8),
    /// The EtherType.
    EtherType(u16),
    /// The protocol number of PPP.
    Ppp(u16),
    /// The service access point of LLC.
    Llc(u8),
    /// The address family of BSD loopback.
    Family(u32),
    /// IEEE 802.11 without data, or with encrypted data.
    Wireless,
    /// Too many nested headers; such frames exist only to waste time.
    TooDeep,
}

#[rustfmt::skip]
const ETHER_TYPES: [(u16, &str); 19] = [
    (0x0806, "ARP"), (0x0842, "Wake-on-LAN"), (0x8035, "RARP"), (0x809b, "AppleTalk"), (0x8137, "IPX"), (0x8809, "LACP"),
    (0x8847, "MPLS"), (0x8863, "PPPoE discovery"), (0x888e, "EAPOL"), (0x8892, "PROFINET"), (0x88a2, "AoE"), (0x88a4, "EtherCAT"),
    (0x88cc, "LLDP"), (0x88e5, "MACsec"), (0x88f7, "PTP"), (0x8902, "CFM"), (0x8906, "FCoE"), (0x8914, "FIP"), (0x9000, "CTP"),
];
const PPP: [(u16, &str); 5] =
    [(0x8021, "IPCP"), (0x8057, "IPV6CP"), (0xc021, "LCP"), (0xc023, "PAP"), (0xc223, "CHAP")];
const LLC: [(u16, &str); 4] = [(0x42, "STP"), (0xe0, "IPX"), (0xf0, "NetBIOS"), (0xfe, "IS-IS")];

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut named = |what: &str, number: u16, names: &[(u16, &str)]| match names.iter().find(|(n, _)| *n == number)
        {
            Some((_, name)) => f.write_str(name),
            None => write!(f, "{what} {number:#06x}"),
        };
        match *self {
            Self::EtherType(number) => named("EtherType", number, &ETHER_TYPES),
            Self::Ppp(number) => named("PPP", number, &PPP),
            Self::Llc(number) => named("LLC", number.into(), &LLC),
            Self::Ip(58) => f.write_str("ICMPv6"), // IANA's keyword is IPv6-ICMP
            Self::Ip(number) => match IpNumber(number).keyword_str() {
                Some(name) => f.write_str(name),
                None => write!(f, "IP protocol {number}"),
            },
            Self::Family(number) => write!(f, "address family {number}"),
            Self::Wireless => f.write_str("IEEE 802.11 without readable data"),
            Self::TooDeep => f.write_str("more headers than are read"),
        }
    }
}
