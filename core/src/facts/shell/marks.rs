//! Characters that hide what a text says.

/// Returns why a text cannot be shown to a person as it would run, if so.
pub(crate) fn hidden(text: &str) -> Option<&'static str> {
    if is_plain_ascii(text) {
        return None;
    }
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => {}
            '\0' => return Some("the script holds a NUL character"),
            c if c.is_control() => return Some("the script holds a control character"),
            c if hides_text(c) => return Some("the script holds marks that hide text"),
            _ => {}
        }
    }
    None
}

fn is_plain_ascii(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t' | b'\r'))
}

/// Returns true for characters that turn text around or do not show, and that no language needs.
const fn hides_text(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
