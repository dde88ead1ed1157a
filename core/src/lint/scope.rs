//! Instructions of a folder never expand what may be done, nor reach beyond the folder.

use crate::lint::LintCode;
use crate::lint::finding::Findings;
use crate::lint::fold::Folded;
use crate::lint::negation::is_negated;
use crate::lint::negation::negated_units;
use crate::lint::phrase::Group;
use crate::lint::phrase::Phrases;

/// Adds what instructions of the folder `scope` say about more than it: of the folders above, of
/// the whole repository, and of paths outside.
pub(crate) fn scan(text: &str, scope: &str, findings: &mut Findings) {
    let scope = names(&[], scope);
    if scope.is_empty() {
        return;
    }
    let folded = Folded::new(text);
    let negated = negated_units(&folded);
    for found in Phrases::new(&[PHRASES], &[]).find(&folded, &negated) {
        let last = folded.words.get(found.end.saturating_sub(1));
        if let (Some(first), Some(last)) = (folded.words.get(found.first), last) {
            findings.add(first.start, last.end, found.code);
        }
    }
    let mut index = 0;
    for (start, written) in paths(text) {
        if is_within(&scope, written) {
            continue;
        }
        while folded.words.get(index).is_some_and(|word| word.start < start) {
            index += 1;
        }
        let turned = folded
            .words
            .get(index)
            .is_some_and(|word| negated.get(word.unit).copied().unwrap_or_default())
            || is_negated(&folded, index, true);
        if !turned && permits(&folded, index) {
            findings.add(start, start + written.len(), LintCode::ExpandsScope);
        }
    }
}

/// Returns true where the sentence of the word at `index` permits or asks for a change before it.
fn permits(folded: &Folded, index: usize) -> bool {
    let Some(unit) = folded.words.get(index).map(|word| word.unit) else {
        return false;
    };
    let mut changes = false;
    let before = folded.words.get(..index).unwrap_or_default();
    for word in before.iter().rev().take_while(|word| word.unit == unit).take(14) {
        let letters = folded.letters(word);
        changes |= CHANGES.contains(&letters);
    }
    changes
}

/// Returns the words of the text that are paths, with their places.
fn paths(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | '(' | ')' | ',' | '<'))
        .map(move |word| {
            let start = at;
            at += word.len();
            // Each of the signs that part words is one byte, but white space may be more.
            at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            (start, word.trim_end_matches(['.', ':', ';', '!', '?']))
        })
        .filter(|(_, word)| {
            let urls = word.contains("://") || word.contains('@');
            !urls && (word.contains('/') || word.starts_with('~')) && word.len() > 1
        })
}

/// Returns true where a path that is written in the instructions of a folder lies in it, read from
/// the folder or from the root of the repository.
fn is_within(scope: &[String], path: &str) -> bool {
    if path.starts_with(['~', '$']) {
        return false;
    }
    let from_root = names(&[], path);
    if !path.starts_with("..") && from_root.starts_with(scope) {
        return true;
    }
    // `/x` is the root of the repository, if not of the machine; `x/y` may be of the folder.
    !path.starts_with('/')
        && names(scope, path).starts_with(scope)
        && !from_root_only(scope, &from_root)
}

/// Returns true where a path starts as paths from the root do: `infra/…` beside `docs`.
fn from_root_only(scope: &[String], path: &[String]) -> bool {
    let first = path.first().map(String::as_str).unwrap_or_default();
    let top = scope.first().map(String::as_str).unwrap_or_default();
    first != top && TOP.contains(&first)
}

fn names(from: &[String], path: &str) -> Vec<String> {
    let mut out = from.to_vec();
    for name in path.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            name => out.push(name.to_ascii_lowercase()),
        }
    }
    out
}

/// What asks for or permits a change.
const CHANGES: [&str; 26] = [
    "access",
    "add",
    "allowed",
    "can",
    "change",
    "commit",
    "copy",
    "create",
    "delete",
    "deploy",
    "edit",
    "free",
    "may",
    "modify",
    "move",
    "overwrite",
    "permitted",
    "push",
    "read",
    "remove",
    "replace",
    "rewrite",
    "run",
    "touch",
    "update",
    "write",
];

/// Folders that lie at the root of a repository and hold what is not a folder's own.
const TOP: [&str; 12] = [
    ".git",
    ".github",
    ".vscode",
    ".claude",
    ".cursor",
    "deploy",
    "deployment",
    "infra",
    "infrastructure",
    "k8s",
    "secrets",
    "terraform",
];

const PHRASES: &[Group] = &[Group {
    code: LintCode::ExpandsScope,
    over_commas: true,
    phrases: &[
        "override*|overrule*|supersede*|replace*|trump*|cancel*|ignore|disregard ~4 root|parent|other|outer|top|upper|global|repository|repo ~3 agents|claude|instruction*|rule*|file*|polic*|guideline*|md",
        "takes|take|has|have precedence|priority over ~4 root|parent|other|outer|top|repository|global|all|every",
        "apply|applies|apply|valid|hold|holds|extend|extends|use|used ~3 entire|whole|complete|rest|all|every|any|outside|other ~3 repository|repo|repositories|project|codebase|folder*|director*|monorepo|module*|package*|organization",
        "outside ~1 this|the|of ~2 folder|directory|package|module|scope ~6 may|can|should|must|allowed|edit|modify|change",
        "may|can|should|must|allowed|free ~4 edit|modify|change|write|delete|touch|create|move|update ~6 outside|anywhere|elsewhere|everywhere",
        "may|can|allowed|free ~3 edit|modify|change|write|delete|touch ~3 any|all|every ~1 file|files|folder|directory|path",
        "work|working|act|operate|go beyond|outside ~2 this|the ~1 folder|directory|package|module|scope",
        "approval*|review*|permission* ~5 waived|unnecessary|optional ~4 here|directory|folder|package|module|END",
    ],
}];
