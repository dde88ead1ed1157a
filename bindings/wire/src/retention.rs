//! `retention_plan`.

use bailiwick::Cleaner;
use bailiwick::LogViewer;
use bailiwick::Redactor;
use bailiwick::RetentionHold;
use bailiwick::RetentionItem;
use bailiwick::RetentionPlan;
use bailiwick::Timestamp;
use serde::Deserialize;
use serde::Serialize;

use crate::Policies;
use crate::WireError;
use crate::input::write;
use crate::redaction::read_quietly;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    holds: Vec<RetentionHold>,
    items: Vec<RetentionItem>,
    now: Timestamp,
}

#[derive(Serialize)]
struct Output {
    #[serde(flatten)]
    plan: RetentionPlan,
    /// The plan for people.
    text: String,
}

pub(crate) fn plan(policies: &Policies, input: &str) -> Result<String, WireError> {
    let Input { holds, items, now } = read_quietly(input)?;
    let mut plan = bailiwick::retention_plan(&policies.set, &items, &holds, now);
    let tree = bailiwick::json_tree(&(&items, &holds))
        .map_err(|error| WireError::new("internal_error", error.to_string()))?;
    let cleaner = Cleaner::<LogViewer>::new(&tree, &Redactor::default());
    plan.clean(&cleaner);
    let mut shown = plan.clone();
    shown.entries.iter_mut().for_each(|entry| cleaner.clean(&mut entry.id));
    let text = shown.to_text();
    write(&Output { plan, text })
}
