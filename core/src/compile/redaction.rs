//! Redaction policies, compiled, and the rules that several of them make together.

use std::collections::BTreeMap;

use crate::compile::CompileError;
use crate::compile::PolicyRef;
use crate::compile::PolicySet;
use crate::compile::Scope;
use crate::compile::redaction_names::RedactionNames;
use crate::compile::redaction_names::may_loosen;
use crate::document::Diagnostic;
use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::RedactAction;
use crate::document::RedactionPackDocument;
use crate::document::RedactionPolicy;
use crate::facts::PathPattern;
use crate::model::Level;
use crate::model::Location;
use crate::model::Request;
use crate::model::closest;
use crate::redact::AllowedValue;
use crate::redact::Examples;
use crate::redact::RedactionRules;
use crate::redact::RulePack;
use crate::redact::Sink;

/// A compiled redaction policy.
#[derive(Clone, Debug)]
pub struct CompiledRedaction {
    /// The level.
    pub level: Level,
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// Which requests it applies to.
    pub scope: Scope,
    actions: BTreeMap<Sink, BTreeMap<String, RedactAction>>,
    allow: Vec<AllowedValue>,
    max_bytes: BTreeMap<Sink, usize>,
    /// Its own detectors.
    own: Option<RulePack>,
    packs: Vec<String>,
}

impl CompiledRedaction {
    /// Compiles `document`, which may use `packs` beside the built-in ones and speak of `names`;
    /// what is wrong goes to `found`.
    pub(crate) fn compile(
        document: &RedactionPolicy,
        policy: PolicyRef,
        packs: &[(PolicyRef, RulePack)],
        names: &RedactionNames,
        found: &mut Vec<CompileError>,
    ) -> Self {
        let mut reader = Reader { found, names, policy: &policy.name, level: document.level };
        reader.detectors(document, packs);
        let packs = reader.packs(document, packs);
        let allow = reader.allow(document);
        let actions = reader.actions(document);
        let mut max_bytes: BTreeMap<Sink, usize> = BTreeMap::new();
        for (name, most) in &document.max_bytes {
            if let Some(sink) = reader.sink(name, &most.location) {
                let most = usize::try_from(most.value).unwrap_or(usize::MAX);
                // Two names of one sink: the stricter counts.
                let slot = max_bytes.entry(sink).or_insert(most);
                *slot = (*slot).min(most);
            }
        }
        let own = RedactionPackDocument {
            detectors: document.detectors.clone(),
            keys: document.keys.clone(),
            location: document.location.clone(),
            // No pack has such a name: it hides none.
            name: format!("redaction:{}", document.name),
            private_hosts: document.private_hosts.clone(),
            private_suffixes: document.private_suffixes.clone(),
            version: document.version.clone(),
        };
        let own = RulePack::compile(&own, Examples::Check);
        let own = own.map_err(|refused| reader.extend(refused.diagnostics)).ok();
        Self {
            level: document.level,
            scope: Scope::compile(&document.scope),
            actions,
            allow,
            max_bytes,
            own: own.filter(RulePack::says_something),
            packs,
            policy,
        }
    }

    /// Returns true where it may loosen: what grants needs a request that names all of its scope.
    fn may_loosen(&self, request: &Request) -> bool {
        self.level <= Level::Organization && self.scope.is_met(request)
    }
}

struct Reader<'r> {
    found: &'r mut Vec<CompileError>,
    level: Level,
    names: &'r RedactionNames,
    policy: &'r str,
}

impl Reader<'_> {
    fn extend(&mut self, findings: Vec<Diagnostic>) {
        let boxed = findings.into_iter().map(Box::new);
        self.found.extend(boxed.map(|finding| CompileError::Redaction { finding }));
    }

    fn unknown(&mut self, what: &'static str, name: &str, near: Option<&str>, place: &Location) {
        let error = DocumentError::UnknownName {
            name: Quoted::from(name),
            suggestion: near.map(str::to_owned),
            what,
        };
        let finding = error.at(place.clone());
        let finding = match near {
            Some(_) => finding,
            None => finding.with_help("`bailiwick redact --list-rules` lists what is known"),
        };
        self.extend(vec![finding]);
    }

    fn widens(&mut self, what: &str, help: &str, place: &Location) {
        let (policy, level) = (self.policy, self.level.name());
        let message = format!("policy `{policy}` at level {level} {what}");
        let finding = Diagnostic::error("redaction_widens", message, place.clone());
        self.extend(vec![finding.with_help(help)]);
    }

    fn sink(&mut self, name: &str, place: &Location) -> Option<Sink> {
        let sink = Sink::from_name(name);
        if sink.is_none() {
            self.unknown(Sink::WHAT, name, Sink::suggest(name), place);
        }
        sink
    }

    /// Reports detectors that go by a name under which a document above lets things stay: what
    /// they find would stay too, and hide what others find in it.
    fn detectors(&mut self, document: &RedactionPolicy, packs: &[(PolicyRef, RulePack)]) {
        let own = document.detectors.iter().flat_map(|detector| {
            [&detector.id.value, &detector.kind].map(|name| (name.as_str(), &detector.location))
        });
        let keys = document.keys.iter().map(|key| (key.kind.as_str(), &key.name.location));
        let chosen = document.packs.iter().filter(|name| !self.names.is_used_above(&name.value));
        let brought = chosen.flat_map(|name| {
            let packs = packs.iter().filter(|(_, pack)| pack.name() == name.value);
            packs.flat_map(|(_, pack)| pack.names()).map(|rule| (rule, &name.location))
        });
        let mut places: Vec<(&Location, &str)> = Vec::new();
        for (name, place) in own.chain(keys).chain(brought) {
            let Some(above) = self.names.loosened_above(document, name) else {
                continue;
            };
            if !places.contains(&(place, name)) {
                places.push((place, name));
                let what = format!("finds `{name}`, which policy `{above}` lets stay");
                self.widens(&what, "give what it finds an id and a kind of their own", place);
            }
        }
    }

    fn packs(
        &mut self,
        document: &RedactionPolicy,
        packs: &[(PolicyRef, RulePack)],
    ) -> Vec<String> {
        let built_in = RulePack::DEFAULT.iter().chain(RulePack::OPT_IN).copied();
        let known: Vec<&str> = built_in.chain(packs.iter().map(|(_, pack)| pack.name())).collect();
        for name in document.packs.iter().filter(|name| !known.contains(&name.value.as_str())) {
            let near = closest(&name.value, known.iter().copied());
            self.unknown("rule pack", &name.value, near, &name.location);
        }
        document.packs.iter().map(|name| name.value.clone()).collect()
    }

    fn allow(&mut self, document: &RedactionPolicy) -> Vec<AllowedValue> {
        let mut out = Vec::new();
        for Located { location, value: allowed } in &document.allow {
            if !may_loosen(document) {
                let help = "move it to a platform or organization document, or remove it";
                self.widens("says what is no secret", help, location);
            }
            if let Some(rule) = allowed.rule.as_ref().filter(|it| !self.names.is_known(&it.value)) {
                let near = self.names.suggest(&rule.value, false);
                self.unknown("detector or kind", &rule.value, near, &rule.location);
            }
            let mut paths = Vec::new();
            for pattern in &allowed.paths {
                match PathPattern::new(&pattern.value) {
                    Ok(pattern) => paths.push(pattern),
                    Err(error) => self.found.push(CompileError::Pattern {
                        location: pattern.location.clone(),
                        pattern: pattern.value.clone(),
                        reason: error.to_string(),
                    }),
                }
            }
            let sinks = allowed.sinks.iter();
            out.push(AllowedValue {
                paths,
                rule: allowed.rule.as_ref().map(|rule| rule.value.clone()),
                sha256: allowed.sha256.clone(),
                sinks: sinks.filter_map(|sink| self.sink(&sink.value, &sink.location)).collect(),
            });
        }
        out
    }

    fn actions(
        &mut self,
        document: &RedactionPolicy,
    ) -> BTreeMap<Sink, BTreeMap<String, RedactAction>> {
        let mut out: BTreeMap<Sink, BTreeMap<String, RedactAction>> = BTreeMap::new();
        for (name, rules) in &document.sinks {
            let Some(sink) = self.sink(name, &rules.location) else {
                continue;
            };
            for (name, Located { location, value: action }) in &rules.value {
                let Some(rule) = self.names.of_sink(name) else {
                    let near = self.names.suggest(name, true);
                    self.unknown("detector, kind or figure", name, near, location);
                    continue;
                };
                if *action == RedactAction::Keep {
                    self.keep(sink, rule, location);
                }
                // Two names of one sink or figure: the stricter counts.
                let slot = out.entry(sink).or_default().entry(rule.to_owned()).or_insert(*action);
                *slot = (*slot).max(*action);
            }
        }
        out
    }

    fn keep(&mut self, sink: Sink, rule: &str, location: &Location) {
        if self.level > Level::Organization {
            let help = "move it to a platform or organization document, or write `redact`";
            self.widens(&format!("keeps `{rule}` for {sink}"), help, location);
        } else if sink == Sink::ModelContext && !NO_SECRETS.contains(&rule) {
            let help = "allow single values by `sha256`";
            let what = format!("keeps `{rule}` for {sink}, which may hold secrets");
            self.widens(&what, help, location);
        }
    }
}

/// What may stay for a model: kinds and figures that are no secrets.
const NO_SECRETS: [&str; 6] =
    ["email", "email_address", "large_block", "private_host", "private_url", "repeated_lines"];

impl PolicySet {
    /// Adds a pack; what is wrong goes to `found`.
    pub(crate) fn add_pack(
        &mut self,
        pack: &RedactionPackDocument,
        policy: PolicyRef,
        found: &mut Vec<CompileError>,
    ) {
        let mut findings = Vec::new();
        let location = pack.location.clone();
        if RulePack::DEFAULT.iter().chain(RulePack::OPT_IN).any(|name| *name == pack.name) {
            // It would hide what every redactor finds.
            let message = format!("rule pack `{}` has the name of a built-in one", pack.name);
            let finding = Diagnostic::error("pack_name_taken", message, location.clone());
            findings.push(finding.with_help("give it another name"));
        }
        if let Some((_, first)) = self.packs.iter().find(|(_, first)| first.name() == pack.name) {
            let message = format!("rule pack `{}` stands twice", first.name());
            let finding = Diagnostic::error("pack_name_taken", message, location);
            findings.push(finding.with_help("keep one version of it"));
        }
        match RulePack::compile(pack, Examples::Check) {
            Ok(pack) => self.packs.push((policy, pack)),
            Err(refused) => findings.extend(refused.diagnostics),
        }
        let boxed = findings.into_iter().map(Box::new);
        found.extend(boxed.map(|finding| CompileError::Redaction { finding }));
    }

    /// Returns the rules by which text of the scope of `request` is redacted.
    ///
    /// Every redaction policy that applies adds its packs, detectors, keys and hosts, and makes
    /// what happens stricter: one whose scope names what the request leaves out, such as a campaign,
    /// could apply, and does. Only the platform and organizations say what is no secret and what
    /// stays, and only for requests that name all that the document's scope does.
    ///
    /// # Example
    /// ```
    /// use bailiwick::{CompileOptions, Request, Sink, SourceFile, compile};
    /// let text = "redaction:\n  name: acme\n  version: 1\n  max_bytes: {model_context: 4096}\n";
    /// let file = SourceFile::new("redaction.yaml", text);
    /// let compiled = compile(&[file], CompileOptions::default())?;
    /// let rules = compiled.policies.redaction(&Request::default());
    /// assert_eq!(rules.max_bytes(Sink::ModelContext), Some(4096));
    /// # Ok::<(), bailiwick::PoliciesRefused>(())
    /// ```
    pub fn redaction(&self, request: &Request) -> RedactionRules {
        let mut rules = RedactionRules::default();
        for policy in self.redactions.iter().filter(|it| it.scope.may_apply(request)) {
            let loosens = policy.may_loosen(request);
            let mut actions = policy.actions.clone();
            if loosens {
                rules.allow.extend(policy.allow.iter().cloned());
            } else {
                for names in actions.values_mut() {
                    names.retain(|_, action| *action > RedactAction::Keep);
                }
            }
            rules.actions.push(actions);
            for (sink, most) in &policy.max_bytes {
                let slot = rules.max_bytes.entry(*sink).or_insert(*most);
                *slot = (*slot).min(*most);
            }
            rules.packs.extend(policy.own.clone());
            for name in &policy.packs {
                let known = rules.packs.iter().any(|pack| pack.name() == name);
                let pack = self.packs.iter().map(|(_, pack)| pack).find(|pack| pack.name() == name);
                let pack = pack.or_else(|| RulePack::built_in(name)).filter(|_| !known);
                rules.packs.extend(pack.cloned());
            }
            rules.digests.push(policy.policy.digest.clone());
        }
        rules
    }
}
