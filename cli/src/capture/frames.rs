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

/// What pcap begins with, what modified pcap does, and how long the header is.
const PCAP: u32 = 0xa1b2_c3d4;
const MODIFIED: u32 = 0xa1b2_cd34;
const PCAP_HEADER: usize = 24;

/// A packet as it was captured.
pub struct Frame<'f> {
    pub link_type: Linktype,
    /// What was captured of it.
    pub bytes: &'f [u8],
    /// Its bytes on the wire.
    pub length: u64,
}

/// What a file is made of.
pub enum Piece<'f> {
    Frame(Frame<'f>),
    /// A block of this type, which may hold a packet and is not read here.
    Unread(u32),
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
pub fn frames(mut file: impl Read, mut each: impl FnMut(Piece<'_>)) -> Result<(), Fault> {
    let mut format = Format::Unknown;
    let (mut offset, mut read, mut used) = (0, Vec::new(), 0);
    loop {
        let what = match format.next(&read[used..]) {
            Ok((length, piece)) => {
                if let Some(piece) = piece {
                    each(piece);
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

/// As `parse_pcap_frame_modified` does, of numbers in the other byte order.
fn modified_be(data: &[u8]) -> IResult<&[u8], LegacyPcapBlock<'_>, PcapError<&[u8]>> {
    let (rest, packet) = parse_pcap_frame_be(data)?;
    // Behind the header that it has too there are 8 bytes more, and pcap-parser has taken the packet from there.
    let length = packet.caplen as usize;
    let body = &data[data.len() - rest.len() - length..];
    match body.get(8..8 + length) {
        Some(bytes) => Ok((&body[8 + length..], LegacyPcapBlock { data: bytes, ..packet })),
        None => Err(Parsed::Incomplete(pcap_parser::nom::Needed::Unknown)),
    }
}

/// What a file has told so far.
enum Format {
    Unknown,
    Pcap { link_type: Linktype, parse: Parse },
    PcapNg(Section),
}

impl Format {
    /// The length of what is at this offset, and the packet if it is one.
    fn next<'f>(&mut self, data: &'f [u8]) -> Result<(usize, Option<Piece<'f>>), Stop> {
        match self {
            Self::Unknown if data.len() < 4 => Err(Stop::Short),
            Self::Unknown if starts_section(data) => {
                *self = Self::PcapNg(Section::default());
                self.next(data)
            }
            Self::Unknown => {
                // pcap-parser takes this magic number for none.
                let is_modified_be = data.starts_with(&MODIFIED.to_be_bytes());
                let mut start = data.first_chunk::<PCAP_HEADER>().copied().ok_or(Stop::Short)?;
                if is_modified_be {
                    start[..4].copy_from_slice(&PCAP.to_be_bytes());
                }
                let (_, header) = parse_pcap_header(&start)?;
                if header.version_major != 2 {
                    let (major, minor) = (header.version_major, header.version_minor);
                    return Err(Stop::Broken(format!(
                        "this is pcap of version {major}.{minor}; read is version 2"
                    )));
                }
                let parse = match (header.is_modified_format(), header.is_bigendian()) {
                    _ if is_modified_be => modified_be,
                    (true, _) => parse_pcap_frame_modified,
                    (false, true) => parse_pcap_frame_be,
                    (false, false) => parse_pcap_frame,
                };
                *self = Self::Pcap { link_type: header.network, parse };
                Ok((PCAP_HEADER, None))
            }
            Self::Pcap { link_type, parse } => {
                let (rest, packet) = parse(data)?;
                let frame =
                    Frame { link_type: *link_type, bytes: packet.data, length: packet.origlen.into() };
                Ok((data.len() - rest.len(), Some(Piece::Frame(frame))))
            }
            Self::PcapNg(section) => section.block(data),
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
