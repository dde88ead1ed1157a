//! Texts that are made to be slow, and how time grows with their length.

use std::time::Duration;

use bailiwick_benches::best_of;
use bailiwick_benches::redaction::Subject;

/// Prints the time for a byte of each text by its length, and where it grows.
pub(crate) fn growth() {
    let subject = Subject::new();
    println!("texts that are made to be slow: ns for a byte, by KiB");
    let sizes = SIZES.map(|size| format!("{:>8}", size >> 10));
    println!("  {:<30}{}", "", sizes.concat());
    let mut worst = 0.0_f64;
    for (name, before, part, after) in TEXTS {
        let mut row = String::new();
        let mut costs = Vec::new();
        for size in SIZES {
            let count = (size - before.len() - after.len()) / part.len();
            let raw = Subject::raw(&format!("{before}{}{after}", part.repeat(count)));
            let runs = if size > 1 << 19 { 2 } else { 5 };
            let time = best_of(runs, || subject.project(&raw));
            let cost = time.as_secs_f64() * 1e9 / size as f64;
            row.push_str(&format!("{cost:>8.2}"));
            costs.push(cost);
            if time > LIMIT {
                row.push_str("  stopped");
                break;
            }
        }
        let (first, last) = (costs.first().copied(), costs.last().copied());
        let grown = last.unwrap_or_default() / first.unwrap_or(1.0);
        worst = worst.max(last.unwrap_or_default());
        let bar = "#".repeat(last.map_or(0, |cost| (cost / 2.0).ceil().min(40.0) as usize));
        let mark = if grown > 4.0 { "  GROWS" } else { "" };
        println!("  {name:<30}{row}  ×{grown:.1}{mark} {bar}");
    }
    println!("  worst: {worst:.1} ns for a byte");
}

const SIZES: [usize; 6] = [4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20];

/// No longer text is tried where one took this long.
const LIMIT: Duration = Duration::from_secs(2);

/// Name, what stands before, what is repeated, what stands behind.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    ("letters", "", "a", ""),
    ("blanks", "", " ", ""),
    ("line ends", "", "\n", ""),
    ("base64 without an end", "", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo", ""),
    ("hex without an end", "", "0123456789abcdef", ""),
    ("anchors of tokens", "", "ghp_", ""),
    ("anchors, parted", "", "ghp_ glpat- AKIA sk-ant- xoxb- ", ""),
    ("token after token", "", concat!("ghp", "_0123456789abcdefghijklmnopqrstuvwxyz"), ""),
    ("one long token", "ghp_", "0aB", ""),
    ("starts of JWT", "", "eyJ", ""),
    ("starts of JWT with dots", "", "eyJhbGciOi.", ""),
    ("JWT without an end", "eyJhbGciOiJIUzI1NiJ9.", "eyJh.", ""),
    ("dots", "", ".", ""),
    ("assignments on one line", "", "password=", ""),
    ("assignments with blanks", "", "password = ", ""),
    ("assignments with colons", "", "password: ", ""),
    ("assignments of values", "", "password=a1B2c3D4e5F6 ", ""),
    ("one key, then blanks", "password", " ", "="),
    ("one key, then tabs and =", "password", "\t=", ""),
    ("one long value", "password=", "a1B2$", ""),
    ("one long quoted value", "password=\"", "a1B2 ", ""),
    ("keys within keys", "", "password_secret_token_api_key_", "=x"),
    ("flags", "", "--password ", ""),
    ("scheme marks", "", "://", ""),
    ("user infos", "", "://a:b", ""),
    ("user infos with @", "", "a://b:c@", ""),
    ("at signs", "", "@", ""),
    ("mail without an end", "", "a.b@c.", ""),
    ("one long local part", "", "a.", "@example.com"),
    ("colons", "", ":", ""),
    ("equals signs", "", "=", ""),
    ("quotes", "", "\"", ""),
    ("quotes of both kinds", "", "\"'", ""),
    ("backslashes", "", "\\", ""),
    ("key, then backslashes", "\"password", "\\", "\":\"x\""),
    ("escaped quotes", "", "\\\"password\\\":\\\"", ""),
    ("braces", "", "{\"password\":", ""),
    ("heads of PEM", "", "-----BEGIN RSA PRIVATE KEY-----\n", ""),
    ("heads of PEM on one line", "", "-----BEGIN PRIVATE KEY-----", ""),
    ("ends of PEM", "", "-----END PRIVATE KEY-----\n", ""),
    ("half heads of PEM", "", "-----BEGIN ", ""),
    ("dashes", "", "-", ""),
    (
        "PEM without an end",
        "-----BEGIN PRIVATE KEY-----\n",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n",
        "",
    ),
    ("heads with a body each", "", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n", ""),
    (
        "lines of base64",
        "",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n",
        "",
    ),
    ("codes of colour", "", "\u{1b}[31m", ""),
    ("codes without an end", "", "\u{1b}[", ""),
    ("one code without an end", "\u{1b}[", "1;", ""),
    ("titles without an end", "", "\u{1b}]0;", ""),
    ("colour in each letter", "", "p\u{1b}[0m", ""),
    ("invisible characters", "", "\u{200b}", ""),
    ("percent signs", "", "%", ""),
    ("percent codes", "", "%70%61%73%73", ""),
    ("double percent codes", "", "%25", ""),
    ("markers", "", "[REDACTED:password#a1b2c3]", ""),
    ("starts of markers", "", "[REDACTED:", ""),
    ("brackets", "", "[", ""),
    ("cookies", "Cookie: ", "a=b; ", ""),
    ("header after header", "", "Authorization: Basic ", ""),
    ("digits", "", "4111 1111 1111 1111 ", ""),
    ("addresses", "", "10.0.0.1.", ""),
    ("YAML pairs", "", "- name: PASSWORD\n  value: x\n", ""),
    ("names without values", "", "- name: PASSWORD\n", ""),
    ("broken UTF-8 as text", "", "\u{fffd}", ""),
    ("letters of many bytes", "", "ß界🦀", ""),
];
