//! The report of a backtest, for people.

use std::fmt::Write;

use crate::replay::BacktestReport;
use crate::replay::ChangeExample;
use crate::replay::ChangeGroup;
use crate::replay::ChangedBy;

impl BacktestReport {
    /// Returns the report for people: what opens first, then what is held back further, then what
    /// could not be decided again.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let (opened, tightened) = (self.opened(), self.tightened());
        let _ = writeln!(
            out,
            "{} decided again: {opened} would open, {tightened} would be held back further, {} \
             unchanged",
            self.decided, self.unchanged
        );
        if self.obligations_dropped + self.obligations_added > 0 {
            let _ = writeln!(
                out,
                "of the unchanged, {} lose an obligation and {} have a new one",
                self.obligations_dropped, self.obligations_added
            );
        }
        for group in self.groups() {
            write_group(&mut out, &group);
        }
        for skipped in self.skipped() {
            let _ = writeln!(out, "\nnot decided again, {}: {}", skipped.code, skipped.count);
            for example in &skipped.examples {
                let fields = example.fields.join(", ");
                let fields = if fields.is_empty() { fields } else { format!(" ({fields})") };
                let _ = writeln!(out, "  {} {}{fields}", example.decision_id, example.why);
            }
        }
        out
    }
}

fn write_group(out: &mut String, group: &ChangeGroup) {
    let mark = if group.opens { "OPENS " } else { "" };
    let _ = writeln!(out, "\n{mark}{} -> {}: {}", group.from, group.to, group.count);
    for by in &group.by {
        let _ = writeln!(out, "  {}", cause(by));
    }
    for example in &group.examples {
        let _ = writeln!(out, "    {}", shown(example));
    }
    let more = group.count.saturating_sub(u64::try_from(group.examples.len()).unwrap_or(u64::MAX));
    if more > 0 {
        let _ = writeln!(out, "    and {more} more");
    }
}

fn cause(by: &ChangedBy) -> String {
    let does = if by.newly { "newly decides" } else { "no longer decides" };
    let what = match (&by.rule, &by.code) {
        (Some(rule), _) => format!("`{rule}`"),
        (None, Some(code)) => format!("reason `{code}`"),
        (None, None) => "something".to_owned(),
    };
    match &by.location {
        Some(at) => format!("{what} {does} ({}:{})", at.file, at.line),
        None => format!("{what} {does}"),
    }
}

fn shown(example: &ChangeExample) -> String {
    let what = match &example.command {
        Some(command) => format!("`{command}`"),
        None => example.paths.join(", "),
    };
    format!("{} {} {what}", example.decision_id, example.action).trim_end().to_owned()
}
