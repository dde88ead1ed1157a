//! The lines between `diff --git` and the content of a file.

use crate::facts::diff::error::DiffProblem;
use crate::facts::diff::file::Mode;
use crate::facts::diff::hunk::number;
use crate::facts::diff::quoted::quoted;
use crate::facts::diff::quoted::whole;
use crate::model::ChangeStatus;

/// What the header of one file has said so far.
#[derive(Debug, Default)]
pub(crate) struct Header {
    /// What stands after `diff --git `.
    pair: String,
    copy: Ends,
    deleted: bool,
    new: bool,
    pub(crate) new_mode: Option<Mode>,
    pub(crate) old_mode: Option<Mode>,
    rename: Ends,
    pub(crate) similarity: Option<u8>,
    /// The path after `--- `; within, `None` for `/dev/null`.
    old_name: Option<Option<String>>,
    /// The path after `+++ `.
    new_name: Option<Option<String>>,
}

#[derive(Debug, Default)]
struct Ends {
    from: Option<String>,
    to: Option<String>,
}

/// Where the paths are, and what happened.
pub(crate) struct Named {
    pub(crate) from: Option<String>,
    pub(crate) path: String,
    pub(crate) status: ChangeStatus,
}

impl Header {
    /// Starts a header with what stands after `diff --git `.
    pub(crate) fn new(pair: &str) -> Self {
        Self { pair: pair.to_owned(), ..Self::default() }
    }

    /// Reads one line; false where it is no line of a header.
    pub(crate) fn read(&mut self, line: &str) -> Result<bool, DiffProblem> {
        let path = |text| whole(text).map(Some).ok_or(DiffProblem::Path);
        let mode = |text| Mode::read(text).map(Some).ok_or(DiffProblem::Mode);
        if let Some(text) = line.strip_prefix("old mode ") {
            once(&mut self.old_mode, mode(text)?)?;
        } else if let Some(text) = line.strip_prefix("new mode ") {
            once(&mut self.new_mode, mode(text)?)?;
        } else if let Some(text) = line.strip_prefix("deleted file mode ") {
            self.deleted = true;
            once(&mut self.old_mode, mode(text)?)?;
        } else if let Some(text) = line.strip_prefix("new file mode ") {
            self.new = true;
            once(&mut self.new_mode, mode(text)?)?;
        } else if let Some(text) = line.strip_prefix("rename from ") {
            once(&mut self.rename.from, path(text)?)?;
        } else if let Some(text) = line.strip_prefix("rename to ") {
            once(&mut self.rename.to, path(text)?)?;
        } else if let Some(text) = line.strip_prefix("copy from ") {
            once(&mut self.copy.from, path(text)?)?;
        } else if let Some(text) = line.strip_prefix("copy to ") {
            once(&mut self.copy.to, path(text)?)?;
        } else if let Some(text) = line.strip_prefix("similarity index ") {
            once(&mut self.similarity, Some(percent(text)?))?;
        } else if let Some(text) = line.strip_prefix("dissimilarity index ") {
            percent(text)?;
        } else if let Some(text) = line.strip_prefix("index ") {
            self.index(text)?;
        } else if let Some(text) = line.strip_prefix("--- ") {
            once(&mut self.old_name, Some(named(text, "a/")?))?;
        } else if let Some(text) = line.strip_prefix("+++ ") {
            if self.old_name.is_none() {
                return Err(DiffProblem::Header);
            }
            once(&mut self.new_name, Some(named(text, "b/")?))?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Returns true where `---` and `+++` have been read, so that hunks follow.
    pub(crate) const fn has_names(&self) -> bool {
        self.new_name.is_some()
    }

    /// Reads `abc123..def456 100644`.
    fn index(&mut self, text: &str) -> Result<(), DiffProblem> {
        let (objects, mode) = match text.split_once(' ') {
            Some((objects, mode)) => (objects, Some(mode)),
            None => (text, None),
        };
        let (old, new) = objects.split_once("..").ok_or(DiffProblem::Header)?;
        let hex = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
        if old.contains(',') {
            return Err(DiffProblem::Combined);
        }
        if !hex(old) || !hex(new) {
            return Err(DiffProblem::Header);
        }
        if let Some(mode) = mode {
            let mode = Mode::read(mode).ok_or(DiffProblem::Mode)?;
            once(&mut self.old_mode, Some(mode))?;
            once(&mut self.new_mode, Some(mode))?;
        }
        Ok(())
    }

    /// Returns the paths and what happened; every line must tell the same.
    pub(crate) fn named(&self) -> Result<Named, DiffProblem> {
        let wrong = DiffProblem::Contradiction;
        let ends = |ends: &Ends| match (&ends.from, &ends.to) {
            (Some(from), Some(to)) => Ok(Some((from.clone(), to.clone()))),
            (None, None) => Ok(None),
            (Some(_), None) | (None, Some(_)) => Err(wrong),
        };
        let (status, old, new) = match (ends(&self.rename)?, ends(&self.copy)?) {
            (Some(_), Some(_)) => return Err(wrong),
            (Some((old, new)), None) => (ChangeStatus::Renamed, old, new),
            (None, Some((old, new))) => (ChangeStatus::Copied, old, new),
            (None, None) => {
                let name = same_pair(&self.pair).ok_or(DiffProblem::Path)?;
                let status = match (self.new, self.deleted) {
                    (true, true) => return Err(wrong),
                    (true, false) => ChangeStatus::Added,
                    (false, true) => ChangeStatus::Deleted,
                    (false, false) => ChangeStatus::Modified,
                };
                (status, name.clone(), name)
            }
        };
        let moved = matches!(status, ChangeStatus::Renamed | ChangeStatus::Copied);
        if moved && (self.new || self.deleted || !pair_is(&self.pair, &old, &new)) {
            return Err(wrong);
        }
        let fits = |told: &Option<Option<String>>, name: &str, absent: bool| match told {
            None => true,
            Some(None) => absent,
            Some(Some(told)) => !absent && told == name,
        };
        if !fits(&self.old_name, &old, status == ChangeStatus::Added)
            || !fits(&self.new_name, &new, status == ChangeStatus::Deleted)
        {
            return Err(wrong);
        }
        Ok(Named { from: moved.then_some(old), path: new, status })
    }
}

/// Sets what may be told once only, or twice alike.
fn once<T: PartialEq>(place: &mut Option<T>, value: Option<T>) -> Result<(), DiffProblem> {
    if place.is_some() && *place != value {
        return Err(DiffProblem::Contradiction);
    }
    *place = value;
    Ok(())
}

fn percent(text: &str) -> Result<u8, DiffProblem> {
    let value = text.strip_suffix('%').and_then(number).filter(|value| *value <= 100);
    value.and_then(|value| u8::try_from(value).ok()).ok_or(DiffProblem::Header)
}

/// Reads the path after `---` or `+++`; `None` for `/dev/null`.
fn named(text: &str, prefix: &str) -> Result<Option<String>, DiffProblem> {
    // Where a name has spaces, git sets a tab behind it.
    let text = text.strip_suffix('\t').unwrap_or(text);
    if text == "/dev/null" {
        return Ok(None);
    }
    let name = whole(text).ok_or(DiffProblem::Path)?;
    name.strip_prefix(prefix)
        .filter(|name| !name.is_empty())
        .map(|name| Some(name.to_owned()))
        .ok_or(DiffProblem::Path)
}

/// Reads `a/NAME b/NAME`, where both names are the same.
fn same_pair(pair: &str) -> Option<String> {
    let (old, new) = if pair.starts_with('"') {
        let (old, rest) = quoted(pair)?;
        (old, whole(rest.strip_prefix(' ')?)?)
    } else if pair.ends_with('"') {
        return None;
    } else {
        // Neither is quoted, and both are as long: the space between is in the middle.
        let (old, rest) = pair.split_at_checked(pair.len() / 2)?;
        (whole(old)?, whole(rest.strip_prefix(' ')?)?)
    };
    let name = old.strip_prefix("a/")?;
    (!name.is_empty() && new.strip_prefix("b/")? == name).then(|| name.to_owned())
}

/// Returns true where `pair` reads as `a/OLD b/NEW`.
fn pair_is(pair: &str, old: &str, new: &str) -> bool {
    let rest = if pair.starts_with('"') {
        match quoted(pair) {
            Some((first, rest)) if first.strip_prefix("a/") == Some(old) => Some(rest),
            Some(_) | None => None,
        }
    } else {
        pair.strip_prefix("a/").and_then(|rest| rest.strip_prefix(old))
    };
    let second = rest.and_then(|rest| rest.strip_prefix(' ')).and_then(whole);
    second.is_some_and(|second| second.strip_prefix("b/") == Some(new))
}
