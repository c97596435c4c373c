//! The rest of a frame.

use super::PacketError;

/// The rest of a frame. Headers are taken off its front, as far as it is long enough.
pub struct Rest<'f>(pub &'f [u8]);

impl<'f> Rest<'f> {
    /// Takes a header of this length off.
    pub fn take(&mut self, length: usize) -> Result<&'f [u8], PacketError> {
        let (header, rest) = self.0.split_at_checked(length).ok_or(PacketError::NoPorts)?;
        self.0 = rest;
        Ok(header)
    }

    /// Skips this many bytes.
    pub fn skip(&mut self, length: usize) -> Result<&mut Self, PacketError> {
        self.take(length)?;
        Ok(self)
    }

    /// Skips the rest of a header of this length, of which some bytes were already taken off.
    pub fn skip_rest_of(&mut self, length: usize, taken: usize) -> Result<&mut Self, PacketError> {
        self.skip(length.checked_sub(taken).ok_or(PacketError::NoPorts)?)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], PacketError> {
        let (header, rest) = self.0.split_first_chunk().ok_or(PacketError::NoPorts)?;
        self.0 = rest;
        Ok(*header)
    }

    /// A number in network byte order.
    pub fn u16(&mut self) -> Result<u16, PacketError> {
        self.array().map(u16::from_be_bytes)
    }

    /// The first byte, without taking it off.
    pub fn first(&self) -> Result<u8, PacketError> {
        self.0.first().copied().ok_or(PacketError::NoPorts)
    }

    /// Cuts the rest to at most this length, because padding follows.
    pub fn limit(&mut self, length: usize) {
        self.0 = self.0.get(..length).unwrap_or(self.0);
    }
}
