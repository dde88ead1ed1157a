//! Git: revisions, paths of its own kind, remotes and settings.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Host;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::filter::met_by;
use crate::facts::program::reader::here;
use crate::facts::program::reader::last_name;
use crate::facts::program::term::Term;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// Settings that choose no program, by their names or the start of them.
const HARMLESS: [&str; 20] = [
    "color.",
    "advice.",
    "user.",
    "core.quotepath",
    "core.abbrev",
    "core.autocrlf",
    "core.safecrlf",
    "core.commentchar",
    "core.pager=cat",
    "core.fsmonitor=false",
    "core.preloadindex",
    "core.untrackedcache",
    "diff.renames",
    "diff.noprefix",
    "diff.mnemonicprefix",
    "gc.auto=0",
    "init.defaultbranch",
    "log.showsignature=false",
    "status.",
    "commit.gpgsign=false",
];

/// Reads the settings before the subcommand.
pub(in crate::facts::program) fn settings(call: &mut Call<'_>) {
    let settings: Vec<Term<'_>> = call.kept('K').cloned().collect();
    for setting in &settings {
        let known = setting.literal().is_some_and(|text| {
            let lower = text.to_ascii_lowercase();
            HARMLESS
                .iter()
                .any(|start| lower == *start || lower.starts_with(start) && !start.contains('='))
        });
        if !known {
            call.out.has(CommandEffect::OverridesConfiguration);
        }
    }
    let folders: Vec<Term<'_>> = call.kept('G').cloned().collect();
    for folder in &folders {
        call.out.has(CommandEffect::OverridesConfiguration);
        call.touch(folder, Touch::Read);
    }
}

/// Reads operands that are revisions or, behind `--`, paths.
pub(in crate::facts::program) fn revisions(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    let end = call.before_end.unwrap_or(operands.len());
    for (index, operand) in operands.iter().enumerate() {
        if index < end {
            revision(call, operand, Touch::Read);
        } else {
            pathspec(call, operand, Touch::Read);
        }
    }
    let ranges: Vec<Term<'_>> = call.kept('Y').cloned().collect();
    for range in &ranges {
        if let Some(at) = range.text.rfind(':') {
            call.touch(&range.after(at + 1), Touch::Read);
        }
    }
}

/// Reads a word that is a revision, a path, or a path in a revision.
fn revision(call: &mut Call<'_>, term: &Term<'_>, touch: Touch) {
    let text = &*term.text;
    if let Some(at) = text.find(':') {
        if at == 0 {
            pathspec(call, term, touch);
        }
        // `:0:path` and `HEAD:path`.
        let rest = term.after(at + 1);
        let stage = ["0:", "1:", "2:", "3:"].iter().find_map(|stage| rest.without(stage));
        let path = stage.unwrap_or(rest);
        if !path.is_empty() {
            call.touch(&path, touch);
        }
        return;
    }
    let only_revision = term.tail.is_empty()
        && (text.contains("..") && !text.contains("../") && !text.ends_with("/..") && text != ".."
            || text.contains(['^', '~']) && !text.starts_with('~')
            || text.contains("@{")
            || matches!(text, "@" | "HEAD" | "FETCH_HEAD" | "ORIG_HEAD" | "MERGE_HEAD"));
    if !only_revision {
        pathspec(call, term, touch);
    }
}

/// Reads a path of git's kind: with its own marks in front, and patterns that git expands.
fn pathspec(call: &mut Call<'_>, term: &Term<'_>, touch: Touch) {
    let text = &*term.text;
    let mut bare = term.clone();
    if let Some(long) = text.strip_prefix(":(") {
        let Some((marks, _)) = long.split_once(')') else {
            return call.out.dynamic("a path for git is not read:", text);
        };
        if marks.split(',').any(|mark| mark == "exclude") {
            return;
        }
        bare = term.after(marks.len() + 3);
    } else if let Some(short) = text.strip_prefix(':') {
        let marks = short.len() - short.trim_start_matches(['/', '!', '^', ':']).len();
        if short.get(..marks).is_some_and(|marks| marks.contains(['!', '^'])) {
            return;
        }
        bare = term.after(marks + 1);
        if bare.is_empty() {
            bare = Term::text(".");
        }
    }
    if bare.text.contains(['*', '?', '[']) {
        for pattern in met_by(&bare.text) {
            let mut pieces = vec![Piece::Glob(pattern)];
            pieces.extend_from_slice(bare.tail);
            let pattern = Word { pieces };
            let word = call.placed(&Term::of(&pattern));
            call.out.touch(word, touch);
        }
    } else {
        call.touch(&bare, touch);
    }
}

/// Reads operands that are paths, for what the subcommand does to them.
pub(in crate::facts::program) fn pathspecs(call: &mut Call<'_>) {
    let touch = match Some(call.row.first_name()) {
        Some("restore") => Touch::Write,
        Some("rm") if !call.has('C') => {
            Touch::Delete { recursive: call.has('R'), forced: call.has('F') }
        }
        Some(_) | None => Touch::Read,
    };
    for operand in &call.operands.clone() {
        pathspec(call, operand, touch);
    }
}

/// Reads `git grep`: a pattern, revisions, and behind `--` paths.
pub(in crate::facts::program) fn grep(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    let end = call.before_end.unwrap_or(operands.len());
    let skipped = usize::from(!call.has('P'));
    for (index, operand) in operands.iter().enumerate().skip(skipped) {
        if index < end {
            revision(call, operand, Touch::Read);
        } else {
            pathspec(call, operand, Touch::Read);
        }
    }
}

/// Reads `git branch` and `git tag`, which list, or make what they name.
pub(in crate::facts::program) fn branch(call: &mut Call<'_>) {
    if !call.operands.is_empty() && !call.has('L') && !call.has('D') {
        call.out.has(CommandEffect::ChangesGitState);
    }
}

/// Reads `git config`.
pub(in crate::facts::program) fn config(call: &mut Call<'_>) {
    let sets = call.has('S') || !call.has('L') && call.operands.len() > 1;
    if sets {
        call.out.has(CommandEffect::ChangesGitConfiguration);
    }
    let blobs: Vec<Term<'_>> = call.kept('N').cloned().collect();
    for blob in &blobs {
        revision(call, blob, Touch::Either);
    }
    if call.operands.first().is_some_and(may_be_secret) {
        call.out.has(CommandEffect::RevealsCredentials);
    }
}

/// Returns true for the name of a setting whose value may let somebody in.
fn may_be_secret(name: &Term<'_>) -> bool {
    const STARTS: [&str; 5] = ["credential", "http.", "https.", "url.", "sendemail."];
    const HOLDS: [&str; 5] = ["header", "pass", "secret", "token", "cookie"];
    let lower = name.text.to_ascii_lowercase();
    !name.tail.is_empty()
        || STARTS.iter().any(|start| lower.starts_with(start))
        || HOLDS.iter().any(|part| lower.contains(part))
}

/// Reads the remote that something is taken from, and where a clone goes.
pub(in crate::facts::program) fn from_remote(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    let Some(first) = operands.first() else {
        configured(call);
        return;
    };
    remote(call, first);
    let clones = call.row.first_name() == "clone";
    if let Some(folder) = operands.get(1).filter(|_| clones) {
        call.touch(folder, Touch::Write);
    } else if clones {
        let name = last_name(first).map(|name| name.trim_end_matches(".git").to_owned());
        call.touch(&Term::text(name.unwrap_or_else(|| ".".to_owned())), Touch::Write);
    }
}

fn configured(call: &mut Call<'_>) {
    call.out.network.get_or_insert_default().elsewhere = true;
}

/// Reads a word that names a remote: a URL, a path, or a name that the configuration explains.
fn remote(call: &mut Call<'_>, term: &Term<'_>) {
    let text = &*term.text;
    if let Some(at) = text.find("::") {
        // A helper, which may be a command.
        call.out.has(CommandEffect::LoadsCode);
        call.out.runs_script(term.after(at + 2).word());
    } else if text.contains("://") || text.contains(':') && !text.starts_with(['.', '/']) {
        call.out.reaches(term.word(), Host::Remote);
    } else if text.contains('/') || text.starts_with('.') {
        call.touch(term, Touch::Read);
        configured(call);
    } else {
        configured(call);
    }
}

/// Reads `git push`: a remote, and what is pushed.
pub(in crate::facts::program) fn push(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    match operands.first() {
        Some(first) => remote(call, first),
        None => configured(call),
    }
    if operands.iter().skip(1).any(|term| term.text.starts_with(['+', ':'])) {
        call.out.has(CommandEffect::RewritesGitHistory);
    }
}

/// Reads `git checkout`, which takes a branch, or throws away what paths hold.
pub(in crate::facts::program) fn checkout(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    let end = call.before_end;
    for (index, operand) in operands.iter().enumerate() {
        let path = match end {
            Some(end) => index >= end,
            None if call.has('N') => false,
            None => index > 0 || looks_like_path(operand),
        };
        if path {
            call.out.has(CommandEffect::DiscardsWork);
            pathspec(call, operand, Touch::Write);
        }
    }
}

fn looks_like_path(term: &Term<'_>) -> bool {
    !term.tail.is_empty() || term.text.contains(['.', '*', ':'])
}

/// Reads `git clean`.
pub(in crate::facts::program) fn clean(call: &mut Call<'_>) {
    if call.has('N') {
        call.out.effects.remove(&CommandEffect::DiscardsWork);
        return;
    }
    let touch = Touch::Delete { recursive: true, forced: call.has('F') };
    let operands = call.operands.clone();
    for operand in &operands {
        pathspec(call, operand, touch);
    }
    if operands.is_empty() {
        call.touch(&Term::text("."), touch);
    }
}

/// Reads `git apply`, whose patch names the files that it changes.
pub(in crate::facts::program) fn apply(call: &mut Call<'_>) {
    if call.has('N') {
        call.out.effects.remove(&CommandEffect::ChangesGitState);
        return;
    }
    call.out.dynamic("which files are changed, the patch tells", "");
    call.touch(&Term::text("."), Touch::Write);
}

/// Notes where `git format-patch` writes.
pub(in crate::facts::program) fn format_patch(call: &mut Call<'_>) {
    let named = call.out.paths.iter().any(|(_, touch)| *touch == Touch::Write);
    if !named && !call.has('O') {
        call.out.touch(here(), Touch::Write);
    }
}
