//! Any text as a path, a link and a pattern. The first line is the path, the second what a link of
//! that name leads to, the third a pattern.
#![no_main]

use bailiwick::PathCase;
use bailiwick::PathMatcher;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

#[path = "request.rs"]
mod request;

fuzz_target!(|text: &str| {
    let mut lines = text.splitn(3, '\n');
    let path = lines.next().unwrap_or_default();
    let target = lines.next().unwrap_or_default();
    let pattern = lines.next().unwrap_or(text);
    for tool in ["file.read", "file.write"] {
        request::facts(&[("tool", tool), ("path", path), ("cwd", target)]);
        let links = json!({path: format!("symlink:{target}"), target: format!("hardlink:{path}")});
        request::of(json!({"tool": tool, "path": path, "links": links}));
    }
    for case in [PathCase::Exact, PathCase::Ignore] {
        if let Ok(matcher) = PathMatcher::new([pattern].into_iter(), case) {
            matcher.is_match(path);
        }
    }
});
