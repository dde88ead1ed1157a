//! No text makes anything panic, and what is wrong with it has a place.

use bailiwick::CompileOptions;
use bailiwick::Condition;
use bailiwick::SourceFile;
use bailiwick::compile;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::sample::select;
use serde_json::Value;
use serde_json::json;

use crate::config;

/// Compiles, and checks that every finding has a line and a column.
fn check(path: &str, text: String) -> Result<(), TestCaseError> {
    for strict in [false, true] {
        let files = [SourceFile::new(path, text.clone())];
        let diagnostics = match compile(&files, CompileOptions { strict }) {
            Ok(compiled) => compiled.diagnostics,
            Err(refused) => {
                prop_assert!(refused.diagnostics.iter().any(bailiwick::Diagnostic::is_error));
                refused.diagnostics
            }
        };
        for found in diagnostics {
            // That there is no platform document stands nowhere.
            if found.code != "platform_missing" {
                let location = &found.location;
                prop_assert!(location.line >= 1 && location.column >= 1, "{found}");
                prop_assert_eq!(&location.file, path);
                let lines = text.lines().count().max(1) + 1;
                prop_assert!(usize::try_from(location.line).unwrap() <= lines, "{found}");
            }
            prop_assert!(!found.message.contains('\n'), "{found}");
        }
    }
    Ok(())
}

fn payments() -> Vec<SourceFile> {
    bailiwick_tests::policy_files("payments").unwrap()
}

const SNIPPETS: [&str; 24] = [
    "\n",
    "  ",
    "- ",
    ": ",
    "&a ",
    "*a",
    "<<: *a",
    "!!binary ",
    "|\n",
    ">-\n",
    "{",
    "}",
    "[",
    "]",
    "'",
    "\"",
    "#",
    "---\n",
    "...\n",
    "\t",
    "\u{feff}",
    "\0",
    "? ",
    "platform_policy:\n",
];

/// Returns an arbitrary JSON value.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        select(&["file.read", "2026-07-04T10:00:00Z", "shell.exec", "model_context"][..])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key(), inner), 0..5).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

/// Returns keys that operations know, and others.
fn key() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "policies",
        "request",
        "requests",
        "request_text",
        "state",
        "now",
        "what_if",
        "cases",
        "filter",
        "strict",
        "text",
        "sink",
        "known",
        "key",
        "event",
        "last_record",
        "log",
        "head",
        "count",
        "tool",
        "argv",
        "path",
        "changed_files",
        "subject",
        "tenant",
        "repo",
        "as_of",
        "version",
        "usage",
        "approvals",
        "max_bytes",
        "decision_id",
        "hash_key",
        "action",
        "p.yaml",
        "a.cases.yaml",
    ];
    prop_oneof![9 => select(KNOWN).prop_map(str::to_owned), 1 => any::<String>()]
}

/// Returns inputs that get past the first reader: their known fields have the right type.
fn plausible() -> impl Strategy<Value = Value> {
    let policies = prop_oneof![
        Just(
            "platform_policy:\n  version: 1\n  allowed_actions: [file.read, shell.exec]\n"
                .to_owned()
        ),
        any::<String>(),
    ];
    (policies, json_value(), json_value(), any::<bool>(), json_value(), any::<String>()).prop_map(
        |(policy, request, state, what_if, extra, text)| {
            let mut input = json!({
                "policies": {"p.yaml": policy}, "request": request, "requests": [request],
                "now": "2026-07-04T10:00:00Z", "what_if": what_if, "text": text, "log": text,
                "cases": {"a.cases.yaml": text},
            });
            if let (Value::Object(input), Value::Object(extra)) = (&mut input, extra) {
                input.extend(extra);
            }
            if state.is_object() {
                input["state"] = state;
            }
            input
        },
    )
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn no_text_makes_the_reader_of_policies_panic(text: String) {
        check("a.yaml", text)?;
    }

    #[test]
    fn no_heap_of_yaml_signs_makes_the_reader_panic(
        pieces in vec(select(&SNIPPETS[..]), 0..40), name in "[a-z_]{1,9}",
    ) {
        check("a.yaml", pieces.join(&name))?;
        check("a.yaml", pieces.concat())?;
    }

    #[test]
    fn no_edit_of_real_policies_makes_the_reader_panic(
        file: Index, edits in vec((any::<Index>(), any::<Index>(), select(&SNIPPETS[..]), 0..3_u8), 1..4),
    ) {
        let files = payments();
        let mut text = files[file.index(files.len())].text.clone();
        for (at, to, snippet, how) in edits {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            if boundaries.is_empty() {
                break;
            }
            let at = boundaries[at.index(boundaries.len())];
            let to = boundaries[to.index(boundaries.len())];
            match how {
                0 => text.insert_str(at, snippet),
                1 => text.replace_range(at.min(to)..at.max(to), snippet),
                _ => text.replace_range(at.min(to)..at.max(to), ""),
            }
        }
        check("a.yaml", text)?;
    }

    #[test]
    fn no_text_makes_the_reader_of_conditions_panic(text: String) {
        let _ = Condition::parse(&text);
    }

    #[test]
    fn no_heap_of_words_makes_the_reader_of_conditions_panic(
        words in vec(select(&[
            "subject.role", "in", "not", "and", "or", "(", ")", "[", "]", ",", "==", "!=", "<=",
            ">", "matches", "is", "absent", "target_count", "50", "\"x\"", "'", "branch", "true",
            "attributes.x", "9999999999999999999", "change.files", "-1", "*", "**", "[a-",
        ][..]), 0..12),
    ) {
        let text = words.join(" ");
        if let Ok(condition) = Condition::parse(&text) {
            prop_assert!(!condition.attributes().is_empty(), "{text}");
        }
        let quoted = serde_json::to_string(&text).unwrap();
        let text = format!(
            "platform_policy:\n  version: 1\n  rules:\n    - {{id: a, effect: deny, when: {quoted}}}\n"
        );
        check("a.yaml", text)?;
    }

    #[test]
    fn no_input_makes_an_operation_panic(input in json_value(), plausible in plausible(), text: String) {
        for operation in bailiwick_wire::operations() {
            for input in [input.to_string(), plausible.to_string(), text.clone()] {
                match bailiwick_wire::call(operation.name, &input) {
                    Ok(answer) => prop_assert!(serde_json::from_str::<Value>(&answer).is_ok()),
                    Err(error) => prop_assert!(!error.code.is_empty() && !error.message.is_empty()),
                }
            }
        }
        let unknown = bailiwick_wire::call(&text, "{}");
        prop_assert!(unknown.is_err(), "an operation of that name");
    }
}
