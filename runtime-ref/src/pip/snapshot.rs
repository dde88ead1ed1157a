//! Builds the state that one decision is made by.

use std::collections::BTreeMap;
use std::sync::Arc;

use bailiwick::Limit;
use bailiwick::State;

use crate::port::clock::Clock;
use crate::port::controls::Controls;
use crate::port::pull_request::PullRequestState;
use crate::port::pull_request::PullRequests;
use crate::port::store::Journal;
use crate::port::store::RunKey;
use crate::port::store::UNPRICED_MODEL_CALLS;

/// The stores that a state is read from.
pub struct Snapshot {
    /// Tells when.
    pub clock: Arc<dyn Clock>,
    /// What operators set.
    pub controls: Arc<dyn Controls>,
    /// What the run used so far.
    pub journal: Arc<dyn Journal>,
    /// How many pull requests are open.
    pub pull_requests: Arc<dyn PullRequests>,
}

impl Snapshot {
    /// Returns the state for a decision on something that `run` asks for now.
    ///
    /// `team` and `campaign` say whose pull requests are counted.
    ///
    /// # Errors
    /// Where a store cannot be read, in words: the enforcement point then denies.
    pub fn take(
        &self,
        run: &RunKey,
        team: Option<&str>,
        campaign: Option<&str>,
    ) -> Result<State, String> {
        let as_of = self.clock.now();
        let controls = self.controls.read().map_err(|error| error.to_string())?;
        let mut usage = self.journal.usage(run).map_err(|error| error.to_string())?;
        let all = self.pull_requests.list().map_err(|error| error.to_string())?;
        let open = all.iter().filter(|other| other.state == PullRequestState::Open);
        let of_team = open.filter(|other| other.team.as_deref() == team).count();
        let of_campaign = all
            .iter()
            .filter(|other| campaign.is_some() && other.campaign_id.as_deref() == campaign)
            .count();
        for (limit, count) in [(Limit::MaxActivePrs, of_team), (Limit::MaxPrsPerWave, of_campaign)]
        {
            if let Some(key) = limit.usage_key() {
                usage.insert(key.to_owned(), u64::try_from(count).unwrap_or(u64::MAX));
            }
        }
        let usage_complete = complete(&mut usage);
        Ok(State {
            approvals: controls.approvals,
            as_of,
            kill_switches: controls.kill_switches,
            now: self.clock.now(),
            usage,
            usage_complete,
            version: controls.version,
        })
    }
}

/// Says what the journal counts, zero too, and returns whether what it does not count is zero.
///
/// It holds every act of the run, but of a model call only what the model's price tells: once one
/// was made, what it cost is known in the currency of that price and in no other.
fn complete(usage: &mut BTreeMap<String, u64>) -> bool {
    for limit in [Limit::MaxModelCallsPerRun, Limit::MaxTokensPerRun, Limit::MaxToolCallsPerRun] {
        if let Some(key) = limit.usage_key() {
            usage.entry(key.to_owned()).or_insert(0);
        }
    }
    let calls = Limit::MaxModelCallsPerRun.usage_key().and_then(|key| usage.get(key));
    let free = calls.is_none_or(|calls| *calls == 0);
    if usage.remove(UNPRICED_MODEL_CALLS).is_some_and(|calls| calls > 0) {
        usage.retain(|key, _| !key.starts_with("cost_"));
    }
    free
}
