//! A text in pieces of any size: `policy-fixtures/redaction/stream/split.json`, which every host
//! runs too.

use bailiwick_wire::RedactionStream;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// Returns the text of a fixture: its pieces joined.
fn text(fixture: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in fixture["pieces"].as_array().unwrap() {
        if let Some(text) = piece.as_str() {
            out.extend_from_slice(text.as_bytes());
        } else if let Some(hex) = piece["hex"].as_str() {
            let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            out.extend((0..hex.len()).step_by(2).map(byte));
        } else {
            for number in 1..=piece["lines"].as_u64().unwrap() {
                let line = piece["text"].as_str().unwrap().replace("{n}", &number.to_string());
                out.extend_from_slice(line.as_bytes());
            }
        }
    }
    out
}

fn redacted(fixture: &Value, size: usize) -> (String, Value) {
    let mut stream = RedactionStream::open(&fixture["options"].to_string()).unwrap();
    let mut out = Vec::new();
    for piece in text(fixture).chunks(size) {
        out.extend(stream.push(piece).unwrap());
    }
    let (rest, summary) = stream.finish().unwrap();
    out.extend(rest);
    let shown = out.iter().map(|byte| char::from(*byte)).collect();
    (shown, serde_json::from_str(&summary).unwrap())
}

#[test]
fn any_pieces_give_the_same_bytes_and_summary() {
    let path = bailiwick_tests::workspace().join("policy-fixtures/redaction/stream/split.json");
    let mut fixture: Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let (whole, summary) = redacted(&fixture, usize::MAX);
    if std::env::var_os("BLESS").is_some() {
        let fields: &mut Map<String, Value> = fixture.as_object_mut().unwrap();
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        fields.insert("output".to_owned(), json!(lines));
        fields.insert("summary".to_owned(), summary.clone());
        let written = serde_json::to_string_pretty(&fixture).unwrap();
        std::fs::write(&path, format!("{}\n", crate::ascii(&written))).unwrap();
    }
    let lines = fixture["output"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
    let expected = (lines.collect::<String>(), fixture["summary"].clone());
    assert_eq!((whole, summary), expected, "in one piece");
    for size in [1, 7, 4096] {
        assert_eq!(redacted(&fixture, size), expected, "in pieces of {size}");
    }
}
