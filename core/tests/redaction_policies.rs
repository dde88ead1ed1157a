//! What redaction policies of several levels say together, and what is refused.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test says what is wrong")]

use bailiwick::Action;
use bailiwick::CompileOptions;
use bailiwick::CountsAs;
use bailiwick::FoundValue;
use bailiwick::PolicySet;
use bailiwick::Raw;
use bailiwick::RedactAction;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Sink;
use bailiwick::SourceFile;
use bailiwick::compile;

const PLATFORM: &str = "
redaction:
  name: platform-redaction
  version: 1
  packs: [personal_data]
  allow:
    - {rule: email, sinks: [log_viewer], reason: addresses of our own}
  sinks:
    log_viewer: {private_url: keep}
    pull_request_body: {email: remove_line, default: redact}
  max_bytes: {model_context: 65536}
";

const TEAM: &str = "
redaction:
  name: team-redaction
  version: 1
  level: team
  team: payments
  packs: [acme]
  keys: [acme_pin]
  private_suffixes: [.acme.test]
  detectors:
    - id: team_token
      patterns: ['team_[alnum]{8,}']
  sinks:
    log_viewer: {private_url: redact}
    pull_request_body: {default: refuse}
  max_bytes: {model_context: 4096, log_viewer: 1024}
---
redaction_pack:
  name: acme
  version: 1
  detectors:
    - id: acme_token
      patterns: ['acme_[alnum]{8,}']
";

fn policies(texts: &[&str]) -> PolicySet {
    let compiled = compile(&files(texts), CompileOptions::default());
    compiled.unwrap_or_else(|refused| panic!("{:?}", refused.diagnostics)).policies
}

fn files(texts: &[&str]) -> Vec<SourceFile> {
    let named = texts.iter().enumerate();
    named.map(|(index, text)| SourceFile::new(format!("{index}.yaml"), *text)).collect()
}

fn errors(texts: &[&str]) -> Vec<String> {
    let refused = compile(&files(texts), CompileOptions::default()).err().unwrap();
    let errors = refused.diagnostics.iter().filter(|finding| finding.is_error());
    errors.map(ToString::to_string).collect()
}

fn of_team(team: &str) -> Request {
    Request { team: Some(team.to_owned()), ..Request::default() }
}

const EMAIL: FoundValue<'_> = FoundValue {
    counts_as: CountsAs::EmailAddress,
    kind: "email",
    path: None,
    rule: "email",
    value: b"a@b.example",
};
const LINK: FoundValue<'_> = FoundValue {
    counts_as: CountsAs::PrivateUrl,
    kind: "private_url",
    rule: "private_url",
    ..EMAIL
};

#[test]
fn a_lower_level_adds_and_makes_stricter() {
    let set = policies(&[PLATFORM, TEAM]);
    let names = |rules: &bailiwick::RedactionRules| {
        let names: Vec<String> = rules.packs().map(|pack| pack.name().to_owned()).collect();
        names
    };
    let rules = set.redaction(&of_team("payments"));
    for name in ["code_hosts", "personal_data", "acme", "redaction:team-redaction"] {
        assert!(names(&rules).iter().any(|pack| pack == name), "{name}: {:?}", names(&rules));
    }
    assert_eq!(rules.max_bytes(Sink::ModelContext), Some(4096));
    assert_eq!(rules.action(Sink::LogViewer, &LINK), RedactAction::Redact);
    assert_eq!(rules.action(Sink::LogViewer, &EMAIL), RedactAction::Keep);
    assert_eq!(rules.action(Sink::PullRequestBody, &EMAIL), RedactAction::Refuse);
    let other = set.redaction(&of_team("billing"));
    assert!(!names(&other).iter().any(|pack| pack == "acme"));
    assert_eq!(other.max_bytes(Sink::ModelContext), Some(65536));
    assert_eq!(other.action(Sink::LogViewer, &LINK), RedactAction::Keep);
    assert_eq!(other.action(Sink::PullRequestBody, &EMAIL), RedactAction::RemoveLine);
    assert_ne!(rules.digest(), other.digest());
}

#[test]
fn what_loosens_needs_a_request_that_names_the_whole_scope() {
    let text = "
redaction:
  name: acme
  version: 1
  level: organization
  organization: acme
  allow: [{rule: email, reason: ours}]
  sinks: {log_viewer: {private_url: keep}}
  max_bytes: {log_viewer: 1000}
";
    let set = policies(&[text]);
    let named = Request { organization: Some("acme".to_owned()), ..Request::default() };
    assert_eq!(set.redaction(&named).action(Sink::LogViewer, &EMAIL), RedactAction::Keep);
    assert_eq!(set.redaction(&named).action(Sink::LogViewer, &LINK), RedactAction::Keep);
    let rules = set.redaction(&Request::default());
    assert_eq!(rules.action(Sink::LogViewer, &EMAIL), RedactAction::Redact);
    assert_eq!(rules.action(Sink::LogViewer, &LINK), RedactAction::Redact);
    assert_eq!(rules.max_bytes(Sink::LogViewer), Some(1000));
}

#[test]
fn redaction_policies_and_packs_are_part_of_the_effective_policy() {
    let digest = |texts: &[&str]| {
        let set = policies(texts);
        let digest = set.chain(&of_team("payments"), Action::FileRead, false).digest;
        (digest, set.len())
    };
    let platform = digest(&[PLATFORM]);
    let both = digest(&[PLATFORM, TEAM]);
    let changed = digest(&[PLATFORM, &TEAM.replace("acme_[alnum]{8,}", "acme_[alnum]{9,}")]);
    assert_eq!((platform.1, both.1), (1, 3));
    assert_ne!(platform.0, both.0);
    assert_ne!(both.0, changed.0);
    assert_eq!(both.0, digest(&[TEAM, PLATFORM]).0);
}

#[test]
fn what_would_loosen_below_an_organization_is_an_error() {
    let allow = "redaction:\n  name: a\n  level: team\n  allow: [{rule: jwt, reason: b}]\n";
    assert_eq!(
        errors(&[allow]),
        ["0.yaml:4:11: error[redaction_widens]: policy `a@sha256:HEX` at level team says what is no \
          secret\n  help: move it to a platform or organization document, or remove it"]
        .map(|text| text.replace("HEX", &hex(&errors(&[allow])[0])))
    );
    let keep = "redaction:\n  name: a\n  version: 1\n  level: team\n  sinks: {log_viewer: {email: keep}}\n";
    assert_eq!(
        errors(&[keep]),
        ["0.yaml:5:31: error[redaction_widens]: policy `a@1` at level team keeps `email` for \
          log_viewer\n  help: move it to a platform or organization document, or write `redact`"]
    );
    let model =
        "redaction:\n  name: a\n  version: 1\n  sinks: {model_context: {jwt: keep, email: keep}}\n";
    assert_eq!(
        errors(&[model]),
        ["0.yaml:4:32: error[redaction_widens]: policy `a@1` at level platform keeps `jwt` for \
          model_context, which may hold secrets\n  help: allow single values by `sha256`"]
    );
}

fn hex(error: &str) -> String {
    error.split("sha256:").nth(1).unwrap().chars().take(12).collect()
}

#[test]
fn names_that_nothing_goes_by_are_errors_with_the_closest_name() {
    let text = "
redaction:
  name: a
  version: 1
  allow:
    - {rule: emial, reason: ours}
    - {rule: secret_like_token, reason: too much}
  sinks:
    log_viewer: {github_tokn: remove_line, defualt: redact, secret_like_tokns: redact}
";
    assert_eq!(
        errors(&[text]),
        [
            "0.yaml:6:14: error[unknown_name]: unknown detector or kind `emial`\n  help: did you \
             mean `email`?",
            "0.yaml:7:14: error[unknown_name]: unknown detector or kind `secret_like_token`\n  \
             help: `bailiwick redact --list-rules` lists what is known",
            "0.yaml:9:31: error[unknown_name]: unknown detector, kind or figure `github_tokn`\n  \
             help: did you mean `github_token`?",
            "0.yaml:9:53: error[unknown_name]: unknown detector, kind or figure `defualt`\n  help: \
             did you mean `default`?",
            "0.yaml:9:80: error[unknown_name]: unknown detector, kind or figure \
             `secret_like_tokns`\n  help: did you mean `secret_like_token`?",
        ]
    );
}

#[test]
fn names_of_packs_and_other_documents_are_known() {
    let text = "
redaction:
  name: a
  version: 1
  sinks: {log_viewer: {acme_token: remove_line, team_token: remove_line, iban: refuse, pin: refuse}}
---
redaction: {name: b, version: 1, keys: [{name: acme_pin, kind: pin}]}
";
    policies(&[text, TEAM]);
}

#[test]
fn the_figures_of_a_summary_are_names_of_their_groups() {
    let text = "
redaction:
  name: a
  version: 1
  sinks:
    log_viewer: {email_addresses: remove_line, private_urls: refuse, private_url: redact}
    support_export: {email_addresses: keep}
";
    let rules = policies(&[text]).redaction(&Request::default());
    assert_eq!(rules.action(Sink::LogViewer, &EMAIL), RedactAction::RemoveLine);
    assert_eq!(rules.action(Sink::LogViewer, &LINK), RedactAction::Refuse);
    assert_eq!(rules.action(Sink::SupportExport, &EMAIL), RedactAction::Keep);
}

#[test]
fn of_two_names_of_one_sink_the_least_limit_counts() {
    for limits in ["pr_body: 200, pull_request_body: 900", "pr_body: 900, pull_request_body: 200"] {
        let text = format!("redaction:\n  name: a\n  version: 1\n  max_bytes: {{{limits}}}\n");
        let rules = policies(&[&text]).redaction(&Request::default());
        assert_eq!(rules.max_bytes(Sink::PullRequestBody), Some(200), "{limits}");
    }
}

#[test]
fn a_policy_for_a_campaign_or_task_applies_where_none_is_named() {
    for (scope, field) in [("campaign", "campaign_id"), ("task", "task_id")] {
        let text = format!(
            "redaction:\n  name: a\n  version: 1\n  level: {scope}\n  {scope}: c1\n  sinks: \
             {{log_viewer: {{default: refuse}}}}\n"
        );
        let set = policies(&[&text]);
        let action = |name: Option<&str>| {
            let request = serde_json::json!({field: name});
            let request: Request = serde_json::from_value(request).unwrap();
            let hash = set.chain(&request, Action::FileRead, false).digest;
            (set.redaction(&request).action(Sink::LogViewer, &EMAIL), hash)
        };
        let (applies, hash) = action(Some("c1"));
        assert_eq!((applies, action(None)), (RedactAction::Refuse, (applies, hash)));
        assert_eq!(action(Some("c2")).0, RedactAction::Redact);
    }
}

#[test]
fn an_allowed_path_may_be_a_list_and_no_empty_one() {
    let text = "redaction:\n  name: a\n  version: 1\n  allow: [{path: PATH, reason: b}]\n";
    let rules = policies(&[&text.replace("PATH", "[docs/, examples/]")]);
    let rules = rules.redaction(&Request::default());
    let in_file = |path| rules.action(Sink::LogViewer, &FoundValue { path: Some(path), ..EMAIL });
    assert_eq!(in_file("docs/a.md"), RedactAction::Keep);
    assert_eq!(in_file("examples/a.md"), RedactAction::Keep);
    assert_eq!(in_file("src/a.md"), RedactAction::Redact);
    let empty = errors(&[&text.replace("PATH", "[]")]);
    assert!(empty[0].contains("error[empty_value]: list is empty"), "{empty:?}");
}

#[test]
fn a_lower_level_finds_nothing_under_a_name_that_stays() {
    let team = "redaction:\n  name: t\n  version: 1\n  level: team\n";
    let platform = "
redaction:
  name: p
  version: 1
  packs: [shared]
  allow: [{rule: jwt, sinks: [log_viewer], reason: ours}]
  sinks: {log_viewer: {email: keep, shared_token: keep}}
---
redaction_pack: {name: shared, version: 1, detectors: [{id: shared_token, patterns: ['shared_[alnum]{8,}']}]}
---
redaction_pack: {name: sly, version: 1, detectors: [{id: sly_token, kind: email, patterns: ['sly_[alnum]{8,}']}]}
";
    let detector = "  detectors: [{id: ID, kind: KIND, patterns: ['ghx_[alnum]{30,}']}]\n";
    let named = |id: &str, kind: &str| {
        let detector = detector.replace("ID", id).replace("KIND", kind);
        [platform.to_owned(), format!("{team}{detector}")]
    };
    for (files, name) in [
        (named("mine", "email"), "email"),
        (named("jwt", "mine"), "jwt"),
        ([platform.to_owned(), format!("{team}  packs: [sly]\n")], "email"),
        ([platform.to_owned(), format!("{team}  keys: [{{name: pin, kind: jwt}}]\n")], "jwt"),
    ] {
        let found = errors(&[&files[0], &files[1]]);
        let expected = format!(
            "error[redaction_widens]: policy `t@1` at level team finds `{name}`, which policy `p@1` \
             lets stay\n  help: give what it finds an id and a kind of their own"
        );
        assert!(found.len() == 1 && found[0].ends_with(&expected), "{found:?}");
        assert!(found[0].starts_with("1.yaml:5:"), "{found:?}");
    }
    let good = named("mine", "mine");
    policies(&[&good[0], &good[1]]);
    policies(&[platform, &format!("{team}  packs: [shared]\n")]);
}

#[test]
fn a_refusal_is_told_and_is_no_longer_than_the_limit() {
    let text = "redaction:\n  name: a\n  version: 1\n  sinks: {log_viewer: {email: refuse}}\n";
    let rules = policies(&[text]).redaction(&Request::default());
    for lines in [1, 3, 40, 4000] {
        let raw = format!("{}mail a@b.example\n", "a line of a log, and more\n".repeat(lines));
        for max in [128, 150, 300, 9000] {
            let redactor = Redactor::builder().rules(rules.clone()).max_bytes(max).build();
            let whole = redactor.project_for(&Raw::new(raw.as_str()), Sink::LogViewer);
            assert!(whole.summary().refused && whole.text().len() <= max, "{}", whole.text());
            assert!(!whole.text().contains("a@b"), "{}", whole.text());
            let mut stream = redactor.stream(Sink::LogViewer);
            let mut out = Vec::new();
            raw.as_bytes().chunks(97).for_each(|piece| out.extend(stream.push(piece)));
            let (rest, summary) = stream.finish();
            out.extend(rest);
            assert!(summary.refused && out.len() <= max, "{lines} {max}: {}", out.len());
            assert!(out.ends_with(b"]\n"));
        }
    }
    let clean = Redactor::builder().rules(rules).build();
    assert!(!clean.project_for(&Raw::new("nothing"), Sink::LogViewer).summary().refused);
}

#[test]
fn every_finding_of_a_directory_is_reported() {
    let text = "
redaction:
  name: a
  version: 1
  packs: [code_host]
  detectors:
    - {id: b, patterns: ['ab[digit]']}
  allow: [{path: '!x/', reason: c}]
  sinks: {log_view: {email: redact}}
---
redaction_pack:
  name: services
  version: 1
  detectors:
    - id: c
      patterns: ['abc_[digit]{4}']
      match: [abc_12]
";
    let found = errors(&[text]);
    for expected in [
        "0.yaml:5:11: error[unknown_name]: unknown rule pack `code_host`\n  help: did you mean \
         `code_hosts`?",
        "error[pattern_invalid]: pattern of `b`: no piece of plain text",
        "0.yaml:8:18: error[invalid_pattern]",
        "error[pack_name_taken]: rule pack `services` has the name of a built-in one",
        "0.yaml:17:15: error[example_mismatch]: detector `c`: this example is not found",
    ] {
        // A document with a fault of its own is not compiled, the others are.
        let there = found.iter().any(|finding| finding.contains(expected));
        let of_first = expected.contains("code_host") || expected.contains("`b`");
        assert!(there || of_first, "{expected}: {found:?}");
    }
    let mended = text.replace("'!x/'", "x/");
    let found = errors(&[&mended]);
    for expected in ["unknown rule pack `code_host`", "pattern of `b`", "unknown sink `log_view`"] {
        assert!(found.iter().any(|finding| finding.contains(expected)), "{expected}: {found:?}");
    }
}

#[test]
fn the_record_of_a_redaction_is_no_policy() {
    let found = errors(&["redaction_summary:\n  secret_like_tokens: 1\n"]);
    assert!(found[0].contains("kind_not_evaluated"), "{found:?}");
}
