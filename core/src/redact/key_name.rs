//! Which names say that their value is secret.

use crate::redact::RedactedKind;

/// Words that may follow the telling one without changing what it is.
const TRAILING: [&str; 22] = [
    "value",
    "val",
    "base64",
    "b64",
    "old",
    "new",
    "prod",
    "production",
    "dev",
    "staging",
    "test",
    "current",
    "default",
    "raw",
    "plain",
    "plaintext",
    "text",
    "string",
    "hash",
    "confirmation",
    "confirm",
    "again",
];

/// What a telling name ends in, separators and case aside; the first that fits wins.
const ENDINGS: &[(&str, RedactedKind)] = &[
    ("secretaccesskey", RedactedKind::AwsSecret),
    ("awssecretkey", RedactedKind::AwsSecret),
    ("awssessiontoken", RedactedKind::AwsSecret),
    ("password", RedactedKind::Password),
    ("passwords", RedactedKind::Password),
    ("passwd", RedactedKind::Password),
    ("passphrase", RedactedKind::Password),
    ("passcode", RedactedKind::Password),
    ("pwd", RedactedKind::Password),
    ("token", RedactedKind::Token),
    ("tokens", RedactedKind::Token),
    ("apikey", RedactedKind::Token),
    ("apikeys", RedactedKind::Token),
    ("authkey", RedactedKind::Token),
    ("secret", RedactedKind::Secret),
    ("secrets", RedactedKind::Secret),
    ("secretkey", RedactedKind::Secret),
    ("secretid", RedactedKind::Secret),
    ("apisecret", RedactedKind::Secret),
    ("accesskey", RedactedKind::Secret),
    ("accountkey", RedactedKind::Secret),
    ("sharedkey", RedactedKind::Secret),
    ("privatekey", RedactedKind::Secret),
    ("signingkey", RedactedKind::Secret),
    ("encryptionkey", RedactedKind::Secret),
    ("masterkey", RedactedKind::Secret),
    ("credential", RedactedKind::Secret),
    ("credentials", RedactedKind::Secret),
    ("connectionstring", RedactedKind::Secret),
];

/// Returns what the value of `name` is, where the name says that it is secret.
pub(crate) fn secret_name(name: &str) -> Option<RedactedKind> {
    if name.len() > 128 {
        return None;
    }
    let mut words = words(name);
    while words.len() > 1
        && words.last().is_some_and(|word| {
            word.bytes().all(|byte| byte.is_ascii_digit()) || TRAILING.contains(&word.as_str())
        })
    {
        words.pop();
    }
    let joined = words.concat();
    let joined = joined.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some((_, kind)) = ENDINGS.iter().find(|(end, _)| joined.ends_with(end)) {
        return Some(*kind);
    }
    // Too short to look for inside a word.
    match words.last().map(String::as_str) {
        Some("pass") if words.len() > 1 => Some(RedactedKind::Password),
        Some("auth") if name.starts_with('_') => Some(RedactedKind::Secret),
        // The logins in a container client's configuration; short values are modes.
        Some("auth") if name == "auth" => Some(RedactedKind::RegistryToken),
        Some(_) | None => None,
    }
}

/// Returns true where `name` is that of a header whose whole value is secret.
pub(crate) fn header_name(name: &str) -> Option<RedactedKind> {
    match name.to_ascii_lowercase().as_str() {
        "authorization" | "proxy-authorization" | "x-authorization" => {
            Some(RedactedKind::Authorization)
        }
        "cookie" | "set-cookie" | "set-cookie2" => Some(RedactedKind::Cookie),
        _ => None,
    }
}

/// Splits at `_`, `-`, `.` and at changes of case; lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        let separator = matches!(c, '_' | '-' | '.');
        if (separator || (c.is_ascii_uppercase() && lower_before)) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if !separator {
            word.push(c.to_ascii_lowercase());
        }
        lower_before = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::secret_name;

    #[test]
    fn knows_names_of_secrets_in_every_spelling() {
        for name in [
            "password",
            "DB_PASSWORD",
            "dbPassword",
            "PGPASSWORD",
            "spring.datasource.password",
            "client_secret",
            "clientSecret",
            "API-KEY",
            "x-api-key",
            "apiKey",
            "GITHUB_TOKEN",
            "aws_secret_access_key",
            "_authToken",
            "_auth",
            "SMTP_PASS",
            "MYSQL_PWD",
            "AccountKey",
            "PASSWORD_2",
            "secretKey",
            "private-token",
            "token_value",
        ] {
            assert!(secret_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn leaves_names_of_other_things() {
        for name in [
            "password_file",
            "token_url",
            "secret_name",
            "max_token_count",
            "tokenizer",
            "key",
            "keyboard",
            "author",
            "bypass",
            "pass",
            "passed",
            "compass",
            "secretary",
            "token_type",
            "passwordPolicy",
            "public_key",
            "primary_key",
            "key_id",
        ] {
            assert!(secret_name(name).is_none(), "{name}");
        }
    }
}
