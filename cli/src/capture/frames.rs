//! A capture file, pcap or pcapng, as frames.

use super::blocks::{Section, starts_section};
use super::pcap::Pcap;
use pcap_parser::Linktype;
use std::io::{self, Read};

/// What is read at a time, and what one packet or block may take at the most.
const CHUNK: u64 = 1 << 20;
const LIMIT: usize = 1 << 26;

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

/// What a file has told so far.
enum Format {
    Unknown,
    Pcap(Pcap),
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
                let header = data.first_chunk().ok_or(Stop::Short)?;
                let Some(pcap) = Pcap::new(header)? else {
                    return Err(Stop::Broken("neither pcap nor pcapng starts like this".to_owned()));
                };
                *self = Self::Pcap(pcap);
                Ok((header.len(), None))
            }
            Self::Pcap(pcap) => pcap.packet(data).map(|(length, frame)| (length, Some(Piece::Frame(frame)))),
            Self::PcapNg(section) => section.block(data),
        }
    }
}
