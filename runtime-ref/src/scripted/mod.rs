//! A model that says what a script says, so that a run needs no key and repeats exactly.

mod model;
mod scenario;

pub use model::ScriptedModel;
pub use scenario::Expect;
pub use scenario::People;
pub use scenario::Person;
pub use scenario::Scenario;
pub use scenario::ScenarioError;
pub use scenario::Task;
