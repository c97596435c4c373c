"""Transport and ports of each frame, as `iana-ports capture` reads them and as tshark does: in the captures of the tests, and
in 200 more that scapy makes from a seed. Those have every link, tunnel and header of IPv6 that is read, and every frame is
cut at every length. Each kind of difference has its reason here, or it is an error.

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
# What is read here, and so is to be read by tshark: not what it guesses of payloads.
PROTOCOLS = """eth ethertype vlan ieee8021ad llc snap ip ipv6 ipv6.hopopts ipv6.routing ipv6.fraghdr ipv6.dstopts ah mpls pppoed pppoes ppp
    ppp_hdlc chdlc gre vxlan tcp udp sctp dccp icmp icmpv6 arp sll null raw frame pkt_comment data""".split()


def captures(seed, folder):
    """200 captures, one kind of frame each, cut at every length."""
    rng = random.Random(seed)
    port = lambda: rng.choice([53, 80, 443, 4790, rng.randrange(1, 65536)])
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
                                        lambda: (17, vxlan(depth - 1))])()
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
        ])()

    def vxlan(depth):
        return UDP(sport=port(), dport=4789) / VXLAN(vni=7, flags=8) / ethernet(depth)

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
        ])()

    def cooked(depth):
        kind, inner = network(depth)
        return CookedLinux(proto=kind) / inner

    def ppp(depth):
        kind, inner = network(depth)
        return Raw(b"\xff\x03") / PPP(proto=0x21 if kind == 0x0800 else 0x57) / inner

    links = [(1, ethernet), (1, ethernet), (1, ethernet), (101, lambda depth: network(depth)[1]), (113, cooked), (9, ppp)]
    for number in range(200):
        link_type, make = links[number % len(links)]
        frame = bytes(make(rng.choice([0, 0, 1, 1, 2, 3])))
        path = pathlib.Path(folder, f"{number:03}.pcap")
        with open(path, "wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link_type))
            for length in range(len(frame) + 1):
                file.write(struct.pack("<IIII", 0, 0, length, len(frame)) + frame[:length])
        yield path


def forget_others(folder):
    """Makes tshark forget all protocols but those that are read here."""
    known = subprocess.run(["tshark", "-G", "protocols"], check=True, capture_output=True, text=True).stdout.splitlines()
    others = {line.split("\t")[2] for line in known} - set(PROTOCOLS)
    pathlib.Path(folder, "disabled_protos").write_text("".join(f"{name}\n" for name in sorted(others)))
    os.environ["WIRESHARK_CONFIG_DIR"] = folder


def theirs(capture):
    """Of each frame what tshark reads: protocols, and the ports of each transport."""
    fields = [part for name in ["frame.protocols", *(f"{t}.{end}port" for t in TRANSPORTS for end in ("src", "dst"))]
              for part in ("-e", name)]
    command = ["tshark", "-r", capture, "-n", "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-T", "fields", *fields]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        protocols, *ports = line.split("\t")
        protocols = protocols.split(":")
        inside = [protocol for protocol in protocols if protocol in TRANSPORTS]
        # What an ICMP message quotes is not sent by it.
        if any(protocol in ("icmp", "icmpv6") for protocol in protocols) or not inside:
            yield None
            continue
        at = TRANSPORTS.index(inside[-1])
        # Of several headers of one transport the last.
        source, destination = (text.split(",")[-1] for text in ports[2 * at:2 * at + 2])
        yield f"{inside[-1]} {source} {destination}" if source and destination else None


def ours(program, capture):
    """Of each frame what the command reads."""
    lines = subprocess.run([program, capture], check=True, capture_output=True, text=True).stdout.splitlines()
    yield from lines[1:]


def reason(own, other):
    """Why a frame may differ."""
    if not other:
        return "tshark wants a whole header of the transport, and not the ports alone"
    if own == "fragment" and other.endswith(" 4789"):
        return "a fragment in a tunnel counts with the first one, not with the tunnel"
    return None


def main():
    seed, program, *files = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        forget_others(scratch)
        made = list(captures(int(seed), scratch))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            all_of_theirs = list(pool.map(lambda path: list(theirs(path)), [*files, *made]))
        reasons, frames, wrong = collections.Counter(), 0, 0
        for path, others in zip([*files, *made], all_of_theirs):
            own = list(ours(program, path))
            if len(own) != len(others):
                sys.exit(f"{path}: {len(own)} frames, tshark has {len(others)}")
            for number, (one, other) in enumerate(zip(own, others)):
                frames += 1
                if (one if " " in one else None) != other:
                    why = reason(one, other)
                    reasons[why] += 1
                    if why is None and (wrong := wrong + 1) <= 20:
                        print(f"  {pathlib.Path(path).name} frame {number + 1}: {one}, tshark {other}")
    print(f"{frames} frames of {len(files) + len(made)} captures, {frames - sum(reasons.values())} are read alike")
    for why, count in reasons.items():
        print(f"  {count}: {why or 'UNEXPLAINED'}")
    return 1 if wrong else 0


sys.exit(main())
