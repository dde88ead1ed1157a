//! What a rule says, and what a decision says.

use crate::model::table::closed_table;

closed_table! {
    /// What one rule says; the strictest of all that match wins, which is the maximum.
    Effect: "effect" {
        /// Grants the action, where every other document grants it too.
        Allow = "allow",
        /// Needs an approval.
        AskApproval = "ask_approval" | "ask",
        /// Refuses, whatever else grants.
        Deny = "deny",
    }
}

closed_table! {
    /// What the decision point says; ordered by strictness.
    DecisionEffect: "decision" {
        /// The act may be done.
        Allowed = "allowed" | "allow",
        /// The act may be done once it is approved.
        AskApproval = "ask_approval" | "ask",
        /// The act may not be done.
        Denied = "denied" | "block" | "deny",
    }
}
