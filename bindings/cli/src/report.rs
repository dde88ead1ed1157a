//! What running suites showed, for people, programs and test dashboards.

use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::WireError;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::exit::Failure;
use crate::finding::Finding;
use crate::finding::Place;
use crate::output::Output;
use crate::output::count;
use crate::output::printable;

/// What running all suites showed.
#[derive(Default)]
pub(crate) struct Report {
    failed: usize,
    passed: usize,
    skipped: usize,
    suites: Vec<Ran>,
    /// Suites that could not be run.
    unrun: usize,
}

/// What running one suite showed.
pub(crate) struct Ran {
    answer: Value,
    error: Option<WireError>,
    pub(crate) policies: Option<PathBuf>,
    /// What the files of an error lie below.
    pub(crate) root: PathBuf,
    suite: String,
    summary: Summary,
}

#[derive(Default, Deserialize)]
struct Summary {
    cases: Vec<Case>,
    failed: usize,
    passed: usize,
    skipped: usize,
}

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    explanation: Option<String>,
    failures: Vec<String>,
    location: Place,
    name: String,
    #[serde(default)]
    skip: Option<String>,
}

impl Ran {
    pub(crate) fn new(suite: &Path) -> Self {
        Self {
            answer: Value::Null,
            error: None,
            policies: None,
            root: PathBuf::new(),
            suite: suite.to_string_lossy().into_owned(),
            summary: Summary::default(),
        }
    }

    /// Takes what wire answered.
    pub(crate) fn read(&mut self, answer: &str) -> Result<(), WireError> {
        let invalid = |error: serde_json::Error| WireError::new("internal", error.to_string());
        self.answer = serde_json::from_str(answer).map_err(invalid)?;
        self.summary = serde_json::from_str(answer).map_err(invalid)?;
        Ok(())
    }

    /// Notes why the suite could not be run.
    pub(crate) fn fails(&mut self, error: WireError) {
        self.error = Some(error);
    }

    pub(crate) fn failed(&self) -> bool {
        self.error.is_some() || self.summary.failed > 0
    }

    /// Prints what failed, or all cases.
    pub(crate) fn print(&self, verbose: bool, output: &Output) -> Result<(), Failure> {
        let paint = output.paint;
        if let Some(error) = &self.error {
            for finding in Finding::of(error) {
                output.line(&finding.to_text(&self.root, paint))?;
            }
            let suite = printable(&self.suite);
            return output.line(&format!("{suite}: {}", paint.red("not run")));
        }
        for case in &self.summary.cases {
            let place = case.location.to_text(Path::new(""));
            let name = printable(&case.name);
            if !case.failures.is_empty() {
                let failed = paint.red("failed");
                let why = printable(&case.failures.join("; "));
                output.line(&format!("{place}: {failed}: {name}: {why}"))?;
                if let Some(explanation) = &case.explanation {
                    output.line(&format!("  {}", printable(explanation)))?;
                }
            } else if verbose {
                match &case.skip {
                    Some(why) => {
                        let (skipped, why) = (paint.yellow("skipped"), printable(why));
                        output.line(&format!("{place}: {skipped}: {name}: {why}"))?;
                    }
                    None => output.line(&format!("{place}: {}: {name}", paint.green("passed")))?,
                }
            }
        }
        Ok(())
    }

    fn to_value(&self) -> Value {
        let mut value = match &self.answer {
            Value::Object(answer) => answer.clone(),
            _ => serde_json::Map::new(),
        };
        let policies = self.policies.as_ref().map(|path| path.to_string_lossy());
        value.insert("error".to_owned(), json!(self.error));
        value.insert("path".to_owned(), json!(self.suite));
        value.insert("policies".to_owned(), json!(policies));
        value.into()
    }

    fn to_junit(&self) -> String {
        let suite = xml(&self.suite);
        let errors = usize::from(self.error.is_some());
        let count = self.summary.cases.len() + errors;
        let (failed, skipped) = (self.summary.failed, self.summary.skipped);
        let mut text = format!(
            "  <testsuite name=\"{suite}\" tests=\"{count}\" failures=\"{failed}\" \
             errors=\"{errors}\" skipped=\"{skipped}\">\n"
        );
        if let Some(error) = &self.error {
            let findings: Vec<String> = Finding::of(error)
                .iter()
                .map(|finding| finding.to_text(&self.root, crate::output::Paint::none()))
                .collect();
            text.push_str(&format!(
                "    <testcase classname=\"{suite}\" name=\"(suite)\">\n      \
                 <error message=\"{}\">{}</error>\n    </testcase>\n",
                xml(&error.message),
                xml(&findings.join("\n"))
            ));
        }
        for case in &self.summary.cases {
            let (name, line) = (xml(&case.name), case.location.line);
            text.push_str(&format!(
                "    <testcase classname=\"{suite}\" file=\"{suite}\" line=\"{line}\" \
                 name=\"{name}\">"
            ));
            if let Some(why) = &case.skip {
                text.push_str(&format!("<skipped message=\"{}\"/>", xml(why)));
            }
            if !case.failures.is_empty() {
                let why = xml(&case.failures.join("; "));
                let explanation = xml(case.explanation.as_deref().unwrap_or_default());
                text.push_str(&format!("<failure message=\"{why}\">{explanation}</failure>"));
            }
            text.push_str("</testcase>\n");
        }
        text.push_str("  </testsuite>\n");
        text
    }
}

impl Report {
    pub(crate) fn add(&mut self, ran: Ran) {
        self.failed += ran.summary.failed;
        self.passed += ran.summary.passed;
        self.skipped += ran.summary.skipped;
        self.unrun += usize::from(ran.error.is_some());
        self.suites.push(ran);
    }

    pub(crate) const fn cases(&self) -> usize {
        self.failed + self.passed + self.skipped
    }

    pub(crate) const fn failed(&self) -> bool {
        self.failed > 0 || self.unrun > 0
    }

    pub(crate) const fn suites(&self) -> usize {
        self.suites.len()
    }

    /// Prints the sums.
    pub(crate) fn print(&self, output: &Output) -> Result<(), Failure> {
        let (passed, failed, skipped) = (self.passed, self.failed, self.skipped);
        let mut sums = format!("{passed} passed, {failed} failed, {skipped} skipped");
        if self.unrun > 0 {
            sums.push_str(&format!(", {} not run", count(self.unrun, "suite")));
        }
        output.line(&if self.failed() {
            output.paint.red(&sums)
        } else {
            output.paint.green(&sums)
        })
    }

    pub(crate) fn to_json(&self) -> String {
        let suites: Vec<Value> = self.suites.iter().map(Ran::to_value).collect();
        json!({
            "failed": self.failed,
            "not_run": self.unrun,
            "passed": self.passed,
            "skipped": self.skipped,
            "suites": suites,
        })
        .to_string()
    }

    pub(crate) fn to_junit(&self) -> String {
        let suites: Vec<String> = self.suites.iter().map(Ran::to_junit).collect();
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{}\" \
             failures=\"{}\" errors=\"{}\" skipped=\"{}\">\n{}</testsuites>\n",
            self.cases() + self.unrun,
            self.failed,
            self.unrun,
            self.skipped,
            suites.concat()
        )
    }
}

/// Returns text as it may stand in XML.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
