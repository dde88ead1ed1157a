//! Facts of a request, as a host would ask for them.
#![allow(dead_code, reason = "no target uses all of it")]

use bailiwick::Facts;
use bailiwick::Request;
use serde_json::Value;
use serde_json::json;

/// Makes facts of a request with these fields, twice.
pub fn facts(fields: &[(&str, &str)]) {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
    of(Value::Object(fields.collect()));
}

/// Makes facts of a command of these words, twice.
pub fn facts_of_words(words: &[&str]) {
    of(json!({"tool": "shell.exec", "argv": words}));
}

/// Makes facts of a request, twice; a request that nobody could send is none.
pub fn of(mut request: Value) {
    request["workspace"] = json!("/ws/repo");
    let Ok(request) = serde_json::from_value::<Request>(request) else { return };
    let Some(action) = request.action() else { return };
    assert_eq!(Facts::of(&request, action), Facts::of(&request, action));
}
