//! What may be seen of a plan.

use crate::govern::RetentionEntry;
use crate::govern::RetentionHold;
use crate::govern::RetentionPlan;
use crate::model::RetentionClass;
use crate::redact::Cleaner;
use crate::redact::SinkType;

impl RetentionPlan {
    /// Leaves of every text that was made from the things and holds what the sink of `cleaner` may
    /// see, which is made from both. The ids of the things stay: a host must find by them what it
    /// is to delete.
    pub fn clean<S: SinkType>(&mut self, cleaner: &Cleaner<S>) {
        for entry in &mut self.entries {
            let RetentionEntry { class, holds, run_id, tenant, why, .. } = entry;
            clean_class(class, cleaner);
            cleaner.clean(why);
            run_id.iter_mut().chain(tenant).for_each(|text| cleaner.clean(text));
            for hold in holds {
                let RetentionHold { id, item, reason, run_id, set_by, tenant, .. } = hold;
                [id, reason, set_by].into_iter().for_each(|text| cleaner.clean(text));
                [item, run_id, tenant].into_iter().flatten().for_each(|text| cleaner.clean(text));
            }
        }
        let classes = std::mem::take(&mut self.classes);
        for (mut class, counts) in classes {
            clean_class(&mut class, cleaner);
            let all = self.classes.entry(class).or_default();
            for (status, count) in counts {
                let slot = all.entry(status).or_default();
                slot.bytes = slot.bytes.saturating_add(count.bytes);
                slot.items = slot.items.saturating_add(count.items);
            }
        }
    }
}

/// The classes of the table stay, whatever words went.
fn clean_class<S: SinkType>(class: &mut String, cleaner: &Cleaner<S>) {
    if RetentionClass::from_name(class).is_none() {
        cleaner.clean(class);
    }
}
