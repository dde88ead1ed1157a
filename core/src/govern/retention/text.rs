//! A plan in lines for people.

use std::collections::BTreeMap;

use crate::govern::retention::RetentionEntry;
use crate::govern::retention::RetentionPlan;
use crate::govern::retention::RetentionStatus;

impl RetentionPlan {
    /// Returns the plan for a person: by class, what is due when, and why; of many alike the first
    /// ones, and how many more.
    pub fn to_text(&self) -> String {
        let mut counts: BTreeMap<RetentionStatus, u64> = BTreeMap::new();
        let mut groups: BTreeMap<(&str, RetentionStatus), Vec<&RetentionEntry>> = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.status).or_default() += 1;
            groups.entry((entry.class.as_str(), entry.status)).or_default().push(entry);
        }
        let counts: Vec<String> =
            counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
        let mut out = format!("as of {}: ", self.now);
        out.push_str(if counts.is_empty() { "nothing is kept" } else { "" });
        out.push_str(&counts.join(", "));
        out.push('\n');
        let mut class = None;
        for ((of, status), entries) in &groups {
            if class.replace(*of) != Some(*of) {
                out.push_str(&format!("{of}\n"));
            }
            for entry in entries.iter().take(SHOWN) {
                out.push_str(&line(entry));
            }
            let more = entries.len().saturating_sub(SHOWN);
            if let (1.., Some(last)) = (more, entries.last()) {
                let at = last.at.map(|at| format!(", the last {at}")).unwrap_or_default();
                out.push_str(&format!("  {:<22}  and {more} more{at}\n", status.name()));
            }
        }
        out.push_str(&match self.findings {
            0 => "no findings\n".to_owned(),
            1 => "1 finding\n".to_owned(),
            more => format!("{more} findings\n"),
        });
        out
    }
}

fn line(entry: &RetentionEntry) -> String {
    let at = entry.at.map(|at| format!("{at}  ")).unwrap_or_default();
    let who = entry.limit.as_ref().map(|limit| match &limit.location {
        Some(location) => format!(" [{}, {location}]", limit.policy),
        None => format!(" [{}]", limit.policy),
    });
    let open = if entry.unencrypted { "; it must be encrypted, and is not" } else { "" };
    format!(
        "  {:<22}  {at}{}: {}{}{open}\n",
        entry.status.name(),
        entry.id,
        entry.why,
        who.unwrap_or_default()
    )
}

/// Entries of one class and status that are told one by one.
const SHOWN: usize = 5;
