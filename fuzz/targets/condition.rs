//! Any text as a condition of a rule, and as what a condition is evaluated on.
#![no_main]

use bailiwick::CompileOptions;
use bailiwick::Pdp;
use bailiwick::Request;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::compile;
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|text: &str| {
    // In double quotes of YAML any text can stand, as JSON writes it.
    let policy = format!(
        "platform_policy:\n  version: \"1\"\n  allowed_actions: [shell.exec]\n  rules:\n    \
         - {{id: a, effect: deny, action: shell.exec, explain: x, when: {}}}\n",
        json!(text)
    );
    let files = [SourceFile::new("a.yaml", policy)];
    let Ok(compiled) = compile(&files, CompileOptions::default()) else { return };
    let pdp = Pdp::new(compiled.policies.into());
    let request = json!({
        "tool": "shell.exec", "shell": text, "tenant": "a", "organization": "a", "team": "a",
        "repo": "a", "subject": {"id": "a", "tenant": "a"}, "attributes": {"a": text},
    });
    let request: Request = serde_json::from_value(request).expect("a request");
    let state = State::fresh_empty("2026-07-04T10:00:00Z".parse().expect("an instant"));
    assert_eq!(pdp.decide(&request, &state), pdp.decide(&request, &state));
});
