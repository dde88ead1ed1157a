//! A `model_policy` document, compiled: which of its models a call could be.

use crate::compile::PolicyRef;
use crate::compile::Scope;
use crate::document::BlockedModel;
use crate::document::ModelEntry;
use crate::document::ModelPolicy;
use crate::model::DataClass;
use crate::model::Level;
use crate::model::Request;
use crate::model::ordered::sort;
use crate::model::ordered::sort_by;
use crate::model::wildcard_matches;

/// A compiled `model_policy` document.
#[derive(Clone, Debug)]
pub struct CompiledModelPolicy {
    /// What it says.
    pub document: ModelPolicy,
    /// The level.
    pub level: Level,
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// Which requests it applies to.
    pub scope: Scope,
}

/// Which model would be called, and for what.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModelCall<'r> {
    /// The highest class of what it would see.
    pub class: Option<DataClass>,
    /// The model's name.
    pub model: Option<&'r str>,
    /// The provider.
    pub provider: Option<&'r str>,
    /// The region.
    pub region: Option<&'r str>,
    /// The class of the task.
    pub task_class: Option<&'r str>,
    /// Tokens that the call adds.
    pub tokens: Option<u32>,
    /// What it is used for.
    pub use_for: Option<&'r str>,
}

/// Why an entry of a document does not cover a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModelFault {
    /// The class of what it would see is over the entry's.
    DataClass(DataClass),
    /// It takes more tokens.
    MaxTokens(u64),
    /// It runs elsewhere, or the request does not say where.
    Region,
    /// It is used for something else, or the request does not say for what.
    UseFor,
}

impl<'r> ModelCall<'r> {
    /// Returns the call that `request` is for, with data of `class`.
    pub fn of(request: &'r Request, class: Option<DataClass>) -> Self {
        let model = request.model.as_ref();
        Self {
            class,
            model: model.and_then(|model| model.model.as_deref()),
            provider: model.and_then(|model| model.provider.as_deref()),
            region: model.and_then(|model| model.region.as_deref()),
            task_class: request.task_class.as_deref(),
            tokens: model.and_then(|model| model.tokens),
            use_for: model.and_then(|model| model.use_for.as_deref()),
        }
    }
}

impl CompiledModelPolicy {
    /// Compiles `document`. Of its lists only that of the models has an order that means
    /// something, so only that one may show in a decision.
    pub fn compile(mut document: ModelPolicy, reference: PolicyRef) -> Self {
        let lists = [&mut document.providers, &mut document.regions, &mut document.task_class];
        for list in lists.into_iter().flatten() {
            sort(&mut list.value);
            list.value.dedup();
        }
        sort_by(&mut document.blocked_models, |a, b| {
            (&a.model, &a.provider).cmp(&(&b.model, &b.provider))
        });
        Self {
            level: document.level,
            policy: reference,
            scope: Scope::compile(&document.scope),
            document,
        }
    }

    /// Returns true where the document is for the task class; one that is not stated could be any.
    pub fn is_for(&self, task_class: Option<&str>) -> bool {
        match (&self.document.task_class, task_class) {
            (Some(patterns), Some(class)) => {
                patterns.value.iter().any(|pattern| wildcard_matches(pattern, class))
            }
            (None, _) | (_, None) => true,
        }
    }

    /// Returns what blocks the model, whatever allows it.
    pub fn blocks(&self, provider: Option<&str>, model: Option<&str>) -> Option<&BlockedModel> {
        let meets = |pattern: &str, name: Option<&str>| {
            // A name that is not stated could be the one.
            let name = name.map(str::to_lowercase);
            name.is_none_or(|name| wildcard_matches(&pattern.to_lowercase(), name.trim()))
        };
        self.document.blocked_models.iter().find(|blocked| {
            model.is_some()
                && meets(&blocked.model, model)
                && blocked.provider.as_deref().is_none_or(|pattern| meets(pattern, provider))
        })
    }

    /// Returns the entries for the model, each with why it does not cover the call.
    pub fn entries(&self, call: &ModelCall<'_>) -> Vec<(&ModelEntry, Vec<ModelFault>)> {
        let same = |entry: &&ModelEntry| {
            Some(entry.model.as_str()) == call.model
                && Some(entry.provider.as_str()) == call.provider
        };
        let entries = self.document.allowed_models.iter().filter(same);
        entries.map(|entry| (entry, faults(entry, call))).collect()
    }

    /// Returns true where the document, being the platform's, opens for this very call what is
    /// normally blocked.
    pub fn opens(&self, class: DataClass, call: &ModelCall<'_>) -> bool {
        self.level == Level::Platform
            && self.is_for(call.task_class)
            && self.entries(call).iter().any(|(entry, faults)| {
                faults.is_empty() && entry.data_class_max.is_some_and(|max| max >= class)
            })
    }
}

fn faults(entry: &ModelEntry, call: &ModelCall<'_>) -> Vec<ModelFault> {
    let among = |list: &Option<Vec<String>>, name: Option<&str>| {
        list.as_ref().is_none_or(|list| list.iter().any(|entry| Some(entry.as_str()) == name))
    };
    let mut faults = Vec::new();
    if let (Some(max), Some(class)) = (entry.data_class_max, call.class)
        && class > max
    {
        faults.push(ModelFault::DataClass(max));
    }
    if let (Some(max), Some(tokens)) = (entry.max_tokens, call.tokens)
        && u64::from(tokens) > max
    {
        faults.push(ModelFault::MaxTokens(max));
    }
    if !among(&entry.regions, call.region) {
        faults.push(ModelFault::Region);
    }
    if !among(&entry.use_for, call.use_for) {
        faults.push(ModelFault::UseFor);
    }
    faults
}
