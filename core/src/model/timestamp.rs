//! Instants as RFC 3339 text. There is no `now()`: an instant is always an argument.

use serde::Deserialize;
use serde::Serialize;
use thiserror::Error;

/// An instant, read with any offset, printed in UTC with `Z`.
///
/// # Example
/// ```
/// let instant: bailiwick::Timestamp = "2026-07-04T10:12:03+07:00".parse()?;
/// assert_eq!(instant.to_string(), "2026-07-04T03:12:03Z");
/// # Ok::<(), bailiwick::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// Why a text is no instant.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{text}` is not an RFC 3339 instant")]
pub struct TimestampError {
    text: String,
}

impl Timestamp {
    /// Returns whole seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// Returns milliseconds since 1970-01-01T00:00:00Z.
    pub fn unix_millis(self) -> i64 {
        self.0.as_millisecond()
    }

    /// Returns the seconds from `earlier` to `self`, rounded up; negative where `earlier` is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        let millis = self.unix_millis().saturating_sub(earlier.unix_millis());
        millis
            .div_euclid(1000)
            .saturating_add(i64::from(millis.rem_euclid(1000) > 0))
    }

    /// Returns the instant that lies `millis` after 1970-01-01T00:00:00Z.
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        jiff::Timestamp::from_millisecond(millis).ok().map(Self)
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // RFC 3339 wants the `T` (or a space) and an offset; jiff also reads shorter ISO forms.
        let shaped = text.len() >= 20 && text.is_ascii() && !text.contains('[');
        let parsed = shaped
            .then(|| text.parse::<jiff::Timestamp>().ok())
            .flatten();
        parsed.map(Self).ok_or_else(|| TimestampError {
            text: text.chars().take(64).collect(),
        })
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

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

    #[test]
    fn refuses_what_is_not_rfc_3339() {
        for text in [
            "",
            "2026-07-04",
            "2026-07-04T10:12",
            "yesterday",
            "2026-13-04T10:12:03Z",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn counts_a_started_second_as_a_second() {
        let early: Timestamp = "2026-07-04T10:00:00Z".parse().unwrap();
        let late: Timestamp = "2026-07-04T10:00:00.001Z".parse().unwrap();
        assert_eq!(late.seconds_since(early), 1);
        assert_eq!(early.seconds_since(late), 0);
    }
}
