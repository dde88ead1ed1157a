//! Names in every spelling, and names of other things.

use super::ENDINGS;
use super::KeyName;
use super::PACK_STEMS;
use super::STEMS;
use super::TRAILING;
use super::last_letters;
use super::secret_name;
use crate::redact::Raw;
use crate::redact::Redactor;
use crate::redact::RulePack;
use crate::redact::Sink;

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

/// The endings, their words apart.
const WORDS: &str = "secret access key; aws secret key; aws session token; password; passwords; \
    passwd; passwrd; passphrase; passcode; pwd; token; tokens; api key; api keys; app key; auth key; \
    integration key; license key; secret; secrets; secret key; secret id; api secret; access key; \
    account key; storage key; shared key; private key; signing key; signature key; encryption key; \
    decryption key; crypto key; master key; webhook key; service key; service role key; client key; \
    client key data; credential; credentials; creds; connection string; store pass; key pass; \
    admin key; bearer; session id; sessid; connect sid; shared access signature; x amz signature; \
    x goog signature";

/// Returns a name in the spellings that occur.
fn spellings(words: &[&str]) -> Vec<String> {
    let upper = |word: &str| word.to_ascii_uppercase();
    let pascal: Vec<String> =
        words.iter().map(|word| format!("{}{}", upper(&word[..1]), &word[1..])).collect();
    let camel = format!("{}{}", words[0], pascal[1..].concat());
    vec![
        words.join("_"),
        upper(&words.join("_")),
        words.join("-"),
        upper(&words.join("-")),
        pascal.join("-"),
        camel,
        pascal.concat(),
        words.concat(),
        upper(&words.concat()),
        words.join("."),
    ]
}

#[test]
fn the_search_finds_every_telling_name_in_every_spelling() {
    let all: Vec<Vec<&str>> = WORDS.split("; ").map(|name| name.split(' ').collect()).collect();
    let listed: Vec<Vec<u8>> = all.iter().map(|words| words.concat().into_bytes()).collect();
    let known: Vec<Vec<u8>> = ENDINGS.iter().map(|(ending, _)| ending.to_vec()).collect();
    assert_eq!(listed, known, "a new ending needs its words here");
    let secret = "Zx81kQ92mm7TrAb3Cd4Ef5";
    let redactor = Redactor::default();
    let mut left = Vec::new();
    for words in &all {
        for name in spellings(words) {
            for text in [
                format!("{name}={secret}"),
                format!("{name}: {secret}"),
                format!("{name} = {secret}"),
                format!("{{\"{name}\": \"{secret}\"}}"),
                format!("{{\"{name}\":\"{secret}\"}}"),
                format!("{{'{name}': '{secret}'}}"),
                format!("log {{\\\"{name}\\\":\\\"{secret}\\\"}}"),
            ] {
                let shown = redactor.project_for(&Raw::new(text.as_str()), Sink::LogViewer);
                if shown.text().contains(secret) {
                    left.push(text);
                }
            }
        }
    }
    assert!(left.is_empty(), "{} are left:\n{}", left.len(), left.join("\n"));
}

#[test]
fn a_name_that_ends_in_two_telling_letters_is_found_behind_an_underscore() {
    let secret = "Zx81kQ92mm7TrAb3Cd4Ef5";
    for name in ["DB_PW", "db_pw", "bindpw", "ROOTPW"] {
        for text in [
            format!("{name}={secret}"),
            format!("{name}: {secret}"),
            format!("{name} = {secret}"),
            format!("\"{name}\": \"{secret}\""),
        ] {
            let shown = Redactor::default().project_for(&Raw::new(text.as_str()), Sink::LogViewer);
            assert!(!shown.text().contains(secret), "{text}");
        }
    }
}

#[test]
fn stems_are_long_enough_for_a_fast_search() {
    for stems in [STEMS, PACK_STEMS] {
        assert!(stems.iter().all(|stem| stem.len() >= 4));
        assert!(stems.iter().all(|stem| stem.iter().all(|byte| !byte.is_ascii_uppercase())));
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
        "cacheKey",
        "sort_key",
    ] {
        assert!(secret_name(name.as_bytes()).is_none(), "{name}");
    }
}

#[test]
fn the_search_finds_the_names_of_every_pack_that_is_always_on() {
    let secret = "Zx81kQ92mm7TrAb3Cd4Ef5";
    let redactor = Redactor::default();
    let mut left = Vec::new();
    let packs = RulePack::DEFAULT.iter().filter_map(|name| RulePack::built_in(name));
    for (name, _) in packs.flat_map(|pack| &pack.keys) {
        let words: Vec<&str> = name.split('_').collect();
        let dotted = words.join(".");
        for name in spellings(&words).iter().take(2).chain([&dotted]) {
            for text in [
                format!("{name}={secret}"),
                format!("{name}: {secret}"),
                format!("{{\"{name}\":\"{secret}\"}}"),
            ] {
                let shown = redactor.project_for(&Raw::new(text.as_str()), Sink::LogViewer);
                if shown.text().contains(secret) {
                    left.push(text);
                }
            }
        }
    }
    assert!(left.is_empty(), "{} are left:\n{}", left.len(), left.join("\n"));
}

#[test]
fn no_name_that_says_something_is_passed_over_by_its_last_letters() {
    let letters = last_letters();
    let words: Vec<Vec<&str>> = WORDS.split("; ").map(|name| name.split(' ').collect()).collect();
    let trailing: Vec<&str> =
        TRAILING.iter().map(|word| std::str::from_utf8(word).unwrap()).chain(["", "2"]).collect();
    let short = ["db pass", "db pw", "_auth", "auth", "sig", "api key", "my pat", "sid", "key"];
    let short = short.iter().map(|name| name.split(' ').collect::<Vec<_>>());
    for name in words.into_iter().chain(short) {
        for word in &trailing {
            let name: Vec<&str> = name.iter().copied().chain([*word]).collect();
            let name = if word.is_empty() { &name[..name.len() - 1] } else { &name[..] };
            for spelled in spellings(name) {
                let read = KeyName::of(spelled.as_bytes()).unwrap();
                let says = read.secret().is_some() || read.weak().is_some();
                assert!(!says || letters.may_end(spelled.as_bytes()), "{spelled}");
            }
        }
    }
}
