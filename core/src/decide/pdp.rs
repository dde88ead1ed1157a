//! The decision point: five steps in order, readable on one screen.

use std::sync::Arc;

use crate::compile::PolicySet;
use crate::compile::View;
use crate::decide::access;
use crate::decide::approval;
use crate::decide::approval::Quorum;
use crate::decide::artifact;
use crate::decide::budget;
use crate::decide::combine;
use crate::decide::data;
use crate::decide::decision::Decision;
use crate::decide::decision::FactsRead;
use crate::decide::decision::MatchedRule;
use crate::decide::decision::Obligation;
use crate::decide::decision::Reason;
use crate::decide::explain;
use crate::decide::finding::Finding;
use crate::decide::kill_switch;
use crate::decide::label::Labels;
use crate::decide::level;
use crate::decide::model;
use crate::decide::network;
use crate::decide::obligation;
use crate::decide::paths;
use crate::decide::rego;
use crate::decide::requirement;
use crate::facts::Facts;
use crate::facts::SensitiveKind;
use crate::model::Action;
use crate::model::CanonicalError;
use crate::model::ChangeClass;
use crate::model::CommandEffect;
use crate::model::DecisionEffect;
use crate::model::Digest;
use crate::model::HashKey;
use crate::model::Request;
use crate::model::State;
use crate::model::Unknown;
use crate::model::ordered::sort;
use crate::model::ordered::sort_by;

/// A policy decision point over one policy set.
#[derive(Clone, Debug)]
pub struct Pdp {
    /// The key for request hashes; without it they are plain, and a request that can be guessed
    /// can be found by its hash.
    pub hash_key: Option<HashKey>,
    /// The policies.
    pub policies: Arc<PolicySet>,
    /// Judges a request that no host makes: attributes of the scope may be left out, and then
    /// documents of every scope apply. For fixtures and questions; never for enforcement.
    pub what_if: bool,
}

impl Pdp {
    /// Returns a decision point for live requests.
    pub fn new(policies: Arc<PolicySet>) -> Self {
        Self { hash_key: None, policies, what_if: false }
    }

    /// Returns the decision for `request` under the policies, as of `state`.
    ///
    /// Never fails: what cannot be read is denied, with the reason. The same inputs give the same
    /// decision, byte for byte, on every host.
    ///
    /// # Example
    /// ```
    /// use std::sync::Arc;
    /// use bailiwick::{CompileOptions, DecisionEffect, Pdp, Request, SourceFile, State, compile};
    /// let file = SourceFile {
    ///     path: "platform.yaml".to_owned(),
    ///     text: "platform_policy:\n  version: 1\n  allowed_actions: [file.read]\n".to_owned(),
    /// };
    /// let policies = Arc::new(compile(&[file], CompileOptions::default())?.policies);
    /// let mut pdp = Pdp::new(policies);
    /// pdp.what_if = true;
    /// let request: Request = serde_json::from_str(r#"{"tool": "file.read", "path": "README.md"}"#)?;
    /// let decision = pdp.decide(&request, &State::fresh_empty("2026-07-04T00:00:00Z".parse()?));
    /// assert_eq!(decision.decision, DecisionEffect::Allowed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide(&self, request: &Request, state: &State) -> Decision {
        self.decide_on(request, state, request.hash(self.hash_key.as_ref()), None)
    }

    /// Returns the decision for what was kept of a request: `request_hash` is that of the request
    /// as it was made, and `facts`, where given, were found in it before it was redacted.
    ///
    /// For what was decided before; never for enforcement.
    pub(crate) fn decide_kept(
        &self,
        request: &Request,
        state: &State,
        request_hash: &Digest,
        facts: Option<&Facts>,
    ) -> Decision {
        self.decide_on(request, state, Ok(request_hash.clone()), facts)
    }

    fn decide_on(
        &self,
        request: &Request,
        state: &State,
        request_hash: Result<Digest, CanonicalError>,
        facts: Option<&Facts>,
    ) -> Decision {
        let Some(action) = request.action() else {
            return self.refused(request, state, unknown_action(request), request_hash.ok());
        };
        let request_hash = match request_hash {
            Ok(hash) => hash,
            Err(error) => {
                return self.refused(request, state, ("unreadable", error.to_string()), None);
            }
        };
        let computed;
        let facts = match facts {
            Some(facts) => facts,
            None => {
                computed = Facts::of(request, action);
                &computed
            }
        };
        let judged = self.judge(request, facts, action, state, &request_hash);
        let findings = &judged.findings;
        let effect = combine::effect(findings, &judged.quorum);
        let asked = findings.iter().any(|f| f.effect == crate::model::Effect::AskApproval);
        let approved = effect == DecisionEffect::Allowed && asked;
        Decision {
            action: Some(action.name().to_owned()),
            approval_ids: if approved { judged.quorum.approval_ids.clone() } else { Vec::new() },
            decision: effect,
            effective_policy_hash: judged.digest,
            explanation: explain::explanation(findings, effect),
            facts: judged.read,
            live: !self.what_if,
            matched_rules: matched_rules(findings),
            obligations: match effect {
                DecisionEffect::Denied => Vec::new(),
                DecisionEffect::Allowed | DecisionEffect::AskApproval => judged.obligations,
            },
            policy_set_hash: self.policies.digest().clone(),
            reasons: reasons(findings),
            remedy: combine::remedy(findings, effect, &judged.quorum),
            request_hash,
            state_version: Some(state.version.clone()),
            unknowns: judged.unknowns,
        }
    }

    /// Goes through the five steps; every check has its say.
    pub(super) fn judge<'a>(
        &'a self,
        request: &Request,
        facts: &Facts,
        action: Action,
        state: &'a State,
        request_hash: &Digest,
    ) -> Judged<'a> {
        let view = View { action, facts, request, what_if: self.what_if };
        let chain = self.policies.chain(request, action, self.what_if);
        let mode = requirement::mode(&chain, &view);
        let shown = Labels::of(&chain.data, request, action);
        let mut findings: Vec<Finding<'_>> = Vec::new();
        let mut unknowns = Vec::new();

        requirement::attributes(&view, &mut findings, &mut unknowns);
        requirement::tenant(&view, &mut findings);
        requirement::platform(&chain, &mut findings);
        budget::state_age(&chain.levels, state, &mut findings);
        // 1. kill switches
        kill_switch::check(chain.kill_switches, state, &view, mode, &mut findings);
        // 2. access
        access::check(&chain.access, action, &view, &mut findings, &mut unknowns);
        // 3. rules, and 4. budgets, document by document
        requirement::autonomy(&chain, &view, mode, &mut findings);
        for doc in &chain.levels {
            level::check(doc, &view, shown.seen, &mut findings, &mut unknowns);
            paths::check(doc, &view, &mut findings);
            network::check(doc, &view, &mut findings);
            obligation::draft_only(doc, &view, &mut findings);
            budget::check(doc, state, &view, &mut findings);
            budget::verifiers(doc, &view, &mut findings);
        }
        artifact::check(&chain.retention, state, &view, &mut findings);
        data::check(&chain, &shown, &view, &mut findings);
        model::check(&chain, shown.seen, state, &view, &mut findings);
        let read = FactsRead { data_class: shown.told(), ..facts_read(facts) };
        let labels = rego::check(&chain.rego, &view, &read, &mut findings, &mut unknowns);
        // 5. approvals
        let hashes = (request_hash, &chain.digest);
        let quorum = approval::quorum(&chain.levels, &findings, request, state, hashes);

        sort_by(&mut findings, |a, b| b.effect.cmp(&a.effect));
        sort(&mut unknowns);
        unknowns.dedup();
        Judged {
            obligations: obligation::gather(&chain, &view, &labels),
            digest: chain.digest,
            findings,
            quorum,
            read,
            unknowns,
        }
    }

    fn refused(
        &self,
        request: &Request,
        state: &State,
        why: (&'static str, String),
        request_hash: Option<Digest>,
    ) -> Decision {
        let mut decision = Decision::refused(why.0, &why.1);
        decision.live = !self.what_if;
        decision.action = request.action_name().map(str::to_owned);
        decision.policy_set_hash = self.policies.digest().clone();
        decision.state_version = Some(state.version.clone());
        if let Some(hash) = request_hash {
            decision.request_hash = hash;
        }
        decision
    }
}

/// What the checks have to say of one request.
pub(super) struct Judged<'a> {
    digest: Digest,
    pub(super) findings: Vec<Finding<'a>>,
    obligations: Vec<Obligation>,
    pub(super) quorum: Quorum,
    read: FactsRead,
    unknowns: Vec<Unknown>,
}

fn unknown_action(request: &Request) -> (&'static str, String) {
    match request.action_name() {
        Some(name) => {
            let shown: String = name.chars().take(80).collect();
            let hint = Action::suggest(name)
                .map(|action| format!(", did you mean `{action}`"))
                .unwrap_or_default();
            ("action_unknown", format!("action `{shown}` is unknown{hint}"))
        }
        None => ("action_missing", "the request names no action".to_owned()),
    }
}

fn reasons(findings: &[Finding<'_>]) -> Vec<Reason> {
    let mut out: Vec<Reason> = Vec::with_capacity(findings.len());
    for finding in findings {
        let known = out.iter().any(|reason| {
            reason.code == finding.code
                && reason.effect == finding.effect
                && reason.message == finding.message
        });
        if !known {
            out.push(Reason {
                code: finding.code,
                effect: finding.effect,
                message: finding.message.clone(),
            });
        }
    }
    out
}

fn matched_rules(findings: &[Finding<'_>]) -> Vec<MatchedRule> {
    let mut out: Vec<MatchedRule> = Vec::with_capacity(findings.len());
    for finding in findings {
        let Some(source) = &finding.source else {
            continue;
        };
        let rule = MatchedRule {
            effect: finding.effect,
            level: source.level,
            location: source.location.clone(),
            policy: source.policy.to_owned(),
            rule: source.rule.to_owned(),
        };
        if !out.contains(&rule) {
            out.push(rule);
        }
    }
    out
}

fn names<T: Copy>(entries: &[T], name: fn(T) -> &'static str) -> Vec<String> {
    entries.iter().map(|entry| name(*entry).to_owned()).collect()
}

fn facts_read(facts: &Facts) -> FactsRead {
    FactsRead {
        change_classes: names(&facts.classes.value, ChangeClass::name),
        command_effects: names(&facts.effects.value, CommandEffect::name),
        data_class: None,
        hosts: facts.hosts.value.clone(),
        invocations: facts.invocations.value.clone(),
        network: facts.network.value,
        outside: facts.outside.value.clone(),
        paths: {
            let mut paths: Vec<String> =
                facts.paths.value.iter().map(|fact| fact.path.clone()).collect();
            paths.dedup();
            paths
        },
        pipes_remote_to_shell: facts.pipes_remote_to_shell.value,
        programs: facts.programs.value.clone(),
        removals: facts.removals.value.clone(),
        sensitive: names(&facts.sensitive.value, SensitiveKind::name),
    }
}
