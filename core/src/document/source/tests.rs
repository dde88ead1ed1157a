use std::collections::BTreeSet;

use super::Document;
use super::ReadResult;
use super::SourceFile;
use super::read_documents;
use crate::document::LevelPolicy;
use crate::document::Reviewer;
use crate::model::Action;
use crate::model::AutonomyLevel;
use crate::model::Capability;
use crate::model::ChangeClass;
use crate::model::Effect;
use crate::model::KillSwitchFlag;
use crate::model::KillSwitchScope;
use crate::model::Level;
use crate::model::Limit;
use crate::model::Role;

fn read(text: &str) -> ReadResult {
    read_documents(&SourceFile::new("a.yaml", text))
}

fn only(text: &str) -> Document {
    let result = read(text);
    assert_eq!(result.diagnostics, []);
    result.documents.into_iter().next().unwrap()
}

fn level(text: &str) -> LevelPolicy {
    match only(text) {
        Document::Level(policy) => *policy,
        other => panic!("{other:?}"),
    }
}

fn faults(text: &str) -> Vec<String> {
    let shown = read(text).diagnostics.into_iter().map(|f| {
        let place = f.location;
        format!("{}:{} {} {}", place.line, place.column, f.code, place.path)
    });
    shown.collect()
}

#[test]
fn section_6_loads_as_it_stands() {
    let policy = level(
        "repo_policy:
  repo: payment-service
  autonomy_level: supervised_pr
  allowed_change_classes:
    - test_change
    - dependency_patch_minor
    - config_non_destructive
  forbidden_paths:
    - .github/workflows/**
    - infra/prod/**
    - secrets/**
  required_verifiers:
    - maven_compile
    - unit_tests
    - secret_scan_delta
    - semgrep_delta
  approval:
    required_for:
      - shell_network
      - dependency_major_upgrade
      - ci_workflow_change
      - production_config_change
",
    );
    assert_eq!((policy.name.as_str(), policy.level), ("payment-service", Level::Repository));
    assert_eq!(policy.autonomy_level.unwrap().value, AutonomyLevel::SupervisedPr);
    let classes: Vec<_> = policy.allowed_change_classes.unwrap().value.into_keys().collect();
    assert_eq!(
        classes,
        [
            ChangeClass::ConfigNonDestructive,
            ChangeClass::DependencyPatchMinor,
            ChangeClass::TestChange
        ]
    );
    let second = &policy.forbidden_paths[1];
    assert_eq!(second.value, "infra/prod/**");
    assert_eq!((second.location.line, second.location.column), (10, 7));
    assert_eq!(second.location.path, "repo_policy.forbidden_paths[1]");
    assert_eq!(policy.required_verifiers.len(), 4);
    let asked: Vec<_> = policy.approval.required_for.iter().map(|c| c.value).collect();
    assert_eq!(
        asked,
        [
            Capability::ShellNetwork,
            Capability::Change(ChangeClass::DependencyMajorUpgrade),
            Capability::Change(ChangeClass::CiWorkflowChange),
            Capability::Change(ChangeClass::ProductionConfigChange),
        ]
    );
}

#[test]
fn section_11_loads_as_it_stands() {
    let document = only(
        "access_rule:
  action: campaign.create
  allow_if:
    - subject.role in [CampaignOwner, PlatformAdmin]
    - repository.risk_tier not in [regulated, critical]
    - campaign.autonomy_level in [analysis_only, draft_pr, supervised_pr]
  require_approval_if:
    - target_count > 50
    - change_class in [dependency_major_upgrade, ci_workflow_change]
",
    );
    assert_eq!(document.name(), "access_rule.campaign.create");
    let Document::Access(rule) = document else { panic!("an access rule") };
    assert_eq!(rule.actions, BTreeSet::from([Action::CampaignCreate]));
    assert_eq!(rule.level, Level::Platform);
    assert_eq!(rule.allow_if[0].value, "subject.role in [CampaignOwner, PlatformAdmin]");
    assert_eq!(rule.require_approval_if[0].location.path, "access_rule.require_approval_if[0]");
}

#[test]
fn section_13_loads_as_it_stands() {
    let Document::KillSwitch(document) = only(
        "kill_switch:
  global:
    disable_new_runs: true
    cancel_running_runs: false
    disable_pr_creation: true
  tenant:
    tenant_id: platform-payments
    disable_autonomous_runs: true
  campaign:
    campaign_id: cmp_01jz
    pause_waves: true
  repository:
    repo: payment-service
    block_all_agent_runs: true
  capability:
    disable_shell_network: true
",
    ) else {
        panic!("a kill switch")
    };
    let shown: Vec<_> = document
        .switches
        .iter()
        .map(|s| (s.value.scope, s.value.name.as_deref(), s.value.flag))
        .collect();
    assert_eq!(
        shown,
        [
            (KillSwitchScope::Capability, None, KillSwitchFlag::DisableShellNetwork),
            (KillSwitchScope::Campaign, Some("cmp_01jz"), KillSwitchFlag::PauseWaves),
            (KillSwitchScope::Global, None, KillSwitchFlag::DisableNewRuns),
            (KillSwitchScope::Global, None, KillSwitchFlag::DisablePrCreation),
            (
                KillSwitchScope::Repository,
                Some("payment-service"),
                KillSwitchFlag::BlockAllAgentRuns
            ),
            (
                KillSwitchScope::Tenant,
                Some("platform-payments"),
                KillSwitchFlag::DisableAutonomousRuns
            ),
        ]
    );
}

#[test]
fn reads_every_field_of_a_level_document() {
    let policy = level(
        "team_policy:
  version: 2026-07-04
  team: payments-platform
  tenant: [acme, globex-*]
  allowed_actions: [file.*, tool.shell.exec]
  allowed_paths: src/
  allowed_task_classes: dependency_patch_minor
  data_class_max: internal
  risk_tiers: [low, medium]
  limits: {max_changed_files: 40, max_pr_size: 0}
  network: {default: default-deny, egress_allowlist: ['*.crates.io']}
  approval:
    approvers: [PolicyAdmin, {role: Approver, team: sec, count: 2}]
    separation_of_duty: true
    expires_after: 4h
  required_reviewers: [{team: payments-platform}, {user: ana}, bo]
  obligations: {draft_only: true, labels: agent-generated, network_profile: no-egress, redact: [model_context]}
  rules:
    - id: no-push
      effect: deny
      action: shell.exec
      match: {argv: [git, [push, fetch]], paths: [a]}
      when: target_count > 50
      explain: ask the platform team
      examples:
        match: [[git, push], {tool: shell.exec, argv: [git, fetch]}]
        not_match: README.md
    - {id: all, effect: ask, actions: 'pr.*'}
",
    );
    assert_eq!(
        (policy.name.as_str(), policy.version.as_deref()),
        ("payments-platform", Some("2026-07-04"))
    );
    assert_eq!(policy.scope.tenant.unwrap()[1].value, "globex-*");
    let actions: Vec<_> = policy.allowed_actions.unwrap().value.into_keys().collect();
    assert_eq!(
        actions,
        [Action::FileDelete, Action::FileRead, Action::FileWrite, Action::ShellExec]
    );
    let limits: Vec<_> = policy.limits.iter().map(|(k, v)| (*k, v.value)).collect();
    assert_eq!(limits, [(Limit::MaxChangedFiles, 40), (Limit::MaxChangedLines, 0)]);
    let approvers: Vec<_> = policy.approval.approvers.iter().map(|a| &a.value).collect();
    assert_eq!((approvers[0].count, approvers[0].role), (1, Some(Role::PolicyAdmin)));
    assert_eq!((approvers[1].count, approvers[1].team.as_deref()), (2, Some("sec")));
    assert_eq!(policy.approval.expires_after.unwrap().value, 14_400);
    let reviewers: Vec<_> = policy.required_reviewers.iter().map(|r| r.value.clone()).collect();
    assert_eq!(
        reviewers,
        [
            Reviewer::Team("payments-platform".to_owned()),
            Reviewer::User("ana".to_owned()),
            Reviewer::User("bo".to_owned()),
        ]
    );
    let rule = &policy.rules[0];
    let argv: Vec<_> = rule.matching.argv.iter().map(|w| w.value.join("|")).collect();
    assert_eq!(argv, ["git", "push|fetch"]);
    assert_eq!(rule.when[0].location.path, "team_policy.rules[0].when");
    assert_eq!(rule.examples.matches[0].value.argv, ["git", "push"]);
    assert_eq!(rule.examples.not_match[0].value.path.as_deref(), Some("README.md"));
    assert_eq!(policy.rules[1].effect.value, Effect::AskApproval);
    assert_eq!(policy.rules[1].actions.len(), 4);
}

#[test]
fn reports_every_fault_of_a_file_and_keeps_the_documents_without_one() {
    let text = "platform_policy: {allowed_actions: [file.raed, pr.*], limits: {max_prs: 1}}
---
runtime_policy: {}
---
team_policy:
  alowed_actions: []
  forbidden_paths:
  autonomy_level: yes
  rules:
    - {id: a, effect: deny, match: {paths: []}}
    - {id: a, effect: denied, when: true}
    - {effect: allow, actions: []}
";
    assert_eq!(
        faults(text),
        [
            "1:37 unknown_name platform_policy.allowed_actions[0]",
            "1:64 unknown_name platform_policy.limits.max_prs",
            "6:3 unknown_key team_policy.alowed_actions",
            "7:3 empty_value team_policy.forbidden_paths",
            "8:19 unknown_name team_policy.autonomy_level",
            "10:44 empty_value team_policy.rules[0].match.paths",
            "11:23 unknown_name team_policy.rules[1].effect",
            "11:37 wrong_type team_policy.rules[1].when",
            "12:7 missing_key team_policy.rules[2]",
            "12:32 empty_value team_policy.rules[2].actions",
        ]
    );
    let names: Vec<_> = read(text).documents.iter().map(|d| d.name().to_owned()).collect();
    assert_eq!(names, ["runtime"]);
}

#[test]
fn refuses_kinds_that_nothing_evaluates() {
    for kind in ["retention", "phase_3_promotion", "artifact_policy"] {
        assert_eq!(faults(&format!("{kind}: {{}}")), [format!("1:1 kind_not_evaluated {kind}")]);
    }
    assert_eq!(faults("phase_x_promotion: {}"), ["1:1 unknown_kind phase_x_promotion"]);
}

#[test]
fn names_a_document_after_its_scope_where_one_plain_name_selects_it() {
    for (text, name) in [
        ("repo_policy: {repo: pay}", "pay"),
        ("repo_policy: {repo: [pay]}", "pay"),
        ("repo_policy: {repo: [a, b]}", "repository"),
        ("repo_policy: {repo: pay-*}", "repository"),
        ("repo_policy: {repo: pay, name: mine}", "mine"),
        ("tool_policy: {tool: tool.shell.exec}", "shell.exec"),
        ("platform_policy: {tenant: acme}", "platform"),
        (
            "access_rule: {action: [pr.create, pr.merge], allow_if: a}",
            "access_rule.pr.create+pr.merge",
        ),
    ] {
        assert_eq!(only(text).name(), name, "{text}");
    }
}

#[test]
fn keeps_a_hundred_findings_and_counts_the_rest() {
    let keys: String = (0..5_000).map(|n| format!("  {}_{n}: 1\n", "forbiden".repeat(9))).collect();
    let result = read(&format!("repo_policy:\n{keys}---\nruntime_policy: {{}}\n"));
    assert_eq!(result.diagnostics.len(), 100);
    let last = &result.diagnostics[99].related[0];
    assert_eq!(last.message, "4900 more findings follow in this file");
    assert_eq!(result.documents.len(), 1);
}

#[test]
fn takes_words_in_an_example_for_a_command() {
    let tool = |action: &str| {
        let rule = format!("{{id: a, effect: deny, {action} examples: {{match: [[git, push]]}}}}");
        let policy = level(&format!("repo_policy: {{rules: [{rule}]}}"));
        policy.rules[0].examples.matches[0].value.tool.clone()
    };
    assert_eq!(tool("").as_deref(), Some("shell.exec"));
    assert_eq!(tool("action: '*.exec',").as_deref(), Some("shell.exec"));
    assert_eq!(tool("action: verifier.run,"), None);
}
