"""Compares the transport and the ports of each frame, as `iana-ports capture` reads them, with tshark's. The frames are those in the
captures of the tests, and in 600 captures that scapy makes from a seed. These contain every link, tunnel and IPv6 header that the command
and tshark read, and every frame is cut at every length. Then it compares the sums of flows, in the captures of the tests and in 40 captures
of fragments in fragments. A kind of difference without a reason in this file is an error.

frames.py SEED PROGRAM COMMAND CAPTURE...    PROGRAM is the example `frames` of the command
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

from scapy.all import (
    ARP, GRE, ICMP, IP, IPOption_LSRR, IPOption_NOP, LLC, PPP, PPPoE, SCTP, SNAP, TCP, UDP, VXLAN, CookedLinux, Dot1AD, Dot1Q, Ether, ICMPv6EchoRequest,
    IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting, Raw, SCTPChunkInit,
    SCTPChunkData,
)

from scapy.contrib.mpls import MPLS

TRANSPORTS = ["tcp", "udp", "sctp", "dccp"]
# The protocols that the command reads. tshark must read them too, and must not guess at payloads.
PROTOCOLS = """eth ethertype vlan ieee8021ad llc snap ip ipv6 ipv6.hopopts ipv6.routing ipv6.fraghdr ipv6.dstopts ah mpls pppoed
    pppoes ppp ppp_hdlc gre vxlan geneve gtp l2tp fddi wlan wlan_radio radiotap ppi enc nflog pflog pktap
    pcap_pktdata ipoib arap tcp udp sctp dccp icmp icmpv6 arp sll null raw frame
    user_dlt erspan vxlan_gpe teredo vntag etag ieee8021ah hsr cmd cfp
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
            lambda: (17, UDP(sport=port(), dport=port(), len=rng.choice([None, None, 0, 8, 12])) / payload()),
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
        # A source route whose last address is the destination after the next hops.
        route = IPOption_LSRR(routers=["192.0.2.3", "192.0.2.4"], pointer=rng.choice([4, 8, 12]))
        options = rng.choice(["", "", [IPOption_NOP()] * 4, [IPOption_NOP(), route]])
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
        kind, flags = rng.choice([0x08, 0x08, 0x88, 0x88, 0x48]), rng.choice([0, 1, 2, 3])
        more = bytes(6 * (flags == 3))
        if kind == 0x88:
            # In a mesh, with up to two further addresses. Other stations set the same bit for other reasons.
            mesh, addresses = rng.choice([0, 1]), rng.choice([0, 1, 2])
            in_mesh = mesh and flags & 2
            more += bytes([0, mesh]) + (bytes([addresses]) + bytes(5 + 6 * addresses) if in_mesh else b"")
        return Raw(bytes([kind, flags]) + bytes(22) + more) / snap(depth)

    def before(header, make):
        return lambda depth: Raw(header) / make(depth)

    common = [(1, ethernet), (1, ethernet), (1, ethernet), (101, lambda depth: network(depth)[1]), (113, cooked), (9, ppp)]
    rare = [(10, before(b"\x50" + bytes(12), snap)), (105, wireless),
            (127, before(struct.pack("<HHI", 0, 8, 0), wireless)), (192, before(struct.pack("<HHI", 0, 8, 105), wireless)),
            (276, typed(b"", bytes(18))),
            (258, before(struct.pack("<III", 108, 1, 1) + bytes(96), ethernet)),
            (149, before(struct.pack("<III", 108, 1, 1) + bytes(96), ethernet))]
    links = 2 * common + rare
    for number in range(600):
        link_type, make = links[number % len(links)]
        frame = bytes(make(rng.choice([0, 0, 1, 1, 2, 3])))
        path = pathlib.Path(folder, f"{number:03}.pcap")
        with open(path, "wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link_type))
            for length in range(len(frame) + 1):
                file.write(struct.pack("<IIII", 0, 0, length, len(frame)) + frame[:length])
        yield path


def packets(rng, number, payload, ends, least):
    """A packet of IPv4 or IPv6, or its fragments, as bytes. The first fragment has at least this many bytes of the payload."""
    identity, is_four, size = rng.randrange(1, 65536), rng.random() < 0.6, rng.choice([least, least, least + 8, 1000])
    for at in range(0, len(payload), size):
        more, part = at + size < len(payload), payload[at:at + size]
        if is_four:
            flags = "MF" if more else 0
            header = IP(src=f"192.0.2.{ends[0]}", dst=f"192.0.2.{ends[1]}", proto=number, id=identity, flags=flags, frag=at // 8)
        else:
            header = IPv6(src=f"2001:db8::{ends[0]}", dst=f"2001:db8::{ends[1]}")
            if at or more:
                header = header / IPv6ExtHdrFragment(offset=at // 8, m=int(more), id=identity)
            header.lastlayer().nh = number
        yield 4 if is_four else 41, bytes(header / Raw(part))


def fragments(seed, folder):
    """40 captures of fragmented packets, in none to two tunnels, whose packets are fragmented too. The ports of the innermost packet are in
    the first fragment of each packet around it."""
    rng = random.Random(seed)
    for number in range(40):
        found = []
        for flow in range(3):
            ports = [rng.randrange(20000, 65536), rng.choice([53, 80, 5060])]
            data = rng.randbytes(rng.randrange(20, 90))
            transport = rng.choice([
                (17, struct.pack("!HHHH", *ports, 8 + len(data), 0) + data),
                (6, struct.pack("!HHIIHHHH", *ports, 0, 0, 0x5010, 100, 0, 0) + data),
                (132, struct.pack("!HHII", *ports, 0, 0) + struct.pack("!BBH", 0, 3, 4 + len(data)) + data + bytes(-len(data) % 4)),
            ])
            layer = list(packets(rng, *transport, (2 * flow + 1, 2 * flow + 2), 16))
            for tunnel in range(rng.choice([0, 1, 1, 2])):
                ends = (100 + 2 * tunnel, 101 + 2 * tunnel)
                kind = rng.choice(["ip", "gre", "gtp"])
                around = {
                    "ip": lambda inner, packet: (inner, packet),
                    "gre": lambda inner, packet: (47, struct.pack("!HH", 0, 0x0800 if inner == 4 else 0x86DD) + packet),
                    "gtp": lambda inner, packet: (17, struct.pack("!HHHHBBHI", 2152, 2152, 16 + len(packet), 0, 0x30, 255, len(packet), 7) + packet),
                }[kind]
                layer = [outer for inner, packet in layer for outer in packets(rng, *around(inner, packet), ends, 80 + 64 * tunnel)]
            found += [packet for _, packet in layer]
        if rng.random() < 0.3:
            rng.shuffle(found)
        path = pathlib.Path(folder, f"fragments {number:03}.pcap")
        with open(path, "wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
            for packet in found:
                file.write(struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet)
        yield path


def forget_others(folder):
    """Disables all protocols of tshark except those that the command reads."""
    known = subprocess.run(["tshark", "-G", "protocols"], check=True, capture_output=True, text=True).stdout.splitlines()
    others = {line.split("\t")[2] for line in known} - set(PROTOCOLS)
    pathlib.Path(folder, "disabled_protos").write_text("".join(f"{name}\n" for name in sorted(others)))
    pathlib.Path(folder, "user_dlts").write_text('"User 2 (DLT=149)","pktap","0","","0",""\n')
    os.environ["WIRESHARK_CONFIG_DIR"] = folder


PORTS = [f"{transport}.{end}port" for transport in TRANSPORTS for end in ("src", "dst")]


def tshark(capture, fields, *options):
    """The fields of each frame."""
    columns = [part for name in fields for part in ("-e", name)]
    command = ["tshark", "-r", capture, "-n", *OPTIONS, *options, "-T", "fields", *columns]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [line.split("\t") for line in lines]


def theirs(captures):
    """What tshark reads in each frame of some captures: the transports, and whether the frame is cut. One process reads all captures,
    because tshark takes longer to start than to read."""
    with tempfile.NamedTemporaryFile(suffix=".pcapng") as merged:
        subprocess.run(["mergecap", "-a", "-w", merged.name, *captures], check=True)
        fields = ["frame.cap_len", "frame.len", "frame.protocols", *PORTS]
        frames = tshark(merged.name, fields, "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE")
    return [(transports(*line), captured != length) for captured, length, *line in frames]


def transports(protocols, *ports):
    """The transports in a frame, the innermost one last, each with its ports if tshark has read them."""
    inside = []
    for protocol in protocols.split(":"):
        if protocol in ("icmp", "icmpv6"):
            break  # the packet that an ICMP message quotes does not count
        if protocol in TRANSPORTS:
            at, number = 2 * TRANSPORTS.index(protocol), sum(name == protocol for name, _ in inside)
            ends = [text.split(",") if text else [] for text in ports[at:at + 2]]
            inside.append((protocol, " ".join([protocol, *(end[number] for end in ends)]) if len(ends[1]) > number else None))
    return inside


def ours(program, capture):
    """What the command reads in each frame."""
    lines = subprocess.run([program, capture], check=True, capture_output=True, text=True).stdout.splitlines()
    yield from (line if " " in line else None for line in lines[1:])


def reason(own, inside, is_cut, whole):
    """The one field in which a cut frame may differ. `whole` is what the command and tshark read in the whole frame."""
    if not is_cut or not inside or inside[-1][1]:
        return None
    innermost, before = inside[-1][0], inside[-2][1] if len(inside) > 1 else None
    if own == before:
        return "the innermost transport: tshark names it before its ports, and the tunnel counts"
    if own == whole and own.split()[0] == innermost == "sctp":
        return "the ports: tshark reads those of SCTP in a whole header only"
    return None


def their_flows(capture):
    """The packets and bytes of each flow, one way, as tshark reads them. All fragments count as the frame that completes the packet."""
    addresses = ["ip.src", "ip.dst", "ipv6.src", "ipv6.dst"]
    fields = ["frame.len", "ip.reassembled_in", "ipv6.reassembled.in", *addresses, "frame.protocols", *PORTS]
    frames, flows = tshark(capture, fields, "-2"), collections.defaultdict(lambda: [0, 0])
    for own in frames:
        length, frame = int(own[0]), own
        while frame[1] or frame[2]:
            frame = frames[int((frame[1] or frame[2]).split(",")[-1]) - 1]
        protocols, inside = frame[7].split(":"), transports(*frame[7:])
        key = None
        if inside and inside[-1][1]:
            transport, *ports = inside[-1][1].split()
            # The header of IP before the transport, among those of its version.
            before = protocols[:len(protocols) - protocols[::-1].index(transport)]
            version = [name for name in before if name in ("ip", "ipv6")][-1]
            ends = frame[3:5] if version == "ip" else frame[5:7]
            ends = [end.split(",")[before.count(version) - 1] for end in ends]
            key = transport, *zip(ends, ports)
        flows[key] = [flows[key][0] + 1, flows[key][1] + length]
    return dict(flows)


def our_flows(command, capture):
    """The same as the command prints it."""
    output = subprocess.run([command, "capture", "--by", "flow", "--json", capture], check=True, capture_output=True, text=True).stdout
    flows = collections.defaultdict(lambda: [0, 0])
    for row in json.loads(output):
        if "not_counted" in row:
            flows[None] = [flows[None][0] + row["packets"], flows[None][1] + row["bytes"]]
            continue
        ends = [(row[f"{end}_address"], str(row[f"{end}_port"])) for end in ("client", "server")]
        for way, ends in ("to", ends), ("from", ends[::-1]):
            if row[f"packets_{way}"]:
                flows[row["transport"], *ends] = [row[f"packets_{way}"], row[f"bytes_{way}"]]
    return dict(flows)


def main():
    seed, program, command, *files = sys.argv[1:]
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
            for number, (one, (inside, is_cut)) in enumerate(zip(own, others[frames:frames + len(own)])):
                other = inside[-1][1] if inside else None
                if one != other:
                    why = reason(one, inside, is_cut, own[-1] if path in made else None)
                    reasons[why] += 1
                    if why is None and (wrong := wrong + 1) <= 20:
                        print(f"  {pathlib.Path(path).name} frame {number + 1}: {one}, tshark {other}")
            frames += len(own)
        if frames != len(others):
            sys.exit(f"{frames} frames, tshark has {len(others)}")
        print(f"{frames} frames of {len(paths)} captures, {frames - sum(reasons.values())} are read alike")
        for why, count in reasons.items():
            print(f"  {count}: {why or 'UNEXPLAINED'}")
        flows, paths = 0, [*files, *fragments(int(seed), scratch)]
        for path in paths:
            own, other = our_flows(command, path), their_flows(path)
            flows += len(own)
            for flow in own.keys() | other.keys():
                if own.get(flow) != other.get(flow):
                    wrong += 1
                    print(f"  {pathlib.Path(path).name}: {flow or 'in no flow'}: {own.get(flow)}, tshark {other.get(flow)}: UNEXPLAINED")
        print(f"{flows} flows of {len(paths)} captures, each way: the sums of packets and bytes are compared")
    return 1 if wrong else 0


sys.exit(main())
