//! A capture file, pcap or pcapng, as frames.

mod blocks;

use blocks::{Section, starts_section};
use pcap_parser::traits::PcapReaderIterator;
use pcap_parser::{LegacyPcapBlock, Linktype, PcapBlockOwned, PcapError, create_reader, nom};
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

/// Why there is no next frame.
enum Stop {
    /// What was read is not all of it.
    Short,
    Broken(String),
}

/// Hands all frames over, up to the end or to what is broken.
pub fn frames(file: impl Read + Send, mut each: impl FnMut(Frame<'_>)) -> Result<(), Fault> {
    let mut reader = create_reader(BUFFER, file).map_err(|error| Fault { offset: 0, what: what(&error) })?;
    let mut format = if starts_section(reader.data()) {
        Format::PcapNg(Section::default())
    } else {
        Format::Pcap(Linktype::NULL)
    };
    let mut offset = 0;
    loop {
        match format.next(offset, &mut *reader) {
            Ok((length, frame)) => {
                if let Some(frame) = frame {
                    each(frame);
                }
                offset += length as u64;
                reader.consume(length);
            }
            Err(Stop::Short) => {
                if !more(&mut *reader, offset)? {
                    return Ok(());
                }
            }
            Err(Stop::Broken(what)) => return Err(Fault { offset, what }),
        }
    }
}

/// What a file has told so far.
enum Format {
    Pcap(Linktype),
    PcapNg(Section),
}

impl Format {
    /// The length of what is next, and the packet if it is one.
    fn next<'f>(
        &mut self,
        offset: u64,
        reader: &'f mut dyn PcapReaderIterator,
    ) -> Result<(usize, Option<Frame<'f>>), Stop> {
        let link_type = match self {
            Self::PcapNg(section) => return section.block(offset, reader.data()),
            Self::Pcap(link_type) => link_type,
        };
        let (length, block) = reader.next()?;
        let frame = match block {
            PcapBlockOwned::LegacyHeader(header) => {
                *link_type = header.network;
                None
            }
            PcapBlockOwned::Legacy(LegacyPcapBlock { data: bytes, origlen, .. }) => {
                Some(Frame { offset, link_type: *link_type, bytes, length: origlen.into() })
            }
            PcapBlockOwned::NG(_) => None,
        };
        Ok((length, frame))
    }
}

impl From<PcapError<&[u8]>> for Stop {
    fn from(error: PcapError<&[u8]>) -> Self {
        match error {
            PcapError::Eof
            | PcapError::Incomplete(_)
            | PcapError::UnexpectedEof
            | PcapError::BufferTooSmall => Self::Short,
            error => Self::Broken(what(&error)),
        }
    }
}

impl From<nom::Err<PcapError<&[u8]>>> for Stop {
    fn from(error: nom::Err<PcapError<&[u8]>>) -> Self {
        match error {
            nom::Err::Incomplete(_) => Self::Short,
            nom::Err::Error(error) | nom::Err::Failure(error) => error.into(),
        }
    }
}

/// Reads on: false at the end, an error if that is in the middle of a packet or block.
fn more(reader: &mut dyn PcapReaderIterator, offset: u64) -> Result<bool, Fault> {
    let before = reader.data().len();
    reader.refill().map_err(|error| Fault { offset, what: what(&error) })?;
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

fn what(error: &PcapError<&[u8]>) -> String {
    match error {
        PcapError::HeaderNotRecognized => "neither pcap nor pcapng starts like this",
        PcapError::Eof | PcapError::UnexpectedEof | PcapError::Incomplete(_) => {
            "the file ends before its header does"
        }
        PcapError::ReadError => "the file cannot be read on",
        PcapError::NomError(..) | PcapError::OwnedNomError(..) => {
            "what stands there is no packet and no block"
        }
        PcapError::BufferTooSmall => "a packet or block is too long",
    }
    .to_owned()
}
