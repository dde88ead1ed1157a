//! Of what classes one changed file is, and why.

use crate::facts::change::config::harm;
use crate::facts::change::config::read;
use crate::facts::change::file::FileFacts;
use crate::facts::change::file::Texts;
use crate::facts::change::layout::Format;
use crate::facts::change::layout::Layout;
use crate::facts::change::paths::add_classes;
use crate::facts::doubt::shown;
use crate::facts::manifest::Bump;
use crate::facts::manifest::ManifestKind;
use crate::facts::manifest::PartChange;
use crate::facts::manifest::PartKind;
use crate::facts::manifest::compare;
use crate::model::ChangeClass;
use crate::model::ordered::set_of;

/// What one file makes of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// The classes that it certainly is of, with the reason.
    pub(crate) certain: Vec<(ChangeClass, String)>,
    /// The classes that it may be of, where its content would have to be known.
    pub(crate) possible: &'static [ChangeClass],
    /// What changed in a manifest.
    pub(crate) parts: Vec<PartChange>,
    /// Why it cannot be told.
    pub(crate) why_open: String,
}

/// What a change of a manifest may be.
const MANIFEST: &[ChangeClass] = &[
    ChangeClass::BuildChange,
    ChangeClass::ConfigNonDestructive,
    ChangeClass::DependencyChange,
    ChangeClass::DependencyMajorUpgrade,
    ChangeClass::DependencyPatchMinor,
];

/// What a change of configuration may be.
const CONFIG: &[ChangeClass] = &[ChangeClass::ConfigChange, ChangeClass::ConfigNonDestructive];

impl Verdict {
    fn is(&mut self, class: ChangeClass, reason: impl Into<String>) {
        if !self.certain.iter().any(|(other, _)| *other == class) {
            self.certain.push((class, reason.into()));
        }
    }

    fn open(&mut self, possible: &'static [ChangeClass], why: impl Into<String>) {
        self.possible = possible;
        self.why_open = why.into();
    }

    /// Judges a file whose path is not one in the repository: of its class is known the worst.
    pub(crate) fn elsewhere() -> Self {
        let mut verdict = Self::default();
        for class in [ChangeClass::ProductionConfigChange, ChangeClass::SourceChange] {
            verdict.is(class, "its path is not one in the repository");
        }
        verdict
    }

    /// Judges one file by every spelling of its paths, its modes and its texts.
    pub(crate) fn of(file: &FileFacts, texts: &Texts<'_>, paths: &[String]) -> Self {
        let mut verdict = Self::default();
        let mut by_path = set_of(None);
        for path in paths {
            add_classes(path, &mut by_path);
        }
        if !by_path.is_empty() {
            for class in by_path {
                verdict.is(class, "by its path");
            }
            return verdict;
        }
        if file.submodule {
            verdict.is(ChangeClass::DependencyChange, "it is a commit of another repository");
            return verdict;
        }
        if file.link {
            verdict.is(ChangeClass::SourceChange, "it is a symbolic link");
            return verdict;
        }
        for path in paths {
            verdict.side(path, file, texts);
        }
        if file.executable {
            let class = ChangeClass::BuildChange;
            let harmless = [ChangeClass::TestChange, ChangeClass::SourceChange];
            if !verdict.certain.iter().any(|(other, _)| harmless.contains(other)) {
                verdict.is(class, "it becomes something that can be run");
            }
        }
        verdict
    }

    fn side(&mut self, path: &str, file: &FileFacts, texts: &Texts<'_>) {
        if let Some(kind) = ManifestKind::of(&path.to_lowercase()) {
            return self.manifest(kind, texts);
        }
        if file.generated {
            return self.is(ChangeClass::GeneratedChange, "a generator wrote it");
        }
        match Layout::of(path) {
            Layout::Build => self.is(ChangeClass::BuildChange, "by its path"),
            Layout::Config(format) => self.config(format, texts),
            Layout::Document => self.is(ChangeClass::DocumentationChange, "by its path"),
            Layout::Infrastructure => {
                self.is(ChangeClass::ConfigChange, "it describes machines and services");
            }
            Layout::Modules => {
                self.is(ChangeClass::DependencyChange, "it names other repositories");
            }
            Layout::Source => self.is(ChangeClass::SourceChange, "by its path"),
            Layout::Test => self.is(ChangeClass::TestChange, "by its path"),
        }
    }

    fn manifest(&mut self, kind: ManifestKind, texts: &Texts<'_>) {
        let (Some(before), Some(after)) = (&texts.before, &texts.after) else {
            return self.open(MANIFEST, "its text before and after is not known");
        };
        let parts = match (kind.read(before), kind.read(after)) {
            (Ok(before), Ok(after)) => compare(&before, &after),
            (Err(error), _) => return self.open(MANIFEST, ["it ", &error.to_string()].concat()),
            (_, Err(error)) => return self.open(MANIFEST, ["it ", &error.to_string()].concat()),
        };
        for part in &parts {
            self.is(class_of(part), said(part));
        }
        if parts.is_empty() {
            self.is(ChangeClass::ConfigNonDestructive, "nothing that it declares changes");
        }
        self.parts = parts;
    }

    fn config(&mut self, format: Format, texts: &Texts<'_>) {
        let (Some(before), Some(after)) = (&texts.before, &texts.after) else {
            return self.open(CONFIG, "its text before and after is not known");
        };
        let class = ChangeClass::ConfigChange;
        if after.is_empty() {
            return self.is(class, "it is removed");
        }
        let new = match read(format, after) {
            None => return self.is(class, "its format is not read"),
            Some(Err(error)) => return self.is(class, ["it ", &error.to_string()].concat()),
            Some(Ok(new)) => new,
        };
        let old = match read(format, before).filter(|_| !before.is_empty()) {
            None => None,
            Some(Err(error)) => return self.is(class, ["it ", &error.to_string()].concat()),
            Some(Ok(old)) => Some(old),
        };
        match harm(old.as_ref(), &new) {
            Some(reason) => self.is(class, reason),
            None => {
                let reason = "values come or change, and none is known to do harm";
                self.is(ChangeClass::ConfigNonDestructive, reason);
            }
        }
    }
}

/// Returns the class of one change in a manifest.
fn class_of(part: &PartChange) -> ChangeClass {
    match (part.kind, part.bump) {
        (PartKind::Script | PartKind::Other, _) => ChangeClass::BuildChange,
        (PartKind::Dependency, Bump::Patch | Bump::Minor) => ChangeClass::DependencyPatchMinor,
        (PartKind::Dependency, Bump::Major) => ChangeClass::DependencyMajorUpgrade,
        (
            PartKind::Dependency,
            Bump::Added | Bump::Changed | Bump::Lowered | Bump::Removed | Bump::Source,
        ) => ChangeClass::DependencyChange,
    }
}

/// Returns a change of a manifest in words.
pub(crate) fn said(part: &PartChange) -> String {
    let mut out = ["`", &shown(&part.name), "` is ", part.bump.name()].concat();
    if part.kind == PartKind::Dependency && !(part.before.is_empty() && part.after.is_empty()) {
        for (word, text) in [(" from `", &part.before), (" to `", &part.after)] {
            if !text.is_empty() {
                out.push_str(word);
                out.push_str(&shown(text));
                out.push('`');
            }
        }
    }
    out
}
