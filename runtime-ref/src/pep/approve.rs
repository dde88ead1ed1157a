//! That an approval was given is an event of its own, by whoever gave it.

use bailiwick::Approval;
use bailiwick::EventType;
use bailiwick::Request;
use bailiwick::Value;

use crate::pep::enforce::EnforceError;
use crate::pep::enforce::Pep;
use crate::port::store::Attachments;
use crate::port::store::RunKey;

impl Pep {
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
