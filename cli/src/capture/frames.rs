//! The frames of a capture file, pcap or pcapng.

use super::blocks::{Numbers, Section, starts_section};
use super::packet::PacketError;
use std::io::{self, ErrorKind::UnexpectedEof, Read};

/// The most bytes in a packet or block. Only damaged files contain longer ones.
pub(super) const LIMIT: usize = 1 << 24;

/// A second in nanoseconds.
pub(super) const SECOND: u64 = 1_000_000_000;

/// A frame, or a block of another type that may contain one.
pub struct Frame<'f> {
    /// As capture files number link types, or the type of the block.
    pub link_type: Result<u32, PacketError>,
    pub bytes: &'f [u8],
    /// The length on the wire in bytes.
    pub length: u64,
    /// When it was captured, in nanoseconds since 1970.
    pub time: Option<u64>,
}

/// Why a file cannot be read, or not to its end.
#[derive(Debug)]
pub enum CaptureError {
    /// The file is no capture. It starts with these bytes.
    Other(Vec<u8>),
    /// The offset in bytes from the start of the file, after decompression, and the error in words.
    Damaged(u64, String),
}

/// Why the next frame cannot be read.
pub(super) enum ReadError {
    /// More bytes are needed.
    Short,
    Other,
    Broken(String),
}

pub(super) fn broken<T>(what: impl Into<String>) -> Result<T, ReadError> {
    Err(ReadError::Broken(what.into()))
}

/// Calls `each` with every frame of a file, until the file ends, an error occurs, or `each` returns false.
///
/// # Errors
///
/// Fails if the file is not pcap or pcapng, ends inside a packet or block, is damaged, or cannot be read.
pub fn frames(mut file: impl Read, mut each: impl FnMut(Frame<'_>) -> bool) -> Result<(), CaptureError> {
    let mut format = FileFormat::Unknown;
    let (mut offset, mut read, mut used, mut end) = (0, Vec::new(), 0, None::<io::Result<()>>);
    let what = loop {
        match format.next(&read[used..]) {
            Ok((length, frame)) => {
                if !frame.is_none_or(&mut each) {
                    return Ok(());
                }
                used += length;
                offset += length as u64;
            }
            Err(ReadError::Broken(what)) => break what,
            Err(ReadError::Other) => return Err(CaptureError::Other(read)),
            Err(ReadError::Short) => match end {
                None => {
                    read.drain(..used);
                    used = 0;
                    // If a packet or block does not end in these bytes, read twice as many. An error comes after them.
                    let chunk = (1 << 20).max(read.len() as u64);
                    let length = file.by_ref().take(chunk).read_to_end(&mut read);
                    end = length.map_or_else(|error| Some(Err(error)), |length| (length == 0).then_some(Ok(())));
                }
                Some(Err(error)) if error.kind() == UnexpectedEof => break "the compressed file ends here".to_owned(),
                Some(Err(error)) => break format!("cannot be read further: {error}"),
                _ if matches!(format, FileFormat::Unknown) => break "the file ends inside its header".to_owned(),
                _ if read.len() == used => return Ok(()),
                _ => break format!("the file ends {} bytes into a packet or block", read.len() - used),
            },
        }
    };
    Err(CaptureError::Damaged(offset, what))
}

/// The format of a file, and what its headers have said so far.
enum FileFormat {
    Unknown,
    Pcap(Pcap),
    PcapNg(Section),
}

impl FileFormat {
    /// The length of the next packet, block or header, and its frame if it is one.
    fn next<'f>(&mut self, data: &'f [u8]) -> Result<(usize, Option<Frame<'f>>), ReadError> {
        match self {
            Self::Unknown if starts_section(data) => {
                *self = Self::PcapNg(Section::default());
                self.next(data)
            }
            Self::Unknown => {
                let (length, pcap) = Pcap::new(data)?;
                *self = Self::Pcap(pcap);
                Ok((length, None))
            }
            Self::Pcap(pcap) => pcap.packet(data).map(|(length, frame)| (length, Some(frame))),
            Self::PcapNg(section) => section.block(data),
        }
    }
}

/// The first four bytes of a file. They give the precision of its times, or say that packets have longer headers.
const MICROSECONDS: u32 = 0xa1b2_c3d4;
const NANOSECONDS: u32 = 0xa1b2_3c4d;
const MODIFIED: u32 = 0xa1b2_cd34;

/// The most bytes of a packet that common programs capture. The header of a file may allow more.
const LONGEST: usize = 262_144;

/// The header of a file.
struct Pcap {
    link_type: u32,
    big_endian: bool,
    minor: u16,
    packet_header: usize,
    longest: usize,
    /// The nanoseconds in a unit of times.
    unit: u64,
}

impl Pcap {
    /// Reads the header of a file, and gives its length.
    fn new(data: &[u8]) -> Result<(usize, Self), ReadError> {
        let magic = u32::from_le_bytes(*data.first_chunk().ok_or(ReadError::Short)?);
        let is_pcap = |magic| [MICROSECONDS, NANOSECONDS, MODIFIED].contains(&magic);
        let big_endian = match (is_pcap(magic), is_pcap(magic.swap_bytes())) {
            (true, _) => false,
            (_, true) => true,
            _ => return Err(ReadError::Other),
        };
        let numbers = Numbers { bytes: data.get(..24).ok_or(ReadError::Short)?, big_endian };
        let (major, minor) = (numbers.u16(4)?, numbers.u16(6)?);
        if major != 2 || minor > 4 {
            return broken(format!("found pcap version {major}.{minor}; expected version 2.0 to 2.4"));
        }
        let packet_header = if numbers.u32(0)? == MODIFIED { 24 } else { 16 };
        let unit = if numbers.u32(0)? == NANOSECONDS { 1 } else { 1000 };
        let (link_type, longest) = (numbers.u32(20)?, (numbers.u32(16)? as usize).clamp(LONGEST, LIMIT));
        Ok((24, Self { link_type, big_endian, minor, packet_header, longest, unit }))
    }

    /// The packet at this offset, and its length including the header.
    fn packet<'f>(&self, data: &'f [u8]) -> Result<(usize, Frame<'f>), ReadError> {
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
        let time = u64::from(numbers.u32(0)?) * SECOND + u64::from(numbers.u32(4)?) * self.unit;
        let frame = Frame { link_type: Ok(self.link_type), bytes, length: length.into(), time: Some(time) };
        Ok((self.packet_header + captured, frame))
    }
}
