//! `bailiwick facts`.

use std::collections::BTreeMap;
use std::path::Path;

use bailiwick_wire::WireError;
use bailiwick_wire::call;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::args::FactsArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::error_at;
use crate::files::read_text;
use crate::output::Output;
use crate::output::printable;
use crate::requests::Asked;
use crate::requests::Requests;

/// Prints what a command or a change would really do; nothing is run.
pub(crate) fn run(args: &FactsArgs, output: &Output) -> Result<Exit, Failure> {
    let allowed = if args.allowed.is_empty() { Value::Null } else { json!(args.allowed) };
    let input = json!({
        "allowed_paths": allowed,
        "forbidden_paths": args.forbidden,
        "request": request(args)?,
    });
    let answer = call("facts", &input.to_string())?;
    if output.is_json() {
        output.line(&answer)?;
        return Ok(Exit::Ok);
    }
    let told: Value = super::read(&answer)?;
    let facts = told.get("facts").cloned().unwrap_or_default();
    for (name, title) in LISTS {
        let list = facts.pointer(&format!("/{name}/value")).and_then(Value::as_array);
        for entry in list.into_iter().flatten() {
            output.line(&format!("{title:<12}  {}", printable(&entry_text(entry))))?;
        }
    }
    for (name, sentence) in FLAGS {
        if facts.pointer(&format!("/{name}/value")) == Some(&Value::Bool(true)) {
            output.line(&output.paint.red(sentence))?;
        }
    }
    if let Some(change) = told.get("change") {
        super::change::print(change, told.get("boundary"), output)?;
    }
    print_unknowns(&facts, output)?;
    Ok(Exit::Ok)
}

/// Returns the request that the arguments describe.
fn request(args: &FactsArgs) -> Result<Value, Failure> {
    let mut request = match (&args.request, &args.diff, &args.shell) {
        (Some(path), ..) => one(path)?,
        (None, Some(path), _) => {
            let mut request = Map::new();
            request.insert("tool".to_owned(), "change.propose".into());
            request.insert("diff".to_owned(), read_text(path, MAX_DIFF_BYTES)?.into());
            if let Some(class) = &args.class {
                request.insert("change_class".to_owned(), class.as_str().into());
            }
            request
        }
        (None, None, Some(text)) => command("shell", text.as_str().into()),
        (None, None, None) => command("argv", args.words.clone().into()),
    };
    for (name, folder) in [("cwd", &args.cwd), ("workspace", &args.workspace)] {
        if let Some(folder) = folder {
            request.insert(name.to_owned(), folder.as_str().into());
        }
    }
    Ok(request.into())
}

fn command(name: &str, value: Value) -> Map<String, Value> {
    [("tool", "shell.exec".into()), (name, value)]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Reads the only request of a file.
fn one(path: &Path) -> Result<Map<String, Value>, Failure> {
    let text = match Requests::read(path, false)? {
        Requests::One(Asked::Request(text)) => text,
        Requests::One(Asked::Unreadable(error)) => return Err((*error).into()),
        Requests::Many(_) | Requests::Lines(_) => {
            return Err(error_at(path, "request_unreadable", "one request is expected").into());
        }
    };
    serde_json::from_str(&text)
        .map_err(|error| WireError::new("request_unreadable", error.to_string()).into())
}

fn entry_text(entry: &Value) -> String {
    match entry {
        Value::String(text) => text.clone(),
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        Value::Object(fact) => {
            let of = |key: &str| fact.get(key).and_then(Value::as_str).unwrap_or_default();
            format!("{} ({})", of("path"), of("touch"))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => entry.to_string(),
    }
}

/// Prints each reason once, with all that is not known for it.
fn print_unknowns(facts: &Value, output: &Output) -> Result<(), Failure> {
    let mut reasons: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for unknown in facts.get("unknowns").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| unknown.get(name).and_then(Value::as_str).unwrap_or_default();
        reasons.entry((text("kind"), text("reason"))).or_default().push(text("attribute"));
    }
    for ((kind, reason), attributes) in reasons {
        let line = format!("not known ({kind}): {}: {}", printable(reason), attributes.join(", "));
        output.line(&output.paint.yellow(&line))?;
    }
    Ok(())
}

/// Bytes of a diff that are read; core reads no longer one.
const MAX_DIFF_BYTES: u64 = 16 << 20;

/// The lists of facts, and what stands before their entries.
const LISTS: [(&str, &str); 9] = [
    ("commands", "runs"),
    ("invocations", "invocation"),
    ("effects", "effect"),
    ("paths", "path"),
    ("outside", "outside"),
    ("sensitive", "sensitive"),
    ("removals", "removal"),
    ("hosts", "host"),
    ("classes", "class"),
];

/// The flags, and the sentence for each that is set.
const FLAGS: [(&str, &str); 2] = [
    ("network", "it reaches for the network"),
    ("pipes_remote_to_shell", "what is fetched from the network is fed into an interpreter"),
];
