//! What holds for all texts: twice is once, any split is none, nothing panics, time is linear.

mod actions;
mod growth;
mod shapes;

use crate::model::HashKey;
use crate::redact::Raw;
use crate::redact::RedactionSummary;
use crate::redact::Redactor;
use crate::redact::Sink;

/// A small generator with a fixed seed, so that a failure can be seen again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn printable(&mut self, most: usize) -> String {
        let length = self.roll(most);
        (0..length).map(|_| char::from(u8::try_from(32 + self.roll(95)).unwrap())).collect()
    }
}

fn shown(redactor: &Redactor, text: &str) -> String {
    redactor.project_for(&Raw::new(text), Sink::ModelContext).into_text()
}

fn keyed() -> Redactor {
    Redactor::builder()
        .key(HashKey::new([7; 32]).unwrap())
        .known_value("correct horse battery staple")
        .build()
}

/// No stretch of twelve characters of `secret` is left.
fn assert_gone(secret: &str, out: &str, text: &str) {
    for window in secret.as_bytes().windows(12) {
        let window = std::str::from_utf8(window).unwrap();
        assert!(!out.contains(window), "{window} of {secret} is left in\n{out}\nfrom\n{text}");
    }
}

#[test]
fn a_token_split_by_what_a_terminal_does_not_show_is_gone() {
    let redactor = keyed();
    let splits = [
        "\u{1b}[31m",
        "\u{1b}[0;1;32m",
        "\u{200b}",
        "\u{ad}",
        "\0",
        "\u{8}",
        "\u{9b}1m",
        "\u{feff}",
        "\u{1b}]0;title\u{7}",
        "\u{1b}",
        "\u{2060}",
        "\u{e0041}",
        "\u{fe0f}",
        "\u{1b}(B",
    ];
    for token in tokens() {
        for split in splits {
            let text = format!("a {}{split}{} b", &token[..6], &token[6..]);
            assert_gone(&token, &shown(&redactor, &text), &text);
        }
    }
}

/// Tokens of several makers, put together here so that none stands in the file.
fn tokens() -> Vec<String> {
    let body = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
    let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
    vec![
        format!("ghp_{body}"),
        format!("glpat-{}", &body[..20]),
        format!("npm_{body}"),
        format!("AKIA{}", "Q3EGRIBXYZ234567"),
        format!("xoxb-123456789012-123456789012-{}", &body[..24]),
        format!("sk-ant-api03-{body}{body}"),
        jwt.to_owned(),
    ]
}

fn fragments() -> Vec<String> {
    let mut all: Vec<String> = [
        "password",
        "=",
        ": ",
        "\"",
        "'",
        "\\\"",
        "\\",
        "\n",
        " ",
        "token",
        "=> ",
        "--secret ",
        "x",
        "hunter2hunter2",
        "${PASS}",
        "$X",
        "[REDACTED:password]",
        "[REDACTED:token#a1b2c3]",
        "[REDACTED:",
        "]",
        "[REDACTED:nothing]",
        "Authorization: ",
        "Bearer ",
        "Basic ",
        "Cookie: ",
        "a=b; ",
        "https://",
        "user:",
        "@",
        "host.example",
        "10.1.2.3",
        ":8080",
        "/path?",
        "&",
        ",",
        ";",
        "db.prod.internal",
        "ana",
        "-----BEGIN ",
        "-----END ",
        "RSA PRIVATE KEY-----",
        "eyJhbGci",
        ".",
        "\u{1b}[1m",
        "\u{200b}",
        "é",
        "日本",
        "<password>",
        "</password>",
        "name: ",
        "value: ",
        "curl -u ",
        "correct horse battery staple",
        "process.env.X",
        "\n[TRUNCATED: 12 bytes removed]",
        "machine h login u password ",
        "\r\n",
        "{",
        "}",
        "(",
        ")",
        "`",
        "AKIA",
        "ABCDEFGH",
        "1234567890",
        "xoxb-",
        "sk-",
        "ghp_",
        "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=",
        "same line\n",
        "\npassword = \"first hunter2\n",
        "\npassword = \"\"\"\n",
        "second hunter2\" ",
        "\"\"\"",
        "--password=cor'rect'-ho\"rse\" ",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n",
        "---- END SSH2 ENCRYPTED PRIVATE KEY ----",
        "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTkJna3Foa2lH",
        "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUV2UUlCQURBTkJna3Foa2lH",
        "OXcwQkFRRUZBQVNDQktjd2dnU2pBZ0VBQW9JQkFRQzdWSlRVdDlVczhjS2o\n",
        "\\n",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push("A1b2".repeat(600));
    all.push("same line\n".repeat(60));
    all.push(format!("{}\n", "Zm9vYmFy".repeat(9)).repeat(40));
    all.extend(tokens());
    all
}

#[test]
fn redacting_twice_equals_once_and_keeps_line_numbers() {
    let fragments = fragments();
    let cut = Redactor::builder().key(HashKey::new([7; 32]).unwrap()).max_bytes(300).build();
    let whole = keyed();
    let mut dice = Dice(0x5eed_0002);
    for _ in 0..4000 {
        let count = 1 + dice.roll(14);
        let text: String =
            (0..count).map(|_| fragments[dice.roll(fragments.len())].as_str()).collect();
        for redactor in [&whole, &cut] {
            let once = shown(redactor, &text);
            assert_eq!(shown(redactor, &once), once, "from {text:?}");
        }
        let lines = |text: &str| text.matches('\n').count();
        assert_eq!(lines(&shown(&whole, &text)), lines(&text), "{text:?}");
        assert!(shown(&cut, &text).len() <= 300, "{text:?}");
    }
}

#[test]
fn a_second_look_finds_nothing_to_count() {
    let fragments = fragments();
    let redactor = keyed();
    let mut dice = Dice(0x5eed_0003);
    for _ in 0..1000 {
        let text: String = (0..8).map(|_| fragments[dice.roll(fragments.len())].as_str()).collect();
        let once = shown(&redactor, &text);
        let again = redactor.project_for(&Raw::new(once.as_str()), Sink::LogViewer);
        assert!(again.summary().is_empty(), "{once:?}: {:?}", again.summary());
    }
}

/// Feeds `bytes` in pieces whose lengths `next` tells.
fn streamed(
    redactor: &Redactor,
    bytes: &[u8],
    mut next: impl FnMut() -> usize,
) -> (Vec<u8>, RedactionSummary) {
    let mut stream = redactor.stream(Sink::ModelContext);
    let mut out = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(next().clamp(1, rest.len()));
        out.extend(stream.push(piece));
        rest = after;
    }
    let (last, summary) = stream.finish();
    out.extend(last);
    (out, summary)
}

#[test]
fn any_way_of_cutting_the_input_gives_the_same_output() {
    let fragments = fragments();
    let cut = Redactor::builder().key(HashKey::new([7; 32]).unwrap()).max_bytes(700).build();
    let whole = keyed();
    let mut dice = Dice(0x5eed_0005);
    for round in 0..1500 {
        let count = 1 + dice.roll(30);
        let mut text: Vec<u8> =
            (0..count).flat_map(|_| fragments[dice.roll(fragments.len())].bytes()).collect();
        if round % 7 == 0 {
            let at = dice.roll(text.len().max(1));
            text.insert(at.min(text.len()), 0xff);
        }
        for redactor in [&whole, &cut] {
            let expected = streamed(redactor, &text, || usize::MAX);
            assert_eq!(streamed(redactor, &text, || 1), expected, "{text:?}");
            let random = streamed(redactor, &text, || 1 + dice.roll(90));
            assert_eq!(random, expected, "{text:?}");
        }
    }
}

#[test]
fn a_line_longer_than_any_window_is_projected_in_parts() {
    let redactor = keyed();
    let tokens = tokens();
    let mut dice = Dice(0x5eed_0006);
    for _ in 0..12 {
        let mut text = String::new();
        while text.len() < 300_000 {
            let token = &tokens[dice.roll(tokens.len())];
            text.push_str(&format!("{{\"id\": {}, \"token\": \"{token}\"}}, ", dice.roll(10_000)));
            text.push_str(&dice.printable(60).replace(['"', '\\', '\''], "."));
        }
        let (expected, summary) = streamed(&redactor, text.as_bytes(), || usize::MAX);
        let shown = String::from_utf8(expected.clone()).unwrap();
        for token in &tokens {
            assert!(!shown.contains(token.as_str()), "{token}");
        }
        assert!(summary.secret_like_tokens > 1_000, "{summary:?}");
        let pieces = streamed(&redactor, text.as_bytes(), || 1 + dice.roll(50_000));
        assert_eq!(pieces, (expected, summary));
    }
}

#[test]
fn a_value_that_never_ends_is_removed_in_bounded_memory() {
    let redactor = keyed();
    for (begin, body) in [("password=\"", "x y "), ("data:", "QUJD"), ("token=", "a1B2")] {
        let mut stream = redactor.stream(Sink::LogViewer);
        let mut longest = 0;
        let mut total = 0;
        let mut seen = Vec::new();
        for piece in std::iter::once(begin.to_owned()).chain((0..200).map(|_| body.repeat(2500))) {
            let out = stream.push(piece.as_bytes());
            longest = longest.max(out.len());
            total += piece.len();
            seen.extend(out);
        }
        let (rest, _) = stream.finish();
        seen.extend(rest);
        assert!(seen.len() < 200, "{begin}: {} of {total} bytes", seen.len());
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let redactor = keyed();
    let mut dice = Dice(0x5eed_0004);
    for _ in 0..2000 {
        let length = dice.roll(200);
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(dice.roll(256)).unwrap()).collect();
        redactor.project_for(&Raw::from_bytes(&bytes), Sink::SupportExport);
    }
}
