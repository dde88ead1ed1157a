//! One changed file: what the list, the diff and the texts say of it, brought together.

use std::borrow::Cow;

use serde::Serialize;

use crate::facts::diff::Content;
use crate::facts::diff::DiffFile;
use crate::facts::diff::LineKind;
use crate::facts::diff::applied;
use crate::model::ChangeStatus;
use crate::model::ChangedFile;

/// A changed file, as far as the request tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileFacts {
    /// Lines added; `None` where nobody says, or the file is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<u32>,
    /// Its content is no text.
    pub binary: bool,
    /// It becomes something that can be run.
    pub executable: bool,
    /// The path before a rename or copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// A generator wrote it.
    pub generated: bool,
    /// It is, or was, a symbolic link.
    pub link: bool,
    /// Its mode changes.
    pub mode_changed: bool,
    /// The path; of a deleted file, the one that it had.
    pub path: String,
    /// Lines removed; `None` where nobody says, or the file is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<u32>,
    /// What happened to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ChangeStatus>,
    /// It is, or was, a commit of another repository.
    pub submodule: bool,
    /// Where it points after the change, if it is a symbolic link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symlink_target: Option<String>,
}

/// The text of both sides of a file, as far as they are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts<'r> {
    pub(crate) after: Option<Cow<'r, str>>,
    pub(crate) before: Option<Cow<'r, str>>,
}

/// Brings together what is said of one file; the error says what contradicts what.
pub(crate) fn merged<'r>(
    listed: Option<&'r ChangedFile>,
    told: Option<&DiffFile<'r>>,
) -> Result<(FileFacts, Texts<'r>), &'static str> {
    let mut facts = FileFacts::default();
    if let Some(listed) = listed {
        facts.added = listed.added;
        facts.removed = listed.removed;
        facts.from.clone_from(&listed.from);
        facts.generated = listed.generated == Some(true);
        facts.path.clone_from(&listed.path);
        facts.status = listed.status.or(listed.from.as_ref().map(|_| ChangeStatus::Renamed));
        facts.symlink_target.clone_from(&listed.symlink_target);
        facts.link = listed.symlink_target.is_some();
        match facts.status {
            Some(ChangeStatus::Added) => facts.removed = facts.removed.or(Some(0)),
            Some(ChangeStatus::Deleted) => facts.added = facts.added.or(Some(0)),
            Some(ChangeStatus::Copied | ChangeStatus::Modified | ChangeStatus::Renamed) | None => {}
        }
    }
    if let Some(told) = told {
        tell(&mut facts, told)?;
    }
    let texts = texts(&facts, listed, told)?;
    Ok((facts, texts))
}

/// Takes over what the diff says, which the list must not contradict.
fn tell(facts: &mut FileFacts, told: &DiffFile<'_>) -> Result<(), &'static str> {
    if facts.status.is_some_and(|status| status != told.status) || differ(&facts.from, &told.from) {
        return Err("the list and the diff tell different things of what happened");
    }
    if let Some((added, removed)) = told.counts() {
        let same = |listed: Option<u32>, counted| listed.is_none_or(|listed| listed == counted);
        if !same(facts.added, added) || !same(facts.removed, removed) {
            return Err("the list and the diff count different lines");
        }
        facts.added = Some(added);
        facts.removed = Some(removed);
    }
    let target = told.link_target();
    if differ(&facts.symlink_target, &target) && target.is_some() {
        return Err("the list and the diff tell different targets of a link");
    }
    facts.binary = told.content == Content::Binary;
    facts.executable = told.becomes_executable();
    facts.from.clone_from(&told.from);
    facts.link |= told.is_link();
    facts.mode_changed = told.old_mode != told.new_mode
        && (told.old_mode.is_some() && told.new_mode.is_some() || facts.executable);
    facts.path.clone_from(&told.path);
    facts.status = Some(told.status);
    facts.submodule = told.is_submodule();
    if target.is_some() {
        facts.symlink_target = target;
    }
    Ok(())
}

fn differ(listed: &Option<String>, told: &Option<String>) -> bool {
    listed.is_some() && listed != told
}

/// Returns the texts: from the request, from the diff, or from both, which must agree.
fn texts<'r>(
    facts: &FileFacts,
    listed: Option<&'r ChangedFile>,
    told: Option<&DiffFile<'r>>,
) -> Result<Texts<'r>, &'static str> {
    let mut before = listed.and_then(|file| file.before.as_deref()).map(Cow::Borrowed);
    let mut after = listed.and_then(|file| file.after.as_deref()).map(Cow::Borrowed);
    let wrong = "the diff does not lead from the text before to the text after";
    let nothing = Some(Cow::Borrowed(""));
    match facts.status {
        Some(ChangeStatus::Added) => {
            settle(&mut before, nothing, wrong)?;
            settle(&mut after, side(told, LineKind::Removed), wrong)?;
        }
        Some(ChangeStatus::Deleted) => {
            settle(&mut after, nothing, wrong)?;
            settle(&mut before, side(told, LineKind::Added), wrong)?;
        }
        Some(ChangeStatus::Modified | ChangeStatus::Renamed | ChangeStatus::Copied) => {
            if let (Some(old), Some(told)) = (&before, told)
                && matches!(told.content, Content::Text(_) | Content::Same)
            {
                let new = applied(told, old).map_err(|_| wrong)?;
                settle(&mut after, Some(Cow::Owned(new)), wrong)?;
            }
        }
        None => {}
    }
    Ok(Texts { after, before })
}

/// A new or deleted file stands in the diff as a whole.
fn side<'r>(told: Option<&DiffFile<'r>>, other: LineKind) -> Option<Cow<'r, str>> {
    let told = told?;
    match told.content {
        // An empty file has no lines to show.
        Content::Same => Some(Cow::Borrowed("")),
        Content::Text(_) => told.side(other).map(Cow::Owned),
        Content::Binary | Content::Untold => None,
    }
}

fn settle<'r>(
    place: &mut Option<Cow<'r, str>>,
    known: Option<Cow<'r, str>>,
    wrong: &'static str,
) -> Result<(), &'static str> {
    match (&place, known) {
        (Some(given), Some(known)) if **given != known => Err(wrong),
        (_, Some(known)) => {
            *place = Some(known);
            Ok(())
        }
        (_, None) => Ok(()),
    }
}
