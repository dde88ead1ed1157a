//! The eight levels of the policy hierarchy (section 5).

use crate::model::table::closed_table;

closed_table! {
    /// A level of the hierarchy, from the widest to the narrowest; a lower level only restricts.
    Level: "level" {
        /// The platform that runs the agents.
        Platform = "platform",
        /// An organization on the platform.
        Organization = "organization",
        /// A team of an organization.
        Team = "team",
        /// A repository of a team.
        Repository = "repository",
        /// A campaign over repositories.
        Campaign = "campaign",
        /// One task.
        Task = "task",
        /// The runtime that executes a task.
        Runtime = "runtime",
        /// One tool call.
        ToolCall = "tool_call",
    }
}

impl Level {
    /// Returns the document kind of the level, as the source document spells it.
    pub const fn document_kind(self) -> &'static str {
        match self {
            Self::Platform => "platform_policy",
            Self::Organization => "organization_policy",
            Self::Team => "team_policy",
            Self::Repository => "repo_policy",
            Self::Campaign => "campaign_policy",
            Self::Task => "task_policy",
            Self::Runtime => "runtime_policy",
            Self::ToolCall => "tool_policy",
        }
    }
}
