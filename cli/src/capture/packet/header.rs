//! What is left of a frame.

use super::Skipped;

/// Headers are taken off the front. What is not there cannot be taken.
pub struct Bytes<'f>(pub &'f [u8]);

impl<'f> Bytes<'f> {
    /// Takes a header of this length off.
    pub fn take(&mut self, length: usize) -> Result<&'f [u8], Skipped> {
        let (header, rest) = self.0.split_at_checked(length).ok_or(Skipped::NoPorts)?;
        self.0 = rest;
        Ok(header)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Skipped> {
        let (header, rest) = self.0.split_first_chunk().ok_or(Skipped::NoPorts)?;
        self.0 = rest;
        Ok(*header)
    }

    /// In the byte order of networks.
    pub fn u16(&mut self) -> Result<u16, Skipped> {
        self.array().map(u16::from_be_bytes)
    }

    /// The first byte, which stays.
    pub fn first(&self) -> Result<u8, Skipped> {
        self.0.first().copied().ok_or(Skipped::NoPorts)
    }

    /// Leaves this length at the most: behind it there is padding.
    pub fn limit(&mut self, length: usize) {
        self.0 = self.0.get(..length).unwrap_or(self.0);
    }
}
