//! Tokens in encoded runs.

use crate::redact::Raw;
use crate::redact::Redactor;
use crate::redact::Sink;
use crate::redact::encoding::DECODED;
use crate::redact::encoding::encode_base64;

fn shown(text: &str) -> String {
    Redactor::default().project_for(&Raw::new(text), Sink::LogViewer).into_text()
}

fn decoded_bytes(text: &str) -> usize {
    let before = DECODED.get();
    shown(text);
    DECODED.get() - before
}

#[test]
fn a_run_that_holds_many_beginnings_of_tokens_is_decoded_once_for_all_of_them() {
    let run = |count: usize| {
        let plain = "ghp_!glpat-!xy".repeat(count);
        format!("data: {}", String::from_utf8(encode_base64(plain.as_bytes(), 0)).unwrap())
    };
    let (one, two) = (decoded_bytes(&run(1500)), decoded_bytes(&run(3000)));
    assert!(one > 0, "nothing was decoded");
    assert!(two <= one * 5 / 2, "{one} bytes, then {two}");
}

#[test]
fn a_token_behind_beginnings_that_are_none_is_found() {
    let token = format!("ghp_{}", "A1b2C3d4E5f6".repeat(3));
    for before in 0..6 {
        let plain = format!("{}{}user:{token}@host", "x".repeat(before), "ghp_!".repeat(40));
        let run = String::from_utf8(encode_base64(plain.as_bytes(), 0)).unwrap();
        let out = shown(&format!("data: {run} end"));
        assert!(!out.contains(&run), "{out}");
    }
}
