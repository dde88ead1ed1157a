//! What `decide` and `explain` share: the policies, the state, and one call a request.

use std::path::Path;

use bailiwick_wire::Policies;
use bailiwick_wire::WireError;
use bailiwick_wire::call_refused;
use bailiwick_wire::read_requests;
use bailiwick_wire::read_state;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::args::DecideArgs;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::files::Files;
use crate::files::MAX_FILE_BYTES;
use crate::files::error_at;
use crate::files::is_folder;
use crate::files::policy_files;
use crate::files::read_text;
use crate::files::root;
use crate::output::Output;
use crate::requests::Asked;

/// Policies, or why there are none, and the state to decide by.
pub(crate) struct Judge<'a> {
    now: Option<&'a str>,
    output: &'a Output,
    policies: Result<Policies, WireError>,
    state: Option<Box<RawValue>>,
}

/// What the exit code is told by.
#[derive(Debug, Deserialize)]
pub(crate) struct Told {
    decision: String,
    reasons: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
struct Reason {
    code: String,
    message: String,
}

/// Compiles policy files.
pub(crate) fn load(files: &Files) -> Result<Policies, WireError> {
    Policies::load(&serde_json::json!({"policies": files}).to_string())
}

impl<'a> Judge<'a> {
    /// Reads policies and state. Policies that cannot be read are reported, and deny.
    pub(crate) fn new(args: &'a DecideArgs, output: &'a Output) -> Result<Self, Failure> {
        is_folder(&args.policies)?;
        let state = match &args.state {
            Some(path) => {
                let text = read_text(path, MAX_FILE_BYTES)?;
                let (now, clock) = (args.now.as_deref(), clock());
                let state = read_state(&path.to_string_lossy(), &text, now, &clock)?;
                Some(RawValue::from_string(state).map_err(internal)?)
            }
            None => {
                output.note("no state is given, so this answers a what-if question");
                None
            }
        };
        let policies = match policy_files(&args.policies) {
            Ok(files) => load(&files).inspect_err(|error| {
                output.findings(error, &root(&args.policies));
            }),
            Err(error) => {
                output.error(&error);
                Err(error)
            }
        };
        Ok(Self { now: args.now.as_deref(), output, policies, state })
    }

    /// Returns true where the policies cannot be read.
    pub(crate) const fn has_no_policies(&self) -> bool {
        self.policies.is_err()
    }

    /// Returns what `operation` (`decide` or `explain`) answers.
    pub(crate) fn call(&self, operation: &str, asked: &Asked) -> Result<String, Failure> {
        let mut input = serde_json::Map::new();
        match asked {
            Asked::Request(_) => {}
            Asked::Unreadable(error) => {
                self.output.error(error);
                input.insert("request_unreadable".to_owned(), place(error).into());
            }
        }
        if self.state.is_none() {
            let now = self.now.map_or_else(clock, str::to_owned);
            input.insert("now".to_owned(), now.into());
            input.insert("what_if".to_owned(), true.into());
        }
        let input = self.with_raw(input, asked)?;
        Ok(match &self.policies {
            Ok(policies) => policies.call(operation, &input)?,
            Err(error) => call_refused(error, operation, &input)?,
        })
    }

    /// Returns the input with request and state as they stand: no value walks through here.
    fn with_raw(
        &self,
        input: serde_json::Map<String, Value>,
        asked: &Asked,
    ) -> Result<String, Failure> {
        let mut raw = std::collections::BTreeMap::new();
        for (key, value) in input {
            let text = RawValue::from_string(value.to_string()).map_err(internal)?;
            raw.insert(key, text);
        }
        if let Asked::Request(request) = asked {
            let text = RawValue::from_string(request.clone()).map_err(internal)?;
            raw.insert("request".to_owned(), text);
        }
        if let Some(state) = &self.state {
            raw.insert("state".to_owned(), state.clone());
        }
        serde_json::to_string(&raw).map_err(internal)
    }
}

/// Returns the exit code of a record, and says on standard error why a request could not be read:
/// it stands in `file`, from `line` on.
pub(crate) fn exit_of(
    record: &Told,
    asked: &Asked,
    (file, line): (&Path, u32),
    output: &Output,
) -> Exit {
    let unreadable = record.reasons.iter().find(|reason| reason.code == "request_unreadable");
    if let (Some(reason), Asked::Request(request)) = (unreadable, asked) {
        let plain = error_at(file, "request_unreadable", &reason.message);
        let name = plain.path.clone().unwrap_or_default();
        // The reader of YAML knows the very key, and what may have been meant.
        let mut error = read_requests(&name, request).err().unwrap_or(plain);
        let before = line.saturating_sub(1);
        error.line = Some(error.line.unwrap_or(1).saturating_add(before));
        for diagnostic in &mut error.diagnostics {
            diagnostic.location.line = diagnostic.location.line.saturating_add(before);
        }
        output.error(&error);
    }
    Exit::of_decision(&record.decision)
}

/// Returns the instant, from the system's clock.
pub(crate) fn clock() -> String {
    let now = jiff::Timestamp::now();
    let millis = jiff::Timestamp::from_millisecond(now.as_millisecond());
    millis.unwrap_or(now).to_string()
}

fn place(error: &WireError) -> String {
    match (error.line, error.column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: {}", error.message),
        (_, _) => error.message.clone(),
    }
}

fn internal(error: serde_json::Error) -> Failure {
    WireError::new("internal", error.to_string()).into()
}
