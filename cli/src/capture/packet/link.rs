//! Link layers, down to IP.

use super::{PacketError, Step, Walk};

const MPLS: u16 = 0x8847;

impl Walk<'_> {
    /// Reads a link layer. Its number is that of <https://www.tcpdump.org/linktypes.html>.
    pub fn link(&mut self, kind: u32) -> Step {
        self.deeper()?;
        match kind {
            1 => self.ethernet(0),
            12 | 14 | 101 | 228 | 229 => self.ip(),
            // NULL and LOOP: an address family in the order of the recording machine, with several numbers for IPv6.
            0 | 108 => {
                let family = self.array()?;
                match u32::from_be_bytes(family).min(u32::from_le_bytes(family)) {
                    2 | 10 | 24 | 28 | 30 => self.ip(),
                    other => Err(PacketError::Family(other)),
                }
            }
            // Linux cooked, in both versions.
            113 => self.ether_type_after(14),
            276 => {
                let [a, b, ..] = self.array::<20>()?;
                self.ether_type(u16::from_be_bytes([a, b]))
            }
            9 | 50 => self.ppp(0),
            10 => self.take(13).and_then(|_| self.llc()), // FDDI
            105 => self.wireless(false),
            127 => self.radiotap(),
            // Per-Packet Information.
            192 => {
                let [_, _, a, b, inner @ ..] = self.peek::<8>()?;
                self.take(u16::from_le_bytes([a, b]).max(8).into())?;
                self.link(u32::from_le_bytes(inner))
            }
            // PKTAP. macOS also writes 149, a number for private use, so there the header must look like one.
            258 | 149 => {
                let [length, record, inner] = [self.array()?, self.array()?, self.array()?].map(u32::from_le_bytes);
                if kind == 149 && (record != 1 || !(108..1024).contains(&length)) {
                    return Err(PacketError::LinkType(kind));
                }
                self.take(length.saturating_sub(12) as usize)?;
                self.link(inner)
            }
            other => Err(PacketError::LinkType(other)),
        }
    }

    /// Reads Ethernet after this many other bytes.
    pub fn ethernet(&mut self, before: usize) -> Step {
        self.take(before)?;
        self.to_all = self.rest.starts_with(&[0xff; 6]);
        self.type_or_length_after(12)
    }

    fn ether_type_after(&mut self, before: usize) -> Step {
        self.take(before)?;
        let number = self.u16()?;
        self.ether_type(number)
    }

    fn type_or_length_after(&mut self, before: usize) -> Step {
        self.take(before)?;
        let number = self.u16()?;
        // A smaller number is a length, and an LLC header follows (IEEE 802.3 section 3.2.6).
        if number >= 0x600 {
            return self.ether_type(number);
        }
        self.limit(number.into());
        self.llc()
    }

    pub fn llc(&mut self) -> Step {
        match self.array()? {
            // SNAP: an EtherType after the number of an organization.
            [0xaa, 0xaa, 3] => match self.array()? {
                [0, 0, 0 | 0xf8] => self.ether_type_after(0),
                organization => Err(PacketError::Snap(organization)),
            },
            [6, 6, 3] => self.ip(),
            [other, ..] => Err(PacketError::Llc(other)),
        }
    }

    pub fn ether_type(&mut self, number: u16) -> Step {
        self.deeper()?;
        match number {
            0x0800 | 0x86dd => self.ip(),
            // Tags of VLANs, VN-tag (VEPA), HSR (IEC 62439-3), E-tag (IEEE 802.1BR) and Cisco's metadata.
            0x8100 | 0x88a8 | 0x9100 | 0x9200 => self.type_or_length_after(2),
            0x8926 | 0x892f => self.type_or_length_after(4),
            0x893f | 0x8909 => self.type_or_length_after(6),
            // Whole frames after the tag of a provider's backbone (IEEE 802.1ah) or of Cisco's FabricPath, and bridged.
            0x88e7 => self.ethernet(4),
            0x8903 => self.ethernet(2),
            0x6558 => self.ethernet(0),
            MPLS | 0x8848 => self.mpls(),
            0x8864 => self.ppp(6), // PPPoE
            0x880b => self.ppp(0),
            other => Err(PacketError::EtherType(other)),
        }
    }

    /// Takes off labels up to the last one. Nothing says which protocol follows them (RFC 3032).
    pub fn mpls(&mut self) -> Step {
        while self.array::<4>()?[2] & 1 == 0 {}
        if matches!(self.peek()?, [0x40..0x50 | 0x60..0x70]) { self.ip() } else { Err(PacketError::EtherType(MPLS)) }
    }

    /// PPP (RFC 1661 section 2) after other bytes and the optional address and control fields (RFC 1662 section 3.1).
    pub fn ppp(&mut self, before: usize) -> Step {
        self.take(before)?;
        self.rest = self.rest.strip_prefix(&[0xff, 3]).unwrap_or(self.rest);
        // A protocol number with one byte is odd.
        let [upper] = self.array()?;
        let number = if upper & 1 == 1 { upper.into() } else { u16::from_be_bytes([upper, self.array::<1>()?[0]]) };
        match number {
            0x21 | 0x57 => self.ip(),
            0x281 | 0x283 => self.mpls(),
            other => Err(PacketError::Ppp(other)),
        }
    }
}
