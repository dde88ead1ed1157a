//! The eight level documents (section 5): YAML to [`LevelPolicy`].

use std::collections::BTreeMap;

use crate::document::ApprovalPolicy;
use crate::document::Approvers;
use crate::document::DocumentError;
use crate::document::LevelPolicy;
use crate::document::Located;
use crate::document::NetworkDefault;
use crate::document::NetworkPolicy;
use crate::document::Obligations;
use crate::document::Quoted;
use crate::document::Reviewer;
use crate::document::Rule;
use crate::document::ScopeSelector;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::document::decode::MAX_NUMBER;
use crate::document::node::NodeKind;
use crate::document::node::path_of_key;
use crate::model::AutonomyLevel;
use crate::model::Capability;
use crate::model::ChangeClass;
use crate::model::DataClass;
use crate::model::Level;
use crate::model::Limit;
use crate::model::Location;
use crate::model::RiskTier;
use crate::model::Role;
use crate::model::closest;
use crate::model::ordered::map_of;

const KEYS: &[&str] = &[
    "allowed_actions",
    "allowed_change_classes",
    "allowed_paths",
    "allowed_task_classes",
    "approval",
    "autonomy_level",
    "data_class_max",
    "forbidden_paths",
    "limits",
    "name",
    "network",
    "obligations",
    "required_reviewers",
    "required_verifiers",
    "risk_tiers",
    "rules",
    "version",
];

impl LevelPolicy {
    /// Returns the level document at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, level: Level, at: &At<'_>) -> Option<Self> {
        let mut keys = [KEYS, ScopeSelector::KEYS].concat();
        if level == Level::ToolCall {
            keys.push("tool");
        }
        let fields = decoder.fields(at, &keys)?;
        let scope = ScopeSelector::decode(decoder, &fields);
        let name = fields.find("name").and_then(|at| decoder.name(&at));
        let name = name.unwrap_or_else(|| scope_name(level, &scope));
        let located = |decoder: &Decoder<'_>, at: &At<'_>| decoder.location(at);
        Some(Self {
            allowed_actions: fields.find("allowed_actions").map(|at| {
                let actions = decoder.actions(&at);
                Located::new(actions, located(decoder, &at))
            }),
            allowed_change_classes: fields
                .find("allowed_change_classes")
                .map(|at| decoder.change_classes(&at)),
            allowed_paths: fields.find("allowed_paths").map(|at| {
                let patterns = decoder.patterns(&at);
                Located::new(patterns, located(decoder, &at))
            }),
            allowed_task_classes: fields.find("allowed_task_classes").map(|at| {
                let texts = decoder.texts(&at).into_iter();
                let classes = map_of(texts.map(|text| (text.value, text.location)));
                Located::new(classes, located(decoder, &at))
            }),
            approval: fields
                .find("approval")
                .map(|at| ApprovalPolicy::decode(decoder, &at))
                .unwrap_or_default(),
            autonomy_level: fields.find("autonomy_level").and_then(|at| {
                let what = AutonomyLevel::WHAT;
                let (read, suggest) = (AutonomyLevel::from_name, AutonomyLevel::suggest);
                let mode = decoder.named(&at, what, read, suggest)?;
                Some(Located::new(mode, located(decoder, &at)))
            }),
            data_class_max: fields.find("data_class_max").and_then(|at| {
                let what = DataClass::WHAT;
                let class = decoder.named(&at, what, DataClass::from_name, DataClass::suggest)?;
                Some(Located::new(class, located(decoder, &at)))
            }),
            forbidden_paths: fields
                .find("forbidden_paths")
                .map(|at| decoder.patterns(&at))
                .unwrap_or_default(),
            level,
            limits: limits(decoder, &fields),
            location: decoder.location(at),
            name,
            network: fields
                .find("network")
                .map(|at| NetworkPolicy::decode(decoder, &at))
                .unwrap_or_default(),
            obligations: fields
                .find("obligations")
                .map(|at| Obligations::decode(decoder, &at))
                .unwrap_or_default(),
            required_reviewers: fields
                .find("required_reviewers")
                .map(|at| reviewers(decoder, &at))
                .unwrap_or_default(),
            required_verifiers: fields
                .find("required_verifiers")
                .map(|at| decoder.texts(&at))
                .unwrap_or_default(),
            risk_tiers: fields.find("risk_tiers").map(|at| {
                let mut tiers = BTreeMap::new();
                for item in at.one_or_many() {
                    let what = RiskTier::WHAT;
                    let (read, suggest) = (RiskTier::from_name, RiskTier::suggest);
                    if let Some(tier) = decoder.named(&item, what, read, suggest) {
                        let location = decoder.location(&item);
                        tiers.entry(tier).or_insert(location);
                    }
                }
                Located::new(tiers, located(decoder, &at))
            }),
            rules: fields
                .find("rules")
                .map(|at| Rule::decode_all(decoder, &at))
                .unwrap_or_default(),
            scope,
            version: fields.find("version").and_then(|at| decoder.text(&at)),
        })
    }
}

impl Decoder<'_> {
    /// Returns the change classes at `at`, each with its place.
    pub(crate) fn change_classes(
        &mut self,
        at: &At<'_>,
    ) -> Located<BTreeMap<ChangeClass, Location>> {
        let mut classes = BTreeMap::new();
        for item in at.one_or_many() {
            let what = ChangeClass::WHAT;
            let (read, suggest) = (ChangeClass::from_name, ChangeClass::suggest);
            if let Some(class) = self.named(&item, what, read, suggest) {
                let location = self.location(&item);
                classes.entry(class).or_insert(location);
            }
        }
        Located::new(classes, self.location(at))
    }
}

impl ApprovalPolicy {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Self {
        let keys = ["approvers", "expires_after", "required_for", "separation_of_duty"];
        let Some(fields) = decoder.fields(at, &keys) else {
            return Self::default();
        };
        let mut approvers = Vec::new();
        for item in items_of(&fields, "approvers") {
            if let Some(value) = Approvers::decode(decoder, &item) {
                approvers.push(Located::new(value, decoder.location(&item)));
            }
        }
        let mut required_for = Vec::new();
        for item in items_of(&fields, "required_for") {
            let suggest = |name: &str| closest(name, Capability::names());
            let found = decoder.named(&item, "capability", Capability::from_name, suggest);
            if let Some(capability) = found {
                required_for.push(Located::new(capability, decoder.location(&item)));
            }
        }
        Self {
            approvers,
            expires_after: fields.find("expires_after").and_then(|at| decoder.duration(&at)),
            required_for,
            separation_of_duty: located_boolean(decoder, &fields, "separation_of_duty"),
        }
    }
}

impl Approvers {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let mut role = |at: &At<'_>| decoder.named(at, Role::WHAT, Role::from_name, Role::suggest);
        if at.entries().is_none() {
            let role = Some(role(at)?);
            let (count, team) = (1, None);
            return Some(Self { count, role, team });
        }
        let fields = decoder.fields(at, &["count", "role", "team"])?;
        let count = match fields.find("count") {
            Some(at) => decoder.number(&at, 1, 1_000)?,
            None => 1,
        };
        let role = fields
            .find("role")
            .and_then(|at| decoder.named(&at, Role::WHAT, Role::from_name, Role::suggest));
        Some(Self {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            role,
            team: fields.find("team").and_then(|at| decoder.text(&at)),
        })
    }
}

impl NetworkPolicy {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Self {
        let Some(fields) = decoder.fields(at, &["default", "egress_allowlist"]) else {
            return Self::default();
        };
        let default = fields.find("default").and_then(|at| {
            let suggest = |name: &str| closest(name, ["disabled", "allowlist", "open"]);
            let read = NetworkDefault::from_name;
            let default = decoder.named(&at, "network default", read, suggest)?;
            Some(Located::new(default, decoder.location(&at)))
        });
        let egress_allowlist = fields.find("egress_allowlist").map(|at| {
            let hosts = decoder.hosts(&at);
            Located::new(hosts, decoder.location(&at))
        });
        Self { default, egress_allowlist }
    }
}

impl NetworkDefault {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "disabled" | "default-deny" => Some(Self::Disabled),
            "allowlist" => Some(Self::Allowlist),
            "open" => Some(Self::Open),
            _ => None,
        }
    }
}

impl Obligations {
    fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Self {
        let keys = ["draft_only", "labels", "network_profile", "redact"];
        let Some(fields) = decoder.fields(at, &keys) else {
            return Self::default();
        };
        let mut texts = |key| fields.find(key).map(|at| decoder.texts(&at)).unwrap_or_default();
        let (labels, redact) = (texts("labels"), texts("redact"));
        Self {
            draft_only: located_boolean(decoder, &fields, "draft_only"),
            labels,
            network_profile: fields
                .find("network_profile")
                .and_then(|at| decoder.located_text(&at)),
            redact,
        }
    }
}

fn limits(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> BTreeMap<Limit, Located<u64>> {
    let mut limits: BTreeMap<Limit, Located<u64>> = BTreeMap::new();
    let Some(at) = fields.find("limits") else {
        return limits;
    };
    let Some(entries) = at.entries() else {
        decoder.wrong_type(&at, "a mapping");
        return limits;
    };
    for entry in entries {
        let value = at.entry(entry);
        let key = Quoted::from(entry.key.as_str());
        let place = (entry.line, entry.column);
        let location = decoder.place(place, path_of_key(&at.path, &entry.key));
        let Some(limit) = Limit::from_name(&entry.key) else {
            let error = DocumentError::UnknownName {
                name: key,
                what: Limit::WHAT,
                suggestion: Limit::suggest(&entry.key).map(str::to_owned),
            };
            decoder.push(error.at(location));
            continue;
        };
        if value.node.kind == NodeKind::Null {
            let help = "give it a whole number, or remove the key";
            decoder.empty(&value, format!("key {key}"), help);
            continue;
        }
        let number = decoder.number(&value, 0, MAX_NUMBER);
        if let Some(first) = limits.get(&limit) {
            // Two names of one limit.
            let finding = DocumentError::RepeatedKey { key }.at(location);
            decoder.push(finding.with_related("first stands here", first.location.clone()));
        } else if let Some(number) = number {
            limits.insert(limit, Located::new(number, decoder.location(&value)));
        }
    }
    limits
}

fn reviewers(decoder: &mut Decoder<'_>, at: &At<'_>) -> Vec<Located<Reviewer>> {
    let mut reviewers = Vec::new();
    for item in at.one_or_many() {
        let reviewer = if item.entries().is_none() {
            decoder.text(&item).map(Reviewer::User)
        } else {
            reviewer(decoder, &item)
        };
        if let Some(reviewer) = reviewer {
            reviewers.push(Located::new(reviewer, decoder.location(&item)));
        }
    }
    reviewers
}

fn reviewer(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Reviewer> {
    let fields = decoder.fields(at, &["team", "user"])?;
    match (fields.find("team"), fields.find("user")) {
        (Some(team), None) => decoder.text(&team).map(Reviewer::Team),
        (None, Some(user)) => decoder.text(&user).map(Reviewer::User),
        (Some(_), Some(user)) => {
            let error = DocumentError::UnknownKey {
                key: Quoted::from("user"),
                help: "an entry names a team or a user: make two entries".to_owned(),
            };
            decoder.report(&user, &error);
            None
        }
        (None, None) => {
            decoder.missing(&fields, "team", "a reviewer");
            None
        }
    }
}

fn located_boolean(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    key: &str,
) -> Option<Located<bool>> {
    let at = fields.find(key)?;
    let value = decoder.boolean(&at)?;
    Some(Located::new(value, decoder.location(&at)))
}

fn items_of<'n>(fields: &Fields<'n>, key: &str) -> Vec<At<'n>> {
    let at = fields.find(key);
    at.map(|at| at.one_or_many()).unwrap_or_default()
}

/// Returns the scope's own name: the one plain name that selects it, or else the level's name.
fn scope_name(level: Level, scope: &ScopeSelector) -> String {
    let selector = match level {
        Level::Platform | Level::Runtime => None,
        Level::Organization => scope.organization.as_ref(),
        Level::Team => scope.team.as_ref(),
        Level::Repository => scope.repo.as_ref(),
        Level::Campaign => scope.campaign.as_ref(),
        Level::Task => scope.task.as_ref(),
        Level::ToolCall => {
            let mut tools = scope.tool.iter().flatten();
            return match (tools.next(), tools.next()) {
                (Some(tool), None) => tool.name().to_owned(),
                (None | Some(_), None | Some(_)) => level.name().to_owned(),
            };
        }
    };
    match selector.map(Vec::as_slice) {
        Some([one]) if !one.value.contains(['*', '?', '@']) => one.value.clone(),
        Some(_) | None => level.name().to_owned(),
    }
}
