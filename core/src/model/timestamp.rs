//! Instants as RFC 3339 text. There is no `now()`: an instant is always an argument.

use serde::Deserialize;
use serde::Serialize;
use thiserror::Error;

use crate::model::civil;

/// An instant of the years 0000 to 9999, read with any offset, printed in UTC with `Z`.
///
/// A leap second (`:60`) is read as the second before it; digits of a fraction beyond the ninth
/// are refused.
///
/// # Example
/// ```
/// let instant: bailiwick::Timestamp = "2026-07-04T10:12:03+07:00".parse()?;
/// assert_eq!(instant.to_string(), "2026-07-04T03:12:03Z");
/// # Ok::<(), bailiwick::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    seconds: i64,
    /// What is left, below a second.
    nanos: u32,
}

/// Why a text is no instant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not an RFC 3339 instant")]
pub struct TimestampError {
    text: String,
}

impl Timestamp {
    /// Returns whole seconds since 1970-01-01T00:00:00Z, rounded towards it.
    pub fn unix_seconds(self) -> i64 {
        self.seconds + i64::from(self.seconds < 0 && self.nanos > 0)
    }

    /// Returns milliseconds since 1970-01-01T00:00:00Z, rounded towards it.
    pub fn unix_millis(self) -> i64 {
        let whole = self.seconds * 1000 + i64::from(self.nanos / 1_000_000);
        whole + i64::from(whole < 0 && !self.nanos.is_multiple_of(1_000_000))
    }

    /// Returns nanoseconds since 1970-01-01T00:00:00Z.
    pub fn unix_nanos(self) -> i128 {
        i128::from(self.seconds) * 1_000_000_000 + i128::from(self.nanos)
    }

    /// Returns the seconds from `earlier` to `self`, rounded up; negative where `earlier` is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        let millis = self.unix_millis().saturating_sub(earlier.unix_millis());
        millis.div_euclid(1000).saturating_add(i64::from(millis.rem_euclid(1000) > 0))
    }

    /// Returns the instant that lies `millis` after 1970-01-01T00:00:00Z, where it has a year of
    /// four digits.
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        let nanos = u32::try_from(millis.rem_euclid(1000)).ok()? * 1_000_000;
        Self::new(millis.div_euclid(1000), nanos)
    }

    /// Returns the instant `days` of 24 hours later, where it has a year of four digits.
    pub fn plus_days(self, days: u64) -> Option<Self> {
        let days = i64::try_from(days).ok()?.checked_mul(civil::DAY)?;
        Self::new(self.seconds.checked_add(days)?, self.nanos)
    }

    /// Appends the instant as it is printed.
    pub(crate) fn write(self, out: &mut String) {
        let (year, month, day) = civil::date(self.seconds.div_euclid(civil::DAY));
        let second = self.seconds.rem_euclid(civil::DAY);
        digits(year, 4, out);
        for (before, number) in [
            ('-', month),
            ('-', day),
            ('T', second / 3600),
            (':', second / 60 % 60),
            (':', second % 60),
        ] {
            out.push(before);
            digits(number, 2, out);
        }
        if self.nanos > 0 {
            out.push('.');
            digits(i64::from(self.nanos), 9, out);
            out.truncate(out.trim_end_matches('0').len());
        }
        out.push('Z');
    }

    fn new(seconds: i64, nanos: u32) -> Option<Self> {
        civil::SECONDS.contains(&seconds).then_some(Self { seconds, nanos })
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        civil::read(text)
            .and_then(|(seconds, nanos)| Self::new(seconds, nanos))
            .ok_or_else(|| TimestampError { text: text.chars().take(64).collect() })
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::with_capacity(LONGEST);
        self.write(&mut text);
        f.write_str(&text)
    }
}

/// Appends a number as so many digits.
fn digits(number: i64, count: u32, out: &mut String) {
    for place in (0..count).rev() {
        let digit = number / 10_i64.pow(place) % 10;
        out.push(char::from(b'0' + u8::try_from(digit).unwrap_or_default()));
    }
}

/// The bytes of an instant with all its digits.
const LONGEST: usize = 30;

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    fn read(text: &str) -> Timestamp {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn refuses_what_is_not_rfc_3339() {
        for text in [
            "",
            "2026-07-04",
            "2026-07-04T10:12",
            "yesterday",
            "2026-13-04T10:12:03Z",
            "2026-00-04T10:12:03Z",
            "2026-02-29T10:12:03Z",
            "1900-02-29T10:12:03Z",
            "2026-04-31T10:12:03Z",
            "2026-07-00T10:12:03Z",
            "2026-07-04T24:00:00Z",
            "2026-07-04T10:60:03Z",
            "2026-07-04T10:12:61Z",
            "2026-07-04T10:12:03",
            "2026-07-04T10:12:03.Z",
            "2026-07-04T10:12:03,5Z",
            "2026-07-04T10:12:03.1234567891Z",
            "2026-07-04T10:12:03+24:00",
            "2026-07-04T10:12:03+00:60",
            "2026-07-04T10:12:03+0700",
            "2026-07-04T10:12:03+07",
            "2026-07-04T10:12:03Z ",
            " 2026-07-04T10:12:03Z",
            "2026-07-04T10:12:03Z[UTC]",
            "2026-07-04_10:12:03Z",
            "20260704T101203Z+0000",
            "+02026-07-04T10:12:03Z",
            "-2026-07-04T10:12:03Z",
            "2026-07-04T1\u{664}:12:03Z",
            "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn reads_the_examples_of_rfc_3339_section_5_8() {
        for (text, printed, seconds) in [
            ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.52Z", 482_196_050),
            ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z", 851_042_397),
            ("1990-12-31T23:59:60Z", "1990-12-31T23:59:59Z", 662_687_999),
            ("1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59Z", 662_687_999),
            ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.87Z", -1_041_337_172),
        ] {
            assert_eq!(read(text).to_string(), printed, "{text}");
            assert_eq!(read(text).unix_seconds(), seconds, "{text}");
        }
    }

    #[test]
    fn reads_small_letters_a_space_and_every_offset() {
        let expected = read("2026-07-04T03:12:03Z");
        for text in [
            "2026-07-04t03:12:03z",
            "2026-07-04 03:12:03Z",
            "2026-07-04T03:12:03-00:00",
            "2026-07-04T03:12:03.000000000Z",
            "2026-07-05T03:11:03+23:59",
            "2026-07-03T03:13:03-23:59",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn prints_what_it_reads_over_all_the_years() {
        let (first, last) = (-62_167_219_200_000_i64, 253_402_300_799_999_i64);
        assert_eq!(Timestamp::from_unix_millis(first).unwrap().to_string(), "0000-01-01T00:00:00Z");
        assert_eq!(
            Timestamp::from_unix_millis(last).unwrap().to_string(),
            "9999-12-31T23:59:59.999Z"
        );
        assert_eq!(Timestamp::from_unix_millis(first - 1), None);
        assert_eq!(Timestamp::from_unix_millis(last + 1), None);
        let mut before = None;
        // A step of some 18 days, so that every month and leap year is met.
        for millis in (first..=last).step_by(1_576_800_037) {
            let instant = Timestamp::from_unix_millis(millis).unwrap();
            let text = instant.to_string();
            assert_eq!(read(&text), instant, "{text}");
            assert_eq!(instant.unix_millis(), millis, "{text}");
            assert!(before < Some(text.clone()), "{text}");
            before = Some(text);
        }
    }

    #[test]
    fn knows_every_day_of_four_centuries() {
        let mut instant = read("1996-01-01T00:00:00Z").unix_seconds();
        for year in 1996..2396 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let february = if leap { 29 } else { 28 };
            let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            for (month, length) in (1..).zip(lengths) {
                for day in 1..=length {
                    let text = format!("{year}-{month:02}-{day:02}T00:00:00Z");
                    assert_eq!(read(&text).unix_seconds(), instant, "{text}");
                    assert_eq!(read(&text).to_string(), text);
                    instant += 86_400;
                }
                let over = format!("{year}-{month:02}-{:02}T00:00:00Z", length + 1);
                assert!(over.parse::<Timestamp>().is_err(), "{over}");
            }
        }
    }

    #[test]
    fn keeps_every_digit_of_a_fraction_and_no_zero_behind_it() {
        for fraction in ["1", "01", "123456789", "000000001", "999999999", "52"] {
            let text = format!("2026-07-04T10:12:03.{fraction}Z");
            assert_eq!(read(&text).to_string(), text);
            let more = format!("1901-07-04T10:12:03.{fraction:0<9}Z");
            assert_eq!(read(&more).to_string(), format!("1901-07-04T10:12:03.{fraction}Z"));
        }
    }

    #[test]
    fn rounds_towards_1970() {
        let early = read("1969-12-31T23:59:58.9999Z");
        assert_eq!((early.unix_seconds(), early.unix_millis()), (-1, -1000));
        let late = read("1970-01-01T00:00:01.9999Z");
        assert_eq!((late.unix_seconds(), late.unix_millis()), (1, 1999));
    }

    #[test]
    fn adds_days_to_the_very_nanosecond_and_not_beyond_the_years() {
        let early = read("2024-02-28T10:12:03.000000001Z");
        assert_eq!(early.plus_days(2), Some(read("2024-03-01T10:12:03.000000001Z")));
        assert_eq!(early.plus_days(0), Some(early));
        assert_eq!(early.plus_days(u64::MAX), None);
        assert_eq!(read("9999-12-31T00:00:00Z").plus_days(1), None);
    }

    #[test]
    fn counts_a_started_second_as_a_second() {
        let early: Timestamp = "2026-07-04T10:00:00Z".parse().unwrap();
        let late: Timestamp = "2026-07-04T10:00:00.001Z".parse().unwrap();
        assert_eq!(late.seconds_since(early), 1);
        assert_eq!(early.seconds_since(late), 0);
    }
}
