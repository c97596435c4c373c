//! Port numbers and ranges of them.

use super::excerpt::Excerpt;
use super::pad::pad;
use core::fmt;
use core::ops::RangeInclusive;
use core::str::FromStr;

/// One port or several consecutive ones, both ends included. It displays and parses as the registry writes it.
///
/// ```
/// let x11: iana_ports::PortRange = "6000-6063".parse().unwrap();
/// assert_eq!((x11.first(), x11.last(), x11.count()), (6000, 6063, 64));
/// assert!(x11.contains(6063) && !x11.contains(6064) && !x11.is_single());
/// assert_eq!(iana_ports::PortRange::single(443).to_string(), "443");
/// assert!("9-3".parse::<iana_ports::PortRange>().is_err() && iana_ports::PortRange::new(9, 3).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    first: u16,
    last: u16,
}

impl PortRange {
    /// The ports from `first` to `last`, or `None` if `last` is the lower.
    pub const fn new(first: u16, last: u16) -> Option<Self> {
        if first <= last { Some(Self { first, last }) } else { None }
    }

    /// A single port.
    pub const fn single(port: u16) -> Self {
        Self { first: port, last: port }
    }

    /// A range whose ends are in order.
    pub(crate) const fn from_ends(first: u16, last: u16) -> Self {
        Self { first, last }
    }

    /// The lowest port.
    pub const fn first(self) -> u16 {
        self.first
    }

    /// The highest port; it belongs to the range.
    pub const fn last(self) -> u16 {
        self.last
    }

    /// How many ports there are, 1 to 65,536.
    pub const fn count(self) -> u32 {
        self.last as u32 - self.first as u32 + 1
    }

    /// True if the range is a single port.
    pub const fn is_single(self) -> bool {
        self.first == self.last
    }

    /// True if the port is in the range.
    pub const fn contains(self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }
}

from!(PortRange, |port: u16| Self::single(port));

/// The ports in ascending order.
impl IntoIterator for PortRange {
    type Item = u16;
    type IntoIter = RangeInclusive<u16>;

    fn into_iter(self) -> RangeInclusive<u16> {
        self.first..=self.last
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = self;
        pad(f, &|f| if first == last { write!(f, "{first}") } else { write!(f, "{first}-{last}") })
    }
}

/// Parses a decimal number from 0 to 65535, or two of them with a hyphen between. Nothing is trimmed.
impl FromStr for PortRange {
    type Err = ParsePortRangeError;

    fn from_str(text: &str) -> Result<Self, ParsePortRangeError> {
        Self::read(text).map_err(|kind| ParsePortRangeError { kind, text: Excerpt::of(text) })
    }
}

impl PortRange {
    /// Parses as [`FromStr`] does; an error says only what is wrong, not with which text.
    pub(crate) fn read(text: &str) -> Result<Self, ParsePortRangeErrorKind> {
        match text.split_once('-') {
            Some((first, last)) => Self::new(port(first)?, port(last)?).ok_or(ParsePortRangeErrorKind::Reversed),
            None => port(text).map(Self::single),
        }
    }
}

/// Parses a decimal number. The standard library's parser would also accept a sign, and make programs larger.
#[inline(never)] // one copy for both ends of a range
fn port(digits: &str) -> Result<u16, ParsePortRangeErrorKind> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ParsePortRangeErrorKind::NotANumber);
    }
    let add = |number: u16, digit: u8| number.checked_mul(10)?.checked_add(u16::from(digit - b'0'));
    digits.bytes().try_fold(0, add).ok_or(ParsePortRangeErrorKind::TooLarge)
}

/// Text that is neither a port number nor a range of port numbers.
///
/// ```
/// let error = "9-3".parse::<iana_ports::PortRange>().unwrap_err();
/// assert_eq!(error.kind(), iana_ports::ParsePortRangeErrorKind::Reversed);
/// assert_eq!(error.to_string(), "the range \"9-3\" runs backwards");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsePortRangeError {
    kind: ParsePortRangeErrorKind,
    text: Excerpt,
}

impl ParsePortRangeError {
    /// The kind of the error, without text.
    #[allow(dead_code, reason = "the generator has no use for it")]
    pub const fn kind(&self) -> ParsePortRangeErrorKind {
        self.kind
    }
}

/// The kind of a [`ParsePortRangeError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParsePortRangeErrorKind {
    /// An end is not a number.
    NotANumber,
    /// An end is over 65535.
    TooLarge,
    /// The second end is the lower one.
    Reversed,
}

error!(ParsePortRangeError, |self, f| {
    use ParsePortRangeErrorKind::{NotANumber, Reversed, TooLarge};
    let text = &self.text;
    match self.kind {
        NotANumber => write!(f, "{text} is not a port number or a range such as 6000-6063"),
        TooLarge => write!(f, "{text} is over 65535, the largest port number"),
        Reversed => write!(f, "the range {text} runs backwards"),
    }
});
