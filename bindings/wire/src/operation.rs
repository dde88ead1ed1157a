//! The one table of operations.

use crate::Policies;
use crate::WireError;
use crate::audit;
use crate::backtest;
use crate::check;
use crate::choose;
use crate::decide;
use crate::facts;
use crate::input::take_policies;
use crate::lint;
use crate::log;
use crate::package;
use crate::proof;
use crate::provenance;
use crate::redact;
use crate::redecide;
use crate::reference;
use crate::retention;

/// One operation of the table.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// What it does, in one line.
    pub about: &'static str,
    /// Its name, the same in every host (camel case in JavaScript).
    pub name: &'static str,
    /// It reads policies: from `policies` in its input, or from a handle.
    pub needs_policies: bool,
    run: Run,
}

#[derive(Clone, Copy, Debug)]
enum Run {
    /// Takes its input alone.
    Plain(fn(&str) -> Result<String, WireError>),
    /// Takes compiled policies and the rest of its input.
    Judges(fn(&Policies, &str) -> Result<String, WireError>),
    /// Takes compiled policies; policies that cannot be read are an answer too: a denial.
    Decides(fn(Result<&Policies, &WireError>, &str) -> Result<String, WireError>),
    /// Takes its input alone, and compiled policies where there is a handle.
    May(fn(Option<&Policies>, &str) -> Result<String, WireError>),
    /// Takes the policy files themselves.
    Checks(fn(&str) -> Result<String, WireError>, fn(&Policies, &str) -> Result<String, WireError>),
}

const OPERATIONS: &[Operation] = &[
    Operation {
        name: "audit_append",
        about: "append an event to the chain of a run",
        needs_policies: false,
        run: Run::Plain(audit::append),
    },
    Operation {
        name: "audit_check_proof",
        about: "check the proof that an event is in a log, or that a log continues an older one",
        needs_policies: false,
        run: Run::Plain(proof::check_proof),
    },
    Operation {
        name: "audit_checkpoint",
        about: "sign how many events a log has and the root over them, if it has only grown",
        needs_policies: false,
        run: Run::Plain(log::checkpoint),
    },
    Operation {
        name: "audit_prove",
        about: "prove that an event is in a log, or that a log continues an older one",
        needs_policies: false,
        run: Run::Plain(log::prove),
    },
    Operation {
        name: "audit_export",
        about: "export an audit log to the format of another tool",
        needs_policies: false,
        run: Run::Plain(audit::export),
    },
    Operation {
        name: "audit_report",
        about: "report what an audit log shows of secure development and supply chain",
        needs_policies: false,
        run: Run::Plain(audit::report),
    },
    Operation {
        name: "audit_verify",
        about: "verify the chains of an audit log",
        needs_policies: false,
        run: Run::Plain(audit::verify),
    },
    Operation {
        name: "backtest",
        about: "tell which recorded decisions other policies would change",
        needs_policies: true,
        run: Run::Judges(backtest::backtest),
    },
    Operation {
        name: "check",
        about: "check policy files and report what is wrong, with places",
        needs_policies: true,
        run: Run::Checks(check::check, check::checked),
    },
    Operation {
        name: "choose_model",
        about: "choose the model to call, and tell why each other one is refused",
        needs_policies: true,
        run: Run::Judges(choose::choose_model),
    },
    Operation {
        name: "decide",
        about: "decide one request and return its record",
        needs_policies: true,
        run: Run::Decides(decide::decide),
    },
    Operation {
        name: "decide_batch",
        about: "decide many requests and return their records",
        needs_policies: true,
        run: Run::Decides(decide::decide_batch),
    },
    Operation {
        name: "effective",
        about: "show which documents apply to a scope and what they permit together",
        needs_policies: true,
        run: Run::Judges(check::effective),
    },
    Operation {
        name: "explain",
        about: "decide one request and explain it for people",
        needs_policies: true,
        run: Run::Decides(decide::explain),
    },
    Operation {
        name: "facts",
        about: "tell what a request would really do, without deciding it",
        needs_policies: false,
        run: Run::Plain(facts::facts),
    },
    Operation {
        name: "investigate",
        about: "answer the thirteen questions on a run from its replay package",
        needs_policies: false,
        run: Run::Plain(package::investigate),
    },
    Operation {
        name: "lint",
        about: "find what instructions, prompts and the output of tools should not say",
        needs_policies: false,
        run: Run::Plain(lint::lint),
    },
    Operation {
        name: "note_verify",
        about: "verify the signatures of a signed note, such as a checkpoint",
        needs_policies: false,
        run: Run::Plain(proof::note_verify),
    },
    Operation {
        name: "provenance_show",
        about: "show what a provenance, or the statements about a change, say; nothing is verified",
        needs_policies: false,
        run: Run::Plain(provenance::show),
    },
    Operation {
        name: "provenance_sign",
        about: "sign the statements about a change, from its provenance",
        needs_policies: false,
        run: Run::Plain(provenance::sign),
    },
    Operation {
        name: "provenance_verify",
        about: "verify the signed statements about a change",
        needs_policies: false,
        run: Run::Plain(provenance::verify),
    },
    Operation {
        name: "redact",
        about: "project text for a sink: secrets and private data removed",
        needs_policies: false,
        run: Run::May(redact::redact),
    },
    Operation {
        name: "redecide",
        about: "decide recorded decisions again and compare every byte",
        needs_policies: true,
        run: Run::Judges(redecide::redecide),
    },
    Operation {
        name: "retention_plan",
        about: "say what is due to be deleted, what keeps it, and what must not be there",
        needs_policies: true,
        run: Run::Judges(retention::plan),
    },
    Operation {
        name: "schema",
        about: "return the JSON Schemas and tables of names",
        needs_policies: false,
        run: Run::Plain(reference::schema),
    },
    Operation {
        name: "test",
        about: "run fixture suites against policies",
        needs_policies: true,
        run: Run::Judges(check::test),
    },
    Operation {
        name: "verify_projection",
        about: "tell whether the redactor made a text for a sink, by its seal",
        needs_policies: false,
        run: Run::Plain(redact::verify_projection),
    },
    Operation {
        name: "version",
        about: "return the version of this library",
        needs_policies: false,
        run: Run::Plain(reference::version),
    },
];

/// Returns every operation, by name.
pub fn operations() -> &'static [Operation] {
    OPERATIONS
}

/// Returns the answer of an operation: JSON text in, canonical JSON text out.
///
/// # Errors
/// Where the operation is unknown or its input cannot be read.
///
/// # Example
/// ```
/// let answer = bailiwick_wire::call("version", "{}")?;
/// assert!(answer.contains("\"version\""));
/// # Ok::<(), bailiwick_wire::WireError>(())
/// ```
pub fn call(operation: &str, input: &str) -> Result<String, WireError> {
    match find(operation)?.run {
        Run::Plain(run) => run(input),
        Run::May(run) => run(None, input),
        Run::Checks(run, _) => run(input),
        Run::Judges(run) => {
            let (policies, rest) = take_policies(input)?;
            run(&Policies::compile(&policies)?, &rest)
        }
        Run::Decides(run) => {
            let (policies, rest) = take_policies(input)?;
            match Policies::compile(&policies) {
                Ok(policies) => run(Ok(&policies), &rest),
                Err(error) => run(Err(&error), &rest),
            }
        }
    }
}

/// Returns the answer of an operation where policies could not even be gathered, because of
/// `error`: decisions deny, and their records say `policy_unreadable`.
///
/// # Errors
/// Where the operation is unknown or its input cannot be read; `error` itself where the operation
/// has no answer without policies.
pub fn call_refused(error: &WireError, operation: &str, input: &str) -> Result<String, WireError> {
    match find(operation)?.run {
        Run::Plain(run) => run(input),
        Run::May(_) | Run::Checks(..) | Run::Judges(_) => Err(error.clone()),
        Run::Decides(run) => run(Err(error), input),
    }
}

pub(crate) fn call_with(
    policies: &Policies,
    operation: &str,
    input: &str,
) -> Result<String, WireError> {
    match find(operation)?.run {
        Run::Plain(run) => run(input),
        Run::May(run) => run(Some(policies), input),
        Run::Checks(_, run) => run(policies, input),
        Run::Judges(run) => run(policies, input),
        Run::Decides(run) => run(Ok(policies), input),
    }
}

fn find(name: &str) -> Result<&'static Operation, WireError> {
    OPERATIONS.iter().find(|operation| operation.name == name).ok_or_else(|| {
        let shown: String = name.chars().take(80).collect();
        let known: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        WireError::new("operation_unknown", format!("operation `{shown}` is unknown"))
            .with_help(format!("the operations are {}", known.join(", ")))
    })
}
