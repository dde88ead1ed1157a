//! What may be kept: of an event's details, and behind the event.

use bailiwick::CanonicalError;
use bailiwick::PolicySet;
use bailiwick::ProjectedTree;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::RetentionClass;
use bailiwick::Timestamp;
use bailiwick::TraceViewer;
use bailiwick::Value as Detail;
use bailiwick::keep_days;

use crate::port::payload::DECISION_RECORD;
use crate::port::payload::Payload;
use crate::port::payload::TOOL_OUTPUT;

/// Puts what may be kept in the place of each text of `value`.
pub(super) fn fit(value: &mut Detail, redactor: &Redactor) {
    match value {
        Detail::Text(text) => {
            *text = redactor.project::<TraceViewer>(&Raw::new(text.as_str())).into_text();
        }
        Detail::List(items) => items.iter_mut().for_each(|item| fit(item, redactor)),
        Detail::Map(entries) => {
            for (mut name, mut value) in std::mem::take(entries) {
                name = redactor.project::<TraceViewer>(&Raw::new(name)).into_text();
                fit(&mut value, redactor);
                entries.insert(name, value);
            }
        }
        Detail::Bool(_) | Detail::Integer(_) | Detail::Null => {}
    }
}

/// Says for how long what `request` leaves behind is kept.
pub(super) struct Keeping<'a> {
    pub(super) now: Timestamp,
    pub(super) policies: &'a PolicySet,
    pub(super) request: &'a Request,
}

impl Keeping<'_> {
    /// Returns the record of a decision as it is kept behind its event.
    pub(super) fn record(&self, tree: &ProjectedTree) -> Result<Payload, CanonicalError> {
        // Evidence is stored whatever its days are: without the record nothing may be done.
        let class = RetentionClass::AuditEvent;
        Payload::of_tree(DECISION_RECORD, class, self.until(self.days(class)), tree)
    }

    /// Returns what a tool came to as it is kept; none where it must not be stored.
    pub(super) fn output(&self, text: &Projection<TraceViewer>) -> Option<Payload> {
        let class = RetentionClass::RedactedLog;
        let days = self.days(class);
        (days > 0).then(|| Payload::of_text(TOOL_OUTPUT, class, self.until(days), text))
    }

    fn days(&self, class: RetentionClass) -> u64 {
        keep_days(self.policies, class, self.request)
    }

    fn until(&self, days: u64) -> Option<Timestamp> {
        self.now.plus_days(days)
    }
}
