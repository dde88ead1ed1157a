//! One file a command.

mod audit;
pub(crate) mod audit_export;
pub(crate) mod backtest;
mod call;
mod change;
mod check;
pub(crate) mod choose_model;
mod decide;
mod effective;
mod explain;
mod facts;
mod init;
mod lint;
pub(crate) mod log;
pub(crate) mod package;
mod patch;
pub(crate) mod provenance;
pub(crate) mod redact;
pub(crate) mod redecide;
mod retention;
mod schema;
mod test;
mod version;

use bailiwick_wire::WireError;

use crate::args::AuditCommand;
use crate::args::Command;
use crate::args::RetentionCommand;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::output::Output;

/// Runs a command and returns how it ended.
pub(crate) fn run(command: Command, output: &Output) -> Result<Exit, Failure> {
    let exit = match command {
        Command::Audit(AuditCommand::CheckProof(args)) => log::check_proof(&args, output),
        Command::Audit(AuditCommand::Checkpoint(args)) => log::checkpoint(&args, output),
        Command::Audit(AuditCommand::Keygen(args)) => log::keygen(&args, output),
        Command::Audit(AuditCommand::Prove(args)) => log::prove(&args, output),
        Command::Audit(AuditCommand::Tiles(args)) => log::tiles(&args, output),
        Command::Audit(AuditCommand::Export(args)) => audit_export::export(&args, output),
        Command::Audit(AuditCommand::Report(args)) => audit_export::report(&args, output),
        Command::Audit(AuditCommand::Verify(args)) => audit::verify(&args, output),
        Command::Backtest(args) => backtest::run(&args, output),
        Command::Call(args) => call::run(&args, output),
        Command::Check(args) => check::run(&args, output),
        Command::ChooseModel(args) => choose_model::run(&args, output),
        Command::Decide(args) => decide::run(&args, output),
        Command::Effective(args) => effective::run(&args, output),
        Command::Explain(args) => explain::run(&args, output),
        Command::Init(args) => init::run(&args, output),
        Command::Facts(args) => facts::run(&args, output),
        Command::Investigate(args) => package::investigate(&args, output),
        Command::Lint(args) => lint::run(&args, output),
        Command::Provenance(command) => provenance::run(&command, output),
        Command::Redact(args) => redact::run(&args, output),
        Command::Redecide(args) => redecide::run(&args, output),
        Command::Replay(args) => package::replay(&args, output),
        Command::Retention(RetentionCommand::Plan(args)) => retention::plan(&args, output),
        Command::Schema => schema::run(output),
        Command::Test(args) => test::run(&args, output),
        Command::VerifyProjection(args) => redact::verify(&args, output),
        Command::Version => version::run(output),
    }?;
    output.flush()?;
    Ok(exit)
}

/// Reads what wire answered.
fn read<T: serde::de::DeserializeOwned>(answer: &str) -> Result<T, Failure> {
    serde_json::from_str(answer)
        .map_err(|error| WireError::new("internal", error.to_string()).into())
}
