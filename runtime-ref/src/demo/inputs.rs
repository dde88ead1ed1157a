//! What a run was given: kept when it begins, so that its package can be made at any time.

use bailiwick::ArtifactClass;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::SharedArtifact;
use bailiwick::Sink;
use serde_json::Value;
use serde_json::json;

use crate::demo::DemoError;
use crate::port::store::Artifacts;
use crate::run::RunContext;
use crate::run::SECRET_SCAN_DELTA;
use crate::run::tools;
use crate::scripted::Scenario;

/// Keeps the task, the verifiers and the tools of a run, as they may be shared.
pub(crate) fn keep(
    artifacts: &dyn Artifacts,
    redactor: &Redactor,
    context: &RunContext,
    scenario: &Scenario,
) -> Result<(), DemoError> {
    let task = &scenario.task;
    let commands =
        scenario.verifiers.iter().map(|(name, argv)| json!({"argv": argv, "name": name}));
    let own = json!({"name": SECRET_SCAN_DELTA, "of": "this runtime"});
    let verifiers: Vec<Value> = commands.chain(std::iter::once(own)).collect();
    let inputs = json!({
        TASK: {
            "base_branch": context.base_branch,
            "branch": context.branch,
            "campaign_id": task.campaign_id,
            "change_class": task.change_class,
            "class": task.class,
            "repo": context.repo,
            "risk": task.risk,
            "task_id": context.task_id,
            "text": task.text,
            "title": task.title,
        },
        TOOLS: tools(),
        VERIFIERS: verifiers,
    });
    let shown = redactor.project_tree(&inputs, Sink::SharedArtifact);
    let shown = Raw::new(shown.tree().to_string());
    let shown = redactor.project::<SharedArtifact>(&shown);
    artifacts.put(&context.run, INPUTS, ArtifactClass::ReplayPackage, &shown)?;
    Ok(())
}

/// The artifact that holds them.
pub(crate) const INPUTS: &str = "inputs.json";
/// The task in it, and the file of it in a package.
pub(crate) const TASK: &str = "task.json";
/// The tools.
pub(crate) const TOOLS: &str = "tools.json";
/// The verifiers.
pub(crate) const VERIFIERS: &str = "verifiers.json";
