//! Which model to call (section 22): the first of the policies' models that a call would be
//! allowed with, and why each other one is refused.

use serde::Deserialize;
use serde::Serialize;

use crate::compile::CompiledModelPolicy;
use crate::compile::ModelCall;
use crate::compile::ModelWrong;
use crate::compile::PolicyChain;
use crate::decide::Obligation;
use crate::decide::Pdp;
use crate::decide::Refusal;
use crate::document::ModelEntry;
use crate::govern::DataLabel;
use crate::govern::classify;
use crate::model::Action;
use crate::model::Location;
use crate::model::ModelUse;
use crate::model::Request;
use crate::model::State;
use crate::redact::Cleaner;
use crate::redact::SinkType;

/// A model that the host could call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelCandidate {
    /// False where it does not answer at present.
    #[serde(default = "yes")]
    pub available: bool,
    /// The model's name.
    pub model: String,
    /// The provider.
    pub provider: String,
    /// The region that it runs in; absent is unknown, which no list of regions allows.
    #[serde(default)]
    pub region: Option<String>,
}

/// Which model to call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModelChoice {
    /// The model; none where every one is refused.
    pub chosen: Option<ChosenModel>,
    /// What the data is.
    pub data: DataLabel,
    /// All of it in one text for people.
    pub explanation: String,
    /// Further models that would be allowed, in the order in which they are tried.
    pub fallbacks: Vec<ChosenModel>,
    /// The models that are not, each with every reason.
    pub refused: Vec<ModelRefusal>,
}

impl ModelChoice {
    /// Leaves of every text that was made from the need or the candidates what the sink of
    /// `cleaner` may see, which is made from both. The names of models that a document lists stay.
    pub fn clean<S: SinkType>(&mut self, cleaner: &Cleaner<S>) {
        let Self { chosen, data, explanation, fallbacks, refused } = self;
        cleaner.clean(explanation);
        for reason in &mut data.reasons {
            cleaner.clean(&mut reason.because);
            cleaner.clean(&mut reason.piece);
        }
        for model in chosen.iter_mut().chain(fallbacks) {
            if model.policy.is_none() {
                cleaner.clean(&mut model.model);
                cleaner.clean(&mut model.provider);
            }
            model.region.iter_mut().for_each(|region| cleaner.clean(region));
        }
        for model in refused {
            cleaner.clean(&mut model.model);
            cleaner.clean(&mut model.provider);
            model.region.iter_mut().for_each(|region| cleaner.clean(region));
            model.reasons.iter_mut().for_each(|reason| cleaner.clean(&mut reason.message));
        }
    }
}

/// A model that may be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChosenModel {
    /// Where the entry stands that lists it; none where no model policy applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The model's name.
    pub model: String,
    /// What the enforcement point must see to when it calls it.
    pub obligations: Vec<Obligation>,
    /// The document that lists it, `policy@version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The provider.
    pub provider: String,
    /// The region that it is to run in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// A model that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModelRefusal {
    /// The model's name.
    pub model: String,
    /// The provider.
    pub provider: String,
    /// Why, every reason.
    pub reasons: Vec<RefusalReason>,
    /// The region that it would run in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// One reason of a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusalReason {
    /// The stable word, as in decisions.
    pub code: &'static str,
    /// Where the rule stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The sentence for people.
    pub message: String,
    /// The document, `policy@version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The rule's id, or the document's field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// Returns the model to call for `need`: a request for `model.call` whose `model` says what is
/// needed (`use_for`, `data_class`, `tokens`, `cost`, `region`) and names no model.
///
/// Models are tried in the order of the lowest model policy that applies, then of those above it.
/// Each is judged as [`Pdp::decide`] would judge the call, so what is chosen is what a call would
/// be allowed with. With `candidates`, only those that the host has and that answer can be chosen.
///
/// # Example
/// ```
/// use std::sync::Arc;
/// use bailiwick::{CompileOptions, Pdp, Request, SourceFile, State, choose_model, compile};
/// let text = "
/// platform_policy: {version: 1, allowed_actions: [model.call]}
/// ---
/// model_policy:
///   version: 1
///   data_class_max: internal
///   allowed_models: [{provider: a, model: large}, {provider: local, model: small}]
///   blocked_models: [large]
/// ";
/// let policies = compile(&[SourceFile::new("p.yaml", text)], CompileOptions::default())?.policies;
/// let mut pdp = Pdp::new(Arc::new(policies));
/// pdp.what_if = true;
/// let need: Request = serde_json::from_str(r#"{"model": {"data_class": "internal"}}"#)?;
/// let state = State::fresh_empty("2026-07-04T00:00:00Z".parse()?);
/// let choice = choose_model(&pdp, &need, None, &state);
/// assert_eq!(choice.chosen.map(|chosen| chosen.model).as_deref(), Some("small"));
/// assert_eq!(choice.refused[0].reasons[0].code, "model_blocked");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn choose_model(
    pdp: &Pdp,
    need: &Request,
    candidates: Option<&[ModelCandidate]>,
    state: &State,
) -> ModelChoice {
    let need = Request { tool: Some(Action::ModelCall.name().to_owned()), ..need.clone() };
    let chain = pdp.policies.chain(&need, Action::ModelCall, pdp.what_if);
    let mut allowed = Vec::new();
    let mut refused = Vec::new();
    for tried in tried(&chain, &need, candidates) {
        let request = Request { model: Some(tried.of(&need)), ..need.clone() };
        let mut reasons: Vec<RefusalReason> =
            pdp.refusals(&request, state).into_iter().map(RefusalReason::of).collect();
        if !tried.available {
            reasons.insert(0, RefusalReason::unavailable());
        }
        let limited = candidates.is_some() && limits_regions(&chain, &request);
        reasons.extend(tried.elsewhere(&need, limited));
        if reasons.is_empty() {
            let obligations = pdp.decide(&request, state).obligations;
            allowed.push(ChosenModel {
                location: tried.entry.map(|(_, entry)| entry.location.clone()),
                model: tried.model.to_owned(),
                obligations,
                policy: tried.entry.map(|(doc, _)| doc.policy.name.clone()),
                provider: tried.provider.to_owned(),
                region: tried.region.map(str::to_owned),
            });
        } else {
            refused.push(ModelRefusal {
                model: tried.model.to_owned(),
                provider: tried.provider.to_owned(),
                reasons,
                region: tried.region.map(str::to_owned),
            });
        }
    }
    let mut allowed = allowed.into_iter();
    let chosen = allowed.next();
    let explanation = explanation(chosen.as_ref(), &refused, chain.models.is_empty());
    let data = classify(&pdp.policies, &need);
    ModelChoice { chosen, data, explanation, fallbacks: allowed.collect(), refused }
}

/// A model that is tried.
#[derive(Clone, Copy)]
struct Tried<'a> {
    available: bool,
    entry: Option<(&'a CompiledModelPolicy, &'a ModelEntry)>,
    model: &'a str,
    provider: &'a str,
    region: Option<&'a str>,
}

impl Tried<'_> {
    /// The region that is asked for is a wish of the need itself: no policy knows of it. Where the
    /// host does not know in which it runs, no question makes it one of those that are `limited`.
    fn elsewhere(&self, need: &Request, limited: bool) -> Option<RefusalReason> {
        let wanted = need.model.as_ref().and_then(|model| model.region.as_deref());
        let message = match (self.region, wanted) {
            (Some(region), Some(wanted)) if region != wanted => {
                format!("it runs in `{region}`, and `{wanted}` is asked for")
            }
            (None, Some(wanted)) => {
                format!("where it runs is not known, and `{wanted}` is asked for")
            }
            (None, None) if limited => "where it runs is not known".to_owned(),
            (Some(_), _) | (None, None) => return None,
        };
        Some(RefusalReason {
            code: "model_region_not_allowed",
            location: None,
            message,
            policy: None,
            rule: None,
        })
    }

    fn of(&self, need: &Request) -> ModelUse {
        ModelUse {
            model: Some(self.model.to_owned()),
            provider: Some(self.provider.to_owned()),
            region: self.region.map(str::to_owned),
            ..need.model.clone().unwrap_or_default()
        }
    }
}

/// Returns true where a policy has it against the call that it does not say where the model runs.
fn limits_regions(chain: &PolicyChain<'_>, request: &Request) -> bool {
    let call = ModelCall::of(request, None, true);
    let unplaced = |wrong| matches!(wrong, ModelWrong::Region(_)) && call.region.is_none();
    let mut faults = chain.models.iter().flat_map(|doc| doc.faults(&call));
    faults.any(|fault| unplaced(fault.wrong))
}

/// Returns what is tried, in order: the models of the policies, then what the host has beyond them.
fn tried<'a>(
    chain: &PolicyChain<'a>,
    need: &'a Request,
    candidates: Option<&'a [ModelCandidate]>,
) -> Vec<Tried<'a>> {
    let wanted = need.model.as_ref().and_then(|model| model.region.as_deref());
    let task_class = need.task_class.as_deref();
    let mut out: Vec<Tried<'a>> = Vec::new();
    let mut add = |tried: Tried<'a>| {
        let same = |other: &Tried<'_>| {
            (other.provider, other.model, other.region)
                == (tried.provider, tried.model, tried.region)
        };
        if !out.iter().any(same) {
            out.push(tried);
        }
    };
    // Where nothing is for the task class, every model is refused for that reason.
    let none = !chain.models.iter().any(|doc| doc.is_for(task_class));
    for doc in chain.models.iter().rev().filter(|doc| none || doc.is_for(task_class)) {
        for entry in &doc.document.allowed_models {
            let own = Tried {
                available: candidates.is_none(),
                entry: Some((doc, entry)),
                model: &entry.model,
                provider: &entry.provider,
                region: wanted,
            };
            let had = candidates.unwrap_or_default().iter().filter(|candidate| {
                candidate.model == entry.model && candidate.provider == entry.provider
            });
            let had: Vec<&ModelCandidate> = had.collect();
            for candidate in &had {
                // Where the host does not know where it runs, nobody does.
                let region = candidate.region.as_deref();
                add(Tried { available: candidate.available, region, ..own });
            }
            if had.is_empty() {
                regions(entry, wanted).for_each(|region| add(Tried { region, ..own }));
            }
        }
    }
    for candidate in candidates.unwrap_or_default() {
        let known = chain.models.iter().any(|doc| {
            (none || doc.is_for(task_class))
                && doc.document.allowed_models.iter().any(|entry| {
                    candidate.model == entry.model && candidate.provider == entry.provider
                })
        });
        if !known {
            add(Tried {
                available: candidate.available,
                entry: None,
                model: &candidate.model,
                provider: &candidate.provider,
                region: candidate.region.as_deref(),
            });
        }
    }
    out
}

/// Returns where the model could run: in the region that is given, else in each of the entry's.
fn regions<'a>(
    entry: &'a ModelEntry,
    given: Option<&'a str>,
) -> impl Iterator<Item = Option<&'a str>> {
    let listed = entry.regions.iter().flatten().map(|region| Some(region.as_str()));
    let listed = listed.filter(move |_| given.is_none());
    let one = given.is_some() || entry.regions.is_none();
    one.then_some(given).into_iter().chain(listed)
}

impl RefusalReason {
    fn of(refusal: Refusal) -> Self {
        Self {
            code: refusal.code,
            location: refusal.location,
            message: refusal.message,
            policy: refusal.policy,
            rule: refusal.rule,
        }
    }

    fn unavailable() -> Self {
        let message = "the model is not among those that answer at present";
        Self {
            code: "model_unavailable",
            location: None,
            message: message.to_owned(),
            policy: None,
            rule: None,
        }
    }
}

fn explanation(chosen: Option<&ChosenModel>, refused: &[ModelRefusal], ungoverned: bool) -> String {
    let mut text = match chosen {
        Some(chosen) => format!("{}/{}", chosen.provider, chosen.model),
        None if refused.is_empty() && ungoverned => {
            return "no model: no model_policy applies, and no candidate is given".to_owned();
        }
        None => "no model".to_owned(),
    };
    if let Some(policy) = chosen.and_then(|chosen| chosen.policy.as_ref()) {
        text.push_str(&format!(" [{policy}]"));
    }
    for refusal in refused {
        let reasons: Vec<&str> =
            refusal.reasons.iter().map(|reason| reason.message.as_str()).collect();
        text.push_str(&format!(
            "; not {}/{}: {}",
            refusal.provider,
            refusal.model,
            reasons.join(", ")
        ));
    }
    text
}

const fn yes() -> bool {
    true
}
