//! What `bailiwick facts` prints of a change.

use serde_json::Value;

use crate::exit::Failure;
use crate::output::Output;
use crate::output::printable;

/// Prints the files, what they bear out, and where they lead.
pub(super) fn print(
    change: &Value,
    boundary: Option<&Value>,
    output: &Output,
) -> Result<(), Failure> {
    for file in list(change, "files") {
        output.line(&format!("{:<12}  {}", "file", printable(&file_text(file))))?;
    }
    for found in list(change, "classes") {
        let line = format!("{}: {} {}", text(found, "path"), text(found, "class"), reason(found));
        output.line(&format!("{:<12}  {}", "bears out", printable(&line)))?;
    }
    for found in list(change, "open") {
        let line = format!("{}: {} {}", text(found, "path"), text(found, "class"), reason(found));
        output.line(&format!("{:<12}  {}", "may be", printable(&line)))?;
    }
    for found in list(change, "dependencies") {
        let line = format!(
            "{}: {} {} -> {} ({})",
            text(found, "path"),
            text(found, "name"),
            or_none(text(found, "before")),
            or_none(text(found, "after")),
            text(found, "change"),
        );
        output.line(&format!("{:<12}  {}", "dependency", printable(&line)))?;
    }
    for found in list(change, "stale") {
        let line = format!("{} changes and its source does not", text(found, "path"));
        output.line(&output.paint.yellow(&format!("{:<12}  {}", "generated", printable(&line))))?;
    }
    if let Some(claim) = change.get("claim") {
        let (class, state) = (text(claim, "class"), text(claim, "state"));
        let line = format!("{:<12}  {class} is {}", "claim", state.replace('_', " "));
        let borne_out = state == "borne_out";
        output.line(&if borne_out { line } else { output.paint.red(&line) })?;
    }
    for doubt in list(change, "doubts") {
        output
            .line(&output.paint.red(&format!("not read: {}", printable(text(doubt, "reason")))))?;
    }
    for (name, title) in [("outside", "outside"), ("leading_out", "leads out")] {
        for path in boundary.map(|found| list(found, name)).into_iter().flatten() {
            let path = path.as_str().unwrap_or_default();
            output.line(&output.paint.red(&format!("{title:<12}  {}", printable(path))))?;
        }
    }
    for found in boundary.map(|found| list(found, "forbidden")).into_iter().flatten() {
        let path = found.get(0).and_then(Value::as_str).unwrap_or_default();
        output.line(&output.paint.red(&format!("{:<12}  {}", "forbidden", printable(path))))?;
    }
    Ok(())
}

fn file_text(file: &Value) -> String {
    let mut line = text(file, "path").to_owned();
    if let Some(from) = file.get("from").and_then(Value::as_str) {
        line = format!("{from} -> {line}");
    }
    if let Some(status) = file.get("status").and_then(Value::as_str) {
        line.push_str(&format!(" {status}"));
    }
    for (name, sign) in [("added", '+'), ("removed", '-')] {
        if let Some(count) = file.get(name).and_then(Value::as_u64) {
            line.push_str(&format!(" {sign}{count}"));
        }
    }
    for flag in ["binary", "executable", "generated", "link", "mode_changed", "submodule"] {
        if file.get(flag) == Some(&Value::Bool(true)) {
            line.push_str(&format!(" {}", flag.replace('_', " ")));
        }
    }
    line
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn reason(value: &Value) -> String {
    format!("({})", text(value, "reason"))
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}
