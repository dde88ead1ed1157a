//! `redecide`.

use std::collections::BTreeMap;

use bailiwick::RedecideVerdict;
use bailiwick::Redecided;
use serde::Deserialize;
use serde::Serialize;

use crate::Policies;
use crate::WireError;
use crate::backtest::lines;
use crate::backtest::recorded;
use crate::input::write;
use crate::redaction::read_quietly;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Recorded decisions, one a line.
    records: String,
}

#[derive(Serialize)]
struct Output {
    /// How many came to what.
    counts: BTreeMap<&'static str, u64>,
    results: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    line: usize,
    #[serde(flatten)]
    result: Redecided,
}

pub(crate) fn redecide(policies: &Policies, input: &str) -> Result<String, WireError> {
    let Input { records } = read_quietly(input)?;
    let mut counts: BTreeMap<&'static str, u64> =
        RedecideVerdict::ALL.iter().map(|verdict| (verdict.name(), 0)).collect();
    let mut results = Vec::new();
    for (line, text) in lines(&records) {
        let result = match recorded(text.as_bytes()) {
            Ok(recorded) => bailiwick::redecide(&policies.set, &recorded),
            Err(error) => Redecided::unreadable(&error.message),
        };
        *counts.entry(result.verdict.name()).or_default() += 1;
        results.push(Line { line, result });
    }
    write(&Output { counts, results })
}
