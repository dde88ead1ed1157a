//! Rules of a level document: YAML to [`Rule`].

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::Rule;
use crate::document::RuleExamples;
use crate::document::RuleMatch;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::document::node::NodeKind;
use crate::model::Action;
use crate::model::Effect;
use crate::model::Location;
use crate::model::Request;
use crate::model::ordered::set_of;

const KEYS: &[&str] =
    &["action", "actions", "effect", "examples", "explain", "id", "match", "when"];

const MATCH_KEYS: &[&str] = &[
    "argv",
    "branches",
    "change_classes",
    "hosts",
    "paths",
    "programs",
    "reads",
    "task_classes",
    "writes",
];

impl Rule {
    /// Returns the rules of the list at `at`, whose ids differ.
    pub(crate) fn decode_all(decoder: &mut Decoder<'_>, at: &At<'_>) -> Vec<Self> {
        let Some(items) = at.items() else {
            decoder.wrong_type(at, "a list");
            return Vec::new();
        };
        let mut seen: BTreeMap<String, Location> = BTreeMap::new();
        let mut rules = Vec::new();
        for item in items {
            let Some(rule) = Self::decode(decoder, &item) else {
                continue;
            };
            if let Some(first) = seen.insert(rule.id.clone(), rule.location.clone()) {
                let id = Quoted::from(rule.id.as_str());
                let finding = DocumentError::RepeatedRule { id }.at(rule.location.clone());
                decoder.push(finding.with_related("first stands here", first));
            }
            rules.push(rule);
        }
        rules
    }

    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let fields = decoder.fields(at, KEYS)?;
        let id = match fields.find("id") {
            Some(at) => decoder.name(&at),
            None => {
                decoder.missing(&fields, "id", "a rule");
                None
            }
        };
        let effect = match fields.find("effect") {
            Some(at) => {
                let (read, suggest) = (Effect::from_name, Effect::suggest);
                let effect = decoder.named(&at, Effect::WHAT, read, suggest);
                effect.map(|effect| Located::new(effect, decoder.location(&at)))
            }
            None => {
                decoder.missing(&fields, "effect", "a rule");
                None
            }
        };
        let actions = set_of(decoder.action_field(&fields).into_keys());
        let examples = fields
            .find("examples")
            .map(|at| RuleExamples::decode(decoder, &at, &actions))
            .unwrap_or_default();
        let explain = fields.find("explain").and_then(|at| decoder.text(&at));
        let matching =
            fields.find("match").map(|at| RuleMatch::decode(decoder, &at)).unwrap_or_default();
        let when = fields.find("when").map(|at| decoder.some_texts(&at)).unwrap_or_default();
        Some(Self {
            actions,
            effect: effect?,
            examples,
            explain,
            id: id?,
            location: decoder.location(at),
            matching,
            when,
        })
    }
}

impl Decoder<'_> {
    /// Returns the actions that `action`, or its other name `actions`, gives.
    pub(crate) fn action_field(&mut self, fields: &Fields<'_>) -> BTreeMap<Action, Location> {
        let at = match (fields.find("action"), fields.find("actions")) {
            (Some(one), Some(other)) => {
                let key = Quoted::from("actions");
                let location = self.location(&other);
                let finding = DocumentError::RepeatedKey { key }.at(location);
                let first = self.location(&one);
                self.push(finding.with_related("`action` is the same key", first));
                return BTreeMap::new();
            }
            (Some(at), None) | (None, Some(at)) => at,
            (None, None) => return BTreeMap::new(),
        };
        self.some_items(&at);
        self.actions(&at)
    }
}

impl RuleMatch {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Self {
        let Some(fields) = decoder.fields(at, MATCH_KEYS) else {
            return Self::default();
        };
        if at.entries().is_some_and(<[_]>::is_empty) {
            decoder.empty(at, "`match`", "name what to match, or remove the key");
        }
        for key in MATCH_KEYS {
            // An empty list matches nothing, and an absent one everything: neither is meant.
            if let Some(at) = fields.find(key) {
                decoder.some_items(&at);
            }
        }
        let argv = fields.find("argv").map(|at| words(decoder, &at));
        let change_classes = fields
            .find("change_classes")
            .map(|at| set_of(decoder.change_classes(&at).value.into_keys()));
        let hosts = fields.find("hosts").map(|at| decoder.hosts(&at));
        let mut texts = |key| fields.find(key).map(|at| decoder.texts(&at)).unwrap_or_default();
        let (branches, programs) = (texts("branches"), texts("programs"));
        let task_classes = texts("task_classes").into_iter().map(|text| text.value);
        let task_classes = set_of(task_classes);
        let mut patterns =
            |key| fields.find(key).map(|at| decoder.patterns(&at)).unwrap_or_default();
        Self {
            argv: argv.unwrap_or_default(),
            branches,
            change_classes: change_classes.unwrap_or_default(),
            hosts: hosts.unwrap_or_default(),
            paths: patterns("paths"),
            programs,
            reads: patterns("reads"),
            task_classes,
            writes: patterns("writes"),
        }
    }
}

/// Returns the words of a command: a list of words or of alternatives, or one text that is split
/// at its spaces.
fn words(decoder: &mut Decoder<'_>, at: &At<'_>) -> Vec<Located<Vec<String>>> {
    let Some(items) = at.items() else {
        let location = decoder.location(at);
        let line = decoder.text(at).unwrap_or_default();
        let words = line.split_whitespace();
        return words.map(|word| Located::new(vec![word.to_owned()], location.clone())).collect();
    };
    let mut words = Vec::new();
    for item in items {
        let alternatives = decoder.some_texts(&item).into_iter().map(|text| text.value);
        words.push(Located::new(alternatives.collect(), decoder.location(&item)));
    }
    words
}

impl RuleExamples {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>, actions: &BTreeSet<Action>) -> Self {
        let Some(fields) = decoder.fields(at, &["match", "not_match"]) else {
            return Self::default();
        };
        let mut examples = |key| {
            let items = fields.find(key).map(|at| at.one_or_many()).unwrap_or_default();
            let read = items.iter().filter_map(|item| example(decoder, item, actions));
            read.collect::<Vec<_>>()
        };
        Self { matches: examples("match"), not_match: examples("not_match") }
    }
}

/// Returns an example: a request, the words of a command, or a path. Words are those of
/// `shell.exec`, unless the rule speaks of other actions only.
fn example(
    decoder: &mut Decoder<'_>,
    at: &At<'_>,
    actions: &BTreeSet<Action>,
) -> Option<Located<Box<Request>>> {
    let request = match &at.node.kind {
        NodeKind::Mapping(_) => decoder.request(at)?,
        NodeKind::Sequence(_) => {
            let shell = actions.is_empty() || actions.contains(&Action::ShellExec);
            let words = decoder.some_texts(at).into_iter().map(|word| word.value);
            Request {
                argv: words.collect(),
                tool: shell.then(|| Action::ShellExec.name().to_owned()),
                ..Request::default()
            }
        }
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Integer(_) | NodeKind::Text(_) => {
            Request { path: Some(decoder.text(at)?), ..Request::default() }
        }
    };
    Some(Located::new(Box::new(request), decoder.location(at)))
}
