//! `bailiwick facts`.

use bailiwick_wire::call;
use serde_json::Value;
use serde_json::json;

use crate::args::FactsArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::output::Output;
use crate::output::printable;

/// Prints what a command would really do; nothing is run.
pub(crate) fn run(args: &FactsArgs, output: &Output) -> Result<Exit, Failure> {
    let mut request = json!({"tool": "shell.exec"});
    if let Value::Object(request) = &mut request {
        if let Some(text) = &args.shell {
            request.insert("shell".to_owned(), text.as_str().into());
        } else {
            request.insert("argv".to_owned(), args.words.clone().into());
        }
        let folders = [("cwd", &args.cwd), ("workspace", &args.workspace)];
        for (name, folder) in folders {
            if let Some(folder) = folder {
                request.insert(name.to_owned(), folder.as_str().into());
            }
        }
    }
    let answer = call("facts", &json!({"request": request}).to_string())?;
    if output.is_json() {
        output.line(&answer)?;
        return Ok(Exit::Ok);
    }
    let told: Value = super::read(&answer)?;
    let facts = told.get("facts").cloned().unwrap_or_default();
    for (name, title) in LISTS {
        print_list(&facts, name, title, output)?;
    }
    for (name, sentence) in FLAGS {
        if facts.pointer(&format!("/{name}/value")) == Some(&Value::Bool(true)) {
            output.line(&output.paint.red(sentence))?;
        }
    }
    for unknown in facts.get("unknowns").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| unknown.get(name).and_then(Value::as_str).unwrap_or_default();
        let (attribute, kind, reason) = (text("attribute"), text("kind"), text("reason"));
        let line = format!("not known: {attribute} ({kind}): {}", printable(reason));
        output.line(&output.paint.yellow(&line))?;
    }
    Ok(Exit::Ok)
}

fn print_list(facts: &Value, name: &str, title: &str, output: &Output) -> Result<(), Failure> {
    let list = facts.pointer(&format!("/{name}/value")).and_then(Value::as_array);
    for entry in list.into_iter().flatten() {
        let text = match entry {
            Value::String(text) => text.clone(),
            Value::Array(words) => {
                let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
                words.join(" ")
            }
            Value::Object(fact) => {
                let of = |key: &str| fact.get(key).and_then(Value::as_str).unwrap_or_default();
                format!("{} ({})", of("path"), of("touch"))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => entry.to_string(),
        };
        output.line(&format!("{title:<12}  {}", printable(&text)))?;
    }
    Ok(())
}

/// The lists of facts, and what stands before their entries.
const LISTS: [(&str, &str); 8] = [
    ("commands", "runs"),
    ("invocations", "invocation"),
    ("effects", "effect"),
    ("paths", "path"),
    ("outside", "outside"),
    ("sensitive", "sensitive"),
    ("removals", "removal"),
    ("hosts", "host"),
];

/// The flags, and the sentence for each that is set.
const FLAGS: [(&str, &str); 2] = [
    ("network", "it reaches for the network"),
    ("pipes_remote_to_shell", "what is fetched from the network is fed into an interpreter"),
];
