//! `facts`.

use bailiwick::Action;
use bailiwick::BoundaryReport;
use bailiwick::ChangeFacts;
use bailiwick::Facts;
use bailiwick::PathCase;
use bailiwick::PathMatcher;
use bailiwick::Request;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    allowed_paths: Option<Vec<String>>,
    #[serde(default)]
    forbidden_paths: Vec<String>,
    request: Request,
}

#[derive(Serialize)]
struct Output {
    action: Action,
    /// Where the change leads, given what is allowed and forbidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    boundary: Option<BoundaryReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<ChangeFacts>,
    facts: Facts,
}

pub(crate) fn facts(input: &str) -> Result<String, WireError> {
    let Input { allowed_paths, forbidden_paths, request } = read(input)?;
    let Some(action) = request.action() else {
        let named = request.action_name().unwrap_or_default();
        let error = WireError::new("action_unknown", format!("`{named}` is no action"));
        return Err(error.with_help("`bailiwick schema` lists the actions"));
    };
    let allowed = allowed_paths.map(|list| matcher(&list, PathCase::Exact)).transpose()?;
    let forbidden = matcher(&forbidden_paths, PathCase::Ignore)?;
    let facts = Facts::of(&request, action);
    let told = request.changed_files.is_some() || request.diff.is_some();
    let change = told.then(|| ChangeFacts::of(&request));
    let boundary =
        change.as_ref().map(|change| BoundaryReport::of(change, allowed.as_ref(), &forbidden));
    write(&Output { action, boundary, change, facts })
}

fn matcher(patterns: &[String], case: PathCase) -> Result<PathMatcher, WireError> {
    PathMatcher::new(patterns.iter().map(String::as_str), case)
        .map_err(|error| WireError::new(error.code(), error.to_string()))
}
