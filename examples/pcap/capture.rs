//! A capture file, pcap or pcapng, as frames.

use pcap_parser::traits::{PcapNGPacketBlock, PcapReaderIterator};
use pcap_parser::{Block, Linktype, PcapBlockOwned, PcapError, create_reader};
use std::io::Read;

/// What the reader holds at first, and what one packet or block may take at the most.
const BUFFER: usize = 1 << 20;
const LIMIT: usize = 1 << 28;

/// A packet as it was captured.
pub struct Frame<'f> {
    /// Where it starts in the file.
    pub offset: u64,
    pub link_type: Linktype,
    /// What was captured of it.
    pub bytes: &'f [u8],
    /// Its bytes on the wire.
    pub length: u64,
}

/// What is wrong with a file, and where.
#[derive(Debug)]
pub struct Fault {
    pub offset: u64,
    pub what: String,
}

/// Hands all frames over, up to the end or to what is broken.
pub fn frames(file: impl Read + Send, mut each: impl FnMut(Frame<'_>)) -> Result<(), Fault> {
    let mut reader = create_reader(BUFFER, file).map_err(|error| fault(0, &error))?;
    let mut interfaces = Interfaces::default();
    let mut offset = 0;
    loop {
        let error = match reader.next() {
            Ok((length, block)) => {
                let frame = interfaces.frame(offset, &block).map_err(|what| Fault { offset, what })?;
                if let Some(frame) = frame {
                    each(frame);
                }
                drop(block);
                offset += length as u64;
                reader.consume(length);
                continue;
            }
            Err(error) => error.to_owned_vec(),
        };
        match error {
            PcapError::Eof
            | PcapError::Incomplete(_)
            | PcapError::UnexpectedEof
            | PcapError::BufferTooSmall => {
                if !more(&mut *reader, offset)? {
                    return Ok(());
                }
            }
            error => return Err(fault(offset, &error)),
        }
    }
}

/// Reads on: false at the end, an error if that is in the middle of a packet or block.
fn more(reader: &mut dyn PcapReaderIterator, offset: u64) -> Result<bool, Fault> {
    let before = reader.data().len();
    reader.refill().map_err(|error| fault(offset, &error))?;
    if reader.data().len() > before {
        return Ok(true);
    }
    if before == 0 {
        return Ok(false);
    }
    if reader.reader_exhausted() {
        let what = format!("the file ends {before} bytes into a packet or block");
        return Err(Fault { offset, what });
    }
    let size = (2 * before).max(BUFFER);
    if size > LIMIT || !reader.grow(size) {
        let what = format!("a packet or block claims to be longer than {} MiB", LIMIT >> 20);
        return Err(Fault { offset, what });
    }
    Ok(true)
}

fn fault(offset: u64, error: &PcapError<&[u8]>) -> Fault {
    let what = match error {
        PcapError::HeaderNotRecognized => "neither pcap nor pcapng starts like this".to_owned(),
        PcapError::Eof | PcapError::UnexpectedEof | PcapError::Incomplete(_) => {
            "the file ends before its header does".to_owned()
        }
        PcapError::ReadError => "the file cannot be read on".to_owned(),
        PcapError::NomError(..) | PcapError::OwnedNomError(..) => {
            "what stands there is no packet and no block".to_owned()
        }
        PcapError::BufferTooSmall => "a packet or block is too long".to_owned(),
    };
    Fault { offset, what }
}

/// The link types that a file has told of so far.
#[derive(Default)]
struct Interfaces(Vec<Linktype>);

impl Interfaces {
    fn frame<'f>(&mut self, offset: u64, block: &'f PcapBlockOwned<'f>) -> Result<Option<Frame<'f>>, String> {
        let (interface, bytes, length) = match block {
            PcapBlockOwned::LegacyHeader(header) => {
                self.0 = vec![header.network];
                return Ok(None);
            }
            PcapBlockOwned::Legacy(packet) => (0, packet.data, packet.origlen),
            PcapBlockOwned::NG(Block::SectionHeader(_)) => {
                self.0.clear();
                return Ok(None);
            }
            PcapBlockOwned::NG(Block::InterfaceDescription(interface)) => {
                self.0.push(interface.linktype);
                return Ok(None);
            }
            PcapBlockOwned::NG(Block::EnhancedPacket(packet)) => {
                (packet.if_id, packet.packet_data(), packet.orig_len())
            }
            PcapBlockOwned::NG(Block::SimplePacket(packet)) => (0, packet.packet_data(), packet.orig_len()),
            PcapBlockOwned::NG(_) => return Ok(None),
        };
        let link_type = usize::try_from(interface).ok().and_then(|at| self.0.get(at).copied());
        let link_type = link_type.ok_or_else(|| {
            format!("a packet of interface {interface}, of which the file has told nothing")
        })?;
        Ok(Some(Frame { offset, link_type, bytes, length: length.into() }))
    }
}
