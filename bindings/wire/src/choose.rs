//! `choose_model`.

use bailiwick::Cleaner;
use bailiwick::LogViewer;
use bailiwick::ModelCandidate;
use bailiwick::Pdp;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::State;
use bailiwick::Timestamp;
use serde::Deserialize;

use crate::Policies;
use crate::WireError;
use crate::input::write;
use crate::redaction::read_quietly;

/// What it takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The models that the host has; all of the policies' where absent.
    #[serde(default)]
    candidates: Option<Vec<ModelCandidate>>,
    /// The instant, where there is no state.
    #[serde(default)]
    now: Option<Timestamp>,
    /// What is needed: a request for `model.call` that names no model.
    request: Request,
    /// The state.
    #[serde(default)]
    state: Option<State>,
    /// Answer a question: attributes of the scope may be left out, and without a state nothing is
    /// switched off, approved or used.
    #[serde(default)]
    what_if: bool,
}

pub(crate) fn choose_model(policies: &Policies, input: &str) -> Result<String, WireError> {
    let input: Input = read_quietly(input)?;
    let state = match (input.state, input.now) {
        (Some(state), _) => state,
        (None, Some(now)) if input.what_if => State::fresh_empty(now),
        (None, _) => {
            return Err(WireError::new("input_invalid", "missing field `state`")
                .with_help("give `state`, or `what_if` and `now` for a question"));
        }
    };
    let mut pdp = Pdp::new(std::sync::Arc::clone(&policies.set));
    pdp.what_if = input.what_if;
    let mut choice =
        bailiwick::choose_model(&pdp, &input.request, input.candidates.as_deref(), &state);
    let tree = bailiwick::json_tree(&(&input.request, &input.candidates))
        .map_err(|error| WireError::new("internal_error", error.to_string()))?;
    choice.clean(&Cleaner::<LogViewer>::new(&tree, &Redactor::default()));
    write(&choice)
}
