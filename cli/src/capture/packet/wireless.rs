//! IEEE 802.11, plain and with the headers that monitors write before it.

use super::{PacketError, Step, Walk};

impl Walk<'_> {
    /// Reads a data frame that is not encrypted (IEEE 802.11 section 9.3.2.1). No other frames are supported. The header
    /// may be padded to four bytes.
    pub fn wireless(&mut self, is_padded: bool) -> Step {
        let whole = self.rest.len();
        let [kind, flags] = self.array()?;
        // Version 0, the type of data frames, a subtype that has data, and no protection.
        if kind & 0b0100_1111 != 0b0000_1000 || flags & 0x40 != 0 {
            return Err(PacketError::Wireless);
        }
        self.take(20)?;
        let [fragment, _] = self.array()?;
        if fragment & 15 != 0 {
            return Err(PacketError::NoPorts);
        }
        // A fourth address, the quality of service, and the control that may follow that.
        self.take(6 * usize::from(flags & 3 == 3))?;
        let has_quality = kind & 0x80 != 0;
        let [quality, more] = if has_quality { self.array()? } else { [0; 2] };
        self.take(4 * usize::from(has_quality && flags & 0x80 != 0))?;
        if is_padded {
            let taken = whole - self.rest.len();
            self.take(taken.next_multiple_of(4) - taken)?;
        }
        // If a frame contains several packets, only the first one counts. It has the header of an Ethernet frame.
        if quality & 0x80 != 0 {
            return self.ethernet(0);
        }
        // A mesh header, with up to two further addresses (section 9.2.4.8.3). Outside of a mesh, the bit that announces
        // it has other meanings.
        match *self.rest {
            [addresses @ 0..3, ..] if flags & 2 != 0 && more & 1 != 0 => self.take(6 + 6 * usize::from(addresses))?,
            _ => &[],
        };
        self.llc()
    }

    /// radiotap.org: the length of the header, and words whose bits say which fields follow. First come a time, aligned,
    /// and flags, one of which says that the next header is padded.
    pub fn radiotap(&mut self) -> Step {
        let [_, _, a, b] = self.peek()?;
        let header = self.take(u16::from_le_bytes([a, b]).into())?;
        let fields = *header.get(4).ok_or(PacketError::NoPorts)?;
        let words = 1 + header[4..].chunks_exact(4).take_while(|word| word[3] & 0x80 != 0).count();
        let flags = if fields & 1 != 0 { (4 + 4 * words).next_multiple_of(8) + 8 } else { 4 + 4 * words };
        let is_padded = fields & 2 != 0 && header.get(flags).ok_or(PacketError::NoPorts)? & 0x20 != 0;
        self.wireless(is_padded)
    }
}
