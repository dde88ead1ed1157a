//! Which of the six replays a package holds what is needed for.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::package::ItemState;
use crate::package::ManifestItem;
use crate::package::PackageItem;
use crate::package::ReplayType;

/// Whether one type of replay can be done with a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replayable {
    /// Everything that it needs is there.
    pub possible: bool,
    /// The type.
    pub replay: ReplayType,
    /// What is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Returns what can be done with `items`: every type, in the order of the table.
pub(crate) fn replayable(items: &BTreeMap<PackageItem, ManifestItem>) -> Vec<Replayable> {
    let one = |replay: &ReplayType| {
        let missing: Vec<String> = needs(*replay)
            .iter()
            .filter_map(|name| {
                let item = items.get(name);
                let state = item.map_or(ItemState::NotCaptured, |item| item.state);
                // A projection does not send the same messages: it is what may be shown of them.
                let here = state.has_files();
                let why = item.and_then(|item| item.why.as_deref()).map(|why| format!(": {why}"));
                (!here).then(|| format!("`{name}` is {state}{}", why.unwrap_or_default()))
            })
            .collect();
        let why = (!missing.is_empty()).then(|| missing.join("; "));
        Replayable { possible: why.is_none(), replay: *replay, why }
    };
    ReplayType::ALL.iter().map(one).collect()
}

const fn needs(replay: ReplayType) -> &'static [PackageItem] {
    match replay {
        ReplayType::Incident => &[PackageItem::Decisions, PackageItem::EffectivePolicy],
        ReplayType::Model => &[PackageItem::ContextProjection, PackageItem::ToolSchema],
        ReplayType::Patch => &[PackageItem::GeneratedDiff, PackageItem::RepoSnapshot],
        ReplayType::Tool => &[PackageItem::RepoSnapshot, PackageItem::ToolResults],
        ReplayType::Trace => &[PackageItem::Log],
        ReplayType::Verifier => &[
            PackageItem::GeneratedDiff,
            PackageItem::RepoSnapshot,
            PackageItem::VerifierDefinitions,
        ],
    }
}
