//! Base64 as DSSE has it: a verifier must accept the standard and the URL-safe alphabet.

use crate::model::from_base64;

/// Reads base64 in one of both alphabets: padded, canonical, never both alphabets at once.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let url_safe = text.contains(['-', '_']);
    match (url_safe, text.contains(['+', '/'])) {
        (true, true) => None,
        (true, false) => from_base64(&text.replace('-', "+").replace('_', "/")),
        (false, _) => from_base64(text),
    }
}
