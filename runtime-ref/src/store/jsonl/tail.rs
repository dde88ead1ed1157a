//! What a cut-off write left at the end of a file: told from an edit, and kept aside.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use bailiwick::AuditRecord;
use bailiwick::Digest;
use bailiwick::read_line;

use crate::port::store::StoreError;
use crate::store::artifacts::file;
use crate::store::jsonl::files::Lines;
use crate::store::jsonl::files::sync_folder;

/// What stands behind the last good line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// A good line that does not belong there, or one behind a bad one: no cut-off write leaves
    /// that. It was edited.
    Edited,
    /// It may have been more than the one write that was cut off: something that was acknowledged
    /// may be among it.
    Lost,
    /// The beginning of one line: a write that nobody was told the end of.
    Unfinished,
}

impl Tail {
    /// Says what `rest` is; `is_whole` knows a good line, without its line feed.
    pub(super) fn of(rest: &[u8], is_whole: impl Fn(&[u8]) -> bool) -> Self {
        // Pages that did not reach the disk read as zeros, and what follows them is of the same
        // write. No line that was written holds a zero.
        let hole = rest.iter().position(|byte| *byte == 0);
        let before = rest.get(..hole.unwrap_or(rest.len())).unwrap_or_default();
        let mut lines = before.split_inclusive(|byte| *byte == b'\n');
        if lines.any(|line| line.strip_suffix(b"\n").is_some_and(&is_whole)) {
            return Self::Edited;
        }
        match hole.is_none() && !rest.contains(&b'\n') {
            true => Self::Unfinished,
            false => Self::Lost,
        }
    }
}

/// Returns the record in a line of the log and the hash over it; none where the two do not fit.
pub(super) fn entry(line: &[u8]) -> Option<(AuditRecord, Digest)> {
    let parts = read_line(line).ok()?;
    let hash = Digest::of_leaf(parts.record);
    let record = AuditRecord::from_json(parts.record).ok()?;
    (hash.as_str() == parts.entry_hash).then_some((record, hash))
}

/// Returns true where the line is in the form of the log, whether its hash fits or not: half of a
/// write never is.
pub(super) fn is_formed(line: &[u8]) -> bool {
    read_line(line).is_ok_and(|parts| AuditRecord::from_json(parts.record).is_ok())
}

/// Something that was cut off a file and is kept aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    /// Its bytes.
    pub(super) bytes: u64,
    /// The hash of them.
    pub(super) digest: Digest,
    /// Its name; where an event is to tell of it, that says so until one does.
    pub(super) path: PathBuf,
}

/// Keeps what stands behind the last good line of `lines` aside in `folder`, durably, and cuts it
/// off; it is never deleted.
pub(super) fn seal(lines: &mut Lines, rest: &[u8], untold: bool) -> Result<(), StoreError> {
    let folder = folder_beside(lines.path());
    std::fs::create_dir_all(&folder).map_err(|source| file("made", &folder, source))?;
    let name = lines.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (end, digest) = (lines.end, Digest::of(rest));
    let state = if untold { TO_TELL } else { KEPT };
    let path = folder.join(format!("{name}-{end}-{}.{state}", digest.short()));
    let begun = path.with_extension("new");
    let written = File::create(&begun).and_then(|mut out| {
        out.write_all(rest)?;
        out.sync_all()
    });
    let written = written.and_then(|()| std::fs::rename(&begun, &path));
    written.map_err(|source| file("written", &path, source))?;
    sync_folder(&folder)?;
    if let Some(parent) = folder.parent() {
        sync_folder(parent)?;
    }
    lines.cut()
}

/// Returns what is kept aside in the folder of a tenant and was not told of yet, by name.
pub(super) fn untold(tenant: &Path) -> Result<Vec<Sealed>, StoreError> {
    let folder = tenant.join(FOLDER);
    let failed = |source| file("read", &folder, source);
    let listing = match std::fs::read_dir(&folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let mut sealed = Vec::new();
    for entry in listing {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_none_or(|state| state != TO_TELL) {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|source| file("read", &path, source))?;
        let (digest, bytes) = (Digest::of(&bytes), u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        sealed.push(Sealed { bytes, digest, path });
    }
    sealed.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sealed)
}

impl Sealed {
    /// Returns its name among what is kept aside.
    pub(super) fn name(&self) -> String {
        self.path.with_extension(KEPT).file_name().unwrap_or_default().to_string_lossy().into()
    }

    /// Marks it as told of by an event that is durable.
    pub(super) fn told(&self) -> Result<(), StoreError> {
        let renamed = std::fs::rename(&self.path, self.path.with_extension(KEPT));
        renamed.map_err(|source| file("written", &self.path, source))?;
        self.path.parent().map_or(Ok(()), sync_folder)
    }
}

fn folder_beside(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).join(FOLDER)
}

const FOLDER: &str = "cut-off";
const KEPT: &str = "bytes";
const TO_TELL: &str = "untold";

#[cfg(test)]
mod tests {
    use super::Tail;

    #[test]
    fn a_tail_is_unfinished_only_where_it_is_the_beginning_of_one_line() {
        let whole = |line: &[u8]| line == b"good";
        for (rest, expected) in [
            (&b"goo"[..], Tail::Unfinished),
            (b"good", Tail::Unfinished),
            (b"good\n", Tail::Edited),
            (b"bad\n", Tail::Lost),
            (b"bad\ngood\n", Tail::Edited),
            (b"\0\0\0\0", Tail::Lost),
            (b"ba\0\0\ngood\n", Tail::Lost),
            (b"bad\ngo", Tail::Lost),
        ] {
            assert_eq!(Tail::of(rest, whole), expected, "{rest:?}");
        }
    }
}
