//! A redaction policy below the organizations never shows a byte more.

use bailiwick::CompileOptions;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Sink;
use bailiwick::SourceFile;
use bailiwick::compile;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::sample::subsequence;

use crate::config;

const PLATFORM: &str = "
redaction:
  name: platform
  version: 1
  allow: [{rule: jwt, sinks: [log_viewer], reason: ours}]
  sinks:
    log_viewer: {email: keep, private_url: keep}
    support_export: {email: keep, secret_like_token: remove_line}
";

fn text() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB",
            "password=",
            "token = ",
            "team_pin: ",
            "hunter2-hunter2",
            "hunter2-abcdef",
            "https://ana:",
            "secret@",
            "shop.example/",
            "http://wiki.team.test/",
            "ana@shop.example",
            "team_0123456789",
            "Authorization: Bearer ",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ",
            "\n",
            " ",
            " ",
        ][..],
    );
    vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Policies of a team: any of these detectors, keys and hosts, and what happens for any sink.
fn team() -> impl Strategy<Value = String> {
    let detectors = [
        "{id: team_token, patterns: ['team_[alnum]{8,}']}",
        "{id: team_wide, kind: team_wide, patterns: ['hunter2-[word]{4,}']}",
        "{id: team_mail, counts_as: email_address, patterns: ['ana@[dotted]{3,}']}",
        "{id: team_line, counts_as: private_url, patterns: ['password=[visible]{4,}']}",
        "{id: team_hub, kind: team_hub, counts_as: large_block, patterns: ['ghp_[alnum]{20,}']}",
        "{id: team_short, patterns: ['eyJhbGci[alnum]{4}']}",
    ];
    let names = [
        "default",
        "email",
        "jwt",
        "private_url",
        "secret_like_token",
        "password",
        "url_password",
        "github_token",
        "email_addresses",
    ];
    let actions = select(&["redact", "remove_line", "refuse"][..]);
    let rules = vec((select(Sink::ALL), select(names.to_vec()), actions), 0..4);
    let detectors = subsequence(detectors.to_vec(), 0..=detectors.len());
    (detectors, rules, any::<bool>()).prop_map(|(detectors, rules, more)| {
        let mut text = "redaction:\n  name: team\n  version: 1\n  level: team\n".to_owned();
        if !detectors.is_empty() {
            text.push_str(&format!("  detectors: [{}]\n", detectors.join(", ")));
        }
        if more {
            text.push_str("  keys: [team_pin]\n  private_suffixes: [.team.test]\n");
        }
        let mut sinks: std::collections::BTreeMap<_, std::collections::BTreeMap<_, _>> =
            std::collections::BTreeMap::new();
        for (sink, name, action) in rules {
            sinks.entry(sink).or_default().insert(name, action);
        }
        if !sinks.is_empty() {
            text.push_str("  sinks:\n");
        }
        for (sink, rules) in sinks {
            let rules: Vec<String> =
                rules.iter().map(|(name, it)| format!("{name}: {it}")).collect();
            text.push_str(&format!("    {sink}: {{{}}}\n", rules.join(", ")));
        }
        text
    })
}

/// Returns what `sink` sees of the text itself, without markers and the sentence of a refusal.
fn seen(policies: &[&str], raw: &str, sink: Sink) -> String {
    let files: Vec<SourceFile> = policies
        .iter()
        .enumerate()
        .map(|(at, text)| SourceFile::new(format!("{at}.yaml"), *text))
        .collect();
    let set = compile(&files, CompileOptions::default()).unwrap().policies;
    let redactor = Redactor::builder().rules(set.redaction(&Request::default())).build();
    let text = redactor.project_for(&Raw::new(raw), sink).into_text();
    let text =
        text.replace("[REDACTED:overflow]\n[REFUSED: this sink must not see the text]\n", "");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("[REDACTED:") {
        out.push_str(before);
        rest = after.split_once(']').unwrap().1;
    }
    out + rest
}

/// Returns true where all of `part` stands in `whole`, in its order.
fn is_left_of(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|wanted| rest.any(|found| found == wanted))
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_redaction_policy_of_a_team_never_shows_a_byte_more(
        text in text(), team in team(), sink in select(Sink::ALL),
    ) {
        let above = seen(&[PLATFORM], &text, sink);
        let below = seen(&[PLATFORM, &team], &text, sink);
        prop_assert!(is_left_of(&below, &above), "{team}\n{text:?}\n{above:?}\n{below:?}");
    }
}
