//! A doubt never opens.

use bailiwick::Action;
use bailiwick::ActionScope;
use bailiwick::DecisionEffect;
use bailiwick::Request;
use bailiwick::Touch;
use bailiwick::UnknownKind;
use proptest::prelude::*;
use proptest::sample::select;

use crate::config;
use crate::decision::decide;
use crate::strategy::compiled;
use crate::strategy::documents;
use crate::strategy::request;
use crate::strategy::state;

/// Scripts with a value that is known only at run time.
const TEMPLATES: [&str; 6] =
    ["cat $X", "cat src/a.rs \"$X\"", "$X src/a.rs", "curl $X", "cargo test && $X", "ls | $X"];
/// What the value may be.
const VALUES: [&str; 9] = [
    "src/a.rs",
    "secrets/key",
    "infra/prod/main.tf",
    "ls",
    "rm",
    "curl",
    "sh",
    "https://a.example.org/x",
    "https://evil.example.net/x",
];

fn shell(mut request: Request, script: String) -> Request {
    request.tool = Some("shell.exec".to_owned());
    request.argv = vec!["sh".to_owned(), "-c".to_owned(), script];
    request.shell = None;
    request
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn a_command_known_only_at_run_time_is_allowed_only_where_all_it_may_be_are(
        documents in documents(), request in request(), state in state(), what_if: bool,
        template in select(&TEMPLATES[..]),
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let dynamic = shell(request.clone(), template.to_owned());
        if decide(&policies, &dynamic, &state, what_if).decision != DecisionEffect::Allowed {
            return Ok(());
        }
        for value in VALUES {
            let plain = shell(request.clone(), template.replace("$X", value));
            let decision = decide(&policies, &plain, &state, what_if);
            // Some values make no command that anyone could read; those are denied anyway.
            if decision.unknowns.iter().any(|unknown| unknown.kind == UnknownKind::Unreadable) {
                continue;
            }
            prop_assert_eq!(
                decision.decision, DecisionEffect::Allowed, "{}: {}", value, decision.to_text()
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_denied(
        documents in documents(), request in request(), state in state(), what_if: bool,
        broken in 0..8_usize,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let mut request = request;
        let mut tool = |name: &str| request.tool = Some(name.to_owned());
        match broken {
            0 => {
                tool("shell.exec");
                request.argv = vec!["ls".to_owned(), "a\0b".to_owned()];
            }
            1 => request = shell(request, "ls 'src".to_owned()),
            2 => request = shell(request, format!("ls {}", "a".repeat(20_000))),
            3 => {
                tool("shell.exec");
                request.argv = vec!["ls".to_owned()];
                request.shell = Some("ls".to_owned());
            }
            4 => {
                tool("file.read");
                request.path = Some("src/a\0.rs".to_owned());
            }
            5 => {
                tool("file.write");
                request.path = Some("src/../../etc/passwd".to_owned());
            }
            6 => {
                tool("net.connect");
                request.host = Some("exa mple.org".to_owned());
            }
            _ => tool("file.raed"),
        }
        let decision = decide(&policies, &request, &state, what_if);
        prop_assert_eq!(decision.decision, DecisionEffect::Denied, "{}", decision.to_text());
    }

    #[test]
    fn a_live_request_that_leaves_out_what_it_must_state_is_denied(
        documents in documents(), request in request(), state in state(), left_out in 0..6_usize,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let mut request = request;
        let action = request.action().unwrap();
        let on_repository = action.scope() == ActionScope::Repository;
        match left_out {
            0 => request.tenant = None,
            1 => request.subject = None,
            2 if on_repository => request.repo = None,
            3 if on_repository => request.team = None,
            4 if on_repository => request.organization = None,
            2..=4 => return Ok(()),
            _ if action.required().is_empty() => return Ok(()),
            _ => {
                request.argv.clear();
                request.shell = None;
                request.path = None;
                request.paths.clear();
                request.changed_files = None;
                request.host = None;
                request.url = None;
                request.model = None;
                request.target_count = None;
                request.campaign_id = None;
            }
        }
        let decision = decide(&policies, &request, &state, false);
        prop_assert_eq!(decision.decision, DecisionEffect::Denied, "{}", decision.to_text());
    }

    #[test]
    fn a_change_of_unknown_size_is_allowed_only_where_every_size_is(
        documents in documents(), request in request(), state in state(), lines in 0..200_u32,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let mut unknown = request;
        let Some(files) = &mut unknown.changed_files else { return Ok(()) };
        let Some(first) = files.first_mut() else { return Ok(()) };
        (first.added, first.removed) = (None, None);
        let mut known = unknown.clone();
        for file in known.changed_files.iter_mut().flatten() {
            file.added = Some(file.added.unwrap_or(lines));
            file.removed = Some(file.removed.unwrap_or(lines));
        }
        let unknown = decide(&policies, &unknown, &state, false);
        let known = decide(&policies, &known, &state, false);
        prop_assert!(
            unknown.decision != DecisionEffect::Allowed || known.decision == DecisionEffect::Allowed,
            "{}\n{}", unknown.to_text(), known.to_text()
        );
    }

    #[test]
    fn usage_that_is_not_known_is_allowed_only_where_every_usage_is(
        documents in documents(), request in request(), state in state(), used in 0..2000_u64,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let mut unknown = state.clone();
        unknown.usage.clear();
        unknown.usage_complete = false;
        let mut known = unknown.clone();
        for key in ["active_prs", "cost_cents", "model_calls", "prs_in_wave", "tokens", "tool_calls"] {
            known.usage.insert(key.to_owned(), used);
        }
        let unknown = decide(&policies, &request, &unknown, false).decision;
        let known = decide(&policies, &request, &known, false).decision;
        prop_assert!(unknown != DecisionEffect::Allowed || known == DecisionEffect::Allowed);
    }

    #[test]
    fn an_older_state_never_loosens(
        documents in documents(), request in request(), state in state(), what_if: bool,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let mut older = state.clone();
        older.as_of = bailiwick::Timestamp::from_unix_millis(0).unwrap();
        let fresh = decide(&policies, &request, &state, what_if).decision;
        let stale = decide(&policies, &request, &older, what_if).decision;
        prop_assert!(fresh <= stale && stale == DecisionEffect::Denied);
    }

    #[test]
    fn another_spelling_of_a_path_is_never_judged_more_leniently(
        documents in documents(), request in request(), state in state(), what_if: bool,
        spelling in 0..5_usize,
    ) {
        let Some(policies) = compiled(&documents) else { return Ok(()) };
        let Some(path) = request.path.clone() else { return Ok(()) };
        prop_assume!(request.action().is_some_and(|action: Action| action.touch() != Touch::Nothing));
        let spelled = match spelling {
            0 => format!("./{path}"),
            1 => path.replace('/', "//"),
            2 => path.replace('/', "/./"),
            3 => format!("x/../{path}"),
            _ => path.replace('/', "\\"),
        };
        let other = Request { path: Some(spelled), ..request.clone() };
        let plain = decide(&policies, &request, &state, what_if);
        let other = decide(&policies, &other, &state, what_if);
        prop_assert!(
            plain.decision <= other.decision, "{}\n{}", plain.to_text(), other.to_text()
        );
    }
}
