//! What is kept, for how long, and who may see it: the documents, compiled, and their meet.

use std::collections::BTreeMap;

use crate::compile::PolicyRef;
use crate::compile::PolicySet;
use crate::compile::Scope;
use crate::compile::scope::applying;
use crate::document::Located;
use crate::document::RetentionDocument;
use crate::document::RetentionKind;
use crate::document::RetentionRule;
use crate::model::Action;
use crate::model::ArtifactAccess;
use crate::model::Level;
use crate::model::Location;
use crate::model::Request;
use crate::model::RetentionClass;

/// A compiled document of retention.
#[derive(Clone, Debug)]
pub struct CompiledRetention {
    /// Which of the two documents it is.
    pub kind: RetentionKind,
    /// The level.
    pub level: Level,
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// What it says of each class.
    pub rules: BTreeMap<RetentionClass, RetentionRule>,
    /// Which requests it applies to.
    pub scope: Scope,
}

/// Who says it; none for what holds where nobody does.
#[derive(Clone, Copy, Debug)]
pub struct RetentionSource<'a> {
    /// The level.
    pub level: Level,
    /// Where it stands.
    pub location: &'a Location,
    /// The document.
    pub policy: &'a PolicyRef,
}

/// What all documents that apply say of one class, together with what holds where none does.
#[derive(Clone, Debug)]
pub struct EffectiveRetention<'a> {
    /// Who may see it: every word must admit a subject.
    pub access: Vec<(ArtifactAccess, Option<RetentionSource<'a>>)>,
    /// The fewest days that it is kept: the highest number.
    pub at_least: Option<(u64, Option<RetentionSource<'a>>)>,
    /// The most days that it is kept: the lowest number.
    pub at_most: Option<(u64, Option<RetentionSource<'a>>)>,
    /// It must be encrypted, and who says so first.
    pub encryption: Option<Option<RetentionSource<'a>>>,
}

impl CompiledRetention {
    /// Compiles `document`.
    pub fn compile(document: &RetentionDocument, reference: PolicyRef) -> Self {
        Self {
            kind: document.kind,
            level: document.level,
            policy: reference,
            rules: document.rules.clone(),
            scope: Scope::compile(&document.scope),
        }
    }

    fn source<'a, T>(&'a self, stated: &'a Located<T>) -> RetentionSource<'a> {
        RetentionSource { level: self.level, location: &stated.location, policy: &self.policy }
    }
}

impl PolicySet {
    /// Returns the documents of retention that may apply to `action` on what `request` is about;
    /// `what_if` as in [`Pdp`].
    ///
    /// [`Pdp`]: crate::Pdp
    pub fn retention_of(
        &self,
        request: &Request,
        action: Action,
        what_if: bool,
    ) -> Vec<&CompiledRetention> {
        applying(&self.retention, |document| &document.scope, (request, action, what_if))
    }
}

impl<'a> EffectiveRetention<'a> {
    /// Returns the meet of what `documents`, which may apply to `request`, say of `class`: the
    /// shortest of the most days, the longest of the fewest, every access, encryption where any
    /// wants it.
    ///
    /// Where no platform document says a thing, what is built in stands for its word. Where the
    /// request does not tell whether a document applies, its most days are left out: they would
    /// delete, and a doubt must not.
    pub fn of(
        documents: &[&'a CompiledRetention],
        class: RetentionClass,
        request: &Request,
    ) -> Self {
        let built_in = class.default_rule();
        let mut rules: Vec<(&'a CompiledRetention, &'a RetentionRule)> = Vec::new();
        for document in documents.iter().copied() {
            rules.extend(document.rules.get(&class).map(|rule| (document, rule)));
        }
        // What is built in gives way only to a platform document that applies for sure.
        let sure = |document: &CompiledRetention| document.scope.is_met(request);
        let platform = |said: fn(&RetentionRule) -> bool| {
            rules.iter().any(|(document, rule)| {
                document.level == Level::Platform && sure(document) && said(rule)
            })
        };
        let days = u64::from(built_in.days);
        let evidence = class.is_evidence();

        let mut access = Vec::new();
        let mut encryption = None;
        if !platform(|rule| rule.access.is_some()) {
            access.push((built_in.access, None));
        }
        if built_in.encryption && !platform(|rule| rule.encryption.is_some()) {
            encryption = Some(None);
        }
        let mut at_least =
            (evidence && !platform(|rule| rule.at_least.is_some())).then_some((days, None));
        let mut at_most =
            (!evidence && !platform(|rule| rule.at_most.is_some())).then_some((days, None));
        if let Some((days, said)) = &mut at_most {
            // One that may apply may also allow more days, and then what is built in is not it.
            for (document, rule) in &rules {
                let may = document.level == Level::Platform && !sure(document);
                if let Some(stated) = rule.at_most.as_ref().filter(|_| may)
                    && stated.value > *days
                {
                    (*days, *said) = (stated.value, Some(document.source(stated)));
                }
            }
        }
        for (document, rule) in &rules {
            if let Some(word) = &rule.access {
                access.push((word.value, Some(document.source(word))));
            }
            if let Some(required) = rule.encryption.as_ref().filter(|required| required.value) {
                encryption = encryption.or(Some(Some(document.source(required))));
            }
            if let Some(stated) = &rule.at_least
                && at_least.as_ref().is_none_or(|(days, _)| *days < stated.value)
            {
                at_least = Some((stated.value, Some(document.source(stated))));
            }
            if let Some(stated) = &rule.at_most
                && sure(document)
                && at_most.as_ref().is_none_or(|(days, _)| *days > stated.value)
            {
                at_most = Some((stated.value, Some(document.source(stated))));
            }
        }
        Self { access, at_least, at_most, encryption }
    }
}
