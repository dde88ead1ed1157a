//! Names in every spelling, and names of other things.

use super::STEMS;
use super::secret_name;

const NAMES: &[&str] = &[
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
    "APIKey",
    "userPwd",
    "JSESSIONID",
    "PHPSESSID",
    "stripeApiKey",
    "ACCESS_KEY",
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
            let held = STEMS
                .iter()
                .any(|stem| text.as_bytes().windows(stem.len()).any(|window| window == *stem));
            assert!(held, "{text}");
        }
    }
    assert!(STEMS.iter().all(|stem| stem.len() >= 4));
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
        "cacheKey",
        "sort_key",
    ] {
        assert!(secret_name(name.as_bytes()).is_none(), "{name}");
    }
}
