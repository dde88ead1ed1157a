use super::parse;
use crate::document::SourceFile;
use crate::document::node::Node;

fn read(text: &str) -> Vec<Node> {
    parse(&SourceFile::new("a.yaml", text)).unwrap()
}

fn fault(text: &str) -> String {
    let finding = parse(&SourceFile::new("a.yaml", text)).unwrap_err();
    let place = &finding.location;
    format!("{}:{} {} {}", place.line, place.column, finding.code, place.path)
}

fn json(text: &str) -> Vec<serde_json::Value> {
    read(text).iter().map(Node::to_json).collect()
}

#[test]
fn counts_lines_and_columns_alike_with_bom_crlf_and_wide_characters() {
    for text in ["# c\na:\n  é: [1, ü, x]\n", "\u{feff}# c\r\na:\r\n  é: [1, ü, x]\r\n"] {
        let finding = parse(&SourceFile::new("a.yaml", text.replace('x', "!t x"))).unwrap_err();
        let place = &finding.location;
        assert_eq!((place.line, place.column, place.path.as_str()), (3, 13, "a.é[2]"));
    }
    assert_eq!(fault("\u{feff}a: [}"), fault("a: [}"));
    assert_eq!(fault("\u{feff}a\u{0}"), "1:2 control_character ");
}

#[test]
fn reads_several_documents_and_passes_over_empty_ones() {
    assert_eq!(
        json("# only\n---\na: 1\n---\n# nothing\n---\n~\n...\n---\n- b\n"),
        [serde_json::json!({"a": 1}), serde_json::json!(["b"])]
    );
    assert_eq!(json(""), [] as [serde_json::Value; 0]);
}

#[test]
fn keeps_quoted_text_as_text() {
    assert_eq!(
        json("[true, 'true', 12, \"12\", ~, '~', !!str 12, !!int 12]"),
        json("[true, \"true\", 12, \"12\", null, \"~\", \"12\", 12]")
    );
}

#[test]
fn expands_aliases_to_what_they_stand_for() {
    assert_eq!(
        json("a: &x [1, &y {b: c}]\nd: *x\ne: *y\n"),
        [serde_json::json!({"a": [1, {"b": "c"}], "d": [1, {"b": "c"}], "e": {"b": "c"}})]
    );
}

#[test]
fn refuses_aliases_that_explode() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let alias = format!("*a{}", level - 1);
        let items = [alias.as_str(); 7].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    assert_eq!(fault(&bomb), "5:25 too_many_nodes a4[3]");
    let wide = format!(
        "a: &a {}\nb: &b [{}]\nc: [{}]\n",
        "x".repeat(65_000),
        "*a, ".repeat(30),
        "*b, ".repeat(30)
    );
    assert_eq!(fault(&wide), "3:5 aliases_expand_too_far c[0]");
    assert_eq!(fault("a: &a [*a]"), "1:8 unknown_alias a[0]");
    assert_eq!(fault("a: *b"), "1:4 unknown_alias a");
    assert_eq!(fault("- &a x\n---\n- *a\n"), "3:3 unknown_alias [0]");
    assert_eq!(fault(&format!("- &a x\n{}", "- *a\n".repeat(65))), "66:3 too_many_aliases [65]");
    assert_eq!(fault(&"- &a x\n".repeat(65)), "65:6 too_many_aliases [64]");
}

#[test]
fn refuses_depth_also_where_an_alias_makes_it() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(read(&nested(32)).len(), 1);
    assert_eq!(fault(&nested(33)).split(' ').nth(1), Some("too_deep"));
    assert_eq!(fault(&"[".repeat(100_000)).split(' ').nth(1), Some("too_deep"));
    assert_eq!(fault(&"- ".repeat(100_000)).split(' ').nth(1), Some("too_deep"));
    let alias = format!("- &a {}\n- {}*a{}\n", nested(20), "[".repeat(12), "]".repeat(12));
    assert_eq!(fault(&alias).split(' ').nth(1), Some("too_deep"));
}

#[test]
fn refuses_keys_that_two_readers_could_read_differently() {
    assert_eq!(fault("a: 1\nb: {c: 1, c: 2}\n"), "2:11 repeated_key b.c");
    assert_eq!(fault("a: 1\n\"a\": 2\n"), "2:1 repeated_key a");
    assert_eq!(fault("1: a"), "1:1 key_not_text ");
    assert_eq!(fault("true: a"), "1:1 key_not_text ");
    assert_eq!(fault("? [a]\n: b"), "1:3 key_not_text ");
    assert_eq!(fault("a: &x b\n*x : c"), "2:1 key_not_text ");
    assert_eq!(fault(": a"), "1:1 key_not_text ");
    assert_eq!(fault("a: {<<: {b: 1}}"), "1:5 merge_key a");
    assert_eq!(json("\"<<\": 1"), [serde_json::json!({"<<": 1})]);
}

#[test]
fn refuses_tags_beyond_those_of_plain_data() {
    assert_eq!(fault("a: !foo b"), "1:4 unknown_tag a");
    assert_eq!(fault("a: !!binary b"), "1:4 unknown_tag a");
    assert_eq!(fault("a: !!int b"), "1:4 unknown_tag a");
    assert_eq!(fault("a: !!map [b]"), "1:4 unknown_tag a");
    assert_eq!(fault("%TAG ! tag:evil,2000:\n---\na: !str b"), "3:4 unknown_tag a");
}

#[test]
fn refuses_what_is_too_large() {
    assert_eq!(fault(&"a".repeat(65_537)), "1:1 scalar_too_long ");
    assert_eq!(fault(&"- a\n".repeat(20_001)), "20000:3 too_many_nodes [19999]");
    assert_eq!(fault(&"#".repeat((1 << 20) + 1)), "1:1 too_large ");
}

#[test]
fn names_line_column_and_path_of_a_missing_bracket() {
    assert_eq!(
        fault("repo_policy:\n  forbidden_paths: [a, b\n  name: x\n"),
        "3:7 yaml_syntax repo_policy.forbidden_paths[1]"
    );
}
