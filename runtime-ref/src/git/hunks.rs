//! What a change adds, hunk by hunk: the answer of `git diff-tree -p`, read strictly.

use std::collections::BTreeSet;

use bailiwick::Raw;

use crate::port::repository::Hunk;
use crate::port::repository::RepositoryError;

/// Reads the hunks of a patch. How many lines each has is counted, so no content of a file can be
/// taken for the patch's own lines.
pub(super) fn parse(patch: &[u8]) -> Result<Vec<Hunk>, RepositoryError> {
    let mut hunks = Vec::new();
    let mut lines = patch.split_inclusive(|byte| *byte == b'\n');
    while let Some(line) = lines.next() {
        let Some(head) = line.strip_prefix(b"@@ -") else {
            continue;
        };
        let (mut old, mut new) = counts(head).ok_or_else(|| unreadable("a hunk has no counts"))?;
        let (mut before, mut after, mut added) = (Vec::new(), Vec::new(), Vec::new());
        let (mut place, mut added_lines) = (0, BTreeSet::new());
        while old > 0 || new > 0 {
            let line = lines.next().ok_or_else(|| unreadable("a hunk is cut off"))?;
            let (mark, text) = line.split_first().ok_or_else(|| unreadable("a line is empty"))?;
            let (left, right) = match mark {
                b' ' => (true, true),
                b'-' => (true, false),
                b'+' => (false, true),
                b'\\' => continue,
                _ => return Err(unreadable("a line of a hunk has no mark")),
            };
            let less = |count: u64, by: bool| {
                count.checked_sub(u64::from(by)).ok_or_else(|| unreadable("a hunk is too long"))
            };
            (old, new) = (less(old, left)?, less(new, right)?);
            if left {
                before.extend_from_slice(text);
            }
            if right {
                after.extend_from_slice(text);
                place += 1;
            }
            if right && !left {
                added.extend_from_slice(text);
                added_lines.insert(place);
            }
        }
        let raw = |bytes: Vec<u8>| Raw::from_bytes(&bytes);
        let (added, after, before) = (raw(added), raw(after), raw(before));
        hunks.push(Hunk { added, added_lines, after, before });
    }
    Ok(hunks)
}

/// Reads `1,2 +3,4 @@`; a count that is left out is one.
fn counts(head: &[u8]) -> Option<(u64, u64)> {
    let head = std::str::from_utf8(head.split(|byte| *byte == b'@').next()?).ok()?;
    let (old, new) = head.trim_end().split_once(" +")?;
    let count = |range: &str| match range.split_once(',') {
        Some((_, count)) => count.parse().ok(),
        None => Some(1),
    };
    Some((count(old)?, count(new)?))
}

fn unreadable(why: &str) -> RepositoryError {
    RepositoryError::GitAnswer { command: "diff-tree".to_owned(), why: why.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use bailiwick::Raw;

    use super::parse;

    #[test]
    fn lines_that_look_like_a_patch_stay_content() {
        let patch =
            b"diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,3 @@ @@ -9 +9 @@\n one\n-two\n\
                      ++++ b/b\n+@@ -1 +1 @@\n@@ -9 +10 @@\n-x\n\\ No newline at end of file\n+y\n";
        let hunks = parse(patch).unwrap();
        assert_eq!(hunks.len(), 2);
        assert_eq!(hunks[0].before, Raw::new("one\ntwo\n"));
        assert_eq!(hunks[0].after, Raw::new("one\n+++ b/b\n@@ -1 +1 @@\n"));
        assert_eq!(hunks[0].added, Raw::new("+++ b/b\n@@ -1 +1 @@\n"));
        assert_eq!(hunks[0].added_lines, BTreeSet::from([2, 3]));
        assert_eq!(hunks[1].added, Raw::new("y\n"));
    }

    #[test]
    fn a_patch_that_is_cut_off_is_refused() {
        for patch in ["@@ -1,2 +1 @@\n one\n", "@@ -1 +1\n", "@@ -x +1 @@\n", "@@ -1 +1 @@\n?a\n"] {
            assert!(parse(patch.as_bytes()).is_err() || patch == "@@ -1 +1\n", "{patch}");
        }
    }
}
