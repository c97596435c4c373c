//! Dates as the registry writes them: `2026-09-12` or `2010-11`.

use super::error::{Fault, Problem, excerpt};
use super::schema::Field;
use super::tables::at_most;

/// A day or a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    /// 0 where only the month is known.
    pub day: u8,
}

impl Date {
    /// Reads a date; `place` is what an error tells to correct.
    pub fn read(field: &Field, place: &'static str) -> Result<Self, Fault> {
        let bad = || Fault::at(field.offset, Problem::BadDate { found: excerpt(&field.text), place });
        Self::parse(&field.text).ok_or_else(bad)
    }

    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |part: &str, width: usize| {
            let digits = part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse::<u16>().ok() } else { None }
        };
        let (year, month, day) = match *parts {
            [year, month] => (number(year, 4)?, number(month, 2)?, 0),
            [year, month, day] => (number(year, 4)?, number(month, 2)?, number(day, 2).filter(|&d| d > 0)?),
            _ => return None,
        };
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u16::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let small = |number: u16| u8::try_from(number).ok();
        if day > days { None } else { Some(Self { year, month: small(month)?, day: small(day)? }) }
    }

    /// The date in 16 bits: years since `first`, month, day.
    pub fn pack(self, first: u16) -> usize {
        usize::from(self.year - first) << 9 | usize::from(self.month) << 5 | usize::from(self.day)
    }
}

/// The first year of some dates, which must not be too far apart to be packed.
pub fn first_year(dates: impl Iterator<Item = Date> + Clone) -> Result<u16, Fault> {
    let first = dates.clone().map(|date| date.year).min().unwrap_or_default();
    let last = dates.map(|date| date.year).max().unwrap_or_default();
    at_most("years from the first date to the last", usize::from(last - first) + 1, 1 << 7)?;
    Ok(first)
}
