//! Tunnels above IP.

use super::{PacketError, Step, Walk};

impl Walk<'_> {
    /// Reads a tunnel in UDP, which the ports announce, after the UDP header. If there is none, the UDP packet counts. Most
    /// tunnels send from any port to their own; some also answer from their own port.
    pub fn tunnel_in_udp(&mut self, [source, destination]: [u16; 2]) -> Step {
        match (destination, source) {
            (4789 | 4790 | 8472, _) => self.vxlan(), // IANA's ports, and the one of Linux
            (4754, _) => self.gre(),
            (6635, _) => self.mpls(),
            (6081, _) | (_, 6081) => self.geneve(),
            (2152, _) | (_, 2152) => self.gtp_user(),
            (1701, _) | (_, 1701) => self.l2tp(),
            (3544, _) | (_, 3544) => self.teredo(),
            _ => Ok(()),
        }
    }

    /// GRE: RFC 2784 and RFC 2890; version 1 in RFC 2637 section 4.1.
    pub fn gre(&mut self) -> Step {
        let (flags, kind) = (self.u16()?, self.u16()?);
        let has = |bit: u16| usize::from(flags & bit != 0);
        let fields = match flags & 7 {
            0 => self.take(4 * ((has(0x8000) | has(0x4000)) + has(0x2000) + has(0x1000)))?,
            1 => self.take(4 * (1 + has(0x1000) + has(0x0080)))?,
            _ => return Err(PacketError::Ip(47)),
        };
        match kind {
            // ERSPAN II has a header, and sequence numbers in GRE; ERSPAN I has neither.
            0x88be => self.ethernet(8 * has(0x1000)),
            // ERSPAN III: the last bit says whether a platform-specific header follows.
            0x22eb => {
                let header: [u8; 12] = self.array()?;
                self.take(8 * usize::from(header[11] & 1))?;
                if header[10] >> 2 & 0x1f == 2 { self.ip() } else { self.ethernet(0) }
            }
            // MikroTik's EoIP begins with the length of the frame, which is 0 to keep the tunnel alive.
            0x6400 if flags == 0x2001 => match *fields {
                [a, b, ..] if [a, b] != [0, 0] => {
                    self.limit(u16::from_be_bytes([a, b]).into());
                    self.ethernet(0)
                }
                _ => Err(PacketError::Ip(47)),
            },
            _ => self.ether_type(kind),
        }
    }

    /// RFC 7348 section 5: a flag says that the network number is valid, and a frame follows. In
    /// draft-ietf-nvo3-vxlan-gpe section 3, another flag says that the last byte names the protocol that follows.
    fn vxlan(&mut self) -> Step {
        let [flags, _, _, next, ..] = self.array::<8>()?;
        match (flags & 0x0c, next) {
            (0x04 | 0x0c, 1 | 2) => self.ip(),
            (0x04 | 0x0c, 3) | (0x08, _) => self.ethernet(0),
            (0x04 | 0x0c, 5) => self.mpls(),
            _ => Ok(()),
        }
    }

    /// RFC 8926 section 3.4: version and length of the options in words, and an EtherType.
    fn geneve(&mut self) -> Step {
        let [version_and_length, _, a, b, ..] = self.array::<8>()?;
        if version_and_length >> 6 != 0 {
            return Ok(());
        }
        self.take(usize::from(version_and_length & 0x3f) * 4)?;
        self.ether_type(u16::from_be_bytes([a, b]))
    }

    /// 3GPP TS 29.281 section 5: only version 1, and only messages that carry a packet.
    fn gtp_user(&mut self) -> Step {
        let [flags, kind, ..] = self.array::<8>()?;
        if flags >> 4 != 0b0011 || kind != 255 {
            return Ok(());
        }
        // If one of these flags is set, all three fields are present: sequence number, N-PDU number, next header.
        if flags & 7 != 0 {
            let [_, _, _, mut next] = self.array()?;
            while flags & 4 != 0 && next != 0 {
                let [words] = self.peek()?;
                next = *self.take(usize::from(words) * 4)?.last().ok_or(PacketError::NoPorts)?;
            }
        }
        self.ip()
    }

    /// RFC 2661 section 3.1: only version 2, and no control messages.
    fn l2tp(&mut self) -> Step {
        let flags = self.u16()?;
        let has = |bit: u16| usize::from(flags & bit != 0);
        if flags & 0x800f != 2 {
            return Ok(());
        }
        // Length, tunnel, session, sequence numbers, and the length of padding.
        self.take(2 * has(0x4000) + 4 + 4 * has(0x0800))?;
        let padding = if flags & 0x0200 != 0 { self.u16()? } else { 0 };
        self.ppp(padding.into())
    }

    /// RFC 4380 section 5.1.1: an authentication header and an origin header may come before IPv6.
    fn teredo(&mut self) -> Step {
        while let [0, kind @ (0 | 1), ..] = *self.rest {
            let [_, _, client, value] = self.array()?;
            self.take(if kind == 1 { usize::from(client) + usize::from(value) + 9 } else { 4 })?;
        }
        self.ip()
    }
}
