//! How a demonstration ended, for people and for programs.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::LogViewer;
use bailiwick::ProjectedTree;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Sink;
use bailiwick::VerifyReport;
use serde::Serialize;

use crate::port::pull_request::StoredPullRequest;

/// How a demonstration ended.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What the check of the exported chain found.
    pub chain: VerifyReport,
    /// How often each decision was made.
    pub decisions: BTreeMap<&'static str, u64>,
    /// Runs that were cut off before this one, in words.
    pub cut_off: Vec<String>,
    /// Why the run failed, if it did.
    pub failed: Option<String>,
    /// What came otherwise than the script says.
    pub mismatches: Vec<String>,
    /// Where everything lies.
    pub places: BTreeMap<&'static str, PathBuf>,
    /// The pull request.
    pub pull_request: Option<StoredPullRequest>,
    /// Says what of this may be told.
    #[serde(skip)]
    pub(crate) redactor: Redactor,
    /// The run.
    pub run_id: String,
}

impl Report {
    /// Returns true where all went as the script says and the chain holds.
    pub fn is_ok(&self) -> bool {
        self.failed.is_none() && self.mismatches.is_empty() && self.chain.is_ok()
    }

    /// Returns the summary for people.
    pub fn to_text(&self) -> Projection<LogViewer> {
        self.redactor.project(&Raw::new(self.text()))
    }

    /// Returns the report for programs.
    ///
    /// # Errors
    /// Never in practice: all of it has a form in JSON.
    pub fn to_json(&self) -> Result<ProjectedTree, serde_json::Error> {
        let tree = serde_json::to_value(self)?;
        Ok(self.redactor.project_tree(&tree, Sink::LogViewer))
    }

    fn text(&self) -> String {
        let mut lines = vec![String::new()];
        let counts: Vec<String> = ["allowed", "ask_approval", "denied"]
            .iter()
            .map(|name| format!("{} {name}", self.decisions.get(name).unwrap_or(&0)))
            .collect();
        lines.push(format!("Decisions     {}", counts.join(", ")));
        match &self.pull_request {
            Some(created) => {
                let kind = if created.draft { "draft" } else { "ready for review" };
                lines.push(format!(
                    "Pull request  #{} ({kind}) {} → {}: {}",
                    created.number, created.head, created.base, created.title
                ));
                lines.push(format!("              labels {}", created.labels.join(", ")));
                lines.push(format!("              reviewers {}", created.reviewers.join(", ")));
                lines.push("              ---".to_owned());
                lines.extend(created.body.lines().map(|line| format!("              {line}")));
                lines.push("              ---".to_owned());
            }
            None => lines.push("Pull request  none".to_owned()),
        }
        lines.push(format!("Chain         {}", chain_sentence(&self.chain, &self.run_id)));
        if let Some(why) = &self.failed {
            lines.push(format!("Run           failed: {why}"));
        }
        for mismatch in &self.mismatches {
            lines.push(format!("Unexpected    {mismatch}"));
        }
        lines.push(String::new());
        for (name, path) in &self.places {
            lines.push(format!("{name:<13} {}", path.display()));
        }
        lines.join("\n")
    }
}

fn chain_sentence(chain: &VerifyReport, run_id: &str) -> String {
    let bad = chain.first_bad.as_ref();
    if chain.is_ok() {
        let run = chain.run(run_id);
        let count = run.map_or(0, |run| run.count);
        let head = run.map_or("none", |run| run.head.as_str());
        return format!("verified: {count} events of this run, closed, head {head}");
    }
    format!(
        "{}: line {}: {}",
        chain.verdict.name(),
        bad.map_or(0, |bad| bad.index),
        bad.map_or("", |bad| bad.message.as_str())
    )
}

/// Returns the places that a reader looks for.
pub(crate) fn places(entries: &[(&'static str, &Path)]) -> BTreeMap<&'static str, PathBuf> {
    entries.iter().map(|(name, path)| (*name, path.to_path_buf())).collect()
}
