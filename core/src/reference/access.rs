//! The schemas of access rules, kill switches and Rego.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::reference::field::Field;
use crate::reference::field::boolean;
use crate::reference::field::field;
use crate::reference::field::object;
use crate::reference::field::one_name;
use crate::reference::field::one_or_many;
use crate::reference::field::one_or_some;
use crate::reference::field::reference;
use crate::reference::field::with;
use crate::reference::level::scope;
use crate::reference::level::version;

/// Adds the definitions of these kinds and of what stands in them.
pub(super) fn define(definitions: &mut Map<String, Value>) {
    definitions.insert("access_rule".to_owned(), access_rule());
    definitions.insert("kill_switch".to_owned(), kill_switch());
    definitions.insert("rego_policy".to_owned(), rego_policy());
    for scope in KillSwitchScope::ALL {
        definitions.insert(switches_name(*scope), switches(*scope));
    }
}

fn access_rule() -> Value {
    let conditions = || one_or_some(reference("some_text"));
    let mut fields = actions("The actions it speaks of, as names or globs.");
    fields.extend(scope());
    fields.extend([
        field(
            "allow_if",
            "Conditions, all of which must hold.",
            conditions(),
            json!(["subject.role in [CampaignOwner, PlatformAdmin]"]),
        ),
        level(),
        field(
            "name",
            "The name; `access_rule.<action>` where absent.",
            reference("name"),
            json!("campaign-creation"),
        ),
        field(
            "require_approval_if",
            "Conditions, any of which asks for an approval.",
            conditions(),
            json!(["target_count > 50"]),
        ),
        version(),
    ]);
    let rule = object("Who may do an action, and when it needs an approval", fields);
    // One of the two names, not both.
    let named = json!([{"required": ["action"]}, {"required": ["actions"]}]);
    with(rule, "oneOf", named)
}

fn rego_policy() -> Value {
    let mut fields = actions("The actions it speaks of, as names or globs; absent means every.");
    fields.extend(scope());
    fields.extend([
        level(),
        field(
            "module",
            "The Rego module, of package `bailiwick`; it may define the sets `deny`, `ask` and \
             `labels`.",
            reference("some_text"),
            json!("package bailiwick\n\ndeny contains \"too many\" if count(input.paths) > 9\n"),
        )
        .required(),
        field("name", "The name.", reference("name"), json!("one-module-at-a-time")).required(),
        version(),
    ]);
    let policy = object("Rego, which can only deny, ask and add labels", fields);
    one_name(policy, "action", "actions")
}

fn kill_switch() -> Value {
    let mut fields = vec![
        field(
            "name",
            "The name; `kill_switch` where absent.",
            reference("name"),
            json!("payments-switches"),
        ),
        version(),
    ];
    for scope in KillSwitchScope::ALL.iter().copied() {
        let about = match scope {
            KillSwitchScope::Campaign => "What is off for campaigns.",
            KillSwitchScope::Capability => "Capabilities that are off everywhere.",
            KillSwitchScope::Global => "What is off everywhere.",
            KillSwitchScope::Repository => "What is off for repositories.",
            KillSwitchScope::Tenant => "What is off for tenants.",
        };
        let one = reference(&switches_name(scope));
        let (schema, example) = match name_key(scope) {
            Some((key, name)) => (one_or_many(one), json!({key: name, "disable_shell": true})),
            None => (one, json!({"disable_shell": true})),
        };
        fields.push(field(scope.name(), about, schema, example));
    }
    object("What is switched off", fields)
}

fn switches(scope: KillSwitchScope) -> Value {
    let flags = KillSwitchFlag::ALL.iter().copied().filter(|flag| has_flag(scope, *flag));
    let mut fields: Vec<Field> = flags
        .map(|flag| {
            let about = "`true` switches it off.";
            field(flag.name(), about, boolean(), json!(true))
        })
        .collect();
    if let Some((key, name)) = name_key(scope) {
        let about = "Which one is meant.";
        fields.push(field(key, about, reference("some_text"), name.into()).required());
    }
    object(&format!("What is off for the scope `{scope}`"), fields)
}

fn switches_name(scope: KillSwitchScope) -> String {
    format!("{scope}_switches")
}

/// Returns the key that says which tenant, campaign or repository is meant, and an example.
fn name_key(scope: KillSwitchScope) -> Option<(&'static str, &'static str)> {
    match scope {
        KillSwitchScope::Campaign => Some(("campaign_id", "retry-policy-v2")),
        KillSwitchScope::Repository => Some(("repo", "payment-service")),
        KillSwitchScope::Tenant => Some(("tenant_id", "platform-payments")),
        KillSwitchScope::Capability | KillSwitchScope::Global => None,
    }
}

fn has_flag(scope: KillSwitchScope, flag: KillSwitchFlag) -> bool {
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

fn actions(about: &'static str) -> Vec<Field> {
    let names = || one_or_some(reference("action"));
    vec![
        field("action", about, names(), json!("campaign.create")),
        field("actions", "Another name of `action`.", names(), json!(["run.start", "task.submit"])),
    ]
}

fn level() -> Field {
    field("level", "The level; platform where absent.", reference("level"), json!("team"))
}
