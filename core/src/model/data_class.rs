//! The six data classes (section 18), from the least to the most sensitive, with the rules that
//! hold for each where no document says more.

use crate::model::table::closed_table;

closed_table! {
    /// How sensitive data is; the higher of two labels wins, the lower of two caps.
    DataClass: "data class" {
        /// Open source, public documents.
        Public = "public",
        /// Code of internal services.
        Internal = "internal",
        /// Roadmaps, internal decisions.
        Confidential = "confidential",
        /// Full logs and other generated text that may hold secrets.
        GeneratedSensitive = "generated_sensitive",
        /// Customers' and personal data.
        Regulated = "regulated",
        /// Tokens, keys, passwords.
        Secret = "secret",
    }
}

closed_table! {
    /// What must hold before a model sees data of a class; ordered, a later one is stricter.
    ModelContextRule: "model context rule" {
        /// Nothing.
        Allowed = "allowed",
        /// It is of the request's own tenant, and says so.
        AllowedWithTenantBoundary = "allowed_with_tenant_boundary",
        /// The request says why it is needed, or a person approves.
        OnlyIfNeeded = "only_if_needed",
        /// It is a redacted projection.
        RedactedProjectionOnly = "redacted_projection_only",
        /// The platform allows the very model for the class.
        Blocked = "blocked",
        /// It is never seen.
        Never = "never",
    }
}

closed_table! {
    /// What must hold before an artifact of a class is read or handed out; ordered, a later one
    /// is stricter.
    ArtifactRule: "artifact rule" {
        /// Nothing.
        Allowed = "allowed",
        /// An export needs an approval.
        Restricted = "restricted",
        /// An export is a redacted projection, and needs an approval.
        Protected = "protected",
        /// Whatever leaves the store is a redacted projection.
        RedactedOnly = "redacted_only",
    }
}

closed_table! {
    /// Where data comes from (section 18 names the first ten).
    DataSource: "data source" {
        /// What a build printed.
        BuildLog = "build_log",
        /// Configuration.
        Configuration = "configuration",
        /// Manifests, lock files, advisories.
        DependencyMetadata = "dependency_metadata",
        /// Documents for people inside.
        InternalDocument = "internal_document",
        /// Titles, bodies and comments of issues.
        IssueText = "issue_text",
        /// Who owns what.
        OwnershipMetadata = "ownership_metadata",
        /// Comments on pull requests.
        PullRequestComment = "pull_request_comment",
        /// Code of the repository.
        SourceCode = "source_code",
        /// Traces of crashes.
        StackTrace = "stack_trace",
        /// What tests printed.
        TestLog = "test_log",
        /// What a model said.
        ModelOutput = "model_output",
        /// What anybody may read.
        PublicDocument = "public_document",
        /// What the platform says of the task.
        TaskText = "task_text",
        /// What another tool printed.
        ToolOutput = "tool_output",
    }
}

closed_table! {
    /// What a redactor finds in a text; the names of its summary, and of its further packs.
    ContentKind: "content kind" {
        /// Numbers of bank accounts.
        BankAccounts = "bank_accounts",
        /// E-mail addresses.
        EmailAddresses = "email_addresses",
        /// Numbers of persons that a state gives.
        NationalIds = "national_ids",
        /// Numbers of payment cards.
        PaymentCards = "payment_cards",
        /// Telephone numbers.
        PhoneNumbers = "phone_numbers",
        /// Addresses of hosts inside.
        PrivateUrls = "private_urls",
        /// Tokens, keys, passwords.
        SecretLikeTokens = "secret_like_tokens",
    }
}

closed_table! {
    /// Whether what is shown has been through the redactor.
    ProjectionKind: "projection" {
        /// It is as it was.
        Raw = "raw",
        /// What the redactor finds has been taken out.
        Redacted = "redacted",
    }
}

impl DataClass {
    /// Returns what holds for a model's context (the table of section 18).
    pub const fn model_context(self) -> ModelContextRule {
        match self {
            Self::Public => ModelContextRule::Allowed,
            Self::Internal => ModelContextRule::AllowedWithTenantBoundary,
            Self::Confidential => ModelContextRule::OnlyIfNeeded,
            Self::GeneratedSensitive => ModelContextRule::RedactedProjectionOnly,
            Self::Regulated => ModelContextRule::Blocked,
            Self::Secret => ModelContextRule::Never,
        }
    }

    /// Returns what holds for artifacts (the table of section 18).
    pub const fn artifact(self) -> ArtifactRule {
        match self {
            Self::Public | Self::Internal => ArtifactRule::Allowed,
            Self::Confidential | Self::Regulated => ArtifactRule::Restricted,
            Self::GeneratedSensitive => ArtifactRule::Protected,
            Self::Secret => ArtifactRule::RedactedOnly,
        }
    }

    /// Returns the class that a reader of the projection sees: what makes generated text sensitive
    /// is what the redactor takes out. No other class changes by redaction.
    #[must_use]
    pub const fn seen_as(self, projection: Option<ProjectionKind>) -> Self {
        match (self, projection) {
            (Self::GeneratedSensitive, Some(ProjectionKind::Redacted)) => Self::Internal,
            (class, Some(ProjectionKind::Raw | ProjectionKind::Redacted) | None) => class,
        }
    }
}

impl DataSource {
    /// Returns the class of data from there, where no document says more.
    pub const fn class(self) -> DataClass {
        match self {
            Self::PublicDocument => DataClass::Public,
            Self::Configuration
            | Self::DependencyMetadata
            | Self::IssueText
            | Self::ModelOutput
            | Self::OwnershipMetadata
            | Self::PullRequestComment
            | Self::SourceCode
            | Self::TaskText => DataClass::Internal,
            Self::InternalDocument => DataClass::Confidential,
            Self::BuildLog | Self::StackTrace | Self::TestLog | Self::ToolOutput => {
                DataClass::GeneratedSensitive
            }
        }
    }
}

impl ContentKind {
    /// Returns the class of a text that holds it, where no document says more.
    pub const fn class(self) -> DataClass {
        match self {
            Self::PrivateUrls => DataClass::Internal,
            Self::BankAccounts
            | Self::EmailAddresses
            | Self::NationalIds
            | Self::PaymentCards
            | Self::PhoneNumbers => DataClass::Regulated,
            Self::SecretLikeTokens => DataClass::Secret,
        }
    }
}
