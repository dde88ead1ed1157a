use super::Detector;
use super::PackRefused;
use super::RulePack;
use crate::document::SourceFile;
use crate::redact::pack::detector::Confidence;

fn load(detectors: &str) -> Result<RulePack, PackRefused> {
    let indented: String = detectors.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!("redaction_pack:\n  name: test\n  detectors:\n{indented}");
    RulePack::load(&SourceFile::new("pack.yaml", text))
}

fn detector(text: &str) -> Detector {
    let pack = load(text).unwrap_or_else(|refused| panic!("{:?}", refused.diagnostics));
    pack.detectors[0].clone()
}

fn findings(text: &str) -> Vec<String> {
    let refused = load(text).err().unwrap_or_else(|| panic!("it is loaded: {text}"));
    refused.diagnostics.iter().map(ToString::to_string).collect()
}

/// Returns how sure the detector is of the first match in `text`.
fn confidence(detector: &Detector, text: &str) -> Option<Confidence> {
    let anchors: Vec<_> = detector.anchors().collect();
    let hits = anchors.iter().enumerate().flat_map(|(index, anchor)| {
        let anchor = std::str::from_utf8(anchor.bytes).unwrap();
        text.match_indices(anchor).map(move |(at, _)| (index, at)).collect::<Vec<_>>()
    });
    hits.filter_map(|(index, at)| detector.verify(index, text.as_bytes(), at))
        .map(|verified| verified.confidence)
        .next()
}

#[test]
fn a_detector_says_what_it_is_and_what_it_counts_for() {
    let it =
        detector("- id: acme_mail\n  counts_as: email_address\n  patterns: ['acme:[word]{3,}']");
    assert_eq!((it.id.as_str(), it.kind.as_str()), ("acme_mail", "acme_mail"));
    assert_eq!(it.counts_as.name(), "email_address");
    assert!(!it.guessable);
}

#[test]
fn a_word_boundary_looks_at_what_stands_before() {
    let it = detector("- id: a\n  left: word\n  patterns: ['ab-[digit]{3,}']");
    for (text, hit) in [("ab-123", true), ("xab-123", false), ("%3Dab-123", true)] {
        assert_eq!(it.is_in(text.as_bytes()), hit, "{text}");
    }
}

#[test]
fn a_context_word_must_stand_before_in_the_same_line() {
    let it = detector("- id: a\n  context: [Acme]\n  patterns: ['key-[hex]{8}']");
    for (text, hit) in [
        ("ACME_TOKEN=key-01234567", true),
        ("key-01234567 acme", false),
        ("acme\nkey-01234567", false),
    ] {
        assert_eq!(it.is_in(text.as_bytes()), hit, "{text}");
    }
}

#[test]
fn entropy_stop_words_and_sums_decide() {
    let it = detector("- id: a\n  entropy: 2.5\n  not: [sample]\n  patterns: ['key-[alnum]{8,}']");
    for (text, hit) in
        [("key-aaaaaaaaaaaa", false), ("key-q7Zk29Lm0x", true), ("key-q7Zk29LmSAMPLE", false)]
    {
        assert_eq!(it.is_in(text.as_bytes()), hit, "{text}");
    }
    let card = detector("- id: a\n  requires: luhn\n  patterns: ['card=<[digit]{16}>']");
    assert!(card.is_in(b"card=4111111111111111"));
    assert!(!card.is_in(b"card=4111111111111112"));
}

#[test]
fn a_check_makes_surer_and_never_decides() {
    let it = detector("- id: a\n  check: crc32_base62\n  patterns: ['abc_[alnum]{15}']");
    // CRC-32 of 123456789 is cbf43926.
    assert_eq!(confidence(&it, "abc_1234567893jZRia"), Some(Confidence::Doubtful));
    assert_eq!(confidence(&it, "abc_1234567893jZRiA"), Some(Confidence::Doubtful));
    let sum = {
        let mut rest = 0xcbf4_3926_u32;
        let digits: Vec<char> = ('0'..='9').chain('A'..='Z').chain('a'..='z').collect();
        let mut out: Vec<char> = Vec::new();
        while rest > 0 {
            out.push(digits[usize::try_from(rest % 62).unwrap()]);
            rest /= 62;
        }
        out.iter().rev().collect::<String>()
    };
    assert_eq!(confidence(&it, &format!("abc_123456789{sum}")), Some(Confidence::Checked));
    let plain = detector("- id: a\n  patterns: ['abc_[alnum]{15}']");
    assert_eq!(confidence(&plain, "abc_123456789abcdef"), Some(Confidence::Shape));
}

#[test]
fn runs_are_tried_in_whole_groups() {
    let card = detector("- id: card\n  scan: digits\n  digits: [13, 19]\n  requires: luhn");
    for (text, hit) in [
        ("4111 1111 1111 1111", true),
        ("4111-1111-1111-1111", true),
        ("card 4111111111111111.", true),
        ("1 4111 1111 1111 1111 12", true),
        ("4111 1111 1111 1112", false),
        ("x4111111111111111", false),
        ("4111111111111111x", false),
        ("4111  1111  1111  1111", false),
        ("411111111111111", false),
    ] {
        assert_eq!(card.is_in(text.as_bytes()), hit, "{text}");
    }
    let text = "pay 4111 1111 1111 1111 12 now";
    let mut found = Vec::new();
    super::runs_of(card.scan.unwrap().0, text.as_bytes(), |start, end| {
        found.extend(card.verify_run(text.as_bytes(), start, end));
    });
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(&text[only.matched.start..only.matched.end], "4111 1111 1111 1111");
    assert_eq!(only.confidence, Confidence::Checked);
    let iban = detector("- id: iban\n  scan: alnum\n  length: [15, 34]\n  requires: iban");
    for (text, hit) in [
        ("IBAN DE89 3704 0044 0532 0130 00 EUR", true),
        ("DE89370400440532013000", true),
        ("DE88 3704 0044 0532 0130 00", false),
    ] {
        assert_eq!(iban.is_in(text.as_bytes()), hit, "{text}");
    }
}

#[test]
fn an_example_that_fails_is_named_by_place_and_never_printed() {
    let found = findings(
        "- id: a\n  patterns: ['acme_[alnum]{16}']\n  match: [[acme_, Q7Zk29]]\n  \
         not_match: [[acme_, A1b2C3d4E5f6, G7h8]]",
    );
    assert_eq!(
        found,
        [
            "pack.yaml:6:15: error[example_mismatch]: detector `a`: this example is not found\n  \
             help: mend the detector or the example",
            "pack.yaml:7:19: error[example_mismatch]: detector `a`: this example is found\n  \
             help: mend the detector or the example",
        ]
    );
}

#[test]
fn what_cannot_be_read_is_named_with_place_and_remedy() {
    for (text, expected) in [
        (
            "- id: a\n  pattern: ['abc[digit]']",
            "pack.yaml:5:7: error[unknown_key]: unknown key `pattern`\n  help: did you mean `patterns`?",
        ),
        (
            "- id: a\n  patterns: ['abc[digti]']",
            "pack.yaml:5:18: error[pattern_invalid]: pattern of `a`: a class is not known at \
             character 4\n  help: did you mean `[digit]`? one of your own is `[=a-f0-9]`",
        ),
        (
            "- id: A-b\n  patterns: [abc]",
            "pack.yaml:4:11: error[invalid_word]: `A-b` cannot name a rule pack, a detector or a \
             kind\n  help: begin with a small letter; letters, digits and `_` may follow, 40 bytes in all",
        ),
        (
            "- id: a\n  patterns: [abc]\n- id: a\n  patterns: [abc]",
            "pack.yaml:6:11: error[repeated_rule]: rule `a` stands twice\n  help: give one of them \
             another name\n  note: pack.yaml:4:11: first here",
        ),
        (
            "- id: a\n  patterns: [abc]\n  requires: lun",
            "pack.yaml:6:17: error[unknown_name]: unknown checksum `lun`\n  help: did you mean `luhn`?",
        ),
        (
            "- id: a\n  patterns: [abc]\n  entropy: nine",
            "pack.yaml:6:16: error[number_out_of_range]: `nine` is not within 0 and 8\n  help: write \
             a whole number within them, without quotes",
        ),
        (
            "- patterns: [abc]",
            "pack.yaml:4:7: error[missing_key]: a detector needs `id`\n  help: add `id`",
        ),
        (
            "- id: a\n  scan: digits",
            "pack.yaml:4:7: error[missing_key]: a detector that scans needs `digits`\n  help: add \
             `digits`",
        ),
        (
            "- id: a\n  scan: digits\n  digits: [9, 9]\n  patterns: [abc]",
            "pack.yaml:5:13: error[unknown_key]: unknown key `scan`\n  help: a detector has \
             `patterns` or `scan`: make two of it",
        ),
        (
            "- id: a",
            "pack.yaml:4:7: error[missing_key]: a detector needs `patterns`\n  help: add `patterns`",
        ),
    ] {
        assert!(
            findings(text).iter().any(|found| found == expected),
            "{text}: {:?}",
            findings(text)
        );
    }
}

#[test]
fn a_file_holds_one_pack() {
    let text = "redaction_pack: {name: a}\n---\nredaction_pack: {name: b}";
    let refused = RulePack::load(&SourceFile::new("a.yaml", text)).err().unwrap();
    assert_eq!(refused.diagnostics[0].code, "not_one_pack");
}

#[test]
fn the_digest_is_that_of_what_the_pack_says() {
    let one = load("- id: a\n  patterns: [abcd]").unwrap();
    let same = load("- patterns:\n    - abcd\n  id: a\n  source: elsewhere").unwrap();
    let other = load("- id: a\n  patterns: [abce]").unwrap();
    assert_eq!(one.digest(), same.digest());
    assert_ne!(one.digest(), other.digest());
}

#[test]
fn no_text_makes_a_detector_panic() {
    let all = [
        "- id: a\n  check: jwt\n  patterns: ['ey[base64url]{2,}.[base64url]{2,}.[base64url]{0,4}']"
            .replace("'ey", "'eyJ"),
        "- id: a\n  check: aws_account\n  left: word\n  patterns: ['AKIA[base32]{16}']".to_owned(),
        "- id: a\n  scan: digits\n  digits: [6, 19]\n  requires: luhn".to_owned(),
        "- id: a\n  scan: alnum\n  length: [6, 40]".to_owned(),
        "- id: a\n  context: [k]\n  entropy: 1\n  not: [x]\n  patterns: ['ab:[visible]{1,}']"
            .to_owned(),
    ];
    let pieces =
        ["eyJ", "AKIA", "ab:", "12", " ", "-", "Q", ".", "\n", "%3D", "é", "k", "7", "DE89"];
    let mut state = 0x9e37_79b9_u32;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        usize::try_from(state).unwrap()
    };
    let mut hits = 0;
    for text in all {
        let it = detector(&text);
        for _ in 0..2_000 {
            let line: String =
                (0..random() % 30).map(|_| pieces[random() % pieces.len()]).collect();
            hits += usize::from(it.is_in(line.as_bytes()));
            it.verify_run(line.as_bytes(), random() % 40, random() % 40);
            it.verify(random() % 2, line.as_bytes(), random() % 40);
        }
    }
    assert!(hits > 100, "{hits}");
}
