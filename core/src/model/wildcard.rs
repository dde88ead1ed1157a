//! Names with `*` and `?`, for scopes, branches and hosts; no brackets, no escapes.

/// Returns true where `pattern` matches the whole of `text`: `*` is any run of characters, also
/// none and also `/`; `?` is one character. Linear in the product of both lengths.
///
/// # Example
/// ```
/// assert!(bailiwick::wildcard_matches("payments/*", "payments/retry-service"));
/// assert!(!bailiwick::wildcard_matches("payments", "payments/retry-service"));
/// ```
pub fn wildcard_matches(pattern: &str, text: &str) -> bool {
    let mut pattern_rest = pattern.chars();
    let mut text_rest = text.chars();
    // Where to go on after the last star: the pattern behind it, and the text not yet tried.
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let mut pattern_next = pattern_rest.clone();
        match pattern_next.next() {
            Some('*') => {
                pattern_rest = pattern_next;
                retry = Some((pattern_rest.clone(), text_rest.clone()));
                continue;
            }
            Some(expected) => {
                let mut text_next = text_rest.clone();
                if text_next.next().is_some_and(|c| expected == '?' || expected == c) {
                    pattern_rest = pattern_next;
                    text_rest = text_next;
                    continue;
                }
            }
            None if text_rest.clone().next().is_none() => return true,
            None => {}
        }
        let Some((after_star, mut tried)) = retry.take() else {
            return false;
        };
        if tried.next().is_none() {
            return false;
        }
        pattern_rest = after_star.clone();
        text_rest = tried.clone();
        retry = Some((after_star, tried));
    }
}

#[cfg(test)]
mod tests {
    use super::wildcard_matches;

    #[test]
    fn matches_whole_names_only() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "abbc", true),
            ("a*c", "abcd", false),
            ("?", "", false),
            ("?", "é", true),
            ("a**b", "ab", true),
            ("*.example.org", "x.example.org", true),
            ("*.example.org", "example.org", false),
            ("*ab*ab*", "aabxabc", true),
        ] {
            assert_eq!(wildcard_matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
