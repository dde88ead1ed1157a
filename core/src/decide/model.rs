//! Which model may be called (section 22): every model policy that applies must allow it.

use crate::compile::CompiledModelPolicy;
use crate::compile::ModelCall;
use crate::compile::ModelFault;
use crate::compile::ModelWrong;
use crate::compile::PolicyChain;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::decide::finding::Source;
use crate::document::Located;
use crate::model::Action;
use crate::model::DataClass;
use crate::model::Level;
use crate::model::Location;
use crate::model::Money;
use crate::model::State;

/// Judges the model that would be called, with data of which `seen` is the highest class.
pub(crate) fn check<'a>(
    chain: &PolicyChain<'a>,
    seen: Option<DataClass>,
    state: &State,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    if view.action != Action::ModelCall || chain.models.is_empty() {
        return;
    }
    let call = ModelCall::of(view.request, seen, !view.what_if);
    task_class(chain, &call, view, findings);
    for doc in &chain.models {
        let mut judge = Judge { call: &call, chain, doc, findings };
        for fault in doc.faults(&call) {
            judge.fault(&fault);
        }
        if doc.is_for(call.task_class) {
            judge.tokens(state);
            judge.cost(state, view);
        }
    }
}

/// Task classes: the documents of the platform say which there are for models at all. Where none of
/// the platform applies, each of the others holds, as everywhere: one more must not open a class.
fn task_class<'a>(
    chain: &PolicyChain<'a>,
    call: &ModelCall<'_>,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    let source = |(doc, list): (&'a CompiledModelPolicy, &'a Located<Vec<String>>)| {
        Source::field(doc.level, &doc.policy, "task_class", &list.location)
    };
    let limited = |doc: &&'a CompiledModelPolicy| Some((*doc, doc.document.task_class.as_ref()?));
    let Some(class) = call.task_class else {
        let first = chain.models.iter().find_map(limited).filter(|_| !view.what_if);
        if let Some(first) = first {
            let message = "models are limited by task class, and the request states none";
            let fix = Fix::Attribute("task_class".to_owned());
            let source = Some(source(first));
            let message = message.to_owned();
            findings.push(Finding::deny_until("attribute_missing", message, source, fix));
        }
        return;
    };
    let is_platform = |doc: &&&CompiledModelPolicy| doc.level == Level::Platform;
    let governed = chain.models.iter().any(|doc| is_platform(&doc));
    let others: Vec<_> = chain
        .models
        .iter()
        .filter(|doc| !governed || is_platform(doc))
        .filter(|doc| !doc.is_for(Some(class)))
        .filter_map(limited)
        .collect();
    let opened = chain.models.iter().filter(is_platform).any(|doc| doc.is_for(Some(class)));
    let Some(first) = others.first().copied().filter(|_| !opened) else {
        return;
    };
    let named: Vec<String> = others
        .iter()
        .flat_map(|(_, list)| list.value.iter().map(|name| format!("`{name}`")))
        .collect();
    let (code, source) = ("model_task_class_not_allowed", Some(source(first)));
    let message = format!("no model is for task class `{class}`, only for {}", named.join(", "));
    findings.push(if governed {
        Finding::deny(code, message, source)
    } else {
        let fix = Fix::Change(format!("a model_policy of the platform is for `{class}`"));
        Finding::deny_until(code, message, source, fix)
    });
}

/// Returns another model that the policies allow for the same call, in words for a remedy;
/// `blocked` is a class that the platform must open for it.
pub(crate) fn alternative(
    chain: &PolicyChain<'_>,
    call: &ModelCall<'_>,
    blocked: Option<DataClass>,
) -> Option<String> {
    for doc in chain.models.iter().filter(|doc| doc.is_for(call.task_class)) {
        for entry in &doc.document.allowed_models {
            let region = entry.regions.as_ref().and_then(|list| list.first());
            let other = ModelCall {
                model: Some(&entry.model),
                provider: Some(&entry.provider),
                region: call.region.or(region.map(String::as_str)),
                ..*call
            };
            let opened = blocked
                .is_none_or(|class| chain.models.iter().any(|policy| policy.opens(class, &other)));
            if opened && chain.models.iter().all(|policy| policy.faults(&other).is_empty()) {
                let max =
                    entry.data_class_max.or(doc.document.data_class_max.as_ref().map(|m| m.value));
                let upto = max.map(|max| format!(" up to `{max}`")).unwrap_or_default();
                return Some(format!(
                    "`{}/{}` is called instead, which {} allows{upto}",
                    entry.provider, entry.model, doc.policy.name
                ));
            }
        }
    }
    None
}

/// One document and one call.
struct Judge<'c, 'a, 'f> {
    call: &'c ModelCall<'c>,
    chain: &'c PolicyChain<'a>,
    doc: &'a CompiledModelPolicy,
    findings: &'f mut Vec<Finding<'a>>,
}

impl<'a> Judge<'_, 'a, '_> {
    fn push(
        &mut self,
        code: &'static str,
        message: String,
        field: &'static str,
        location: &'a Location,
        fix: Option<Fix>,
    ) {
        let source = Some(Source::field(self.doc.level, &self.doc.policy, field, location));
        self.findings.push(match fix {
            Some(fix) => Finding::deny_until(code, message, source, fix),
            None => Finding::deny(code, message, source),
        });
    }

    fn fault(&mut self, fault: &ModelFault<'a>) {
        let (field, location) = (fault.field, fault.location);
        let model = match fault.entry {
            Some(entry) => format!("`{}/{}`", entry.provider, entry.model),
            None => "a model".to_owned(),
        };
        let (provider, name) =
            (self.call.provider.unwrap_or_default(), self.call.model.unwrap_or_default());
        let another = || alternative(self.chain, self.call, None);
        let (code, message, fix) = match fault.wrong {
            ModelWrong::Blocked(pattern) => {
                let message = format!("model `{name}` is blocked by `{pattern}`");
                ("model_blocked", message, another().map(Fix::Change))
            }
            ModelWrong::NotListed => {
                let message = format!("model `{provider}/{name}` is not among the allowed ones");
                ("model_not_allowed", message, another().map(Fix::Change))
            }
            ModelWrong::OtherProvider(from) => {
                let message = format!(
                    "model `{name}` is allowed from provider `{from}`, not from `{provider}`"
                );
                ("model_provider_not_allowed", message, another().map(Fix::Change))
            }
            ModelWrong::DataClass(max) => {
                let Some(class) = self.call.class else {
                    return;
                };
                let message =
                    format!("{model} may see data up to class `{max}`, and this is `{class}`");
                let fix =
                    another().unwrap_or_else(|| format!("the model sees nothing above `{max}`"));
                ("model_data_class_exceeded", message, Some(Fix::Change(fix)))
            }
            ModelWrong::MaxTokens(max) => match self.call.tokens {
                Some(_) => {
                    let message = format!("one call of {model} may take {max} tokens at most");
                    let fix = format!("the call takes at most {max} tokens");
                    ("model_tokens_exceeded", message, Some(Fix::Change(fix)))
                }
                None => return self.uncounted("model.tokens", "max_tokens", field, location),
            },
            ModelWrong::Provider(names) => {
                let (message, fix) = told(&model, "provider", self.call.provider, names);
                ("model_provider_not_allowed", message, Some(fix))
            }
            ModelWrong::Region(names) => {
                let (message, fix) = told(&model, "region", self.call.region, names);
                ("model_region_not_allowed", message, Some(fix))
            }
            ModelWrong::UseFor(names) => {
                let (message, fix) = told(&model, "use_for", self.call.use_for, names);
                ("model_use_not_allowed", message, Some(fix))
            }
        };
        self.push(code, message, field, location, fix);
    }

    fn tokens(&mut self, state: &State) {
        let Some(max) = &self.doc.document.max_tokens_per_run else {
            return;
        };
        let field = "max_tokens_per_run";
        let adds = match self.call.tokens {
            Some(tokens) => u64::from(tokens),
            None if self.call.live => {
                return self.uncounted("model.tokens", field, field, &max.location);
            }
            None => 0,
        };
        match used(state, "tokens") {
            Some(used) if used.saturating_add(adds) > max.value => {
                let sum = used.saturating_add(adds);
                let message = format!("{sum} tokens are over the run's {} for models", max.value);
                self.push("model_tokens_exceeded", message, field, &max.location, None);
            }
            Some(_) => {}
            None => self.uncounted("tokens", field, field, &max.location),
        }
    }

    fn cost(&mut self, state: &State, view: &View<'_>) {
        let Some(max) = &self.doc.document.max_cost_per_run else {
            return;
        };
        let field = "max_cost_per_run";
        let key = max.value.usage_key();
        let adds = view.request.model.as_ref().and_then(|model| model.cost.as_ref());
        let same = |cost: &&Money| cost.currency == max.value.currency;
        let adds = match adds.map(|cost| Some(cost).filter(same).and_then(Money::micros)) {
            Some(None) => {
                let message = format!("`model.cost` is no amount in {}", max.value.currency);
                let fix = Fix::Change(format!("`model.cost` is in {}", max.value.currency));
                self.push("model_cost_unknown", message, field, &max.location, Some(fix));
                return;
            }
            Some(Some(adds)) => adds,
            None if self.call.live => {
                return self.uncounted("model.cost", field, field, &max.location);
            }
            None => 0,
        };
        // Costs that are counted in something else are costs all the same.
        let other = state
            .usage
            .iter()
            .find(|(name, used)| name.starts_with("cost_") && **name != key && **used > 0);
        if let Some((other, _)) = other {
            let message = format!("costs are counted as `{other}`, and the cap needs `{key}`");
            self.push("model_cost_unknown", message, field, &max.location, Some(Fix::State));
            return;
        }
        match used(state, &key) {
            Some(used) if max.value.micros().is_none_or(|max| used.saturating_add(adds) > max) => {
                let message = format!("the run's models may cost {} at most", max.value);
                self.push("model_cost_exceeded", message, field, &max.location, None);
            }
            Some(_) => {}
            None => self.uncounted(&key, field, field, &max.location),
        }
    }

    /// A cap holds, and what it is compared with is not known.
    fn uncounted(
        &mut self,
        key: &str,
        cap: &'static str,
        field: &'static str,
        location: &'a Location,
    ) {
        let message = format!("`{cap}` is set, and `{key}` is not known");
        let fix = Fix::Attribute(key.to_owned());
        self.push("limit_unknown", message, field, location, Some(fix));
    }
}

/// Returns the sentence for a name that is not among `names`, or not stated, and what would do.
fn told(model: &str, what: &str, stated: Option<&str>, names: &[String]) -> (String, Fix) {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    match stated {
        Some(stated) => (
            format!("{model} is allowed with {what} {names}, not `{stated}`"),
            Fix::Change(format!("the model's {what} is one of {names}")),
        ),
        None => (
            format!("{model} is allowed with {what} {names}, and the request states none"),
            Fix::Attribute(format!("model.{what}")),
        ),
    }
}

fn used(state: &State, key: &str) -> Option<u64> {
    state.usage.get(key).copied().or(state.usage_complete.then_some(0))
}
