//! What happens to what was found, where several findings meet.

use std::collections::BTreeMap;

use crate::document::RedactAction;
use crate::document::SourceFile;
use crate::redact::Raw;
use crate::redact::RedactionRules;
use crate::redact::Redactor;
use crate::redact::RulePack;
use crate::redact::Sink;

const TOKEN: &str = "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";

fn redactor(says: &[(&str, RedactAction)], pack: Option<&str>) -> Redactor {
    let names = says.iter().map(|(name, action)| ((*name).to_owned(), *action)).collect();
    let rules = RedactionRules {
        actions: vec![BTreeMap::from([(Sink::LogViewer, names)])],
        ..RedactionRules::default()
    };
    let mut builder = Redactor::builder().rules(rules);
    if let Some(text) = pack {
        builder = builder.pack(RulePack::load(&SourceFile::new("pack.yaml", text)).unwrap());
    }
    builder.build()
}

fn shown(redactor: &Redactor, text: &str) -> String {
    redactor.project_for(&Raw::new(text), Sink::LogViewer).into_text()
}

#[test]
fn a_longer_finding_that_stays_does_not_hide_a_shorter_one_that_goes() {
    let keep = redactor(&[("password", RedactAction::Keep)], None);
    assert_eq!(shown(&keep, "password=hunter2hunter2"), "password=hunter2hunter2");
    let out = shown(&keep, &format!("password=x-{TOKEN}-y"));
    assert!(!out.contains("ghp_"), "{out}");
}

#[test]
fn a_detector_of_a_kept_kind_does_not_show_what_others_find() {
    let pack = "redaction_pack:\n  name: acme\n  version: 1\n  detectors:\n    - id: all\n      kind: email\n      patterns: ['ghp_[alnum]{4,}', 'mail [alnum]{3,}@[alnum]{2,}']\n";
    let keep = redactor(&[("email", RedactAction::Keep)], Some(pack));
    let out = shown(&keep, &format!("a {TOKEN} b"));
    assert!(!out.contains("ghp_"), "{out}");
}

#[test]
fn of_findings_that_meet_the_strictest_action_counts() {
    let both = redactor(
        &[("password", RedactAction::Redact), ("github_token", RedactAction::Refuse)],
        None,
    );
    let out = shown(&both, &format!("first\npassword={TOKEN}x-more\n"));
    assert!(out.contains("[REFUSED"), "{out}");
}

#[test]
fn a_refusal_counts_also_behind_a_finding_that_takes_the_line() {
    let both = redactor(
        &[("email", RedactAction::RemoveLine), ("github_token", RedactAction::Refuse)],
        None,
    );
    let out = shown(&both, &format!("first\nana@shop.example {TOKEN}\nlast\n"));
    assert!(out.contains("[REFUSED") && !out.contains("first") && !out.contains("last"), "{out}");
}

#[test]
fn blocks_and_equal_lines_follow_their_action() {
    let block = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\n";
    let text = format!("{}end\n{}", block.repeat(60), "same\n".repeat(40));
    let keep = redactor(
        &[("large_block", RedactAction::Keep), ("repeated_lines", RedactAction::Keep)],
        None,
    );
    assert_eq!(shown(&keep, &text), text);
    for name in ["large_block", "repeated_lines"] {
        let refuse = redactor(&[(name, RedactAction::Refuse)], None);
        let out = shown(&refuse, &text);
        assert!(out.contains("[REFUSED") && !out.contains("end"), "{name}: {out}");
    }
}

#[test]
fn a_value_of_a_tree_that_only_its_key_tells_is_refused_too() {
    let refuse = redactor(&[("password", RedactAction::Refuse)], None);
    let tree = serde_json::json!({"password": "hunter2hunter2"});
    assert!(refuse.project_tree(&tree, Sink::LogViewer).summary().refused);
}
