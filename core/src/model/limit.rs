//! The closed table of limits: each with its unit and what it is compared with; lower wins.

use crate::model::table::closed_table;

closed_table! {
    /// A cap that a document can set in `limits`; an unknown name is an error, since a typo
    /// must not open anything.
    Limit: "limit" {
        /// Pull requests of the run's team that are open at once.
        MaxActivePrs = "max_active_prs" | "max_active_prs_per_team",
        /// Bytes of output that a command may print before it is cut.
        MaxCommandOutputBytes = "max_command_output_bytes",
        /// Seconds that one command may take.
        MaxCommandSeconds = "max_command_seconds",
        /// Files that one change may touch.
        MaxChangedFiles = "max_changed_files",
        /// Lines added and removed by one change.
        MaxChangedLines = "max_changed_lines" | "max_pr_size",
        /// Cost of one run, in hundredths of the currency.
        MaxCostCentsPerRun = "max_cost_cents_per_run",
        /// Bytes of memory that one command may use.
        MaxMemoryBytes = "max_memory_bytes",
        /// Calls to a model in one run.
        MaxModelCallsPerRun = "max_model_calls_per_run",
        /// Processes that one command may have at once.
        MaxProcesses = "max_processes",
        /// Pull requests that one wave of a campaign may open.
        MaxPrsPerWave = "max_prs_per_wave",
        /// Repositories that one campaign may target.
        MaxTargetCount = "max_target_count",
        /// Tokens that one run may use.
        MaxTokensPerRun = "max_tokens_per_run",
        /// Tool calls in one run.
        MaxToolCallsPerRun = "max_tool_calls_per_run",
        /// Seconds after which the state is too old to decide by; 60 unless the platform says.
        StateMaxAgeSeconds = "state_max_age_seconds",
    }
}

/// What a limit is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitSource {
    /// A number that the request carries.
    Request,
    /// What the state says was used so far, plus what the request adds.
    Usage,
    /// Handed to the enforcement point as an obligation.
    Obligation,
    /// The age of the state itself.
    State,
}

impl Limit {
    /// Returns what the limit is compared with.
    pub const fn source(self) -> LimitSource {
        match self {
            Self::MaxChangedFiles | Self::MaxChangedLines | Self::MaxTargetCount => {
                LimitSource::Request
            }
            Self::MaxActivePrs
            | Self::MaxCostCentsPerRun
            | Self::MaxModelCallsPerRun
            | Self::MaxPrsPerWave
            | Self::MaxTokensPerRun
            | Self::MaxToolCallsPerRun => LimitSource::Usage,
            Self::MaxCommandOutputBytes
            | Self::MaxCommandSeconds
            | Self::MaxMemoryBytes
            | Self::MaxProcesses => LimitSource::Obligation,
            Self::StateMaxAgeSeconds => LimitSource::State,
        }
    }

    /// Returns the unit, for schemas and sentences.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::MaxActivePrs | Self::MaxPrsPerWave => "pull requests",
            Self::MaxCommandOutputBytes | Self::MaxMemoryBytes => "bytes",
            Self::MaxCommandSeconds | Self::StateMaxAgeSeconds => "seconds",
            Self::MaxChangedFiles => "files",
            Self::MaxChangedLines => "lines",
            Self::MaxCostCentsPerRun => "cents",
            Self::MaxModelCallsPerRun | Self::MaxToolCallsPerRun => "calls",
            Self::MaxProcesses => "processes",
            Self::MaxTargetCount => "repositories",
            Self::MaxTokensPerRun => "tokens",
        }
    }

    /// Returns the key under `usage` in the state, for limits that are compared with it.
    pub const fn usage_key(self) -> Option<&'static str> {
        match self {
            Self::MaxActivePrs => Some("active_prs"),
            Self::MaxCostCentsPerRun => Some("cost_cents"),
            Self::MaxModelCallsPerRun => Some("model_calls"),
            Self::MaxPrsPerWave => Some("prs_in_wave"),
            Self::MaxTokensPerRun => Some("tokens"),
            Self::MaxToolCallsPerRun => Some("tool_calls"),
            Self::MaxCommandOutputBytes
            | Self::MaxCommandSeconds
            | Self::MaxChangedFiles
            | Self::MaxChangedLines
            | Self::MaxMemoryBytes
            | Self::MaxProcesses
            | Self::MaxTargetCount
            | Self::StateMaxAgeSeconds => None,
        }
    }
}
