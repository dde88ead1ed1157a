//! The trace: what happened, in order.

use crate::package::Package;

impl Package {
    /// Returns what happened, an event a line: its place, when, what kind, what was decided, by
    /// whom, and its hash.
    pub fn timeline(&self) -> Vec<String> {
        let line = |event: &super::read::Event| {
            let record = &event.record;
            let decision = record.decision.map_or("", |decision| decision.name());
            let intent = match record.details.get("intent") {
                Some(crate::model::Value::Text(intent)) => intent.as_str(),
                Some(_) | None => record.action.as_str(),
            };
            format!(
                "{:>5}  {:<24}  {:<20} {:<13} {:<16} {}  {}",
                record.seq,
                record.created_at.to_string(),
                record.event_type.name(),
                decision,
                record.actor,
                event.entry_hash.short(),
                intent
            )
        };
        self.events.iter().map(line).collect()
    }
}
