//! `change.propose`, `git.commit`, `git.push`, `pr.create`: a change leaves the workspace.

use bailiwick::ArtifactClass;
use bailiwick::AutonomyLevel;
use bailiwick::ChangeClass;
use bailiwick::DecisionRecord;
use bailiwick::Digest;
use bailiwick::EventType;
use bailiwick::ObligationKind;
use bailiwick::Projection;
use bailiwick::PullRequest;
use bailiwick::PullRequestBody;
use bailiwick::Raw;
use bailiwick::Request;
use bailiwick::SharedArtifact;
use bailiwick::SignedProvenance;
use bailiwick::Value;
use bailiwick::VerifierResult;

use crate::pep::Act;
use crate::pep::EnforceError;
use crate::pep::Failure;
use crate::port::pull_request::PullRequestContent;
use crate::port::repository::Changes;
use crate::port::repository::RepositoryError;
use crate::port::store::ArtifactRef;
use crate::port::store::StoreError;
use crate::run::provenance::Evidence;
use crate::run::provenance::MANIFEST;
use crate::run::provenance::PATCH;
use crate::run::provenance::RECORD;
use crate::run::provenance::STATEMENTS;
use crate::run::scan::SECRET_SCAN_DELTA;
use crate::run::scan::is_secret;
use crate::run::scan::secret_scan_delta;
use crate::run::tools::Arguments;
use crate::run::tools::CallOutcome;
use crate::run::tools::Tools;

impl Tools {
    pub(super) fn change_propose(
        &mut self,
        mut request: Request,
    ) -> Result<CallOutcome, EnforceError> {
        let changes = match self.changes() {
            Ok(changes) => changes,
            Err(outcome) => return Ok(outcome),
        };
        self.name_change(&mut request, &changes);
        let (files, lines) = (changes.files.len(), changes.lines());
        let intent = format!("propose the change: {files} files, {lines} lines");
        let outcome = self.enforce(request, &intent, |_permit, _| {
            let shown = self.model_text("the change may leave the workspace");
            Ok(Act::new(EventType::ToolCalled, shown)
                .text("tree", changes.tree.clone())
                .number("files", i64::try_from(files).unwrap_or(i64::MAX))
                .number("lines", i64::try_from(lines).unwrap_or(i64::MAX)))
        })?;
        self.remember(outcome.record.as_deref());
        Ok(outcome)
    }

    pub(super) fn git_commit(
        &mut self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let Some(message) = arguments.text("message") else {
            return Ok(self.unusable("`message` is missing"));
        };
        if let Some(trailer) = forged(message) {
            let why = format!("`{trailer}` is stated by the platform, and by nobody else");
            return Ok(self.unusable(&why));
        }
        let changes = match self.changes() {
            Ok(changes) => changes,
            Err(outcome) => return Ok(outcome),
        };
        self.name_change(&mut request, &changes);
        // A commit message is public: it goes where the pull request goes.
        let text = format!(
            "{message}\n\nAgent-Run: {}\nAgent-Task: {}\n",
            self.context.run.run_id, self.context.task_id
        );
        let message = self.pep.redactor.project::<PullRequestBody>(&Raw::new(text));
        let hash = Digest::of(message.text().as_bytes()).as_str().to_owned();
        request.attributes.insert("message_hash".to_owned(), Value::Text(hash));
        let mut commit = None;
        let intent = format!("commit {} files", changes.files.len());
        let outcome = self.enforce(request, &intent, |permit, _| {
            let committed = self.repository.commit(permit, &message);
            let sha = committed.map_err(failure)?;
            commit = Some(sha.clone());
            let shown = self.model_text(&format!("committed as {sha}"));
            Ok(Act::new(EventType::ToolCalled, shown)
                .text("commit", sha)
                .text("tree", changes.tree.clone()))
        })?;
        self.progress.commit = commit.or(self.progress.commit.take());
        if let Some(record) = &outcome.record {
            // So that whoever publishes without having proposed has one to state.
            self.progress.effective_policy_hash = record.effective_policy_hash.as_str().to_owned();
        }
        Ok(outcome)
    }

    pub(super) fn git_push(
        &mut self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let Some(commit) = self.progress.commit.clone() else {
            return Ok(self.unusable("nothing is committed yet"));
        };
        let changes = match self.committed() {
            Ok(changes) => changes,
            Err(outcome) => return Ok(outcome),
        };
        self.name_change(&mut request, &changes);
        let branch = arguments.text("branch").unwrap_or(&self.context.branch).to_owned();
        if is_secret(&self.pep.redactor, &branch) {
            // The name of a branch is published with it.
            name_scan(&mut request, VerifierResult::Failed);
        }
        request.branch = Some(branch.clone());
        request.attributes.insert("commit".to_owned(), Value::Text(commit.clone()));
        let outcome = self.enforce(request, &format!("push to {branch}"), |permit, _| {
            self.repository.push(permit).map_err(failure)?;
            let shown = self.model_text(&format!("pushed {commit} to {branch}"));
            Ok(Act::new(EventType::ToolCalled, shown)
                .text("branch", self.trace_text(&branch))
                .text("commit", commit.clone())
                .text("credential", self.repository.credential()))
        })?;
        self.remember(outcome.record.as_deref());
        Ok(outcome)
    }

    pub(super) fn pr_create(
        &mut self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let Some(commit) = self.progress.commit.clone() else {
            return Ok(self.unusable("nothing is committed yet"));
        };
        let changes = match self.committed() {
            Ok(changes) => changes,
            Err(outcome) => return Ok(outcome),
        };
        self.name_change(&mut request, &changes);
        let title = arguments.text("title").unwrap_or(&self.context.task_title);
        let raw = Raw::new(title);
        let title = self.pep.redactor.project::<PullRequestBody>(&raw);
        let draft = arguments.flag("draft").unwrap_or(true);
        request.pr = Some(PullRequest {
            base: Some(self.context.base_branch.clone()),
            draft: Some(draft),
            head: Some(self.context.branch.clone()),
            number: None,
            title: Some(title.text().to_owned()),
        });
        let evidence = match self.repository.committed_patch() {
            Ok(patch) => self.evidence(&changes, &commit, &patch).map_err(|it| it.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let evidence = match evidence {
            Ok(evidence) => evidence,
            Err(why) => return Ok(self.unusable(&format!("there is no provenance: {why}"))),
        };
        let summary = arguments.text("summary").unwrap_or_default();
        let body = self.body(&changes, summary, &evidence.statements);
        let body = self.pep.redactor.project::<PullRequestBody>(&Raw::new(body));
        let hash = Digest::of(body.text().as_bytes()).as_str().to_owned();
        request.attributes.insert("body_hash".to_owned(), Value::Text(hash));
        request.attributes.insert("commit".to_owned(), Value::Text(commit));
        request.labels = self.labels(&changes);
        let kind = if draft { "draft" } else { "ready for review" };
        let mut created = None;
        let intent = format!("create a pull request ({kind}): {}", title.text());
        let outcome = self.enforce(request, &intent, |permit, duties| {
            let (record, statements) = self.keep(&evidence)?;
            let content = PullRequestContent {
                body: body.clone(),
                reviewers: duties.reviewers.iter().cloned().collect(),
                title: title.clone(),
            };
            let now = self.pep.clock.now();
            let pull_request = self
                .pull_requests
                .create(permit, &content, now)
                .map_err(|error| Failure::new(error.code(), error))?;
            let number = pull_request.number;
            created = Some(pull_request);
            let shown = self.model_text(&format!("pull request {number} is created"));
            Ok(Act::new(EventType::PrCreated, shown)
                .number("number", number)
                .text("credential", self.pull_requests.credential())
                .text("provenance", record.uri)
                .text("provenance_digest", record.digest.as_str())
                .text("statements", statements.uri)
                .text("statements_digest", statements.digest.as_str())
                .shown(&body))
        })?;
        if created.is_some() {
            self.progress.pull_request = created;
        }
        Ok(outcome)
    }

    /// Keeps what is known of the change, and returns where the record and the statements are.
    fn keep(&self, evidence: &Evidence) -> Result<(ArtifactRef, ArtifactRef), Failure> {
        let run = &self.context.run;
        let failed = |error: StoreError| Failure::new(error.code(), error);
        let put = |name: &str, class, text: &Projection<SharedArtifact>| {
            self.artifacts.put(run, name, class, text).map_err(failed)
        };
        put(PATCH, ArtifactClass::Patch, &evidence.patch)?;
        put(MANIFEST, ArtifactClass::ContextManifest, &evidence.manifest)?;
        let record = put(RECORD, ArtifactClass::ReplayPackage, &evidence.record)?;
        let statements =
            self.artifacts.put_statements(run, STATEMENTS, &evidence.statements).map_err(failed)?;
        Ok((record, statements))
    }

    fn committed(&self) -> Result<Changes, CallOutcome> {
        self.repository
            .committed()
            .map_err(|error| self.unusable(&format!("the commit cannot be read: {error}")))
    }

    /// Says what the change touches, what verifiers said of exactly it, and which tree it is.
    fn name_change(&self, request: &mut Request, changes: &Changes) {
        request.changed_files = Some(changes.files.clone());
        request.verifiers = self.verifiers_of(&changes.tree);
        let scanned = secret_scan_delta(&self.pep.redactor, changes);
        request.verifiers.insert(SECRET_SCAN_DELTA.to_owned(), scanned);
        name_scan(request, scanned);
        let tree = Value::Text(changes.tree.clone());
        request.attributes.insert("tree".to_owned(), tree);
    }

    /// Remembers what a decision on publishing says about it.
    fn remember(&mut self, record: Option<&DecisionRecord>) {
        let Some(record) = record else {
            return;
        };
        let verifiers = record.obligations.iter();
        self.progress.required_verifiers = verifiers
            .filter(|obligation| obligation.kind == ObligationKind::Verifier)
            .map(|obligation| obligation.name.clone())
            .collect();
        let hash = record.effective_policy_hash.as_str().to_owned();
        self.progress.effective_policy_hash = hash;
    }

    pub(super) fn passed(&self, changes: &Changes) -> bool {
        let said = self.verifiers_of(&changes.tree);
        let required = &self.progress.required_verifiers;
        !said.is_empty()
            && said.values().all(|result| *result == VerifierResult::Passed)
            && required.iter().all(|name| name == SECRET_SCAN_DELTA || said.contains_key(name))
            && secret_scan_delta(&self.pep.redactor, changes) == VerifierResult::Passed
    }

    /// Returns the labels of section 35 that this run can vouch for; policies add theirs.
    fn labels(&self, changes: &Changes) -> Vec<String> {
        let mut labels = vec![
            "agent-generated".to_owned(),
            "agent:needs-human-review".to_owned(),
            format!("agent:{}-risk", self.context.risk_tier.name()),
        ];
        if self.context.autonomy_level == AutonomyLevel::SupervisedPr {
            labels.push("agent:supervised".to_owned());
        }
        match self.context.change_class {
            ChangeClass::DependencyChange
            | ChangeClass::DependencyMajorUpgrade
            | ChangeClass::DependencyPatchMinor => {
                labels.push("agent:dependency-upgrade".to_owned());
            }
            ChangeClass::BuildChange
            | ChangeClass::CiWorkflowChange
            | ChangeClass::ConfigChange
            | ChangeClass::ConfigNonDestructive
            | ChangeClass::DocumentationChange
            | ChangeClass::GeneratedChange
            | ChangeClass::InstructionChange
            | ChangeClass::ProductionConfigChange
            | ChangeClass::SourceChange
            | ChangeClass::TestChange => {}
        }
        if self.passed(changes) {
            labels.push("agent:verification-passed".to_owned());
        }
        labels
    }

    /// Returns the header of section 35, what changed, and where it came from.
    fn body(&self, changes: &Changes, summary: &str, statements: &SignedProvenance) -> String {
        let context = &self.context;
        let verifier = if self.passed(changes) { "passed" } else { "not passed" };
        let files: Vec<String> = changes
            .files
            .iter()
            .map(|file| {
                let (added, removed) = (file.added.unwrap_or(0), file.removed.unwrap_or(0));
                format!("- `{}` (+{added} -{removed})", file.path)
            })
            .collect();
        let run = &context.run.run_id;
        let record = statements.document_digest();
        let digest = Digest::of(statements.bundle().as_bytes());
        let ids = statements.key_ids().iter().map(|id| format!("sha256:{id}"));
        let keys = ids.collect::<Vec<_>>().join(", ");
        format!(
            "This PR was generated by the internal AI coding agent.\n\n\
             Task: {}\nRun: {run}\nAutonomy: {}\nVerifier: {verifier}\nRisk: {}\n\
             Human action required: review and merge if acceptable\n\n\
             {summary}\n\n## Files\n\n{}\n\n## Provenance\n\n\
             `artifact://{run}/{RECORD}`, {record}\n\
             `artifact://{run}/{STATEMENTS}`, {digest}, signed by key {keys}\n",
            context.task_title,
            in_words(context.autonomy_level),
            context.risk_tier.name(),
            files.join("\n"),
        )
    }
}

/// Returns the trailer of a commit message that says who made the change: an agent's change is never
/// passed off as somebody else's (section 35).
fn forged(message: &str) -> Option<&'static str> {
    let named = |line: &str, trailer: &str| {
        let (name, _) = line.split_once(':').unwrap_or_default();
        name.trim().eq_ignore_ascii_case(trailer)
    };
    let stands = |trailer: &&&str| message.lines().any(|line| named(line, trailer));
    TRAILERS.iter().find(stands).copied()
}

/// The trailers that the platform writes, and those that name people.
const TRAILERS: &[&str] = &[
    "Acked-by",
    "Agent-Run",
    "Agent-Task",
    "Co-authored-by",
    "Reviewed-by",
    "Signed-off-by",
    "Tested-by",
];

/// Says what the scan for secrets found, for the rules of actions that need no verifiers.
fn name_scan(request: &mut Request, scanned: VerifierResult) {
    let scanned = Value::Text(scanned.name().to_owned());
    request.attributes.insert(SECRET_SCAN_DELTA.to_owned(), scanned);
}

fn failure(error: RepositoryError) -> Failure {
    Failure::new(error.code(), error)
}

const fn in_words(mode: AutonomyLevel) -> &'static str {
    match mode {
        AutonomyLevel::AnalysisOnly => "analysis only",
        AutonomyLevel::DryRunPatch => "dry-run patch",
        AutonomyLevel::LocalBranch => "local branch",
        AutonomyLevel::DraftPr => "draft PR",
        AutonomyLevel::SupervisedPr => "supervised PR",
        AutonomyLevel::AutonomousPr => "autonomous PR",
        AutonomyLevel::FleetCampaign => "fleet campaign",
    }
}
