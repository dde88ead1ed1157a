//! The tools that a model may call: from a call to a request, and from a result to a projection.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use bailiwick::Action;
use bailiwick::DecisionEffect;
use bailiwick::DecisionRecord;
use bailiwick::Digest;
use bailiwick::ModelContext;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Request;
use bailiwick::VerifierResult;
use serde_json::Value;

use crate::pep::Act;
use crate::pep::Duties;
use crate::pep::EnforceError;
use crate::pep::Failure;
use crate::pep::Outcome;
use crate::pep::Pep;
use crate::pep::Permit;
use crate::port::command::Commands;
use crate::port::files::Files;
use crate::port::model::ToolCall;
use crate::port::pull_request::PullRequests;
use crate::port::pull_request::StoredPullRequest;
use crate::port::repository::Changes;
use crate::port::repository::Checkout;
use crate::port::repository::Repository;
use crate::port::store::Artifacts;
use crate::run::context::RunContext;
use crate::run::manifest::ContextManifest;
use crate::run::provenance::Builder;
use crate::run::provenance::SandboxEvidence;

/// The tools of one run, with the ports behind them.
pub struct Tools {
    /// Where artifacts are kept.
    pub artifacts: Arc<dyn Artifacts>,
    /// Who answers for what is made.
    pub builder: Builder,
    /// What was checked out.
    pub checkout: Checkout,
    /// Runs commands.
    pub commands: Box<dyn Commands>,
    /// The run.
    pub context: RunContext,
    /// Reads and writes files.
    pub files: Box<dyn Files>,
    /// The models that may be used, for the provenance.
    pub models: Vec<String>,
    /// The enforcement point.
    pub pep: Arc<Pep>,
    /// Where pull requests live.
    pub pull_requests: Arc<dyn PullRequests>,
    /// The repository.
    pub repository: Box<dyn Repository>,
    /// What the sandbox enforces.
    pub sandbox: SandboxEvidence,
    /// What was done so far.
    pub progress: Progress,
    /// The verifiers that can be run: name → command.
    pub verifiers: BTreeMap<String, Vec<String>>,
}

/// What the tools of one run did so far.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// The commit that holds the change.
    pub commit: Option<String>,
    /// The hash of the documents that applied to the last decision on publishing.
    pub effective_policy_hash: String,
    /// What the model was shown when it was asked last.
    pub manifest: ContextManifest,
    /// The pull request that was created.
    pub pull_request: Option<StoredPullRequest>,
    /// The verifiers that the last decision on publishing required.
    pub required_verifiers: BTreeSet<String>,
    /// How often verifiers ran, for the names of their reports.
    pub verifier_runs: u32,
    /// What verifiers said, each about one tree.
    pub verified: BTreeMap<String, Verified>,
}

/// What a verifier said about one tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its report.
    pub report: String,
    /// The digest of the report.
    pub report_digest: Digest,
    /// What it said.
    pub result: VerifierResult,
    /// The tree that it ran on; of any other tree it says nothing.
    pub tree: String,
}

/// What became of one tool call.
#[derive(Debug)]
pub struct CallOutcome {
    /// What the model is told.
    pub content: Projection<ModelContext>,
    /// The files whose content may stand in it: those that the call reads, by every name.
    pub read: BTreeSet<String>,
    /// The record; none where the call named no tool of ours or lacked an argument.
    pub record: Option<Box<DecisionRecord>>,
}

impl Tools {
    /// Does what `call` wants, as far as it is permitted.
    ///
    /// # Errors
    /// Where evidence could not be kept; the run must end.
    pub fn call(&mut self, call: &ToolCall) -> Result<CallOutcome, EnforceError> {
        let Some(action) = Action::from_name(&call.tool) else {
            return Ok(self.unusable(&format!("there is no tool `{}`", call.tool)));
        };
        let mut request = self.context.request(action);
        request.tool_call_id = Some(call.id.clone());
        let arguments = Arguments(&call.input);
        match action {
            Action::FileRead => self.file_read(request, arguments),
            Action::FileWrite => self.file_write(request, arguments),
            Action::FileDelete => self.file_delete(request, arguments),
            Action::ShellExec => self.shell_exec(request, arguments),
            Action::VerifierRun => self.verifier_run(request, arguments),
            Action::ChangePropose => self.change_propose(request),
            Action::GitCommit => self.git_commit(request, arguments),
            Action::GitPush => self.git_push(request, arguments),
            Action::PrCreate => self.pr_create(request, arguments),
            Action::ArtifactDelete
            | Action::ArtifactExport
            | Action::ArtifactRead
            | Action::AuditRead
            | Action::CampaignCreate
            | Action::CampaignWave
            | Action::ContextRetrieve
            | Action::GitBranch
            | Action::GitClone
            | Action::InstructionsChange
            | Action::ModelCall
            | Action::NetConnect
            | Action::PolicyChange
            | Action::PrComment
            | Action::PrMerge
            | Action::PrUpdate
            | Action::RunCancel
            | Action::RunStart
            | Action::TaskSubmit
            | Action::TokenLease => {
                Ok(self.unusable(&format!("`{}` is no tool of agents here", action.name())))
            }
        }
    }

    /// Has the enforcement point decide, and turns what came of it into what the model is told.
    pub(super) fn enforce(
        &self,
        request: Request,
        intent: &str,
        act: impl FnOnce(Permit, &Duties) -> Result<Act<Projection<ModelContext>>, Failure>,
    ) -> Result<CallOutcome, EnforceError> {
        let read = match self.read_by(&request) {
            Ok(read) => read,
            Err(error) => {
                return Ok(self.unusable(&format!("the workspace cannot be read: {error}")));
            }
        };
        let enforced = self.pep.enforce(&self.context.run, request, intent, act)?;
        let record = enforced.record;
        let permitted = record.decision == DecisionEffect::Allowed;
        let content = match enforced.outcome {
            Outcome::Done(content) => content,
            Outcome::Failed { message, .. } => message,
            Outcome::AskApproval => self
                .model_text(&format!("not done: {} ({})", record.explanation, record.remedy.text)),
            Outcome::Denied => self
                .model_text(&format!("not done: {} ({})", record.explanation, record.remedy.text)),
            Outcome::Unfulfilled { why } => self.model_text(&format!("not done: {why}")),
        };
        let read = if permitted { read } else { BTreeSet::new() };
        Ok(CallOutcome { content, read, record: Some(record) })
    }

    /// Returns what verifiers said about `tree`.
    pub(super) fn verifiers_of(&self, tree: &str) -> BTreeMap<String, VerifierResult> {
        let verified = self.progress.verified.iter();
        verified
            .filter(|(_, verified)| verified.tree == tree)
            .map(|(name, verified)| (name.clone(), verified.result))
            .collect()
    }

    /// Returns what the workspace changes, or why that cannot be said.
    pub(super) fn changes(&self) -> Result<Changes, CallOutcome> {
        self.repository
            .changes()
            .map_err(|error| self.unusable(&format!("the change cannot be read: {error}")))
    }

    /// Returns the outcome of a call that could not even be asked for.
    pub(super) fn unusable(&self, why: &str) -> CallOutcome {
        let content = self.model_text(&format!("not done: {why}"));
        CallOutcome { content, read: BTreeSet::new(), record: None }
    }

    pub(super) fn model_text(&self, text: &str) -> Projection<ModelContext> {
        self.pep.redactor.project(&Raw::new(text))
    }
}

/// The arguments of a tool call, as the model gave them.
#[derive(Clone, Copy)]
pub(super) struct Arguments<'a>(&'a Value);

impl<'a> Arguments<'a> {
    /// Returns the text of that name.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// Returns the flag of that name.
    pub(super) fn flag(self, name: &str) -> Option<bool> {
        self.0.get(name).and_then(Value::as_bool)
    }

    /// Returns the number of that name.
    pub(super) fn number(self, name: &str) -> Option<u64> {
        self.0.get(name).and_then(Value::as_u64)
    }

    /// Returns the list of texts of that name; `None` also where one entry is no text.
    pub(super) fn texts(self, name: &str) -> Option<Vec<String>> {
        let items = self.0.get(name)?.as_array()?;
        items.iter().map(|item| item.as_str().map(str::to_owned)).collect()
    }
}
