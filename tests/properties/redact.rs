//! What was projected once stays as it is.

use bailiwick::HashKey;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Sink;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::config;

/// Texts of pieces that detectors look for, put together in any way.
fn text() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB",
            "password=",
            "password: \"",
            "hunter2-hunter2",
            "token = ",
            "\"api_key\": \"",
            "https://ana:",
            "secret@",
            "shop.example/",
            "ana@shop.example",
            "Authorization: Bearer ",
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "[REDACTED:",
            "]",
            "\u{200b}",
            "\r\n",
            "\n",
            " ",
            "=",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ",
        ][..],
    );
    let piece = prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any::<String>()];
    vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn redactor(keyed: bool, max: Option<usize>) -> Redactor {
    let mut builder = Redactor::builder().known_value("hunter2-hunter2");
    if keyed {
        builder = builder.key(HashKey::new(&b"0123456789abcdef"[..]).unwrap());
    }
    if let Some(max) = max {
        builder = builder.max_bytes(max);
    }
    builder.build()
}

proptest! {
    #![proptest_config(config(384))]

    #[test]
    fn projecting_twice_equals_once(
        text in text(), keyed: bool, max in proptest::option::of(128..400_usize),
        sink in select(Sink::ALL),
    ) {
        let redactor = redactor(keyed, max);
        let once = redactor.project_for(&Raw::new(text), sink);
        let twice = redactor.project_for(&Raw::new(once.text()), sink);
        prop_assert_eq!(twice.text(), once.text());
    }

    #[test]
    fn a_named_secret_is_in_no_projection(
        before in text(), after in text(), keyed: bool, sink in select(Sink::ALL),
    ) {
        let redactor = redactor(keyed, None);
        let raw = Raw::new(format!("{before}hunter2-hunter2{after}"));
        let projection = redactor.project_for(&raw, sink);
        prop_assert!(!projection.text().contains("hunter2-hunter2"), "{}", projection.text());
    }

    #[test]
    fn projecting_a_tree_twice_equals_once(
        texts in vec((text(), text()), 0..4), keyed: bool, sink in select(Sink::ALL),
    ) {
        let redactor = redactor(keyed, None);
        let tree: serde_json::Map<_, _> =
            texts.into_iter().map(|(key, text)| (key, serde_json::json!([text]))).collect();
        let once = redactor.project_tree(&serde_json::Value::Object(tree), sink);
        let twice = redactor.project_tree(once.tree(), sink);
        prop_assert_eq!(twice.tree(), once.tree());
    }

    #[test]
    fn a_projection_is_no_longer_than_its_limit(text in text(), max in 128..400_usize) {
        let projection = redactor(false, Some(max)).project_for(&Raw::new(text), Sink::ModelContext);
        prop_assert!(projection.text().len() <= max, "{} > {max}", projection.text().len());
    }
}
