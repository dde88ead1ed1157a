//! Reads git's unified diff.

use crate::facts::diff::error::DiffError;
use crate::facts::diff::error::DiffProblem;
use crate::facts::diff::file::Content;
use crate::facts::diff::file::DiffFile;
use crate::facts::diff::header::Header;
use crate::facts::diff::hunk::HunkHead;
use crate::facts::diff::hunk::HunkReader;
use crate::facts::diff::hunk::LineKind;
use crate::model::ChangeStatus;

/// The files that one diff may change.
pub(crate) const MOST_FILES: usize = 20_000;

/// Reads the output of `git diff`: every line must belong to a file, and no line may be missing.
///
/// Prefixes must be `a/` and `b/`; a diff of several parents is refused.
pub(crate) fn read_diff(text: &str) -> Result<Vec<DiffFile<'_>>, DiffError> {
    let mut lines = Lines { line: 0, rest: text };
    let mut files = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("diff --cc ") || line.starts_with("diff --combined ") {
            return Err(lines.wrong(DiffProblem::Combined));
        }
        let pair = line.strip_prefix("diff --git ");
        let pair = pair.ok_or_else(|| lines.wrong(DiffProblem::Header))?;
        if files.len() == MOST_FILES {
            return Err(lines.wrong(DiffProblem::TooMany));
        }
        files.push(lines.file(Header::new(end(pair)))?);
    }
    Ok(files)
}

/// The lines of a text, with the one to come in sight.
struct Lines<'t> {
    line: usize,
    rest: &'t str,
}

impl<'t> Lines<'t> {
    fn peek(&self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        Some(self.rest.split_once('\n').map_or(self.rest, |(line, _)| line))
    }

    fn next(&mut self) -> Option<&'t str> {
        let line = self.peek()?;
        self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
        self.line += 1;
        Some(line)
    }

    const fn wrong(&self, problem: DiffProblem) -> DiffError {
        DiffError::at(self.line, problem)
    }

    fn file(&mut self, mut header: Header) -> Result<DiffFile<'t>, DiffError> {
        let start = self.line;
        let mut content = Content::Same;
        while let Some(line) = self.peek() {
            if line.starts_with("diff ") {
                break;
            }
            self.next();
            if header.read(end(line)).map_err(|problem| self.wrong(problem))? {
                if header.has_names() {
                    content = self.hunks()?;
                    break;
                }
            } else if line.starts_with("Binary files ") && end(line).ends_with(" differ") {
                content = Content::Binary;
                break;
            } else if end(line) == "GIT binary patch" {
                self.binary()?;
                content = Content::Binary;
                break;
            } else {
                return Err(self.wrong(DiffProblem::Header));
            }
        }
        let named = header.named().map_err(|problem| DiffError::at(start, problem))?;
        let file = DiffFile {
            content,
            from: named.from,
            line: start,
            new_mode: header.new_mode,
            old_mode: header.old_mode,
            path: named.path,
            similarity: header.similarity,
            status: named.status,
        };
        one_sided(&file)?;
        Ok(file)
    }

    fn hunks(&mut self) -> Result<Content<'t>, DiffError> {
        let mut hunks = Vec::new();
        while let Some(line) = self.peek() {
            if line.starts_with("diff ") {
                break;
            }
            self.next();
            if line.starts_with("@@@") {
                return Err(self.wrong(DiffProblem::Combined));
            }
            let head = HunkHead::read(line).ok_or_else(|| self.wrong(DiffProblem::Header))?;
            let mut hunk = HunkReader::new(head);
            while !hunk.is_full() {
                let line = self.next().ok_or_else(|| self.wrong(DiffProblem::Ends))?;
                if line.starts_with('\\') {
                    self.no_newline(&mut hunk)?;
                } else {
                    hunk.add(line, self.line)?;
                }
            }
            if self.peek().is_some_and(|line| line.starts_with('\\')) {
                self.next();
                self.no_newline(&mut hunk)?;
            }
            hunks.push(hunk.finish());
        }
        if hunks.is_empty() {
            return Err(self.wrong(DiffProblem::Ends));
        }
        Ok(Content::Text(hunks))
    }

    fn no_newline(&self, hunk: &mut HunkReader<'_>) -> Result<(), DiffError> {
        if hunk.no_newline() { Ok(()) } else { Err(self.wrong(DiffProblem::Counts)) }
    }

    /// Passes over `literal N` or `delta N` with its lines, there and back.
    fn binary(&mut self) -> Result<(), DiffError> {
        let mut blocks = 0;
        while let Some(line) = self.peek() {
            let size = line.strip_prefix("literal ").or_else(|| line.strip_prefix("delta "));
            if size.is_none() && blocks > 0 {
                break;
            }
            self.next();
            let digits = size.is_some_and(|size| {
                let size = end(size);
                !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit())
            });
            if !digits || blocks == 2 {
                return Err(self.wrong(DiffProblem::Binary));
            }
            blocks += 1;
            loop {
                match self.next().map(end) {
                    None if blocks > 1 => break,
                    Some("") => break,
                    Some(line) if is_base85(line) => {}
                    None | Some(_) => return Err(self.wrong(DiffProblem::Binary)),
                }
            }
        }
        if blocks == 0 { Err(self.wrong(DiffProblem::Ends)) } else { Ok(()) }
    }
}

/// A new file has no lines to remove, a deleted one none to add.
fn one_sided(file: &DiffFile<'_>) -> Result<(), DiffError> {
    let other = match file.status {
        ChangeStatus::Added => LineKind::Removed,
        ChangeStatus::Deleted => LineKind::Added,
        ChangeStatus::Copied | ChangeStatus::Modified | ChangeStatus::Renamed => return Ok(()),
    };
    let Content::Text(hunks) = &file.content else {
        return Ok(());
    };
    let stray = |kind| kind == other || kind == LineKind::Context;
    if hunks.iter().flat_map(|hunk| &hunk.lines).any(|line| stray(line.kind)) {
        return Err(DiffError::at(file.line, DiffProblem::Contradiction));
    }
    Ok(())
}

/// Returns a line of a header without the end that Windows gives it.
fn end(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// Returns true for a letter that tells the length, and groups of five characters.
fn is_base85(line: &str) -> bool {
    let mut bytes = line.bytes();
    let length = bytes.next().is_some_and(|b| b.is_ascii_alphabetic());
    length
        && line.len() % 5 == 1
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"!#$%&()*+-;<=>?@^_`{|}~".contains(&b))
}
