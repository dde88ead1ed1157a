//! Taking out what a terminal would not show, so that it cannot split a secret in two.

/// Returns `text` without terminal sequences, control characters and invisible characters; line
/// feeds, carriage returns and tabs stay.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if matches!(c, '\u{1b}' | '\u{9b}' | '\u{9d}' | '\u{90}') {
            rest = skip_sequence(rest, c);
            continue;
        }
        if !is_invisible(c) {
            out.push(c);
        }
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    out
}

/// Returns what follows the terminal sequence that `text` begins with; one that is not well formed
/// loses its first character only, so that none of them is ever left.
fn skip_sequence(text: &str, first: char) -> &str {
    let after = text.get(first.len_utf8()..).unwrap_or("");
    let (kind, body) = match first {
        '\u{9b}' => (Some('['), after),
        '\u{9d}' => (Some(']'), after),
        '\u{90}' => (Some('P'), after),
        _ => {
            let kind = after.chars().next();
            let skipped = kind.map_or(0, char::len_utf8);
            (kind, after.get(skipped..).unwrap_or(""))
        }
    };
    match kind {
        Some('[') => {
            let parameters = body.bytes().take_while(|byte| (0x20..=0x3f).contains(byte)).count();
            match body.as_bytes().get(parameters) {
                Some(0x40..=0x7e) => body.get(parameters + 1..).unwrap_or(""),
                Some(_) | None => after,
            }
        }
        // Operating system commands and strings end in BEL or ESC \; a title is short.
        Some(']' | 'P' | '_' | '^' | 'X') => {
            let end = body
                .char_indices()
                .take(512)
                .find(|(_, c)| matches!(c, '\u{7}' | '\u{1b}' | '\u{9c}' | '\n'));
            match end {
                Some((at, c @ ('\u{7}' | '\u{9c}'))) => body.get(at + c.len_utf8()..).unwrap_or(""),
                Some((at, '\u{1b}')) => {
                    let rest = body.get(at..).unwrap_or("");
                    rest.strip_prefix("\u{1b}\\").unwrap_or(rest)
                }
                Some(_) | None => after,
            }
        }
        Some('(' | ')' | '*' | '+') => {
            let skipped = body.chars().next().filter(char::is_ascii_alphanumeric);
            body.get(skipped.map_or(0, char::len_utf8)..).unwrap_or("")
        }
        Some('7' | '8' | '=' | '>' | 'c' | 'D' | 'E' | 'H' | 'M' | 'N' | 'O' | 'Z') => body,
        Some(_) | None => after,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
