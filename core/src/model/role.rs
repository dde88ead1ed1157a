//! The seven roles (section 11).

use crate::model::table::closed_table;

closed_table! {
    /// A role that a subject holds.
    Role: "role" {
        /// Views runs and pull request outcomes.
        Viewer = "Viewer",
        /// Starts approved task types.
        Operator = "Operator",
        /// Approves risky actions.
        Approver = "Approver",
        /// Creates fleet campaigns.
        CampaignOwner = "CampaignOwner" | "Campaign Owner",
        /// Manages policies.
        PolicyAdmin = "PolicyAdmin" | "Policy Admin",
        /// Manages the system's configuration.
        PlatformAdmin = "PlatformAdmin" | "Platform Admin",
        /// Reads audit logs and replay packages.
        Auditor = "Auditor",
    }
}
