"""Compares the transport and the ports of each frame, as `iana-ports capture` reads them, with tshark's. The frames are those in the
captures of the tests, and in 600 captures that scapy makes from a seed. These contain every link, tunnel and IPv6 header that the command
reads, and every frame is cut at every length. A kind of difference without a reason in this file is an error.

frames.py SEED PROGRAM CAPTURE...    PROGRAM is the example `frames` of the command
"""

import collections
import concurrent.futures
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

from scapy.all import (
    ARP, GRE, ICMP, IP, IPOption_NOP, LLC, PPP, PPPoE, SCTP, SNAP, TCP, UDP, VXLAN, CookedLinux, Dot1AD, Dot1Q, Ether, ICMPv6EchoRequest,
    IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting, Raw, SCTPChunkInit,
    SCTPChunkData,
)

from scapy.contrib.mpls import MPLS

TRANSPORTS = ["tcp", "udp", "sctp", "dccp"]
# The protocols that the command reads. tshark must read them too, and must not guess at payloads.
PROTOCOLS = """eth ethertype vlan ieee8021ad llc snap ip ipv6 ipv6.hopopts ipv6.routing ipv6.fraghdr ipv6.dstopts ah mpls pppoed
    pppoes ppp ppp_hdlc chdlc gre vxlan geneve gtp l2tp fddi wlan wlan_radio radiotap ppi enc nflog pflog pktap
    pcap_pktdata ipoib arap tcp udp sctp dccp icmp icmpv6 arp sll null raw frame
    erspan vxlan_gpe teredo capwap capwap.data tzsp vntag etag ieee8021ah hsr cmd cfp
    pkt_comment data""".split()


TUNNELS = {"1701", "2152", "3544", "4754", "4789", "4790", "5247", "6081", "6635", "8472", "37008"}
# Options for ports that tshark does not decode by default.
OPTIONS = ["-d", "udp.port==8472,vxlan"]


def captures(seed, folder):
    """600 captures, each with one kind of frame, cut at every length."""
    rng = random.Random(seed)
    port = lambda: rng.choice([53, 80, 443, 8443, rng.randrange(1, 65536)])
    payload = lambda: Raw(rng.randbytes(rng.randrange(0, 24)))

    def dccp():
        header = struct.pack("!HHBBHBBHII", port(), port(), 5, 0, 0, rng.randrange(10) << 1 | 1, 0, 0, 1, 0)
        return 33, Raw(header)

    def transport():
        return rng.choice([
            lambda: (6, TCP(sport=port(), dport=port(), flags=rng.choice(["S", "SA", "A", "FA", "R"])) / payload()),
            lambda: (17, UDP(sport=port(), dport=port()) / payload()),
            lambda: (132, SCTP(sport=port(), dport=port()) / rng.choice([SCTPChunkInit(), SCTPChunkData(data=b"data")])),
            dccp,
            lambda: (17, UDP(sport=port(), dport=port()) / payload()),
            lambda: (1, ICMP() / payload()),
        ])()

    def ip(depth):
        number, inner = transport()
        if depth > 0:
            number, inner = rng.choice([lambda: (4, four(depth - 1)), lambda: (41, six(depth - 1)), lambda: (47, gre(depth - 1)),
                                        lambda: (17, vxlan(depth - 1)), lambda: (17, in_udp(depth - 1))])()
        return number, inner

    def four(depth):
        number, inner = ip(depth)
        options = rng.choice(["", "", [IPOption_NOP()] * 4])
        header = IP(src="192.0.2.1", dst="192.0.2.2", proto=number, options=options)
        if rng.random() < 0.1:
            header.flags, header.frag = rng.choice([("MF", 0), ("MF", 185), (0, 370)])
        return header / inner

    def six(depth):
        number, inner = ip(depth)
        headers = []
        for _ in range(rng.choice([0, 0, 0, 1, 2, 3])):
            headers.append(rng.choice([IPv6ExtHdrDestOpt, IPv6ExtHdrRouting])())
        if rng.random() < 0.2:
            headers.insert(0, IPv6ExtHdrHopByHop())
        if rng.random() < 0.2:
            headers.append(IPv6ExtHdrFragment(id=7, offset=rng.choice([0, 0, 100]), m=rng.choice([0, 1])))
        packet = IPv6(src="2001:db8::1", dst="2001:db8::2")
        for header in headers:
            packet = packet / header
        packet.lastlayer().nh = 58 if number == 1 else number
        return packet / (ICMPv6EchoRequest() if number == 1 else inner)

    def gre(depth):
        return rng.choice([
            lambda: GRE(proto=0x0800) / four(depth), lambda: GRE(proto=0x86DD) / six(depth),
            lambda: GRE(proto=0x6558, key_present=1, key=7) / ethernet(depth),
            lambda: GRE(proto=0x0800, chksum_present=1, seqnum_present=1, seqence_number=9) / four(depth),
            lambda: GRE(proto=0x88BE) / ethernet(depth),
            lambda: GRE(proto=0x88BE, seqnum_present=1) / Raw(struct.pack("!II", 0x1007_0001, 0)) / ethernet(depth),
            lambda: GRE(proto=0x22EB, seqnum_present=1) / Raw(struct.pack("!III", 0x2007_0001, 0, 0)) / ethernet(depth),
            lambda: GRE(proto=0x22EB, seqnum_present=1) / Raw(struct.pack("!IIIII", 0x2007_0001, 0, 1, 0, 0)) / ethernet(depth),
            lambda: GRE(proto=rng.choice([0x8200, 0x8250, 0x8370])) / wireless(depth),
        ])()

    def vxlan(depth):
        return UDP(sport=port(), dport=4789) / VXLAN(vni=7, flags=8) / ethernet(depth)

    def in_udp(depth):
        gtp = rng.choice([bytes([0x30, 255]), bytes([0x32, 255]), bytes([0x34, 255]), bytes([0x30, 1])])
        more = {0x32: bytes([0, 1, 0, 0]), 0x34: bytes([0, 0, 0, 0x85, 1, 0, 0, 0])}.get(gtp[0], b"")
        inner = network(depth)[1]
        return rng.choice([
            lambda: UDP(sport=50000, dport=6081) / Raw(b"\0\0\x65\x58" + bytes(4)) / ethernet(depth),
            lambda: UDP(sport=50000, dport=6081) / Raw(b"\x02\x00\x08\x00" + bytes(12)) / four(depth),
            lambda: UDP(sport=2152, dport=2152)
            / Raw(gtp + struct.pack("!HI", len(more) + len(inner), 7) + more) / inner,
            lambda: UDP(sport=1701, dport=1701) / Raw(b"\x00\x02\x00\x07\x00\x08") / ppp(depth),
            lambda: UDP(sport=1701, dport=1701) / Raw(b"\x0a\x02" + bytes(8) + b"\x00\x02\x00\x00") / ppp(depth),
            lambda: UDP(sport=6081, dport=50000) / Raw(b"\0\0\x65\x58" + bytes(4)) / ethernet(depth),
            lambda: UDP(sport=2152, dport=50000) / Raw(struct.pack("!BBHI", 0x30, 255, len(inner), 7)) / inner,
            lambda: UDP(sport=50000, dport=8472) / VXLAN(vni=7, flags=8) / ethernet(depth),
            lambda: UDP(sport=50000, dport=4790) / Raw(b"\x0c\0\0\x03" + bytes(4)) / ethernet(depth),
            lambda: UDP(sport=50000, dport=4790) / Raw(b"\x0c\0\0\x01" + bytes(4)) / four(depth),
            lambda: UDP(sport=50000, dport=4790) / Raw(b"\x0c\0\0\x02" + bytes(4)) / six(depth),
            lambda: UDP(sport=50000, dport=4754) / gre(depth),
            lambda: UDP(sport=50000, dport=6635) / MPLS(label=17, s=1) / inner,
            lambda: UDP(sport=50000, dport=3544) / six(depth),
            lambda: UDP(sport=3544, dport=50000) / Raw(bytes([0, 1, 0, 0]) + bytes(9) + bytes([0, 0, 1, 2, 3, 4, 5, 6])) / six(depth),
            lambda: UDP(sport=50000, dport=37008) / Raw(bytes([1, 0, 0, 1, 0, 10, 1, 200, 1])) / ethernet(depth),
            lambda: UDP(sport=50000, dport=37008) / Raw(bytes([1, 0, 0, 18, 1])) / wireless(depth),
            lambda: UDP(sport=50000, dport=5247) / Raw(bytes([0, 16, 2, 0]) + bytes(4)) / ethernet(depth),
            lambda: UDP(sport=5247, dport=50000) / Raw(bytes([0, 16, 3, 0]) + bytes(4)) / swapped(depth),
        ])()

    def network(depth):
        return rng.choice([lambda: (0x0800, four(depth)), lambda: (0x86DD, six(depth))])()

    def ethernet(depth):
        kind, inner = network(depth)
        header = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02", type=kind)
        number = 0x21 if kind == 0x0800 else 0x57
        return rng.choice([
            lambda: header / inner, lambda: header / inner,
            lambda: Ether(src=header.src, dst=header.dst) / Dot1Q(vlan=7, type=kind) / inner,
            lambda: Ether(src=header.src, dst=header.dst) / Dot1AD(vlan=8) / Dot1Q(vlan=7, type=kind) / inner,
            lambda: Ether(src=header.src, dst=header.dst) / MPLS(label=16, s=0) / MPLS(label=17, s=1) / inner,
            lambda: Ether(src=header.src, dst=header.dst) / PPPoE(sessionid=1) / PPP(proto=number) / inner,
            lambda: Ether(bytes(Ether(src=header.src, dst=header.dst, type=len(inner) + 8))
                          + bytes(LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(OUI=0, code=kind)) + bytes(inner)),
            lambda: Ether(src=header.src, dst=header.dst) / ARP(),
            lambda: Ether(src=header.src, dst=header.dst, type=0x8926) / Raw(bytes(4) + struct.pack("!H", kind)) / inner,
            lambda: Ether(src=header.src, dst=header.dst, type=0x892F) / Raw(struct.pack("!HHH", len(inner) + 6, 1, kind)) / inner,
            lambda: Ether(src=header.src, dst=header.dst, type=0x893F) / Raw(bytes(6) + struct.pack("!H", kind)) / inner,
            lambda: Ether(src=header.src, dst=header.dst, type=0x8909) / Raw(b"\1\1\0\1\0\7" + struct.pack("!H", kind)) / inner,
            lambda: Ether(src=header.src, dst=header.dst, type=0x88E7) / Raw(bytes(4)) / header / inner,
            lambda: Ether(src=header.src, dst=header.dst, type=0x8903) / Raw(b"\0\x40") / header / inner,
        ])()

    def cooked(depth):
        kind, inner = network(depth)
        return CookedLinux(proto=kind) / inner

    def ppp(depth):
        kind, inner = network(depth)
        return Raw(b"\xff\x03") / PPP(proto=0x21 if kind == 0x0800 else 0x57) / inner

    def typed(header, more=b""):
        def make(depth):
            kind, inner = network(depth)
            return Raw(header + struct.pack("!H", kind) + more) / inner
        return make

    def snap(depth):
        kind, inner = network(depth)
        return LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(OUI=0, code=kind) / inner

    def wireless(depth):
        kind, flags = rng.choice([0x08, 0x08, 0x88, 0x48]), rng.choice([0, 1, 2, 3])
        more = bytes(6 * (flags == 3) + 2 * (kind == 0x88))
        return Raw(bytes([kind, flags]) + bytes(22) + more) / snap(depth)

    def swapped(depth):
        frame = bytes(wireless(depth))
        return Raw(bytes([frame[1], frame[0]]) + frame[2:])

    def before(header, make):
        return lambda depth: Raw(header) / make(depth)

    def nflog(depth):
        kind, inner = network(depth)
        return Raw(bytes([2 if kind == 0x0800 else 10, 0, 0, 0]) + struct.pack("<HHIHH", 8, 5, 1, 4 + len(inner), 9)) / inner

    common = [(1, ethernet), (1, ethernet), (1, ethernet), (101, lambda depth: network(depth)[1]), (113, cooked), (9, ppp)]
    rare = [(10, before(b"\x50" + bytes(12), snap)), (105, wireless),
            (127, before(struct.pack("<HHI", 0, 8, 0), wireless)), (192, before(struct.pack("<HHI", 0, 8, 105), wireless)),
            (204, before(b"\0", ppp)), (104, typed(b"\x0f\0")), (50, typed(b"\x0f\0")),
            (242, typed(bytes(40), bytes(2))), (276, typed(b"", bytes(18))), (109, before(struct.pack("<III", 2, 0, 0), four)),
            (239, nflog), (117, before(b"\x3d\x02" + bytes(62), four)), (258, before(struct.pack("<III", 108, 1, 1) + bytes(96), ethernet))]
    links = 2 * common + rare
    for number in range(600):
        link_type, make = links[number % len(links)]
        frame = bytes(make(rng.choice([0, 0, 1, 1, 2, 3])))
        path = pathlib.Path(folder, f"{number:03}.pcap")
        with open(path, "wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link_type))
            # tshark sees no packet in PPP with a direction if the first byte is missing.
            for length in range(link_type == 204, len(frame) + 1):
                file.write(struct.pack("<IIII", 0, 0, length, len(frame)) + frame[:length])
        yield path


def forget_others(folder):
    """Disables all protocols of tshark except those that the command reads."""
    known = subprocess.run(["tshark", "-G", "protocols"], check=True, capture_output=True, text=True).stdout.splitlines()
    others = {line.split("\t")[2] for line in known} - set(PROTOCOLS)
    pathlib.Path(folder, "disabled_protos").write_text("".join(f"{name}\n" for name in sorted(others)))
    os.environ["WIRESHARK_CONFIG_DIR"] = folder


def theirs(captures):
    """What tshark reads in each frame of some captures: protocols, and the ports of each transport. One process reads all captures,
    because tshark takes longer to start than to read."""
    fields = [part for name in ["frame.protocols", *(f"{t}.{end}port" for t in TRANSPORTS for end in ("src", "dst"))]
              for part in ("-e", name)]
    with tempfile.NamedTemporaryFile(suffix=".pcapng") as merged:
        subprocess.run(["mergecap", "-a", "-w", merged.name, *captures], check=True)
        command = ["tshark", "-r", merged.name, "-n", "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", *OPTIONS, "-T", "fields", *fields]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [transport_and_ports(line) for line in lines]


def transport_and_ports(line):
    """The innermost transport of a frame and its ports, from a line of tshark."""
    protocols, *ports = line.split("\t")
    inside = []
    for protocol in protocols.split(":"):
        if protocol in ("icmp", "icmpv6"):
            break  # the packet that an ICMP message quotes does not count
        if protocol in TRANSPORTS:
            inside.append(protocol)
    if not inside:
        return None
    at, last = TRANSPORTS.index(inside[-1]), inside.count(inside[-1]) - 1
    ends = [text.split(",") for text in ports[2 * at:2 * at + 2]]
    # A truncated header has no ports.
    return " ".join([inside[-1], *(end[last] for end in ends)]) if all(len(end) > last and end[last] for end in ends) else None


def ours(program, capture):
    """What the command reads in each frame."""
    lines = subprocess.run([program, capture], check=True, capture_output=True, text=True).stdout.splitlines()
    yield from lines[1:]


def reason(own, other, is_whole):
    """The reason why a frame may differ."""
    if not other and not is_whole:
        return "tshark wants a whole header of the transport, and not the ports alone"
    if own == "fragment" and other and not TUNNELS.isdisjoint(other.split()):
        return "a fragment in a tunnel counts with the first one, not with the tunnel"
    return None


def main():
    seed, program, *files = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        forget_others(scratch)
        made = list(captures(int(seed), scratch))
        paths = [*files, *made]
        batches = [paths[at:at + 25] for at in range(0, len(paths), 25)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            others = [frame for frames in pool.map(theirs, batches) for frame in frames]
        reasons, frames, wrong = collections.Counter(), 0, 0
        for path in paths:
            own = list(ours(program, path))
            if frames + len(own) > len(others):
                sys.exit(f"{path}: more frames than tshark has")
            for number, (one, other) in enumerate(zip(own, others[frames:frames + len(own)])):
                if (one if " " in one else None) != other:
                    why = reason(one, other, path in made and number + 1 == len(own))
                    reasons[why] += 1
                    if why is None and (wrong := wrong + 1) <= 20:
                        print(f"  {pathlib.Path(path).name} frame {number + 1}: {one}, tshark {other}")
            frames += len(own)
        if frames != len(others):
            sys.exit(f"{frames} frames, tshark has {len(others)}")
    print(f"{frames} frames of {len(files) + len(made)} captures, {frames - sum(reasons.values())} are read alike")
    for why, count in reasons.items():
        print(f"  {count}: {why or 'UNEXPLAINED'}")
    return 1 if wrong else 0


sys.exit(main())
