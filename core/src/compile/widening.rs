//! Documents about data and models that try to permit what holds above them. The attempt has no
//! effect; it is reported with both places.

use crate::authority::could_meet;
use crate::authority::overlap;
use crate::compile::CompileError;
use crate::compile::CompiledDataClasses;
use crate::compile::CompiledModelPolicy;
use crate::compile::PolicySet;
use crate::document::Located;
use crate::document::ModelPolicy;
use crate::model::Location;

/// Reports rules and labels that are laxer than what holds without a document, or than those of a
/// document of a higher level.
pub(crate) fn check_data(set: &PolicySet, found: &mut Vec<CompileError>) {
    for lower in &set.data {
        built_in(lower, found);
        for higher in &set.data {
            let scopes = (&higher.document.scope, &lower.document.scope);
            if higher.level < lower.level && overlap(scopes.0, scopes.1) {
                between(higher, lower, found);
            }
        }
    }
}

fn built_in(lower: &CompiledDataClasses, found: &mut Vec<CompileError>) {
    let mut report = |field: &'static str, what: String, location: &Location| {
        found.push(CompileError::WidensBuiltIn {
            field,
            location: location.clone(),
            lower: lower.policy.name.clone(),
            what,
        });
    };
    let document = &lower.document;
    for (class, rules) in &document.classes {
        let (context, artifact) = (class.model_context(), class.artifact());
        if let Some(rule) = rules.model_context.as_ref().filter(|rule| rule.value < context) {
            let what = format!("`{}` for `{class}`, which is `{context}`", rule.value);
            report("classes", what, &rule.location);
        }
        if let Some(rule) = rules.artifact.as_ref().filter(|rule| rule.value < artifact) {
            let what = format!("`{}` for artifacts of `{class}`, `{artifact}`", rule.value);
            report("classes", what, &rule.location);
        }
    }
    for (source, class) in &document.sources {
        if class.value < source.class() {
            let what = format!("`{}` for `{source}`, which is `{}`", class.value, source.class());
            report("sources", what, &class.location);
        }
    }
    for (kind, class) in &document.content {
        if class.value < kind.class() {
            let what = format!("`{}` for `{kind}`, which is `{}`", class.value, kind.class());
            report("content", what, &class.location);
        }
    }
}

fn between(
    higher: &CompiledDataClasses,
    lower: &CompiledDataClasses,
    found: &mut Vec<CompileError>,
) {
    let mut report = Report {
        found,
        higher: &higher.policy.name,
        level: lower.level.name(),
        lower: &lower.policy.name,
    };
    for (class, rules) in &lower.document.classes {
        let Some(above) = higher.document.classes.get(class) else {
            continue;
        };
        report.over("classes", rules.model_context.as_ref(), above.model_context.as_ref(), false);
        report.over("classes", rules.artifact.as_ref(), above.artifact.as_ref(), false);
    }
    for (source, class) in &lower.document.sources {
        report.over("sources", Some(class), higher.document.sources.get(source), false);
    }
    for (kind, class) in &lower.document.content {
        report.over("content", Some(class), higher.document.content.get(kind), false);
    }
}

/// Reports model policies that permit what one of a higher level, for the same runs, does not.
pub(crate) fn check_models(set: &PolicySet, found: &mut Vec<CompileError>) {
    for lower in &set.models {
        for higher in &set.models {
            let (above, below) = (&higher.document, &lower.document);
            let meet = overlap(&above.scope, &below.scope) && same_tasks(above, below);
            if higher.level < lower.level && meet {
                models(higher, lower, found);
            }
        }
    }
}

fn models(
    higher: &CompiledModelPolicy,
    lower: &CompiledModelPolicy,
    found: &mut Vec<CompileError>,
) {
    let (above, below) = (&higher.document, &lower.document);
    let mut report = Report {
        found,
        higher: &higher.policy.name,
        level: lower.level.name(),
        lower: &lower.policy.name,
    };
    report.over(
        "data_class_max",
        below.data_class_max.as_ref(),
        above.data_class_max.as_ref(),
        true,
    );
    let (tokens, most) = (below.max_tokens_per_run.as_ref(), above.max_tokens_per_run.as_ref());
    report.over("max_tokens_per_run", tokens, most, true);
    if let (Some(cost), Some(most)) = (&below.max_cost_per_run, &above.max_cost_per_run)
        && cost.value.currency == most.value.currency
        && cost.value.micros() > most.value.micros()
    {
        let what = format!("{} over {}", cost.value, most.value);
        report.push("max_cost_per_run", what, &cost.location, &most.location);
    }
    for (field, kept, most) in [
        ("prompt_logging.raw", &below.prompt_logging.raw, &above.prompt_logging.raw),
        ("prompt_logging.redacted", &below.prompt_logging.redacted, &above.prompt_logging.redacted),
    ] {
        report.over(field, kept.as_ref(), most.as_ref(), true);
    }
    for entry in &below.allowed_models {
        let same = |above: &&crate::document::ModelEntry| {
            above.model == entry.model && above.provider == entry.provider
        };
        if above.allowed_models.iter().find(same).is_none() {
            let what = format!("{}/{}", entry.provider, entry.model);
            report.push("allowed_models", what, &entry.location, &above.location);
        }
    }
    for (field, names, most) in [
        ("providers", &below.providers, &above.providers),
        ("regions", &below.regions, &above.regions),
    ] {
        if let (Some(names), Some(most)) = (names, most) {
            for name in names.value.iter().filter(|name| !most.value.contains(name)) {
                report.push(field, name.clone(), &names.location, &most.location);
            }
        }
    }
}

fn same_tasks(one: &ModelPolicy, two: &ModelPolicy) -> bool {
    match (&one.task_class, &two.task_class) {
        (Some(one), Some(two)) => {
            one.value.iter().any(|a| two.value.iter().any(|b| could_meet(a, b)))
        }
        (None, _) | (_, None) => true,
    }
}

/// Where attempts of one document against another are reported.
struct Report<'a> {
    found: &'a mut Vec<CompileError>,
    higher: &'a str,
    level: &'static str,
    lower: &'a str,
}

impl Report<'_> {
    fn push(&mut self, field: &'static str, what: String, at: &Location, set_at: &Location) {
        self.found.push(CompileError::Widens {
            field,
            higher: self.higher.to_owned(),
            level: self.level,
            location: at.clone(),
            lower: self.lower.to_owned(),
            set_at: set_at.clone(),
            what,
        });
    }

    /// Reports a value that is over the one above it, or under it where more is stricter.
    fn over<T: Ord + std::fmt::Display>(
        &mut self,
        field: &'static str,
        value: Option<&Located<T>>,
        above: Option<&Located<T>>,
        less_is_stricter: bool,
    ) {
        if let (Some(value), Some(above)) = (value, above) {
            let laxer = if less_is_stricter {
                value.value > above.value
            } else {
                value.value < above.value
            };
            if laxer {
                let what = format!("{} where it is {}", value.value, above.value);
                self.push(field, what, &value.location, &above.location);
            }
        }
    }
}
