//! Rego documents that apply: they add denials, asks and labels.

use crate::compile::CompiledRego;
use crate::compile::View;
use crate::decide::decision::FactsRead;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
use crate::model::Unknown;
use crate::model::json_tree;

/// Evaluates the Rego documents; returns the labels that they add.
pub(crate) fn check<'a>(
    documents: &[&'a CompiledRego],
    view: &View<'_>,
    facts: &FactsRead,
    findings: &mut Vec<Finding<'a>>,
    unknowns: &mut Vec<Unknown>,
) -> Vec<String> {
    let mut labels = Vec::new();
    let concerned: Vec<&&CompiledRego> = documents
        .iter()
        .filter(|doc| doc.actions.is_empty() || doc.actions.contains(&view.action))
        .collect();
    let reads_request = concerned.iter().any(|doc| doc.reads_request);
    // Rego sees what is certain; that a deny or ask stays silent on it proves nothing.
    let dynamic = !view.facts.unknowns.is_empty();
    let mut input = None;
    for doc in concerned {
        let input = input.get_or_insert_with(|| input_of(view, facts, reads_request));
        let source = Some(Source::field(doc.level, &doc.policy, "module", &doc.policy.location));
        let answer = input.as_ref().map_err(Clone::clone).and_then(|input| doc.evaluate(input));
        match answer {
            Ok(answer) => {
                for message in answer.deny {
                    findings.push(Finding::deny("rego_deny", message, source));
                }
                for message in answer.ask {
                    findings.push(Finding::ask("rego_ask", message, source));
                }
                labels.extend(answer.labels);
                if doc.reads_facts && dynamic {
                    let message =
                        "a Rego policy reads facts that are known only at run time".to_owned();
                    findings.push(Finding::ask("rego_possible", message, source));
                }
            }
            Err(reason) => {
                unknowns.push(Unknown::unreadable("rego", reason.clone()));
                let message = format!("a Rego policy cannot be evaluated: {reason}");
                findings.push(Finding::deny("unreadable", message, source));
            }
        }
    }
    labels
}

fn input_of(
    view: &View<'_>,
    facts: &FactsRead,
    reads_request: bool,
) -> Result<serde_json::Value, String> {
    let json = |error: serde_json::Error| error.to_string();
    let mut input = if reads_request {
        json_tree(view.request).map_err(json)?
    } else {
        serde_json::Value::Object(serde_json::Map::new())
    };
    if let serde_json::Value::Object(keys) = &mut input {
        keys.insert("action".to_owned(), view.action.name().into());
        // One spelling, whichever the request has: a rule that compares `input.tool` must not be
        // passed by an alias or by leaving it out.
        keys.insert("tool".to_owned(), view.action.name().into());
        keys.insert("facts".to_owned(), json_tree(facts).map_err(json)?);
    }
    Ok(input)
}
