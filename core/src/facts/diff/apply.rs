//! The text that a diff makes of another.

use crate::facts::diff::error::DiffError;
use crate::facts::diff::error::DiffProblem;
use crate::facts::diff::file::Content;
use crate::facts::diff::file::DiffFile;
use crate::facts::diff::hunk::LineKind;

/// Returns what `file` makes of `before`: every line that stays or goes must stand there.
pub(crate) fn applied(file: &DiffFile<'_>, before: &str) -> Result<String, DiffError> {
    let unfit = DiffError::at(file.line, DiffProblem::Unfit);
    let hunks = match &file.content {
        Content::Same => return Ok(before.to_owned()),
        Content::Binary | Content::Untold => return Err(unfit),
        Content::Text(hunks) => hunks,
    };
    let mut old = before.split_inclusive('\n');
    let mut passed = 0_u32;
    let mut after = String::with_capacity(before.len());
    for hunk in hunks {
        // A hunk that takes no line stands after the line that it names.
        let takes = hunk.lines.iter().any(|line| line.kind != LineKind::Added);
        let ahead = hunk.old_start.checked_sub(u32::from(takes)).ok_or(unfit)?;
        if ahead < passed {
            return Err(unfit);
        }
        while passed < ahead {
            after.push_str(old.next().ok_or(unfit)?);
            passed += 1;
        }
        for line in &hunk.lines {
            if line.kind != LineKind::Added {
                let there = old.next().ok_or(unfit)?;
                passed = passed.checked_add(1).ok_or(unfit)?;
                if there.strip_suffix('\n').unwrap_or(there) != line.text
                    || there.ends_with('\n') != line.newline
                {
                    return Err(unfit);
                }
            }
            if line.kind != LineKind::Removed {
                line.push_to(&mut after);
            }
        }
    }
    for line in old {
        after.push_str(line);
    }
    Ok(after)
}
