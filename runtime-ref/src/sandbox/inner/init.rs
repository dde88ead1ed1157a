//! Second stage, inside: process 1 of the sandbox.

use std::convert::Infallible;
use std::env;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::process::exit;
use std::thread;

use rustix::process::DumpableBehavior;
use rustix::process::WaitOptions;
use rustix::process::WaitStatus;
use rustix::process::set_dumpable_behavior;
use rustix::stdio::dup2_stdin;

use crate::sandbox::confine;
use crate::sandbox::inner::Fault;
use crate::sandbox::inner::connect;
use crate::sandbox::inner::report;
use crate::sandbox::inner::tree;
use crate::sandbox::message;
use crate::sandbox::message::Report;
use crate::sandbox::message::Spec;

/// Builds the tree, gives every privilege up, starts the command and reaps until it has ended.
/// Then it exits, upon which the kernel kills whatever is left in the namespace.
pub(super) fn run() -> io::Result<()> {
    let socket = connect()?;
    let null: File = OpenOptions::new().read(true).open("/dev/null")?;
    dup2_stdin(&null)?;
    let spec = message::receive::<Spec>(&socket)?;
    match live(&socket, &spec) {
        // Where a security module grants the namespace and not what it is for, this is the place.
        Err(End::Fault(fault)) if fault.forbidden() => report(&socket, &fault.refused()),
        Err(End::Fault(fault)) => report(&socket, &fault.failed()),
        Err(End::NotStarted(why)) => report(&socket, &Report::NotStarted { why }),
        Err(End::Silent(cause)) => Err(cause),
        Err(End::Command(status)) => {
            let code = status.exit_status();
            let signal = status.terminating_signal();
            report(
                &socket,
                &match (code, signal) {
                    (Some(code), _) => Report::Exited { code },
                    (None, Some(signal)) => Report::Signaled { signal },
                    (None, None) => {
                        let why = format!("wait status {}", status.as_raw());
                        Report::Failed { step: "wait for the command".into(), why }
                    }
                },
            )
        }
        Ok(never) => match never {},
    }
}

/// Why process 1 has nothing left to do.
enum End {
    Command(WaitStatus),
    Fault(Fault),
    NotStarted(String),
    Silent(io::Error),
}

impl From<Fault> for End {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

fn live(socket: &UnixStream, spec: &Spec) -> Result<Infallible, End> {
    if let Some(entries) = &spec.tree {
        tree::build(entries)?;
        rustix::system::sethostname(b"sandbox").map_err(Fault::at("set the host name"))?;
    }
    // Nobody inside may look into this process, which is the only other one of the same user.
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(Fault::at("hide process 1"))?;
    let features = confine::confine(spec).map_err(|(step, cause)| Fault { step, cause })?;
    let watched = socket.try_clone().map_err(End::Silent)?;
    thread::Builder::new()
        .spawn(move || end_with_the_runtime(watched))
        .map_err(Fault::at("watch the runtime"))?;
    // Last, since a small limit may not leave room for the thread's stack.
    confine::limit_memory(&spec.limits).map_err(Fault::at("limit the address space"))?;
    report(socket, &Report::Ready { features }).map_err(End::Silent)?;
    let command = start(spec)?;
    loop {
        match rustix::process::wait(WaitOptions::empty()) {
            Ok(Some((pid, status))) if pid.as_raw_nonzero().get() == command => {
                return Err(End::Command(status));
            }
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(cause) => return Err(Fault::at("wait for the command")(cause).into()),
        }
    }
}

fn start(spec: &Spec) -> Result<i32, End> {
    let (program, arguments) = spec
        .argv
        .split_first()
        .ok_or_else(|| End::NotStarted("there is no program to start".into()))?;
    let cwd = |cause| End::NotStarted(format!("folder `{}`: {cause}", spec.cwd.display()));
    env::set_current_dir(&spec.cwd).map_err(cwd)?;
    let child = Command::new(program)
        .args(arguments)
        .env_clear()
        .envs(&spec.env)
        .spawn()
        .map_err(|cause| End::NotStarted(format!("`{program}`: {cause}")))?;
    i32::try_from(child.id()).map_err(|cause| End::NotStarted(cause.to_string()))
}

/// Ends the sandbox when the runtime closes its end or dies.
fn end_with_the_runtime(mut socket: UnixStream) {
    let _ = socket.read(&mut [0]);
    exit(0);
}
