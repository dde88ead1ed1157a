//! What a host that holds files needs beside the operations: YAML as JSON, and bytes.

use bailiwick::SourceFile;
use bailiwick::State;

use crate::WireError;

/// Returns the requests of a YAML or JSON text, one JSON text each: one for every document, or
/// every entry of a list.
///
/// # Errors
/// Where the text is no YAML, or anything in it no request: every finding, at its very key.
///
/// # Example
/// ```
/// let requests = bailiwick_wire::read_requests("r.yaml", "{tool: git.push}")?;
/// assert_eq!(requests, [r#"{"tool":"git.push"}"#]);
/// # Ok::<(), bailiwick_wire::WireError>(())
/// ```
pub fn read_requests(path: &str, text: &str) -> Result<Vec<String>, WireError> {
    let requests = bailiwick::read_requests(&SourceFile::new(path, text))
        .map_err(WireError::from_diagnostics)?;
    requests.iter().map(|request| json(&request.value)).collect()
}

/// Returns the state of a YAML or JSON text as JSON. Its instant is `now` where that is given,
/// else the text's own, else `clock`.
///
/// # Errors
/// Where the text is no YAML, or not one state.
pub fn read_state(
    path: &str,
    text: &str,
    now: Option<&str>,
    clock: &str,
) -> Result<String, WireError> {
    let invalid = |message: String| WireError {
        path: Some(path.to_owned()),
        ..WireError::new("state_invalid", message)
    };
    let mut values = bailiwick::yaml_to_json(&SourceFile::new(path, text))
        .map_err(WireError::from_diagnostics)?;
    let (Some(serde_json::Value::Object(mut object)), true) = (values.pop(), values.is_empty())
    else {
        return Err(invalid("exactly one mapping, the state, must stand here".to_owned()));
    };
    match now {
        Some(now) => {
            object.insert("now".to_owned(), now.into());
        }
        None => {
            object.entry("now").or_insert_with(|| clock.into());
        }
    }
    let state: State =
        serde_json::from_value(object.into()).map_err(|error| invalid(error.to_string()))?;
    json(&state)
}

/// Returns the folder of policies that the suites of a file name, relative to the file.
///
/// # Errors
/// Where the file is no suite, or its suites name several folders.
pub fn suite_policies(path: &str, text: &str) -> Result<Option<String>, WireError> {
    let suites = bailiwick::read_suites(&SourceFile::new(path, text))
        .map_err(WireError::from_diagnostics)?;
    let mut named = suites.iter().map(|suite| &suite.policies);
    let first = named.next().cloned().flatten();
    if named.any(|other| *other != first) {
        let error = WireError::new(
            "suite_policies_differ",
            "the suites of this file name different `policies`",
        );
        return Err(WireError {
            path: Some(path.to_owned()),
            ..error.with_help("give each its own file")
        });
    }
    Ok(first)
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, WireError> {
    serde_json::to_string(value).map_err(|error| WireError::new("internal", error.to_string()))
}
