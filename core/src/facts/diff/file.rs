//! One file of a diff.

use crate::facts::diff::hunk::Hunk;
use crate::facts::diff::hunk::LineKind;
use crate::model::ChangeStatus;

/// What git keeps under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A file that can be run.
    Executable,
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A commit of another repository.
    Submodule,
}

impl Mode {
    /// Reads a mode as git prints it; `None` where it is no mode of a file.
    pub(crate) fn read(text: &str) -> Option<Self> {
        match text {
            "100644" | "100664" | "100600" => Some(Self::File),
            "100755" | "100775" | "100700" => Some(Self::Executable),
            "120000" => Some(Self::Link),
            "160000" => Some(Self::Submodule),
            _ => None,
        }
    }
}

/// What a diff tells of a file's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content<'t> {
    /// It is not text.
    Binary,
    /// It does not change.
    Same,
    /// Its lines that change, with some around them.
    Text(Vec<Hunk<'t>>),
    /// Nothing: the diff is a listing.
    Untold,
}

/// One file of a diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DiffFile<'t> {
    /// What its content does.
    pub(crate) content: Content<'t>,
    /// The path before a rename or copy.
    pub(crate) from: Option<String>,
    /// The line of the diff that it starts at.
    pub(crate) line: usize,
    /// Its mode after the change, where that is told.
    pub(crate) new_mode: Option<Mode>,
    /// Its mode before the change, where that is told.
    pub(crate) old_mode: Option<Mode>,
    /// Its path after the change; of a deleted file, the path that it had.
    pub(crate) path: String,
    /// How alike both sides of a rename or copy are, of 100.
    pub(crate) similarity: Option<u8>,
    /// What happened to it.
    pub(crate) status: ChangeStatus,
}

impl DiffFile<'_> {
    /// Returns the lines added and removed; `None` where the diff does not tell.
    pub(crate) fn counts(&self) -> Option<(u32, u32)> {
        match &self.content {
            Content::Binary | Content::Untold => None,
            Content::Same => Some((0, 0)),
            Content::Text(hunks) => {
                let (mut added, mut removed) = (0_u32, 0_u32);
                for line in hunks.iter().flat_map(|hunk| &hunk.lines) {
                    match line.kind {
                        LineKind::Added => added = added.saturating_add(1),
                        LineKind::Removed => removed = removed.saturating_add(1),
                        LineKind::Context => {}
                    }
                }
                Some((added, removed))
            }
        }
    }

    /// Returns true where it becomes something that can be run.
    pub(crate) fn becomes_executable(&self) -> bool {
        self.new_mode == Some(Mode::Executable) && self.old_mode != Some(Mode::Executable)
    }

    /// Returns true where either side is a commit of another repository.
    pub(crate) fn is_submodule(&self) -> bool {
        self.old_mode == Some(Mode::Submodule) || self.new_mode == Some(Mode::Submodule)
    }

    /// Returns true where either side is a symbolic link.
    pub(crate) fn is_link(&self) -> bool {
        self.old_mode == Some(Mode::Link) || self.new_mode == Some(Mode::Link)
    }

    /// Returns where the link points after the change, as far as the diff tells it.
    pub(crate) fn link_target(&self) -> Option<String> {
        if self.new_mode != Some(Mode::Link) {
            return None;
        }
        self.side(LineKind::Removed)
    }

    /// Returns the whole text of one side of a file that is new or gone, without lines of `other`.
    pub(crate) fn side(&self, other: LineKind) -> Option<String> {
        let Content::Text(hunks) = &self.content else {
            return None;
        };
        let mut text = String::new();
        for line in hunks.iter().flat_map(|hunk| &hunk.lines) {
            if line.kind != other {
                line.push_to(&mut text);
            }
        }
        Some(text)
    }
}
