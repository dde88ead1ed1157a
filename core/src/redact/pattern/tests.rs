use super::Matched;
use super::Pattern;
use super::Runs;

fn pattern(text: &str) -> Pattern {
    Pattern::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Returns what the pattern finds first, whole and as secret.
fn found<'t>(pattern_text: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    let pattern = pattern(pattern_text);
    let anchor = std::str::from_utf8(pattern.anchor()).unwrap();
    text.match_indices(anchor).find_map(|(at, _)| {
        let found = pattern.find_with(text.as_bytes(), at, None)?;
        Some((&text[found.start..found.end], &text[found.secret_start..found.secret_end]))
    })
}

fn whole<'t>(pattern: &str, text: &'t str) -> Option<&'t str> {
    found(pattern, text).map(|(whole, _)| whole)
}

#[test]
fn an_open_run_takes_all_that_it_may() {
    assert_eq!(whole("ghp_[alnum]{4,}", "x ghp_abcdEF12 y"), Some("ghp_abcdEF12"));
    assert_eq!(whole("ghp_[alnum]{4,}", "x ghp_abc y"), None);
}

#[test]
fn a_counted_last_piece_must_end_there() {
    assert_eq!(whole("AIza[base64url]{5}", "AIzaabcde"), Some("AIzaabcde"));
    assert_eq!(whole("AIza[base64url]{5}", "AIzaabcde."), Some("AIzaabcde"));
    assert_eq!(whole("AIza[base64url]{5}", "AIzaabcdef"), None);
    assert_eq!(whole("AIza[base64url]{2,4}", "AIzaabcdef"), None);
    assert_eq!(whole("AIza[base64url]{5}={0,2}", "AIzaabcde=="), Some("AIzaabcde=="));
    assert_eq!(whole("AIza[base64url]{5}={0,2}", "AIzaabcdef"), None);
}

#[test]
fn what_stands_left_of_the_anchor_is_matched_backwards() {
    let telegram = "[digit]{3,5}:AA[base64url]{4}";
    assert_eq!(whole(telegram, "id 1234:AAbcde"), Some("1234:AAbcde"));
    assert_eq!(whole(telegram, "id 12:AAbcde"), None);
    assert_eq!(whole(telegram, "id 123456:AAbcde"), None);
    let middle = "[base64url]{4,}T3BlbkFJ[base64url]{4,}";
    assert_eq!(whole(middle, "sk-abcdT3BlbkFJabcd."), Some("sk-abcdT3BlbkFJabcd"));
    assert_eq!(whole("a[digit]{2}-mark", "xa12-mark"), Some("a12-mark"));
    assert_eq!(whole("a[digit]{2}-mark", "xb12-mark"), None);
}

#[test]
fn only_the_marked_part_is_the_secret() {
    let hook = "https://hooks.example.com/services/<[=A-Za-z0-9/]{6,}>";
    let text = "curl https://hooks.example.com/services/T1/B2/xyz'";
    let whole = "https://hooks.example.com/services/T1/B2/xyz";
    assert_eq!(found(hook, text), Some((whole, "T1/B2/xyz")));
    let inner = "user:<[alnum]{3,}>@host";
    assert_eq!(found(inner, "user:abc@host"), Some(("user:abc@host", "abc")));
    let left = "<[alnum]{3,}>@mark-host";
    assert_eq!(found(left, "xyz@mark-host"), Some(("xyz@mark-host", "xyz")));
    let first = "<key-abc[digit]{2}>-end";
    assert_eq!(found(first, "key-abc12-end"), Some(("key-abc12-end", "key-abc12")));
}

#[test]
fn the_anchor_is_the_longest_literal_without_its_common_beginning() {
    for (text, anchor) in [
        ("SG.[base64url]{22}.[base64url]{43}", "SG."),
        ("[digit]{8,10}:AA[base64url]{33}", ":AA"),
        ("https://hooks.slack.com/services/<[alnum]{30,}>", "hooks.slack.com/services/"),
        ("abc[digit]{2}abcdef[digit]{2}", "abcdef"),
        ("[alnum]{3}.com/[alnum]{2}://xyz/", "://xyz/"),
        ("secret[digit]{2}zqx", "zqx"),
        ("abc<def>[digit]{2}", "abcdef"),
        ("\\[\\{\\<x[digit]{2}", "[{<x"),
    ] {
        assert_eq!(pattern(text).anchor(), anchor.as_bytes(), "{text}");
    }
}

#[test]
fn classes_are_named_or_written_out() {
    assert_eq!(whole("abc-[=a-c_.-]{3,}", "abc-a.b-c_dd"), Some("abc-a.b-c_"));
    assert_eq!(whole("abc-[=\\]x]{2,}", "abc-x]xy"), Some("abc-x]x"));
    assert_eq!(whole("abc-[visible]{2,}", "abc-a!b\"c"), Some("abc-a!b"));
    assert_eq!(whole("abc-x{2,}", "abc-xxxy"), Some("abc-xxx"));
    assert_eq!(whole("abc-[hex]", "abc-fg"), Some("abc-f"));
    assert_eq!(whole("abc-[hex]", "abc-ff"), None);
}

#[test]
fn faults_name_place_and_remedy() {
    for (text, message) in [
        ("", "a pattern is empty at character 0"),
        ("ab[digit]{3}", "no piece of plain text is long enough to be looked for at character 12"),
        ("abc[digti]", "a class is not known at character 4"),
        ("abc[=]", "a class is empty at character 5"),
        ("abc[=z-a]", "a range goes backwards at character 8"),
        ("abc[digit", "a class does not end at character 4"),
        ("abc[digit]{3", "a count cannot be read at character 12"),
        ("abc[digit]{4,3}", "a count cannot be read at character 15"),
        ("abc[digit]{99999}", "a count is too large at character 15"),
        ("{3}abc", "a count has nothing before it at character 1"),
        ("abc\\", "nothing follows the backslash at character 4"),
        ("abc<x", "a secret begins that does not end at character 5"),
        ("abcx>", "a secret ends that has not begun at character 5"),
        ("<abc><x>", "a second secret begins at character 6"),
        ("abc[=é]", "a class holds more than visible ASCII at character 6"),
        ("abc\n[digit]", "a control character stands at character 4"),
        (
            "abc[alnum]{3,}x",
            "an open piece takes what the next one needs, in a pattern that ends at character 15",
        ),
    ] {
        let error = Pattern::parse(text).err().unwrap_or_else(|| panic!("{text} is read"));
        assert_eq!(error.to_string(), message);
        assert!(!error.help.is_empty());
    }
    let error = Pattern::parse("abc[digti]").err().unwrap();
    assert_eq!(error.help, "did you mean `[digit]`? one of your own is `[=a-f0-9]`");
}

#[test]
fn a_memory_of_runs_changes_nothing_but_time() {
    let patterns = [
        "abc[alnum]{4,}-end",
        "[alnum]{4,}abc[alnum]{4,}",
        "[alnum]{90,120}abc[alnum]{70}",
        "[digit]{2,}abc[word]{2,}.x",
    ];
    let alphabet = b"abcabcabcabc1x-.";
    let mut state = 0x2545_f491_u32;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        usize::try_from(state).unwrap()
    };
    for round in 0..300 {
        // Long runs of word bytes, with a rare dash or dot.
        let rare = if round % 2 == 0 { 14 } else { 16 };
        let text: Vec<u8> = (0..700).map(|_| alphabet[random() % rare]).collect();
        for pattern_text in patterns {
            let pattern = pattern(pattern_text);
            let mut runs = Runs::new();
            for at in 0..text.len() {
                let plain: Option<Matched> = pattern.find_with(&text, at, None);
                assert_eq!(pattern.find_with(&text, at, Some(&mut runs)), plain);
            }
        }
    }
}

#[test]
fn no_text_makes_the_parser_or_the_matcher_panic() {
    let pieces = [
        "[", "]", "{", "}", "<", ">", "\\", "[digit]", "[=a-z]", "{3}", "{2,}", "{1,4}", "abc",
        "-", "é", "=", ",", "0", "x", "[alnum]", "\u{0}",
    ];
    let mut state = 0x9e37_79b9_u32;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        usize::try_from(state).unwrap()
    };
    let mut read = 0;
    for _ in 0..20_000 {
        let text: String = (0..random() % 9).map(|_| pieces[random() % pieces.len()]).collect();
        let Ok(pattern) = Pattern::parse(&text) else { continue };
        read += 1;
        let line: Vec<u8> = (0..40).map(|_| b"abc123-xab\xff\n="[random() % 13]).collect();
        for at in 0..=line.len() + 1 {
            if let Some(found) = pattern.find_with(&line, at, None) {
                assert!(found.start <= found.secret_start && found.secret_end <= found.end);
                let held = &line[found.start..found.end];
                assert!(held.windows(pattern.anchor().len()).any(|w| w == pattern.anchor()));
                assert!(!held.contains(&b'\n'));
            }
        }
    }
    assert!(read > 500, "{read} patterns were read");
}

#[test]
fn an_anchor_from_which_the_rest_cannot_be_matched_is_passed_over() {
    assert_eq!(pattern("abc[alnum]{4,}-end").anchor(), b"abc");
    assert_eq!(whole("abc[alnum]{4,}-end", "abc12345-end"), Some("abc12345-end"));
}

#[test]
#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "it measures")]
fn a_text_of_nothing_but_anchors_takes_time_in_its_length() {
    // Each candidate fails only behind a run that goes to the end of the text.
    let pattern = pattern("eyJ[alnum]{10,}.[alnum]{10,}");
    let text = "eyJ".repeat(1 << 18);
    let begin = std::time::Instant::now();
    let mut runs = Runs::new();
    let found = text
        .match_indices("eyJ")
        .filter(|(at, _)| pattern.find_with(text.as_bytes(), *at, Some(&mut runs)).is_some());
    assert_eq!(found.count(), 0);
    // 262,144 candidates in 768 KiB: walked to the end each, they would take minutes.
    assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
}
