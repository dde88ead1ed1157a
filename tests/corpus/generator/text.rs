//! Ways to write a text for a shell.

use std::fmt::Write as _;

/// Returns `text` in single quotes.
pub(crate) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Returns `text` as it stands between double quotes.
pub(crate) fn for_double_quotes(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns `text` as it stands where it needs no quotes, else in single quotes.
pub(crate) fn quoted_where_needed(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@%+,-".contains(c);
    let plain = !text.is_empty() && text.chars().all(plain);
    if plain || text == "{}" { text.to_owned() } else { single_quoted(text) }
}

/// Returns every byte of `text` as `\xNN`.
pub(crate) fn hex(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        write!(out, "\\x{byte:02x}").unwrap();
    }
    out
}

/// Returns every byte of `text` as `\NNN`, in octal.
pub(crate) fn octal(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        write!(out, "\\{byte:03o}").unwrap();
    }
    out
}

/// Returns `text` in base64, padded.
pub(crate) fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let mut bits = 0_u32;
        for place in 0..3 {
            bits = (bits << 8) | u32::from(chunk.get(place).copied().unwrap_or(0));
        }
        for place in 0..4 {
            let index = (bits >> (18 - 6 * place)) & 63;
            out.push(if place > chunk.len() { '=' } else { char::from(LETTERS[index as usize]) });
        }
    }
    out
}

/// Returns `text` from its end.
pub(crate) fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}
