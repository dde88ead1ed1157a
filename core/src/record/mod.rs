//! Decision to record: what is kept.

mod decision_record;

pub use decision_record::DecisionRecord;
