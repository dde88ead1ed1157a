//! Strings of canonical JSON (RFC 8785 section 3.2.2.2).

/// Appends `text` as a JSON string.
pub(super) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    write_inside(text, out);
    out.push('"');
}

/// Appends `text` as it stands between the quotes of a JSON string.
pub(super) fn write_inside(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(must_escape) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = special.chars();
        if let Some(c) = chars.next() {
            escape(c, out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Returns true for what may not stand in a string as it is; all of it is ASCII.
pub(super) const fn must_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn escape(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        c => {
            let code = u32::from(c);
            out.push_str("\\u00");
            for nibble in [code >> 4 & 15, code & 15] {
                out.push(char::from_digit(nibble, 16).unwrap_or('0'));
            }
        }
    }
}
