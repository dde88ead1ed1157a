//! `decide`, `decide_batch` and `explain`.

use bailiwick::Cleaner;
use bailiwick::Decision;
use bailiwick::DecisionRecord;
use bailiwick::HashKey;
use bailiwick::LogViewer;
use bailiwick::Pdp;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::SourceFile;
use bailiwick::State;
use bailiwick::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::Policies;
use crate::WireError;
use crate::input::read;
use crate::input::write;

/// What all three take beside the request.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Input {
    /// The id of the record; made from its content where absent.
    decision_id: Option<String>,
    /// A key for request hashes, at least 16 bytes of text.
    hash_key: Option<String>,
    /// The instant, where there is no state.
    now: Option<Timestamp>,
    /// The request as JSON.
    request: Option<Box<RawValue>>,
    /// Or as YAML or JSON text, whose errors then have lines of their own.
    request_text: Option<String>,
    /// The requests of a batch.
    requests: Option<Vec<Box<RawValue>>>,
    /// Why the host could not read a request, in place of one: it is denied.
    request_unreadable: Option<String>,
    /// The state; without it (and without `what_if`) everything is denied.
    state: Option<State>,
    /// Judge as a question: attributes of the scope may be left out, and without a state nothing
    /// is switched off, approved or used.
    what_if: bool,
}

/// What was asked: a request, or why it is none.
type Asked = Result<Box<Request>, WireError>;

pub(crate) fn decide(
    policies: Result<&Policies, &WireError>,
    input: &str,
) -> Result<String, WireError> {
    let input: Input = read(input)?;
    write(&input.decide(policies, input.asked()?)?.record())
}

pub(crate) fn decide_batch(
    policies: Result<&Policies, &WireError>,
    input: &str,
) -> Result<String, WireError> {
    #[derive(Serialize)]
    struct Output {
        records: Vec<DecisionRecord>,
    }
    let mut input: Input = read(input)?;
    let requests = input.requests.take().ok_or_else(|| missing("requests"))?;
    if input.decision_id.is_some() {
        return Err(WireError::new(
            "input_invalid",
            "`decision_id` is for one request, not a batch",
        ));
    }
    let mut records = Vec::with_capacity(requests.len());
    for request in &requests {
        records.push(input.decide(policies, parse(request.get()))?.record());
    }
    write(&Output { records })
}

pub(crate) fn explain(
    policies: Result<&Policies, &WireError>,
    input: &str,
) -> Result<String, WireError> {
    #[derive(Serialize)]
    struct Output {
        record: DecisionRecord,
        text: String,
    }
    let input: Input = read(input)?;
    let decided = input.decide(policies, input.asked()?)?;
    let text = decided.text();
    write(&Output { record: decided.record(), text })
}

/// Reads a request. Its error has no place: where its JSON stands differs between hosts, and the
/// record must not.
fn parse(text: &str) -> Asked {
    serde_json::from_str(text).map(Box::new).map_err(|error| WireError {
        column: None,
        line: None,
        path: None,
        ..WireError::from_json(&error)
    })
}

fn missing(field: &str) -> WireError {
    WireError::new("input_invalid", format!("missing field `{field}`"))
}

impl Input {
    fn asked(&self) -> Result<Asked, WireError> {
        match (&self.request, &self.request_text, &self.request_unreadable) {
            (Some(request), None, None) => Ok(parse(request.get())),
            (None, Some(text), None) => Ok(from_text(text)),
            (None, None, Some(why)) => Ok(Err(WireError::new("request_unreadable", why))),
            (None, None, None) => Err(missing("request")),
            (_, _, _) => Err(WireError::new(
                "input_invalid",
                "`request`, `request_text` and `request_unreadable` exclude each other",
            )),
        }
    }

    /// Decides: whatever cannot be read is denied, and the decision says why.
    fn decide(
        &self,
        policies: Result<&Policies, &WireError>,
        asked: Asked,
    ) -> Result<Decided, WireError> {
        let Some(now) = self.state.as_ref().map(|state| state.now).or(self.now) else {
            return Err(missing("now").with_help("give `state`, or `now` as an RFC 3339 instant"));
        };
        let hash_key = match &self.hash_key {
            Some(key) => Some(HashKey::new(key.as_bytes()).ok_or_else(|| {
                WireError::new("input_invalid", "`hash_key` is shorter than 16 bytes")
            })?),
            None => None,
        };
        let empty = State::fresh_empty(now);
        let state = self.state.as_ref().or(self.what_if.then_some(&empty));
        let mut decision = match (policies, &asked, state) {
            (Err(error), _, _) => Decision::refused("policy_unreadable", &place(error)),
            (_, Err(error), _) => Decision::refused("request_unreadable", &place(error)),
            (_, _, None) => Decision::refused("state_missing", "there is no state to decide by"),
            (Ok(policies), Ok(request), Some(state)) => {
                let mut pdp = Pdp::new(std::sync::Arc::clone(&policies.set));
                pdp.what_if = self.what_if;
                pdp.hash_key = hash_key;
                pdp.decide(request, state)
            }
        };
        decision.live = !self.what_if;
        let request = asked.unwrap_or_default();
        let tree = bailiwick::json_tree(request.as_ref())
            .map_err(|error| WireError::new("internal_error", error.to_string()))?;
        let cleaner = Cleaner::new(&tree, &Redactor::default());
        Ok(Decided { cleaner, decision, id: self.decision_id.clone(), now, request })
    }
}

/// A decision, and what it takes to show it.
struct Decided {
    cleaner: Cleaner<LogViewer>,
    decision: Decision,
    id: Option<String>,
    now: Timestamp,
    request: Box<Request>,
}

impl Decided {
    fn record(self) -> DecisionRecord {
        let Self { cleaner, decision, id, now, request } = self;
        DecisionRecord::redacted(decision, &request, &cleaner, now, id)
    }

    fn text(&self) -> String {
        let mut decision = self.decision.clone();
        decision.clean(&self.cleaner);
        decision.to_text()
    }
}

fn from_text(text: &str) -> Asked {
    let file = SourceFile::new("request", text);
    match bailiwick::read_requests(&file) {
        Ok(mut requests) => match (requests.pop(), requests.is_empty()) {
            (Some(request), true) => Ok(Box::new(request.value)),
            (_, _) => Err(WireError::new("input_invalid", "exactly one request must stand here")),
        },
        Err(diagnostics) => Err(WireError::from_diagnostics(diagnostics)),
    }
}

/// Returns the error with its place, as one line.
fn place(error: &WireError) -> String {
    match (&error.path, error.line, error.column) {
        (Some(path), Some(line), Some(column)) => {
            format!("{path}:{line}:{column}: {}", error.message)
        }
        (_, _, _) => error.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::call;

    const POLICY: &str = "platform_policy:\n  version: 1\n  allowed_actions: [file.read]\n  \
                          forbidden_paths: [secrets/]\n";

    fn decide(request: &str) -> String {
        let policies = serde_json::json!({"p.yaml": POLICY});
        let input = format!(
            "{{\"policies\":{policies},\"what_if\":true,\"now\":\"2026-07-04T00:00:00Z\",\
             \"request\":{request}}}"
        );
        call("decide", &input).unwrap()
    }

    #[test]
    fn no_field_of_a_record_repeats_a_secret() {
        let token = format!("ghp_{}", "a1B2c3D4e5F6".repeat(3));
        for request in [
            format!(r#"{{"tool":"file.read","path":"secrets/x?token={token}"}}"#),
            format!(r#"{{"tool":"file.read","path":"../{token}"}}"#),
            format!(r#"{{"tool":"{token}"}}"#),
            format!(r#"{{"tool":"file.read","target_count":"{token}"}}"#),
            format!(r#"{{"tool":"shell.exec","argv":["./{token}","--x={token}"]}}"#),
        ] {
            let record = decide(&request);
            assert!(record.contains("\"decision\":\"denied\""), "{record}");
            assert!(!record.contains(&token), "{record}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        let now = "\"now\":\"2026-07-04T00:00:00Z\",\"request\":{\"tool\":\"file.read\"}";
        for input in [
            format!("{{\"policies\":{{\"a\":\"\",\"a\":\"\"}},{now}}}"),
            format!("{{\"policies\":{{}},\"what_if\":false,\"what_if\":true,{now}}}"),
        ] {
            let error = call("decide", &input).unwrap_err();
            assert!(error.message.contains("stands twice"), "{}", error.message);
        }
    }

    #[test]
    fn no_request_makes_it_panic_or_answer_differently_twice() {
        let words = [
            "\"\"",
            "null",
            "-1",
            "1e99",
            "18446744073709551616",
            "[]",
            "{}",
            "true",
            "\"..\"",
            "\"a\\u0000\"",
            "\"%2e%2e/x\"",
            "[[\"a\"]]",
            "{\"a\":{}}",
            "\"file.read\"",
            "[\"a\"]",
        ];
        let keys = [
            "tool",
            "action",
            "path",
            "paths",
            "argv",
            "shell",
            "changed_files",
            "tenant",
            "repo",
            "subject",
            "model",
            "pr",
            "links",
            "env",
            "attributes",
            "url",
            "host",
            "cwd",
            "workspace",
            "target_count",
            "verifiers",
            "labels",
            "risk_tier",
            "branch",
        ];
        let mut seed = 7_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(seed >> 33).unwrap() % below
        };
        for _ in 0..3000 {
            let mut fields: Vec<String> = (0..next(6))
                .map(|_| format!("\"{}\":{}", keys[next(keys.len())], words[next(words.len())]))
                .collect();
            fields.push("\"tool\":\"file.read\"".to_owned());
            let request = format!("{{{}}}", fields.join(","));
            assert_eq!(decide(&request), decide(&request), "{request}");
        }
    }
}
