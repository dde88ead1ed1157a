//! The inner program: what this executable is when the sandbox starts it.
//!
//! Everything here runs single-threaded, before anything else of the host program, and talks to
//! the runtime over the socket that it finds as standard input.

mod enter;
mod init;
mod tree;

use std::env;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::exit;

use rustix::process::Signal;
use rustix::process::set_parent_process_death_signal;

use crate::sandbox::message;
use crate::sandbox::message::Report;

/// Becomes the inner sandbox program, and never returns, if this process was started as one.
///
/// Call it first in `main`, before any thread is started. It does nothing in a process that was
/// started in any other way.
pub fn run_inner_if_asked() {
    let mut arguments = env::args_os().skip(1);
    if arguments.next().is_none_or(|first| first != MARKER) {
        return;
    }
    let outcome = match arguments.next() {
        Some(stage) if stage == STAGE_ENTER => enter::run(),
        Some(stage) if stage == STAGE_INIT => init::run(),
        Some(_) | None => Err(io::ErrorKind::InvalidInput.into()),
    };
    // Whatever can be reported was; what is left is that nobody listens any more.
    exit(if outcome.is_ok() { 0 } else { FAILED });
}

/// First argument of an inner program.
pub(crate) const MARKER: &str = "--bailiwick-sandbox-inner";
/// Second argument: outside still, on the way in.
pub(crate) const STAGE_ENTER: &str = "enter";
/// Second argument: process 1 of the sandbox.
pub(crate) const STAGE_INIT: &str = "init";

const FAILED: i32 = 125;

/// Takes the socket over from standard input, and lets nothing else reach a further program.
fn connect() -> io::Result<UnixStream> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // Whoever started the runtime may have left descriptors open: none of them is for in here.
    close_fds::set_fds_cloexec(3, &[]);
    let socket = io::stdin().as_fd().try_clone_to_owned()?;
    Ok(UnixStream::from(socket))
}

/// A step of the set-up that failed.
struct Fault {
    step: String,
    cause: io::Error,
}

impl Fault {
    fn at<E: Into<io::Error>>(step: impl Into<String>) -> impl FnOnce(E) -> Self {
        let step = step.into();
        move |cause| Self { step, cause: cause.into() }
    }

    fn forbidden(&self) -> bool {
        self.cause.raw_os_error() == Some(rustix::io::Errno::PERM.raw_os_error())
    }

    fn failed(self) -> Report {
        Report::Failed { step: self.step, why: self.cause.to_string() }
    }

    fn refused(self) -> Report {
        Report::Refused { step: self.step, why: self.cause.to_string() }
    }
}

/// Reports and passes the write error on, which only says that the runtime is gone.
fn report(socket: &UnixStream, report: &Report) -> io::Result<()> {
    message::send(socket, report)
}
