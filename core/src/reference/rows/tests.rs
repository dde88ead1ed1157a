use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde_json::Value;

use super::ROWS;
use super::read_schema;
use crate::reference::SCHEMA_NAMES;
use crate::reference::json_schema;
use crate::reference::json_schema_of;

/// Adds every `$ref` in `value`.
fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    found.extend(value.get("$ref").and_then(Value::as_str));
    let inner = value.as_object().into_iter().flat_map(|object| object.values());
    for value in inner.chain(value.as_array().into_iter().flatten()) {
        references(value, found);
    }
}

/// The names of the mappings and groups, each with the words of its section.
fn mappings() -> Vec<(&'static str, &'static str)> {
    let mut section = "";
    let mut found = Vec::new();
    for line in ROWS.lines().filter(|line| !line.starts_with([' ', '#'])) {
        match line.split_once(' ') {
            Some(("@", words)) => section = words,
            Some((head, _)) => found.extend(head.strip_suffix(':').map(|name| (name, section))),
            None => assert_eq!(line, ""),
        }
    }
    found
}

#[test]
fn every_row_of_every_schema_can_be_read() {
    let all = json_schema();
    for name in SCHEMA_NAMES {
        assert_eq!(read_schema(ROWS, name).err(), None, "{name}");
        let schema = json_schema_of(name).unwrap();
        assert_eq!(all["schemas"][name], schema);
        for keyword in ["title", "description", "examples"] {
            assert!(schema.get(keyword).is_some(), "{name} {keyword}");
        }
    }
}

#[test]
fn every_reference_leads_to_a_definition_of_the_same_schema() {
    for name in SCHEMA_NAMES {
        let schema = json_schema_of(name).unwrap();
        let mut found = Vec::new();
        references(&schema, &mut found);
        assert!(found.len() > 10, "{name}");
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(schema.pointer(pointer).is_some(), "{name} {reference}");
        }
    }
}

#[test]
fn no_row_stands_where_nothing_reads_it() {
    let mut above = "";
    for line in ROWS.lines() {
        if line.starts_with(' ') {
            let head = above.split(' ').next().unwrap();
            assert!(above.starts_with("  ") || head.ends_with(':'), "{line}");
            assert_ne!(line.as_bytes()[2], b' ', "{line}");
        }
        above = line;
        if let Some(words) = line.strip_prefix("@ ") {
            let known = |word: &str| SCHEMA_NAMES.contains(&word);
            assert!(words == "groups" || words.split(' ').all(known), "{line}");
        }
    }
    let named: Vec<&str> = ROWS.lines().filter_map(|line| line.strip_prefix("  + ")).collect();
    let named: BTreeSet<&str> = named.iter().flat_map(|groups| groups.split(' ')).collect();
    let groups = mappings().into_iter().filter(|(_, section)| *section == "groups");
    assert_eq!(groups.map(|(name, _)| name).collect::<BTreeSet<_>>(), named);
}

#[test]
fn no_two_mappings_or_groups_have_one_name() {
    let mut seen = BTreeMap::new();
    for (name, _) in mappings() {
        *seen.entry(name).or_insert(0) += 1;
    }
    assert!(seen.len() > 40);
    seen.retain(|_, times| *times > 1);
    assert_eq!(seen, BTreeMap::new());
}

#[test]
fn a_row_that_cannot_be_read_is_named_and_not_left_out() {
    let good = "@ state\nstate: A state\n  now! | text | The instant. | \"x\"\ntext = {}\n";
    assert!(read_schema(good, "state").is_ok());
    for (from, to, named) in [
        ("| \"x\"", "| x", "now! | text | The instant. | x"),
        (" | \"x\"", "", "now! | text | The instant."),
        ("The instant.", "", "now! | text |  | \"x\""),
        ("now!", "Now!", "Now! | text | The instant. | \"x\""),
        ("now!", "now, now", "now, now | text | The instant. | \"x\""),
        ("| text", "| some text", "now! | some text | The instant. | \"x\""),
        ("| text", "| number 1", "now! | number 1 | The instant. | \"x\""),
        ("| text", "| number 0..max", "now! | number 0..max | The instant. | \"x\""),
        ("| text", "| text / ", "now! | text /  | The instant. | \"x\""),
        ("  now", "  + gone\n  now", "gone"),
        ("  now", "  = {]\n  now", "= {]"),
        ("text = {}", "text = {", "text = {"),
        ("text = {}", "text = []", "text = []"),
        ("text = {}", "text is {}", "text is {}"),
        ("text = {}", "text = {\"enum\": \"colour\"}", "text = {\"enum\": \"colour\"}"),
        ("text = {}", "text = {}\ntext = {}", "text = {}"),
        ("text = {}", "= {\"title\": }", "= {\"title\": }"),
        ("text = {}", "text", "text"),
    ] {
        let rows = good.replace(from, to);
        assert_ne!(rows, good);
        assert_eq!(read_schema(&rows, "state"), Err(named), "{rows}");
    }
}

#[test]
fn a_key_of_what_hosts_send_may_be_empty_only_where_people_write_it() {
    let rows = "@ state suite\nstate: A state\n  a | boolean | A. | true\n  b* | boolean | B. | true\n  \
                c! | boolean | C. | true\n";
    let required =
        |schema| read_schema(rows, schema).unwrap()["$defs"]["state"]["required"].clone();
    assert_eq!(required("state"), serde_json::json!(["b", "c"]));
    assert_eq!(required("suite"), serde_json::json!(["c"]));
    let empty = |schema: &str, key: &str| {
        let state = &read_schema(rows, schema).unwrap()["$defs"]["state"];
        state["properties"][key].get("anyOf").is_some()
    };
    assert!(["a", "b"].iter().all(|key| empty("suite", key)));
    assert!(!empty("suite", "c"));
    assert!(!["a", "b", "c"].iter().any(|key| empty("state", key)));
}
