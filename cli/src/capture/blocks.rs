//! The blocks of a pcapng file.

use super::frames::{Frame, LIMIT, Piece, ReadError, broken};

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
    /// The link type of each interface, and the most bytes that it captures of a packet: 0 for no limit.
    interfaces: Vec<(u32, usize)>,
}

impl Section {
    /// Reads the block at this offset: its length, and the packet in it if there is one.
    pub fn block<'f>(&mut self, data: &'f [u8]) -> Result<(usize, Option<Piece<'f>>), ReadError> {
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
        let piece = match kind {
            1 => {
                self.interfaces.push((body.u16(0)?.into(), body.u32(4)? as usize));
                None
            }
            // An enhanced packet, and the obsolete packet block.
            6 | 2 => {
                let interface = if kind == 2 { body.u16(0)?.into() } else { body.u32(0)? };
                let (link_type, _) = self.interface(interface)?;
                let bytes = body.slice(20, body.u32(12)? as usize)?;
                Some(Piece::Frame(Frame { link_type, bytes, length: body.u32(16)?.into() }))
            }
            // A simple packet.
            3 => {
                let ((link_type, snap_length), length) = (self.interface(0)?, body.u32(0)?);
                let limit = if snap_length == 0 { usize::MAX } else { snap_length };
                let bytes = body.slice(4, limit.min(length as usize))?;
                Some(Piece::Frame(Frame { link_type, bytes, length: length.into() }))
            }
            // Blocks of names, statistics, systemd's journal and secrets contain no packets.
            SECTION | 4 | 5 | 9 | 10 => None,
            other => Some(Piece::Unread(other)),
        };
        Ok((length, piece))
    }

    fn interface(&self, number: u32) -> Result<(u32, usize), ReadError> {
        let interface = usize::try_from(number).ok().and_then(|at| self.interfaces.get(at)).copied();
        interface.ok_or_else(|| {
            ReadError::Broken(format!("found a packet of interface {number}, which the file has not described"))
        })
    }
}

/// Reads numbers in the byte order of the section.
pub struct Numbers<'f> {
    pub bytes: &'f [u8],
    pub big_endian: bool,
}

impl<'f> Numbers<'f> {
    pub fn u16(&self, at: usize) -> Result<u16, ReadError> {
        let bytes = self.array(at)?;
        Ok(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    pub fn u32(&self, at: usize) -> Result<u32, ReadError> {
        let bytes = self.array(at)?;
        Ok(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    fn array<const N: usize>(&self, at: usize) -> Result<[u8; N], ReadError> {
        self.bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or_else(too_short)
    }

    fn slice(&self, at: usize, length: usize) -> Result<&'f [u8], ReadError> {
        self.bytes.get(at..).and_then(|rest| rest.get(..length)).ok_or_else(too_short)
    }
}

fn too_short() -> ReadError {
    ReadError::Broken("the block there is too short for what it says is in it".to_owned())
}
