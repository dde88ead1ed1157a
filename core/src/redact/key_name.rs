//! Which names say that their value is secret.

use crate::redact::kind::Kind;

/// Longer names are none.
const LONGEST: usize = 128;

/// Words that may follow the telling one without changing what it is.
const TRAILING: [&[u8]; 25] = [
    b"value", b"val", b"base64", b"b64", b"old", b"new", b"prod", b"production", b"dev", b"staging",
    b"test", b"current", b"default", b"raw", b"plain", b"plaintext", b"text", b"string", b"hash",
    b"confirmation", b"confirm", b"again", b"live", b"primary", b"secondary",
];

/// What a telling name ends in, separators and case aside; the first that fits wins.
const ENDINGS: &[(&[u8], Kind)] = &[
    (b"secretaccesskey", Kind::AwsSecret),
    (b"awssecretkey", Kind::AwsSecret),
    (b"awssessiontoken", Kind::AwsSecret),
    (b"password", Kind::Password),
    (b"passwords", Kind::Password),
    (b"passwd", Kind::Password),
    (b"passwrd", Kind::Password),
    (b"passphrase", Kind::Password),
    (b"passcode", Kind::Password),
    (b"pwd", Kind::Password),
    (b"token", Kind::Token),
    (b"tokens", Kind::Token),
    (b"apikey", Kind::Token),
    (b"apikeys", Kind::Token),
    (b"appkey", Kind::Token),
    (b"authkey", Kind::Token),
    (b"integrationkey", Kind::Token),
    (b"licensekey", Kind::Token),
    (b"secret", Kind::Secret),
    (b"secrets", Kind::Secret),
    (b"secretkey", Kind::Secret),
    (b"secretid", Kind::Secret),
    (b"apisecret", Kind::Secret),
    (b"accesskey", Kind::Secret),
    (b"accountkey", Kind::Secret),
    (b"storagekey", Kind::Secret),
    (b"sharedkey", Kind::Secret),
    (b"privatekey", Kind::Secret),
    (b"signingkey", Kind::Secret),
    (b"signaturekey", Kind::Secret),
    (b"encryptionkey", Kind::Secret),
    (b"decryptionkey", Kind::Secret),
    (b"cryptokey", Kind::Secret),
    (b"masterkey", Kind::Secret),
    (b"webhookkey", Kind::Secret),
    (b"servicekey", Kind::Secret),
    (b"servicerolekey", Kind::Secret),
    (b"clientkey", Kind::Secret),
    (b"clientkeydata", Kind::Secret),
    (b"credential", Kind::Secret),
    (b"credentials", Kind::Secret),
    (b"creds", Kind::Secret),
    (b"connectionstring", Kind::Secret),
    (b"sessionid", Kind::Cookie),
    (b"sessid", Kind::Cookie),
    (b"connectsid", Kind::Cookie),
    (b"sharedaccesssignature", Kind::SignedUrl),
    (b"xamzsignature", Kind::SignedUrl),
    (b"xgoogsignature", Kind::SignedUrl),
];

/// Literals of which one stands in every telling name, in the spellings that occur: what the search
/// for names looks for. None is shorter than four bytes, which keeps that search fast.
pub(crate) const STEMS: &[&[u8]] = &[
    b"assw", b"ASSW", b"assp", b"ASSP", b"pwd=", b"pwd:", b"pwd\"", b"_pwd", b"PWD=", b"_PWD",
    b"Pwd=", b"Pwd\"", b"oken", b"OKEN", b"_key", b"_KEY", b"-key", b"-Key", b"ikey", b"iKey",
    b"IKEY", b"skey", b"Key=", b"Key\"", b"Key:", b"ecret", b"ECRET", b"reden", b"REDEN", b"creds",
    b"_auth", b"_AUTH", b"\"auth", b"uthoriza", b"UTHORIZA", b"ookie", b"OOKIE", b"earer ",
    b"EARER ", b"asic ", b"onString", b"on_string", b"ON_STRING", b"_pass", b"_PASS", b"-pass",
    b"Pass=", b"Pass\"", b"pass=", b"pass\"", b"PASS=", b"SESS", b"essionid", b"ession_id",
    b"essionId", b".sid", b"ignature", b"sig=", b"mnem", b"phrase",
];

/// Returns what the value of `name` is, where the name says that it is secret.
pub(crate) fn secret_name(name: &[u8]) -> Option<Kind> {
    if name.len() > LONGEST {
        return None;
    }
    let words = Words::of(name);
    let (mut count, mut end) = (words.count, words.length);
    while count > 1 {
        let start = words.start(count - 1);
        let word = words.bytes.get(start..end).unwrap_or(&[]);
        if !word.iter().all(u8::is_ascii_digit) && !TRAILING.contains(&word) {
            break;
        }
        count -= 1;
        end = start;
    }
    let joined = words.bytes.get(..end).unwrap_or(&[]);
    let digits = joined.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let joined = joined.get(..joined.len() - digits).unwrap_or(&[]);
    if let Some((_, kind)) = ENDINGS.iter().find(|(ending, _)| joined.ends_with(ending)) {
        return Some(*kind);
    }
    // Too short to look for inside a word.
    match words.bytes.get(words.start(count.saturating_sub(1))..end) {
        Some(b"pass" | b"pw") if count > 1 => Some(Kind::Password),
        Some(b"auth") if name.starts_with(b"_") => Some(Kind::Secret),
        // The logins in a container client's configuration; short values are modes.
        Some(b"auth") if name == b"auth" => Some(Kind::RegistryToken),
        Some(b"sig") if name.eq_ignore_ascii_case(b"sig") => Some(Kind::SignedUrl),
        Some(_) | None => None,
    }
}

/// Returns true where `name` is that of a header whose whole value is secret.
pub(crate) fn header_name(name: &[u8]) -> Option<Kind> {
    let is = |header: &str| name.eq_ignore_ascii_case(header.as_bytes());
    if is("authorization") || is("proxy-authorization") || is("x-authorization") {
        return Some(Kind::Authorization);
    }
    (is("cookie") || is("set-cookie") || is("set-cookie2")).then_some(Kind::Cookie)
}

/// A name in lower case without its separators, and where its words begin: split at `_`, `-`, `.`
/// and at changes of case.
struct Words {
    bytes: [u8; LONGEST],
    length: usize,
    starts: [u8; LONGEST],
    count: usize,
}

impl Words {
    fn of(name: &[u8]) -> Self {
        let mut words =
            Self { bytes: [0; LONGEST], length: 0, starts: [0; LONGEST], count: 0 };
        let mut lower_before = false;
        let mut begins = true;
        for (at, byte) in name.iter().enumerate() {
            if matches!(byte, b'_' | b'-' | b'.') {
                begins = true;
                lower_before = false;
                continue;
            }
            // `APIKey`: the last capital before a small letter begins a word too.
            let ends_capitals = byte.is_ascii_uppercase()
                && name.get(at + 1).is_some_and(u8::is_ascii_lowercase)
                && at > 0;
            if begins || (byte.is_ascii_uppercase() && lower_before) || ends_capitals {
                if let Some(start) = words.starts.get_mut(words.count) {
                    *start = u8::try_from(words.length).unwrap_or(u8::MAX);
                    words.count += 1;
                }
                begins = false;
            }
            if let Some(to) = words.bytes.get_mut(words.length) {
                *to = byte.to_ascii_lowercase();
                words.length += 1;
            }
            lower_before = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        }
        words
    }

    fn start(&self, word: usize) -> usize {
        usize::from(self.starts.get(word).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::STEMS;
    use super::secret_name;

    const NAMES: &[&str] = &[
        "password", "DB_PASSWORD", "dbPassword", "PGPASSWORD", "spring.datasource.password",
        "client_secret", "clientSecret", "API-KEY", "x-api-key", "apiKey", "GITHUB_TOKEN",
        "aws_secret_access_key", "_authToken", "_auth", "SMTP_PASS", "MYSQL_PWD", "AccountKey",
        "PASSWORD_2", "secretKey", "private-token", "token_value", "APIKey", "userPwd",
        "ConnectionString", "JSESSIONID", "PHPSESSID", "connect.sid", "stripeApiKey", "ACCESS_KEY",
    ];

    #[test]
    fn knows_names_of_secrets_in_every_spelling() {
        for name in NAMES {
            assert!(secret_name(name.as_bytes()).is_some(), "{name}");
        }
    }

    #[test]
    fn every_telling_name_with_its_separator_holds_a_stem() {
        for name in NAMES {
            for text in [format!("{name}="), format!("{name}: "), format!("\"{name}\": ")] {
                let held = STEMS.iter().any(|stem| {
                    text.as_bytes().windows(stem.len()).any(|window| window == *stem)
                });
                assert!(held, "{text}");
            }
        }
        assert!(STEMS.iter().all(|stem| stem.len() >= 4));
    }

    #[test]
    fn leaves_names_of_other_things() {
        for name in [
            "password_file", "token_url", "secret_name", "max_token_count", "tokenizer", "key",
            "keyboard", "author", "bypass", "pass", "passed", "compass", "secretary", "token_type",
            "passwordPolicy", "public_key", "primary_key", "key_id", "cacheKey", "sort_key",
        ] {
            assert!(secret_name(name.as_bytes()).is_none(), "{name}");
        }
    }
}
