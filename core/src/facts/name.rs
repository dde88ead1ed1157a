//! Name globs for selectors, branches and hosts.

use crate::facts::glob::Step;
use crate::facts::glob::glob_matches;
use crate::facts::host::host_of;

/// A glob over a name that is not a path: `*` is any text, `?` any character; all else, and
/// case, counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePattern {
    steps: Vec<Step>,
}

impl NamePattern {
    /// Reads a pattern; every text is one.
    pub fn new(text: &str) -> Self {
        let mut steps = Vec::new();
        for c in text.chars() {
            let step = match c {
                '*' => Step::Many,
                '?' => Step::One,
                other => Step::Char(other),
            };
            if step != Step::Many || steps.last() != Some(&Step::Many) {
                steps.push(step);
            }
        }
        Self { steps }
    }

    /// Returns true where the pattern fits the whole of `text`.
    pub fn matches(&self, text: &str) -> bool {
        glob_matches(&self.steps, text)
    }
}

/// Returns true where `pattern` names `host`: exactly, or as `*.example.org` any name below
/// `example.org`, which itself is not one. PathCase and a dot at the end do not count, `*` names every
/// host, and an address is only ever named in full.
pub fn host_matches(pattern: &str, host: &str) -> bool {
    if pattern == "*" {
        return !host.is_empty();
    }
    let Ok(host) = host_of(host) else {
        return false;
    };
    match pattern.strip_prefix("*.") {
        Some(domain) => {
            let is_address = |text: &str| text.parse::<std::net::IpAddr>().is_ok();
            match host_of(domain) {
                Ok(domain) if !is_address(&domain) && !is_address(&host) => host
                    .strip_suffix(domain.as_str())
                    .and_then(|start| start.strip_suffix('.'))
                    .is_some_and(|start| !start.is_empty()),
                Ok(_) | Err(_) => false,
            }
        }
        None => host_of(pattern).is_ok_and(|pattern| pattern == host),
    }
}
