//! Private keys in their layouts.

use super::encode::ALPHANUMERIC;
use super::encode::BASE64;
use super::encode::base64;
use super::encode::marked;
use super::random::Random;

/// Returns the lines of a private key in PEM, each line of its body marked.
pub(crate) fn pem(random: &mut Random) -> Vec<String> {
    let (label, start, lines) = KEYS[random.below(KEYS.len())];
    let width = if label.starts_with("OPENSSH") { 70 } else { 64 };
    let mut out = vec![format!("-----BEGIN {label}-----")];
    if label == "RSA PRIVATE KEY" && random.below(4) == 0 {
        out.push("Proc-Type: 4,ENCRYPTED".to_owned());
        out.push(format!("DEK-Info: AES-128-CBC,{}", random.text(b"0123456789ABCDEF", 32)));
        out.push(String::new());
    }
    for line in 0..lines {
        let start = if line == 0 { start } else { "" };
        let width = if line + 1 == lines { 20 + random.below(width - 20) } else { width };
        out.push(marked(&format!(
            "{start}{}",
            random.text(BASE64, width - start.len().min(width))
        )));
    }
    out.push(format!("-----END {label}-----"));
    out
}

/// Returns the lines of a private key of PGP or PuTTY.
pub(crate) fn other(random: &mut Random) -> Vec<String> {
    let body = |random: &mut Random, count: usize| -> Vec<String> {
        (0..count).map(|_| marked(&random.text(BASE64, 64))).collect()
    };
    if random.below(2) == 0 {
        let label = "PGP PRIVATE KEY BLOCK";
        let mut out = vec![format!("-----BEGIN {label}-----"), String::new()];
        out.extend(body(random, 9));
        out.push(format!("={}", random.text(BASE64, 4)));
        out.push(format!("-----END {label}-----"));
        return out;
    }
    let mut out = vec![
        "PuTTY-User-Key-File-3: ssh-ed25519".to_owned(),
        "Encryption: none".to_owned(),
        "Comment: deploy".to_owned(),
        "Public-Lines: 2".to_owned(),
        random.text(BASE64, 64),
        random.text(BASE64, 16),
        "Private-Lines: 3".to_owned(),
    ];
    out.extend(body(random, 3));
    out.push(format!("Private-MAC: {}", random.text(b"0123456789abcdef", 64)));
    out
}

/// Returns a private key as one line, its line ends written as `line_end`.
pub(crate) fn escaped(lines: &[String], line_end: &str) -> String {
    lines.iter().map(|line| format!("{line}{line_end}")).collect()
}

/// Returns a PEM file of `label` in base64, as a kubeconfig has it.
pub(crate) fn in_base64(label: &str, random: &mut Random) -> String {
    let body: String = (0..8).map(|_| random.text(BASE64, 64) + "\n").collect();
    base64(format!("-----BEGIN {label}-----\n{body}-----END {label}-----\n").as_bytes())
}

/// Returns the lines of a public key or a certificate.
pub(crate) fn public(random: &mut Random) -> Vec<String> {
    let label =
        random.pick(&["PUBLIC KEY", "CERTIFICATE", "RSA PUBLIC KEY", "CERTIFICATE REQUEST"]);
    let mut out = vec![format!("-----BEGIN {label}-----")];
    out.extend((0..6 + random.below(8)).map(|_| random.text(BASE64, 64)));
    out.push(random.text(ALPHANUMERIC, 30) + "==");
    out.push(format!("-----END {label}-----"));
    out
}

/// Labels, how the body starts, and how many lines it has.
const KEYS: &[(&str, &str, usize)] = &[
    ("RSA PRIVATE KEY", "MIIEpAIBAAKCAQEA", 25),
    ("EC PRIVATE KEY", "MHcCAQEEI", 3),
    ("PRIVATE KEY", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", 26),
    ("PRIVATE KEY", "MC4CAQAwBQYDK2VwBCIEI", 1),
    ("ENCRYPTED PRIVATE KEY", "MIIFLTBXBgkqhkiG9w0BBQ0w", 28),
    ("DSA PRIVATE KEY", "MIIBugIBAAKBgQ", 10),
    ("OPENSSH PRIVATE KEY", "b3BlbnNzaC1rZXktdjEAAAAA", 7),
];
