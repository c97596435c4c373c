//! The steps through a frame.

use super::{Dissected, PacketError};

/// The most headers in a frame. Frames with more headers exist only to waste time.
const DEEPEST: usize = 32;

/// How far a frame is read. Each step takes a header off the front of the rest, or fails because the rest is too short.
/// So the code never reads beyond the frame, whatever lengths a header contains.
pub struct Walk<'f> {
    pub rest: &'f [u8],
    /// True if tunnels are not read.
    pub outer: bool,
    /// The number of headers so far.
    pub depth: usize,
    /// True if the last link layer sends the frame to all stations.
    pub to_all: bool,
    /// What the headers so far contain.
    pub found: Dissected,
}

/// Fails if the headers that follow contain no transport, or if it cannot be read.
pub type Step = Result<(), PacketError>;

impl<'f> Walk<'f> {
    /// Counts a header.
    pub fn deeper(&mut self) -> Step {
        self.depth += 1;
        if self.depth > DEEPEST { Err(PacketError::TooDeep) } else { Ok(()) }
    }

    /// Takes a header of this length off.
    pub fn take(&mut self, length: usize) -> Result<&'f [u8], PacketError> {
        let (header, rest) = self.rest.split_at_checked(length).ok_or(PacketError::NoPorts)?;
        self.rest = rest;
        Ok(header)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], PacketError> {
        let header = self.peek()?;
        self.rest = &self.rest[N..];
        Ok(header)
    }

    /// The first bytes, without taking them off.
    pub fn peek<const N: usize>(&self) -> Result<[u8; N], PacketError> {
        self.rest.first_chunk().copied().ok_or(PacketError::NoPorts)
    }

    /// A number in network byte order.
    pub fn u16(&mut self) -> Result<u16, PacketError> {
        self.array().map(u16::from_be_bytes)
    }

    /// Cuts the rest to at most this length, because padding follows.
    pub fn limit(&mut self, length: usize) {
        self.rest = self.rest.get(..length).unwrap_or(self.rest);
    }
}
