"""Writes scapy.pcap: what the kernel that recorded the others does not speak, or does not do on loopback."""

from scapy.all import (
    IP,
    Dot1AD,
    Dot1Q,
    Ether,
    ICMP,
    IPv6,
    IPv6ExtHdrFragment,
    IPv6ExtHdrHopByHop,
    Raw,
    SCTP,
    SCTPChunkInit,
    TCP,
    UDP,
    PcapWriter,
    fragment,
    fragment6,
)
from struct import pack

CLIENT, SERVER = "192.0.2.1", "198.51.100.7"
CLIENT6, SERVER6 = "2001:db8::1", "2001:db8::7"
ETHER = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")


def both_ways(client_port, server_port, transport):
    """One packet to the server and one back."""
    yield ETHER / IP(src=CLIENT, dst=SERVER) / transport(client_port, server_port)
    yield ETHER / IP(src=SERVER, dst=CLIENT) / transport(server_port, client_port)


def dccp(source, destination):
    """A request: ports, data offset, CCVal and coverage, checksum, type and X, reserved, sequence, service code."""
    return Raw(pack("!HHBBHBBHII", source, destination, 5, 0, 0, 0 << 1 | 1, 0, 0, 1, 0))


packets = []
# SCTP, IP protocol 132, and DCCP, IP protocol 33.
packets += both_ways(50000, 2905, lambda s, d: SCTP(sport=s, dport=d) / SCTPChunkInit())
for packet in both_ways(50001, 5004, dccp):
    packet[IP].proto = 33
    packets.append(packet)
# A VLAN, and a VLAN in a VLAN.
packets.append(ETHER / Dot1Q(vlan=7) / IP(src=CLIENT, dst=SERVER) / UDP(sport=50002, dport=161) / Raw(b"x" * 40))
packets.append(ETHER / Dot1AD(vlan=8) / Dot1Q(vlan=7) / IPv6(src=CLIENT6, dst=SERVER6) / UDP(sport=50003, dport=161))
# Fragments: of the four and the three only the first has ports.
packets += fragment(ETHER / IP(src=CLIENT, dst=SERVER, id=7) / UDP(sport=50004, dport=2049) / Raw(b"y" * 1400), 400)
whole = IPv6(src=CLIENT6, dst=SERVER6) / IPv6ExtHdrFragment(id=9) / UDP(sport=50005, dport=2049) / Raw(b"z" * 1400)
packets += [ETHER / piece for piece in fragment6(whole, 600)]
# A header between IPv6 and TCP.
packets.append(ETHER / IPv6(src=CLIENT6, dst=SERVER6) / IPv6ExtHdrHopByHop() / TCP(sport=50006, dport=179))
# Which side serves: both ports have a record, both are System Ports, neither has one.
packets += both_ways(8080, 443, lambda s, d: TCP(sport=s, dport=d))
packets += both_ways(443, 80, lambda s, d: TCP(sport=s, dport=d))
packets += both_ways(60001, 60000, lambda s, d: UDP(sport=s, dport=d))
# One port, two assignments, by transport.
for transport in (TCP, UDP):
    for port in (465, 513, 514):
        packets.append(ETHER / IP(src=CLIENT, dst=SERVER) / transport(sport=50007, dport=port))
# Neither of the four transports.
packets.append(ETHER / IP(src=CLIENT, dst=SERVER) / ICMP())
packets.append(ETHER / Raw(b"no IP packet at all"))

with PcapWriter("scapy.pcap", linktype=1, sync=True) as file:
    for second, packet in enumerate(packets):
        packet.time = 1_700_000_000 + second
        file.write(packet)
