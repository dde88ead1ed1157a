//! `facts`.

use bailiwick::Action;
use bailiwick::Facts;
use bailiwick::Request;
use serde::Deserialize;
use serde::Serialize;

use crate::WireError;
use crate::input::read;
use crate::input::write;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    request: Request,
}

#[derive(Serialize)]
struct Output {
    action: Action,
    facts: Facts,
}

pub(crate) fn facts(input: &str) -> Result<String, WireError> {
    let Input { request } = read(input)?;
    let Some(action) = request.action() else {
        let named = request.action_name().unwrap_or_default();
        let error = WireError::new("action_unknown", format!("`{named}` is no action"));
        return Err(error.with_help("`bailiwick schema` lists the actions"));
    };
    let facts = Facts::of(&request, action);
    write(&Output { action, facts })
}
