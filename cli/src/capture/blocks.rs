//! The blocks of a pcapng file.
//!
//! pcap-parser says where a block ends. What is in it is read here, for on a big-endian machine pcap-parser
//! 0.17 takes no block for what it is.

use super::frames::{Frame, Piece, ReadError};
use pcap_parser::nom::Err as Unparsed;
use pcap_parser::{
    DSB_MAGIC, EPB_MAGIC, IDB_MAGIC, ISB_MAGIC, Linktype, NRB_MAGIC, SHB_MAGIC, SPB_MAGIC, parse_unknownblock_be,
    parse_unknownblock_le,
};

/// Types of blocks that pcap-parser does not name: packets of old, and entries of systemd's journal.
const PACKET_BLOCK: u32 = 2;
const SJE_MAGIC: u32 = 9;

/// True if a section starts here, as every pcapng file does: the same in both byte orders.
pub fn starts_section(data: &[u8]) -> bool {
    data.starts_with(&SHB_MAGIC.to_be_bytes())
}

/// The interfaces and the byte order of the section that is being read.
#[derive(Default)]
pub struct Section {
    big_endian: bool,
    interfaces: Vec<Interface>,
}

struct Interface {
    link_type: Linktype,
    /// The most bytes that are captured of a packet; 0 for no limit.
    snap_length: usize,
}

impl Section {
    /// Reads the block at this offset: its length, and the packet in it if there is one.
    pub fn block<'f>(&mut self, data: &'f [u8]) -> Result<(usize, Option<Piece<'f>>), ReadError> {
        if starts_section(data) {
            let byte_order = data.get(8..12).ok_or(ReadError::Short)?;
            let big_endian = match byte_order {
                [0x1A, 0x2B, 0x3C, 0x4D] => true,
                [0x4D, 0x3C, 0x2B, 0x1A] => false,
                _ => {
                    return Err(ReadError::Broken("the section that starts there has no byte order".to_owned()));
                }
            };
            let version = Numbers { bytes: data, big_endian };
            // Behind type, length and byte order.
            let (major, minor) = match data.get(12..16) {
                Some(_) => (version.u16(12)?, version.u16(14)?),
                None => return Err(ReadError::Short),
            };
            // Version 1.2 was written by mistake, and is 1.0.
            if (major, minor) != (1, 0) && (major, minor) != (1, 2) {
                return Err(ReadError::Broken(format!(
                    "this is pcapng of version {major}.{minor}; read is version 1.0"
                )));
            }
            *self = Self { big_endian, interfaces: Vec::new() };
        }
        let parse = if self.big_endian { parse_unknownblock_be } else { parse_unknownblock_le };
        let (rest, block) = parse(data).map_err(|error| match error {
            Unparsed::Incomplete(_) => ReadError::Short,
            _ => ReadError::Broken("what stands there is no block".to_owned()),
        })?;
        if block.block_len1 != block.block_len2 {
            return Err(ReadError::Broken("the block there ends with another length than it starts with".to_owned()));
        }
        let kind = Numbers { bytes: data, big_endian: self.big_endian }.u32(0)?;
        let body = Numbers { bytes: block.data, big_endian: self.big_endian };
        let piece = match kind {
            IDB_MAGIC => {
                let (link_type, snap_length) = (Linktype(body.u16(0)?.into()), body.u32(4)? as usize);
                self.interfaces.push(Interface { link_type, snap_length });
                None
            }
            EPB_MAGIC => {
                let bytes = body.slice(20, body.u32(12)? as usize)?;
                let link_type = self.interface(body.u32(0)?)?.link_type;
                Some(Piece::Frame(Frame { link_type, bytes, length: body.u32(16)?.into() }))
            }
            SPB_MAGIC => {
                let (interface, length) = (self.interface(0)?, body.u32(0)?);
                let limit = if interface.snap_length == 0 { usize::MAX } else { interface.snap_length };
                let bytes = body.slice(4, limit.min(length as usize))?;
                Some(Piece::Frame(Frame { link_type: interface.link_type, bytes, length: length.into() }))
            }
            // The Packet Block, of which the Enhanced one has taken the place.
            PACKET_BLOCK => {
                let bytes = body.slice(20, body.u32(12)? as usize)?;
                let link_type = self.interface(body.u16(0)?.into())?.link_type;
                Some(Piece::Frame(Frame { link_type, bytes, length: body.u32(16)?.into() }))
            }
            SHB_MAGIC | NRB_MAGIC | ISB_MAGIC | SJE_MAGIC | DSB_MAGIC => None,
            other => Some(Piece::Unread(other)),
        };
        Ok((data.len() - rest.len(), piece))
    }

    fn interface(&self, number: u32) -> Result<&Interface, ReadError> {
        let interface = usize::try_from(number).ok().and_then(|at| self.interfaces.get(at));
        interface.ok_or_else(|| {
            ReadError::Broken(format!("a packet of interface {number}, of which the file has told nothing"))
        })
    }
}

/// Numbers in the byte order of whoever wrote them.
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
