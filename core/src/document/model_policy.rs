//! `model_policy` (section 22): which model may be called, for what, with which data, at what
//! price, and what is kept of it.

use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::ScopeSelector;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::MAX_NUMBER;
use crate::model::DataClass;
use crate::model::Level;
use crate::model::Location;
use crate::model::Money;
use crate::model::closest;

/// Which models may be called. A model that is not listed is denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelPolicy {
    /// The models, in the order in which they are tried; exhaustive.
    pub allowed_models: Vec<ModelEntry>,
    /// Models that are never called, as names or globs, in any case.
    pub blocked_models: Vec<BlockedModel>,
    /// The highest data class that any of the models may see.
    pub data_class_max: Option<Located<DataClass>>,
    /// The level; platform where absent.
    pub level: Level,
    /// Where it stands.
    pub location: Location,
    /// What one run may cost.
    pub max_cost_per_run: Option<Located<Money>>,
    /// The tokens that one run may use.
    pub max_tokens_per_run: Option<Located<u64>>,
    /// The name; `model_policy` where absent.
    pub name: String,
    /// What may be kept of prompts.
    pub prompt_logging: PromptLogging,
    /// The providers; absent restricts nothing.
    pub providers: Option<Located<Vec<String>>>,
    /// The regions; absent restricts nothing.
    pub regions: Option<Located<Vec<String>>>,
    /// Which requests it applies to.
    pub scope: ScopeSelector,
    /// The task classes that it is for, as names or globs; absent is for every.
    pub task_class: Option<Located<Vec<String>>>,
    /// The version.
    pub version: Option<String>,
}

/// One model that may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelEntry {
    /// The highest data class that it may see; at the platform's level it opens what is normally
    /// blocked.
    pub data_class_max: Option<DataClass>,
    /// Where it stands.
    pub location: Location,
    /// The tokens that one call may take.
    pub max_tokens: Option<u64>,
    /// The model's name.
    pub model: String,
    /// The provider.
    pub provider: String,
    /// The regions that it may run in (key `region`); absent restricts nothing.
    pub regions: Option<Vec<String>>,
    /// What it may be used for; absent restricts nothing.
    pub use_for: Option<Vec<String>>,
}

/// A model that is never called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedModel {
    /// Where it stands.
    pub location: Location,
    /// The model's name or a glob.
    pub model: String,
    /// The provider, or a glob; absent means every.
    pub provider: Option<String>,
}

/// What may be kept of prompts; absent says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromptLogging {
    /// As they were.
    pub raw: Option<Located<bool>>,
    /// Redacted.
    pub redacted: Option<Located<bool>>,
}

impl ModelPolicy {
    const KEYS: &'static [&'static str] = &[
        "allowed_models",
        "blocked_models",
        "data_class_max",
        "fallback",
        "level",
        "max_cost_per_run",
        "max_tokens_per_run",
        "name",
        "prompt_logging",
        "providers",
        "regions",
        "task_class",
        "version",
    ];

    /// Returns the document at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let fields = decoder.fields(at, &[Self::KEYS, ScopeSelector::KEYS].concat())?;
        let allowed = fields.find("allowed_models");
        if allowed.is_none() {
            decoder.missing(&fields, "allowed_models", "a model policy");
        }
        let mut models: Vec<ModelEntry> = Vec::new();
        for item in allowed.iter().flat_map(At::one_or_many) {
            models.extend(ModelEntry::decode(decoder, &item));
        }
        if let Some(at) = fields.find("fallback") {
            models = in_order(decoder, &at, models);
        }
        let blocked = fields.find("blocked_models");
        let blocked: Vec<At<'_>> = blocked.iter().flat_map(At::one_or_many).collect();
        let mut names = |key: &str| {
            let at = fields.find(key)?;
            let texts = decoder.some_texts(&at).into_iter().map(|text| text.value).collect();
            Some(Located::new(texts, decoder.location(&at)))
        };
        let (providers, regions) = (names("providers"), names("regions"));
        let task_class = names("task_class");
        let name = fields.find("name").and_then(|at| decoder.name(&at));
        Some(Self {
            allowed_models: models,
            blocked_models: blocked
                .iter()
                .filter_map(|at| BlockedModel::decode(decoder, at))
                .collect(),
            data_class_max: fields
                .find("data_class_max")
                .and_then(|at| Some(Located::new(decoder.data_class(&at)?, decoder.location(&at)))),
            level: decoder.level_field(&fields),
            location: decoder.location(at),
            max_cost_per_run: fields
                .find("max_cost_per_run")
                .and_then(|at| Some(Located::new(decoder.money(&at)?, decoder.location(&at)))),
            max_tokens_per_run: fields.find("max_tokens_per_run").and_then(|at| {
                Some(Located::new(decoder.number(&at, 0, MAX_NUMBER)?, decoder.location(&at)))
            }),
            name: name.unwrap_or_else(|| "model_policy".to_owned()),
            prompt_logging: fields
                .find("prompt_logging")
                .map(|at| PromptLogging::decode(decoder, &at))
                .unwrap_or_default(),
            providers,
            regions,
            scope: ScopeSelector::decode(decoder, &fields),
            task_class,
            version: fields.find("version").and_then(|at| decoder.text(&at)),
        })
    }

    /// Returns what the document says, without where it says it. The order of models is that in
    /// which they are tried, so it counts.
    pub(crate) fn content(&self) -> serde_json::Value {
        let models: Vec<serde_json::Value> = self
            .allowed_models
            .iter()
            .map(|entry| {
                serde_json::json!({
                    "data_class_max": entry.data_class_max, "max_tokens": entry.max_tokens,
                    "model": entry.model, "provider": entry.provider,
                    "regions": entry.regions, "use_for": entry.use_for,
                })
            })
            .collect();
        let mut blocked: Vec<(&str, Option<&str>)> = self
            .blocked_models
            .iter()
            .map(|blocked| (blocked.model.as_str(), blocked.provider.as_deref()))
            .collect();
        crate::model::ordered::sort(&mut blocked);
        serde_json::json!({
            "allowed_models": models,
            "blocked_models": blocked,
            "data_class_max": self.data_class_max.as_ref().map(|class| class.value),
            "level": self.level,
            "log_raw": self.prompt_logging.raw.as_ref().map(|flag| flag.value),
            "log_redacted": self.prompt_logging.redacted.as_ref().map(|flag| flag.value),
            "max_cost_per_run": self.max_cost_per_run.as_ref().map(|cost| &cost.value),
            "max_tokens_per_run": self.max_tokens_per_run.as_ref().map(|tokens| tokens.value),
            "providers": sorted(self.providers.as_ref()),
            "regions": sorted(self.regions.as_ref()),
            "task_class": sorted(self.task_class.as_ref()),
        })
    }
}

fn sorted(list: Option<&Located<Vec<String>>>) -> Option<Vec<&str>> {
    let mut names: Vec<&str> = list?.value.iter().map(String::as_str).collect();
    crate::model::ordered::sort(&mut names);
    names.dedup();
    Some(names)
}

/// Returns the models in the order that `fallback` gives; what it does not name comes behind.
fn in_order(decoder: &mut Decoder<'_>, at: &At<'_>, models: Vec<ModelEntry>) -> Vec<ModelEntry> {
    let wanted = decoder.some_texts(at);
    let is_meant = |entry: &ModelEntry, text: &str| {
        text == entry.model || text == format!("{}/{}", entry.provider, entry.model)
    };
    for name in &wanted {
        if !models.iter().any(|entry| is_meant(entry, &name.value)) {
            let known = models.iter().map(|entry| entry.model.as_str());
            let error = DocumentError::UnknownName {
                name: Quoted::from(name.value.as_str()),
                what: "allowed model",
                suggestion: closest(&name.value, known).map(str::to_owned),
            };
            decoder.push(error.at(name.location.clone()));
        }
    }
    let place = |entry: &ModelEntry| {
        let named = wanted.iter().position(|name| is_meant(entry, &name.value));
        named.unwrap_or(wanted.len())
    };
    let mut models = models;
    crate::model::ordered::sort_by(&mut models, |a, b| place(a).cmp(&place(b)));
    models
}

impl ModelEntry {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let keys = ["data_class_max", "max_tokens", "model", "provider", "region", "use_for"];
        let fields = decoder.fields(at, &keys)?;
        let mut required = |key: &'static str| match fields.find(key) {
            Some(at) => decoder.text(&at),
            None => {
                decoder.missing(&fields, key, "an allowed model");
                None
            }
        };
        let (model, provider) = (required("model"), required("provider"));
        let mut texts = |key: &str| {
            let at = fields.find(key)?;
            Some(decoder.some_texts(&at).into_iter().map(|text| text.value).collect())
        };
        let (regions, use_for) = (texts("region"), texts("use_for"));
        let class = fields.find("data_class_max").and_then(|at| decoder.data_class(&at));
        let max_tokens =
            fields.find("max_tokens").and_then(|at| decoder.number(&at, 1, MAX_NUMBER));
        Some(Self {
            data_class_max: class,
            location: decoder.location(at),
            max_tokens,
            model: model?,
            provider: provider?,
            regions,
            use_for,
        })
    }
}

impl BlockedModel {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let location = decoder.location(at);
        if at.entries().is_none() {
            let model = decoder.text(at)?;
            return Some(Self { location, model, provider: None });
        }
        let fields = decoder.fields(at, &["model", "provider"])?;
        if fields.find("model").is_none() {
            decoder.missing(&fields, "model", "a blocked model");
        }
        let model = fields.find("model").and_then(|at| decoder.text(&at));
        let provider = fields.find("provider").and_then(|at| decoder.text(&at));
        Some(Self { location, model: model?, provider })
    }
}

impl PromptLogging {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Self {
        let Some(fields) = decoder.fields(at, &["raw", "redacted"]) else {
            return Self::default();
        };
        let mut flag = |key: &str| {
            let at = fields.find(key)?;
            Some(Located::new(decoder.boolean(&at)?, decoder.location(&at)))
        };
        Self { raw: flag("raw"), redacted: flag("redacted") }
    }
}

impl Decoder<'_> {
    /// Returns the amount of money at `at`.
    fn money(&mut self, at: &At<'_>) -> Option<Money> {
        let fields = self.fields(at, &["amount", "currency"])?;
        let mut part = |key: &'static str| match fields.find(key) {
            Some(at) => self.located_text(&at),
            None => {
                self.missing(&fields, key, "an amount of money");
                None
            }
        };
        let (amount, currency) = (part("amount"), part("currency"));
        let (amount, currency) = (amount?, currency?);
        let money = Money { amount: amount.value, currency: currency.value };
        let faulty = [
            (money.micros().is_none(), &money.amount, amount.location),
            (!money.has_currency(), &money.currency, currency.location),
        ];
        let mut good = true;
        for (faulty, text, location) in faulty {
            if faulty {
                good = false;
                let text = Quoted::from(text.as_str());
                self.push(DocumentError::InvalidMoney { text }.at(location));
            }
        }
        good.then_some(money)
    }
}
