//! `iana-ports capture`: packets of which every byte is written down here.

use std::collections::BTreeMap;
use std::path::Path;

const ETHERNET: u32 = 1;

/// Adds headers in front of a packet.
fn before(header: &[&[u8]], payload: &[u8]) -> Vec<u8> {
    [&header.concat(), payload].concat()
}

fn ethernet(kind: u16, payload: &[u8]) -> Vec<u8> {
    before(&[&[2; 6], &[4; 6], &kind.to_be_bytes()], payload)
}

/// An IPv4 header from 192.0.2.1 to 192.0.2.2, with the flags and the offset of a fragment.
fn ipv4_part(protocol: u8, id: u16, part: u16, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(20 + payload.len()).unwrap().to_be_bytes();
    let [id, part] = [id, part].map(u16::to_be_bytes);
    before(&[&[0x45, 0], &length, &id, &part, &[64, protocol, 0, 0], &[192, 0, 2, 1], &[192, 0, 2, 2]], payload)
}

fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    ipv4_part(protocol, 1, 0, payload)
}

/// An IPv6 header from 2001:db8::1 to 2001:db8::2.
fn ipv6(next: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    let address = |last| [&[0x20, 1, 0x0d, 0xb8][..], &[0; 11], &[last]].concat();
    before(&[&[0x60, 0, 0, 0], &length, &[next, 64], &address(1), &address(2)], payload)
}

fn udp(source: u16, destination: u16, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(8 + payload.len()).unwrap();
    before(&[&source.to_be_bytes(), &destination.to_be_bytes(), &length.to_be_bytes(), &[0, 0]], payload)
}

fn tcp(source: u16, destination: u16, flags: u8) -> Vec<u8> {
    before(&[&source.to_be_bytes(), &destination.to_be_bytes(), &[0; 8], &[0x50, flags], &[0; 6]], &[])
}

/// A capture file with these frames.
fn pcap(link_type: u32, frames: &[Vec<u8>]) -> Vec<u8> {
    let header: Vec<u8> =
        [0xa1b2_c3d4_u32, 4 << 16 | 2, 0, 0, 1 << 18, link_type].into_iter().flat_map(u32::to_le_bytes).collect();
    let packet = |frame: &Vec<u8>| {
        let length = u32::try_from(frame.len()).unwrap();
        [0, 0, length, length].into_iter().flat_map(u32::to_le_bytes).chain(frame.clone()).collect::<Vec<u8>>()
    };
    header.into_iter().chain(frames.iter().flat_map(packet)).collect()
}

/// The number of packets for each `service port/transport`, and for packets in no flow.
fn capture(name: &str, link_type: u32, frames: &[Vec<u8>], options: &[&str]) -> (BTreeMap<String, u64>, String) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pcap"));
    std::fs::write(&path, pcap(link_type, frames)).unwrap();
    let (status, csv, stderr) =
        crate::run(&[&["capture", "--format", "csv", path.to_str().unwrap()], options].concat());
    assert_eq!(status, 0, "{name}: {stderr}");
    let mut csv = csv::Reader::from_reader(csv.as_bytes());
    let rows = csv.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
    let (mut sums, mut rest) = (BTreeMap::new(), String::new());
    for row in rows {
        if row["not_counted"].is_empty() {
            let ports = row.get("port").unwrap_or_else(|| &row["ports"]);
            let place = format!("{} {ports}/{}", row["service"], row["transport"]);
            sums.insert(place.trim_start().to_owned(), row["packets"].parse().unwrap());
        } else {
            rest.extend([&row["packets"], " ", &row["not_counted"], "\n"]);
        }
    }
    assert_eq!(stderr, "", "{name}");
    (sums, rest)
}

/// Checks the row in which a frame is counted.
#[track_caller]
fn counts(name: &str, link_type: u32, frame: Vec<u8>, expected: &str) {
    let (sums, rest) = capture(name, link_type, &[frame], &[]);
    let found: Vec<String> = sums.into_keys().chain(rest.lines().map(str::to_owned)).collect();
    assert_eq!(found, [expected], "{name}");
}

const DOMAIN: &str = "domain 53/udp";
const CUT: &str = "1 cut off before the ports";

fn question() -> Vec<u8> {
    udp(50_000, 53, b"question")
}

#[test]
fn every_link_and_tunnel_leads_to_the_innermost_transport() {
    let (four, six) = (ipv4(17, &question()), ipv6(17, &question()));
    counts("ethernet", ETHERNET, ethernet(0x0800, &four), DOMAIN);
    counts("ethernet 6", ETHERNET, ethernet(0x86dd, &six), DOMAIN);
    counts("padded", ETHERNET, ethernet(0x0800, &[&four[..], &[0; 20]].concat()), DOMAIN);
    counts("vlan", ETHERNET, ethernet(0x8100, &before(&[&[0, 7, 8, 0]], &four)), DOMAIN);
    counts("two vlans", ETHERNET, ethernet(0x88a8, &before(&[&[0, 8, 0x81, 0, 0, 7, 0x86, 0xdd]], &six)), DOMAIN);
    let snap = before(&[&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0]], &four);
    counts("snap", ETHERNET, ethernet(u16::try_from(snap.len()).unwrap(), &snap), DOMAIN);
    let pppoe = before(&[&[0x11, 0, 0, 1], &u16::try_from(four.len() + 2).unwrap().to_be_bytes(), &[0, 0x21]], &four);
    counts("pppoe", ETHERNET, ethernet(0x8864, &pppoe), DOMAIN);
    counts("pppoe discovery", ETHERNET, ethernet(0x8863, &pppoe), "1 PPPoE discovery");
    let mpls = before(&[&[0, 1, 0, 64, 0, 2, 1, 64]], &six);
    counts("mpls", ETHERNET, ethernet(0x8847, &mpls), DOMAIN);
    counts("6in4", ETHERNET, ethernet(0x0800, &ipv4(41, &six)), DOMAIN);
    counts("4in6", ETHERNET, ethernet(0x86dd, &ipv6(4, &four)), DOMAIN);
    counts("4in4", ETHERNET, ethernet(0x0800, &ipv4(4, &four)), DOMAIN);
    counts("gre", ETHERNET, ethernet(0x0800, &ipv4(47, &before(&[&[0, 0, 8, 0]], &four))), DOMAIN);
    let gre = before(&[&[0xb0, 0, 0x65, 0x58], &[0; 12]], &ethernet(0x86dd, &six));
    counts("gre with all fields", ETHERNET, ethernet(0x0800, &ipv4(47, &gre)), DOMAIN);
    let vxlan = udp(50_001, 4789, &before(&[&[8, 0, 0, 0, 0, 0, 1, 0]], &ethernet(0x0800, &four)));
    counts("vxlan", ETHERNET, ethernet(0x0800, &ipv4(17, &vxlan)), DOMAIN);
    let arp = udp(50_001, 4789, &before(&[&[8, 0, 0, 0, 0, 0, 1, 0]], &ethernet(0x0806, &[0; 28])));
    counts("vxlan without ip", ETHERNET, ethernet(0x0800, &ipv4(17, &arp)), "vxlan 4789/udp");
    counts("raw", 101, four.clone(), DOMAIN);
    counts("raw 6", 229, six.clone(), DOMAIN);
    counts("loopback", 0, before(&[&[30, 0, 0, 0]], &six), DOMAIN);
    counts("loopback of another order", 108, before(&[&[0, 0, 0, 2]], &four), DOMAIN);
    counts("cooked", 113, before(&[&[0; 14], &[8, 0]], &four), DOMAIN);
    counts("cooked 2", 276, before(&[&[0x86, 0xdd], &[0; 18]], &six), DOMAIN);
    counts("ppp", 9, before(&[&[0xff, 3, 0, 0x21]], &four), DOMAIN);
    counts("ppp, one byte", 50, before(&[&[0x57]], &six), DOMAIN);
    let cisco = before(&[&[0xaa, 0xaa, 3, 0, 0, 0x0c, 0x20, 0]], &[2; 20]);
    counts("snap of cisco", ETHERNET, ethernet(28, &cisco), "1 SNAP 00:00:0c");
    counts("arp", ETHERNET, ethernet(0x0806, &[0; 28]), "1 ARP");
    counts("icmp", ETHERNET, ethernet(0x0800, &ipv4(1, &[8; 8])), "1 IP protocol 1 (ICMP)");
    counts("a user's own", 147, vec![0; 40], "1 link type 147");
}

/// Link types that are rare in new captures.
#[test]
fn rarer_links() {
    let (four, six) = (ipv4(17, &question()), ipv6(17, &question()));
    let llc = before(&[&[0xaa, 0xaa, 3, 0, 0, 0, 0x86, 0xdd]], &six);
    counts("fddi", 10, before(&[&[0; 13]], &llc), DOMAIN);
    counts("token ring", 6, vec![0; 60], "1 link type 6");
    let frame = ethernet(0x0800, &four);
    counts("ppi", 192, before(&[&[0, 0, 12, 0], &[1, 0, 0, 0], &[0; 4]], &frame), DOMAIN);
    counts("ppi of itself", 192, [0, 0, 8, 0, 192, 0, 0, 0].repeat(100), "1 more headers than are read");
    counts("pktap", 258, before(&[&[16, 0, 0, 0], &[1, 0, 0, 0], &[1, 0, 0, 0], &[0; 4]], &frame), DOMAIN);
    let nothing = before(&[&[12, 0, 0, 0], &[1, 0, 0, 0], &[0xff; 4]], &frame);
    counts("pktap of nothing", 258, nothing, "1 link type 4294967295");
    // On macOS, and a user's own.
    let header = [&[108, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0][..], &[0; 96]].concat();
    counts("pktap of macos", 149, before(&[&header], &frame), DOMAIN);
    counts("another 149", 149, before(&[&[0; 108]], &frame), "1 link type 149");
}

#[test]
fn wireless_data_that_is_not_encrypted() {
    let six = ipv6(17, &question());
    let llc = before(&[&[0xaa, 0xaa, 3, 0, 0, 0, 0x86, 0xdd]], &six);
    let data = |kind: u8, flags: u8, more: &[u8]| before(&[&[kind, flags], &[0; 22], more], &llc);
    counts("wireless", 105, data(0x08, 1, &[]), DOMAIN);
    counts("of four addresses", 105, data(0x08, 3, &[0; 6]), DOMAIN);
    counts("with quality", 105, data(0x88, 2, &[0; 2]), DOMAIN);
    counts("with quality and control", 105, data(0x88, 0x82, &[0; 6]), DOMAIN);
    let length = u16::try_from(llc.len()).unwrap().to_be_bytes();
    counts("an aggregate", 105, data(0x88, 2, &[&[0x80, 0][..], &[0; 12], &length].concat()), DOMAIN);
    // A mesh header with no, one and two addresses. Outside of a mesh, its bit has other meanings.
    let mesh = |addresses: u8| [&[0, 1, addresses][..], &vec![9; 5 + 6 * usize::from(addresses)]].concat();
    counts("in a mesh", 105, data(0x88, 3, &[&[0; 6][..], &mesh(0)].concat()), DOMAIN);
    counts("to a group in a mesh", 105, data(0x88, 2, &mesh(1)), DOMAIN);
    counts("through a mesh", 105, data(0x88, 3, &[&[0; 6][..], &mesh(2)].concat()), DOMAIN);
    counts("to an access point", 105, data(0x88, 1, &[0, 1]), DOMAIN);
    counts("encrypted", 105, data(0x08, 0x41, &[]), "1 IEEE 802.11 without readable data");
    counts("no data", 105, data(0x48, 1, &[]), "1 IEEE 802.11 without readable data");
    counts("a beacon", 105, data(0x80, 0, &[]), "1 IEEE 802.11 without readable data");
    counts("a later fragment", 105, before(&[&[8, 1], &[0; 20], &[1, 0]], &llc), CUT);

    let frame = data(0x08, 1, &[]);
    counts("radiotap", 127, before(&[&[0, 0, 8, 0, 0, 0, 0, 0]], &frame), DOMAIN);
    // Two words of flags, so the time is at offset 16; then the field that says that padding follows the header of 26
    // bytes.
    let padded = data(0x88, 2, &[0; 4]);
    let tap = before(&[&[0, 0, 25, 0], &[3, 0, 0, 0x80], &[0; 4], &[0; 4], &[0; 8], &[0x20]], &padded);
    counts("radiotap and padding", 127, tap, DOMAIN);
    counts("radiotap without an end", 127, before(&[&[0, 0, 40, 0], &[0xff; 36]], &frame), CUT);
    counts("radiotap of no length", 127, vec![0; 40], CUT);
}

#[test]
fn tunnels_in_udp() {
    let (four, six) = (ipv4(17, &question()), ipv6(17, &question()));
    let tunnel = |source, destination, header: &[&[u8]], inner: &[u8]| {
        ethernet(0x0800, &ipv4(17, &udp(source, destination, &before(header, inner))))
    };
    let frame = ethernet(0x0800, &four);
    let geneve = |first, kind: [u8; 2]| [&[first, 0][..], &kind, &[0; 4]].concat();
    counts("geneve", ETHERNET, tunnel(50_001, 6081, &[&geneve(0, [0x65, 0x58])], &frame), DOMAIN);
    counts("geneve with options", ETHERNET, tunnel(50_001, 6081, &[&geneve(2, [0x86, 0xdd]), &[0; 8]], &six), DOMAIN);
    counts(
        "geneve of version 1",
        ETHERNET,
        tunnel(50_001, 6081, &[&geneve(64, [0x86, 0xdd])], &six),
        "geneve 6081/udp",
    );

    let gtp = |flags, kind| [flags, kind, 0, 0, 0, 0, 0, 1];
    counts("gtp", ETHERNET, tunnel(2152, 2152, &[&gtp(0x30, 255)], &four), DOMAIN);
    counts("gtp with a number", ETHERNET, tunnel(2152, 2152, &[&gtp(0x32, 255), &[0, 1, 0, 0x85]], &four), DOMAIN);
    let headers: [&[u8]; 4] = [&gtp(0x34, 255), &[0, 0, 0, 0x85], &[1, 0, 0, 0xc0], &[2, 0, 0, 0, 0, 0, 0, 0]];
    counts("gtp with headers", ETHERNET, tunnel(2152, 2152, &headers, &six), DOMAIN);
    let endless: [&[u8]; 3] = [&gtp(0x34, 255), &[0, 0, 0, 0x85], &[0, 0, 0, 0x85]];
    counts("gtp with a header of no length", ETHERNET, tunnel(2152, 2152, &endless, &six), "gtp-user 2152/udp");
    counts("gtp's echo", ETHERNET, tunnel(2152, 2152, &[&gtp(0x32, 1)], &four), "gtp-user 2152/udp");

    let ppp: &[u8] = &[0xff, 3, 0, 0x21];
    counts("l2tp", ETHERNET, tunnel(1701, 1701, &[&[0, 2], &[0; 4], ppp], &four), DOMAIN);
    let all = [0x4a, 2, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 2, 9, 9];
    counts("l2tp with all fields", ETHERNET, tunnel(1701, 40_000, &[&all, &[0, 0x57]], &six), DOMAIN);
    counts("l2tp's control", ETHERNET, tunnel(40_000, 1701, &[&[0xc8, 2], &[0; 10]], &[]), "l2f 1701/udp");
    counts("l2f", ETHERNET, tunnel(1701, 1701, &[&[0, 1], &[0; 4], ppp], &four), "l2f 1701/udp");
}

/// Tags that switches add to frames, and frames inside frames.
#[test]
fn tags_of_switches() {
    let four = ipv4(17, &question());
    let frame = ethernet(0x0800, &four);
    let tag = |kind: u16, tag: &[u8], payload: &[u8]| ethernet(kind, &before(&[tag], payload));
    for (name, kind, length) in
        [("vn-tag", 0x8926, 4), ("hsr", 0x892f, 4), ("e-tag", 0x893f, 6), ("metadata", 0x8909, 6)]
    {
        counts(name, ETHERNET, tag(kind, &[&vec![1; length][..], &[8, 0]].concat(), &four), DOMAIN);
        let vlan = [&vec![1; length][..], &[0x81, 0, 0, 7, 8, 0]].concat();
        counts(&format!("{name} and a vlan"), ETHERNET, tag(kind, &vlan, &four), DOMAIN);
    }
    counts("pbb", ETHERNET, tag(0x88e7, &[0; 4], &frame), DOMAIN);
    counts("pbb of arp", ETHERNET, tag(0x88e7, &[0; 4], &ethernet(0x0806, &[0; 28])), "1 ARP");
    counts("fabricpath", ETHERNET, tag(0x8903, &[0, 0x40], &frame), DOMAIN);
}

/// Mirrored frames, and those of MikroTik, in GRE.
#[test]
fn frames_in_gre() {
    let frame = ethernet(0x0800, &ipv4(17, &question()));
    let gre = |header: &[u8], inner: &[u8]| ethernet(0x0800, &ipv4(47, &before(&[header], inner)));
    counts("erspan 1", ETHERNET, gre(&[0, 0, 0x88, 0xbe], &frame), DOMAIN);
    let numbered = [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 7, 0, 1, 0, 0, 0, 0];
    counts("erspan 2", ETHERNET, gre(&numbered, &frame), DOMAIN);
    let third =
        |kind: u8, last: u8| [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 7, 0, 1, 0, 0, 0, 0, 0, 0, kind << 2, last];
    counts("erspan 3", ETHERNET, gre(&third(0, 0), &frame), DOMAIN);
    counts("erspan 3 for a platform", ETHERNET, gre(&[&third(0, 1)[..], &[0; 8]].concat(), &frame), DOMAIN);
    counts("erspan 3 of ip", ETHERNET, gre(&third(2, 0), &ipv4(17, &question())), DOMAIN);
    let length = u8::try_from(frame.len()).unwrap();
    let eoip = |length: u8, inner: &[u8]| gre(&[0x20, 1, 0x64, 0, 0, length, 7, 0], inner);
    counts("eoip", ETHERNET, eoip(length, &frame), DOMAIN);
    counts("eoip and padding", ETHERNET, eoip(length, &[&frame[..], &[0; 20]].concat()), DOMAIN);
    counts("eoip, shorter than its frame", ETHERNET, eoip(30, &frame), CUT);
    counts("eoip that keeps alive", ETHERNET, eoip(0, &[]), "1 IP protocol 47 (GRE)");
}

#[test]
fn rarer_tunnels_in_udp() {
    let (four, six) = (ipv4(17, &question()), ipv6(17, &question()));
    let frame = ethernet(0x0800, &four);
    let tunnel = |source, destination, header: &[u8], inner: &[u8]| {
        ethernet(0x0800, &ipv4(17, &udp(source, destination, &before(&[header], inner))))
    };
    let counts = |name, frame, expected| counts(name, ETHERNET, frame, expected);
    counts("linux's vxlan", tunnel(50_001, 8472, &[8, 0, 0, 0, 0, 0, 1, 0], &frame), DOMAIN);
    counts("otv", tunnel(50_001, 8472, &[0; 8], &frame), "otv 8472/udp");
    let gpe = |next: u8| [0x0c, 0, 0, next, 0, 0, 1, 0];
    counts("vxlan-gpe", tunnel(50_001, 4790, &gpe(3), &frame), DOMAIN);
    counts("vxlan-gpe of IPv4", tunnel(50_001, 4790, &gpe(1), &four), DOMAIN);
    counts("vxlan-gpe of IPv6", tunnel(50_001, 4790, &gpe(2), &six), DOMAIN);
    counts("vxlan-gpe of mpls", tunnel(50_001, 4790, &gpe(5), &[&[0, 1, 1, 64][..], &six].concat()), DOMAIN);
    counts("vxlan-gpe of something else", tunnel(50_001, 4790, &gpe(9), &four), "vxlan-gpe 4790/udp");
    counts("vxlan on its port", tunnel(50_001, 4790, &[8, 0, 0, 0, 0, 0, 1, 0], &frame), DOMAIN);
    counts("gre in udp", tunnel(50_001, 4754, &[0, 0, 0x86, 0xdd], &six), DOMAIN);
    counts("mpls in udp", tunnel(50_001, 6635, &[0, 1, 1, 64], &four), DOMAIN);
    counts("geneve's answer", tunnel(6081, 50_001, &[0, 0, 0x65, 0x58, 0, 0, 0, 0], &frame), DOMAIN);
    counts("gtp's answer", tunnel(2152, 50_001, &[0x30, 255, 0, 0, 0, 0, 0, 1], &four), DOMAIN);
    counts("teredo", tunnel(50_001, 3544, &[], &six), DOMAIN);
    let both = [&[0, 1, 2, 3][..], &[9; 5], &[9; 9], &[0, 0, 1, 2, 3, 4, 5, 6]].concat();
    counts("teredo with an authentication and an origin", tunnel(3544, 50_001, &both, &six), DOMAIN);
    counts("teredo of nothing", tunnel(50_001, 3544, &[0, 0], &[]), "teredo 3544/udp");
}

/// With `--outer`, the tunnel counts.
#[test]
fn outer_counts_the_tunnel() {
    let inner = ethernet(0x0800, &ipv4(17, &question()));
    let vxlan = ethernet(0x0800, &ipv4(17, &udp(50_001, 4789, &before(&[&[8, 0, 0, 0, 0, 0, 1, 0]], &inner))));
    let six_in_four = ethernet(0x0800, &ipv4(41, &ipv6(17, &question())));
    let frames = [vxlan, six_in_four, inner];
    let (inner, rest) = capture("inner", ETHERNET, &frames, &[]);
    assert_eq!((inner.into_iter().collect::<Vec<_>>(), rest.as_str()), (vec![(DOMAIN.to_owned(), 3)], ""));
    let (outer, rest) = capture("outer", ETHERNET, &frames, &["--outer"]);
    let expected = [(DOMAIN.to_owned(), 1), ("vxlan 4789/udp".to_owned(), 1)];
    assert_eq!((outer.into_iter().collect::<Vec<_>>(), rest.trim()), (expected.to_vec(), "1 IP protocol 41"));
}

/// Headers between IPv6 and the transport, with right and wrong lengths.
#[test]
fn extension_headers_end_with_the_frame() {
    let chain = |first: u8, headers: &[u8]| ethernet(0x86dd, &ipv6(first, &before(&[headers], &question())));
    counts("hop by hop", ETHERNET, chain(0, &[17, 0, 0, 0, 0, 0, 0, 0]), DOMAIN);
    counts(
        "routing",
        ETHERNET,
        chain(43, &[60, 0, 0, 0, 0, 0, 0, 0, 17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        DOMAIN,
    );
    counts("authentication", ETHERNET, chain(51, &[17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), DOMAIN);
    counts("of one piece", ETHERNET, chain(44, &[17, 0, 0, 0, 0, 0, 0, 9]), DOMAIN);
    // Eight zero bytes after a routing header. With these, a library read past the end.
    counts("zeros", ETHERNET, ethernet(0x86dd, &ipv6(43, &[0; 8])), CUT);
    counts("zeros in raw", 101, ipv6(43, &[0; 8]), CUT);
    counts("no next header", ETHERNET, ethernet(0x86dd, &ipv6(59, &[])), "1 IP protocol 59");
    counts("encrypted", ETHERNET, ethernet(0x86dd, &ipv6(50, &[0; 16])), "1 IP protocol 50 (ESP)");
    // The packet is cut between two headers, and at every other place.
    let whole = chain(43, &[60, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0]);
    let ports_end = 14 + 40 + 16 + 4;
    for length in 0..whole.len() {
        counts("cut", ETHERNET, whole[..length].to_vec(), if length < ports_end { CUT } else { DOMAIN });
    }
}

#[test]
fn wrong_lengths() {
    let with = |at: usize, byte: u8| {
        let mut packet = ipv4(17, &question());
        packet[at] = byte;
        ethernet(0x0800, &packet)
    };
    counts("a header of 16 bytes", ETHERNET, with(0, 0x44), CUT);
    counts("a header longer than the frame", ETHERNET, with(0, 0x4f), CUT);
    counts("a length within the header", ETHERNET, with(3, 19), CUT);
    counts("a length within the ports", ETHERNET, with(3, 22), CUT);
    counts("no length, as before the hardware cuts it up", ETHERNET, with(3, 0), DOMAIN);
    counts("more than there is", ETHERNET, with(2, 0xff), DOMAIN);
    counts("version 5", ETHERNET, with(0, 0x55), CUT);
    let mut nested = question();
    for _ in 0..200 {
        nested = ipv4(4, &nested);
    }
    counts("two hundred in one another", ETHERNET, ethernet(0x0800, &nested), "1 more headers than are read");
}

/// Nothing beyond the length of UDP is read. UDP-Lite has a coverage in its place.
#[test]
fn the_length_of_udp() {
    let inner = [&[0, 0, 0x65, 0x58, 0, 0, 0, 0][..], &ethernet(0x0800, &ipv4(17, &question()))].concat();
    let with = |protocol: u8, length: u8| {
        let mut packet = udp(50_001, 6081, &inner);
        packet[5] = length;
        ethernet(0x0800, &ipv4(protocol, &packet))
    };
    let whole = u8::try_from(8 + inner.len()).unwrap();
    counts("the whole length", ETHERNET, with(17, whole), DOMAIN);
    counts("a length within the inner ports", ETHERNET, with(17, 8 + 8 + 14 + 20 + 3), "geneve 6081/udp");
    counts("a length after the inner ports", ETHERNET, with(17, 8 + 8 + 14 + 20 + 4), DOMAIN);
    counts("no payload", ETHERNET, with(17, 8), "geneve 6081/udp");
    counts("a length within the header", ETHERNET, with(17, 5), "geneve 6081/udp");
    counts("no length, as before the hardware cuts it up", ETHERNET, with(17, 0), DOMAIN);
    counts("a coverage", ETHERNET, with(136, 8), DOMAIN);
}

/// The destination of a packet with a route is the end of the route.
#[test]
fn source_routes() {
    let server = |name: &str, frame: Vec<u8>| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pcap"));
        std::fs::write(&path, pcap(101, &[frame])).unwrap();
        let (_, csv, _) = crate::run(&["capture", "--by", "flow", "--format", "csv", path.to_str().unwrap()]);
        csv.lines().nth(1).unwrap().split(',').nth(5).unwrap().to_owned()
    };
    let four = |options: &[u8]| {
        let mut packet = ipv4(17, &[options, &question()].concat());
        packet[0] = 0x45 + u8::try_from(options.len() / 4).unwrap();
        packet
    };
    let route = |kind: u8, pointer: u8| [kind, 11, pointer, 192, 0, 2, 8, 192, 0, 2, 9, 0];
    assert_eq!(server("loose", four(&route(131, 4))), "192.0.2.9");
    assert_eq!(server("strict", four(&[&[1, 1, 1, 1][..], &route(137, 8)].concat())), "192.0.2.9");
    assert_eq!(server("at the end", four(&route(131, 12))), "192.0.2.2");
    assert_eq!(server("recorded", four(&route(7, 4))), "192.0.2.2");
    assert_eq!(server("too long", four(&[131, 40, 4, 0])), "192.0.2.2");
    assert_eq!(server("too short", four(&[131, 0, 4, 0])), "192.0.2.2");
    let six = |kind: u8, left: u8, addresses: &[u8]| {
        let route: Vec<u8> = addresses.iter().flat_map(|&last| [&[0x20, 1][..], &[0; 13], &[last]].concat()).collect();
        let length = 2 * u8::try_from(addresses.len()).unwrap();
        ipv6(43, &[&[17, length, kind, left, 0, 0, 0, 0], &route[..], &question()].concat())
    };
    assert_eq!(server("of IPv6", six(0, 2, &[8, 9])), "2001::9");
    assert_eq!(server("of segments", six(4, 1, &[9, 8])), "2001::9");
    assert_eq!(server("of segments, at the end", six(4, 0, &[9, 8])), "2001:db8::2");
    assert_eq!(server("without addresses", six(0, 1, &[])), "2001:db8::2");
}

/// Fragments in any order, more than once, with other packets in between.
#[test]
fn fragments_in_any_order() {
    let (first, middle, last) = (0x2000, 0x2000 | 2, 4);
    let part = |id: u16, part: u16| {
        let payload = if part == first { udp(50_000, 53, &[1; 8]) } else { vec![2; 16] };
        ethernet(0x0800, &ipv4_part(17, id, part, &payload))
    };
    let frames = [part(7, last), part(8, middle), part(7, middle), part(7, first), part(7, last), part(9, last)];
    let (sums, rest) = capture("fragments", ETHERNET, &frames, &[]);
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), [(DOMAIN.to_owned(), 4)]);
    assert_eq!(rest, "2 fragment without the first one\n");
    let six = |offset: u8, more: u8| {
        let payload = if offset == 0 { question() } else { vec![2; 16] };
        ethernet(0x86dd, &ipv6(44, &before(&[&[17, 0, 0, offset | more, 0, 0, 0, 5]], &payload)))
    };
    let (sums, rest) = capture("fragments of IPv6", ETHERNET, &[six(16, 0), six(0, 1)], &[]);
    assert_eq!((sums.into_iter().collect::<Vec<_>>(), rest.as_str()), (vec![(DOMAIN.to_owned(), 2)], ""));
    // Memory is bounded: the fragment that has waited longest is forgotten, and still reported.
    let many: Vec<Vec<u8>> = (0..140_000_u32)
        .map(|number| {
            let mut frame = part(u16::try_from(number & 0xffff).unwrap(), last);
            frame[14 + 15] = u8::try_from(number >> 16).unwrap();
            frame
        })
        .collect();
    let (sums, rest) = capture("many fragments", ETHERNET, &many, &[]);
    assert_eq!((sums.len(), rest.as_str()), (0, "140000 fragment without the first one\n"));
}

/// A fragment of a tunnel may contain a fragment of another packet.
#[test]
fn fragments_in_tunnels() {
    const FIRST: u16 = 0x2000;
    let gtp = |inner: &[u8]| {
        let length = u16::try_from(inner.len()).unwrap().to_be_bytes();
        udp(2152, 2152, &before(&[&[0x30, 255], &length, &[0, 0, 0, 7]], inner))
    };
    let outer = |id: u16, part: u16, payload: &[u8]| ethernet(0x0800, &ipv4_part(17, id, part, payload));
    let inner_first = gtp(&ipv4_part(17, 7, FIRST, &udp(50_000, 53, &[1; 24])));
    let inner_later = gtp(&ipv4_part(17, 7, 4, &[2; 16]));
    let rest = |id: u16| outer(id, 9, &[3; 12]);
    let sums = |name: &str, frames: &[Vec<u8>]| {
        let (sums, rest) = capture(name, ETHERNET, frames, &[]);
        assert_eq!(rest, "", "{name}");
        sums.into_iter().collect::<Vec<_>>()
    };
    let [domain, tunnel] = [DOMAIN, "gtp-user 2152/udp"].map(|row| move |packets| (row.to_owned(), packets));
    let first = outer(9, FIRST, &inner_first);
    assert_eq!(sums("both", &[first.clone(), rest(9)]), [domain(2)]);
    assert_eq!(sums("both, later", &[rest(9), first.clone()]), [domain(2)]);
    let later = [outer(8, FIRST, &inner_later), rest(8)];
    assert_eq!(sums("two pieces", &[&[first.clone(), rest(9)], &later[..]].concat()), [domain(4)]);
    assert_eq!(sums("two pieces, backwards", &[&later[..], &[rest(9), first]].concat()), [domain(4)]);
    assert_eq!(sums("no first one", &[&later[..], &[outer(1, 0, &inner_later)]].concat()), [tunnel(3)]);
    // A tunnel without ports, and what it contains.
    let six_in_four = |part: u16, payload: &[u8]| ethernet(0x0800, &ipv4_part(41, 5, part, payload));
    let frames = [six_in_four(FIRST, &ipv6(17, &question())), six_in_four(8, &[0; 16])];
    assert_eq!(sums("without ports", &frames), [domain(2)]);
    let (_, rest) =
        capture("not counted", ETHERNET, &[six_in_four(FIRST, &ipv6(59, &[])), six_in_four(8, &[0; 16])], &[]);
    assert_eq!(rest, "2 IP protocol 59\n");
}

/// Rows say how the serving end is known, and tables mark guesses.
#[test]
fn known_and_guessed() {
    let packet = |source: [u8; 4], destination: [u8; 4], protocol: u8, payload: &[u8]| {
        let mut packet = ipv4(protocol, payload);
        packet[12..16].copy_from_slice(&source);
        packet[16..20].copy_from_slice(&destination);
        ethernet(0x0800, &packet)
    };
    let [one, two, group, all] = [[192, 0, 2, 1], [192, 0, 2, 2], [239, 1, 1, 1], [255; 4]];
    let cases = [
        (vec![packet(one, two, 6, &tcp(50_000, 443, 2))], "https 443 syn"),
        (vec![packet(one, two, 6, &tcp(50_000, 443, 16))], "https? 443 port"),
        // Nothing is a client of a group, whatever the ports are.
        (vec![packet(one, group, 17, &udp(53, 50_001, &[]))], "- 50001 multicast"),
        (vec![packet(one, all, 17, &udp(67, 68, &[]))], "bootpc 68 multicast"),
        // The end that is asked first serves, unless a port is in everyday use: irdmi is not.
        (
            vec![packet(one, two, 17, &udp(8000, 50_000, &[])), packet(two, one, 17, &udp(50_000, 8000, &[]))],
            "- 50000 order",
        ),
        (vec![packet(one, two, 17, &udp(50_000, 8000, &[]))], "irdmi? 8000 order"),
        (vec![packet(two, one, 17, &udp(60_000, 50_000, &[]))], "- 50000 order"),
        (vec![packet(one, two, 17, &udp(53, 50_000, &[]))], "domain? 53 port"),
        (vec![packet(two, one, 17, &udp(123, 123, &[]))], "ntp? 123 order"),
        // FTP servers open data connections from their own port, to no service.
        (vec![packet(one, two, 6, &tcp(20, 51_196, 2))], "ftp-data? 20 port"),
        (vec![packet(two, one, 6, &tcp(51_196, 20, 0x12))], "ftp-data? 20 port"),
        (vec![packet(one, two, 6, &tcp(20, 22, 2))], "ssh 22 syn"),
    ];
    for (frames, expected) in cases {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("known.pcap");
        std::fs::write(&path, pcap(ETHERNET, &frames)).unwrap();
        let (_, table, _) = crate::run(&["capture", path.to_str().unwrap()]);
        let cells: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().collect();
        assert_eq!([cells[0], cells[1], cells[3]].join(" "), expected, "{table}");
    }
    // A broadcast address of a network is known from the frame.
    let mut frame = packet(one, [192, 0, 2, 255], 17, &udp(138, 138, &[]));
    counts("to a host", ETHERNET, frame.clone(), "netbios-dgm 138/udp");
    frame[..6].fill(0xff);
    let (_, table, _) = {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broadcast.pcap");
        std::fs::write(&path, pcap(ETHERNET, &[frame])).unwrap();
        crate::run(&["capture", "--by", "flow", path.to_str().unwrap()])
    };
    assert!(table.contains("192.0.2.1:138  192.0.2.255:138  multicast"), "{table}");
}

/// The end that received the request serves, whatever the ports are. If the capture lacks the start of a connection,
/// the ports decide.
#[test]
fn the_serving_end() {
    let (syn, syn_ack, ack) = (2, 0x12, 0x10);
    let frame = |protocol, packet: &[u8]| ethernet(0x0800, &ipv4(protocol, packet));
    counts("a SYN", ETHERNET, frame(6, &tcp(1025, 8443, syn)), "pcsync-https 8443/tcp");
    counts("a SYN-ACK", ETHERNET, frame(6, &tcp(8443, 1025, syn_ack)), "pcsync-https 8443/tcp");
    counts("an ACK to a port in everyday use", ETHERNET, frame(6, &tcp(1025, 8443, ack)), "pcsync-https 8443/tcp");
    counts("an ACK to another port", ETHERNET, frame(6, &tcp(1025, 1042, ack)), "blackjack 1025/tcp");
    counts("a SYN to no name", ETHERNET, frame(6, &tcp(80, 60_000, syn)), "60000/tcp");
    let later = [frame(6, &tcp(1025, 8443, ack)), frame(6, &tcp(1025, 8443, syn))];
    let (sums, _) = capture("late", ETHERNET, &later, &[]);
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), [("pcsync-https 8443/tcp".to_owned(), 2)]);
    let sctp = |source: u16, destination: u16, chunk: u8| {
        before(&[&source.to_be_bytes(), &destination.to_be_bytes(), &[0; 8], &[chunk, 0, 0, 4]], &[])
    };
    counts("an INIT", ETHERNET, frame(132, &sctp(9, 50_000, 1)), "50000/sctp");
    counts("an INIT ACK", ETHERNET, frame(132, &sctp(50_000, 9, 2)), "50000/sctp");
    counts("DATA", ETHERNET, frame(132, &sctp(9, 50_000, 0)), "discard 9/sctp");
    let dccp = |source: u16, destination: u16, kind: u8| {
        before(&[&source.to_be_bytes(), &destination.to_be_bytes(), &[5, 0, 0, 0, kind << 1, 0, 0, 0]], &[])
    };
    counts("a Request", ETHERNET, frame(33, &dccp(9, 50_000, 0)), "50000/dccp");
    counts("a Response", ETHERNET, frame(33, &dccp(50_000, 9, 1)), "50000/dccp");
    counts("DCCP data", ETHERNET, frame(33, &dccp(9, 50_000, 2)), "discard 9/dccp");
    // A name with three ports has three rows.
    let three = [591, 8008, 8080].map(|port| frame(6, &tcp(50_000, port, syn)));
    let (sums, _) = capture("three ports", ETHERNET, &three, &[]);
    let expected = ["http-alt 591/tcp", "http-alt 8008/tcp", "http-alt 8080/tcp"];
    assert!(sums.into_keys().eq(expected));
    let (sums, _) = capture("one service", ETHERNET, &three, &["--by", "service"]);
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), [("http-alt 591,8008,8080/tcp".to_owned(), 3)]);
}
