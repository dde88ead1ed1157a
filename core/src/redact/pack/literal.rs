//! Reading from a regular expression what every match of it must hold.

/// The shortest literal that is used.
const SHORTEST: usize = 4;

/// Returns the longest literal, in small letters, that stands in every match of `regex`.
///
/// Only what stands outside of groups and classes is looked at, and nothing where the expression
/// has alternatives: reading less than there is costs a rule, never a secret.
pub(crate) fn required_literal(regex: &str) -> Option<String> {
    let mut runs: Vec<String> = vec![String::new()];
    let mut chars = regex.chars().peekable();
    let end = |runs: &mut Vec<String>| runs.push(String::new());
    while let Some(c) = chars.next() {
        match c {
            '|' => return None,
            '(' => {
                // `(?i)` and its like set flags; `x` lets spaces mean nothing.
                let inside = skip_group(&mut chars)?;
                if inside.starts_with('?') && inside.contains('x') && !inside.contains(':') {
                    return None;
                }
                end(&mut runs);
            }
            ')' => return None,
            '[' => {
                skip_class(&mut chars)?;
                end(&mut runs);
            }
            '?' | '*' | '{' => {
                // The character before may be missing.
                if let Some(run) = runs.last_mut() {
                    run.pop();
                }
                if c == '{' {
                    chars.by_ref().find(|c| *c == '}')?;
                }
                end(&mut runs);
            }
            '+' | '.' | '^' | '$' => end(&mut runs),
            '\\' => match chars.next()? {
                'x' | 'u' | 'U' | 'p' | 'P' | 'Q' | 'E' | '0'..='9' => return None,
                letter if letter.is_ascii_alphabetic() => end(&mut runs),
                literal => runs.last_mut()?.push(literal),
            },
            literal => runs.last_mut()?.push(literal),
        }
    }
    let longest = runs.into_iter().max_by_key(String::len)?;
    let plain = longest.is_ascii() && longest.len() >= SHORTEST;
    plain.then(|| longest.to_ascii_lowercase())
}

fn skip_group(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<String> {
    let mut inside = String::new();
    let mut depth = 1_usize;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next()?;
            }
            '[' => skip_class(chars)?,
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(inside);
                }
            }
            other => inside.push(other),
        }
    }
    None
}

fn skip_class(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<()> {
    chars.next_if_eq(&'^');
    // A bracket right at the beginning is a member.
    chars.next_if_eq(&']');
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next()?;
            }
            // `[[:alnum:]]`, and classes within classes.
            '[' => skip_class(chars)?,
            ']' => return Some(()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::required_literal;

    #[test]
    fn a_literal_is_read_only_where_every_match_holds_it() {
        for (regex, literal) in [
            ("acme_[a-z0-9]{8}", Some("acme_")),
            ("(?i)ACME_(key|token)_[a-z]+", Some("acme_")),
            ("\\bfoo-bar\\.baz[0-9]", Some("foo-bar.baz")),
            ("abcd?efghi", Some("efghi")),
            ("abcdx*", Some("abcd")),
            ("abcde{2}", Some("abcd")),
            ("abcd|efgh", None),
            ("(abcd)?[efgh]", None),
            ("abc[]abcdef]", None),
            ("[[:alnum:]]{4}", None),
            ("(?x)a b c d e", None),
            ("\\x61bcdef", None),
            ("ab(cd", None),
            ("", None),
        ] {
            assert_eq!(required_literal(regex).as_deref(), literal, "{regex}");
        }
    }
}
