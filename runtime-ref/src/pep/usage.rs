//! What a request uses up by being asked for, whatever comes of it.

use std::collections::BTreeMap;

use bailiwick::Action;
use bailiwick::Money;
use bailiwick::Request;

use crate::port::store::UNPRICED_MODEL_CALLS;

/// Returns the usage, by usage key.
///
/// Of a model call that is permitted, what is sent counts at once: it is sent though no answer
/// comes.
pub(super) fn usage_of_asking(
    request: &Request,
    action: Option<Action>,
    permitted: bool,
) -> BTreeMap<String, u64> {
    let mut usage = BTreeMap::new();
    // A call that was denied counts too: an agent must not try for ever.
    if request.tool_call_id.is_some() {
        usage.insert("tool_calls".to_owned(), 1);
    }
    if permitted && action == Some(Action::ModelCall) {
        usage.insert("model_calls".to_owned(), 1);
        let model = request.model.as_ref();
        if let Some(tokens) = model.and_then(|model| model.tokens) {
            usage.insert("tokens".to_owned(), u64::from(tokens));
        }
        let cost = model.and_then(|model| model.cost.as_ref());
        match cost.and_then(|cost| Some((cost.usage_key(), Money::micros(cost)?))) {
            Some((key, micros)) => usage.insert(key, micros),
            None => usage.insert(UNPRICED_MODEL_CALLS.to_owned(), 1),
        };
    }
    usage
}
