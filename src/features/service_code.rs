//! Service codes of DCCP.

use crate::shared::pad::pad;
use core::fmt;

/// The 32 bits that name the service for which a DCCP client asks, besides the port (RFC 4340 section 8.1.2).
///
/// Displays as the four letters that its bytes are, `SC:DISC`, if RFC 4340 has a letter for each of them, and as a
/// number in decimal otherwise.
///
/// ```
/// assert_eq!(iana_ports::ServiceCode::new(1_145_656_131).to_string(), "SC:DISC");
/// assert_eq!(iana_ports::ServiceCode::new(7_107_696).to_string(), "7107696"); // its first byte is 0
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceCode(u32);

impl ServiceCode {
    /// The service code with this number.
    ///
    /// ```
    /// assert_eq!(iana_ports::ServiceCode::new(0x4449_5343).to_string(), "SC:DISC");
    /// ```
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number, in which the first letter is the highest byte.
    ///
    /// ```
    /// assert_eq!(iana_ports::ServiceCode::new(7_107_696).number(), 7_107_696);
    /// ```
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The four letters, `None` unless each byte is an ASCII letter or digit, a space or one of `*+-./?@_`.
    ///
    /// ```
    /// let letters = |number| iana_ports::ServiceCode::new(number).letters();
    /// assert_eq!((letters(1_885_957_735), letters(0)), (Some(*b"ping"), None));
    /// ```
    pub fn letters(self) -> Option<[u8; 4]> {
        let letters = self.0.to_be_bytes();
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b" *+-./?@_".contains(byte);
        letters.iter().all(is_letter).then_some(letters)
    }
}

impl fmt::Display for ServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| match self.letters() {
            Some(letters) => {
                f.write_str("SC:")?;
                letters.into_iter().try_for_each(|letter| f.write_char(letter.into()))
            }
            None => write!(f, "{}", self.0),
        })
    }
}
