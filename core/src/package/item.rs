//! The closed tables of what a package holds, and what can be done with it.

use crate::model::closed_table;

closed_table! {
    /// One thing that a package holds, or says that it does not: what section 24 wants to be
    /// reproducible, and the evidence for it.
    PackageItem: "package item" {
        /// The signed checkpoint of the log that the proofs lead to.
        Checkpoint = "checkpoint",
        /// What the model was shown.
        ContextProjection = "context_projection",
        /// The decisions, each with what it takes to make it again.
        Decisions = "decisions",
        /// The policy documents that applied.
        EffectivePolicy = "effective_policy",
        /// The change, as a patch on the base commit.
        GeneratedDiff = "generated_diff",
        /// The task as it was given.
        InputTask = "input_task",
        /// What the judge was shown.
        JudgePacket = "judge_packet",
        /// The public keys of the log.
        Keys = "keys",
        /// The events of the run.
        Log = "log",
        /// The pull request as it was created.
        PrMetadata = "pr_metadata",
        /// That each event is in the log of the checkpoint.
        Proofs = "proofs",
        /// Where the change comes from (section 17).
        Provenance = "provenance",
        /// The base commit.
        RepoSnapshot = "repo_snapshot",
        /// The signed statements of the provenance.
        Statements = "statements",
        /// What tools returned.
        ToolResults = "tool_results",
        /// The tools that the model was offered.
        ToolSchema = "tool_schema",
        /// The verifiers, as they are run.
        VerifierDefinitions = "verifier_definitions",
        /// What verifiers printed.
        VerifierOutput = "verifier_output",
    }
}

closed_table! {
    /// What became of an item.
    ItemState: "item state" {
        /// It is in the package, whole.
        Captured = "captured",
        /// It was kept, and its time is over.
        Expired = "expired",
        /// Only its digest is known.
        HashOnly = "hash_only",
        /// It is not in the package.
        NotCaptured = "not_captured",
        /// It is in the package as it may be shown.
        Redacted = "redacted",
    }
}

closed_table! {
    /// What can be done again with a package (section 24).
    ReplayType: "replay type" {
        /// Decide again what was decided.
        Incident = "incident",
        /// Send the same messages again.
        Model = "model",
        /// Apply the patch to the base commit.
        Patch = "patch",
        /// Call deterministic tools again.
        Tool = "tool",
        /// See what happened.
        Trace = "trace",
        /// Run the verifiers again.
        Verifier = "verifier",
    }
}

impl ItemState {
    /// Returns true where the item has files in the package.
    pub const fn has_files(self) -> bool {
        match self {
            Self::Captured | Self::Redacted => true,
            Self::Expired | Self::HashOnly | Self::NotCaptured => false,
        }
    }
}
