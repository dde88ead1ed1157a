//! Paths: what is forbidden, what may be changed.

use crate::compile::CompiledLevel;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Source;
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
        let Some(index) = matcher.first_touched(fact) else {
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
        let covered = if fact.glob {
            matcher.covers_glob(&fact.path)
        } else {
            matcher.first(&fact.path).is_some()
        };
        if !covered {
            let message = format!("path `{}` is not among the allowed paths", fact.path);
            findings.push(Finding::deny("path_not_allowed", message, Some(source())));
        }
    }
    // What the operands of a known command may change is judged when it has changed it, by the
    // files of the change; what only a run would tell is not granted.
    if view.facts.paths.unknown == Some(UnknownKind::Dynamic) {
        let message = "what it changes is known only at run time: it could be a path that is not \
                       allowed";
        findings.push(Finding::ask("path_possible", message.to_owned(), Some(source())));
    }
}
