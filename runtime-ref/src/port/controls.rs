//! Port: what operators have set.

use bailiwick::Approval;
use bailiwick::KillSwitch;

use crate::port::store::StoreError;

/// What the operators have set: read anew for each decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlState {
    /// The approvals that were given.
    pub approvals: Vec<Approval>,
    /// The kill switches that are on.
    pub kill_switches: Vec<KillSwitch>,
    /// Changes whenever one of them does.
    pub version: String,
}

/// Where operators switch things off and give approvals.
pub trait Controls: Send + Sync {
    /// Returns what is set now.
    ///
    /// # Errors
    /// Where it cannot be read: then nothing is known, which denies.
    fn read(&self) -> Result<ControlState, StoreError>;
}
