//! The closed table of attributes that conditions can read.

use crate::model::closest;

/// What an attribute holds; a list holds any number of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttributeType {
    /// A rollout mode; ordered.
    Autonomy,
    /// `true` or `false`.
    Boolean,
    /// A change class.
    ChangeClass,
    /// What a command does beyond reading and writing.
    CommandEffect,
    /// A data class; ordered.
    DataClass,
    /// Where data comes from.
    DataSource,
    /// A whole number.
    Integer,
    /// A class of what is kept.
    RetentionClass,
    /// A risk tier; ordered.
    RiskTier,
    /// A role.
    Role,
    /// What a path outside the workspace gives away.
    SensitiveKind,
    /// Any text.
    Text,
    /// Whatever the host put there.
    Untyped,
}

/// An attribute that a condition can name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// `action`: the action's name.
    Action,
    /// `artifact.class`.
    ArtifactClass,
    /// `artifact.encrypted`: it is encrypted where it lies.
    ArtifactEncrypted,
    /// `artifact.held`: a legal hold or an open incident keeps it.
    ArtifactHeld,
    /// `artifact.id`: its name.
    ArtifactId,
    /// `artifact.run`: the run that made it.
    ArtifactRun,
    /// `artifact.tenant`: the tenant that it belongs to.
    ArtifactTenant,
    /// `attributes.<name>`: whatever the host put there.
    Attributes(String),
    /// `autonomy_level`, also read as `campaign.autonomy_level`: the mode that is asked for.
    AutonomyLevel,
    /// `branch`.
    Branch,
    /// `campaign.id`.
    CampaignId,
    /// `change_class`: the class that the request claims.
    ChangeClass,
    /// `change.classes`: the claimed class and those that the files bear out.
    ChangeClasses,
    /// `change.file_count`.
    ChangeFileCount,
    /// `change.files`: every changed path, both ends of a rename.
    ChangeFiles,
    /// `change.lines`: lines added and removed.
    ChangeLines,
    /// `command.effects`: what the command does beyond reading and writing paths.
    CommandEffects,
    /// `command.invocations`: each program that would run, with its subcommand where it has one.
    CommandInvocations,
    /// `command.network`: the command reaches for the network.
    CommandNetwork,
    /// `command.pipes_remote_to_shell`: something fetched is fed into an interpreter.
    CommandPipesRemoteToShell,
    /// `command.programs`: the programs that would run.
    CommandPrograms,
    /// `command.removals`: the paths that are removed with all below, or without asking.
    CommandRemovals,
    /// `context.sources`: where what a model would see comes from.
    ContextSources,
    /// `context.tenants`: whose what a model would see is.
    ContextTenants,
    /// `git_hardened`: the host runs git with its hooks, filters and aliases off.
    GitHardened,
    /// `judge`: what the judge said.
    Judge,
    /// `labels`.
    Labels,
    /// `model.data_class`: the highest class in what the model would see.
    ModelDataClass,
    /// `model.name`.
    ModelName,
    /// `model.provider`.
    ModelProvider,
    /// `model.region`.
    ModelRegion,
    /// `model.tokens`: tokens that the call adds.
    ModelTokens,
    /// `model.use_for`.
    ModelUseFor,
    /// `network.hosts`: the hosts that would be reached.
    NetworkHosts,
    /// `network_profile`: the sandbox's egress profile.
    NetworkProfile,
    /// `organization`.
    Organization,
    /// `paths`: every path that is read or changed.
    Paths,
    /// `paths.outside`: the paths that lie outside the workspace.
    PathsOutside,
    /// `paths.sensitive`: what paths outside the workspace give away.
    PathsSensitive,
    /// `pr.draft`.
    PrDraft,
    /// `reads`: the paths that are read.
    Reads,
    /// `repo`, also read as `repository.name`.
    Repo,
    /// `risk_tier`, also read as `repository.risk_tier`.
    RiskTier,
    /// `run_id`.
    RunId,
    /// `subject.id`.
    SubjectId,
    /// `subject.kind`.
    SubjectKind,
    /// `subject.role`: any of the subject's roles.
    SubjectRole,
    /// `subject.team`.
    SubjectTeam,
    /// `subject.tenant`.
    SubjectTenant,
    /// `target_count`: repositories that a campaign targets.
    TargetCount,
    /// `task_class`.
    TaskClass,
    /// `task.id`.
    TaskId,
    /// `team`.
    Team,
    /// `tenant`.
    Tenant,
    /// `verifiers.failed`: verifiers that failed or flaked.
    VerifiersFailed,
    /// `verifiers.passed`.
    VerifiersPassed,
    /// `writes`: the paths that are changed.
    Writes,
}

type Row = (Attribute, &'static str, &'static [&'static str], AttributeType, bool);

const TABLE: &[Row] = &[
    (Attribute::Action, "action", &["tool"], AttributeType::Text, false),
    (Attribute::ArtifactClass, "artifact.class", &[], AttributeType::RetentionClass, false),
    (Attribute::ArtifactEncrypted, "artifact.encrypted", &[], AttributeType::Boolean, false),
    (Attribute::ArtifactHeld, "artifact.held", &[], AttributeType::Boolean, false),
    (Attribute::ArtifactId, "artifact.id", &[], AttributeType::Text, false),
    (Attribute::ArtifactRun, "artifact.run", &[], AttributeType::Text, false),
    (Attribute::ArtifactTenant, "artifact.tenant", &[], AttributeType::Text, false),
    (
        Attribute::AutonomyLevel,
        "autonomy_level",
        &["campaign.autonomy_level"],
        AttributeType::Autonomy,
        false,
    ),
    (Attribute::Branch, "branch", &["repository.branch"], AttributeType::Text, false),
    (
        Attribute::CampaignId,
        "campaign.id",
        &["campaign_id", "campaign"],
        AttributeType::Text,
        false,
    ),
    (Attribute::ChangeClass, "change_class", &[], AttributeType::ChangeClass, false),
    (Attribute::ChangeClasses, "change.classes", &[], AttributeType::ChangeClass, true),
    (Attribute::ChangeFileCount, "change.file_count", &[], AttributeType::Integer, false),
    (Attribute::ChangeFiles, "change.files", &["changed_files"], AttributeType::Text, true),
    (Attribute::ChangeLines, "change.lines", &[], AttributeType::Integer, false),
    (Attribute::CommandEffects, "command.effects", &[], AttributeType::CommandEffect, true),
    (Attribute::CommandInvocations, "command.invocations", &[], AttributeType::Text, true),
    (Attribute::CommandNetwork, "command.network", &[], AttributeType::Boolean, false),
    (
        Attribute::CommandPipesRemoteToShell,
        "command.pipes_remote_to_shell",
        &[],
        AttributeType::Boolean,
        false,
    ),
    (Attribute::CommandPrograms, "command.programs", &[], AttributeType::Text, true),
    (Attribute::CommandRemovals, "command.removals", &[], AttributeType::Text, true),
    (Attribute::ContextSources, "context.sources", &[], AttributeType::DataSource, true),
    (Attribute::ContextTenants, "context.tenants", &[], AttributeType::Text, true),
    (Attribute::GitHardened, "git_hardened", &[], AttributeType::Boolean, false),
    (Attribute::Judge, "judge", &[], AttributeType::Text, false),
    (Attribute::Labels, "labels", &["pr.labels"], AttributeType::Text, true),
    (
        Attribute::ModelDataClass,
        "model.data_class",
        &["data_class"],
        AttributeType::DataClass,
        false,
    ),
    (Attribute::ModelName, "model.name", &["model.model"], AttributeType::Text, false),
    (Attribute::ModelProvider, "model.provider", &[], AttributeType::Text, false),
    (Attribute::ModelRegion, "model.region", &[], AttributeType::Text, false),
    (Attribute::ModelTokens, "model.tokens", &[], AttributeType::Integer, false),
    (Attribute::ModelUseFor, "model.use_for", &[], AttributeType::Text, false),
    (Attribute::NetworkHosts, "network.hosts", &["network.host"], AttributeType::Text, true),
    (
        Attribute::NetworkProfile,
        "network_profile",
        &["network.profile"],
        AttributeType::Text,
        false,
    ),
    (
        Attribute::Organization,
        "organization",
        &["repository.organization"],
        AttributeType::Text,
        false,
    ),
    (Attribute::Paths, "paths", &["path"], AttributeType::Text, true),
    (Attribute::PathsOutside, "paths.outside", &[], AttributeType::Text, true),
    (Attribute::PathsSensitive, "paths.sensitive", &[], AttributeType::SensitiveKind, true),
    (Attribute::PrDraft, "pr.draft", &[], AttributeType::Boolean, false),
    (Attribute::Reads, "reads", &[], AttributeType::Text, true),
    (Attribute::Repo, "repo", &["repository.name", "repository"], AttributeType::Text, false),
    (Attribute::RiskTier, "risk_tier", &["repository.risk_tier"], AttributeType::RiskTier, false),
    (Attribute::RunId, "run_id", &[], AttributeType::Text, false),
    (Attribute::SubjectId, "subject.id", &[], AttributeType::Text, false),
    (Attribute::SubjectKind, "subject.kind", &[], AttributeType::Text, false),
    (Attribute::SubjectRole, "subject.role", &["subject.roles"], AttributeType::Role, true),
    (Attribute::SubjectTeam, "subject.team", &[], AttributeType::Text, false),
    (Attribute::SubjectTenant, "subject.tenant", &[], AttributeType::Text, false),
    (
        Attribute::TargetCount,
        "target_count",
        &["campaign.target_count"],
        AttributeType::Integer,
        false,
    ),
    (Attribute::TaskClass, "task_class", &["task.class"], AttributeType::Text, false),
    (Attribute::TaskId, "task.id", &["task_id", "task"], AttributeType::Text, false),
    (Attribute::Team, "team", &["repository.team"], AttributeType::Text, false),
    (Attribute::Tenant, "tenant", &["tenant_id"], AttributeType::Text, false),
    (Attribute::VerifiersFailed, "verifiers.failed", &[], AttributeType::Text, true),
    (Attribute::VerifiersPassed, "verifiers.passed", &[], AttributeType::Text, true),
    (Attribute::Writes, "writes", &[], AttributeType::Text, true),
];

impl Attribute {
    /// Returns the attribute of that dotted name.
    pub fn from_name(name: &str) -> Option<Self> {
        if let Some(rest) = name.strip_prefix("attributes.") {
            return (!rest.is_empty()).then(|| Self::Attributes(rest.to_owned()));
        }
        TABLE
            .iter()
            .find(|(_, printed, aliases, ..)| *printed == name || aliases.contains(&name))
            .map(|(attribute, ..)| attribute.clone())
    }

    /// Returns the printed name.
    pub fn name(&self) -> String {
        match self {
            Self::Attributes(rest) => format!("attributes.{rest}"),
            known => known.row().map(|row| row.1.to_owned()).unwrap_or_default(),
        }
    }

    /// Returns what the attribute holds.
    pub fn kind(&self) -> AttributeType {
        self.row().map_or(AttributeType::Untyped, |row| row.3)
    }

    /// Returns true where the attribute holds a list.
    pub fn is_list(&self) -> bool {
        self.row().is_some_and(|row| row.4)
    }

    /// Returns the closest name, for a did-you-mean.
    pub fn suggest(name: &str) -> Option<&'static str> {
        closest(
            name,
            TABLE.iter().flat_map(|row| std::iter::once(row.1).chain(row.2.iter().copied())),
        )
    }

    /// Returns every attribute with its printed name, in order; `attributes.<name>` apart.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static Self)> {
        TABLE.iter().map(|row| (row.1, &row.0))
    }

    fn row(&self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.0 == *self)
    }
}

#[cfg(test)]
mod tests {
    use super::Attribute;

    #[test]
    fn every_name_and_alias_reads_as_its_own_attribute() {
        for (name, attribute) in Attribute::all() {
            assert_eq!(Attribute::from_name(name).as_ref(), Some(attribute), "{name}");
            assert_eq!(attribute.name(), name);
        }
        assert_eq!(Attribute::from_name("repository.risk_tier"), Some(Attribute::RiskTier));
        assert_eq!(Attribute::from_name("subject.rol"), None);
        assert_eq!(Attribute::suggest("subject.rol"), Some("subject.role"));
    }
}
