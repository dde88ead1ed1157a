//! Known values in the forms in which they travel.

use std::sync::LazyLock;

use super::KnownValues;
use crate::redact::Raw;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::encoding::encode_base64;
use crate::redact::encoding::encode_hex;

const VALUES: [&str; 5] =
    ["p&ss w\"rd/42", "hunter2-hunter2", "o'neil<Z9>+1\\x", "Tr0ub4dor&3/äö=?", "!@#$%^&*()"];

static REDACTOR: LazyLock<Redactor> = LazyLock::new(|| {
    VALUES.iter().fold(Redactor::builder(), |builder, value| builder.known_value(value)).build()
});

fn shown(text: &str) -> String {
    REDACTOR.project_for(&Raw::new(text), Sink::LogViewer).into_text()
}

fn assert_gone(form: &str) {
    assert_eq!(shown(&format!("<{form}>")), "<[REDACTED:known_value]>", "{form}");
}

fn percent(value: &str, kept: &str, upper: bool) -> String {
    let code = |byte: u8| if upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
    let keeps = |byte: u8| kept.as_bytes().contains(&byte);
    value.bytes().map(|b| if keeps(b) { char::from(b).to_string() } else { code(b) }).collect()
}

fn base64(bytes: &[u8]) -> String {
    let text = encode_base64(&[bytes, &[0, 0]].concat(), 0);
    String::from_utf8(text[..(bytes.len() * 8).div_ceil(6)].to_vec()).unwrap()
}

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

#[test]
fn a_value_goes_in_every_way_of_percent_encoding() {
    for value in VALUES {
        for more in ["", "-_.~", "-_.!~*'()", "-_.", "-_.~/", ";/?:@&=+$,#-_.!~*'()"] {
            for upper in [true, false] {
                let text = percent(value, &format!("{LETTERS}{more}"), upper);
                assert_gone(&text);
                assert_gone(&text.replace("%20", "+"));
                assert_gone(&percent(value, "", upper));
                assert_gone(&text.replace('%', "%25"));
            }
        }
        // Any of the signs: every second one, every third one.
        for step in 2..5 {
            let codes = |(at, c): (usize, char)| match at % step == 0 {
                true => percent(&c.to_string(), "", true),
                false => c.to_string(),
            };
            assert_gone(&value.chars().enumerate().map(codes).collect::<String>());
        }
    }
}

#[test]
fn a_value_goes_in_every_way_of_escaping_json_and_html() {
    for value in VALUES {
        let quoted = serde_json::to_string(value).unwrap();
        let inner = &quoted[1..quoted.len() - 1];
        let twice = serde_json::to_string(inner).unwrap();
        let unicode = |c: char, upper: bool| {
            let code = format!("{:04x}", u32::from(c));
            format!("\\u{}", if upper { code.to_ascii_uppercase() } else { code })
        };
        let coded = |special: fn(char) -> bool, upper: bool| -> String {
            let sign = |c: char| if special(c) { unicode(c, upper) } else { c.to_string() };
            value.chars().map(sign).collect()
        };
        let html = |amp: &str, quote: &str, apostrophe: &str| -> String {
            let sign = |c: char| match c {
                '&' => amp.to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => quote.to_owned(),
                '\'' => apostrophe.to_owned(),
                _ => c.to_string(),
            };
            value.chars().map(sign).collect()
        };
        for text in [
            inner.to_owned(),
            inner.replace('/', "\\/"),
            twice[1..twice.len() - 1].to_owned(),
            coded(|c| !c.is_ascii_alphanumeric(), false),
            coded(|c| !c.is_ascii_alphanumeric(), true),
            coded(|c| "&<>'\"/".contains(c), false),
            coded(|c| !c.is_ascii(), true),
            coded(|_| true, false),
            html("&amp;", "&quot;", "&#39;"),
            html("&#38;", "&#34;", "&#039;"),
            html("&#x26;", "&#x22;", "&#x27;"),
            value.chars().map(|c| format!("&#{};", u32::from(c))).collect(),
            value.chars().map(|c| format!("&#x{:X};", u32::from(c))).collect(),
        ] {
            // JSON's own escapes stand for what is not written out above.
            assert_gone(&text);
        }
    }
}

#[test]
fn a_value_goes_in_base_64_of_either_alphabet_and_of_utf_16() {
    let url = |text: &str| text.replace('+', "-").replace('/', "_");
    for value in VALUES {
        let wide: Vec<u8> =
            format!("Connect -P {value} -V").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for before in ["", "u", "us", "user:"] {
            let text = base64(format!("{before}{value}").as_bytes());
            for text in [text.clone(), format!("{text}=="), url(&text), text.replace('/', "\\/")] {
                let out = shown(&format!("<{text}>"));
                assert_eq!(out.replace('=', ""), "<[REDACTED:known_value]>", "{value}: {text}");
            }
            let text = percent(&text, LETTERS, true);
            assert!(!shown(&text).contains(&text[4..]), "{text}");
        }
        let wide = base64(&wide);
        assert_eq!(
            shown(&format!("-EncodedCommand {wide}")),
            "-EncodedCommand [REDACTED:known_value]"
        );
    }
}

#[test]
fn a_value_goes_in_hexadecimal_however_its_bytes_are_separated() {
    for value in VALUES {
        let hex = String::from_utf8(encode_hex(value.as_bytes())).unwrap();
        let pairs: Vec<&str> = (0..hex.len() / 2).map(|at| &hex[at * 2..at * 2 + 2]).collect();
        for text in [hex.clone(), pairs.join(":"), pairs.join(" "), pairs.join("-")] {
            assert_gone(&text);
            assert_gone(&text.to_ascii_uppercase());
        }
    }
}

/// No line of `out` holds eight signs in a row of `text`.
fn assert_no_piece(text: &str, out: &str, piece: usize) {
    let signs: Vec<char> = text.chars().collect();
    for window in signs.windows(piece) {
        let window: String = window.iter().collect();
        assert!(!out.contains(&window), "{window} is left in\n{out}");
    }
}

#[test]
fn a_value_that_lines_cut_off_goes_in_pieces() {
    let value =
        "q7Zx81-kQ92mm_7TrAb3Cd4Ef5Gh6Ij7Kl8Mn9Op0Qr1St2Uv3Wx4Yz5aB6cD7eF8gH9iJ0kLmNoPqRsTuVwXyZ";
    let redactor = Redactor::builder().known_value(value).build();
    let shown = |text: &str| redactor.project_for(&Raw::new(text), Sink::LogViewer).into_text();
    for cut in 8..value.len() - 8 {
        let (first, second) = value.split_at(cut);
        for text in [
            format!("the value is {first}\n{second} and more"),
            format!("  \"x\": \"{first}\\\n  {second}\","),
        ] {
            assert_no_piece(value, &shown(&text), 8);
        }
    }
    let whole =
        format!("[section]\nuser = ana and more text to get some length\nvalue: {value}\nend");
    let wrap = |text: &str, width: usize, prefix: &str| -> String {
        let lines = text.as_bytes().chunks(width);
        lines.map(|line| format!("{prefix}{}\n", std::str::from_utf8(line).unwrap())).collect()
    };
    for width in [64, 76] {
        for prefix in ["", "    ", "> ", "12:00:01 INFO web "] {
            let text = base64(whole.as_bytes());
            let out = shown(&wrap(&text, width, prefix));
            let at = whole.find(value).unwrap();
            let kept = &text[(at + 1) * 4 / 3 + 2..(at + value.len()) * 4 / 3 - 2];
            assert_no_piece(kept, &out, 11);
            let hex = String::from_utf8(encode_hex(value.as_bytes())).unwrap();
            assert_no_piece(&hex, &shown(&wrap(&hex, width, prefix)), 16);
        }
    }
}

#[test]
fn words_that_a_value_holds_stay_where_no_line_cuts_it() {
    let redactor =
        Redactor::builder().known_value("postgres://app:Zq8x@db.example:5432/production").build();
    for text in [
        "postgres",
        "we use postgres\nproduction is up",
        "see db.example:5432 for it",
        "app production",
    ] {
        let out = redactor.project_for(&Raw::new(text), Sink::LogViewer).into_text();
        assert_eq!(out, text);
    }
}

#[test]
fn many_values_are_found_in_one_pass() {
    let values: Vec<Vec<u8>> =
        (0..300).map(|n| format!("value-{n:03}-{}", n * 7919).into_bytes()).collect();
    let (known, ignored) = KnownValues::new(&values);
    assert_eq!(ignored, 0);
    for value in &values {
        let text = [b"x ", value.as_slice(), b" y"].concat();
        let mut places = Vec::new();
        known.find(&text, |at| places.push(at));
        assert!(!places.is_empty());
    }
}
