//! Evidence to reports: what is due, and what keeps it.

mod retention;

pub use retention::HoldKind;
pub use retention::RetentionCount;
pub use retention::RetentionEntry;
pub use retention::RetentionHold;
pub use retention::RetentionItem;
pub use retention::RetentionLimit;
pub use retention::RetentionPlan;
pub use retention::RetentionStatus;
pub use retention::retention_plan;
