//! A capture file, pcap or pcapng, as frames.

use super::blocks::{Section, starts_section};
use pcap_parser::nom::{Err as Parsed, IResult};
use pcap_parser::{
    LegacyPcapBlock, Linktype, PcapError, parse_pcap_frame, parse_pcap_frame_be, parse_pcap_frame_modified,
    parse_pcap_header,
};
use std::io::{self, Read};

/// What is read at a time, and what one packet or block may take at the most.
const CHUNK: u64 = 1 << 20;
const LIMIT: usize = 1 << 26;

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
pub enum Stop {
    /// What was read is not all of it.
    Short,
    Broken(String),
}

/// Hands all frames over, up to the end or to what is broken.
pub fn frames(mut file: impl Read, mut each: impl FnMut(Frame<'_>)) -> Result<(), Fault> {
    let mut format = Format::Unknown;
    let (mut offset, mut read, mut used) = (0, Vec::new(), 0);
    loop {
        let what = match format.next(offset, &read[used..]) {
            Ok((length, frame)) => {
                if let Some(frame) = frame {
                    each(frame);
                }
                used += length;
                offset += length as u64;
                continue;
            }
            Err(Stop::Broken(what)) => what,
            Err(Stop::Short) => {
                read.drain(..used);
                used = 0;
                match more(&mut file, &mut read) {
                    Ok(true) => continue,
                    Ok(false) if matches!(format, Format::Unknown) => {
                        "the file ends before its header does".to_owned()
                    }
                    Ok(false) if read.is_empty() => return Ok(()),
                    Ok(false) => format!("the file ends {} bytes into a packet or block", read.len()),
                    Err(error) => format!("it cannot be read on: {error}"),
                }
            }
        };
        return Err(Fault { offset, what });
    }
}

/// Reads on: false at the end.
fn more(file: &mut impl Read, read: &mut Vec<u8>) -> io::Result<bool> {
    if read.len() >= LIMIT {
        let what = format!("a packet or block claims to be longer than {} MiB", LIMIT >> 20);
        return Err(io::Error::other(what));
    }
    // As much again as there is, for what does not end in it.
    let chunk = CHUNK.max(read.len() as u64);
    Ok(file.by_ref().take(chunk).read_to_end(read)? > 0)
}

/// How pcap-parser reads a packet in this kind of pcap.
type Parse = fn(&[u8]) -> IResult<&[u8], LegacyPcapBlock<'_>, PcapError<&[u8]>>;

/// What a file has told so far.
enum Format {
    Unknown,
    Pcap { link_type: Linktype, parse: Parse },
    PcapNg(Section),
}

impl Format {
    /// The length of what is at this offset, and the packet if it is one.
    fn next<'f>(&mut self, offset: u64, data: &'f [u8]) -> Result<(usize, Option<Frame<'f>>), Stop> {
        match self {
            Self::Unknown if data.len() < 4 => Err(Stop::Short),
            Self::Unknown if starts_section(data) => {
                *self = Self::PcapNg(Section::default());
                self.next(offset, data)
            }
            Self::Unknown => {
                let (rest, header) = parse_pcap_header(data)?;
                let parse = match (header.is_modified_format(), header.is_bigendian()) {
                    (true, _) => parse_pcap_frame_modified,
                    (false, true) => parse_pcap_frame_be,
                    (false, false) => parse_pcap_frame,
                };
                *self = Self::Pcap { link_type: header.network, parse };
                Ok((data.len() - rest.len(), None))
            }
            Self::Pcap { link_type, parse } => {
                let (rest, packet) = parse(data)?;
                let (link_type, bytes) = (*link_type, packet.data);
                let frame = Frame { offset, link_type, bytes, length: packet.origlen.into() };
                Ok((data.len() - rest.len(), Some(frame)))
            }
            Self::PcapNg(section) => section.block(offset, data),
        }
    }
}

impl From<Parsed<PcapError<&[u8]>>> for Stop {
    fn from(error: Parsed<PcapError<&[u8]>>) -> Self {
        match error {
            Parsed::Incomplete(_) => Self::Short,
            Parsed::Error(PcapError::HeaderNotRecognized)
            | Parsed::Failure(PcapError::HeaderNotRecognized) => {
                Self::Broken("neither pcap nor pcapng starts like this".to_owned())
            }
            _ => Self::Broken("what stands there is no packet and no block".to_owned()),
        }
    }
}
