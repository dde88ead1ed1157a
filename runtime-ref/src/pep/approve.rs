//! That an approval is asked for is an event, and that one was given, by whoever gave it.

use std::collections::BTreeMap;

use bailiwick::Approval;
use bailiwick::DecisionRecord;
use bailiwick::EventType;
use bailiwick::Request;
use bailiwick::Value;

use crate::pep::enforce::EnforceError;
use crate::pep::enforce::Pep;
use crate::pep::enforce::describe;
use crate::port::store::Attachments;
use crate::port::store::RunKey;

impl Pep {
    /// Appends that what `record` is of waits for an approval.
    pub(super) fn ask(
        &self,
        run: &RunKey,
        request: &Request,
        record: &DecisionRecord,
    ) -> Result<(), EnforceError> {
        let mut event = self.event(run, request, EventType::ApprovalRequested);
        describe(&mut event, record);
        let policy = record.effective_policy_hash.as_str().to_owned();
        event.details = BTreeMap::from([
            ("effective_policy_hash".to_owned(), Value::Text(policy)),
            ("remedy".to_owned(), Value::Text(record.remedy.text.clone())),
        ]);
        self.append(event, &Attachments::default())
    }

    /// Appends that `approval` was given for `request`, which is `what` in words for people. It
    /// counts by what it says when the request is decided on again, and not by this event.
    ///
    /// # Errors
    /// Where the event could not be made durable.
    pub fn granted(
        &self,
        run: &RunKey,
        request: &Request,
        approval: &Approval,
        what: &str,
    ) -> Result<(), EnforceError> {
        let by = Request { subject: Some(approval.approver.clone()), ..request.clone() };
        let mut event = self.event(run, &by, EventType::ApprovalGranted);
        event.approval_id = Some(approval.approval_id.clone());
        event.request_hash = Some(approval.request_hash.clone());
        let roles = approval.approver.roles.iter().map(|role| role.name());
        let policy = approval.effective_policy_hash.as_str().to_owned();
        event.details.extend(
            [
                ("effective_policy_hash", policy),
                ("expires_at", approval.expires_at.to_string()),
                ("role", roles.collect::<Vec<_>>().join(", ")),
                ("what", what.to_owned()),
            ]
            .map(|(name, text)| (name.to_owned(), Value::Text(text))),
        );
        self.append(event, &Attachments::default())
    }
}
