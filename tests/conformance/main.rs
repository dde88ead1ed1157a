//! The conformance cases: `policy-fixtures/conformance/*.json`, which every host runs too.
//!
//! The files are written from the tables in `cases/` with `BLESS=1 cargo test -p bailiwick-tests
//! --test conformance`; read the difference before you keep it, since it changes what hosts say.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails"
)]

mod cases;
mod stream;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::PathBuf;

use bailiwick_wire::Policies;
use bailiwick_wire::WireError;
use serde_json::Map;
use serde_json::Value;

use crate::cases::Case;

fn folder() -> PathBuf {
    bailiwick_tests::workspace().join("policy-fixtures/conformance")
}

/// Returns the stored cases, by file.
fn stored() -> BTreeMap<String, Vec<Value>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        files.insert(name, serde_json::from_str(&text).unwrap());
    }
    files
}

fn call(operation: &str, input: &Value) -> Result<String, WireError> {
    bailiwick_wire::call(operation, &input.to_string())
}

/// Returns JSON text with everything beyond ASCII escaped.
fn ascii(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => out.push(char::from(byte)),
            Ok(_) | Err(_) => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out
}

/// Returns the fields of an error that hosts compare. Where an input could not be read, its line
/// and column depend on how a host prints JSON.
fn compared(error: &WireError) -> Map<String, Value> {
    let Value::Object(mut fields) = serde_json::from_str(&error.to_json()).unwrap() else {
        panic!("an error is an object");
    };
    if error.path.as_deref() == Some("input") {
        fields.remove("line");
        fields.remove("column");
    }
    fields
}

fn written(case: &Case) -> Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), case.name.into());
    out.insert("operation".to_owned(), case.operation.into());
    out.insert("input".to_owned(), case.input.clone());
    match call(case.operation, &case.input) {
        Ok(text) => out.insert("output_text".to_owned(), text.into()),
        Err(error) => out.insert("error".to_owned(), compared(&error).into()),
    };
    Value::Object(out)
}

/// Checks an answer against a stored case, text before it is parsed.
fn compare(case: &Value, answer: Result<String, WireError>, how: &str) -> Result<(), String> {
    let name = &case["name"];
    match (answer, case.get("output_text"), case.get("error")) {
        (Ok(text), Some(expected), None) if Some(text.as_str()) == expected.as_str() => Ok(()),
        (Err(error), None, Some(expected)) if Value::from(compared(&error)) == *expected => Ok(()),
        (Ok(text), expected, None) => Err(format!("{name} ({how})\n  {text}\n  {expected:?}")),
        (answer, _, expected) => Err(format!("{name} ({how})\n  {answer:?}\n  {expected:?}")),
    }
}

/// Runs a case through a compiled handle; `None` where it has no policies.
fn through_a_handle(case: &Value) -> Option<Result<(), String>> {
    let operation = case["operation"].as_str().unwrap();
    let known = bailiwick_wire::operations();
    let reads = known.iter().any(|known| known.name == operation && known.needs_policies);
    let mut rest = case["input"].as_object()?.clone();
    let policies = rest.remove("policies").filter(|_| reads)?;
    let strict = rest.get("strict").cloned().unwrap_or(Value::Bool(false));
    if operation != "check" {
        rest.remove("strict");
    }
    let load = serde_json::json!({"policies": policies, "strict": strict});
    Some(match Policies::load(&load.to_string()) {
        Ok(handle) => {
            compare(case, handle.call(operation, &Value::Object(rest).to_string()), "handle")
        }
        Err(error) if case.get("error").is_some() => compare(case, Err(error), "load"),
        // A plain call answers with what was found; loading fails with it.
        Err(error) => {
            let answer = case["output_text"].as_str().unwrap_or_default();
            let told = answer.contains(&format!("\"{}\"", error.code))
                || answer.contains("\"policy_unreadable\"");
            told.then_some(()).ok_or(format!("{}: {}", case["name"], error.code))
        }
    })
}

#[test]
fn every_host_gets_these_bytes() {
    if std::env::var_os("BLESS").is_some() {
        return; // The files are being written.
    }
    let mut failures = Vec::new();
    for (file, cases) in stored() {
        for case in cases {
            let operation = case["operation"].as_str().unwrap();
            let plain = compare(&case, call(operation, &case["input"]), "call");
            // Hosts print JSON with and without white space, and with escapes.
            let printed = ascii(&serde_json::to_string_pretty(&case["input"]).unwrap());
            let printed = bailiwick_wire::call(operation, &printed);
            let found = [plain, compare(&case, printed, "call with other JSON")];
            let found = found.into_iter().chain(through_a_handle(&case));
            failures.extend(found.filter_map(Result::err).map(|why| format!("{file}: {why}")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_files_are_those_of_the_tables() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut outdated = Vec::new();
    let mut names = BTreeSet::new();
    for (file, cases) in cases::files() {
        for case in &cases {
            assert!(names.insert(case.name), "two cases are called `{}`", case.name);
        }
        let list: Vec<Value> = cases.iter().map(written).collect();
        let text = format!("{}\n", serde_json::to_string_pretty(&list).unwrap());
        let path = folder().join(file);
        if bless {
            std::fs::write(&path, &text).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            outdated.push(file);
        }
    }
    assert!(names.len() >= 60, "{} cases are too few", names.len());
    assert_eq!(outdated, Vec::<&str>::new(), "run with BLESS=1 and read the difference");
    let tables: BTreeSet<&str> = cases::files().into_iter().map(|(file, _)| file).collect();
    let files = stored();
    let files: BTreeSet<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(files, tables);
}

#[test]
fn every_operation_has_a_case() {
    let files = stored();
    let covered: BTreeSet<&str> =
        files.values().flatten().map(|case| case["operation"].as_str().unwrap()).collect();
    let missing: Vec<&str> = bailiwick_wire::operations()
        .iter()
        .map(|operation| operation.name)
        .filter(|name| !covered.contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Every reason that a decision can give, so far as a policy or request can bring it about.
#[test]
fn every_reason_code_has_a_case() {
    let files = stored();
    let told: BTreeSet<String> = files
        .values()
        .flatten()
        .filter_map(|case| case["output_text"].as_str())
        .flat_map(|text| {
            let codes = text.split("\"code\":\"").skip(1);
            codes.map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        })
        .collect();
    let missing: Vec<&&str> = cases::REASONS.iter().filter(|code| !told.contains(**code)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}

#[test]
fn unknown_operations_and_fields_are_refused_alike_in_both_ways() {
    let handle = Policies::load(r#"{"policies":{}}"#).unwrap();
    let plain = bailiwick_wire::call("decied", "{}").unwrap_err();
    assert_eq!(handle.call("decied", "{}").unwrap_err(), plain);
    assert_eq!(plain.code, "operation_unknown");
    for operation in bailiwick_wire::operations() {
        let error = bailiwick_wire::call(operation.name, r#"{"policies":{},"nonsense":1}"#);
        assert_eq!(error.unwrap_err().code, "input_invalid", "{}", operation.name);
    }
}
