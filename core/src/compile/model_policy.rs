//! A `model_policy` document, compiled: which of its models a call could be.

use crate::compile::PolicyRef;
use crate::compile::Scope;
use crate::document::Located;
use crate::document::ModelEntry;
use crate::document::ModelPolicy;
use crate::model::DataClass;
use crate::model::Level;
use crate::model::Location;
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
    /// What it does not state counts against it.
    pub live: bool,
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

/// What a document has against a call.
#[derive(Clone, Copy, Debug)]
pub struct ModelFault<'a> {
    /// The entry that says so; none for what the document says of every model.
    pub entry: Option<&'a ModelEntry>,
    /// The document's field.
    pub field: &'static str,
    /// Where it stands.
    pub location: &'a Location,
    /// What is wrong.
    pub wrong: ModelWrong<'a>,
}

/// What is wrong with a call, with what would be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelWrong<'a> {
    /// The model's name matches one that is blocked.
    Blocked(&'a str),
    /// It would see data above this class.
    DataClass(DataClass),
    /// It takes more tokens than this, or does not say how many.
    MaxTokens(u64),
    /// The model is not listed.
    NotListed,
    /// The model is listed, from this provider alone.
    OtherProvider(&'a str),
    /// The provider is none of these.
    Provider(&'a [String]),
    /// It runs in none of these regions, or does not say where.
    Region(&'a [String]),
    /// It is used for none of these, or does not say for what.
    UseFor(&'a [String]),
}

impl<'r> ModelCall<'r> {
    /// Returns the call that `request` is for, with data of `class`; `live` where what it does not
    /// state counts against it.
    pub fn of(request: &'r Request, class: Option<DataClass>, live: bool) -> Self {
        let model = request.model.as_ref();
        Self {
            class,
            live,
            model: model.and_then(|model| model.model.as_deref()),
            provider: model.and_then(|model| model.provider.as_deref()),
            region: model.and_then(|model| model.region.as_deref()),
            task_class: request.task_class.as_deref(),
            tokens: model.and_then(|model| model.tokens),
            use_for: model.and_then(|model| model.use_for.as_deref()),
        }
    }

    /// Returns `names` where they leave out `stated`.
    fn outside<'a>(
        &self,
        names: Option<&'a Vec<String>>,
        stated: Option<&str>,
    ) -> Option<&'a [String]> {
        let names = names?;
        let left_out = match stated {
            Some(stated) => !names.iter().any(|name| name == stated),
            None => self.live,
        };
        left_out.then_some(names)
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

    /// Returns everything that the document has against the call, budgets of the run apart. Where
    /// it is for other task classes, that is only what it blocks: nothing opens a blocked model.
    pub fn faults(&self, call: &ModelCall<'_>) -> Vec<ModelFault<'_>> {
        let mut faults: Vec<ModelFault<'_>> = self.blocked(call).into_iter().collect();
        if !self.is_for(call.task_class) {
            return faults;
        }
        faults.extend(self.entry_faults(call));
        let document = &self.document;
        let mut of_all = |field, location, wrong| {
            faults.push(ModelFault { entry: None, field, location, wrong });
        };
        if let Some(list) = &document.providers
            && let Some(names) = call.outside(Some(&list.value), call.provider)
        {
            of_all("providers", &list.location, ModelWrong::Provider(names));
        }
        if let Some(list) = &document.regions
            && let Some(names) = call.outside(Some(&list.value), call.region)
        {
            of_all("regions", &list.location, ModelWrong::Region(names));
        }
        if let Some(Located { location, value: max }) = &document.data_class_max
            && call.class.is_some_and(|class| class > *max)
        {
            of_all("data_class_max", location, ModelWrong::DataClass(*max));
        }
        faults
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

    fn blocked(&self, call: &ModelCall<'_>) -> Option<ModelFault<'_>> {
        let model = call.model?;
        let meets = |pattern: &str, name: Option<&str>| {
            // A name that is not stated could be the one.
            let name = name.map(str::to_lowercase);
            name.is_none_or(|name| wildcard_matches(&pattern.to_lowercase(), name.trim()))
        };
        let blocked = self.document.blocked_models.iter().find(|blocked| {
            let from = blocked.provider.as_deref();
            meets(&blocked.model, Some(model))
                && from.is_none_or(|pattern| meets(pattern, call.provider))
        })?;
        let (location, wrong) = (&blocked.location, ModelWrong::Blocked(&blocked.model));
        Some(ModelFault { entry: None, field: "blocked_models", location, wrong })
    }

    /// The model must be listed, and one of its entries must cover the call: what is wrong is what
    /// the closest one has against it.
    fn entry_faults(&self, call: &ModelCall<'_>) -> Vec<ModelFault<'_>> {
        let field = ENTRIES;
        let entries = self.entries(call);
        if let Some((_, faults)) = entries.into_iter().min_by_key(|(_, faults)| faults.len()) {
            return faults;
        }
        let models = &self.document.allowed_models;
        let namesake = models.iter().find(|entry| Some(entry.model.as_str()) == call.model);
        let (location, wrong) = match namesake {
            Some(entry) => (&entry.location, ModelWrong::OtherProvider(&entry.provider)),
            None => (&self.policy.location, ModelWrong::NotListed),
        };
        vec![ModelFault { entry: None, field, location, wrong }]
    }

    /// Returns the entries for the model, each with what it has against the call.
    fn entries(&self, call: &ModelCall<'_>) -> Vec<(&ModelEntry, Vec<ModelFault<'_>>)> {
        let same = |entry: &&ModelEntry| {
            Some(entry.model.as_str()) == call.model
                && Some(entry.provider.as_str()) == call.provider
        };
        let entries = self.document.allowed_models.iter().filter(same);
        entries.map(|entry| (entry, faults_of(entry, call))).collect()
    }
}

fn faults_of<'a>(entry: &'a ModelEntry, call: &ModelCall<'_>) -> Vec<ModelFault<'a>> {
    let over = entry.data_class_max.filter(|max| call.class.is_some_and(|class| class > *max));
    let tokens = entry.max_tokens.filter(|max| match call.tokens {
        Some(tokens) => u64::from(tokens) > *max,
        None => call.live,
    });
    let wrong = [
        over.map(ModelWrong::DataClass),
        tokens.map(ModelWrong::MaxTokens),
        call.outside(entry.regions.as_ref(), call.region).map(ModelWrong::Region),
        call.outside(entry.use_for.as_ref(), call.use_for).map(ModelWrong::UseFor),
    ];
    let fault =
        |wrong| ModelFault { entry: Some(entry), field: ENTRIES, location: &entry.location, wrong };
    wrong.into_iter().flatten().map(fault).collect()
}

const ENTRIES: &str = "allowed_models";
