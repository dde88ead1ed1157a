//! What the files of one tenant say, kept in memory: where each chain stands, and what came with it.

use std::collections::BTreeMap;

use bailiwick::AuditEvent;
use bailiwick::AuditRecord;
use bailiwick::Chain;
use bailiwick::Digest;
use bailiwick::Entry;
use bailiwick::EventType;

use crate::port::payload::PayloadKey;
use crate::port::store::Attachments;
use crate::port::store::LostAct;
use crate::port::store::RunKey;
use crate::port::store::RunScope;
use crate::port::store::StoreError;
use crate::port::store::UnfinishedRun;
use crate::store::jsonl::side::Attached;

/// What the files of one tenant say, as far as they were read.
pub(super) struct Index {
    /// Payloads by name: where each lies in the file beside the log.
    pub(super) payloads: BTreeMap<PayloadKey, Span>,
    decisions: BTreeMap<String, Known>,
    runs: BTreeMap<String, Run>,
    tenant: String,
}

/// Where a line lies, without its line feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u64,
    pub(super) bytes: usize,
}

struct Run {
    chain: Chain,
    last: EventType,
    scope: Option<RunScope>,
    usage: BTreeMap<String, u64>,
}

struct Known {
    intent: String,
    outcome: bool,
    permitted: bool,
    run_id: String,
    seq: u64,
}

impl Index {
    /// Returns the index of a tenant of whom nothing is kept.
    pub(super) fn new(tenant: &str) -> Self {
        Self {
            payloads: BTreeMap::new(),
            decisions: BTreeMap::new(),
            runs: BTreeMap::new(),
            tenant: tenant.to_owned(),
        }
    }

    /// Returns the entry of `event` at the end of its chain, where it and what comes with it belong
    /// there; the index stays as it is.
    pub(super) fn admit(&self, event: AuditEvent, with: &Attachments) -> Result<Entry, StoreError> {
        let refused = |why: String| Err(StoreError::Database(why));
        if let Some(decision) = &with.decision
            && self.decisions.contains_key(&decision.decision_id)
        {
            return refused(format!("decision `{}` is there already", decision.decision_id));
        }
        if let Some(decision_id) = &with.outcome_of {
            match self.decisions.get(decision_id) {
                Some(known) if known.outcome => {
                    return refused(format!("the outcome of `{decision_id}` is there already"));
                }
                Some(_) => {}
                None => return refused(format!("there is no decision `{decision_id}`")),
            }
        }
        let mut chain = match self.runs.get(&event.run_id) {
            Some(run) => run.chain.clone(),
            None => Chain::new(&event.tenant_id, &event.run_id),
        };
        let entry = chain.append(event)?;
        if with.scope.is_some() && entry.seq > 0 {
            return refused("whose a run is, its first event says".to_owned());
        }
        Ok(entry)
    }

    /// Takes in an event that stands in the log; returns why it does not follow, if it does not.
    pub(super) fn take(
        &mut self,
        record: &AuditRecord,
        entry_hash: &Digest,
        attached: Option<Attached>,
    ) -> Result<(), &'static str> {
        if record.tenant_id != self.tenant {
            return Err("it is another tenant's");
        }
        let new = || Chain::new(&record.tenant_id, &record.run_id);
        let known = self.runs.get(&record.run_id).map(|run| &run.chain);
        let chain = known.cloned().unwrap_or_else(new);
        if record.seq != chain.next_seq() || record.prev_hash != *chain.head() {
            return Err("it does not follow the event before it");
        }
        if chain.is_closed() || (record.event_type == EventType::RunOpened) != (record.seq == 0) {
            return Err("it does not belong at this place of its run");
        }
        let chain = Chain::resume(record).map_err(|_| "it has no canonical form")?;
        if chain.head() != entry_hash {
            return Err("it is not what was hashed");
        }
        let last = record.event_type;
        let run = self.runs.entry(record.run_id.clone()).or_insert_with(|| Run {
            chain: chain.clone(),
            last,
            scope: None,
            usage: BTreeMap::new(),
        });
        (run.chain, run.last) = (chain, last);
        let Some(attached) = attached else {
            return Ok(());
        };
        run.scope = run.scope.take().or(attached.scope);
        for (key, amount) in attached.usage {
            let used = run.usage.entry(key).or_default();
            *used = used.saturating_add(amount);
        }
        if let Some(known) = attached.outcome_of.and_then(|id| self.decisions.get_mut(&id)) {
            known.outcome = true;
        }
        if let Some(decided) = attached.decision {
            let known = Known {
                intent: decided.intent,
                outcome: false,
                permitted: decided.permitted,
                run_id: record.run_id.clone(),
                seq: record.seq,
            };
            self.decisions.insert(decided.decision_id, known);
        }
        Ok(())
    }

    /// Returns true where the decision is known and permits.
    pub(super) fn permits(&self, decision_id: &str) -> bool {
        self.decisions.get(decision_id).is_some_and(|known| known.permitted)
    }

    /// Returns how many events there are.
    pub(super) fn events(&self) -> u64 {
        self.runs.values().map(|run| run.chain.next_seq()).sum()
    }

    pub(super) fn usage(&self, run: &RunKey) -> BTreeMap<String, u64> {
        self.runs.get(&run.run_id).map(|run| run.usage.clone()).unwrap_or_default()
    }

    pub(super) fn scope(&self, run: &RunKey) -> Option<RunScope> {
        self.runs.get(&run.run_id)?.scope.clone()
    }

    pub(super) fn runs(&self) -> Vec<RunKey> {
        self.runs.keys().map(|run_id| self.key(run_id)).collect()
    }

    pub(super) fn unfinished(&self) -> Vec<UnfinishedRun> {
        let open = self.runs.iter().filter(|(_, run)| !run.chain.is_closed());
        let unfinished = open.map(|(run_id, run)| UnfinishedRun {
            lost: self.lost(run_id),
            last_action: run.last.name().to_owned(),
            last_seq: run.chain.next_seq().saturating_sub(1),
            run: self.key(run_id),
        });
        unfinished.collect()
    }

    fn lost(&self, run_id: &str) -> Vec<LostAct> {
        let cut_off = self
            .decisions
            .iter()
            .filter(|(_, known)| known.run_id == run_id && known.permitted && !known.outcome);
        let mut lost: Vec<LostAct> = cut_off
            .map(|(decision_id, known)| LostAct {
                decision_id: decision_id.clone(),
                intent: known.intent.clone(),
                seq: known.seq,
            })
            .collect();
        lost.sort_by_key(|act| act.seq);
        lost
    }

    fn key(&self, run_id: &str) -> RunKey {
        RunKey { tenant: self.tenant.clone(), run_id: run_id.to_owned() }
    }
}
