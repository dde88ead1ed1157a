//! What facts say about requests, through the public interface.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test, which also measures that long input takes no long time"
)]

mod commands;
mod requests;

use bailiwick::Facts;
use bailiwick::PathCase;
use bailiwick::PathMatcher;
use bailiwick::Request;
use serde_json::Value;
use serde_json::json;

pub(crate) fn facts(mut request: Value) -> Facts {
    request["workspace"] = json!("/ws/repo");
    let request: Request = serde_json::from_value(request).unwrap();
    let action = request.action().unwrap();
    Facts::of(&request, action)
}

pub(crate) fn write(path: &str) -> Facts {
    facts(json!({"tool": "file.write", "path": path}))
}

pub(crate) fn shell(text: &str) -> Facts {
    facts(json!({"tool": "shell.exec", "shell": text}))
}

pub(crate) fn argv(words: &[&str]) -> Facts {
    facts(json!({"tool": "shell.exec", "argv": words}))
}

pub(crate) fn paths(facts: &Facts) -> Vec<&str> {
    facts.paths.value.iter().map(|fact| fact.path.as_str()).collect()
}

pub(crate) fn is_denied_by(facts: &Facts, pattern: &str) -> bool {
    let matcher = PathMatcher::new([pattern].into_iter(), PathCase::Ignore).unwrap();
    paths(facts).iter().any(|path| matcher.is_match(path))
}
