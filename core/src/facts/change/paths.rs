//! What the path of a file makes of a change, wherever else the file belongs.

use std::collections::BTreeSet;

use crate::facts::glob::folded;
use crate::model::ChangeClass;

/// What makes a path one of a class: consecutive names at any depth, lower case, `*` at the end
/// for any rest. What lies below belongs to the class too.
const TABLE: &[(ChangeClass, &[&[&str]])] = &[
    (
        ChangeClass::CiWorkflowChange,
        &[
            &[".github", "workflows"],
            &[".github", "actions"],
            &[".forgejo", "workflows"],
            &[".gitea", "workflows"],
            &[".gitlab-ci.y*"],
            &[".gitlab", "ci"],
            &[".circleci"],
            &[".buildkite"],
            &[".woodpecker*"],
            &[".drone.y*"],
            &[".travis.y*"],
            &[".appveyor.y*"],
            &["appveyor.y*"],
            &[".azure-pipelines"],
            &["azure-pipelines*"],
            &["bitbucket-pipelines.y*"],
            &["cloudbuild.y*"],
            &["buildspec.y*"],
            &[".teamcity"],
            &["jenkinsfile*"],
        ],
    ),
    (
        ChangeClass::InstructionChange,
        &[
            &["agents.md"],
            &["agents.override.md"],
            &["agent.md"],
            &["claude.md"],
            &["claude.local.md"],
            &["gemini.md"],
            &["qwen.md"],
            &["skill.md"],
            &[".cursorrules"],
            &[".windsurfrules"],
            &[".clinerules*"],
            &[".roorules*"],
            &[".goosehints"],
            &[".rules"],
            &[".cursor", "rules"],
            &[".windsurf", "rules"],
            &[".claude"],
            &[".codex"],
            &[".gemini"],
            &[".agents"],
            &[".github", "copilot-instructions.md"],
            &[".github", "instructions"],
            &[".github", "prompts"],
            &[".github", "chatmodes"],
            &[".github", "agents"],
            &[".junie", "guidelines.md"],
            &[".kiro", "steering"],
        ],
    ),
    (
        ChangeClass::ProductionConfigChange,
        &[
            &["infra", "prod*"],
            &["infrastructure", "prod*"],
            &["deploy", "prod*"],
            &["deployment", "prod*"],
            &["deployments", "prod*"],
            &["k8s", "prod*"],
            &["kubernetes", "prod*"],
            &["helm", "prod*"],
            &["terraform", "prod*"],
            &["environments", "prod*"],
            &["envs", "prod*"],
            &["overlays", "prod*"],
            &["config", "prod.*"],
            &["config", "prod"],
            &["config", "production*"],
            &["values-prod*"],
            &["application-prod*"],
        ],
    ),
];

/// Adds the classes that a changed path bears out by itself.
pub(crate) fn add_classes(path: &str, classes: &mut BTreeSet<ChangeClass>) {
    let path = folded(path);
    let names: Vec<&str> = path.split('/').collect();
    for (class, rows) in TABLE {
        let borne_out = !classes.contains(class)
            && rows.iter().any(|row| names.windows(row.len()).any(|window| fits(row, window)));
        if borne_out {
            classes.insert(*class);
        }
    }
}

fn fits(row: &[&str], names: &[&str]) -> bool {
    row.iter().zip(names).all(|(expected, name)| match expected.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == expected,
    })
}
