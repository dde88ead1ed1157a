//! A case: a call of an agent, and what must come of it.

use std::collections::BTreeMap;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// A call of an agent, and what must come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The kind of case; harmless ones begin with `benign`.
    pub category: String,
    /// What is called.
    pub call: Call,
    /// What must come of it.
    pub must: Must,
    /// The host runs git with hooks, filters, pagers and aliases off.
    pub hardened: bool,
    /// What it is made of, or why it must be so.
    pub why: String,
    /// Whether bash can parse the text; not in the JSON form.
    pub syntax: Syntax,
}

/// What an agent calls.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// A command as words.
    Argv(Vec<String>),
    /// A file, by the tool `read`, `write` or another one.
    File {
        /// The tool.
        tool: String,
        /// The path as the agent writes it.
        path: String,
        /// The working directory.
        cwd: String,
        /// What is a link: name → `symlink:TARGET` or `hardlink:TARGET`.
        links: BTreeMap<String, String>,
    },
    /// A line for a shell, by another tool than the usual where one is named.
    Shell {
        /// The line.
        text: String,
        /// The name of the tool.
        tool: Option<String>,
    },
}

/// What must come of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Must {
    /// It is harmless.
    Allow,
    /// Asked about or denied.
    NotAllow,
    /// A rule denies it.
    Deny,
}

/// Whether bash can parse a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// It can.
    Valid,
    /// It cannot.
    Broken,
    /// Nobody checks: another shell's text, too long, or no shell text at all.
    Unchecked,
}

impl Case {
    /// Returns the line of a corpus.
    pub fn to_json(&self) -> Value {
        let mut out = json!({"category": self.category, "must": "allow", "why": self.why});
        match &self.call {
            Call::Argv(words) => out["argv"] = json!(words),
            Call::File { tool, path, cwd, links } => {
                out["tool"] = json!(tool);
                out["path"] = json!(path);
                out["cwd"] = json!(cwd);
                if !links.is_empty() {
                    out["fs"] = json!(links);
                }
            }
            Call::Shell { text, tool } => {
                out["shell"] = json!(text);
                if let Some(tool) = tool {
                    out["tool"] = json!(tool);
                }
            }
        }
        if self.must != Must::Allow {
            out["must"] = json!("not_allow");
        }
        if self.must == Must::Deny {
            out["deny_expected"] = json!(true);
        }
        if self.hardened {
            out["assumes"] = json!("the worker hardens git");
        }
        out
    }

    /// Returns the case of a line of a corpus.
    pub fn from_json(line: &Value) -> Option<Self> {
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
        let call = if let Some(words) = line.get("argv") {
            let words = words.as_array()?.iter().map(|word| word.as_str().map(str::to_owned));
            Call::Argv(words.collect::<Option<_>>()?)
        } else if let Some(shell) = text("shell") {
            Call::Shell { text: shell, tool: text("tool") }
        } else {
            let links = line.get("fs").and_then(Value::as_object).cloned().unwrap_or_default();
            let links = links.iter().map(|(name, target)| Some((name.clone(), string(target)?)));
            Call::File {
                tool: text("tool")?,
                path: text("path")?,
                cwd: text("cwd").unwrap_or_else(|| "/ws/repo".to_owned()),
                links: links.collect::<Option<_>>()?,
            }
        };
        let denied = line.get("deny_expected") == Some(&json!(true));
        let must = match text("must")?.as_str() {
            "allow" => Must::Allow,
            "not_allow" if denied => Must::Deny,
            "not_allow" => Must::NotAllow,
            _ => return None,
        };
        Some(Self {
            category: text("category")?,
            call,
            must,
            hardened: text("assumes").is_some_and(|text| text.contains("hardens git")),
            why: text("why")?,
            syntax: Syntax::Unchecked,
        })
    }

    /// Returns the request that the case stands for.
    pub fn request(&self) -> Value {
        let mut out = json!({
            "subject": {"id": "agent-1", "kind": "worker", "tenant": "acme", "team": "platform"},
            "tenant": "acme", "organization": "acme", "team": "platform", "repo": "repo",
            "workspace": "/ws/repo", "cwd": "/ws/repo", "run_id": "run_1", "tool": "shell.exec",
        });
        match &self.call {
            Call::Argv(words) => out["argv"] = json!(words),
            Call::File { tool, path, cwd, links } => {
                out["tool"] = match tool.as_str() {
                    "read" => json!("file.read"),
                    "write" => json!("file.write"),
                    other => json!(other),
                };
                out["path"] = json!(path);
                out["cwd"] = json!(cwd);
                out["links"] =
                    links.iter().map(|(a, b)| (a.clone(), json!(b))).collect::<Map<_, _>>().into();
            }
            Call::Shell { text, tool } => {
                out["shell"] = json!(text);
                if let Some(tool) = tool {
                    out["tool"] = json!(tool);
                }
            }
        }
        if self.hardened {
            out["git_hardened"] = json!(true);
        }
        out
    }
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
