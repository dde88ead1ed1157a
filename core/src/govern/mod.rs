//! Questions that a host asks before it acts: what data is, and which model may see it.

mod data_class;
mod model_choice;

pub use data_class::DataLabel;
pub use data_class::LabelReason;
pub use data_class::classify;
pub use model_choice::ChosenModel;
pub use model_choice::ModelCandidate;
pub use model_choice::ModelChoice;
pub use model_choice::ModelRefusal;
pub use model_choice::RefusalReason;
pub use model_choice::choose_model;
