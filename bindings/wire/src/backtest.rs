//! `backtest`.

use std::sync::Arc;

use bailiwick::Backtest;
use bailiwick::BacktestReport;
use bailiwick::RecordedDecision;
use serde::Deserialize;
use serde::Serialize;

use crate::Policies;
use crate::WireError;
use crate::input::Files;
use crate::input::PoliciesInput;
use crate::input::write;
use crate::redaction::read_quietly;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default = "some_examples")]
    examples: usize,
    /// The policies to compare with, in place of what was decided.
    #[serde(default)]
    old_policies: Option<Files>,
    /// Recorded decisions, one a line.
    records: String,
}

#[derive(Serialize)]
struct Output<'a> {
    #[serde(flatten)]
    report: &'a BacktestReport,
    /// The report for people.
    text: String,
}

/// A backtest of a candidate policy set over recorded decisions, as they come. Parts of it may run
/// on several threads and be merged: in whichever parts, the report is the same.
///
/// # Example
/// ```
/// let policies = bailiwick_wire::Policies::load(r#"{"policies": {}}"#)?;
/// let mut run = bailiwick_wire::BacktestRun::new(&policies, None, 10);
/// let mut part = run.part();
/// part.line(b"nonsense", "decisions.jsonl:1");
/// run.merge(part);
/// assert!(run.answer()?.contains(r#""code":"recorded_malformed","count":1"#));
/// # Ok::<(), bailiwick_wire::WireError>(())
/// ```
#[derive(Clone, Debug)]
pub struct BacktestRun {
    examples: usize,
    report: BacktestReport,
    test: Backtest,
}

impl BacktestRun {
    /// Starts a backtest of `new`; each group of the report keeps at most `examples`.
    pub fn new(new: &Policies, old: Option<&Policies>, examples: usize) -> Self {
        let test = Backtest {
            new: Arc::clone(&new.set),
            old: old.map(|policies| Arc::clone(&policies.set)),
        };
        Self { examples, report: BacktestReport::new(examples), test }
    }

    /// Returns a part of the same backtest, in which nothing is counted yet.
    pub fn part(&self) -> Self {
        Self { report: BacktestReport::new(self.examples), ..self.clone() }
    }

    /// Takes in one line. What is no recorded decision is counted, with its `place`.
    pub fn line(&mut self, line: &[u8], place: &str) {
        match recorded(line) {
            Ok(recorded) => self.test.add(&mut self.report, &recorded),
            Err(error) => self.report.skip(error.code.as_str(), place, &error.message),
        }
    }

    /// Takes in a part.
    pub fn merge(&mut self, part: Self) {
        self.report.merge(part.report);
    }

    /// Returns what `backtest` answers.
    ///
    /// # Errors
    /// Where the report has no canonical form.
    pub fn answer(&self) -> Result<String, WireError> {
        write(&Output { report: &self.report, text: self.report.to_text() })
    }
}

/// Reads one line; its error repeats nothing of what stands there.
pub(crate) fn recorded(line: &[u8]) -> Result<RecordedDecision, WireError> {
    let text = std::str::from_utf8(line)
        .map_err(|_| WireError::new("recorded_malformed", "the line is not UTF-8"))?;
    RecordedDecision::from_json(text).map_err(|error| {
        let message = match &error {
            bailiwick::RecordedError::Malformed(_) => "not a recorded decision".to_owned(),
            error => error.to_string(),
        };
        WireError::new(error.code(), message)
    })
}

/// Returns the lines of `text` that are not empty, with their numbers, counted from 1.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !line.trim().is_empty())
}

pub(crate) fn backtest(policies: &Policies, input: &str) -> Result<String, WireError> {
    let Input { examples, old_policies, records } = read_quietly(input)?;
    let old = match old_policies {
        Some(policies) => Some(Policies::compile(&PoliciesInput { policies, strict: false })?),
        None => None,
    };
    let mut run = BacktestRun::new(policies, old.as_ref(), examples);
    for (number, line) in lines(&records) {
        run.line(line.as_bytes(), &format!("line {number}"));
    }
    run.answer()
}

const fn some_examples() -> usize {
    10
}
