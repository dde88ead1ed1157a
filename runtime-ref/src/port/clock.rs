//! Port: the instant.

use bailiwick::Timestamp;
use bailiwick::TimestampError;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Returns the present instant.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock, to the millisecond.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    /// What a clock set beyond every calendar reads as: approvals are then not yet given.
    epoch: Timestamp,
}

impl SystemClock {
    /// Returns the machine's clock.
    ///
    /// # Errors
    /// Never in practice: only where the epoch itself could not be read.
    pub fn new() -> Result<Self, TimestampError> {
        "1970-01-01T00:00:00Z".parse().map(|epoch| Self { epoch })
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_millis(jiff::Timestamp::now().as_millisecond()).unwrap_or(self.epoch)
    }
}
