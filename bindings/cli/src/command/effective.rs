//! `bailiwick effective`.

use serde::Deserialize;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::args::EffectiveArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::policy_files;
use crate::files::root;
use crate::finding::Place;
use crate::judge::load;
use crate::output::Output;
use crate::output::printable;
use crate::view::shown;

#[derive(Deserialize)]
struct Effective {
    authority: Map<String, Value>,
    effective_policy_hash: String,
    policies: Vec<Applies>,
    policy_set_hash: String,
}

#[derive(Deserialize)]
struct Applies {
    level: Option<String>,
    location: Place,
    policy: String,
}

/// Shows which documents apply to a scope and what they permit together.
pub(crate) fn run(args: &EffectiveArgs, output: &Output) -> Result<Exit, Failure> {
    let files = policy_files(&args.policies)?;
    let below = root(&args.policies);
    let policies = match load(&files) {
        Ok(policies) => policies,
        Err(error) => {
            output.findings(&error, &below);
            return Ok(Exit::Findings);
        }
    };
    let mut scope = Map::new();
    let given = [
        ("action", &args.action),
        ("campaign_id", &args.campaign),
        ("organization", &args.organization),
        ("repo", &args.repo),
        ("task_id", &args.task),
        ("team", &args.team),
        ("tenant", &args.tenant),
    ];
    for (key, value) in given {
        if let Some(value) = value {
            scope.insert(key.to_owned(), json!(value));
        }
    }
    let answer = policies.call("effective", &Value::Object(scope).to_string())?;
    if output.is_json() {
        output.line(&answer)?;
        return Ok(Exit::Ok);
    }
    let effective: Effective = super::read(&answer)?;
    output.line(&output.paint.bold("documents that apply"))?;
    let mut documents = effective.policies;
    documents.sort_by_key(|applies| rank(applies.level.as_deref()));
    for applies in &documents {
        let level = applies.level.as_deref().unwrap_or("kill_switch");
        let (policy, place) = (printable(&applies.policy), applies.location.to_text(&below));
        output.line(&format!("  {level:<13} {policy}  {place}"))?;
    }
    output.line(&output.paint.bold("what they permit together"))?;
    for (field, value) in &effective.authority {
        if let Some(text) = shown(value) {
            output.line(&format!("  {field}:{}", printable(&text)))?;
        }
    }
    output.line(&format!("effective policy  {}", effective.effective_policy_hash))?;
    output.line(&format!("policy set        {}", effective.policy_set_hash))?;
    Ok(Exit::Ok)
}

/// Returns the place of a level in the hierarchy; kill switches come last.
fn rank(level: Option<&str>) -> usize {
    let position = LEVELS.iter().position(|name| level == Some(*name));
    position.unwrap_or(LEVELS.len())
}

const LEVELS: &[&str] =
    &["platform", "organization", "team", "repository", "campaign", "task", "runtime", "tool_call"];
