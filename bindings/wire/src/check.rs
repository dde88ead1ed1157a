//! `check`, `effective` and `test`.

use bailiwick::Action;
use bailiwick::Diagnostic;
use bailiwick::Digest;
use bailiwick::Level;
use bailiwick::Location;
use bailiwick::Request;
use bailiwick::Suite;
use bailiwick::SuiteReport;
use bailiwick::authority::Authority;
use bailiwick::read_suites;
use bailiwick::run_suite;
use serde::Deserialize;
use serde::Serialize;

use crate::Policies;
use crate::WireError;
use crate::input::Files;
use crate::input::PoliciesInput;
use crate::input::read;
use crate::input::sources;
use crate::input::write;

#[derive(Serialize)]
struct CheckOutput<'a> {
    diagnostics: &'a [Diagnostic],
    documents: usize,
    ok: bool,
    policy_set_hash: Option<&'a Digest>,
    /// Every diagnostic for people, one under the other.
    text: String,
}

pub(crate) fn check(input: &str) -> Result<String, WireError> {
    let input: PoliciesInput = read(input)?;
    match Policies::compile(&input) {
        Ok(policies) => checked(&policies),
        Err(error) => output(None, &error.diagnostics),
    }
}

pub(crate) fn checked(policies: &Policies) -> Result<String, WireError> {
    output(Some(policies), &policies.diagnostics)
}

fn output(policies: Option<&Policies>, diagnostics: &[Diagnostic]) -> Result<String, WireError> {
    let lines: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    write(&CheckOutput {
        diagnostics,
        documents: policies.map_or(0, |policies| policies.set.len()),
        ok: policies.is_some(),
        policy_set_hash: policies.map(|policies| policies.set.digest()),
        text: lines.join("\n"),
    })
}

/// The scope that `effective` shows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scope {
    #[serde(default)]
    action: Option<Action>,
    #[serde(default)]
    campaign_id: Option<String>,
    #[serde(default)]
    organization: Option<String>,
    #[serde(default)]
    repo: Option<String>,
    #[serde(default)]
    task_id: Option<String>,
    #[serde(default)]
    team: Option<String>,
    #[serde(default)]
    tenant: Option<String>,
}

#[derive(Serialize)]
struct Effective<'a> {
    authority: Authority,
    effective_policy_hash: Digest,
    policies: Vec<Applies<'a>>,
    policy_set_hash: &'a Digest,
}

#[derive(Serialize)]
struct Applies<'a> {
    level: Option<Level>,
    location: &'a Location,
    policy: &'a str,
}

pub(crate) fn effective(policies: &Policies, input: &str) -> Result<String, WireError> {
    let scope: Scope = read(input)?;
    let request = Request {
        campaign_id: scope.campaign_id,
        organization: scope.organization,
        repo: scope.repo,
        task_id: scope.task_id,
        team: scope.team,
        tenant: scope.tenant,
        ..Request::default()
    };
    let action = scope.action.unwrap_or(Action::ChangePropose);
    let chain = policies.set.chain(&request, action, false);
    write(&Effective {
        authority: chain.authority(),
        effective_policy_hash: chain.digest.clone(),
        policies: chain
            .policies()
            .into_iter()
            .map(|(level, policy)| Applies {
                level,
                location: &policy.location,
                policy: &policy.name,
            })
            .collect(),
        policy_set_hash: policies.set.digest(),
    })
}

/// The suites that `test` runs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TestInput {
    cases: Files,
    #[serde(default)]
    filter: String,
}

pub(crate) fn test(policies: &Policies, input: &str) -> Result<String, WireError> {
    let input: TestInput = read(input)?;
    let mut report = SuiteReport::default();
    for file in sources(&input.cases) {
        let suites: Vec<Suite> = read_suites(&file).map_err(WireError::from_diagnostics)?;
        for suite in &suites {
            report.extend(run_suite(suite, &policies.set, &input.filter));
        }
    }
    write(&report)
}
