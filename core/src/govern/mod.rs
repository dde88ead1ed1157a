//! Questions that a host asks before it acts: what data is, which model may see it, what of it is
//! due to be deleted and what keeps it.

mod data_class;
mod model_choice;
mod retention;

pub use data_class::DataLabel;
pub use data_class::LabelReason;
pub use data_class::classify;
pub use model_choice::ChosenModel;
pub use model_choice::ModelCandidate;
pub use model_choice::ModelChoice;
pub use model_choice::ModelRefusal;
pub use model_choice::RefusalReason;
pub use model_choice::choose_model;
pub use retention::HoldKind;
pub use retention::RetentionCount;
pub use retention::RetentionEntry;
pub use retention::RetentionHold;
pub use retention::RetentionItem;
pub use retention::RetentionLimit;
pub use retention::RetentionPlan;
pub use retention::RetentionStatus;
pub use retention::keep_days;
pub use retention::retention_plan;
