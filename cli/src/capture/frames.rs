//! The frames of a capture file, pcap or pcapng.

use super::blocks::{Section, starts_section};
use super::pcap::Pcap;
use std::io::{self, Read};

/// The number of bytes to read at a time.
const CHUNK: u64 = 1 << 20;

/// The most bytes in a packet or block. Only damaged files contain longer ones.
pub(super) const LIMIT: usize = 1 << 24;

/// A captured frame.
pub struct Frame<'f> {
    /// The link type, as capture files number them.
    pub link_type: u32,
    /// The captured bytes.
    pub bytes: &'f [u8],
    /// The length on the wire in bytes.
    pub length: u64,
}

/// A piece of a capture file.
pub enum Piece<'f> {
    /// A frame.
    Frame(Frame<'f>),
    /// A block of an unsupported type, which may contain a packet.
    Unread(u32),
}

/// An error in a capture file, with its place.
#[derive(Debug)]
pub struct CaptureError {
    /// In bytes from the start of the file, after decompression.
    pub offset: u64,
    /// The error in words, such as `found pcap version 3.0`.
    pub what: String,
}

/// Why the next frame cannot be read.
pub(super) enum ReadError {
    /// More bytes are needed.
    Short,
    Broken(String),
}

/// An error in these words.
pub(super) fn broken<T>(what: impl Into<String>) -> Result<T, ReadError> {
    Err(ReadError::Broken(what.into()))
}

/// Calls `each` with every piece of a file, until the file ends, an error occurs, or `each` returns false.
///
/// # Errors
///
/// Fails if the file is not pcap or pcapng, ends inside a packet or block, is damaged, or cannot be read.
pub fn frames(mut file: impl Read, mut each: impl FnMut(Piece<'_>) -> bool) -> Result<(), CaptureError> {
    let mut format = FileFormat::Unknown;
    let (mut offset, mut read, mut used, mut end) = (0, Vec::new(), 0, None);
    loop {
        let what = match (format.next(&read[used..]), &end) {
            (Ok((length, piece)), _) => {
                if !piece.is_none_or(&mut each) {
                    return Ok(());
                }
                used += length;
                offset += length as u64;
                continue;
            }
            (Err(ReadError::Broken(what)), _) => what,
            (Err(ReadError::Short), None) => {
                read.drain(..used);
                used = 0;
                // If a packet or block does not end in these bytes, read twice as many. An error comes after them.
                let chunk = CHUNK.max(read.len() as u64);
                end = match file.by_ref().take(chunk).read_to_end(&mut read) {
                    Ok(0) => Some(None),
                    Ok(_) => None,
                    Err(error) => Some(Some(error)),
                };
                continue;
            }
            (_, Some(Some(error))) if error.kind() == io::ErrorKind::UnexpectedEof => {
                "the compressed file ends here".to_owned()
            }
            (_, Some(Some(error))) => format!("cannot be read further: {error}"),
            _ if matches!(format, FileFormat::Unknown) => "the file ends inside its header".to_owned(),
            _ if read.len() == used => return Ok(()),
            _ => format!("the file ends {} bytes into a packet or block", read.len() - used),
        };
        return Err(CaptureError { offset, what });
    }
}

/// The format of a file, and what its headers have said so far.
enum FileFormat {
    Unknown,
    Pcap(Pcap),
    PcapNg(Section),
}

impl FileFormat {
    /// The length of the next packet, block or header, and its piece if it is one.
    fn next<'f>(&mut self, data: &'f [u8]) -> Result<(usize, Option<Piece<'f>>), ReadError> {
        match self {
            Self::Unknown if data.len() < 4 => Err(ReadError::Short),
            Self::Unknown if starts_section(data) => {
                *self = Self::PcapNg(Section::default());
                self.next(data)
            }
            Self::Unknown => {
                let header = data.first_chunk().ok_or(ReadError::Short)?;
                let Some(pcap) = Pcap::new(header)? else {
                    return broken("neither pcap nor pcapng starts like this");
                };
                *self = Self::Pcap(pcap);
                Ok((header.len(), None))
            }
            Self::Pcap(pcap) => pcap.packet(data).map(|(length, frame)| (length, Some(Piece::Frame(frame)))),
            Self::PcapNg(section) => section.block(data),
        }
    }
}
