//! What a key holds, said in words, as a JSON Schema.

/// Lists of items: the words before the item, and the schema around it.
const LISTS: [(&str, &str, &str); 3] = [
    ("list ", r#"{"type":"array","items":"#, "}"),
    ("some list ", r#"{"type":"array","minItems":1,"items":"#, "}"),
    ("map ", r#"{"type":"object","additionalProperties":"#, "}"),
];

/// One item, or a list of them: the words before the item, and before the list.
const CHOICES: [(&str, &str); 2] = [("one or many ", "list "), ("one or some ", "some list ")];

/// Appends the text of the JSON Schema that `words` say, a mapping; `None` where they say none.
///
/// A name is a reference to a definition of the same schema.
pub(super) fn push_shape(out: &mut String, words: &str) -> Option<()> {
    for (before, open, close) in LISTS {
        if let Some(item) = words.strip_prefix(before) {
            out.push_str(open);
            push_shape(out, item)?;
            out.push_str(close);
            return Some(());
        }
    }
    for (before, list) in CHOICES {
        if let Some(item) = words.strip_prefix(before) {
            out.push_str(r#"{"anyOf":["#);
            push_shape(out, item)?;
            out.push(',');
            push_shape(out, &[list, item].concat())?;
            out.push_str("]}");
            return Some(());
        }
    }
    if words.starts_with('{') {
        out.push_str(words);
    } else if words.contains(" / ") {
        out.push_str(r#"{"anyOf":"#);
        let mut before = '[';
        for choice in words.split(" / ") {
            out.push(before);
            push_shape(out, choice)?;
            before = ',';
        }
        out.push_str("]}");
    } else if words == "boolean" {
        out.push_str(r#"{"type":"boolean"}"#);
    } else if let Some(bounds) = words.strip_prefix("number ") {
        let (minimum, maximum) = bounds.split_once("..")?;
        out.push_str(r#"{"type":"integer","minimum":"#);
        out.push_str(minimum);
        out.push_str(r#","maximum":"#);
        out.push_str(maximum);
        out.push('}');
    } else if is_name(words) {
        out.push_str(r##"{"$ref":"#/$defs/"##);
        out.push_str(words);
        out.push_str(r#""}"#);
    } else {
        return None;
    }
    Some(())
}

/// Returns whether `text` is a name of a key or definition.
pub(super) fn is_name(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(sign)
}
