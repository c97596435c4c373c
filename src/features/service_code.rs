//! Service codes of DCCP.

use crate::shared::pad::pad;

/// The 32 bits that name the service for which a DCCP client asks, besides the port (RFC 4340 section 8.1.2).
///
/// It displays as the four letters that its bytes are, `SC:DISC`, if it has [`letters`](Self::letters), and as a number
/// in decimal otherwise.
///
/// ```
/// use iana_ports::ServiceCode;
///
/// let disc = ServiceCode::new(0x4449_5343);
/// assert_eq!((disc.number(), disc.letters(), disc.to_string().as_str()), (1_145_656_131, Some(*b"DISC"), "SC:DISC"));
/// assert_eq!(ServiceCode::new(7_107_696).letters(), None); // its first byte is 0
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceCode(u32);

impl ServiceCode {
    /// The service code with this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number, in which the first letter is the highest byte.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The four letters, `None` unless each byte is an ASCII letter or digit, a space or one of `*+-./?@_`.
    pub fn letters(self) -> Option<[u8; 4]> {
        let letters = self.0.to_be_bytes();
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b" *+-./?@_".contains(byte);
        letters.iter().all(is_letter).then_some(letters)
    }
}

display!(ServiceCode, |self, f| match self.letters() {
    Some(letters) => {
        f.write_str("SC:")?;
        letters.into_iter().try_for_each(|letter| f.write_char(letter.into()))
    }
    None => write!(f, "{}", self.0),
});
