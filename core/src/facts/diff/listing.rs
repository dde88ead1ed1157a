//! Reads `git diff --name-status -z` and `git diff --raw -z`.

use crate::facts::diff::error::DiffError;
use crate::facts::diff::error::DiffProblem;
use crate::facts::diff::file::Content;
use crate::facts::diff::file::DiffFile;
use crate::facts::diff::file::Mode;
use crate::facts::diff::hunk::number;
use crate::facts::diff::reader::MOST_FILES;
use crate::model::ChangeStatus;

/// Reads a listing whose fields end in NUL; with `--raw`, a field with modes stands before each.
pub(crate) fn read_listing(text: &str) -> Result<Vec<DiffFile<'static>>, DiffError> {
    let mut fields = Fields { number: 0, rest: text };
    let mut files = Vec::new();
    while !fields.rest.is_empty() {
        if files.len() == MOST_FILES {
            return Err(fields.wrong(DiffProblem::TooMany));
        }
        files.push(fields.file()?);
    }
    Ok(files)
}

struct Fields<'t> {
    number: usize,
    rest: &'t str,
}

impl<'t> Fields<'t> {
    fn next(&mut self) -> Result<&'t str, DiffError> {
        self.number += 1;
        let ends = self.wrong(DiffProblem::Ends);
        let (field, rest) = self.rest.split_once('\0').ok_or(ends)?;
        self.rest = rest;
        Ok(field)
    }

    fn path(&mut self) -> Result<String, DiffError> {
        let path = self.next()?;
        if path.is_empty() {
            return Err(self.wrong(DiffProblem::Path));
        }
        Ok(path.to_owned())
    }

    const fn wrong(&self, problem: DiffProblem) -> DiffError {
        DiffError::at(self.number, problem)
    }

    fn file(&mut self) -> Result<DiffFile<'static>, DiffError> {
        let head = self.next()?;
        let line = self.number;
        if head.starts_with("::") {
            return Err(self.wrong(DiffProblem::Combined));
        }
        let (old_mode, new_mode, letters) = match head.strip_prefix(':') {
            None => (None, None, head),
            Some(row) => {
                let mut words = row.split(' ');
                let mut next = || words.next().ok_or(DiffError::at(line, DiffProblem::Ends));
                let (old, new) = (next()?, next()?);
                let (_, _, letters) = (next()?, next()?, next()?);
                if words.next().is_some() {
                    return Err(self.wrong(DiffProblem::Header));
                }
                (self.mode(old)?, self.mode(new)?, letters)
            }
        };
        let (letter, score) = letters.split_at_checked(1).unwrap_or_default();
        let status = match letter {
            "A" => ChangeStatus::Added,
            "C" => ChangeStatus::Copied,
            "D" => ChangeStatus::Deleted,
            "M" | "T" => ChangeStatus::Modified,
            "R" => ChangeStatus::Renamed,
            _ => return Err(self.wrong(DiffProblem::Status)),
        };
        let similarity = match number(score) {
            None if score.is_empty() => None,
            Some(score @ 0..=100) => u8::try_from(score).ok(),
            None | Some(_) => return Err(self.wrong(DiffProblem::Status)),
        };
        let first = self.path()?;
        let (from, path) = match status {
            ChangeStatus::Copied | ChangeStatus::Renamed => (Some(first), self.path()?),
            ChangeStatus::Added | ChangeStatus::Deleted | ChangeStatus::Modified => (None, first),
        };
        let content = Content::Untold;
        Ok(DiffFile { content, from, line, new_mode, old_mode, path, similarity, status })
    }

    fn mode(&self, text: &str) -> Result<Option<Mode>, DiffError> {
        if text == "000000" {
            return Ok(None);
        }
        Mode::read(text).map(Some).ok_or(self.wrong(DiffProblem::Mode))
    }
}
