//! `kill_switch` (section 13): what is switched off for good, beside what the state says.

use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::Fields;
use crate::document::node::Entry;
use crate::document::node::NodeKind;
use crate::document::node::path_of_key;
use crate::model::KillSwitch;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::Location;

/// A kill switch document. Only flags that are `true` stand in `switches`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KillSwitchDocument {
    /// Where it stands.
    pub location: Location,
    /// The name; `kill_switch` where absent.
    pub name: String,
    /// What is off.
    pub switches: Vec<Located<KillSwitch>>,
    /// The version.
    pub version: Option<String>,
}

impl KillSwitchDocument {
    /// Returns the kill switches at `at`; findings are with the decoder.
    pub(crate) fn decode(decoder: &mut Decoder<'_>, at: &At<'_>) -> Option<Self> {
        let mut keys = vec!["name", "version"];
        keys.extend(KillSwitchScope::ALL.iter().map(|scope| scope.name()));
        let fields = decoder.fields(at, &keys)?;
        let mut switches = Vec::new();
        for scope in KillSwitchScope::ALL.iter().copied() {
            let Some(at) = fields.find(scope.name()) else {
                continue;
            };
            let items = match name_key(scope) {
                Some(_) => at.one_or_many(),
                None => vec![at],
            };
            for item in items {
                read_scope(decoder, scope, &item, &mut switches);
            }
        }
        let name = fields.find("name").and_then(|at| decoder.name(&at));
        Some(Self {
            location: decoder.location(at),
            name: name.unwrap_or_else(|| "kill_switch".to_owned()),
            switches,
            version: fields.find("version").and_then(|at| decoder.text(&at)),
        })
    }
}

fn read_scope(
    decoder: &mut Decoder<'_>,
    scope: KillSwitchScope,
    at: &At<'_>,
    switches: &mut Vec<Located<KillSwitch>>,
) {
    let mut keys: Vec<&str> = KillSwitchFlag::ALL.iter().map(|flag| flag.name()).collect();
    keys.extend(name_key(scope));
    let Some(fields) = decoder.fields(at, &keys) else {
        return;
    };
    let name = name_key(scope).and_then(|key| name_of(decoder, &fields, key));
    for entry in at.entries().unwrap_or_default() {
        let Some(flag) = KillSwitchFlag::from_name(&entry.key) else {
            continue;
        };
        if !has_flag(scope, flag) {
            refuse_flag(decoder, scope, at, entry);
            continue;
        }
        let value = at.entry(entry);
        if value.node.kind != NodeKind::Null && decoder.boolean(&value) == Some(true) {
            let switch = KillSwitch { flag, name: name.clone(), scope };
            switches.push(Located::new(switch, decoder.location(&value)));
        }
    }
}

fn name_of(decoder: &mut Decoder<'_>, fields: &Fields<'_>, key: &'static str) -> Option<String> {
    let Some(at) = fields.find(key) else {
        decoder.missing(fields, key, "a kill switch of this scope");
        return None;
    };
    decoder.text(&at)
}

fn refuse_flag(decoder: &mut Decoder<'_>, scope: KillSwitchScope, at: &At<'_>, entry: &Entry) {
    let flag = KillSwitchFlag::from_name(&entry.key);
    let scopes = KillSwitchScope::ALL.iter().copied();
    let having = scopes.filter(|scope| flag.is_some_and(|flag| has_flag(*scope, flag)));
    let names: Vec<&str> = having.map(KillSwitchScope::name).collect();
    let error = DocumentError::FlagNotAllowed {
        flag: Quoted::from(entry.key.as_str()),
        scope: scope.name(),
        scopes: names.join(", "),
    };
    let path = path_of_key(&at.path, &entry.key);
    let location = decoder.place((entry.line, entry.column), path);
    decoder.push(error.at(location));
}

/// Returns the key that says which tenant, campaign or repository is meant.
const fn name_key(scope: KillSwitchScope) -> Option<&'static str> {
    match scope {
        KillSwitchScope::Campaign => Some("campaign_id"),
        KillSwitchScope::Repository => Some("repo"),
        KillSwitchScope::Tenant => Some("tenant_id"),
        KillSwitchScope::Capability | KillSwitchScope::Global => None,
    }
}

const fn has_flag(scope: KillSwitchScope, flag: KillSwitchFlag) -> bool {
    match flag {
        KillSwitchFlag::DisableGitPush
        | KillSwitchFlag::DisableModelCalls
        | KillSwitchFlag::DisablePrCreation
        | KillSwitchFlag::DisableShell
        | KillSwitchFlag::DisableShellNetwork => true,
        KillSwitchFlag::BlockAllAgentRuns
        | KillSwitchFlag::CancelRunningRuns
        | KillSwitchFlag::DisableAutonomousRuns
        | KillSwitchFlag::DisableNewRuns => !matches!(scope, KillSwitchScope::Capability),
        KillSwitchFlag::PauseWaves => matches!(
            scope,
            KillSwitchScope::Campaign | KillSwitchScope::Global | KillSwitchScope::Tenant
        ),
    }
}
