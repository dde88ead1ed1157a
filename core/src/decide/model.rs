//! Which model may be called (section 22): every model policy that applies must allow it.

use crate::compile::CompiledModelPolicy;
use crate::compile::ModelCall;
use crate::compile::ModelFault;
use crate::compile::PolicyChain;
use crate::compile::View;
use crate::decide::finding::Finding;
use crate::decide::finding::Fix;
use crate::decide::finding::Source;
use crate::document::Located;
use crate::document::ModelEntry;
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
    let call = ModelCall::of(view.request, seen);
    task_class(chain, &call, view, findings);
    for doc in chain.models.iter().filter(|doc| doc.is_for(call.task_class)) {
        let mut judge = Judge { call: &call, chain, doc, findings, live: !view.what_if };
        if let Some(blocked) = doc.blocks(call.provider, call.model) {
            let name = call.model.unwrap_or_default();
            let message = format!("model `{name}` is blocked by `{}`", blocked.model);
            judge.deny("model_blocked", message, "blocked_models", &blocked.location, true);
        }
        judge.entries();
        judge.listed("provider", "providers", doc.document.providers.as_ref(), call.provider);
        judge.listed("region", "regions", doc.document.regions.as_ref(), call.region);
        judge.class();
        judge.tokens(state);
        judge.cost(state, view);
    }
}

/// Task classes: the documents of the platform say which there are for models at all.
fn task_class<'a>(
    chain: &PolicyChain<'a>,
    call: &ModelCall<'_>,
    view: &View<'_>,
    findings: &mut Vec<Finding<'a>>,
) {
    let field = |doc: &'a CompiledModelPolicy, location: &'a Location| {
        Some(Source::field(doc.level, &doc.policy, "task_class", location))
    };
    let limited = chain.models.iter().find_map(|doc| {
        let list = doc.document.task_class.as_ref()?;
        Some((*doc, &list.location))
    });
    let Some(class) = call.task_class else {
        if let Some((doc, location)) = limited.filter(|_| !view.what_if) {
            let message = "models are limited by task class, and the request states none";
            let fix = Fix::Attribute("task_class".to_owned());
            let source = field(doc, location);
            let message = message.to_owned();
            findings.push(Finding::deny_until("attribute_missing", message, source, fix));
        }
        return;
    };
    let mut platform = chain.models.iter().filter(|doc| doc.level == Level::Platform).peekable();
    if platform.peek().is_none() || platform.clone().any(|doc| doc.is_for(Some(class))) {
        return;
    }
    let named: Vec<String> = platform
        .clone()
        .filter_map(|doc| doc.document.task_class.as_ref())
        .flat_map(|list| list.value.iter().map(|name| format!("`{name}`")))
        .collect();
    let first = platform.next().and_then(|doc| {
        let list = doc.document.task_class.as_ref()?;
        field(doc, &list.location)
    });
    let message = format!("no model is for task class `{class}`, only for {}", named.join(", "));
    findings.push(Finding::deny("model_task_class_not_allowed", message, first));
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
            if opened && chain.models.iter().all(|policy| covers(policy, &other)) {
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

/// Returns true where the document has nothing against the model, budgets apart.
fn covers(doc: &CompiledModelPolicy, call: &ModelCall<'_>) -> bool {
    let among = |list: &Option<Located<Vec<String>>>, name: Option<&str>| {
        list.as_ref().is_none_or(|list| list.value.iter().any(|entry| Some(entry.as_str()) == name))
    };
    let class = doc.document.data_class_max.as_ref();
    !doc.is_for(call.task_class)
        || (doc.blocks(call.provider, call.model).is_none()
            && doc.entries(call).iter().any(|(_, faults)| faults.is_empty())
            && among(&doc.document.providers, call.provider)
            && among(&doc.document.regions, call.region)
            && class.is_none_or(|max| call.class.is_none_or(|class| class <= max.value)))
}

/// One document and one call.
struct Judge<'c, 'a, 'f> {
    call: &'c ModelCall<'c>,
    chain: &'c PolicyChain<'a>,
    doc: &'a CompiledModelPolicy,
    findings: &'f mut Vec<Finding<'a>>,
    live: bool,
}

impl<'a> Judge<'_, 'a, '_> {
    fn deny(
        &mut self,
        code: &'static str,
        message: String,
        field: &'static str,
        location: &'a Location,
        another: bool,
    ) {
        let other = another.then(|| alternative(self.chain, self.call, None)).flatten();
        self.push(code, message, field, location, other.map(Fix::Change));
    }

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

    /// The model must be listed, and one of its entries must cover the call.
    fn entries(&mut self) {
        let (provider, model) =
            (self.call.provider.unwrap_or_default(), self.call.model.unwrap_or_default());
        let entries = self.doc.entries(self.call);
        let closest = entries.iter().min_by_key(|(_, faults)| faults.len());
        let Some((entry, faults)) = closest else {
            let elsewhere = self.doc.document.allowed_models.iter().find(|e| e.model == model);
            match elsewhere {
                Some(entry) => {
                    let message = format!(
                        "model `{model}` is allowed from provider `{}`, not from `{provider}`",
                        entry.provider
                    );
                    let (code, at) = ("model_provider_not_allowed", &entry.location);
                    self.deny(code, message, "allowed_models", at, true);
                }
                None => {
                    let message =
                        format!("model `{provider}/{model}` is not among the allowed ones");
                    let at = &self.doc.policy.location;
                    self.deny("model_not_allowed", message, "allowed_models", at, true);
                }
            }
            return;
        };
        for fault in faults.clone() {
            self.fault(entry, fault);
        }
    }

    fn fault(&mut self, entry: &'a ModelEntry, fault: ModelFault) {
        let name = format!("`{}/{}`", entry.provider, entry.model);
        let listed = |list: &Option<Vec<String>>| {
            let names: Vec<String> =
                list.iter().flatten().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        let field = "allowed_models";
        match fault {
            ModelFault::DataClass(max) => self.over(&name, max, field, &entry.location),
            ModelFault::MaxTokens(max) => {
                let message = format!("one call of {name} may take {max} tokens at most");
                let fix = Fix::Change(format!("the call takes at most {max} tokens"));
                self.push("model_tokens_exceeded", message, field, &entry.location, Some(fix));
            }
            ModelFault::Region => {
                let regions = listed(&entry.regions);
                self.named("region", self.call.region, (&name, &regions), field, &entry.location);
            }
            ModelFault::UseFor => {
                let uses = listed(&entry.use_for);
                self.named("use_for", self.call.use_for, (&name, &uses), field, &entry.location);
            }
        }
    }

    /// A region or use that is not among `names`, or not stated.
    fn named(
        &mut self,
        what: &'static str,
        stated: Option<&str>,
        (model, names): (&str, &str),
        field: &'static str,
        location: &'a Location,
    ) {
        let code = match what {
            "provider" => "model_provider_not_allowed",
            "region" => "model_region_not_allowed",
            _ => "model_use_not_allowed",
        };
        let (message, fix) = match stated {
            Some(stated) => (
                format!("{model} is allowed with {what} {names}, not `{stated}`"),
                Fix::Change(format!("the model's {what} is one of {names}")),
            ),
            None if self.live => (
                format!("{model} is allowed with {what} {names}, and the request states none"),
                Fix::Attribute(format!("model.{what}")),
            ),
            None => return,
        };
        self.push(code, message, field, location, Some(fix));
    }

    fn listed(
        &mut self,
        what: &'static str,
        field: &'static str,
        list: Option<&'a Located<Vec<String>>>,
        name: Option<&str>,
    ) {
        let Some(list) = list else {
            return;
        };
        if !list.value.iter().any(|entry| Some(entry.as_str()) == name) {
            let names: Vec<String> = list.value.iter().map(|name| format!("`{name}`")).collect();
            self.named(what, name, ("a model", &names.join(", ")), field, &list.location);
        }
    }

    fn class(&mut self) {
        if let (Some(max), Some(class)) = (&self.doc.document.data_class_max, self.call.class)
            && class > max.value
        {
            self.over("a model", max.value, "data_class_max", &max.location);
        }
    }

    fn over(&mut self, model: &str, max: DataClass, field: &'static str, at: &'a Location) {
        let Some(class) = self.call.class else {
            return;
        };
        let message = format!("{model} may see data up to class `{max}`, and this is `{class}`");
        let other = alternative(self.chain, self.call, None);
        let fix = other.unwrap_or_else(|| format!("the model sees nothing above `{max}`"));
        self.push("model_data_class_exceeded", message, field, at, Some(Fix::Change(fix)));
    }

    fn tokens(&mut self, state: &State) {
        let Some(max) = &self.doc.document.max_tokens_per_run else {
            return;
        };
        let field = "max_tokens_per_run";
        let adds = match self.call.tokens {
            Some(tokens) => u64::from(tokens),
            None if self.live => {
                let message = format!("`{field}` is set, and `model.tokens` is not known");
                let fix = Fix::Attribute("model.tokens".to_owned());
                self.push("limit_unknown", message, field, &max.location, Some(fix));
                return;
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
            None => self.uncounted("tokens", field, &max.location),
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
            None => self.uncounted(&key, field, &max.location),
        }
    }

    fn uncounted(&mut self, key: &str, field: &'static str, location: &'a Location) {
        let message = format!("`{field}` is set, and `{key}` is not known");
        let fix = Fix::Attribute(key.to_owned());
        self.push("limit_unknown", message, field, location, Some(fix));
    }
}

fn used(state: &State, key: &str) -> Option<u64> {
    state.usage.get(key).copied().or(state.usage_complete.then_some(0))
}
