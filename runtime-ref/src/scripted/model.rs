//! The model behind a script.

use std::sync::Mutex;
use std::sync::PoisonError;

use bailiwick::Action;

use crate::pep::Permit;
use crate::pep::PermitError;
use crate::port::model::Message;
use crate::port::model::Model;
use crate::port::model::ModelError;
use crate::port::model::ModelIdentity;
use crate::port::model::Turn;
use crate::scripted::Scenario;

/// A model that says the turns of a script in order, whatever it is told.
///
/// That is what makes it useful here: it goes on to misbehave after each refusal, so what stops
/// it is never its own good sense.
pub struct ScriptedModel {
    identity: ModelIdentity,
    next: Mutex<std::vec::IntoIter<Turn>>,
    turns: usize,
}

impl ScriptedModel {
    /// Returns the model that `scenario` speaks for.
    pub fn new(scenario: &Scenario) -> Self {
        let turns = scenario.turns();
        Self {
            identity: ModelIdentity {
                name: scenario.model.name.clone(),
                price: scenario.model.price.clone(),
                provider: scenario.model.provider.clone(),
                region: scenario.model.region.clone(),
            },
            turns: turns.len(),
            next: Mutex::new(turns.into_iter()),
        }
    }
}

impl Model for ScriptedModel {
    fn identity(&self) -> &ModelIdentity {
        &self.identity
    }

    fn call(&self, permit: Permit, _conversation: &[Message]) -> Result<Turn, ModelError> {
        let request = permit.spend(Action::ModelCall)?;
        let permitted = request.model.and_then(|model| model.model);
        if permitted.as_deref() != Some(self.identity.name.as_str()) {
            return Err(PermitError::Differs { field: "model.model" }.into());
        }
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        next.next().ok_or(ModelError::Ended { turns: self.turns })
    }
}
