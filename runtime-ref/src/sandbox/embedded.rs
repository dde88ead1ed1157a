//! The embedded adapter: needs no installed program.

use std::path::Path;
use std::path::PathBuf;

use crate::port::sandbox::Sandbox;
use crate::port::sandbox::SandboxError;
use crate::port::sandbox::SandboxOutcome;
use crate::port::sandbox::SandboxProfile;
use crate::port::sandbox::SandboxRequest;
use crate::sandbox::cgroup::Groups;
use crate::sandbox::layout::Layout;
use crate::sandbox::message::Order;
use crate::sandbox::message::Spec;
use crate::sandbox::protect::Protection;
use crate::sandbox::select::probed;
use crate::sandbox::select::spec;
use crate::sandbox::supervise::Finished;
use crate::sandbox::supervise::supervise;

/// The sandbox that the runtime builds itself, out of namespaces, Landlock and seccomp.
#[derive(Debug)]
pub struct Embedded {
    inner: PathBuf,
    groups: Groups,
    profile: SandboxProfile,
}

impl Embedded {
    /// Returns the adapter once it has run a command.
    ///
    /// `inner` is a program that calls [`run_inner_if_asked`](crate::sandbox::run_inner_if_asked)
    /// first: this one, `/proc/self/exe`, or the runtime's.
    ///
    /// # Errors
    ///
    /// When the command does not run, with what the machine lacks.
    pub fn new(inner: &Path) -> Result<Self, SandboxError> {
        let run = |groups: &Groups, request: &SandboxRequest| run(inner, groups, request);
        let (groups, profile) = probed("embedded", run)?;
        Ok(Self { inner: inner.to_owned(), groups, profile })
    }
}

impl Sandbox for Embedded {
    fn profile(&self) -> &SandboxProfile {
        &self.profile
    }

    fn run(&self, request: &SandboxRequest) -> Result<SandboxOutcome, SandboxError> {
        run(&self.inner, &self.groups, request).map(|finished| finished.outcome)
    }
}

fn run(inner: &Path, groups: &Groups, request: &SandboxRequest) -> Result<Finished, SandboxError> {
    let layout = Layout::new(request)?;
    let protection = Protection::of(request, &layout.workspace)?;
    let layout = layout.with(&protection.entries);
    let spec = Spec { tree: Some(layout.entries.clone()), ..spec(request, &layout, groups) };
    supervise(inner, &Order::Enter, &spec, &request.limits, groups)
}
