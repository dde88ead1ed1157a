//! The command lines.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct RedactArgs {
    /// Where the text goes
    #[arg(long, default_value = "model_context")]
    pub(crate) sink: String,
    /// Secrets that are known, one a line, each of at least 8 bytes
    #[arg(long, value_name = "FILE")]
    pub(crate) known_file: Option<PathBuf>,
    /// A key of at least 16 bytes: markers get ids, so that equal secrets can be told from others
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// A key of at least 16 bytes: the summary of a single text carries its seal
    #[arg(long, value_name = "FILE")]
    pub(crate) seal_key_file: Option<PathBuf>,
    /// A built-in pack that is not always used, such as personal_ids; once or more
    #[arg(long = "pack", value_name = "NAME")]
    pub(crate) packs: Vec<String>,
    /// A rule pack of your own, YAML; once or more
    #[arg(long = "rules", value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,
    /// Rules in the TOML format of gitleaks; once or more
    #[arg(long, value_name = "FILE")]
    pub(crate) gitleaks: Vec<PathBuf>,
    /// Policies, a folder or a file: their `redaction` documents apply
    #[arg(long, value_name = "DIR")]
    pub(crate) policies: Option<PathBuf>,
    /// The tenant that the text belongs to; chooses among the policies, as the next five do: what is
    /// left out could be any, so that policies for each apply
    #[arg(long, requires = "policies")]
    pub(crate) tenant: Option<String>,
    /// The organization
    #[arg(long, requires = "policies")]
    pub(crate) organization: Option<String>,
    /// The team
    #[arg(long, requires = "policies")]
    pub(crate) team: Option<String>,
    /// The repository
    #[arg(long, requires = "policies")]
    pub(crate) repo: Option<String>,
    /// The campaign
    #[arg(long, requires = "policies")]
    pub(crate) campaign: Option<String>,
    /// The task
    #[arg(long, requires = "policies")]
    pub(crate) task: Option<String>,
    /// The file that standard input is of: policies may allow values by path
    #[arg(long, value_name = "PATH")]
    pub(crate) path: Option<String>,
    /// Cut each result to this many bytes
    #[arg(long, value_name = "N")]
    pub(crate) max_bytes: Option<u64>,
    /// Write what was removed, in figures, as JSON; `-` prints it behind the text
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,
    /// Print where something was found and by which rule, never what; without --out no text
    #[arg(long)]
    pub(crate) explain: bool,
    /// Print no text; end with 1 where anything would be removed
    #[arg(long, conflicts_with = "out")]
    pub(crate) check: bool,
    /// Write the results below this folder, under the names of the files; needed for folders
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// List what is looked for, and what packs could look for besides
    #[arg(long)]
    pub(crate) list_rules: bool,
    /// Files, folders, and `-` for standard input; in folders links are not followed
    #[arg(default_value = "-")]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyProjectionArgs {
    /// Where the text was to go
    #[arg(long, default_value = "model_context")]
    pub(crate) sink: String,
    /// The seal, as the summary of `redact --seal-key-file` gives it
    #[arg(long)]
    pub(crate) seal: String,
    /// The key of the seal
    #[arg(long, value_name = "FILE")]
    pub(crate) seal_key_file: PathBuf,
    /// The text; `-` is standard input
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
}

const AFTER_HELP: &str = "\
The text is read in pieces and written as soon as it is final; what is no UTF-8 passes through.
Below folders, names that start with a dot are read too, except for folders named .git; links and
special files are passed over, with a note. Results appear under their names once they are whole.
With --format json each text, and with --explain each finding, is a line of JSON.

Exit codes: 0 done; 1 with --check, something would be removed; 2 something cannot be read or
written, or the command line is wrong; 4 a policy refuses a text to the sink, and says so in it.";
