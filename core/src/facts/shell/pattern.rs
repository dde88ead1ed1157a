//! The shell's patterns on texts that are known.

/// Returns true where a pattern fits a whole text, or none where that cannot be told.
pub(crate) fn fits(pattern: &[char], text: &[char]) -> Option<bool> {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        let step = match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
                continue;
            }
            Some('?') => Some(1),
            Some('[') => match set(pattern.get(p + 1..)?, *text.get(t)?)? {
                (true, length) => Some(length + 1),
                (false, _) => None,
            },
            Some('\\') if p + 1 < pattern.len() => (pattern.get(p + 1) == text.get(t)).then_some(2),
            Some(c) => (Some(c) == text.get(t)).then_some(1),
            None => None,
        };
        match (step, star) {
            (Some(step), _) => {
                p += step;
                t += 1;
            }
            (None, Some((at, from))) => {
                p = at + 1;
                t = from + 1;
                star = Some((at, from + 1));
            }
            (None, None) => return Some(false),
        }
    }
    Some(pattern.get(p..).is_some_and(|rest| rest.iter().all(|c| *c == '*')))
}

/// Reads a set behind its `[`: whether it holds a character, and how long it is.
fn set(pattern: &[char], c: char) -> Option<(bool, usize)> {
    let mut at = 0;
    let negated = matches!(pattern.first(), Some('!' | '^'));
    at += usize::from(negated);
    let start = at;
    let mut found = false;
    loop {
        let first = *pattern.get(at)?;
        match first {
            ']' if at > start => return Some((found != negated, at + 1)),
            // Classes and escapes are not followed.
            '[' | '\\' => return None,
            _ => {}
        }
        match (pattern.get(at + 1), pattern.get(at + 2)) {
            (Some('-'), Some(last)) if *last != ']' => {
                found |= first <= c && c <= *last;
                at += 3;
            }
            _ => {
                found |= first == c;
                at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_as_in_a_shell() {
        for (pattern, text, fit) in [
            ("*.txt", "a.txt", Some(true)),
            ("*.txt", "a.tx", Some(false)),
            ("a?c", "abc", Some(true)),
            ("[a-c]x", "bx", Some(true)),
            ("[!a-c]x", "bx", Some(false)),
            ("a*b*c", "axxbxxc", Some(true)),
            ("\\*", "*", Some(true)),
            ("\\*", "a", Some(false)),
            ("[[:alpha:]]", "a", None),
        ] {
            let pattern: Vec<char> = pattern.chars().collect();
            let text: Vec<char> = text.chars().collect();
            assert_eq!(fits(&pattern, &text), fit, "{pattern:?} {text:?}");
        }
    }
}
