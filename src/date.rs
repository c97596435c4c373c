//! Dates as the registry gives them.

use core::fmt;
use core::num::NonZeroU8;

/// A month or a day, such as `2010-11` or `2024-10-08`.
///
/// Sorted by time; a month without a day comes before its days. Displays in ISO 8601 form.
///
/// ```
/// use iana_ports::Date;
///
/// let day = Date::new(2024, 10, Some(8)).unwrap();
/// assert_eq!(day.to_string(), "2024-10-08");
/// assert!(Date::new(2024, 10, None).unwrap() < day);
/// assert_eq!(Date::new(2024, 13, None), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: Option<NonZeroU8>,
}

impl Date {
    /// A date, or `None` unless the year is at most 9999, the month 1 to 12 and the day one that
    /// the month has.
    ///
    /// ```
    /// use iana_ports::Date;
    ///
    /// assert!(Date::new(2024, 2, Some(29)).is_some());
    /// assert!(Date::new(2023, 2, Some(29)).is_none());
    /// ```
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
            Some(day) => Some(Self::from_parts(year, month, day)),
            None => Some(Self::from_parts(year, month, 0)),
        }
    }

    /// A date known to be one; day 0 means a month.
    pub(crate) const fn from_parts(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day: NonZeroU8::new(day) }
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
    ///
    /// ```
    /// use iana_ports::Date;
    ///
    /// assert_eq!(Date::new(2024, 10, Some(8)).and_then(Date::day), Some(8));
    /// assert_eq!(Date::new(2010, 11, None).and_then(Date::day), None);
    /// ```
    pub const fn day(self) -> Option<u8> {
        match self.day {
            Some(day) => Some(day.get()),
            None => None,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}
