//! The redactor that is measured: the only place that calls it.

use bailiwick::LogViewer;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;

/// The redactor of a viewer of logs, as it is without any policy.
pub struct Subject(Redactor);

impl Subject {
    /// Returns the redactor.
    pub fn new() -> Self {
        Self(Redactor::builder().max_bytes(usize::MAX).build())
    }

    /// Returns what is shown of `raw`.
    pub fn project(&self, raw: &Raw) -> Projection<LogViewer> {
        self.0.project::<LogViewer>(raw)
    }

    /// Returns `text` as the redactor takes it.
    pub fn raw(text: &str) -> Raw {
        Raw::from_bytes(text.as_bytes())
    }

    /// Returns what is shown of `text`.
    pub fn text(&self, text: &str) -> String {
        self.project(&Self::raw(text)).text().to_owned()
    }
}

impl Default for Subject {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns the rule and the line of each marker of a secret in `shown`: what the redactor took for
/// one. Mail addresses, private hosts and large blocks are no secrets.
pub fn alarms(shown: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    for line in shown.lines() {
        for (at, _) in line.match_indices("[REDACTED:") {
            let rest = &line[at + "[REDACTED:".len()..];
            let rule = rest.split(['#', ']', ' ']).next().unwrap_or_default();
            if !NO_SECRETS.iter().any(|word| rule.contains(word)) {
                out.push((rule, line));
            }
        }
    }
    out
}

/// Words in the names of rules that are not about secrets.
const NO_SECRETS: &[&str] =
    &["email", "private_url", "private_host", "private_ip", "large", "block", "repeated_lines"];
