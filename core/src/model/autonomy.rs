//! The seven rollout modes (section 31).

use crate::model::table::closed_table;

closed_table! {
    /// How far an agent may go by itself; each mode includes those before it.
    AutonomyLevel: "autonomy level" {
        /// Inspect the repository and report.
        AnalysisOnly = "analysis_only",
        /// Produce a patch artifact, no branch.
        DryRunPatch = "dry_run_patch" | "dry_run",
        /// Create a branch in the sandbox, no pull request.
        LocalBranch = "local_branch" | "local_branch_only",
        /// Create a draft pull request, never ready for review.
        DraftPr = "draft_pr",
        /// Create and update pull requests with a person's approval.
        SupervisedPr = "supervised_pr",
        /// Create pull requests for low-risk tasks.
        AutonomousPr = "autonomous_pr",
        /// Apply across selected repositories in waves.
        FleetCampaign = "fleet_campaign",
    }
}
