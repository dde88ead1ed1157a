//! A bundle for people: what its statements say, nothing of it verified.

use serde::Serialize;
use serde_json::Value;

use crate::provenance::ProvenanceProblem;
use crate::provenance::envelope::Envelope;
use crate::provenance::predicate::read_statement;
use crate::provenance::problem::Problems;
use crate::provenance::verify::lines;

/// A statement of a bundle, not verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownStatement {
    /// What is wrong with it by the formats.
    pub problems: Vec<ProvenanceProblem>,
    /// The payload, as it stands.
    pub statement: String,
}

impl ShownStatement {
    /// Returns the statement for people: what it is about, who made it from what, and what is wrong.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let tree: Value = serde_json::from_str(&self.statement).unwrap_or_default();
        let mut line = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_str(&format!("{name:<14}{value}\n"));
            }
        };
        for subject in list(&tree, "/subject") {
            line("subject", Some(resource(subject)));
        }
        let text = |path: &str| tree.pointer(path).and_then(Value::as_str).map(str::to_owned);
        line("run", text("/predicate/runDetails/metadata/invocationId"));
        line("builder", text("/predicate/runDetails/builder/id"));
        line("build type", text("/predicate/buildDefinition/buildType"));
        line("started", text("/predicate/runDetails/metadata/startedOn"));
        line("finished", text("/predicate/runDetails/metadata/finishedOn"));
        let parameters = "/predicate/buildDefinition/externalParameters";
        for (name, value) in members(&tree, parameters) {
            line("asked", Some(format!("{name} {}", plain(value))));
        }
        let versions = "/predicate/buildDefinition/internalParameters/versions";
        for (name, value) in members(&tree, versions) {
            line("version", Some(format!("{name} {}", plain(value))));
        }
        for from in list(&tree, "/predicate/buildDefinition/resolvedDependencies") {
            line("from", Some(resource(from)));
        }
        for beside in list(&tree, "/predicate/runDetails/byproducts") {
            line("beside", Some(resource(beside)));
        }
        for problem in &self.problems {
            let ProvenanceProblem { code, message, path, .. } = problem;
            line("problem", Some(format!("{code} at {path}: {message}")));
        }
        out.push('\n');
        out
    }
}

/// Returns what stands in the envelopes of `bundle`. No signature is looked at.
pub fn show_bundle(bundle: &[u8]) -> Vec<ShownStatement> {
    let mut shown = Vec::new();
    for (line, text) in lines(bundle) {
        let mut problems = Problems::new(false);
        problems.at_line(line);
        let payload = Envelope::read(text, &mut problems).map(|envelope| envelope.payload);
        let payload = payload.unwrap_or_default();
        if problems.count() == 0 {
            read_statement(&payload, &mut problems);
        }
        let statement = String::from_utf8_lossy(&payload).into_owned();
        shown.push(ShownStatement { problems: problems.finish(), statement });
    }
    shown
}

fn list<'v>(tree: &'v Value, path: &str) -> impl Iterator<Item = &'v Value> {
    tree.pointer(path).and_then(Value::as_array).into_iter().flatten()
}

fn members<'v>(tree: &'v Value, path: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    tree.pointer(path).and_then(Value::as_object).into_iter().flatten()
}

/// Returns the name, the URI and the digests of a resource.
fn resource(at: &Value) -> String {
    let texts = ["name", "uri"].into_iter().filter_map(|key| at.get(key)?.as_str());
    let mut parts: Vec<String> = texts.map(str::to_owned).collect();
    parts.extend(members(at, "/digest").map(|(name, value)| format!("{name}:{}", plain(value))));
    parts.join(" ")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
