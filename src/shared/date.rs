//! Dates as the registry writes them.

use super::excerpt::Excerpt;
use super::pad::pad;
use core::num::NonZeroU8;
use core::str::FromStr;

/// A month or a day, such as `2010-11` or `2024-10-08`.
///
/// Dates sort by time, and a month without a day comes before its days. They display and parse in ISO 8601 form.
///
/// ```
/// let day: iana_ports::Date = "2024-10-08".parse().unwrap();
/// assert_eq!((day.year(), day.month(), day.day()), (2024, 10, Some(8)));
/// assert!(iana_ports::Date::new(2024, 10, None).unwrap() < day);
/// assert_eq!(iana_ports::Date::new(2023, 2, Some(29)), None);
/// assert!("8 October 2024".parse::<iana_ports::Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: Option<NonZeroU8>,
}

impl Date {
    /// A date, or `None` unless the year is at most 9999, the month 1 to 12 and the day one that the month has.
    pub const fn new(year: u16, month: u8, day: Option<u8>) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + leap as u8,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        match day {
            Some(day) if day == 0 || day > days => None,
            _ if year > 9999 => None,
            _ => Some(Self::from_parts(year, month, if let Some(day) = day { day } else { 0 })),
        }
    }

    /// A valid date; day 0 stands for no day.
    pub(crate) const fn from_parts(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day: NonZeroU8::new(day) }
    }

    /// Year, month and day, as [`from_parts`](Self::from_parts) takes them.
    pub(crate) const fn to_parts(self) -> (u16, u8, u8) {
        match self.day {
            Some(day) => (self.year, self.month, day.get()),
            None => (self.year, self.month, 0),
        }
    }

    /// The year of the Gregorian calendar.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31; `None` where only the month is known.
    pub const fn day(self) -> Option<u8> {
        map!(self.day, |day| day.get())
    }
}

display!(Date, |self, f| {
    write!(f, "{:04}-{:02}", self.year, self.month)?;
    self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
});

/// Parses what it displays: four digits, two, and optionally two more, with hyphens between.
/// Nothing is trimmed.
impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, ParseDateError> {
        let error = || ParseDateError(Excerpt::of(text));
        let number = |digits: &str, width: usize| {
            let digits = Some(digits).filter(|d| d.len() == width && d.bytes().all(|b| b.is_ascii_digit()));
            digits.and_then(|digits| digits.parse::<u16>().ok()).ok_or_else(error)
        };
        let small = |digits: &str| u8::try_from(number(digits, 2)?).map_err(|_| error());
        let (year, rest) = text.split_once('-').ok_or_else(error)?;
        let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
        Self::new(number(year, 4)?, small(month)?, day.map(small).transpose()?).ok_or_else(error)
    }
}

/// Text that is not a date.
///
/// ```
/// let error = "2023-02-29".parse::<iana_ports::Date>().unwrap_err().to_string();
/// assert_eq!(error, "\"2023-02-29\" is not a date such as 2024-10-08 or a month such as 2024-10");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseDateError(Excerpt);

error!(ParseDateError, |self, f| write!(f, "{} is not a date such as 2024-10-08 or a month such as 2024-10", self.0));
