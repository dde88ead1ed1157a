//! `decide`, `decide_batch` and `explain`.

use bailiwick::Decision;
use bailiwick::DecisionRecord;
use bailiwick::HashKey;
use bailiwick::Pdp;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Sink;
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
    let (record, _) = input.record(policies, input.asked()?)?;
    write(&record)
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
        records.push(input.record(policies, parse(request.get()))?.0);
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
    let (record, text) = input.record(policies, input.asked()?)?;
    write(&Output { record, text })
}

fn parse(text: &str) -> Asked {
    serde_json::from_str(text)
        .map(Box::new)
        .map_err(|error| WireError::from_json(&error))
}

fn missing(field: &str) -> WireError {
    WireError::new("input_invalid", format!("missing field `{field}`"))
}

impl Input {
    fn asked(&self) -> Result<Asked, WireError> {
        match (&self.request, &self.request_text) {
            (Some(request), None) => Ok(parse(request.get())),
            (None, Some(text)) => Ok(from_text(text)),
            (None, None) => Err(missing("request")),
            (Some(_), Some(_)) => Err(WireError::new(
                "input_invalid",
                "`request` and `request_text` exclude each other",
            )),
        }
    }

    /// Decides: whatever cannot be read is denied, and the record says why.
    fn record(
        &self,
        policies: Result<&Policies, &WireError>,
        asked: Asked,
    ) -> Result<(DecisionRecord, String), WireError> {
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
        let nobody = Request::default();
        let request = asked.as_deref().unwrap_or(&nobody);
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
        let text = decision.to_text();
        let tree = serde_json::to_value(request)
            .map_err(|error| WireError::new("internal_error", error.to_string()))?;
        let requested = Redactor::builder()
            .build()
            .project_tree(&tree, Sink::LogViewer)
            .into_tree();
        let id = self.decision_id.clone();
        Ok((
            DecisionRecord::new(decision, request, requested, now, id),
            text,
        ))
    }
}

fn from_text(text: &str) -> Asked {
    let file = SourceFile::new("request", text);
    match bailiwick::read_requests(&file) {
        Ok(mut requests) => match (requests.pop(), requests.is_empty()) {
            (Some(request), true) => Ok(Box::new(request.value)),
            (_, _) => Err(WireError::new(
                "input_invalid",
                "exactly one request must stand here",
            )),
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
