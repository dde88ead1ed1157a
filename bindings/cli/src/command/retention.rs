//! `bailiwick retention plan`.

use std::path::Path;

use bailiwick_wire::Policies;
use bailiwick_wire::WireError;
use serde::Deserialize;
use serde_json::Value;
use serde_json::json;

use crate::args::PlanArgs;
use crate::args::now;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::error_at;
use crate::files::policy_files;
use crate::files::read_text;
use crate::files::root;
use crate::output::Output;
use crate::output::printable;

#[derive(Deserialize)]
struct Plan {
    findings: u64,
    text: String,
}

/// Prints what is due to be deleted, what keeps it, and what must not be there.
pub(crate) fn plan(args: &PlanArgs, output: &Output) -> Result<Exit, Failure> {
    let load = json!({"policies": policy_files(&args.policies)?}).to_string();
    let policies = match Policies::load(&load) {
        Ok(policies) => policies,
        Err(error) => {
            output.findings(&error, &root(&args.policies));
            return Ok(Exit::Usage);
        }
    };
    let holds = match &args.holds {
        Some(path) => list(path, "holds")?,
        None => Vec::new(),
    };
    let now = now(args.now.as_deref());
    let input = json!({"holds": holds, "items": list(&args.items, "items")?, "now": now});
    let answer =
        policies.call("retention_plan", &input.to_string()).map_err(|error| WireError {
            // Lines and columns of the call say nothing about those of the files.
            column: None,
            line: None,
            path: None,
            ..error
        })?;
    let plan: Plan = super::read(&answer)?;
    if output.is_json() {
        output.line(&answer)?;
    } else {
        for line in plan.text.lines() {
            output.line(&printable(line))?;
        }
    }
    Ok(Exit::of_findings(plan.findings > 0))
}

/// Reads a JSON list, an object with the list under `key`, or one JSON object a line.
fn list(path: &Path, key: &str) -> Result<Vec<Value>, Failure> {
    let text = read_text(path, MAX_BYTES)?;
    let refused = |error: serde_json::Error| {
        let (line, column) = (u32::try_from(error.line()).ok(), u32::try_from(error.column()).ok());
        WireError { line, column, ..error_at(path, "input_invalid", format!("no JSON: {error}")) }
    };
    let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let mut values: Vec<Value> = values.collect::<Result<_, _>>().map_err(refused)?;
    if let [Value::Array(_)] = values.as_slice()
        && let Some(Value::Array(items)) = values.pop()
    {
        return Ok(items);
    }
    if let [Value::Object(object)] = values.as_mut_slice()
        && let Some(Value::Array(items)) = object.get_mut(key)
    {
        return Ok(std::mem::take(items));
    }
    Ok(values)
}

/// Bytes of a file of items or holds.
const MAX_BYTES: u64 = 256 << 20;
