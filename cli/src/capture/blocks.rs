//! The blocks of a pcapng file.

use super::frames::{Frame, LIMIT, ReadError, SECOND, broken};
use super::packet::PacketError;

/// The type of a block that starts a section. It is the same in both byte orders.
const SECTION: u32 = 0x0a0d_0d0a;

/// True if a section starts here, as in every pcapng file.
pub fn starts_section(data: &[u8]) -> bool {
    data.starts_with(&SECTION.to_be_bytes())
}

/// The interfaces and the byte order of the section that is being read.
#[derive(Default)]
pub struct Section {
    big_endian: bool,
    interfaces: Vec<Interface>,
}

#[derive(Clone, Copy)]
struct Interface {
    link_type: u32,
    /// The most bytes that it captures of a packet, 0 for no limit.
    limit: usize,
    /// The units of a second in its times, and the seconds to add.
    units: u64,
    offset: u64,
}

impl Section {
    /// Reads the block at this offset: its length, and the packet in it if there is one.
    pub fn block<'f>(&mut self, data: &'f [u8]) -> Result<(usize, Option<Frame<'f>>), ReadError> {
        if starts_section(data) {
            let byte_order = data.get(8..12).ok_or(ReadError::Short)?;
            let big_endian = match byte_order {
                [0x1A, 0x2B, 0x3C, 0x4D] => true,
                [0x4D, 0x3C, 0x2B, 0x1A] => false,
                _ => return broken("the section that starts there has no byte order"),
            };
            let header = Numbers { bytes: data.get(..16).ok_or(ReadError::Short)?, big_endian };
            let (major, minor) = (header.u16(12)?, header.u16(14)?);
            // Version 1.2 was written by mistake, and is 1.0.
            if (major, minor) != (1, 0) && (major, minor) != (1, 2) {
                return broken(format!("found pcapng version {major}.{minor}; expected version 1.0"));
            }
            *self = Self { big_endian, interfaces: Vec::new() };
        }
        let header = Numbers { bytes: data.get(..8).ok_or(ReadError::Short)?, big_endian: self.big_endian };
        let (kind, length) = (header.u32(0)?, header.u32(4)? as usize);
        if !(12..=LIMIT).contains(&length) {
            return broken(format!("found a block with the length {length}; expected 12 to {LIMIT}"));
        }
        let block = Numbers { bytes: data.get(..length).ok_or(ReadError::Short)?, big_endian: self.big_endian };
        if block.u32(length - 4)? as usize != length {
            return broken("the block there ends with another length than it starts with");
        }
        let body = Numbers { bytes: &block.bytes[8..length - 4], big_endian: self.big_endian };
        let frame = match kind {
            1 => {
                self.interfaces.push(body.interface()?);
                None
            }
            // An enhanced packet, and the obsolete packet block.
            6 | 2 => {
                let interface = if kind == 2 { body.u16(0)?.into() } else { body.u32(0)? };
                let interface = self.interface(interface)?;
                let bytes = body.slice(20, body.u32(12)? as usize)?;
                let time = u64::from(body.u32(4)?) << 32 | u64::from(body.u32(8)?);
                let rest = u128::from(time % interface.units) * u128::from(SECOND) / u128::from(interface.units);
                let seconds = (time / interface.units).wrapping_add(interface.offset).saturating_mul(SECOND);
                let time = Some(seconds.saturating_add(u64::try_from(rest).unwrap_or_default()));
                Some(Frame { link_type: Ok(interface.link_type), bytes, length: body.u32(16)?.into(), time })
            }
            // A simple packet.
            3 => {
                let (Interface { link_type, limit, .. }, length) = (self.interface(0)?, body.u32(0)?);
                let limit = if limit == 0 { usize::MAX } else { limit };
                let bytes = body.slice(4, limit.min(length as usize))?;
                Some(Frame { link_type: Ok(link_type), bytes, length: length.into(), time: None })
            }
            // Blocks of names, statistics, systemd's journal and secrets, and those for local use, contain no packets.
            SECTION | 4 | 5 | 9 | 10 | 0x8000_0000.. => None,
            other => Some(Frame { link_type: Err(PacketError::Block(other)), bytes: &[], length: 0, time: None }),
        };
        Ok((length, frame))
    }

    fn interface(&self, number: u32) -> Result<Interface, ReadError> {
        let missing = || broken(format!("found a packet of interface {number}, which the file has not described"));
        self.interfaces.get(number as usize).copied().map_or_else(missing, Ok)
    }
}

/// Reads numbers in the byte order of the section.
pub struct Numbers<'f> {
    pub bytes: &'f [u8],
    pub big_endian: bool,
}

impl<'f> Numbers<'f> {
    pub fn u16(&self, at: usize) -> Result<u16, ReadError> {
        self.array(at).map(u16::from_le_bytes)
    }

    pub fn u32(&self, at: usize) -> Result<u32, ReadError> {
        self.array(at).map(u32::from_le_bytes)
    }

    /// The body of a block that describes an interface.
    fn interface(&self) -> Result<Interface, ReadError> {
        let (link_type, limit) = (self.u16(0)?.into(), self.u32(4)? as usize);
        let mut interface = Interface { link_type, limit, units: 1_000_000, offset: 0 };
        // Options with a type, a length and a value. A wrong one gives wrong times only.
        let mut at = 8;
        while let (Ok(kind @ 1..), Ok(length)) = (self.u16(at), self.u16(at + 2)) {
            match (kind, self.array(at + 4)) {
                (9, Ok([power @ 0..128])) => interface.units = 10_u64.saturating_pow(power.into()),
                (9, Ok([power])) => interface.units = 2_u64.saturating_pow((power & 127).into()),
                (14, _) => interface.offset = self.array(at + 4).map_or(0, u64::from_le_bytes),
                _ => {}
            }
            at += 4 + usize::from(length).next_multiple_of(4);
        }
        Ok(interface)
    }

    /// The bytes of a number, the lowest one first.
    fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], ReadError> {
        let mut bytes = *self.slice(at, N)?.first_chunk().ok_or(ReadError::Short)?;
        if self.big_endian {
            bytes.reverse();
        }
        Ok(bytes)
    }

    fn slice(&self, at: usize, length: usize) -> Result<&'f [u8], ReadError> {
        let too_short = || broken("the block there is too short for what it says is in it");
        self.bytes.get(at..).and_then(|rest| rest.get(..length)).map_or_else(too_short, Ok)
    }
}
