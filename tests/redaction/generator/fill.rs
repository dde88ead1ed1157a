//! Fills templates: `‹name:argument›` and `‹one|other›`.

use super::encode::BASE64;
use super::encode::base64;
use super::encode::encoded;
use super::encode::marked;
use super::key_block;
use super::name::styled;
use super::random::Random;
use super::secret::Secret;

/// Returns `template` with everything between `‹` and `›` replaced, and `␛` by the escape character.
pub(crate) fn fill(template: &str, random: &mut Random, secret: Option<&Secret>) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    fill_into(&mut out, template, random, secret);
    out
}

/// Appends what [`fill`] returns to `out`.
pub(crate) fn fill_into(
    out: &mut String,
    template: &str,
    random: &mut Random,
    secret: Option<&Secret>,
) {
    let mut rest = template;
    while let Some(at) = rest.find(['‹', '␛']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('␛') {
            out.push('\u{1b}');
            rest = after;
            continue;
        }
        let (hole, after) = rest['‹'.len_utf8()..].split_once('›').unwrap();
        rest = after;
        if hole.contains('|') {
            let choices: Vec<&str> = hole.split('|').collect();
            out.push_str(choices[random.below(choices.len())]);
            continue;
        }
        let (name, argument) = hole.split_once(':').unwrap_or((hole, ""));
        match secret {
            Some(secret) if name == "S" => out.push_str(&encoded(&secret.text, argument, random)),
            Some(secret) if styled(&secret.name, name).is_some() => {
                out.push_str(&styled(&secret.name, name).unwrap());
            }
            _ => value(out, name, argument, random),
        }
    }
    out.push_str(rest);
}

/// Returns `template` with each line that holds `‹PEM›` repeated for the lines of a key, and the
/// forms of a key on one line put in; nothing else is filled yet.
pub(crate) fn with_key(template: &str, lines: &[String]) -> String {
    let last = lines.len() - 1;
    let mut out = Vec::new();
    for line in template.lines() {
        let part = match line {
            _ if line.contains("‹PEM:cut›") => &lines[..last],
            _ if line.contains("‹PEM:tail›") => &lines[1..],
            _ => lines,
        };
        let holes = ["‹PEM›", "‹PEM:cut›", "‹PEM:tail›"];
        if let Some(hole) = holes.iter().find(|hole| line.contains(**hole)) {
            out.extend(part.iter().map(|key_line| line.replace(hole, key_line)));
            continue;
        }
        let line = line
            .replace("‹PEM:n›", &key_block::escaped(lines, "\\n"))
            .replace("‹PEM:nn›", &key_block::escaped(lines, "\\\\n"))
            .replace("‹PEM:ncut›", &key_block::escaped(&lines[..last], "\\n"));
        out.push(line);
    }
    out.join("\n")
}

/// Appends the value that `name` asks for.
fn value(out: &mut String, name: &str, argument: &str, random: &mut Random) {
    if let Some(letters) = letters(name) {
        let count = length(argument, random);
        out.extend((0..count).map(|_| char::from(letters[random.below(letters.len())])));
        return;
    }
    let text = match name {
        "n" => random.below(argument.parse().unwrap_or(1000)).to_string(),
        "ver" => format!("{}.{}.{}", random.below(9), random.below(40), random.below(20)),
        "ts" => fill("2026-‹mm›-‹dd›T‹clock›.‹dig:3›", random, None),
        "mm" => format!("{:02}", 1 + random.below(12)),
        "dd" => format!("{:02}", 1 + random.below(28)),
        "clock" => {
            let (h, m, s) = (random.below(24), random.below(60), random.below(60));
            format!("{h:02}:{m:02}:{s:02}")
        }
        "clf" => fill("‹dd›/‹Jan|Mar|May|Jul|Oct›/2026:‹clock› +0000", random, None),
        "uuid" => fill("‹hex:8›-‹hex:4›-4‹hex:3›-‹8|9|a|b›‹hex:3›-‹hex:12›", random, None),
        "ip" => format!("203.0.113.{}", random.below(255)),
        "word" => random.pick(WORDS).to_owned(),
        "Word" => {
            let word = random.pick(WORDS);
            word[..1].to_uppercase() + &word[1..]
        }
        "pkg" => format!("{}-{}", random.pick(WORDS), random.pick(WORDS)),
        "user" => random.pick(USERS).to_owned(),
        "host" => format!("{}.{}", random.pick(WORDS), random.pick(DOMAINS)),
        "file" => {
            let (folder, file) = (random.pick(WORDS), random.pick(WORDS));
            format!("src/{folder}/{file}.{}", random.pick(&["rs", "py", "ts", "go", "java", "rb"]))
        }
        "jwt" => jwt(random),
        "human" => human(random),
        "phrase" => {
            let separator = random.pick(&["-", ".", "_"]);
            let words: Vec<&str> = (0..4).map(|_| random.pick(PLAIN_WORDS)).collect();
            format!("{}{separator}{}", words.join(separator), random.below(100))
        }
        "symbols" => {
            let count = length(argument, random);
            let rare = if random.below(4) == 0 { "()[]{}<>:;,/|" } else { "" };
            let letters = format!("{LETTERS_AND_DIGITS}{LETTERS_AND_DIGITS}!@#$%^&*-_=+.?~{rare}");
            random.text(LETTERS_AND_DIGITS.as_bytes(), 2)
                + &random.text(letters.as_bytes(), count - 2)
        }
        "agekey" => random.text(b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
        "sum" => checksum(out),
        "CREDENTIAL" => fill("EXAMPLE%2F20260101%2Feu-west-1%2Fs3%2Faws4_request", random, None),
        "AZKEY" => marked(&(random.text(BASE64, 86) + "==")),
        "SBKEY" => marked(&(random.text(BASE64, 43) + "=")),
        "KEYDATA" => {
            let label = random.pick(&["RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"]);
            marked(&key_block::in_base64(label, random))
        }
        "CERTDATA" => key_block::in_base64("CERTIFICATE", random),
        "PUBLIC" => key_block::public(random).join("\n"),
        other => unreachable!("nothing is called `{other}`"),
    };
    out.push_str(&text);
}

fn letters(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "b62" => LETTERS_AND_DIGITS.as_bytes(),
        "b64" => BASE64,
        "b64u" => b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_0123456789",
        "hex" => b"0123456789abcdef",
        "HEX" => b"0123456789ABCDEF",
        "low" => b"abcdefghijklmnopqrstuvwxyz0123456789",
        "up" => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        "b32" => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        "dig" => b"123456789",
        "az" => b"abcdefghijklmnopqrstuvwxyz",
        "AZ" => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        _ => return None,
    })
}

fn length(argument: &str, random: &mut Random) -> usize {
    let (low, high) = argument.split_once('-').unwrap_or((argument, argument));
    let (low, high): (usize, usize) = (low.parse().unwrap(), high.parse().unwrap());
    low + random.below(high - low + 1)
}

fn jwt(random: &mut Random) -> String {
    let header = random.pick(&[
        r#"{"alg":"HS256","typ":"JWT"}"#,
        r#"{"alg":"RS256","kid":"k1","typ":"JWT"}"#,
        r#"{"typ":"JWT","alg":"ES256"}"#,
        r#"{"kid":"9f1c","alg":"RS256"}"#,
    ]);
    let body = fill(r#"{"sub":"‹dig:8›","iss":"https://‹host›","exp":17‹dig:8›}"#, random, None);
    let part = |text: &str| base64(text.as_bytes()).trim_end_matches('=').to_owned();
    let signature = random.pick(&["‹b64u:43›", "‹b64u:86›", "‹b64u:342›"]);
    format!("{}.{}.{}", part(header), part(&body), fill(signature, random, None))
}

fn human(random: &mut Random) -> String {
    let word = random.pick(PLAIN_WORDS);
    let word = word[..1].to_uppercase() + &word[1..];
    let leet = || word.replace('a', "4").replace('o', "0").replace('e', "3").replace('i', "1");
    match random.below(5) {
        0 => format!("{}{}{}", leet(), random.pick(&["&", "!", "#", "@"]), random.below(1000)),
        1 => format!("{word}20{}{}", 10 + random.below(17), random.pick(&["!", "#", "?", "$"])),
        2 => format!("{}{}", leet(), fill("‹dig:3›", random, None)),
        3 => format!("{}_{}{}", leet(), random.pick(PLAIN_WORDS), random.below(100)),
        _ => format!("{}-{}", leet(), fill("‹b62:5›", random, None)),
    }
}

/// Returns the checksum that ends tokens of GitHub and npm: CRC-32 of the last 30 letters, in base 62.
fn checksum(token: &str) -> String {
    let mut crc = u32::MAX;
    for byte in &token.as_bytes()[token.len() - 30..] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let mut rest = !crc as usize;
    let mut out = Vec::new();
    for _ in 0..6 {
        out.push(char::from(LETTERS_AND_DIGITS.as_bytes()[rest % 62]));
        rest /= 62;
    }
    out.into_iter().rev().collect()
}

const LETTERS_AND_DIGITS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const DOMAINS: &[&str] = &["shop.example", "example.com", "acme.example", "example.org"];

const USERS: &[&str] = &["deploy", "app", "ana", "ci-bot", "svc_orders", "root2", "reader"];

/// Words of file, package and service names.
const WORDS: &[&str] = &[
    "orders", "billing", "search", "catalog", "worker", "gateway", "ledger", "report", "mailer",
    "parser", "router", "cache", "queue", "client", "server", "index", "schema", "metrics",
    "session", "storage", "render", "editor", "planner", "linter", "loader", "runner", "tracer",
    "buffer", "cursor", "widget", "layout", "filter", "stream", "bridge", "vector", "matrix",
];

/// Words that people make passwords of.
const PLAIN_WORDS: &[&str] = &[
    "summer",
    "dragon",
    "monkey",
    "troubador",
    "welcome",
    "shadow",
    "winter",
    "coffee",
    "orange",
    "battery",
    "staple",
    "horse",
    "garden",
    "silver",
    "guitar",
    "pepper",
    "rocket",
    "marble",
    "velvet",
    "canyon",
    "falcon",
    "harbor",
    "island",
    "jungle",
    "kitten",
    "lemon",
    "maple",
];
