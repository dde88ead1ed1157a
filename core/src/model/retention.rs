//! What is kept of runs, by class, and who may see an artifact (sections 19, 47).

use serde::Deserialize;
use serde::Serialize;

use crate::model::DataClass;
use crate::model::ProjectionKind;
use crate::model::Role;
use crate::model::Timestamp;
use crate::model::table::closed_table;

closed_table! {
    /// The nine classes of artifacts (section 47).
    ArtifactClass: "artifact class" {
        /// A change as a patch.
        Patch = "patch",
        /// The output of tools as it came.
        RawLog = "raw_log",
        /// The output of tools after the redactor.
        RedactedLog = "redacted_log",
        /// What verifiers found.
        VerificationReport = "verification_report",
        /// What the judge found.
        JudgeReport = "judge_report",
        /// What the model was shown.
        ContextManifest = "context_manifest",
        /// What a run can be replayed from.
        ReplayPackage = "replay_package",
        /// What a run used up.
        CostReport = "cost_report",
        /// The audit log, exported.
        AuditExport = "audit_export",
    }
}

closed_table! {
    /// A class of what is kept: the artifacts, and records that are no artifacts. The other names
    /// are those of section 19.
    RetentionClass: "retention class" {
        /// An event of the audit log.
        AuditEvent = "audit_event",
        /// The audit log, exported.
        AuditExport = "audit_export",
        /// What the model was shown.
        ContextManifest = "context_manifest",
        /// What a run used up.
        CostReport = "cost_report" | "cost_metric",
        /// What the judge found.
        JudgeReport = "judge_report",
        /// A change as a patch.
        Patch = "patch" | "patch_artifact",
        /// The output of tools as it came.
        RawLog = "raw_log" | "tool_output_raw",
        /// A request to a model as it was sent.
        RawModelRequest = "raw_model_request",
        /// The output of tools after the redactor.
        RedactedLog = "redacted_log" | "tool_output_redacted",
        /// A request to a model after the redactor.
        RedactedModelRequest = "redacted_model_request",
        /// What a run can be replayed from.
        ReplayPackage = "replay_package",
        /// What verifiers found.
        VerificationReport = "verification_report",
    }
}

closed_table! {
    /// Who may see an artifact.
    ArtifactAccess: "access" {
        /// Nobody.
        Nobody = "nobody",
        /// Platform admins.
        Restricted = "restricted",
        /// Auditors.
        Auditor = "auditor",
        /// Auditors and platform admins.
        AuditorOrPlatformAdmin = "auditor_or_platform_admin",
        /// Whoever has a role in the team of the repository; auditors and platform admins.
        RepoMember = "repo_member",
        /// Whoever has a role: each lets its holder view runs (section 11).
        RunViewer = "run_viewer",
    }
}

/// The artifact that a request would read, export or delete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ArtifactUse {
    /// Its class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<RetentionClass>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// It is encrypted where it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted: Option<bool>,
    /// A legal hold or an open incident keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<bool>,
    /// Its name, such as `artifact://run_01jz/change.patch`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The run that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// The tenant that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

/// What holds for a class where nobody says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionDefault {
    /// Who may see it.
    pub access: ArtifactAccess,
    /// After how many days it must be gone, or before how many it must not be.
    pub days: u32,
    /// It must be encrypted where it lies.
    pub encryption: bool,
}

impl RetentionClass {
    /// The names that a document may give a class.
    pub const KEYS: &'static [&'static str] = &[
        "audit_event",
        "audit_export",
        "context_manifest",
        "cost_metric",
        "cost_report",
        "judge_report",
        "patch",
        "patch_artifact",
        "raw_log",
        "raw_model_request",
        "redacted_log",
        "redacted_model_request",
        "replay_package",
        "tool_output_raw",
        "tool_output_redacted",
        "verification_report",
    ];

    /// Returns the class of artifacts that it is, if it is one.
    pub const fn artifact(self) -> Option<ArtifactClass> {
        match self {
            Self::AuditExport => Some(ArtifactClass::AuditExport),
            Self::ContextManifest => Some(ArtifactClass::ContextManifest),
            Self::CostReport => Some(ArtifactClass::CostReport),
            Self::JudgeReport => Some(ArtifactClass::JudgeReport),
            Self::Patch => Some(ArtifactClass::Patch),
            Self::RawLog => Some(ArtifactClass::RawLog),
            Self::RedactedLog => Some(ArtifactClass::RedactedLog),
            Self::ReplayPackage => Some(ArtifactClass::ReplayPackage),
            Self::VerificationReport => Some(ArtifactClass::VerificationReport),
            Self::AuditEvent | Self::RawModelRequest | Self::RedactedModelRequest => None,
        }
    }

    /// Returns true where it is evidence: the days that are stated for it are the fewest that it
    /// is kept. For every other class they are the most.
    pub const fn is_evidence(self) -> bool {
        match self {
            Self::AuditEvent | Self::AuditExport | Self::ReplayPackage => true,
            Self::ContextManifest
            | Self::CostReport
            | Self::JudgeReport
            | Self::Patch
            | Self::RawLog
            | Self::RawModelRequest
            | Self::RedactedLog
            | Self::RedactedModelRequest
            | Self::VerificationReport => false,
        }
    }

    /// Returns what holds where no platform document says otherwise: the figures of sections 19
    /// and 47, and for the classes that they leave out those of their nearest kin.
    pub const fn default_rule(self) -> RetentionDefault {
        use ArtifactAccess as To;
        let (access, days, encryption) = match self {
            Self::AuditEvent | Self::AuditExport => (To::AuditorOrPlatformAdmin, 2_555, false),
            Self::ContextManifest => (To::RepoMember, 90, false),
            Self::CostReport => (To::RunViewer, 365, false),
            Self::JudgeReport | Self::Patch | Self::VerificationReport => {
                (To::RepoMember, 365, false)
            }
            Self::RawLog => (To::Restricted, 7, true),
            Self::RawModelRequest => (To::Nobody, 0, true),
            Self::RedactedLog => (To::RunViewer, 90, false),
            Self::RedactedModelRequest => (To::RepoMember, 30, false),
            Self::ReplayPackage => (To::AuditorOrPlatformAdmin, 90, false),
        };
        RetentionDefault { access, days, encryption }
    }
}

impl RetentionClass {
    /// Returns the least class of the data in it, whatever else is said: evidence is for auditors,
    /// and output of tools and prompts are generated text.
    pub const fn data_class(self) -> DataClass {
        match self {
            Self::AuditEvent | Self::AuditExport | Self::ReplayPackage => DataClass::Confidential,
            Self::ContextManifest
            | Self::CostReport
            | Self::JudgeReport
            | Self::Patch
            | Self::VerificationReport => DataClass::Internal,
            Self::RawLog
            | Self::RawModelRequest
            | Self::RedactedLog
            | Self::RedactedModelRequest => DataClass::GeneratedSensitive,
        }
    }

    /// Returns whether what is in it has been through the redactor, where the class tells.
    pub const fn projection(self) -> Option<ProjectionKind> {
        match self {
            Self::RawLog | Self::RawModelRequest => Some(ProjectionKind::Raw),
            Self::RedactedLog | Self::RedactedModelRequest => Some(ProjectionKind::Redacted),
            Self::AuditEvent
            | Self::AuditExport
            | Self::ContextManifest
            | Self::CostReport
            | Self::JudgeReport
            | Self::Patch
            | Self::ReplayPackage
            | Self::VerificationReport => None,
        }
    }
}

impl ArtifactClass {
    /// Returns the class of what is kept that it is.
    pub const fn retention(self) -> RetentionClass {
        match self {
            Self::AuditExport => RetentionClass::AuditExport,
            Self::ContextManifest => RetentionClass::ContextManifest,
            Self::CostReport => RetentionClass::CostReport,
            Self::JudgeReport => RetentionClass::JudgeReport,
            Self::Patch => RetentionClass::Patch,
            Self::RawLog => RetentionClass::RawLog,
            Self::RedactedLog => RetentionClass::RedactedLog,
            Self::ReplayPackage => RetentionClass::ReplayPackage,
            Self::VerificationReport => RetentionClass::VerificationReport,
        }
    }
}

impl ArtifactAccess {
    /// Returns true where a holder of `role` may see the artifact; `member` says that the holder
    /// belongs to the team of the repository.
    pub const fn admits(self, role: Role, member: bool) -> bool {
        let (auditor, admin) = (matches!(role, Role::Auditor), matches!(role, Role::PlatformAdmin));
        match self {
            Self::Nobody => false,
            Self::Restricted => admin,
            Self::Auditor => auditor,
            Self::AuditorOrPlatformAdmin => auditor || admin,
            Self::RepoMember => member || auditor || admin,
            Self::RunViewer => true,
        }
    }

    /// Returns the roles that it admits, where their holders belong to the team of the repository.
    pub fn roles(self) -> Vec<Role> {
        Role::ALL.iter().copied().filter(|role| self.admits(*role, true)).collect()
    }

    /// Returns true where it admits nobody whom `other` does not.
    pub fn is_within(self, other: Self) -> bool {
        let mut roles = Role::ALL.iter().copied();
        roles.all(|role| {
            [false, true]
                .iter()
                .all(|member| !self.admits(role, *member) || other.admits(role, *member))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ArtifactAccess;
    use super::ArtifactClass;
    use super::RetentionClass;
    use crate::model::Role;

    #[test]
    fn every_artifact_class_is_one_retention_class_and_back() {
        assert_eq!(ArtifactClass::ALL.len(), 9);
        for class in ArtifactClass::ALL {
            assert_eq!(class.retention().artifact(), Some(*class));
            assert_eq!(class.retention().name(), class.name());
        }
        let records = RetentionClass::ALL.iter().filter(|class| class.artifact().is_none());
        assert_eq!(records.count(), 3);
    }

    #[test]
    fn every_key_is_a_name_of_a_class_and_no_class_is_without_one() {
        let mut named =
            RetentionClass::KEYS.iter().filter_map(|key| RetentionClass::from_name(key));
        assert_eq!(named.by_ref().count(), RetentionClass::KEYS.len());
        for class in RetentionClass::ALL {
            assert!(RetentionClass::KEYS.contains(&class.name()), "{class}");
        }
    }

    #[test]
    fn names_of_section_19_are_read_as_the_classes_of_section_47() {
        for (name, class) in [
            ("tool_output_raw", RetentionClass::RawLog),
            ("tool_output_redacted", RetentionClass::RedactedLog),
            ("patch_artifact", RetentionClass::Patch),
            ("cost_metric", RetentionClass::CostReport),
            ("audit_event", RetentionClass::AuditEvent),
        ] {
            assert_eq!(RetentionClass::from_name(name), Some(class), "{name}");
        }
    }

    #[test]
    fn access_is_for_the_roles_that_its_word_names() {
        assert_eq!(ArtifactAccess::Nobody.roles(), []);
        assert_eq!(ArtifactAccess::Restricted.roles(), [Role::PlatformAdmin]);
        assert_eq!(
            ArtifactAccess::AuditorOrPlatformAdmin.roles(),
            [Role::PlatformAdmin, Role::Auditor]
        );
        assert!(!ArtifactAccess::RepoMember.admits(Role::Operator, false));
        assert!(ArtifactAccess::RepoMember.admits(Role::Auditor, false));
        assert_eq!(ArtifactAccess::RunViewer.roles(), Role::ALL);
    }

    #[test]
    fn one_access_is_within_another_only_where_it_admits_nobody_more() {
        use ArtifactAccess as To;
        assert!(To::Restricted.is_within(To::AuditorOrPlatformAdmin));
        assert!(To::RepoMember.is_within(To::RunViewer));
        assert!(!To::Restricted.is_within(To::Auditor));
        assert!(!To::RunViewer.is_within(To::RepoMember));
        for word in To::ALL {
            assert!(word.is_within(*word) && To::Nobody.is_within(*word));
        }
    }
}
