//! The `bailiwick` command: what policy authors and scripts do with policies, on a command line.

mod args;
mod command;
mod exit;
mod files;
mod finding;
mod judge;
mod output;
mod records;
mod report;
mod requests;
mod target;
mod view;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Args;
use crate::exit::Exit;
use crate::exit::Failure;
use crate::output::Output;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return args::refused(&error).into(),
    };
    let output = Output::new(args.format);
    let exit = match command::run(args.command, &output) {
        Ok(exit) => exit,
        Err(Failure::Closed) => Exit::Closed,
        Err(Failure::Error(error)) => {
            output.error(&error);
            Exit::Usage
        }
    };
    exit.into()
}
