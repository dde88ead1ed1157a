use super::Detector;
use super::PackRefused;
use super::RulePack;
use crate::document::SourceFile;

fn import(text: &str) -> Result<RulePack, PackRefused> {
    RulePack::from_gitleaks(&SourceFile::new("rules.toml", text))
}

fn detector(text: &str) -> Detector {
    let pack = import(text).unwrap_or_else(|refused| panic!("{:?}", refused.diagnostics));
    pack.detectors[0].clone()
}

fn warnings(text: &str) -> Vec<String> {
    import(text).unwrap().diagnostics().iter().map(ToString::to_string).collect()
}

/// Returns the secret that is found at the first keyword.
fn secret<'t>(it: &Detector, text: &'t str) -> Option<&'t str> {
    let lower = text.to_ascii_lowercase();
    it.anchors().enumerate().find_map(|(index, anchor)| {
        assert!(anchor.any_case);
        let at = lower.find(std::str::from_utf8(anchor.bytes).unwrap())?;
        let found = it.verify(index, text.as_bytes(), at)?.matched;
        Some(&text[found.secret_start..found.secret_end])
    })
}

const ACME: &str = r#"
title = "rules of our own"

[[rules]]
id = "acme-api-Token"
description = "A token of acme"
regex = '''(?i)acme_(?:live|test)_([a-z0-9]{8,})(?:['"\s;]|$)'''
secretGroup = 1
entropy = 2.0
keywords = ["ACME_"]
tags = ["acme"]
"#;

#[test]
fn a_rule_keeps_id_expression_group_entropy_and_keywords() {
    let it = detector(ACME);
    assert_eq!(it.id, "acme_api_token");
    assert_eq!(secret(&it, "key: ACME_LIVE_q7zk29lm0x;"), Some("q7zk29lm0x"));
    assert_eq!(secret(&it, "key: acme_live_aaaaaaaaaa;"), None, "no entropy");
    assert_eq!(secret(&it, "key: acme_prod_q7zk29lm0x;"), None);
}

#[test]
fn without_a_group_the_first_that_took_part_is_the_secret() {
    let rule = |regex: &str| format!("[[rules]]\nid='a'\nregex='''{regex}'''\nkeywords=['acme']");
    let two = detector(&rule("acme(?:-(x+)|_(y+))"));
    assert_eq!(secret(&two, "acme_yyy"), Some("yyy"));
    let none = detector(&rule("acme[0-9]{3}"));
    assert_eq!(secret(&none, "acme123"), Some("acme123"));
}

#[test]
fn an_expression_sees_the_line_around_its_keyword_only() {
    let it = detector("[[rules]]\nid='a'\nregex='''acme[^|]*end'''\nkeywords=['acme']");
    assert_eq!(secret(&it, "acme..end"), Some("acme..end"));
    assert_eq!(secret(&it, "acme\nend"), None);
    let far = format!("acme{}end", "x".repeat(3_000));
    assert_eq!(secret(&it, &far), None);
}

#[test]
fn allow_lists_by_expression_and_word_are_kept() {
    let rule = "[[rules]]\nid='a'\nregex='''acme=(\\w+)'''\nkeywords=['acme']\n";
    for (list, hit) in [
        ("[rules.allowlist]\nregexes=['''^demo''']", "other1"),
        ("[[rules.allowlists]]\nregexes=['''^demo''']", "other1"),
        ("[[rules.allowlists]]\nstopwords=['DEMO']", "other1"),
        ("[[rules.allowlists]]\nregexTarget='match'\nregexes=['''acme=demo''']", "other1"),
        ("[[rules.allowlists]]\nregexTarget='line'\nregexes=['''demo1''']", "other1"),
    ] {
        let it = detector(&format!("{rule}{list}"));
        assert_eq!(secret(&it, "acme=demo1"), None, "{list}");
        assert_eq!(secret(&it, "acme=other1"), Some(hit), "{list}");
    }
    let both = "[[rules.allowlists]]\ncondition='AND'\nregexes=['''^demo''']\nstopwords=['x']";
    let it = detector(&format!("{rule}{both}"));
    assert_eq!(secret(&it, "acme=demo1"), Some("demo1"));
    assert_eq!(secret(&it, "acme=demox"), None);
    let shared = detector(&format!("[allowlist]\nregexes=['''^demo''']\n{rule}"));
    assert_eq!(secret(&shared, "acme=demo1"), None);
}

#[test]
fn what_cannot_be_kept_is_said() {
    let rule = "[[rules]]\nid='a'\nregex='''acme_[0-9]{3}'''\nkeywords=['acme']\n";
    for (text, expected) in [
        (
            format!("{rule}path='''x'''"),
            "rules.toml:1:1: warning[not_imported]: key `path` does not narrow the rule here\n  \
             help: the rule finds more than it does elsewhere",
        ),
        (
            "[[rules]]\nid='a'\npath='''\\.p12$'''".to_owned(),
            "rules.toml:1:1: warning[not_imported]: a rule about paths only finds nothing in a \
             text\n  help: name files that must not be read in `forbidden_paths` of a policy",
        ),
        (
            "\n[[rules]]\nid='a'\nregex='''[a-z]{30}'''".to_owned(),
            "rules.toml:2:1: warning[not_imported]: a rule is not used: no keyword of three bytes \
             leads to it\n  help: add `keywords`: what stands in each such text as it is",
        ),
        (
            format!("{rule}[[rules.allowlists]]\npaths=['''x''']"),
            "rules.toml:1:1: warning[not_imported]: paths, commits and `targetRules` of an \
             allow-list are not read\n  help: more is removed than there",
        ),
        (
            format!("[extend]\nuseDefault = true\n{rule}"),
            "rules.toml:1:1: warning[not_imported]: rules of another file are not read\n  help: \
             load the file that it names too, or write its rules out",
        ),
    ] {
        assert!(warnings(&text).iter().any(|found| found == expected), "{:?}", warnings(&text));
    }
}

#[test]
fn a_keyword_is_read_from_the_expression_where_none_is_given() {
    let it = detector("[[rules]]\nid='a'\nregex='''acme_[0-9]{3}'''\nkeywords=['a']");
    assert_eq!(secret(&it, "ACME_ acme_123"), Some("acme_123"));
}

#[test]
fn what_is_no_linear_expression_is_an_error_of_its_rule() {
    for (text, code) in [
        ("[[rules]]\nid='a'\nregex='''(?=acme)x'''\nkeywords=['acme']", "regex_invalid"),
        ("[[rules]]\nid='a'\nregex='''(a)\\1'''\nkeywords=['acme']", "regex_invalid"),
        ("[[rules]]\nid='a'\nregex='''((a{1000}){1000})'''\nkeywords=['acme']", "regex_invalid"),
        ("[[rules]]\nregex='''acme'''\nkeywords=['acme']", "missing_key"),
        ("[[rules]\nid='a'", "toml_syntax"),
    ] {
        let refused = import(text).err().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(refused.diagnostics[0].code, code, "{text}");
        assert!(!refused.diagnostics[0].message.contains('\n'));
    }
}

#[test]
fn yaml_detectors_may_have_an_expression_behind_keywords() {
    let yaml = |body: &str| {
        let text = format!("redaction_pack:\n  name: test\n  detectors:\n    - id: a\n{body}");
        RulePack::load(&SourceFile::new("a.yaml", text))
    };
    let body =
        "      regex: 'acme-(\\d{4})'\n      keywords: [acme]\n      match: [ACME acme-1234]\n";
    assert_eq!(yaml(body).unwrap().len(), 1);
    let short = yaml("      regex: 'acme'\n      keywords: [ac]\n").err().unwrap();
    assert_eq!(short.diagnostics[0].code, "keyword_too_short");
    let bare = yaml("      regex: 'acme'\n").err().unwrap();
    assert_eq!(bare.diagnostics[0].code, "missing_key");
}
