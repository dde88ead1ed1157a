//! Why documents that read well cannot become a policy set.

use thiserror::Error;

use crate::document::Diagnostic;
use crate::document::Related;
use crate::document::Severity;
use crate::model::Location;

/// One thing that is wrong, or worth a warning, across or within documents.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A condition cannot be read.
    #[error("condition: {message}")]
    Condition {
        /// The stable code.
        code: &'static str,
        /// A way out.
        help: String,
        /// Where it stands.
        location: Location,
        /// What is wrong.
        message: String,
    },
    /// A path pattern cannot be read.
    #[error("pattern `{pattern}`: {reason}")]
    Pattern {
        /// Where it stands.
        location: Location,
        /// The pattern.
        pattern: String,
        /// Why not.
        reason: String,
    },
    /// A Rego module cannot be used.
    #[error("rego: {reason}")]
    Rego {
        /// Where it stands.
        location: Location,
        /// Why not.
        reason: String,
    },
    /// A rule reads an attribute that none of its actions carries: it could never fire.
    #[error("rule `{rule}` reads `{attribute}`, which no request for its actions carries")]
    NeverApplies {
        /// The attribute.
        attribute: String,
        /// Where it stands.
        location: Location,
        /// The rule.
        rule: String,
    },
    /// A rule does not apply to some of its actions.
    #[error("rule `{rule}` reads `{attribute}` and so does not apply to {actions}")]
    PartlyApplies {
        /// The actions that it does not apply to.
        actions: String,
        /// The attribute.
        attribute: String,
        /// Where it stands.
        location: Location,
        /// The rule.
        rule: String,
    },
    /// A rule pack or a redaction policy cannot be used.
    #[error("{}", .finding.message)]
    Redaction {
        /// What was found.
        finding: Box<Diagnostic>,
    },
    /// An example does not do what it shows.
    #[error("rule `{rule}`: this example {found}")]
    Example {
        /// What was found.
        found: &'static str,
        /// Where it stands.
        location: Location,
        /// The rule.
        rule: String,
    },
    /// The same policy and version stand twice with different content.
    #[error("`{name}` stands twice with different content")]
    VersionConflict {
        /// Where the second stands.
        location: Location,
        /// `policy@version`.
        name: String,
        /// Where the first stands.
        other: Location,
    },
    /// A document states no version.
    #[error("policy `{name}` states no version")]
    VersionMissing {
        /// Where it stands.
        location: Location,
        /// The policy.
        name: String,
    },
    /// A lower level tries to permit what a higher one does not.
    #[error("policy `{lower}` at level {level} widens `{field}` set by `{higher}`: {what}")]
    Widens {
        /// The field.
        field: &'static str,
        /// The higher policy.
        higher: String,
        /// The level of the lower one.
        level: &'static str,
        /// Where the lower one says it.
        location: Location,
        /// The lower policy.
        lower: String,
        /// Where the higher one set it.
        set_at: Location,
        /// What it tries to permit.
        what: String,
    },
    /// Two documents of retention cannot both hold.
    #[error("retention of `{class}`: {what}")]
    RetentionConflict {
        /// The class.
        class: &'static str,
        /// Where the one stands.
        location: Location,
        /// Where the other stands; none for what is built in.
        other: Option<Location>,
        /// What each says.
        what: String,
    },
    /// A lower level keeps what a higher one does not want kept, drops what it wants kept, or
    /// shows it to more.
    #[error("policy `{lower}` at level {level} loosens `{class}` set by {higher}: {what}")]
    RetentionWidens {
        /// The class.
        class: &'static str,
        /// The higher policy.
        higher: String,
        /// The level of the lower one.
        level: &'static str,
        /// Where the lower one says it.
        location: Location,
        /// The lower policy.
        lower: String,
        /// Where the higher one set it; none for what is built in.
        set_at: Option<Location>,
        /// What it tries.
        what: String,
    },
    /// A document is laxer about data than what holds without any.
    #[error("policy `{lower}` widens `{field}` of the built-in table: {what}")]
    WidensBuiltIn {
        /// The field.
        field: &'static str,
        /// Where it says it.
        location: Location,
        /// The policy.
        lower: String,
        /// What it tries to permit.
        what: String,
    },
    /// There is no platform document.
    #[error("no platform_policy: everything is denied")]
    NoPlatform,
    /// No platform document states `allowed_actions`.
    #[error("no platform_policy states `allowed_actions`: everything is denied")]
    PlatformSilent {
        /// Where a platform document stands.
        location: Location,
    },
}

impl CompileError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Condition { code, .. } => code,
            Self::Pattern { .. } => "pattern_invalid",
            Self::Rego { .. } => "rego_invalid",
            Self::Redaction { finding } => finding.code,
            Self::NeverApplies { .. } => "rule_never_applies",
            Self::PartlyApplies { .. } => "rule_partly_applies",
            Self::Example { .. } => "example_mismatch",
            Self::VersionConflict { .. } => "version_conflict",
            Self::VersionMissing { .. } => "version_missing",
            Self::RetentionConflict { .. } => "retention_conflict",
            Self::RetentionWidens { .. } => "retention_widens",
            Self::Widens { .. } | Self::WidensBuiltIn { .. } => "widens",
            Self::NoPlatform => "platform_missing",
            Self::PlatformSilent { .. } => "platform_allowed_actions_missing",
        }
    }

    /// Returns a way out.
    pub fn help(&self) -> String {
        match self {
            Self::Condition { help, .. } => help.clone(),
            Self::Pattern { .. } => "write it as in .gitignore, without `!`".to_owned(),
            Self::Rego { .. } => {
                "use `package bailiwick` with sets `deny`, `ask`, `labels` of strings".to_owned()
            }
            Self::Redaction { finding } => finding.help.clone().unwrap_or_default(),
            Self::NeverApplies { .. } => {
                "name an action that carries the attribute, or drop the rule".to_owned()
            }
            Self::PartlyApplies { .. } => {
                "name only the actions that carry the attribute".to_owned()
            }
            Self::Example { .. } => "mend the rule or the example".to_owned(),
            Self::VersionConflict { .. } => "give the changed document a new version".to_owned(),
            Self::VersionMissing { .. } => "add `version: 2026-07-04`".to_owned(),
            Self::Widens { .. } => {
                "remove it: a lower level only restricts, so it has no effect".to_owned()
            }
            Self::RetentionConflict { other: None, .. } => {
                "the built-in default says the other: let a platform document say what holds"
                    .to_owned()
            }
            Self::RetentionConflict { .. } => "make both say the same".to_owned(),
            Self::RetentionWidens { set_at: None, .. } => {
                "let a platform document say it: a lower level only tightens".to_owned()
            }
            Self::RetentionWidens { .. } => "remove it: a lower level only tightens".to_owned(),
            Self::WidensBuiltIn { .. } => {
                "remove it: a document only adds to the table of section 18".to_owned()
            }
            Self::NoPlatform => "add a platform_policy that states `allowed_actions`".to_owned(),
            Self::PlatformSilent { .. } => {
                "add `allowed_actions` to the platform_policy".to_owned()
            }
        }
    }

    /// Returns where it stands.
    pub fn location(&self) -> Location {
        match self {
            Self::Condition { location, .. }
            | Self::Pattern { location, .. }
            | Self::Rego { location, .. }
            | Self::NeverApplies { location, .. }
            | Self::PartlyApplies { location, .. }
            | Self::Example { location, .. }
            | Self::VersionConflict { location, .. }
            | Self::VersionMissing { location, .. }
            | Self::Widens { location, .. }
            | Self::RetentionConflict { location, .. }
            | Self::RetentionWidens { location, .. }
            | Self::WidensBuiltIn { location, .. }
            | Self::PlatformSilent { location } => location.clone(),
            Self::Redaction { finding } => finding.location.clone(),
            Self::NoPlatform => Location::default(),
        }
    }

    /// Returns whether it stops the load: some things do so in strict mode only.
    pub const fn severity(&self, strict: bool) -> Severity {
        match self {
            Self::Condition { .. }
            | Self::Pattern { .. }
            | Self::Rego { .. }
            | Self::NeverApplies { .. }
            | Self::Example { .. }
            | Self::RetentionConflict { .. }
            | Self::RetentionWidens { .. }
            | Self::VersionConflict { .. } => Severity::Error,
            Self::VersionMissing { .. }
            | Self::Widens { .. }
            | Self::WidensBuiltIn { .. }
            | Self::NoPlatform
            | Self::PlatformSilent { .. } => {
                if strict {
                    Severity::Error
                } else {
                    Severity::Warning
                }
            }
            Self::PartlyApplies { .. } => Severity::Warning,
            Self::Redaction { finding } => finding.severity,
        }
    }

    /// Returns the diagnostic for people and tools.
    pub fn diagnostic(&self, strict: bool) -> Diagnostic {
        let related = match self {
            Self::Widens { set_at, higher, .. } => {
                vec![Related {
                    location: set_at.clone(),
                    message: format!("set here by `{higher}`"),
                }]
            }
            Self::RetentionWidens { set_at: Some(set_at), higher, .. } => {
                vec![Related { location: set_at.clone(), message: format!("set here by {higher}") }]
            }
            Self::RetentionConflict { other: Some(other), .. } => {
                vec![Related { location: other.clone(), message: "against this".to_owned() }]
            }
            Self::VersionConflict { other, .. } => {
                vec![Related { location: other.clone(), message: "first stands here".to_owned() }]
            }
            Self::Redaction { finding } => finding.related.clone(),
            Self::Condition { .. }
            | Self::Pattern { .. }
            | Self::Rego { .. }
            | Self::NeverApplies { .. }
            | Self::PartlyApplies { .. }
            | Self::Example { .. }
            | Self::VersionMissing { .. }
            | Self::RetentionConflict { other: None, .. }
            | Self::RetentionWidens { set_at: None, .. }
            | Self::WidensBuiltIn { .. }
            | Self::NoPlatform
            | Self::PlatformSilent { .. } => Vec::new(),
        };
        Diagnostic {
            code: self.code(),
            help: Some(self.help()),
            location: self.location(),
            message: self.to_string(),
            related,
            severity: self.severity(strict),
        }
    }
}

/// The documents cannot become a policy set.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", first(.diagnostics))]
pub struct PoliciesRefused {
    /// Everything that was found, errors and warnings.
    pub diagnostics: Vec<Diagnostic>,
}

fn first(diagnostics: &[Diagnostic]) -> String {
    let errors: Vec<&Diagnostic> =
        diagnostics.iter().filter(|found| found.severity == Severity::Error).collect();
    match errors.as_slice() {
        [] => "the policies were refused".to_owned(),
        [only] => format!("{}: {}", only.location, only.message),
        [first, rest @ ..] => {
            format!("{}: {} (and {} more)", first.location, first.message, rest.len())
        }
    }
}
