//! The packets of a pcap file.

use super::blocks::Numbers;
use super::frames::{Frame, LIMIT, ReadError, broken};

/// The first four bytes of a file. They give the precision of its times, or say that packets have longer headers.
const MICROSECONDS: u32 = 0xa1b2_c3d4;
const NANOSECONDS: u32 = 0xa1b2_3c4d;
const MODIFIED: u32 = 0xa1b2_cd34;

pub const HEADER: usize = 24;
const PACKET_HEADER: usize = 16;

/// The most bytes of a packet that common programs capture. The header of a file may allow more.
const LONGEST: usize = 262_144;

/// The header of a file.
pub struct Pcap {
    link_type: u32,
    big_endian: bool,
    minor: u16,
    packet_header: usize,
    longest: usize,
}

impl Pcap {
    /// `None` if the file is of another kind.
    pub fn new(header: &[u8; HEADER]) -> Result<Option<Self>, ReadError> {
        let magic = u32::from_le_bytes([header[0], header[1], header[2], header[3]]);
        let is_pcap = |magic| [MICROSECONDS, NANOSECONDS, MODIFIED].contains(&magic);
        let big_endian = match (is_pcap(magic), is_pcap(magic.swap_bytes())) {
            (true, _) => false,
            (_, true) => true,
            _ => return Ok(None),
        };
        let numbers = Numbers { bytes: header, big_endian };
        let (major, minor) = (numbers.u16(4)?, numbers.u16(6)?);
        if major != 2 || minor > 4 {
            return broken(format!("found pcap version {major}.{minor}; expected version 2.0 to 2.4"));
        }
        let packet_header = if numbers.u32(0)? == MODIFIED { PACKET_HEADER + 8 } else { PACKET_HEADER };
        let (link_type, longest) = (numbers.u32(20)?, (numbers.u32(16)? as usize).clamp(LONGEST, LIMIT));
        Ok(Some(Self { link_type, big_endian, minor, packet_header, longest }))
    }

    /// The packet at this offset, and its length including the header.
    pub fn packet<'f>(&self, data: &'f [u8]) -> Result<(usize, Frame<'f>), ReadError> {
        let (header, rest) = data.split_at_checked(self.packet_header).ok_or(ReadError::Short)?;
        let numbers = Numbers { bytes: header, big_endian: self.big_endian };
        let (mut captured, mut length) = (numbers.u32(8)?, numbers.u32(12)?);
        // Before version 2.3 the two lengths have the opposite order. In version 2.3 both orders occur.
        if self.minor < 3 || (self.minor == 3 && captured > length) {
            (captured, length) = (length, captured);
        }
        let captured = captured as usize;
        if captured > self.longest {
            return broken(format!("found a packet with the length {captured}; expected at most {}", self.longest));
        }
        let bytes = rest.get(..captured).ok_or(ReadError::Short)?;
        Ok((self.packet_header + captured, Frame { link_type: self.link_type, bytes, length: length.into() }))
    }
}
