//! What holds for all texts: tokens go, twice is once, nothing panics, time is linear.

use crate::model::HashKey;
use crate::redact::Raw;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::token_table::Left;
use crate::redact::token_table::TOKENS;

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
    let projection = redactor.project(&Raw::new(text), Sink::ModelContext);
    projection.text().to_owned()
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
fn every_token_of_the_table_is_gone_in_any_surroundings() {
    let redactor = keyed();
    let mut dice = Dice(0x5eed_0001);
    for shape in TOKENS {
        assert!(!shape.source.is_empty());
        assert!(shape.example.len() >= shape.least, "{}", shape.prefix);
        assert!(shape.example.bytes().all(|byte| shape.class.has(byte)), "{}", shape.prefix);
        for _ in 0..40 {
            let mut before = dice.printable(30);
            if shape.left == Left::Word {
                before.push_str([" ", "=", "\"", "/", ":", "("][dice.roll(6)]);
            }
            let after = dice.printable(30);
            let text = format!("{before}{}{}{after}", shape.prefix, shape.example);
            assert_gone(shape.example, &shown(&redactor, &text), &text);
        }
    }
}

#[test]
fn a_token_that_another_ones_prefix_runs_into_is_gone() {
    let redactor = keyed();
    for first in TOKENS {
        for second in TOKENS.iter().filter(|shape| shape.left == Left::Any) {
            let text =
                format!("{}{}{}{}", first.prefix, first.example, second.prefix, second.example);
            assert_gone(second.example, &shown(&redactor, &text), &text);
        }
    }
}

#[test]
fn the_beginning_of_a_token_alone_is_left() {
    let redactor = keyed();
    for shape in TOKENS {
        let short = &shape.example[..shape.least.min(12) - 1];
        let text = format!("see {}{short} there", shape.prefix);
        assert_eq!(shown(&redactor, &text), text);
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
    for shape in TOKENS {
        for split in splits {
            let token = format!("{}{}", shape.prefix, shape.example);
            let text = format!("a {}{split}{} b", &token[..6], &token[6..]);
            assert_gone(shape.example, &shown(&redactor, &text), &text);
        }
    }
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
    ]
    .map(str::to_owned)
    .to_vec();
    all.push("A1b2".repeat(600));
    all.push("same line\n".repeat(60));
    all.push(format!("{}\n", "Zm9vYmFy".repeat(9)).repeat(40));
    all.extend(TOKENS.iter().map(|shape| format!("{}{}", shape.prefix, shape.example)));
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
        let again = redactor.project(&Raw::new(once.as_str()), Sink::LogViewer);
        assert!(again.summary().is_empty(), "{once:?}: {:?}", again.summary());
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let redactor = keyed();
    let mut dice = Dice(0x5eed_0004);
    for _ in 0..2000 {
        let length = dice.roll(200);
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(dice.roll(256)).unwrap()).collect();
        redactor.project(&Raw::from_bytes(&bytes), Sink::SupportExport);
    }
}

#[test]
fn a_text_made_of_nothing_but_beginnings_is_done_in_linear_time() {
    let redactor = keyed();
    let beginnings = [
        "sk-ant-",
        "eyJ",
        "eyJaaaaaaaa.",
        "password=",
        "token=/",
        "token=\"/",
        "token=\\\"",
        "a@",
        "://",
        "x://a:b/",
        "-----BEGIN PRIVATE KEY",
        "-----END ",
        "Authorization: ",
        "[REDACTED:",
        "[REDACTED:token]",
        "\u{1b}]",
        "\u{1b}[1",
        "curl -u ",
        "machine password ",
        "bearer ",
        "a.b.",
        "-",
        "\"",
        "\\",
        "=\n",
        "AKIA",
        "10.0.0.",
    ];
    // Quadratic time would need hours here; the test says nothing but that it ends.
    for beginning in beginnings {
        let text = beginning.repeat(500_000 / beginning.len());
        redactor.project(&Raw::new(text), Sink::LogViewer);
    }
    let mixed = beginnings.concat().repeat(4_000_000 / beginnings.concat().len());
    redactor.project(&Raw::new(mixed), Sink::LogViewer);
}
