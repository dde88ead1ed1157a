//! The tools that a model has here, and what they take: what the version of the tool schema is of.

use bailiwick::Digest;
use serde_json::Value;
use serde_json::json;

use crate::run::manifest::digest;

/// Every tool with its arguments: name, type, and whether it must be given.
const TOOLS: &[(&str, &[(&str, &str, bool)])] = &[
    ("change.propose", &[]),
    ("file.delete", &[("path", "text", true)]),
    ("file.read", &[("path", "text", true)]),
    (
        "file.write",
        &[("content", "text", true), ("path", "text", true), ("repeat", "number", false)],
    ),
    ("git.commit", &[("message", "text", true)]),
    ("git.push", &[("branch", "text", false)]),
    (
        "pr.create",
        &[("draft", "flag", false), ("summary", "text", false), ("title", "text", false)],
    ),
    ("shell.exec", &[("argv", "texts", false), ("cwd", "text", false), ("shell", "text", false)]),
    ("verifier.run", &[("name", "text", true)]),
];

/// Returns the digest of the tools and their arguments.
pub(super) fn tool_schema() -> Digest {
    digest(&tools())
}

/// Returns the tools and their arguments, as a list.
pub fn tools() -> Value {
    let argument = |(name, kind, needed): &(&str, &str, bool)| json!({"name": name, "needed": needed, "type": kind});
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
        let mut named: Vec<(&str, &str)> = named.map(|(name, kind, _)| (*name, *kind)).collect();
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
        assert_eq!(calls.matches(" => self.").count(), TOOLS.len());
    }
}
