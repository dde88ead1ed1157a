//! `check` and `effective`.

use crate::support::bailiwick;
use crate::support::edit;
use crate::support::fixtures;
use crate::support::initialised;
use crate::support::write;

#[test]
fn a_missing_bracket_is_named_with_file_line_and_column() {
    let dir = initialised();
    edit(&dir.path().join("p/team.yaml"), "version: 1\n", "version: [1\n");
    let ran = bailiwick(dir.path(), &["check", "p"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("p/team.yaml:6:"), "{}", ran.out);
    assert!(ran.out.contains("error[yaml_syntax]: "), "{}", ran.out);
}

#[test]
fn raising_a_cap_at_a_lower_level_names_both_places() {
    let dir = initialised();
    edit(&dir.path().join("p/team.yaml"), "max_changed_files: 20", "max_changed_files: 500");
    let lenient = bailiwick(dir.path(), &["check", "p"]);
    assert_eq!(lenient.code, Some(0), "{}", lenient.out);
    assert!(lenient.out.contains("p/team.yaml:8:"), "{}", lenient.out);
    assert!(lenient.out.contains("warning[widens]"), "{}", lenient.out);
    assert!(lenient.out.contains("note: p/platform.yaml:"), "{}", lenient.out);
    let strict = bailiwick(dir.path(), &["check", "--strict", "p"]);
    assert_eq!(strict.code, Some(1));
    assert!(strict.out.contains("error[widens]"), "{}", strict.out);
    assert!(strict.out.contains("note: p/platform.yaml:"), "{}", strict.out);
}

#[test]
fn folders_are_sets_of_their_own_and_files_one_together() {
    let dir = initialised();
    assert_eq!(bailiwick(dir.path(), &["init", "q"]).code, Some(0));
    edit(&dir.path().join("q/team.yaml"), "version: 1", "version: 1\n  limits: {}");
    let ran = bailiwick(dir.path(), &["--format", "json", "check", "p", "q"]);
    assert_eq!(ran.code, Some(1));
    let report = ran.json();
    assert_eq!(report["ok"], false);
    assert_eq!(report["sets"][0]["path"], "p");
    assert_eq!(report["sets"][0]["ok"], true);
    assert_eq!(report["sets"][0]["documents"], 5);
    assert_eq!(report["sets"][1]["diagnostics"][0]["code"], "repeated_key");
    assert_eq!(report["sets"][1]["diagnostics"][0]["location"]["file"], "team.yaml");

    let files = ["check", "--strict", "p/platform.yaml", "p/team.yaml"];
    let ran = bailiwick(dir.path(), &files);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains(": 2 documents, no findings\nsha256:"), "{}", ran.out);
}

#[test]
fn a_set_without_platform_is_a_warning_and_an_error_when_strict() {
    let dir = initialised();
    let lenient = bailiwick(dir.path(), &["check", "p/team.yaml"]);
    assert_eq!(lenient.code, Some(0));
    assert!(lenient.out.contains("warning[platform_missing]"), "{}", lenient.out);
    let strict = bailiwick(dir.path(), &["check", "--strict", "p/team.yaml"]);
    assert_eq!(strict.code, Some(1));
}

#[test]
fn what_cannot_be_checked_is_a_usage_error() {
    let dir = initialised();
    write(&dir.path().join("empty/README.md"), "nothing");
    for (path, code) in [
        ("nowhere", "unreadable"),
        ("empty", "policies_missing"),
        ("p/cases/first.cases.yaml", "suite_named"),
    ] {
        let ran = bailiwick(dir.path(), &["check", path]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{path}");
        assert!(ran.err.contains(&format!("{path}: error[{code}]: ")), "{}", ran.err);
        let ran = bailiwick(dir.path(), &["--format=json", "check", path]);
        let error: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
        assert_eq!((&error["code"], &error["path"]), (&code.into(), &path.into()));
    }
    assert_eq!(bailiwick(dir.path(), &["check"]).code, Some(2));
    assert_eq!(bailiwick(dir.path(), &["chekc", "p"]).code, Some(2));
    let ran = bailiwick(dir.path(), &["chekc", "p", "--format=json"]);
    let error: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!((ran.code, &error["code"]), (Some(2), &"usage".into()));
}

#[test]
fn help_lists_the_exit_codes() {
    let dir = initialised();
    let ran = bailiwick(dir.path(), &["--help"]);
    assert_eq!(ran.code, Some(0));
    for line in ["    1  findings", "    3  the decision is `ask_approval`", "  141  whoever"] {
        assert!(ran.out.contains(line), "{}", ran.out);
    }
}

#[test]
fn effective_shows_the_documents_in_order_and_the_meet() {
    let dir = initialised();
    let payments = fixtures("policies/payments");
    let args = [
        "effective",
        "--policies",
        payments.to_str().unwrap(),
        "--tenant=acme",
        "--organization=acme",
        "--team=payments-platform",
        "--repo=payment-service",
        "--task=migrate-retry-policy",
    ];
    let ran = bailiwick(dir.path(), &args);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let places: Vec<Option<usize>> = [
        "platform.yaml:3:3",
        "organization.yaml:3:3",
        "team.yaml:3:3",
        "repository.yaml:3:3",
        "task.yaml:3:3",
        "runtime.yaml:3:3",
    ]
    .iter()
    .map(|place| ran.out.find(place))
    .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", ran.out);
    assert!(!ran.out.contains("campaign.yaml"), "{}", ran.out);
    assert!(ran.out.contains("    max_changed_files = 5\n"), "{}", ran.out);
    let json = [&["--format", "json"], args.as_slice()].concat();
    let answer = bailiwick(dir.path(), &json).json();
    assert_eq!(answer["authority"]["limits"]["max_changed_files"], 5);
}
