//! First stage, outside still: enter the namespaces and start process 1 in them.

use std::fs;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::os::unix::process::ExitStatusExt;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::event::poll;
use rustix::process::Pid;
use rustix::process::PidfdFlags;
use rustix::process::Signal;
use rustix::process::getegid;
use rustix::process::geteuid;
use rustix::process::pidfd_open;
use rustix::process::set_parent_process_death_signal;
use rustix::process::setsid;
use rustix::thread::CapabilitySet;
use rustix::thread::CapabilitySets;
use rustix::thread::UnshareFlags;

use crate::sandbox::inner::Fault;
use crate::sandbox::inner::MARKER;
use crate::sandbox::inner::STAGE_INIT;
use crate::sandbox::inner::connect;
use crate::sandbox::inner::report;
use crate::sandbox::message;
use crate::sandbox::message::Order;
use crate::sandbox::message::Report;

/// Waits for the order, since the runtime puts this process under its limits first.
pub(super) fn run() -> io::Result<()> {
    let socket = connect()?;
    // A session of its own: no terminal, and no signals from the runtime's terminal.
    let _ = setsid();
    match message::receive::<Order>(&socket)? {
        Order::Become { program, arguments } => {
            let cause = Command::new(program).args(arguments).env_clear().exec();
            report(&socket, &Fault::at::<io::Error>("start bubblewrap")(cause).failed())
        }
        Order::Enter => match enter() {
            Ok(()) => start(&socket),
            Err(fault) => report(&socket, &fault.refused()),
        },
    }
}

fn enter() -> Result<(), Fault> {
    let (uid, gid) = (geteuid().as_raw(), getegid().as_raw());
    let flags = UnshareFlags::NEWUSER
        | UnshareFlags::NEWNS
        | UnshareFlags::NEWPID
        | UnshareFlags::NEWNET
        | UnshareFlags::NEWIPC
        | UnshareFlags::NEWUTS
        | UnshareFlags::NEWCGROUP;
    // The unsafety that deprecated it is that of sharing descriptors, which is not asked for.
    #[expect(deprecated, reason = "the successor is an unsafe function")]
    rustix::thread::unshare(flags).map_err(Fault::at("unshare the namespaces"))?;
    // Without it an ordinary user may not write the group map.
    fs::write("/proc/self/setgroups", "deny").map_err(Fault::at("write setgroups"))?;
    fs::write("/proc/self/gid_map", format!("{NOBODY} {gid} 1\n"))
        .map_err(Fault::at("write gid_map"))?;
    fs::write("/proc/self/uid_map", format!("{NOBODY} {uid} 1\n"))
        .map_err(Fault::at("write uid_map"))?;
    // Not being root in there, process 1 keeps only what is passed on explicitly. Under AppArmor's
    // restriction the namespace is granted and these are not.
    let sets = CapabilitySets { effective: NEEDED, permitted: NEEDED, inheritable: NEEDED };
    rustix::thread::set_capabilities(None, sets).map_err(Fault::at("keep the capabilities"))?;
    for capability in NEEDED.iter() {
        rustix::thread::configure_capability_in_ambient_set(capability, true)
            .map_err(Fault::at("pass the capabilities on"))?;
    }
    set_parent_process_death_signal(Some(Signal::KILL))
        .map_err(Fault::at("tie its life to the runtime's"))
}

/// Starts process 1 and waits until it, and so everything in the sandbox, is gone.
fn start(socket: &UnixStream) -> io::Result<()> {
    let child = Command::new("/proc/self/exe")
        .arg0("sandbox")
        .args([MARKER, STAGE_INIT])
        .env_clear()
        .stdin(Stdio::from(socket.as_fd().try_clone_to_owned()?))
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(cause) => {
            return report(socket, &Fault::at::<io::Error>("start process 1")(cause).failed());
        }
    };
    // No thread can wait here: its process namespace would not be the one of new children.
    let hung_up = match wait_for_end(socket, &child) {
        Ok(hung_up) => hung_up,
        Err(cause) => {
            let _ = child.kill();
            return report(socket, &Fault::at::<io::Error>("wait for process 1")(cause).failed());
        }
    };
    if hung_up {
        // Ends every process in the namespace.
        child.kill()?;
    }
    let status = child.wait()?;
    match (status.signal(), status.code()) {
        (Some(signal), _) => report(socket, &Report::Signaled { signal }),
        (None, Some(0) | None) => Ok(()),
        (None, Some(code)) => {
            let why = format!("process 1 ended with status {code}");
            report(socket, &Report::Failed { step: "run process 1".into(), why })
        }
    }
}

/// Returns once process 1 has ended (false) or the runtime has closed its end, by intent or by
/// dying (true), without reading anything.
fn wait_for_end(socket: &UnixStream, child: &Child) -> io::Result<bool> {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let pid = pid.ok_or(io::ErrorKind::InvalidData)?;
    let child = pidfd_open(pid, PidfdFlags::empty())?;
    loop {
        let mut watched =
            [PollFd::new(socket, PollFlags::RDHUP), PollFd::new(&child, PollFlags::IN)];
        match poll(&mut watched, None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(cause) => return Err(cause.into()),
        }
        let [socket, child] = watched.map(|one| !one.revents().is_empty());
        if socket || child {
            return Ok(socket && !child);
        }
    }
}

/// User and group inside: nobody.
const NOBODY: u32 = 65534;

/// To mount, to empty the bounding set, to close the namespace to further ones.
const NEEDED: CapabilitySet =
    CapabilitySet::SYS_ADMIN.union(CapabilitySet::SETPCAP).union(CapabilitySet::SYS_RESOURCE);
