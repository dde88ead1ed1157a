//! Paths: what is forbidden, what may be changed.

use crate::compile::CompiledLevel;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
use crate::facts::PathFact;
use crate::facts::PathTouch;
use crate::model::UnknownKind;

/// Judges the paths of the request by one document.
pub(crate) fn check<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    forbidden(doc, view, findings);
    allowed(doc, view, findings);
}

/// A forbidden path is neither read nor changed, in any of its spellings.
fn forbidden<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let Some(matcher) = &doc.forbidden_paths else {
        return;
    };
    let paths = &view.facts.paths;
    for fact in &paths.value {
        let Some(index) = matcher.first(&fact.path) else {
            continue;
        };
        let Some(pattern) = doc.forbidden_patterns.get(index) else {
            continue;
        };
        let source = Source::field(doc.level, &doc.policy, "forbidden_paths", &pattern.location);
        let message = format!("forbidden path: `{}` matches `{}`", fact.path, pattern.value);
        findings.push(Finding::deny("forbidden_path", message, Some(source)));
    }
    if paths.unknown == Some(UnknownKind::Dynamic)
        && let Some(first) = doc.forbidden_patterns.first()
    {
        let source = Source::field(doc.level, &doc.policy, "forbidden_paths", &first.location);
        let message = "what it touches is known only at run time: it could be a forbidden path";
        findings.push(Finding::ask("forbidden_path_possible", message.to_owned(), Some(source)));
    }
}

/// Where a document lists the paths that may be changed, every changed path must be among them.
fn allowed<'a>(doc: &'a CompiledLevel, view: &View<'_>, findings: &mut Vec<Finding<'a>>) {
    let Some(matcher) = &doc.allowed_paths else {
        return;
    };
    let source =
        || Source::field(doc.level, &doc.policy, "allowed_paths", doc.location("allowed_paths"));
    for fact in view.facts.paths.value.iter().filter(|fact| fact.touch == PathTouch::Change) {
        if matcher.first(&fact.path).is_none() {
            let message = format!("path `{}` is not among the allowed paths", fact.path);
            findings.push(Finding::deny("path_not_allowed", message, Some(source())));
        }
    }
    // A command that may change a path, or paths that only its run would tell, is not granted.
    let paths = &view.facts.paths;
    let may_change =
        |fact: &&PathFact| fact.touch == PathTouch::Either && matcher.first(&fact.path).is_none();
    let other = paths.value.iter().find(may_change);
    if other.is_some() || paths.unknown == Some(UnknownKind::Dynamic) {
        let message = match other {
            Some(fact) => {
                format!("it may change `{}`, which is not among the allowed paths", fact.path)
            }
            None => "what it changes is known only at run time: it could be a path that is not \
                     allowed"
                .to_owned(),
        };
        findings.push(Finding::ask("path_possible", message, Some(source())));
    }
}
