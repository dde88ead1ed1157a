//! What happens to what was found, where several findings meet.

use std::collections::BTreeMap;

use serde_json::json;

use crate::document::RedactAction;
use crate::document::SourceFile;
use crate::redact::Cleaner;
use crate::redact::LogViewer;
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

const NOTHING: &str = "[REDACTED:overflow]\n[REFUSED: this sink must not see the text]";

#[test]
fn a_refused_tree_shows_nothing_of_itself() {
    let refuse =
        redactor(&[("password", RedactAction::Refuse), ("email", RedactAction::Refuse)], None);
    for tree in [
        json!({"user": "ana", "password": "hunter2hunter2", "note": "deploy on friday"}),
        json!(["deploy on friday", {"mail": "ana@shop.example"}]),
        json!({"ana@shop.example": "deploy on friday"}),
        json!(["login", "--password", "hunter2hunter2", "friday"]),
    ] {
        let once = refuse.project_tree(&tree, Sink::LogViewer);
        assert!(once.summary().refused, "{tree}");
        assert_eq!(once.tree(), &json!(NOTHING));
        let again = refuse.project_tree(once.tree(), Sink::LogViewer);
        assert_eq!(again.tree(), once.tree());
    }
}

#[test]
fn a_refused_command_shows_none_of_its_words() {
    let refuse = redactor(&[("password", RedactAction::Refuse)], None);
    let argv = ["login", "--password", "hunter2hunter2", "friday"].map(str::to_owned);
    let (words, summary) = refuse.project_argv(&argv, Sink::LogViewer);
    assert!(summary.refused);
    assert_eq!(words, [NOTHING]);
    assert_eq!(refuse.project_argv(&words, Sink::LogViewer).0, words);
}

#[test]
fn texts_made_from_a_refused_tree_show_no_word_and_no_number_of_it() {
    let refuse = redactor(&[("password", RedactAction::Refuse)], None);
    let tree = json!({"password": "hunter2hunter2", "port": 73_519_264, "on": ["friday"]});
    let cleaner = Cleaner::<LogViewer>::new(&tree, &refuse);
    let text = cleaner.project("reads 73519264 on friday, hunter2hunter2").into_text();
    assert_eq!(text, "reads [REDACTED] on [REDACTED], [REDACTED]");
}

#[test]
fn the_limit_holds_for_all_words_of_a_command_together() {
    let redactor = Redactor::builder().max_bytes(200).build();
    let long = "some words of a commit message ".repeat(20);
    for argv in [
        vec!["git".to_owned(), "commit".to_owned(), "-m".to_owned(), long.clone()],
        (0..100).map(|number| format!("--file-{number}")).collect(),
        (0..40)
            .flat_map(|_| ["--password", "$SECRET_OF_A_LONGER_NAME"].map(str::to_owned))
            .collect(),
        vec![String::new(); 1000],
    ] {
        let (words, summary) = redactor.project_argv(&argv, Sink::LogViewer);
        let bytes: usize = words.iter().map(String::len).sum();
        assert!(bytes <= 200 && words.len() <= 200, "{words:?}");
        assert!(summary.truncated_bytes > 0, "{words:?}");
        assert_eq!(redactor.project_argv(&words, Sink::LogViewer).0, words);
    }
    let short = ["git", "status"].map(str::to_owned);
    assert_eq!(redactor.project_argv(&short, Sink::LogViewer).0, short);
}
