//! All frames together.

use super::frames::SECOND;
use super::tally::Traffic;
use indicatif::HumanCount;
use std::fmt;

/// The frames of all files: how many, and from when to when.
#[derive(Default)]
pub struct Total {
    pub files: u64,
    pub traffic: Traffic,
    /// The times of the first and the last frame, in nanoseconds since 1970.
    times: Option<[u64; 2]>,
}

impl Total {
    pub fn add(&mut self, length: u64, time: Option<u64>) {
        self.traffic = self.traffic.plus(Traffic { packets: 1, bytes: length });
        if let Some(time) = time {
            let [first, last] = self.times.unwrap_or([time; 2]);
            self.times = Some([first.min(time), last.max(time)]);
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number, what| format!("{} {what}{}", HumanCount(number), if number == 1 { "" } else { "s" });
        let Self { files, traffic: Traffic { packets, bytes }, times } = *self;
        write!(f, "Total: {}, {}, {}", count(packets, "packet"), count(bytes, "byte"), count(files, "file"))?;
        let Some([first, last]) = times else { return Ok(()) };
        let micros = (last - first) / 1000;
        write!(f, ", {} to {} ({}.{:06} s)", utc(first), utc(last), micros / 1_000_000, micros % 1_000_000)
    }
}

/// A time as RFC 3339 writes it.
fn utc(time: u64) -> String {
    let (seconds, micros) = (time / SECOND, time % SECOND / 1000);
    // The days since March 1 of the year 0, so that a leap day is the last one of its year.
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (year, month, day) = (400 * era + year + month / 10, (month + 2) % 12 + 1, day - (153 * month + 2) / 5 + 1);
    let [hour, minute, second] = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60];
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}Z")
}
