//! Secrets of known shapes that are valid nowhere, made at run time: another one for each place.

use std::collections::BTreeMap;

/// What is looked for: whoever has this many bytes of a secret in a row has a part of it.
pub(crate) const PART: usize = 12;

/// Everything that was planted.
#[derive(Default)]
pub(crate) struct Planted {
    /// Part of a form of a secret → which secret, and in which form.
    parts: BTreeMap<[u8; PART], String>,
}

impl Planted {
    /// Returns the words `<shape> of <place>` for each secret of which `bytes` hold a part.
    pub(crate) fn in_bytes(&self, bytes: &[u8]) -> Vec<String> {
        let mut found: Vec<String> =
            bytes.windows(PART).filter_map(|window| self.parts.get(window).cloned()).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Remembers `secret` in all forms in which it could be left behind.
    pub(crate) fn remember(&mut self, name: &str, secret: &str) {
        let bytes = secret.as_bytes();
        assert!(bytes.len() >= PART, "{name} is too short to be looked for");
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let quoted = serde_json::to_string(secret).unwrap();
        let swapped = |c: char| match c.is_ascii_uppercase() {
            true => c.to_ascii_lowercase(),
            false => c.to_ascii_uppercase(),
        };
        let percent: String = bytes
            .iter()
            .map(|byte| match byte {
                b if b.is_ascii_alphanumeric() => char::from(*b).to_string(),
                b => format!("%{b:02X}"),
            })
            .collect();
        let mut forms = vec![
            ("as it is", secret.to_owned()),
            ("in hexadecimal", hex.to_uppercase()),
            ("in hexadecimal", hex),
            ("in a URL", percent),
            ("in JSON", quoted.trim_matches('"').to_owned()),
            ("in the other case", secret.chars().map(swapped).collect()),
        ];
        for before in 0..3 {
            let text = base64(&[&b"\0\0"[..before], bytes].concat());
            // The first and last letters hold bytes of what stands around it.
            let inner = text[4 * usize::from(before > 0)..text.len() - 4].to_owned();
            forms.push(("in base64", inner.replace('+', "-").replace('/', "_")));
            forms.push(("in base64", inner));
        }
        for (form, text) in forms {
            for window in text.as_bytes().windows(PART) {
                let part = window.try_into().unwrap();
                self.parts.entry(part).or_insert_with(|| format!("{name} {form}"));
            }
        }
    }

    /// Plants an access token of a code host.
    pub(crate) fn code_host(&mut self, place: &str) -> String {
        let secret = letters(&format!("{place} host"), ALPHANUMERIC, 36);
        self.remember(&format!("code host token of {place}"), &secret);
        ["gh", "p_", &secret].concat()
    }

    /// Plants the two halves of a cloud's key, as lines of its credentials file.
    pub(crate) fn cloud(&mut self, place: &str) -> String {
        let id = letters(&format!("{place} id"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
        let secret = letters(&format!("{place} cloud"), BASE64, 40);
        self.remember(&format!("cloud key of {place}"), &id);
        self.remember(&format!("cloud secret of {place}"), &secret);
        format!(
            "aws_access_key_id = {}{id}\naws_secret_access_key = {secret}\n",
            ["AK", "IA"].concat()
        )
    }

    /// Plants a token of a chat.
    pub(crate) fn chat(&mut self, place: &str) -> String {
        let secret = letters(&format!("{place} chat"), ALPHANUMERIC, 24);
        self.remember(&format!("chat token of {place}"), &secret);
        let digits = letters(&format!("{place} digits"), "123456789", 12);
        [&["xo", "xb-"].concat(), &digits, "-", &digits, "-", &secret].concat()
    }

    /// Plants a signed token of three parts.
    pub(crate) fn signed(&mut self, place: &str) -> String {
        let claims = letters(&format!("{place} sub"), ALPHANUMERIC, 24);
        let claims = base64(format!("{{\"sub\":\"{claims}\"}}").as_bytes());
        let claims = claims.trim_end_matches('=').replace('+', "-").replace('/', "_");
        let signature = letters(&format!("{place} signature"), ALPHANUMERIC, 43);
        self.remember(&format!("signed token of {place}"), &signature);
        let head = base64(br#"{"alg":"HS256","typ":"JWT"}"#);
        format!("{}.{claims}.{signature}", head.trim_end_matches('='))
    }

    /// Plants a private key, over several lines.
    pub(crate) fn private_key(&mut self, place: &str) -> String {
        let kind = ["RSA PRIV", "ATE KEY"].concat();
        let mut text = format!("-----BEGIN {kind}-----\n");
        for line in 0..6 {
            let body = letters(&format!("{place} key {line}"), BASE64, 64);
            self.remember(&format!("private key of {place}"), &body);
            text.push_str(&body);
            text.push('\n');
        }
        text + &format!("-----END {kind}-----\n")
    }

    /// Plants the password in the address of a database.
    pub(crate) fn database(&mut self, place: &str) -> String {
        let secret = letters(&format!("{place} database"), ALPHANUMERIC, 20);
        self.remember(&format!("database password of {place}"), &secret);
        format!("postgres://app:{secret}@db.example.com:5432/payments")
    }

    /// Plants a password that only its name gives away.
    pub(crate) fn password(&mut self, place: &str) -> String {
        let secret = letters(&format!("{place} password"), ALPHANUMERIC, 22);
        self.remember(&format!("password of {place}"), &secret);
        secret
    }

    /// Plants a value that nothing gives away: plain words.
    pub(crate) fn words(&mut self, place: &str) -> String {
        let word = |part: &str| letters(&format!("{place} {part}"), "abdefgiklmnoprstuvz", 9);
        let secret = format!("{}-{}-{}", word("one"), word("two"), word("three"));
        self.remember(&format!("plain words of {place}"), &secret);
        secret
    }
}

/// Returns `text` in base 64.
pub(crate) fn base64(text: &[u8]) -> String {
    let mut out = String::new();
    for chunk in text.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
        let word = word << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = BASE64.as_bytes()[(word >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Returns letters that look drawn, the same for the same name.
fn letters(name: &str, alphabet: &str, length: usize) -> String {
    let mut state = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(alphabet.as_bytes()[(state >> 20) as usize % alphabet.len()])
    };
    for _ in 0..8 {
        next();
    }
    (0..length).map(|_| next()).collect()
}

const ALPHANUMERIC: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
