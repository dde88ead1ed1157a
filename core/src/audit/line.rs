//! The stored line: `{"entry_hash":"sha256:…","record":{…}}` and a line feed.

use crate::audit::AuditError;
use crate::audit::MAX_RECORD_BYTES;

const BEFORE_HASH: &[u8] = b"{\"entry_hash\":\"";
const BETWEEN: &[u8] = b"\",\"record\":";
const AFTER: &[u8] = b"}";
const HASH_BYTES: usize = 71;

/// The longest line, without its line feed.
pub(crate) const MAX_LINE_BYTES: usize =
    BEFORE_HASH.len() + HASH_BYTES + BETWEEN.len() + MAX_RECORD_BYTES + AFTER.len();

/// A stored line taken apart, nothing of it believed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineParts<'a> {
    /// The hash that stands in the line, as text.
    pub entry_hash: &'a str,
    /// The bytes of the record.
    pub record: &'a [u8],
}

/// Returns the stored line, line feed included.
pub(crate) fn write_line(entry_hash: &str, record_json: &str) -> String {
    let parts = ["{\"entry_hash\":\"", entry_hash, "\",\"record\":", record_json, "}\n"];
    parts.concat()
}

/// Takes a stored line, without its line feed, apart: the one rule of framing for stores, their
/// recovery and the verifier.
///
/// # Errors
/// Where it has another form, or is too long.
///
/// # Example
/// ```
/// assert!(bailiwick::read_line(b"{\"entry_hash\":\"sha256:0").is_err());
/// ```
pub fn read_line(line: &[u8]) -> Result<LineParts<'_>, AuditError> {
    if line.len() > MAX_LINE_BYTES {
        // How long it is need not be known: whoever reads a stream does not keep all of it.
        return Err(AuditError::malformed("the line is longer than any entry"));
    }
    let shape = || AuditError::malformed("the line has another form");
    let rest = line.strip_prefix(BEFORE_HASH).ok_or_else(shape)?;
    let (hash, rest) = rest.split_at_checked(HASH_BYTES).ok_or_else(shape)?;
    let rest = rest.strip_prefix(BETWEEN).ok_or_else(shape)?;
    let record = rest.strip_suffix(AFTER).ok_or_else(shape)?;
    let entry_hash = std::str::from_utf8(hash).map_err(|_| shape())?;
    if !entry_hash.starts_with("sha256:") {
        return Err(shape());
    }
    Ok(LineParts { entry_hash, record })
}
