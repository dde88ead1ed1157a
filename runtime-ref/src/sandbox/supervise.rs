//! The outer half of a run: start the inner program, keep the time, collect what it says.

use std::io;
use std::io::Read;
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::thread;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::Instant;

use crate::port::sandbox::Exit;
use crate::port::sandbox::Feature;
use crate::port::sandbox::Limits;
use crate::port::sandbox::SandboxError;
use crate::port::sandbox::SandboxOutcome;
use crate::sandbox::cgroup::Group;
use crate::sandbox::cgroup::Groups;
use crate::sandbox::inner::MARKER;
use crate::sandbox::inner::STAGE_ENTER;
use crate::sandbox::message;
use crate::sandbox::message::Order;
use crate::sandbox::message::Report;
use crate::sandbox::message::Spec;

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) outcome: SandboxOutcome,
    pub(crate) features: Vec<Feature>,
}

/// Runs `program` as the inner program, has it follow `order` and `spec`, and waits for its end.
pub(crate) fn supervise(
    program: &Path,
    order: &Order,
    spec: &Spec,
    limits: &Limits,
    groups: &Groups,
) -> Result<Finished, SandboxError> {
    let started = Instant::now();
    let group = groups
        .make(limits.memory_bytes, limits.processes.saturating_add(OWN_PROCESSES))
        .map_err(|source| SandboxError::Limit { limit: "memory and process", source })?;
    let (ours, theirs) = UnixStream::pair().map_err(io("make a socket"))?;
    let mut child = Command::new(program)
        .args([MARKER, STAGE_ENTER])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(io("start the inner program"))?;
    let (events, inbox) = mpsc::channel();
    let stdout = collect(child.stdout.take(), limits.output_bytes, &events);
    let stderr = collect(child.stderr.take(), limits.output_bytes, &events);

    // It waits for the order, so nothing runs before the group holds it.
    let begun = group
        .add(child.id())
        .map_err(|source| SandboxError::Limit { limit: "memory and process", source })
        .and_then(|()| instruct(&ours, order, spec, limits.wall));
    let listener = ours.try_clone().map_err(io("listen to the inner program"));
    let mut watch = Watch::default();
    let begun = begun.and(listener).map(|listener| {
        listen(listener, events);
        watch.follow(&inbox, started + limits.wall);
    });
    // Hanging up makes the inner program kill everything and exit once all is dead. Shutting down
    // writes only keeps its last reports readable.
    let _ = ours.shutdown(Shutdown::Write);
    let status = end(&mut child);
    let stdout = join(stdout);
    let stderr = join(stderr);
    begun?;
    let status = status.map_err(io("wait for the inner program"))?;
    if let (None, None) = (&watch.end, &watch.stopped) {
        // Want of memory may have hit the one that should have told of it.
        if group.out_of_memory() {
            watch.stopped = Some(Exit::MemoryLimit);
        }
    }
    if let (None, None) = (&watch.end, &watch.stopped) {
        let said = String::from_utf8_lossy(&stderr.kept).trim().to_owned();
        return Err(unanswered(order, watch.features.is_some(), &format!("{status}; {said}")));
    }
    let features = watch.features.take();
    let exit = watch.exit(&group)?;
    Ok(Finished {
        outcome: SandboxOutcome {
            exit,
            stdout: stdout.kept,
            stderr: stderr.kept,
            stdout_truncated: stdout.truncated,
            stderr_truncated: stderr.truncated,
            wall: started.elapsed(),
        },
        features: features.unwrap_or_default(),
    })
}

/// What the threads around a run tell the one that waits.
enum Event {
    Flood,
    Report(Report),
    Silence,
}

/// What is known about the end of a run.
#[derive(Default)]
struct Watch {
    features: Option<Vec<Feature>>,
    end: Option<Report>,
    stopped: Option<Exit>,
}

impl Watch {
    /// Follows events until the command has ended or must be ended.
    fn follow(&mut self, inbox: &mpsc::Receiver<Event>, deadline: Instant) {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match inbox.recv_timeout(left) {
                Ok(Event::Report(Report::Ready { features })) => self.features = Some(features),
                Ok(Event::Report(end)) => {
                    self.end = Some(end);
                    return;
                }
                Ok(Event::Flood) => {
                    self.stopped = Some(Exit::OutputLimit);
                    return;
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.stopped = Some(Exit::TimedOut);
                    return;
                }
                Ok(Event::Silence) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn exit(self, group: &Group) -> Result<Exit, SandboxError> {
        if let Some(stopped) = self.stopped {
            return Ok(stopped);
        }
        match self.end {
            Some(Report::Exited { code }) => Ok(Exit::Code(code)),
            Some(Report::Signaled { signal }) if signal == KILL && group.out_of_memory() => {
                Ok(Exit::MemoryLimit)
            }
            Some(Report::Signaled { signal }) => Ok(Exit::Signal(signal)),
            Some(Report::NotStarted { why }) => Ok(Exit::NotStarted(why)),
            Some(Report::Failed { step, why }) => Err(SandboxError::SetUp { step, why }),
            Some(Report::Refused { step, why }) => Err(SandboxError::Namespaces { step, why }),
            Some(Report::Ready { .. }) | None => {
                Err(SandboxError::Inner { why: "it told no end".to_owned() })
            }
        }
    }
}

fn instruct(
    socket: &UnixStream,
    order: &Order,
    spec: &Spec,
    patience: Duration,
) -> Result<(), SandboxError> {
    // Zero would mean for ever.
    let patience = patience.max(Duration::from_millis(1));
    socket.set_write_timeout(Some(patience)).map_err(io("limit the wait"))?;
    // A broken pipe here says less than what the inner program reports or returns.
    match message::send(socket, order).and_then(|()| message::send(socket, spec)) {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        sent => sent.map_err(io("instruct the inner program")),
    }
}

fn listen(socket: UnixStream, events: Sender<Event>) {
    thread::spawn(move || {
        while let Ok(report) = message::receive(&socket) {
            if events.send(Event::Report(report)).is_err() {
                return;
            }
        }
        let _ = events.send(Event::Silence);
    });
}

/// Waits for the inner program, which exits when its sandbox is dead; kills it if it does not.
fn end(child: &mut Child) -> io::Result<std::process::ExitStatus> {
    let patience = Instant::now() + GRACE;
    while Instant::now() < patience {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill()?;
    child.wait()
}

/// What was kept of one stream.
#[derive(Default)]
struct Collected {
    kept: Vec<u8>,
    truncated: bool,
}

fn collect<R: Read + Send + 'static>(
    stream: Option<R>,
    most: usize,
    events: &Sender<Event>,
) -> Option<JoinHandle<Collected>> {
    let events = events.clone();
    stream.map(|stream| thread::spawn(move || drain(stream, most, &events)))
}

/// Keeps the first `most` bytes and reads on, so that the writer is not stopped by a full pipe,
/// until so much is lost that stopping it is kinder.
fn drain(mut stream: impl Read, most: usize, events: &Sender<Event>) -> Collected {
    let mut collected = Collected::default();
    let mut buffer = vec![0; 64 << 10];
    let mut lost = 0;
    loop {
        let read = match stream.read(&mut buffer) {
            Ok(0) => return collected,
            Ok(read) => read,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return collected,
        };
        let room = most.saturating_sub(collected.kept.len()).min(read);
        collected.kept.extend_from_slice(buffer.get(..room).unwrap_or_default());
        if read > room {
            collected.truncated = true;
            let before = lost;
            lost += read - room;
            if before <= FLOOD && lost > FLOOD {
                let _ = events.send(Event::Flood);
            }
        }
    }
}

fn join(reader: Option<JoinHandle<Collected>>) -> Collected {
    reader.and_then(|reader| reader.join().ok()).unwrap_or_default()
}

fn unanswered(order: &Order, was_ready: bool, why: &str) -> SandboxError {
    match order {
        Order::Become { .. } if !was_ready => SandboxError::Bubblewrap { why: why.to_owned() },
        Order::Become { .. } | Order::Enter => SandboxError::Inner { why: why.to_owned() },
    }
}

fn io(action: &'static str) -> impl FnOnce(io::Error) -> SandboxError {
    move |source| SandboxError::Io { action, source }
}

/// Processes and threads of the inner program that count against the limit.
pub(crate) const OWN_PROCESSES: u64 = 4;
/// How long the dying may take: the kernel must free what they held.
const GRACE: Duration = Duration::from_secs(10);
/// Bytes thrown away of one stream before the command is stopped.
const FLOOD: usize = 64 << 20;
const KILL: i32 = 9;
