//! The boundary report of a change: what of it lies inside of what is allowed (section 1).

use serde::Serialize;

use crate::facts::change::facts::ChangeFacts;
use crate::facts::matcher::PathMatcher;
use crate::facts::path::Base;
use crate::model::ChangeStatus;

/// Where a change leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BoundaryReport {
    /// Lines added, as far as they are counted.
    pub added: u64,
    /// Files that are no text.
    pub binary: Vec<String>,
    /// Files that become something that can be run.
    pub executable: Vec<String>,
    /// Paths that a forbidden pattern covers, with the number of the first one, from 0.
    pub forbidden: Vec<(String, usize)>,
    /// Files that a generator wrote.
    pub generated: Vec<String>,
    /// Paths inside.
    pub inside: Vec<String>,
    /// Symbolic links that point out of the repository, or where that cannot be told.
    pub leading_out: Vec<String>,
    /// Files whose lines are not counted.
    pub not_counted: Vec<String>,
    /// Paths that no allowed pattern covers, or that are not in the repository.
    pub outside: Vec<String>,
    /// Lines removed, as far as they are counted.
    pub removed: u64,
    /// Commits of other repositories.
    pub submodules: Vec<String>,
}

impl BoundaryReport {
    /// Returns the report of `change`; without `allowed`, every path in the repository is.
    pub fn of(
        change: &ChangeFacts,
        allowed: Option<&PathMatcher>,
        forbidden: &PathMatcher,
    ) -> Self {
        let base = Base::new(None, None);
        let mut report = Self::default();
        for file in &change.files {
            // A copy leaves the file that it is made of alone.
            let moved = file.from.as_ref().filter(|_| file.status != Some(ChangeStatus::Copied));
            for path in std::iter::once(&file.path).chain(moved) {
                report.place(&base, path, allowed, forbidden);
            }
            let note = |list: &mut Vec<String>, found: bool| {
                if found {
                    list.push(file.path.clone());
                }
            };
            note(&mut report.binary, file.binary);
            note(&mut report.executable, file.executable);
            note(&mut report.generated, file.generated);
            note(&mut report.submodules, file.submodule);
            note(&mut report.not_counted, file.added.is_none() || file.removed.is_none());
            report.added += u64::from(file.added.unwrap_or(0));
            report.removed += u64::from(file.removed.unwrap_or(0));
            let gone = file.status == Some(ChangeStatus::Deleted);
            match &file.symlink_target {
                Some(target) => report.follow(&base, &file.path, target, allowed, forbidden),
                // A link whose target is not told may lead anywhere.
                None => note(&mut report.leading_out, file.link && !gone),
            }
        }
        report
    }

    /// Returns true where nothing of the change leads out of what is allowed.
    pub fn is_inside(&self) -> bool {
        self.forbidden.is_empty() && self.outside.is_empty() && self.leading_out.is_empty()
    }

    fn place(
        &mut self,
        base: &Base,
        path: &str,
        allowed: Option<&PathMatcher>,
        forbidden: &PathMatcher,
    ) {
        let Ok(spellings) = base.spellings(path) else {
            self.outside.push(path.to_owned());
            return;
        };
        if let Some(index) = spellings.iter().filter_map(|path| forbidden.first(path)).min() {
            self.forbidden.push((path.to_owned(), index));
        }
        let inside =
            allowed.is_none_or(|allowed| spellings.iter().all(|path| allowed.is_match(path)));
        if inside { &mut self.inside } else { &mut self.outside }.push(path.to_owned());
    }

    /// Looks where a link leads: where the link itself is allowed, its target must be too.
    fn follow(
        &mut self,
        base: &Base,
        link: &str,
        target: &str,
        allowed: Option<&PathMatcher>,
        forbidden: &PathMatcher,
    ) {
        let folder = base.place(&[], link).ok().map(|mut names| {
            names.pop();
            names
        });
        let inside = folder.and_then(|folder| base.within(folder).spellings(target).ok());
        match inside {
            None => self.leading_out.push(link.to_owned()),
            Some(spellings) => {
                for path in spellings {
                    self.place(base, &path, allowed, forbidden);
                }
            }
        }
    }
}
