//! Dates and times of day of the proleptic Gregorian calendar, as RFC 3339 writes them.

use std::ops::RangeInclusive;

/// The seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// The seconds, counted from 1970-01-01T00:00:00Z, of the years 0000 to 9999.
pub(crate) const SECONDS: RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Returns the year, month and day of a day counted from 1970-01-01.
///
/// Years are counted from March, so that the leap day is the last: "days to civil" of Howard
/// Hinnant.
pub(crate) const fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + (month <= 2) as i64, month, day)
}

/// Returns the day, counted from 1970-01-01, of a date.
const fn day(year: i64, month: i64, day: i64) -> i64 {
    let year = year - (month <= 2) as i64;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Reads an RFC 3339 instant: seconds since 1970-01-01T00:00:00Z, rounded down, and nanoseconds.
///
/// Between date and time stands `T`, `t` or a space. A second 60 is read as 59.
pub(crate) fn read(text: &str) -> Option<(i64, u32)> {
    let mut rest = Rest(text.as_bytes());
    let year = rest.number(4)?;
    rest.one_of(b"-")?;
    let month = rest.number(2)?;
    rest.one_of(b"-")?;
    let day_of_month = rest.number(2)?;
    rest.one_of(b"Tt ")?;
    let hour = rest.number(2)?;
    rest.one_of(b":")?;
    let minute = rest.number(2)?;
    rest.one_of(b":")?;
    let second = rest.number(2)?;
    let nanos = rest.fraction()?;
    let offset = rest.offset()?;
    let day = day(year, month, day_of_month);
    // A day that the month does not have comes back as another date.
    let real = (1..=12).contains(&month) && date(day) == (year, month, day_of_month);
    if !real || hour > 23 || minute > 59 || second > 60 || !rest.0.is_empty() {
        return None;
    }
    let time = hour * 3600 + minute * 60 + second.min(59);
    Some((day * DAY + time - offset, nanos))
}

/// What is still to be read.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    /// Takes one of those bytes.
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        bytes.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    /// Takes a number of exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 10 + i64::from(self.one_of(b"0123456789")? - b'0');
        }
        Some(number)
    }

    /// Takes a fraction, if there is one, as nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        if self.one_of(b".").is_none() {
            return Some(0);
        }
        let (mut nanos, mut unit) = (0, 100_000_000);
        while let Some(digit) = self.one_of(b"0123456789") {
            if unit == 0 {
                return None;
            }
            nanos += u32::from(digit - b'0') * unit;
            unit /= 10;
            if !self.0.first().is_some_and(u8::is_ascii_digit) {
                return Some(nanos);
            }
        }
        None
    }

    /// Takes the offset, as seconds east of UTC.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hour = self.number(2)?;
        self.one_of(b":")?;
        let minute = self.number(2)?;
        (hour < 24 && minute < 60).then_some(sign * (hour * 3600 + minute * 60))
    }
}
