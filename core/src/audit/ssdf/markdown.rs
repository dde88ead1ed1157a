//! The report for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::audit::AuditVerdict;
use crate::audit::ssdf::report::ConcernRow;
use crate::audit::ssdf::report::EventEvidence;
use crate::audit::ssdf::report::EventPlace;
use crate::audit::ssdf::report::EvidenceState;
use crate::audit::ssdf::report::SsdfReport;

impl SsdfReport {
    /// Returns the report as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out =
            String::from("# Secure development and supply chain: what this log shows\n\n");
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let runs = self.runs.len();
        write!(
            out,
            "The log was verified ({}): {} events, {runs} runs",
            self.verdict, self.events
        )?;
        if let (Some(first), Some(last)) = (self.first_at, self.last_at) {
            write!(out, ", from {first} to {last}")?;
        }
        if self.verdict == AuditVerdict::OkUnanchored {
            out.push_str("; that none is missing at the end is not shown");
        }
        out.push_str(CAVEAT);
        out.push_str(
            "| Concern | SSDF practices | SLSA requirements | Evidence |\n|---|---|---|---|\n",
        );
        for row in &self.rows {
            let (practices, state) = (row.practices.join(", "), words(row.state));
            let requirements = if row.requirements.is_empty() {
                "none".into()
            } else {
                row.requirements.join(", ")
            };
            writeln!(out, "| {} | {practices} | {requirements} | {state} |", row.concern)?;
        }
        for row in &self.rows {
            write_row(out, row)?;
        }
        out.push_str("\n## Runs\n\n| Run | Events | End | Head |\n|---|---|---|---|\n");
        for run in &self.runs {
            let end = if run.closed { "closed" } else { "open" };
            let (id, count, head) = (code(&run.run_id), run.count, code(run.head.as_str()));
            writeln!(out, "| {id} | {count} | {end} | {head} |")?;
        }
        Ok(())
    }
}

fn write_row(out: &mut String, row: &ConcernRow) -> std::fmt::Result {
    write!(out, "\n## {}\n\n", row.concern)?;
    for control in &row.controls {
        write!(out, "- **{}**", control.control)?;
        if control.evidence.is_empty() {
            writeln!(out, ": no evidence (looked for: {})", control.looked_for)?;
            continue;
        }
        writeln!(out, " ({})", control.looked_for)?;
        for evidence in &control.evidence {
            write_evidence(out, evidence)?;
        }
    }
    Ok(())
}

fn write_evidence(out: &mut String, evidence: &EventEvidence) -> std::fmt::Result {
    let (count, actors) = (evidence.count, counts(&evidence.actors));
    write!(out, "  - {count} `{}` by {actors}", evidence.event_type)?;
    if !evidence.results.is_empty() {
        write!(out, "; {}", counts(&evidence.results))?;
    }
    write!(out, "; first {}", place(&evidence.first))?;
    if evidence.count > 1 {
        write!(out, ", last {}", place(&evidence.last))?;
    }
    out.push('\n');
    Ok(())
}

fn place(place: &EventPlace) -> String {
    let (hash, run) = (code(place.entry_hash.as_str()), code(&place.run_id));
    format!("{hash} (event {} of {run}, {})", place.seq, place.at)
}

fn counts(counts: &BTreeMap<&'static str, u64>) -> String {
    let each: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
    each.join(", ")
}

const fn words(state: EvidenceState) -> &'static str {
    match state {
        EvidenceState::NoEvidence => "no evidence",
        EvidenceState::Partial => "for a part of the controls",
        EvidenceState::Shown => "for every control",
    }
}

/// Returns a text of the log as code: nothing in it is read as Markdown, or ends the cell or line.
fn code(text: &str) -> String {
    let mut out = String::from("`");
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '`' | '|' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out.push('`');
    out
}

const CAVEAT: &str = ".

Evidence is an event of the log that tells of the control. That a control was at work is not that it
was at work everywhere, or well; what is not told in the log counts as no evidence. No level of SLSA
is claimed.

";
