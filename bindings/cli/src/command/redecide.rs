//! `bailiwick redecide`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::command::backtest::policies;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::output::Output;
use crate::output::printable;
use crate::records::Line;
use crate::records::read_records;

#[derive(Debug, clap::Args)]
pub(crate) struct RedecideArgs {
    /// The policies that decided: a folder, or a file
    #[arg(long, value_name = "DIR")]
    policies: PathBuf,
    /// Recorded decisions: files of JSON lines, folders of *.jsonl, `-` for standard input
    #[arg(required = true)]
    records: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Report {
    counts: BTreeMap<String, u64>,
    results: Vec<serde_json::Map<String, Value>>,
}

/// Prints each decision that does not come out again byte for byte, and at the end how many came to
/// what.
pub(crate) fn run(args: &RedecideArgs, output: &Output) -> Result<Exit, Failure> {
    let Some(policies) = policies(&args.policies, output)? else {
        return Ok(Exit::Usage);
    };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut read = 0;
    read_records(&args.records, |lines| {
        read += lines.len();
        output.progress(&format!("{read} records"));
        for line in lines {
            // Bytes that are no text are no record either.
            let text = String::from_utf8_lossy(&line.bytes);
            let answer = policies.call("redecide", &json!({"records": text}).to_string())?;
            let report: Report = super::read(&answer)?;
            for (verdict, count) in report.counts {
                *counts.entry(verdict).or_default() += count;
            }
            for result in report.results {
                tell(&line, result, output)?;
            }
        }
        Ok(())
    })?;
    output.clear_progress();
    let same = counts.get("same").copied().unwrap_or_default();
    if output.is_json() {
        output.line(&json!({"counts": counts}).to_string())?;
    } else {
        let told: Vec<String> =
            counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
        output.line(&told.join(", "))?;
    }
    Ok(Exit::of_findings(same == 0 || counts.values().sum::<u64>() != same))
}

fn tell(
    line: &Line,
    mut result: serde_json::Map<String, Value>,
    output: &Output,
) -> Result<(), Failure> {
    let text = |name: &str| result.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let verdict = text("verdict");
    if verdict == "same" {
        return Ok(());
    }
    output.clear_progress();
    if output.is_json() {
        result.insert("place".to_owned(), line.place().into());
        result.insert("line".to_owned(), line.number.into());
        return output.line(&Value::Object(result).to_string());
    }
    let mut shown = format!("{} {} {verdict}: {}", line.place(), text("decision_id"), text("why"));
    let fields = result.get("fields").and_then(Value::as_array);
    let fields: Vec<&str> = fields.into_iter().flatten().filter_map(Value::as_str).collect();
    if !fields.is_empty() {
        shown.push_str(&format!(" ({})", fields.join(", ")));
    }
    if let Some(member) = result.get("member").and_then(Value::as_str) {
        let value = |name: &str| result.get(name).map_or("nothing".to_owned(), Value::to_string);
        let (before, after) = (value("recorded"), value("redecided"));
        shown.push_str(&format!("\n  {member}: recorded {before}, decided again {after}"));
    }
    for line in shown.lines() {
        output.line(&printable(line))?;
    }
    Ok(())
}
