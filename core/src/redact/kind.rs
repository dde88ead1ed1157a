//! What a redacted span was.

use crate::model::closed_table;

closed_table! {
    /// What a redacted span was, as its marker names it.
    RedactedKind: "redacted kind" {
        /// A key of Anthropic.
        AnthropicKey = "anthropic_key",
        /// Credentials in an authorization header.
        Authorization = "authorization",
        /// An access key id of AWS.
        AwsKeyId = "aws_key_id",
        /// A secret key of AWS.
        AwsSecret = "aws_secret",
        /// A token for builds, deployments or infrastructure.
        CiToken = "ci_token",
        /// Cookies.
        Cookie = "cookie",
        /// A token of a package or image registry.
        RegistryToken = "registry_token",
        /// An e-mail address.
        Email = "email",
        /// A token of GitHub.
        GithubToken = "github_token",
        /// A token of GitLab.
        GitlabToken = "gitlab_token",
        /// A key of Google.
        GoogleKey = "google_key",
        /// A JSON web token.
        Jwt = "jwt",
        /// A value that the host named as secret.
        KnownValue = "known_value",
        /// A long run of encoded data.
        LargeBlock = "large_block",
        /// A key of another model provider.
        ModelKey = "model_key",
        /// A key of OpenAI.
        OpenaiKey = "openai_key",
        /// A password that a key names.
        Password = "password",
        /// A private key.
        PrivateKey = "private_key",
        /// An address inside a private network.
        PrivateUrl = "private_url",
        /// Lines that say the same again and again.
        RepeatedLines = "repeated_lines",
        /// A token of another service.
        SaasToken = "saas_token",
        /// A secret that a key names.
        Secret = "secret",
        /// A token of Slack.
        SlackToken = "slack_token",
        /// A key of Stripe.
        StripeKey = "stripe_key",
        /// A token that a key names.
        Token = "token",
        /// The password in a URL.
        UrlPassword = "url_password",
    }
}

/// Which figure of the summary a kind counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    Secret,
    Email,
    PrivateUrl,
    LargeBlock,
}

impl RedactedKind {
    pub(crate) const fn counter(self) -> Counter {
        match self {
            Self::Email => Counter::Email,
            Self::PrivateUrl => Counter::PrivateUrl,
            Self::LargeBlock | Self::RepeatedLines => Counter::LargeBlock,
            Self::AnthropicKey
            | Self::Authorization
            | Self::AwsKeyId
            | Self::AwsSecret
            | Self::CiToken
            | Self::Cookie
            | Self::GithubToken
            | Self::GitlabToken
            | Self::GoogleKey
            | Self::Jwt
            | Self::KnownValue
            | Self::ModelKey
            | Self::OpenaiKey
            | Self::Password
            | Self::PrivateKey
            | Self::RegistryToken
            | Self::SaasToken
            | Self::Secret
            | Self::SlackToken
            | Self::StripeKey
            | Self::Token
            | Self::UrlPassword => Counter::Secret,
        }
    }

    /// Few values are likely, so that even a keyed hash of six digits would tell them apart.
    pub(crate) const fn is_guessable(self) -> bool {
        match self {
            Self::Password | Self::UrlPassword | Self::Secret => true,
            Self::AnthropicKey
            | Self::Authorization
            | Self::AwsKeyId
            | Self::AwsSecret
            | Self::CiToken
            | Self::Cookie
            | Self::Email
            | Self::GithubToken
            | Self::GitlabToken
            | Self::GoogleKey
            | Self::Jwt
            | Self::KnownValue
            | Self::LargeBlock
            | Self::ModelKey
            | Self::OpenaiKey
            | Self::PrivateKey
            | Self::PrivateUrl
            | Self::RegistryToken
            | Self::RepeatedLines
            | Self::SaasToken
            | Self::SlackToken
            | Self::StripeKey
            | Self::Token => !matches!(self.counter(), Counter::Secret),
        }
    }
}
