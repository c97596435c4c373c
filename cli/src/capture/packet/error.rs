/// Why a frame is not counted in a flow. A protocol without ports has the number in the header before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum PacketError {
    #[error("IP protocol {0}{name}", name = name(&IP, (*.0).into()).unwrap_or_default())]
    Ip(u8),
    #[error("{}", named("EtherType", *.0, &ETHER_TYPES))]
    EtherType(u16),
    #[error("{}", named("PPP", *.0, &PPP))]
    Ppp(u16),
    #[error("{}", named("LLC", (*.0).into(), &LLC))]
    Llc(u8),
    /// The number of an organization.
    #[error("SNAP {:02x}:{:02x}:{:02x}", .0[0], .0[1], .0[2])]
    Snap([u8; 3]),
    /// In BSD loopback.
    #[error("address family {0}")]
    Family(u32),
    #[error("link type {0}")]
    LinkType(u32),
    /// A block of a capture file that may contain a packet.
    #[error("block type {0:#x}")]
    Block(u32),
    #[error("IEEE 802.11 without readable data")]
    Wireless,
    #[error("cut off before the ports")]
    NoPorts,
    #[error("fragment without the first one")]
    Fragment,
    #[error("more headers than are read")]
    TooDeep,
}

#[rustfmt::skip]
const IP: [(u16, &str); 8] = [
    (1, " (ICMP)"), (2, " (IGMP)"), (47, " (GRE)"), (50, " (ESP)"), (58, " (ICMPv6)"), (89, " (OSPF)"), (103, " (PIM)"), (112, " (VRRP)"),
];
#[rustfmt::skip]
const ETHER_TYPES: [(u16, &str); 19] = [
    (0x0806, "ARP"), (0x0842, "Wake-on-LAN"), (0x8035, "RARP"), (0x809b, "AppleTalk"), (0x8137, "IPX"), (0x8809, "LACP"),
    (0x8847, "MPLS"), (0x8863, "PPPoE discovery"), (0x888e, "EAPOL"), (0x8892, "PROFINET"), (0x88a2, "AoE"), (0x88a4, "EtherCAT"),
    (0x88cc, "LLDP"), (0x88e5, "MACsec"), (0x88f7, "PTP"), (0x8902, "CFM"), (0x8906, "FCoE"), (0x8914, "FIP"), (0x9000, "CTP"),
];
const PPP: [(u16, &str); 5] =
    [(0x8021, "IPCP"), (0x8057, "IPV6CP"), (0xc021, "LCP"), (0xc023, "PAP"), (0xc223, "CHAP")];
const LLC: [(u16, &str); 4] = [(0x42, "STP"), (0xe0, "IPX"), (0xf0, "NetBIOS"), (0xfe, "IS-IS")];

fn name<'n>(names: &[(u16, &'n str)], number: u16) -> Option<&'n str> {
    names.iter().find(|(other, _)| *other == number).map(|(_, name)| *name)
}

fn named(what: &str, number: u16, names: &[(u16, &str)]) -> String {
    name(names, number).map_or_else(|| format!("{what} {number:#06x}"), str::to_owned)
}
