//! When a payment that failed is tried again (configuration version 1).

use std::collections::BTreeMap;
use std::fmt;

/// How often to try again, and after how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries after the first.
    pub retries: u32,
    /// Milliseconds before each of them.
    pub delay_ms: u64,
}

impl RetryPolicy {
    /// Reads the configuration.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let fields = fields(text)?;
        match number(&fields, "version")? {
            1 => Ok(Self {
                retries: number(&fields, "retries")? as u32,
                delay_ms: number(&fields, "delay_ms")?,
            }),
            other => Err(ConfigError(format!("unknown version {other}"))),
        }
    }

    /// Returns the milliseconds to wait before each further try.
    pub fn delays(&self) -> Vec<u64> {
        vec![self.delay_ms; self.retries as usize]
    }
}

/// Why the configuration cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "retry configuration: {}", self.0)
    }
}

impl std::error::Error for ConfigError {}

fn fields(text: &str) -> Result<BTreeMap<&str, &str>, ConfigError> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            line.split_once('=')
                .map(|(name, value)| (name.trim(), value.trim()))
                .ok_or_else(|| ConfigError(format!("no `=` in `{line}`")))
        })
        .collect()
}

fn number(fields: &BTreeMap<&str, &str>, name: &str) -> Result<u64, ConfigError> {
    let value = fields
        .get(name)
        .ok_or_else(|| ConfigError(format!("no `{name}`")))?;
    value
        .parse()
        .map_err(|_| ConfigError(format!("`{name}` is no number")))
}
