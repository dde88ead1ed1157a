//! Where two JSON trees differ.

use serde_json::Value;

/// Tells `found` of every place at which `after` is not `before`: its name, such as `argv[2]`, and
/// what stands there on either side. Names are those of `after`; of a member that it does not have
/// any more, the place is the object that held it, since the name itself may have been removed.
pub(super) fn differences(
    before: &Value,
    after: &Value,
    at: &str,
    found: &mut impl FnMut(&str, Option<&Value>, Option<&Value>),
) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            if let Some((_, gone)) = old.iter().find(|(name, _)| !new.contains_key(*name)) {
                found(at, Some(gone), None);
            }
            for (name, value) in new {
                let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                match old.get(name) {
                    Some(before) => differences(before, value, &at, found),
                    None => found(&at, None, Some(value)),
                }
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (before, after)) in old.iter().zip(new).enumerate() {
                differences(before, after, &format!("{at}[{index}]"), found);
            }
        }
        (before, after) if before == after => {}
        (before, after) => found(at, Some(before), Some(after)),
    }
}

/// Returns true where something was taken out of a text of `tree`.
pub(super) fn is_marked(tree: &Value) -> bool {
    match tree {
        Value::String(text) => MARKERS.iter().any(|marker| text.contains(marker)),
        Value::Array(items) => items.iter().any(is_marked),
        Value::Object(members) => members.values().any(is_marked),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

const MARKERS: [&str; 2] = ["[REDACTED", "[TRUNCATED"];

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use serde_json::json;

    use super::differences;

    fn places(before: &Value, after: &Value) -> Vec<String> {
        let mut out = Vec::new();
        differences(before, after, "", &mut |at, _, _| out.push(at.to_owned()));
        out
    }

    #[test]
    fn a_difference_is_named_by_its_place() {
        let before = json!({"argv": ["a", "b"], "env": {"K": "v"}, "path": "x"});
        let after = json!({"argv": ["a", "c"], "env": {"[REDACTED]": "v"}, "path": "x"});
        assert_eq!(places(&before, &after), ["argv[1]", "env", "env.[REDACTED]"]);
        assert_eq!(places(&before, &before), Vec::<String>::new());
        assert_eq!(places(&json!([1]), &json!([1, 2])), [""]);
    }
}
