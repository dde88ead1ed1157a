//! A stored line as what a log takes of it.

use crate::audit::AuditError;
use crate::audit::line::read_line;
use crate::model::Digest;

/// A stored line as what a log takes of it: the leaf, and the record that it is the hash of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEntry<'a> {
    /// SHA-256 over `0x00` and the record.
    pub hash: [u8; 32],
    /// The record's bytes.
    pub record: &'a [u8],
}

/// Takes a stored line, line feed included, apart, and checks that its record is what was hashed.
///
/// # Errors
/// Where it is no whole line of a log, or its record another one.
///
/// # Example
/// ```
/// let hash = bailiwick::Digest::of_leaf(b"{}");
/// let line = format!("{{\"entry_hash\":\"{hash}\",\"record\":{{}}}}\n");
/// let entry = bailiwick::read_entry(line.as_bytes())?;
/// assert_eq!((entry.record, Some(entry.hash)), (&b"{}"[..], hash.bytes()));
/// # Ok::<(), bailiwick::AuditError>(())
/// ```
pub fn read_entry(line: &[u8]) -> Result<LogEntry<'_>, AuditError> {
    let line = line.strip_suffix(b"\n");
    let line = line.ok_or_else(|| AuditError::malformed("the line breaks off"))?;
    let parts = read_line(line)?;
    let hash = Digest::of_leaf(parts.record);
    if hash.as_str() != parts.entry_hash {
        return Err(AuditError::malformed("the record is not what was hashed"));
    }
    let hash = hash.bytes().ok_or_else(|| AuditError::malformed("no hash"))?;
    Ok(LogEntry { hash, record: parts.record })
}
