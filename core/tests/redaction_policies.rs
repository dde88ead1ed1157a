//! What redaction policies of several levels say together, and what is refused.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test says what is wrong")]

use bailiwick::Action;
use bailiwick::CompileOptions;
use bailiwick::CountsAs;
use bailiwick::FoundValue;
use bailiwick::PolicySet;
use bailiwick::RedactAction;
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
