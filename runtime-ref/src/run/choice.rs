//! Which models may be called, in the order in which the policies want them tried.

use std::sync::Arc;

use bailiwick::ChosenModel;
use bailiwick::ModelCandidate;
use bailiwick::Money;
use bailiwick::Request;
use bailiwick::choose_model;

use crate::pep::Pep;
use crate::port::model::Model;
use crate::port::store::RunKey;

/// A model that may be called.
pub(super) struct Choice<'m> {
    /// The model.
    pub(super) model: &'m Arc<dyn Model>,
    /// The region that it is to run in.
    pub(super) region: Option<String>,
}

impl Choice<'_> {
    /// Says in `request` which model is to be called, where, and what that is expected to cost.
    pub(super) fn name_in(&self, request: &mut Request) {
        let identity = self.model.identity();
        let mut wanted = request.model.take().unwrap_or_default();
        wanted.cost = wanted.tokens.and_then(|tokens| identity.cost(tokens));
        wanted.model = Some(identity.name.clone());
        wanted.provider = Some(identity.provider.clone());
        wanted.region.clone_from(&self.region);
        request.model = Some(wanted);
    }
}

/// Returns the models among `models` that the policies choose for `need`, the first choice first.
/// Where none may be called it is the first, so that its denial is decided on and kept like any
/// other.
pub(super) fn choose<'m>(
    models: &'m [Arc<dyn Model>],
    pep: &Pep,
    run: &RunKey,
    need: &Request,
) -> Vec<Choice<'m>> {
    let (team, campaign) = (need.team.as_deref(), need.campaign_id.as_deref());
    let mut need = need.clone();
    if let Some(wanted) = &mut need.model {
        wanted.cost = wanted.tokens.and_then(|tokens| dearest(models, tokens));
    }
    // Without a state nothing is chosen, and the enforcement point says why.
    let state = pep.snapshot.take(run, team, campaign).ok();
    let choice =
        state.map(|state| choose_model(&pep.pdp, &need, Some(&candidates(models)), &state));
    let chosen = choice.map(|choice| choice.chosen.into_iter().chain(choice.fallbacks));
    let chosen: Vec<Choice<'m>> =
        chosen.into_iter().flatten().filter_map(|chosen| at_hand(models, chosen)).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let first = models.first().map(|model| {
        let region = model.identity().region.clone();
        Choice { model, region }
    });
    first.into_iter().collect()
}

fn candidates(models: &[Arc<dyn Model>]) -> Vec<ModelCandidate> {
    let candidate = |model: &Arc<dyn Model>| {
        let identity = model.identity();
        ModelCandidate {
            available: true,
            model: identity.name.clone(),
            provider: identity.provider.clone(),
            region: identity.region.clone(),
        }
    };
    models.iter().map(candidate).collect()
}

/// Returns the model that was chosen, with the region that was chosen for it.
fn at_hand(models: &[Arc<dyn Model>], chosen: ChosenModel) -> Option<Choice<'_>> {
    let model = models.iter().find(|model| {
        let identity = model.identity();
        identity.name == chosen.model
            && identity.provider == chosen.provider
            && identity.region == chosen.region
    })?;
    Some(Choice { model, region: chosen.region })
}

/// Returns what `tokens` cost with the dearest of the models: which of them is called is not known
/// yet. None where that cannot be told of each.
fn dearest(models: &[Arc<dyn Model>], tokens: u32) -> Option<Money> {
    let costs: Option<Vec<Money>> =
        models.iter().map(|model| model.identity().cost(tokens)).collect();
    let costs = costs?;
    let first = costs.first()?;
    let same = costs.iter().all(|cost| cost.currency == first.currency);
    costs.iter().max_by_key(|cost| cost.micros()).filter(|_| same).cloned()
}
