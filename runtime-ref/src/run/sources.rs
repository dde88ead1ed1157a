//! Which files stand behind what a call shows: policies label data by where it lies.

use std::collections::BTreeSet;

use bailiwick::Action;
use bailiwick::CompiledDataClasses;
use bailiwick::DataClass;
use bailiwick::Facts;
use bailiwick::PathFact;
use bailiwick::PathPattern;
use bailiwick::PathTouch;
use bailiwick::Request;

use crate::port::files::FilesError;
use crate::run::tools::Tools;

impl Tools {
    /// Returns the files whose content what `request` comes to may hold, by every name that leads to
    /// them.
    ///
    /// Of a folder or a pattern, and of everything where it is not known what is read, it is one
    /// file: of those in the workspace, and where git could tell of them on the branch at any time,
    /// one that policies label the strictest.
    ///
    /// # Errors
    /// Where the workspace cannot be read.
    pub(super) fn read_by(&self, request: &Request) -> Result<BTreeSet<String>, FilesError> {
        let action = match request.action() {
            Some(action @ (Action::FileRead | Action::ShellExec | Action::VerifierRun)) => action,
            Some(_) | None => return Ok(BTreeSet::new()),
        };
        let facts = Facts::of(request, action);
        let plain = facts.paths.value.iter().filter(|fact| !fact.glob && fact.path != TOP);
        let mut read: BTreeSet<String> = plain.map(|fact| fact.path.clone()).collect();
        let call = self.context.request(Action::ModelCall);
        let labels = Labels(self.pep.pdp.policies.chain(&call, Action::ModelCall, false).data);
        if labels.0.is_empty() {
            return Ok(read);
        }

        let files = self.files.all()?;
        let ids: BTreeSet<_> = read.iter().filter_map(|name| files.get(name)).collect();
        read.extend(files.iter().filter(|(_, id)| ids.contains(id)).map(|(name, _)| name.clone()));
        let strictest = if action != Action::FileRead && !is_known(&facts, action) {
            let history = self.checkout.paths.iter();
            labels.strictest(files.keys().chain(history).map(String::as_str))
        } else {
            let wide = facts.paths.value.iter().filter(|_| !lists_only(&facts));
            let wide: Vec<Wide> = wide.map(Wide::of).collect();
            let below = |file: &&str| wide.iter().any(|wide| wide.meets(file));
            labels.strictest(files.keys().map(String::as_str).filter(below))
        };
        read.extend(strictest.map(str::to_owned));
        Ok(read)
    }
}

/// The documents that label paths.
struct Labels<'p>(Vec<&'p CompiledDataClasses>);

impl Labels<'_> {
    fn of(&self, fact: &PathFact) -> Option<DataClass> {
        let facts = std::slice::from_ref(fact);
        let labels = self.0.iter().flat_map(|document| document.labels_of_paths(facts));
        labels.map(|label| label.class).max()
    }

    /// Returns the one that is labelled the strictest; none where none is labelled.
    fn strictest<'f>(&self, files: impl Iterator<Item = &'f str>) -> Option<&'f str> {
        let labelled = files.filter_map(|file| {
            let path = file.to_owned();
            let fact = PathFact { path, touch: PathTouch::Read, glob: false, tree: false };
            Some((self.of(&fact)?, file))
        });
        labelled.max().map(|(_, file)| file)
    }
}

/// Where a path leads that may stand for more than one file.
enum Wide<'f> {
    /// What lies below it, were it a folder.
    Folder(&'f str),
    /// What it meets, and what lies below that.
    Pattern(PathPattern),
}

impl<'f> Wide<'f> {
    fn of(fact: &'f PathFact) -> Self {
        if !fact.glob {
            return Self::Folder(&fact.path);
        }
        match PathPattern::new(&format!("/{}", fact.path)) {
            Ok(pattern) => Self::Pattern(pattern),
            // What cannot be read meets whatever its first part without wildcards leads to.
            Err(_) => {
                let plain = fact.path.split(['*', '?', '[', '\\']).next().unwrap_or_default();
                Self::Folder(plain.rsplit_once('/').map_or(TOP, |(folder, _)| folder))
            }
        }
    }

    fn meets(&self, file: &str) -> bool {
        match self {
            Self::Folder(folder) => is_below(file, folder),
            Self::Pattern(pattern) => pattern.matches(file),
        }
    }
}

/// Returns true where a command reads what it names and nothing else.
fn is_known(facts: &Facts, action: Action) -> bool {
    action == Action::ShellExec
        && facts.paths.is_known()
        && facts.programs.is_known()
        && facts.effects.is_known()
        && facts.effects.value.is_empty()
        && facts.programs.value.iter().all(|program| {
            READ_OPERANDS.contains(&program.as_str()) || LIST_OPERANDS.contains(&program.as_str())
        })
        && !facts.commands.value.iter().any(|words| searches_folders(words))
}

/// Returns true where a command may be a `grep` that goes through folders, which need not be named.
fn searches_folders(words: &[String]) -> bool {
    let mut options = words.iter().filter(|word| word.starts_with('-'));
    words.iter().any(|word| word.ends_with("grep"))
        && options.any(|word| word.contains(['r', 'R', 'd']))
}

/// Returns true where a command tells of folders only what is in them.
fn lists_only(facts: &Facts) -> bool {
    let programs = &facts.programs.value;
    !programs.is_empty() && programs.iter().all(|program| LIST_OPERANDS.contains(&program.as_str()))
}

fn is_below(file: &str, folder: &str) -> bool {
    folder == TOP || file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// How facts call the top of the workspace.
const TOP: &str = ".";
/// Programs that read their operands and nothing else.
const READ_OPERANDS: &[&str] = &[
    "cat", "cmp", "comm", "cut", "diff", "fold", "grep", "head", "join", "nl", "od", "paste",
    "rev", "sort", "tac", "tail", "tr", "uniq", "wc", "xxd",
];
/// Programs that tell names, sizes and times, or what stands in their own words.
const LIST_OPERANDS: &[&str] = &[
    "[", "basename", "cd", "dirname", "echo", "false", "ls", "mkdir", "printf", "pwd", "rmdir",
    "stat", "test", "touch", "true",
];
