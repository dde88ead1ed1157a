//! What stands before a match: the left boundary, and words of the context.

use crate::redact::colour;

/// How far before a match a word of its context may stand.
const REACH: usize = 96;
/// Words up to this length count only where no letter touches them.
const SHORT_WORD: usize = 3;

/// Returns true where no word is cut off before `at`.
pub(crate) fn begins_word(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !before.last().is_some_and(|byte| word(*byte)) || ends_in_escape(before)
}

/// `%3D`, `\n`, `\u003d`: the letter belongs to the escape, not to a word.
fn ends_in_escape(before: &[u8]) -> bool {
    let hex = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_hexdigit);
    match before {
        [.., b'\\', b'n' | b't' | b'r' | b'f' | b'v' | b'b' | b'a' | b'0'] => true,
        [.., b'%', a, b] => hex(&[*a, *b]),
        [.., b'\\', b'u', a, b, c, d] => hex(&[*a, *b, *c, *d]),
        [.., b'\\', b'x', a, b] => hex(&[*a, *b]),
        [.., b'%', b'2', b'5', a, b] => hex(&[*a, *b]),
        [.., b'\\', a @ b'0'..=b'3', b, c] => {
            [a, b, c].iter().all(|byte| (b'0'..=b'7').contains(*byte))
        }
        _ => colour::ends_in_code(before),
    }
}

/// Returns true where one of `words`, in small letters, stands in the line before `at`.
pub(crate) fn has_context(text: &[u8], at: usize, words: &[Box<[u8]>]) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let before = before.get(before.len().saturating_sub(REACH)..).unwrap_or(before);
    let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |feed| feed + 1);
    let line = before.get(line..).unwrap_or_default();
    words.iter().any(|word| stands_in(line, word))
}

fn stands_in(line: &[u8], word: &[u8]) -> bool {
    let mut windows = line.windows(word.len().max(1)).enumerate();
    windows.any(|(at, window)| {
        window.eq_ignore_ascii_case(word)
            && (word.len() > SHORT_WORD || !touches_letter(line, at, at.saturating_add(word.len())))
    })
}

fn touches_letter(line: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|before| line.get(before));
    let after = line.get(end);
    before.is_some_and(u8::is_ascii_alphabetic) || after.is_some_and(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::begins_word;
    use super::has_context;

    #[test]
    fn escapes_end_a_word() {
        for text in ["", " ", "=", "%3D", "a%3d", "\\n", "\\t", "\\u003d", "\\x3d", "é"] {
            assert!(begins_word(text.as_bytes(), text.len()), "{text}");
        }
        for text in ["a", "_", "7", "%3", "%zz", "\\u03", "\\q", "n"] {
            assert!(!begins_word(text.as_bytes(), text.len()), "{text}");
        }
    }

    #[test]
    fn a_colour_code_that_is_written_out_is_no_word_before_a_token() {
        let token = format!("ghp_{}", "A1b2C3d4E5".repeat(4).split_at(36).0);
        for code in
            ["\\u001b[32m", "\\x1b[0m", "\\033[1m", "\\e[1;31m", "^[[31m", "[32m", "%1B%5B32m"]
        {
            let text = format!("log: {code}{token}\\u001b[0m");
            let shown = crate::redact::Redactor::default()
                .project_for(&crate::redact::Raw::new(text), crate::redact::Sink::LogViewer);
            assert!(!shown.text().contains(&token), "{}", shown.text());
        }
    }

    #[test]
    fn a_value_behind_a_colour_code_is_gone_also_in_quotes() {
        for text in [
            "password=\\u001b[32mhunter2x\\u001b[0m",
            "password: \\x1b[0m\"hunter2x y\"",
            "password\\033[0m=hunter2x",
            "\\e[1mDB_PASSWORD\\e[0m: \\e[32mhunter2x",
        ] {
            let shown = crate::redact::Redactor::default()
                .project_for(&crate::redact::Raw::new(text), crate::redact::Sink::LogViewer);
            assert!(!shown.text().contains("hunter2x"), "{}", shown.text());
        }
    }

    #[test]
    fn words_of_the_context_stand_in_the_same_line_and_near() {
        let words: Vec<Box<[u8]>> =
            vec![b"github".to_vec().into_boxed_slice(), b"gh".to_vec().into_boxed_slice()];
        let has = |text: &str| has_context(text.as_bytes(), text.len(), &words);
        assert!(has("GITHUB_TOKEN="));
        assert!(has("myGithubToken: "));
        assert!(has("gh_token "));
        assert!(has("ghToken "));
        assert!(!has("though "));
        assert!(!has("high "));
        assert!(!has("github\n"));
        assert!(!has(&format!("github{}", " ".repeat(97))));
    }
}
