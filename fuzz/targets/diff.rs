//! Any text as a change: a unified diff, and a list of `STATUS path` lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use serde_json::json;

#[path = "request.rs"]
mod request;

fuzz_target!(|text: &str| {
    let file = |line: &str| -> Value {
        let (status, path) = line.split_once(' ').unwrap_or(("modified", line));
        match path.split_once(" -> ") {
            Some((from, path)) => json!({"path": path, "status": status, "from": from}),
            None => json!({"path": path, "status": status, "symlink_target": status}),
        }
    };
    let files: Vec<Value> = text.lines().take(100).map(file).collect();
    request::of(json!({"tool": "change.propose", "changed_files": files}));
    let paths: Vec<&str> = text.lines().take(100).collect();
    request::of(json!({"tool": "change.propose", "changed_files": paths, "diff": text}));
});
