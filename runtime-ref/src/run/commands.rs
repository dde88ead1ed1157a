//! `shell.exec` and `verifier.run`: commands in the sandbox.

use bailiwick::ArtifactClass;
use bailiwick::EventType;
use bailiwick::ModelContext;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Request;
use bailiwick::SharedArtifact;
use bailiwick::SinkType;
use bailiwick::Value;
use bailiwick::VerifierResult;

use crate::pep::Act;
use crate::pep::EnforceError;
use crate::pep::Failure;
use crate::port::command::CommandError;
use crate::port::command::CommandOutcome;
use crate::run::tools::Arguments;
use crate::run::tools::CallOutcome;
use crate::run::tools::Tools;
use crate::run::tools::Verified;

impl Tools {
    pub(super) fn shell_exec(
        &self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let line = match (arguments.texts("argv"), arguments.text("shell")) {
            (Some(argv), None) if !argv.is_empty() => {
                request.argv = argv;
                request.argv.join(" ")
            }
            (None, Some(line)) => {
                request.shell = Some(line.to_owned());
                line.to_owned()
            }
            _ => return Ok(self.unusable("either `argv` or `shell` must be given")),
        };
        request.cwd = arguments.text("cwd").map(str::to_owned);
        request.links = match self.files.all_links() {
            Ok(links) => links,
            Err(error) => {
                return Ok(self.unusable(&format!("the workspace cannot be read: {error}")));
            }
        };
        self.enforce(request, &format!("run {line}"), |permit, duties| {
            let outcome = self.commands.run(permit, &duties.limits).map_err(failure)?;
            let shown = self.shown(&outcome);
            Ok(told(EventType::CommandExecuted, &outcome, shown))
        })
    }

    pub(super) fn verifier_run(
        &mut self,
        mut request: Request,
        arguments: Arguments<'_>,
    ) -> Result<CallOutcome, EnforceError> {
        let Some(name) = arguments.text("name") else {
            return Ok(self.unusable("`name` is missing"));
        };
        let Some(argv) = self.verifiers.get(name).cloned() else {
            return Ok(self.unusable(&format!("there is no verifier `{name}`")));
        };
        let before = match self.changes() {
            Ok(changes) => changes.tree,
            Err(outcome) => return Ok(outcome),
        };
        request.argv = argv;
        let verifier = Value::Text(name.to_owned());
        request.attributes.insert("verifier".to_owned(), verifier);
        let tree = Value::Text(before.clone());
        request.attributes.insert("tree".to_owned(), tree);
        let run = self.progress.verifier_runs + 1;
        let mut verified = None;
        let intent = format!("verify by {name}");
        let outcome = self.enforce(request, &intent, |permit, duties| {
            let outcome = self.commands.run(permit, &duties.limits).map_err(failure)?;
            let after = self.repository.changes();
            let untouched = after.is_ok_and(|after| after.tree == before);
            let result = match (outcome.status, untouched) {
                (0, true) => VerifierResult::Passed,
                // It changed what it was to judge, so it judged nothing.
                (0, false) => VerifierResult::Flaky,
                (_, _) => VerifierResult::Failed,
            };
            let report = self.shown::<SharedArtifact>(&outcome);
            let file = format!("verification-{run}-{name}.txt");
            let kept = self
                .artifacts
                .put(&self.context.run, &file, ArtifactClass::VerificationReport, &report)
                .map_err(|error| Failure::new(error.code(), error))?;
            let shown = self.shown(&outcome);
            verified = Some(Verified {
                report: kept.uri.clone(),
                report_digest: kept.digest.clone(),
                result,
                tree: before.clone(),
            });
            Ok(told(EventType::VerifierExecuted, &outcome, shown)
                .text("verifier", name)
                .text("result", result.name())
                .text("tree", before.clone())
                .text("report", kept.uri)
                .text("report_hash", kept.digest.as_str()))
        })?;
        self.progress.verifier_runs = run;
        if let Some(verified) = verified {
            self.progress.verified.insert(name.to_owned(), verified);
        }
        Ok(outcome)
    }

    fn shown<S: SinkType>(&self, outcome: &CommandOutcome) -> Projection<S> {
        let mut text = format!("[{}]\n", outcome.ending).into_bytes();
        for stream in [&outcome.stdout, &outcome.stderr] {
            let kept = if outcome.truncated { whole_lines(stream) } else { stream };
            text.extend_from_slice(kept);
            // The end of one is never taken together with the beginning of the other.
            if kept.last().is_some_and(|byte| *byte != b'\n') {
                text.push(b'\n');
            }
        }
        if outcome.truncated {
            text.extend_from_slice(b"[the rest of the output was not kept]\n");
        }
        self.pep.redactor.project(&Raw::from_bytes(&text))
    }
}

/// Returns the lines of `output` that came to their end: half of a secret is not known for one.
fn whole_lines(output: &[u8]) -> &[u8] {
    let end = output.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    output.get(..end).unwrap_or_default()
}

fn told(
    event_type: EventType,
    outcome: &CommandOutcome,
    shown: Projection<ModelContext>,
) -> Act<Projection<ModelContext>> {
    Act::new(event_type, shown.clone())
        .text("ending", outcome.ending.clone())
        .number("status", i64::from(outcome.status))
        .number("wall_ms", i64::try_from(outcome.wall.as_millis()).unwrap_or(i64::MAX))
        .shown(&shown)
}

fn failure(error: CommandError) -> Failure {
    Failure::new(error.code(), error)
}
