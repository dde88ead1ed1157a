//! Passwords in URLs, however they are written.

use crate::redact::Raw;
use crate::redact::Redactor;
use crate::redact::Sink;

fn shown(text: &str) -> String {
    Redactor::default().project_for(&Raw::new(text), Sink::LogViewer).into_text()
}

/// No piece of six bytes of `secret` is left.
fn assert_gone(text: &str, secret: &str) {
    let out = shown(text);
    for piece in secret.as_bytes().windows(6.min(secret.len())) {
        let piece = std::str::from_utf8(piece).unwrap();
        assert!(!out.contains(piece), "{piece} is left of {text}\nin {out}");
    }
}

#[test]
fn a_password_goes_however_its_url_is_escaped() {
    for text in [
        r"https:\/\/user:S3cr3tPw9@host.example\/path",
        r#"{"url":"https:\/\/user:S3cr3tPw9@host.example\/path"}"#,
        r#"{"log":"{\"url\":\"https:\\/\\/user:S3cr3tPw9@db\\/path\"}"}"#,
        "https%3A%2F%2Fuser%3AS3cr3tPw9%40host.example",
        "https%3a%2f%2fuser%3aS3cr3tPw9%40host%2fpath",
        "https%3A%2F%2Fuser:S3cr3tPw9@host.example",
        "redirect=https%3A%2F%2Fuser%3AS3cr3tPw9%40host%3A8080%2Fa%3Fb%3Dc&next=1",
    ] {
        assert_gone(text, "S3cr3tPw9");
    }
    assert_gone("x%3A%2F%2Fu%3Aaaaa%40S3cr3tPw9%40host%2F", "S3cr3tPw9");
}

#[test]
fn a_long_password_in_a_url_goes_whole() {
    for length in [100, 300, 1100, 5000] {
        let secret: String = ('a'..='z').cycle().zip(0..length).map(|(c, _)| c).collect();
        let secret = format!("7Q{secret}");
        assert_gone(&format!("postgres://user:{secret}@db.example/app"), &secret);
        assert_gone(&format!("postgres://user:{secret}@db/app"), &secret);
        let encoded = format!("postgres%3A%2F%2Fuser%3A{secret}%40db.example%2Fapp");
        assert_gone(&encoded, &secret);
    }
    let secret = format!("{}/{}", "Ab3".repeat(100), "Cd4".repeat(50));
    assert_gone(&format!("postgres://user:{secret}@db.example/app"), &secret);
}

#[test]
fn a_password_with_signs_in_a_url_goes_whole() {
    for sign in ["\"", "<", ">", "\\", "(", ")", "{", "}", "|", "'", "`", "@", "/", "#", "?", "\\/"]
    {
        let secret = format!("Zq81xK{sign}7mTr9w");
        assert_gone(&format!("url postgres://user:{secret}@db.example:5432/app end"), "Zq81xK");
        let out = shown(&format!("url postgres://user:{secret}@db.example:5432/app end"));
        assert!(!out.contains("7mTr9w"), "{sign}: {out}");
        assert!(out.ends_with("@db.example:5432/app end"), "{sign}: {out}");
    }
    assert_gone("'postgres://user:Zq\"81xK7<m>Tr9w@db/app'", "81xK7");
    assert_gone("'postgres://user:Zq\"81xK7<m>Tr9w@db/app'", "Tr9w");
}

#[test]
fn hosts_and_users_of_every_form_stand_beside_a_password() {
    for text in [
        "redis://:S3cr3tPw9@h",
        "redis://:S3cr3tPw9@cache:6379/0",
        "redis://user:S3cr3tPw9@[2001:db8::1]:6379/0",
        "https://user:p@S3cr3tPw9@host",
        "https://user:p@S3cr3tPw9@host.example/x",
        "https://user:p@ss@S3cr3tPw9@[::1]/x",
        "mongodb+srv://user:S3cr3tPw9@a.example,b.example/db?x=1",
    ] {
        assert_gone(text, "S3cr3tPw9");
    }
}

#[test]
fn urls_without_a_password_stay_as_they_are() {
    for text in [
        "http://[2001:db8::1]:8080/@scope/package",
        "http://localhost:8080/a@b",
        r#"{"url":"http://localhost:8080","mail":"to @all"}"#,
        r#"{"proxy":"http://proxy:port","name":"x","tag":"a@b.c"}"#,
        "https://host.example/path?at=@x",
        r"https:\/\/host.example\/path",
        "https%3A%2F%2Fhost.example%2Fpath",
        "https%3A%2F%2Fhost.example%3A8080%2Fpath%40v2",
        "https://user@host.example/x",
    ] {
        assert_eq!(shown(text), text);
    }
}
