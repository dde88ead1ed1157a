//! The tools that a model has here, and what they take: what the version of the tool schema is of.

use bailiwick::Digest;
use serde_json::Value;
use serde_json::json;

use crate::run::manifest::digest;

/// An argument: its name, its type, and whether it must be given.
struct Argument(&'static str, &'static str, bool);

/// Every tool with its arguments.
const TOOLS: &[(&str, &[Argument])] = &[
    ("change.propose", &[]),
    ("file.delete", &[Argument("path", "text", true)]),
    ("file.read", &[Argument("path", "text", true)]),
    (
        "file.write",
        &[
            Argument("content", "text", true),
            Argument("path", "text", true),
            Argument("repeat", "number", false),
        ],
    ),
    ("git.commit", &[Argument("message", "text", true)]),
    ("git.push", &[Argument("branch", "text", false)]),
    (
        "pr.create",
        &[
            Argument("draft", "flag", false),
            Argument("summary", "text", false),
            Argument("title", "text", false),
        ],
    ),
    (
        "shell.exec",
        &[
            Argument("argv", "texts", false),
            Argument("cwd", "text", false),
            Argument("shell", "text", false),
        ],
    ),
    ("verifier.run", &[Argument("name", "text", true)]),
];

/// Returns the digest of the tools and their arguments.
pub(super) fn tool_schema() -> Digest {
    digest(&tools())
}

/// Returns the tools and their arguments, as a list.
pub fn tools() -> Value {
    let argument = |Argument(name, kind, needed): &Argument| json!({"name": name, "needed": needed, "type": kind});
    let tools: Vec<Value> = TOOLS
        .iter()
        .map(|(name, arguments)| {
            let arguments: Vec<Value> = arguments.iter().map(argument).collect();
            json!({"arguments": arguments, "name": name})
        })
        .collect();
    tools.into()
}

#[cfg(test)]
mod tests {
    use super::Argument;
    use super::TOOLS;

    /// The sources of the tools: what they read from a call.
    const SOURCES: &[&str] =
        &[include_str!("files.rs"), include_str!("commands.rs"), include_str!("publish.rs")];

    #[test]
    fn the_schema_names_every_argument_that_a_tool_reads_and_no_other() {
        let mut read: Vec<(&str, &str)> = Vec::new();
        for source in SOURCES {
            for (at, _) in source.match_indices("arguments.") {
                let rest = &source[at + "arguments.".len()..];
                let Some((kind, rest)) = rest.split_once("(\"") else {
                    continue;
                };
                if ["flag", "number", "text", "texts"].contains(&kind) {
                    read.push((rest.split('"').next().unwrap(), kind));
                }
            }
        }
        read.sort_unstable();
        read.dedup();
        let named = TOOLS.iter().flat_map(|(_, arguments)| arguments.iter());
        let mut named: Vec<(&str, &str)> =
            named.map(|Argument(name, kind, _)| (*name, *kind)).collect();
        named.sort_unstable();
        named.dedup();
        assert_eq!(named, read);
    }

    #[test]
    fn every_tool_of_the_schema_is_called_by_its_name() {
        let calls = include_str!("tools.rs");
        for (name, _) in TOOLS {
            let action = bailiwick::Action::from_name(name).unwrap();
            let arm = format!("Action::{action:?} => self.");
            assert!(calls.contains(&arm), "{arm}");
        }
        let arms = calls.lines().filter(|line| line.trim_start().starts_with("Action::"));
        assert_eq!(arms.filter(|line| line.contains(" => self.")).count(), TOOLS.len());
    }
}
