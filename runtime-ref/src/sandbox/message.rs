//! What the runtime and the inner program say to each other: JSON after its length.

use std::collections::BTreeMap;
use std::io;
use std::io::Read;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::port::sandbox::Feature;
use crate::sandbox::layout::Entry;

/// First message to the inner program: how to get process 1 of the sandbox running.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Order {
    /// Enter new namespaces and start the second stage of this program there.
    Enter,
    /// Become this program, which starts the second stage.
    Become { program: PathBuf, arguments: Vec<String> },
}

/// Second message, read by process 1 of the sandbox.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Spec {
    /// The mount tree to build; `None` if it already stands.
    pub(crate) tree: Option<Vec<Entry>>,
    /// Folders and files that Landlock lets be written.
    pub(crate) writable: Vec<PathBuf>,
    pub(crate) argv: Vec<String>,
    pub(crate) cwd: PathBuf,
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) limits: ProcessLimits,
    /// A folder that must be writable, so that an owner mismatch is told and not guessed at.
    pub(crate) must_write: Option<PathBuf>,
}

/// Limits that process 1 sets by rlimit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ProcessLimits {
    /// `None` where a control group limits memory.
    pub(crate) address_space: Option<u64>,
    pub(crate) cpu_seconds: u64,
    pub(crate) file_bytes: u64,
    pub(crate) open_files: u64,
    pub(crate) processes: u64,
}

/// What the inner program reports.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Report {
    /// Confined; the command is about to start.
    Ready { features: Vec<Feature> },
    /// The kernel refuses what the namespaces need.
    Refused { step: String, why: String },
    /// A step of the set-up failed.
    Failed { step: String, why: String },
    /// The command could not be started.
    NotStarted { why: String },
    /// The command returned.
    Exited { code: i32 },
    /// The command, or process 1 itself, was ended by a signal.
    Signaled { signal: i32 },
}

/// Writes one message.
pub(crate) fn send<T: Serialize>(mut stream: &UnixStream, message: &T) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    let length = u32::try_from(body.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let mut frame = Vec::with_capacity(body.len() + 4);
    frame.extend_from_slice(&length.to_be_bytes());
    frame.extend_from_slice(&body);
    stream.write_all(&frame)
}

/// Reads one message and not a byte more, since the next reader may be another process.
pub(crate) fn receive<T: DeserializeOwned>(mut stream: &UnixStream) -> io::Result<T> {
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = vec![0; length as usize];
    stream.read_exact(&mut body)?;
    Ok(serde_json::from_slice(&body)?)
}

/// Longer messages are nonsense: the kernel takes at most 2 MiB of arguments and environment.
const LONGEST: u32 = 16 << 20;
