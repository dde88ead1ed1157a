//! `bailiwick test`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use bailiwick_wire::Policies;
use bailiwick_wire::WireError;
use bailiwick_wire::suite_policies;
use serde_json::json;

use crate::args::TestArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::MAX_FILE_BYTES;
use crate::files::error_at;
use crate::files::is_folder;
use crate::files::policies_of;
use crate::files::policy_files;
use crate::files::read_text;
use crate::files::root;
use crate::files::suites;
use crate::judge::load;
use crate::output::Format;
use crate::output::Output;
use crate::report::Ran;
use crate::report::Report;

/// Runs every suite under the paths against its policies.
pub(crate) fn run(args: &TestArgs, output: &Output) -> Result<Exit, Failure> {
    let mut runner = Runner { args, policies: BTreeMap::new() };
    if let Some(policies) = &args.policies {
        is_folder(policies)?;
    }
    let mut report = Report::default();
    let mut seen = BTreeSet::new();
    'paths: for path in &args.paths {
        for suite in suites(path)? {
            if !seen.insert(suite.canonicalize().unwrap_or_else(|_| suite.clone())) {
                continue;
            }
            output.progress(&format!("{} cases", report.cases()));
            let ran = runner.suite(&suite, path);
            output.progress("");
            if output.format == Format::Text {
                ran.print(args.verbose, output)?;
            }
            let failed = ran.failed();
            report.add(ran);
            if failed && args.fail_fast {
                break 'paths;
            }
        }
    }
    match output.format {
        Format::Text => report.print(output)?,
        Format::Json => output.line(&report.to_json())?,
        Format::Junit => output.raw(&report.to_junit())?,
    }
    let nothing = match report.cases() {
        _ if report.suites() == 0 => Some(
            "no suite was found: suites are *.cases.yaml, and files below a folder `cases`"
                .to_owned(),
        ),
        0 if !report.failed() => Some(format!("no case contains `{}`", args.filter)),
        _ => None,
    };
    if let Some(message) = &nothing {
        output.error(&WireError::new("nothing_to_test", message));
    }
    Ok(Exit::of_findings(report.failed() || nothing.is_some()))
}

struct Runner<'a> {
    args: &'a TestArgs,
    /// By folder: many suites share one.
    policies: BTreeMap<PathBuf, Result<Policies, WireError>>,
}

impl Runner<'_> {
    fn suite(&mut self, suite: &Path, path: &Path) -> Ran {
        let mut ran = Ran::new(suite);
        if let Err(error) = self.answer(suite, path, &mut ran) {
            ran.fails(error);
        }
        ran
    }

    fn answer(&mut self, suite: &Path, path: &Path, ran: &mut Ran) -> Result<(), WireError> {
        let text = read_text(suite, MAX_FILE_BYTES)?;
        let name = suite.to_string_lossy().into_owned();
        let named = suite_policies(&name, &text)?;
        let folder = match (&self.args.policies, named) {
            (Some(policies), _) => policies.clone(),
            (None, Some(named)) => suite.with_file_name("").join(named),
            (None, None) => policies_of(suite, path)?.ok_or_else(|| {
                error_at(suite, "policies_missing", "no policies lie around this suite").with_help(
                    "give `--policies DIR`, or write `policies: DIR` beside `cases:` in the suite",
                )
            })?,
        };
        let below = root(&folder);
        let loaded = self.policies.entry(folder);
        let folder = loaded.key().clone();
        let policies =
            loaded.or_insert_with(|| load(&policy_files(&folder)?)).as_ref().map_err(|error| {
                // What could not even be read is named as it was found.
                if !error.diagnostics.is_empty() {
                    ran.root = below;
                }
                error.clone()
            })?;
        ran.policies = Some(folder);
        let input = json!({"cases": {name: text}, "filter": self.args.filter});
        ran.read(&policies.call("test", &input.to_string())?)
    }
}
