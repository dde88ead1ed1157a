//! The closed table of what an audit event can be about.

use crate::model::closed_table;

closed_table! {
    /// What happened: every event that section 14 asks for, and the ends of a chain.
    EventType: "event type" {
        /// An administrator overrode a decision.
        AdminOverride = "admin.override",
        /// An approval was given.
        ApprovalGranted = "approval.granted",
        /// An approval was asked for.
        ApprovalRequested = "approval.requested",
        /// An artifact was deleted.
        ArtifactDeleted = "artifact.deleted",
        /// Events were lost; the details say which.
        AuditGap = "audit.gap",
        /// The first events of the log were deleted, as its retention allows.
        AuditPruned = "audit.pruned",
        /// A checkpoint of the log was signed.
        CheckpointSigned = "checkpoint",
        /// A command was executed.
        CommandExecuted = "command.executed",
        /// A file was changed.
        FileChanged = "file.changed",
        /// The judge was executed.
        JudgeExecuted = "judge.executed",
        /// A key of the log was replaced or revoked.
        KeyEpoch = "key_epoch",
        /// A model was called.
        ModelCalled = "model.called",
        /// An obligation of a decision was fulfilled, or could not be.
        ObligationFulfilled = "obligation.fulfilled",
        /// A policy was changed.
        PolicyChanged = "policy.changed",
        /// A policy was evaluated: a decision was made.
        PolicyEvaluated = "policy.evaluated",
        /// A pull request was created.
        PrCreated = "pr.created",
        /// A pull request was updated.
        PrUpdated = "pr.updated",
        /// A repository was cloned.
        RepositoryCloned = "repository.cloned",
        /// A run was cancelled.
        RunCancelled = "run.cancelled",
        /// The chain ends; nothing follows.
        RunClosed = "run.closed",
        /// A run failed.
        RunFailed = "run.failed",
        /// The chain begins; nothing precedes.
        RunOpened = "run.opened",
        /// A run was scheduled.
        RunScheduled = "run.scheduled",
        /// A sandbox was created.
        SandboxCreated = "sandbox.created",
        /// A secret was redacted.
        SecretRedacted = "secret.redacted",
        /// A task was approved.
        TaskApproved = "task.approved",
        /// A task was submitted.
        TaskSubmitted = "task.submitted",
        /// A tool was called.
        ToolCalled = "tool.called",
        /// A verifier was executed.
        VerifierExecuted = "verifier.executed",
        /// A worker leased the run.
        WorkerLeased = "worker.leased",
    }
}
