//! Documents of retention against each other: a lower level only tightens, the two kinds of one
//! level agree, and nothing must go before it may.

use crate::authority::overlap;
use crate::compile::CompileError;
use crate::compile::PolicyRef;
use crate::document::Located;
use crate::document::RetentionDocument;
use crate::document::RetentionRule;
use crate::model::Level;
use crate::model::Location;
use crate::model::RetentionClass;

/// A document and its name.
pub(super) type Named = (PolicyRef, RetentionDocument);

/// Reports every conflict between `documents`, and between them and what is built in.
pub(super) fn check(documents: &mut [Named], found: &mut Vec<CompileError>) {
    crate::model::ordered::sort_by(documents, |a, b| {
        (a.1.level, &a.0.digest).cmp(&(b.1.level, &b.0.digest))
    });
    for (index, lower) in documents.iter().enumerate() {
        for higher in documents.iter().take(index) {
            if overlap(&higher.1.scope, &lower.1.scope) {
                pair(higher, lower, found);
            }
        }
        for (class, rule) in &lower.1.rules {
            built_in(documents, lower, *class, rule, found);
        }
    }
}

fn pair(higher: &Named, lower: &Named, found: &mut Vec<CompileError>) {
    let same_place = higher.1.level == lower.1.level && higher.1.scope == lower.1.scope;
    for (class, low) in &lower.1.rules {
        let Some(high) = higher.1.rules.get(class) else {
            continue;
        };
        if higher.1.level < lower.1.level {
            for (what, at, set_at) in widenings(high, low) {
                found.push(CompileError::RetentionWidens {
                    class: class.name(),
                    higher: format!("`{}`", higher.0.name),
                    level: lower.1.level.name(),
                    location: at.clone(),
                    lower: lower.0.name.clone(),
                    set_at: Some(set_at.clone()),
                    what,
                });
            }
        } else if same_place && higher.1.kind != lower.1.kind {
            for (what, at, other) in differences(high, low) {
                found.push(conflict(*class, at, Some(other), what));
            }
        }
        for (most, least) in [(&low.at_most, &high.at_least), (&high.at_most, &low.at_least)] {
            let (Some(most), Some(least)) = (most, least) else {
                continue;
            };
            if most.value < least.value {
                let what = too_short(most.value, least.value);
                let at = if most.location == least.location { None } else { Some(&least.location) };
                found.push(conflict(*class, &most.location, at, what));
            }
        }
    }
}

type Change<'a> = (String, &'a Location, &'a Location);

/// Returns what `low` would permit beyond `high`.
fn widenings<'a>(high: &'a RetentionRule, low: &'a RetentionRule) -> Vec<Change<'a>> {
    let mut out = Vec::new();
    let mut add = |what: String, at: &'a Location, set_at: &'a Location| {
        out.push((what, at, set_at));
    };
    if let (Some(high), Some(low)) = (&high.at_most, &low.at_most)
        && low.value > high.value
    {
        add(longer(low.value, high.value), &low.location, &high.location);
    }
    if let (Some(high), Some(low)) = (&high.at_least, &low.at_least)
        && low.value < high.value
    {
        add(shorter(low.value, high.value), &low.location, &high.location);
    }
    if let (Some(high), Some(low)) = (&high.access, &low.access)
        && !low.value.is_within(high.value)
    {
        add(format!("access `{}` over `{}`", low.value, high.value), &low.location, &high.location);
    }
    if let (Some(high), Some(low)) = (&high.encryption, &low.encryption)
        && high.value
        && !low.value
    {
        add(UNENCRYPTED.to_owned(), &low.location, &high.location);
    }
    out
}

/// Returns what two documents of one level and scope say differently.
fn differences<'a>(one: &'a RetentionRule, other: &'a RetentionRule) -> Vec<Change<'a>> {
    let mut out = Vec::new();
    differ(&one.at_most, &other.at_most, |days| format!("at most {days} days"), &mut out);
    differ(&one.at_least, &other.at_least, |days| format!("at least {days} days"), &mut out);
    differ(&one.access, &other.access, |word| format!("access `{word}`"), &mut out);
    out
}

fn differ<'a, T: PartialEq>(
    one: &'a Option<Located<T>>,
    other: &'a Option<Located<T>>,
    say: impl Fn(&T) -> String,
    out: &mut Vec<Change<'a>>,
) {
    if let (Some(one), Some(other)) = (one, other)
        && one.value != other.value
    {
        let what = format!("{} against {}", say(&other.value), say(&one.value));
        out.push((what, &other.location, &one.location));
    }
}

/// Compares with what is built in, wherever no platform document that could apply speaks instead.
fn built_in(
    documents: &[Named],
    (reference, document): &Named,
    class: RetentionClass,
    rule: &RetentionRule,
    found: &mut Vec<CompileError>,
) {
    let default = class.default_rule();
    let days = u64::from(default.days);
    let said = |field: fn(&RetentionRule) -> bool| {
        documents.iter().any(|(_, other)| {
            other.level == Level::Platform
                && overlap(&other.scope, &document.scope)
                && other.rules.get(&class).is_some_and(field)
        })
    };
    let mut widens = |what: String, at: &Location| {
        found.push(CompileError::RetentionWidens {
            class: class.name(),
            higher: BUILT_IN.to_owned(),
            level: document.level.name(),
            location: at.clone(),
            lower: reference.name.clone(),
            set_at: None,
            what,
        });
    };
    let (silent_most, silent_least) =
        (!said(|rule| rule.at_most.is_some()), !said(|rule| rule.at_least.is_some()));
    if let Some(most) = rule.at_most.as_ref().filter(|most| most.value > days)
        && !class.is_evidence()
        && silent_most
    {
        widens(longer(most.value, days), &most.location);
    }
    if let Some(least) = rule.at_least.as_ref().filter(|least| least.value < days)
        && class.is_evidence()
        && silent_least
    {
        widens(shorter(least.value, days), &least.location);
    }
    if let Some(word) = rule.access.as_ref().filter(|word| !word.value.is_within(default.access))
        && !said(|rule| rule.access.is_some())
    {
        widens(format!("access `{}` over `{}`", word.value, default.access), &word.location);
    }
    if let Some(required) = rule.encryption.as_ref().filter(|required| !required.value)
        && default.encryption
        && !said(|rule| rule.encryption.is_some())
    {
        widens(UNENCRYPTED.to_owned(), &required.location);
    }
    if let Some(most) = rule.at_most.as_ref().filter(|most| most.value < days)
        && class.is_evidence()
        && silent_least
    {
        found.push(conflict(class, &most.location, None, too_short(most.value, days)));
    }
    if let Some(least) = rule.at_least.as_ref().filter(|least| least.value > days)
        && !class.is_evidence()
        && silent_most
    {
        found.push(conflict(class, &least.location, None, too_short(days, least.value)));
    }
}

fn conflict(
    class: RetentionClass,
    at: &Location,
    other: Option<&Location>,
    what: String,
) -> CompileError {
    let (location, other) = (at.clone(), other.cloned());
    CompileError::RetentionConflict { class: class.name(), location, other, what }
}

fn longer(days: u64, most: u64) -> String {
    format!("{days} days over at most {most}")
}

fn shorter(days: u64, least: u64) -> String {
    format!("{days} days under at least {least}")
}

fn too_short(most: u64, least: u64) -> String {
    format!("at most {most} days against at least {least}")
}

/// What a document without another one is compared with.
const BUILT_IN: &str = "the built-in default";
const UNENCRYPTED: &str = "encryption `optional` over `required`";
