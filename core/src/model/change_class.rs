//! Change classes (section 6), risk tiers (section 11) and what an approval can be required for.

use crate::model::Action;
use crate::model::table::closed_table;

closed_table! {
    /// What kind of change a diff is.
    ChangeClass: "change class" {
        /// What builds a project and what tools run: scripts, plugins, settings of tools.
        BuildChange = "build_change",
        /// Workflows and pipelines of continuous integration.
        CiWorkflowChange = "ci_workflow_change",
        /// Configuration that is not known to be harmless.
        ConfigChange = "config_change",
        /// Configuration that cannot destroy data or service.
        ConfigNonDestructive = "config_non_destructive",
        /// A dependency that is new, gone, lowered, or from elsewhere.
        DependencyChange = "dependency_change",
        /// A dependency to another major version.
        DependencyMajorUpgrade = "dependency_major_upgrade",
        /// A dependency to another patch or minor version.
        DependencyPatchMinor = "dependency_patch_minor",
        /// Documents for people.
        DocumentationChange = "documentation_change",
        /// Files that a generator wrote.
        GeneratedChange = "generated_change",
        /// Instructions for agents, such as AGENTS.md.
        InstructionChange = "instruction_change",
        /// Configuration of production.
        ProductionConfigChange = "production_config_change",
        /// Source code.
        SourceChange = "source_change",
        /// Tests only.
        TestChange = "test_change",
    }
}

closed_table! {
    /// How much depends on a repository, or how much a task may break; ordered.
    RiskTier: "risk tier" {
        /// Little depends on it.
        Low = "low",
        /// Something depends on it.
        Medium = "medium",
        /// Much depends on it.
        High = "high",
        /// Under a regulator's rules.
        Regulated = "regulated",
        /// The organization stands or falls with it.
        Critical = "critical",
    }
}

/// What `approval.required_for` can name: a capability, a change class or an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Any request for this action.
    Action(Action),
    /// A change of this class, claimed or borne out by the files.
    Change(ChangeClass),
    /// `shell.exec` of a command that reaches for the network.
    ShellNetwork,
}

impl Capability {
    /// Returns the printed name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Action(action) => action.name(),
            Self::Change(class) => class.name(),
            Self::ShellNetwork => "shell_network",
        }
    }

    /// Returns the capability of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "shell_network" {
            return Some(Self::ShellNetwork);
        }
        ChangeClass::from_name(name)
            .map(Self::Change)
            .or_else(|| Action::from_name(name).map(Self::Action))
    }

    /// Returns every name that is read, for schemas and suggestions.
    pub fn names() -> Vec<&'static str> {
        let mut names = vec!["shell_network"];
        names.extend(ChangeClass::ALL.iter().map(|class| class.name()));
        names.extend(Action::ALL.iter().map(|action| action.name()));
        names
    }
}

impl serde::Serialize for Capability {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
