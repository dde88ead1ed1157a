//! What may be seen of a decision: it says in the request's own words why it is as it is.

use crate::decide::decision::Decision;
use crate::decide::decision::FactsRead;
use crate::decide::decision::ObligationKind;
use crate::model::Action;
use crate::redact::Cleaner;
use crate::redact::SinkType;

impl Decision {
    /// Leaves of every text that was made from the request what the sink of `cleaner` may see;
    /// `cleaner` is made from that request.
    ///
    /// # Example
    /// ```
    /// use bailiwick::{Cleaner, Decision, LogViewer, Redactor};
    /// let request = serde_json::json!({"tool": "login", "attributes": {"password": "one-two"}});
    /// let mut decision = Decision::refused("request_unreadable", "what is `one-two`?");
    /// decision.clean(&Cleaner::<LogViewer>::new(&request, &Redactor::default()));
    /// assert_eq!(decision.reasons[0].message, "what is `[REDACTED]`?");
    /// ```
    pub fn clean<S: SinkType>(&mut self, cleaner: &Cleaner<S>) {
        // All fields are named, so that a new one cannot be left out.
        let Self {
            action,
            approval_ids: _,
            decision: _,
            effective_policy_hash: _,
            explanation,
            facts,
            live: _,
            matched_rules: _,
            obligations,
            policy_set_hash: _,
            reasons,
            remedy,
            request_hash: _,
            state_version: _,
            unknowns,
        } = self;
        // These are closed tables: what a request calls its password is no reason to hide them.
        let FactsRead {
            change_classes: _,
            command_effects: _,
            data_class: _,
            hosts,
            invocations,
            network: _,
            outside,
            paths,
            pipes_remote_to_shell: _,
            programs,
            removals,
            sensitive: _,
        } = facts;
        let lists = [hosts, invocations, outside, paths, programs, removals, &mut remedy.requires];
        lists.into_iter().flatten().for_each(|text| cleaner.clean(text));
        if let Some(action) = action.as_mut().filter(|name| Action::from_name(name).is_none()) {
            cleaner.clean(action);
        }
        cleaner.clean(explanation);
        cleaner.clean(&mut remedy.text);
        reasons.iter_mut().for_each(|reason| cleaner.clean(&mut reason.message));
        for unknown in unknowns {
            cleaner.clean(&mut unknown.attribute);
            cleaner.clean(&mut unknown.reason);
        }
        // Rego makes labels of what the request says.
        let labels = obligations.iter_mut().filter(|duty| duty.kind == ObligationKind::Label);
        labels.for_each(|label| cleaner.clean(&mut label.name));
    }
}
