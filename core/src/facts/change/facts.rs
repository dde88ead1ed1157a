//! Everything that a request tells of its change.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::facts::change::claim::Claim;
use crate::facts::change::claim::ClassEvidence;
use crate::facts::change::claim::borne_out;
use crate::facts::change::classify::Verdict;
use crate::facts::change::file::FileFacts;
use crate::facts::change::file::Texts;
use crate::facts::change::file::merged;
use crate::facts::change::generated::Attributes;
use crate::facts::change::generated::by_path;
use crate::facts::change::generated::by_text;
use crate::facts::change::lock::companions;
use crate::facts::change::origin::Written;
use crate::facts::diff::DiffError;
use crate::facts::diff::DiffFile;
use crate::facts::diff::read_diff;
use crate::facts::diff::read_listing;
use crate::facts::doubt::shown;
use crate::facts::manifest::Bump;
use crate::facts::manifest::ManifestKind;
use crate::facts::manifest::PartChange;
use crate::facts::manifest::PartKind;
use crate::facts::path::Base;
use crate::model::ChangeStatus;
use crate::model::ChangedFile;
use crate::model::Request;

/// What a change is.
///
/// # Example
/// ```
/// use bailiwick::{ChangeFacts, Request};
///
/// let request: Request = serde_json::from_str(
///     r#"{"diff": "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n"}"#,
/// )?;
/// assert!(ChangeFacts::of(&request).files[0].executable);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChangeFacts {
    /// What became of the class that the request claims; `None` where it claims none, or what it
    /// tells of the change cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// The classes that files certainly bear out, in order: one entry a class and file.
    pub classes: Vec<ClassEvidence>,
    /// What changed in manifests.
    pub dependencies: Vec<DependencyFact>,
    /// What cannot be read, or contradicts itself: then nothing else here is sure.
    pub doubts: Vec<ChangeDoubt>,
    /// The files, in the order of the diff or list.
    pub files: Vec<FileFacts>,
    /// For files of which the request tells too little: each class that they may be of.
    pub open: Vec<ClassEvidence>,
    /// Generated files that change while nothing does that they are generated from.
    pub stale: Vec<StaleFact>,
}

/// Why a change cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeDoubt {
    /// A stable word for it.
    pub code: &'static str,
    /// What it is, for people.
    pub reason: String,
}

/// A part of a manifest that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DependencyFact {
    /// What it says after the change.
    pub after: String,
    /// What it said before.
    pub before: String,
    /// What became of it.
    pub change: Bump,
    /// It is a dependency; else a script, a setting or the like.
    pub dependency: bool,
    /// Its name, with the place in the manifest.
    pub name: String,
    /// The manifest.
    pub path: String,
}

/// A generated file that changed alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleFact {
    /// The file.
    pub path: String,
    /// The names that its source may have; none where only its first lines say that it has one.
    pub sources: Vec<String>,
}

impl ChangeFacts {
    /// Returns what the changed files and the diff of `request` say, checked against each other.
    ///
    /// Never fails: what cannot be read or contradicts itself is a doubt.
    pub fn of(request: &Request) -> Self {
        let told = match request.diff.as_deref().map(read) {
            None => Vec::new(),
            Some(Ok(files)) => files,
            Some(Err(error)) => {
                let doubt = ChangeDoubt { code: error.code(), reason: error.to_string() };
                return Self { doubts: vec![doubt], ..Self::default() };
            }
        };
        let listed = request.changed_files.as_deref().unwrap_or_default();
        let attributes = Attributes::read(request.git_attributes.as_deref().unwrap_or_default());
        let base = Base::new(request.workspace.as_deref(), None);
        let mut facts = Self::default();
        let mut verdicts = Vec::new();
        for (listed, told) in facts.paired(listed, &told, request.diff.is_some()) {
            match merged(listed, told) {
                Err(reason) => {
                    let path = told.map(|told| &told.path).or(listed.map(|listed| &listed.path));
                    facts.doubt(reason, path.map(String::as_str).unwrap_or_default());
                }
                Ok((mut file, texts)) => {
                    file.generated |= generated(&file, &texts, &attributes);
                    verdicts.push(match spellings(&base, &file) {
                        Some(paths) => Verdict::of(&file, &texts, &paths),
                        None => Verdict::elsewhere(),
                    });
                    facts.files.push(file);
                }
            }
        }
        companions(&facts.files, &mut verdicts);
        facts.gather(verdicts);
        facts.find_stale();
        if facts.doubts.is_empty() && !facts.files.is_empty() {
            facts.claim = request.change_class.map(|class| borne_out(class, &facts));
        }
        facts
    }

    /// Returns the lines that are known to come and go, and whether those are all.
    pub(crate) fn lines(&self) -> (u64, bool) {
        let mut total = 0_u64;
        let mut all = true;
        for file in &self.files {
            total += u64::from(file.added.unwrap_or(0)) + u64::from(file.removed.unwrap_or(0));
            all &= file.added.is_some() && file.removed.is_some();
        }
        (total, all)
    }

    fn doubt(&mut self, reason: &str, path: &str) {
        let reason = [reason, ": `", &shown(path), "`"].concat();
        self.doubts.push(ChangeDoubt { code: "change_contradiction", reason });
    }

    /// Brings each file of the list together with that of the diff; where there is a diff, both
    /// must name the same files.
    fn paired<'p, 'r>(
        &mut self,
        listed: &'r [ChangedFile],
        told: &'p [DiffFile<'r>],
        has_diff: bool,
    ) -> Vec<(Option<&'r ChangedFile>, Option<&'p DiffFile<'r>>)> {
        if !has_diff {
            return listed.iter().map(|file| (Some(file), None)).collect();
        }
        let mut by_path: BTreeMap<&str, &ChangedFile> = BTreeMap::new();
        for file in listed {
            if by_path.insert(&file.path, file).is_some() {
                self.doubt("the list names a file twice", &file.path);
            }
        }
        let mut pairs = Vec::new();
        let mut named = BTreeSet::new();
        for file in told {
            named.insert(file.path.as_str());
            let entry = by_path.get(file.path.as_str()).copied();
            if entry.is_none() && !listed.is_empty() {
                self.doubt("the diff changes a file that is not listed", &file.path);
            }
            pairs.push((entry, Some(file)));
        }
        for file in listed.iter().filter(|file| !named.contains(file.path.as_str())) {
            self.doubt("a file is listed that the diff does not change", &file.path);
        }
        pairs
    }

    fn gather(&mut self, verdicts: Vec<Verdict>) {
        for (file, verdict) in self.files.iter().zip(verdicts) {
            for (class, reason) in verdict.certain {
                self.classes.push(ClassEvidence { class, path: file.path.clone(), reason });
            }
            for class in verdict.possible {
                let reason = verdict.why_open.clone();
                self.open.push(ClassEvidence { class: *class, path: file.path.clone(), reason });
            }
            for part in verdict.parts {
                self.dependencies.push(DependencyFact::new(part, &file.path));
            }
        }
        self.classes.sort();
        self.classes.dedup();
    }

    fn find_stale(&mut self) {
        let mut written = Written::default();
        for file in &self.files {
            if !file.generated && file.status != Some(ChangeStatus::Copied) {
                written.add(&file.path);
            }
        }
        for file in self.files.iter().filter(|file| file.generated) {
            if let Some(sources) = written.missing(&file.path) {
                self.stale.push(StaleFact { path: file.path.clone(), sources });
            }
        }
    }
}

impl DependencyFact {
    fn new(part: PartChange, path: &str) -> Self {
        Self {
            after: shown(&part.after),
            before: shown(&part.before),
            change: part.bump,
            dependency: part.kind == PartKind::Dependency,
            name: part.name,
            path: path.to_owned(),
        }
    }
}

/// Returns every spelling of the paths that a file has, and had before a move; a copy leaves the
/// file that it is made of alone. None where one of them is not in the repository.
fn spellings(base: &Base, file: &FileFacts) -> Option<Vec<String>> {
    let moved = file.from.as_ref().filter(|_| file.status != Some(ChangeStatus::Copied));
    let mut found = Vec::new();
    for path in std::iter::once(&file.path).chain(moved) {
        found.append(&mut base.spellings(path).ok()?);
    }
    Some(found)
}

/// Reads a unified diff, or a listing, which has fields that end in NUL.
fn read(text: &str) -> Result<Vec<DiffFile<'_>>, DiffError> {
    if text.contains('\0') && !text.starts_with("diff ") {
        read_listing(text)
    } else {
        read_diff(text)
    }
}

/// A mark in the text counts only where it stood before already: else whoever changes the file
/// could make it a generated one.
fn generated(file: &FileFacts, texts: &Texts<'_>, attributes: &Attributes) -> bool {
    if let Some(said) = attributes.generated(&file.path) {
        return said;
    }
    let marked = || match (&texts.before, &texts.after) {
        (Some(before), _) if !before.is_empty() => by_text(before),
        (Some(_), Some(after)) => by_text(after),
        (Some(_) | None, _) => false,
    };
    ManifestKind::of(&file.path.to_lowercase()).is_some_and(ManifestKind::is_lock)
        || by_path(&file.path).is_some()
        || marked()
}
