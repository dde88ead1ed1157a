//! The thirteen questions, answered from the events of a run, each with its evidence.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::audit::EventType;
use crate::model::Digest;
use crate::model::Value;
use crate::package::MANIFEST;
use crate::package::Package;
use crate::package::PackageReport;
use crate::package::Question;
use crate::package::read::Event;

/// What a package answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Investigation {
    /// The thirteen answers, in the order of the questions.
    pub answers: Vec<Answer>,
    /// What is known of the package itself.
    pub package: PackageReport,
}

/// One answer, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The answer; where there is none, why.
    pub answer: String,
    /// False where the package does not tell.
    pub answered: bool,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The number of the question, from 1 (section 3).
    pub number: usize,
    /// The question.
    pub question: Question,
    /// The question in words.
    pub text: String,
}

/// An event or a file of the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The hash of the event, or of the file.
    pub digest: Digest,
    /// The file; none for an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The place of the event in the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// What it says.
    pub what: String,
}

/// An answer with its evidence, or why there is none.
type Found = Result<(String, Vec<Evidence>), String>;

impl Investigation {
    /// Returns what `package` answers. A question to which nothing is there is answered by `none`
    /// only where the whole run is proved to be there: else it stays open.
    pub fn of(package: &Package) -> Self {
        let answers = Question::ALL.iter().enumerate().map(|(at, question)| {
            let (answered, answer, evidence) = match answer(package, *question) {
                Ok((answer, evidence)) => (true, answer, evidence),
                Err(why) => (false, why, Vec::new()),
            };
            let text = question.text().to_owned();
            Answer { answer, answered, evidence, number: at + 1, question: *question, text }
        });
        Self { answers: answers.collect(), package: package.report().clone() }
    }

    /// Returns how many questions are answered.
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|answer| answer.answered).count()
    }

    /// Returns true where all are answered, from a package with which nothing is wrong.
    pub fn is_complete(&self) -> bool {
        self.answered() == self.answers.len() && self.package.is_ok()
    }
}

fn answer(package: &Package, question: Question) -> Found {
    match question {
        Question::Initiator => initiator(package),
        Question::Policy => policy(package),
        Question::Token => token(package),
        Question::Sandbox => sandbox(package),
        Question::Files => files(package),
        Question::Commands => commands(package),
        Question::Output => output(package),
        Question::Verifiers => verifiers(package),
        Question::Judge => judge(package),
        Question::Approval => approval(package),
        Question::PullRequest => pull_request(package),
        Question::Stop => stop(package),
        Question::Replay => replay(package),
    }
}

fn initiator(package: &Package) -> Found {
    let events = of(package, EventType::TaskSubmitted);
    let first = events.first().ok_or("no event says that a task was submitted")?;
    let record = &first.record;
    let title = detail(first, "title").map(|title| format!(": {title}")).unwrap_or_default();
    let answer = format!("{} ({}){title}", record.actor, record.actor_type);
    Ok((answer, evidence(&events)))
}

fn policy(package: &Package) -> Found {
    let events = of(package, EventType::PolicyEvaluated);
    let first = events.first().ok_or("no event tells of a decision")?;
    let sets: BTreeSet<&str> =
        events.iter().filter_map(|event| event.record.policy_version.as_deref()).collect();
    let documents: BTreeSet<&str> = events
        .iter()
        .flat_map(|event| &event.record.matched_rules)
        .filter_map(|rule| rule.split_once('#').map(|(document, _)| document))
        .collect();
    if sets.is_empty() {
        return Err("no decision names its policies".to_owned());
    }
    let answer = format!(
        "{} by policy set {}; documents that decided: {}",
        counted(events.len(), "decision"),
        joined(sets),
        joined(documents)
    );
    Ok((answer, evidence(&[*first])))
}

fn token(package: &Package) -> Found {
    let events: Vec<&Event> =
        package.events.iter().filter(|event| detail(event, "credential").is_some()).collect();
    if events.is_empty() {
        return Err("no event says with which credential anything was done".to_owned());
    }
    let told: BTreeSet<String> =
        events.iter().filter_map(|event| detail(event, "credential")).collect();
    Ok((joined(told.iter().map(String::as_str)), evidence(&events)))
}

fn sandbox(package: &Package) -> Found {
    let events = of(package, EventType::SandboxCreated);
    let first = events.first().ok_or("no event says that a sandbox was made")?;
    let adapter = detail(first, "adapter").ok_or("the sandbox is not named")?;
    let profile = detail(first, "profile_digest").unwrap_or_else(|| "unknown".to_owned());
    let weak = detail(first, "degraded").filter(|weak| !weak.is_empty());
    let weak = weak.map_or("nothing degraded".to_owned(), |weak| format!("degraded: {weak}"));
    Ok((format!("{adapter}, profile {profile}, {weak}"), evidence(&events)))
}

fn files(package: &Package) -> Found {
    let events = of(package, EventType::FileChanged);
    let paths: BTreeSet<String> = events.iter().filter_map(|event| detail(event, "path")).collect();
    none_or(package, &events, "no file was changed", || joined(paths.iter().map(String::as_str)))
}

fn commands(package: &Package) -> Found {
    let intents = intents(package);
    let run = |event: &&Event| {
        let kinds = [EventType::CommandExecuted, EventType::VerifierExecuted];
        kinds.contains(&event.record.event_type)
    };
    let events: Vec<&Event> = package.events.iter().filter(run).collect();
    let told: Vec<String> = events
        .iter()
        .map(|event| {
            let decision = event.record.decision_id.as_deref().unwrap_or_default();
            let intent = intents.get(decision).map_or("a command", String::as_str);
            let ending = detail(event, "ending").or_else(|| detail(event, "failed"));
            format!("{intent} → {}", ending.as_deref().unwrap_or("end unknown"))
        })
        .collect();
    none_or(package, &events, "no command was run", || joined(told.iter().map(String::as_str)))
}

fn output(package: &Package) -> Found {
    let calls = of(package, EventType::ModelCalled).len();
    let shown: Vec<(&Event, &String)> = package
        .events
        .iter()
        .flat_map(|event| event.record.payloads.keys().map(move |name| (event, name)))
        .filter(|(_, name)| name.as_str() != super::read::DECISION_RECORD)
        .collect();
    let here: Vec<&Event> = shown
        .iter()
        .filter(|(event, name)| package.payloads.contains_key(&(event.record.seq, (*name).clone())))
        .map(|(event, _)| *event)
        .collect();
    if !shown.is_empty() && here.is_empty() {
        let until =
            shown.iter().filter_map(|(event, name)| event.record.payloads.get(*name)?.keep_until);
        let until = until.max().map(|until| format!(", kept until {until}")).unwrap_or_default();
        return Err(format!("the outputs of {} are not there{until}", shown.len()));
    }
    none_or(package, &here, "nothing was shown to a model", || {
        format!(
            "{} of {} shown in {}, each redacted first: `payloads.jsonl`",
            here.len(),
            counted(shown.len(), "output"),
            counted(calls, "model call")
        )
    })
}

fn verifiers(package: &Package) -> Found {
    let events = of(package, EventType::VerifierExecuted);
    let told: Vec<String> = events
        .iter()
        .map(|event| {
            let text = |name| detail(event, name).unwrap_or_else(|| "unknown".to_owned());
            format!("{} {}", text("verifier"), text("result"))
        })
        .collect();
    none_or(package, &events, "no verifier was run", || joined(told.iter().map(String::as_str)))
}

fn judge(package: &Package) -> Found {
    let events = of(package, EventType::JudgeExecuted);
    let told: Vec<String> = events
        .iter()
        .map(|event| {
            let text = |name| detail(event, name).unwrap_or_else(|| "unknown".to_owned());
            format!("{} {}", text("judge"), text("result"))
        })
        .collect();
    none_or(package, &events, "none: no judge took part, policies alone decided", || {
        joined(told.iter().map(String::as_str))
    })
}

fn approval(package: &Package) -> Found {
    let granted: BTreeMap<String, &Event> = of(package, EventType::ApprovalGranted)
        .into_iter()
        .filter_map(|event| Some((event.record.approval_id.clone()?, event)))
        .collect();
    let mut rested: Vec<&Event> = Vec::new();
    for event in of(package, EventType::PolicyEvaluated) {
        let Some(approval_id) = &event.record.approval_id else {
            continue;
        };
        let decision = event.record.decision_id.as_deref().unwrap_or("a decision");
        let record = granted.get(approval_id).ok_or_else(|| {
            format!("{decision} rests on {approval_id}, and no event says who gave it")
        })?;
        rested.extend([*record, event]);
    }
    let told: BTreeSet<String> = granted
        .iter()
        .map(|(id, event)| {
            let role = detail(event, "role").map(|role| format!(", {role}")).unwrap_or_default();
            let what =
                detail(event, "what").map(|what| format!(" for: {what}")).unwrap_or_default();
            format!("{} ({}{role}) by {id}{what}", event.record.actor, event.record.actor_type)
        })
        .collect();
    let events = if rested.is_empty() { granted.into_values().collect() } else { rested };
    none_or(package, &events, "no approval was given, and no decision rests on one", || {
        joined(told.iter().map(String::as_str))
    })
}

fn pull_request(package: &Package) -> Found {
    let events = of(package, EventType::PrCreated);
    let intents = intents(package);
    let told: Vec<String> = events
        .iter()
        .map(|event| {
            let decision = event.record.decision_id.as_deref().unwrap_or_default();
            let number = detail(event, "number").unwrap_or_else(|| "unknown".to_owned());
            format!("#{number}: {}", intents.get(decision).map_or("", String::as_str))
        })
        .collect();
    none_or(package, &events, "no pull request was created", || {
        joined(told.iter().map(String::as_str))
    })
}

fn stop(package: &Package) -> Found {
    let events: Vec<&Event> =
        package.events.iter().filter(|event| detail(event, "kill_switches").is_some()).collect();
    let first = events.first().ok_or("no event names the kill switches of the run")?;
    let switches = detail(first, "kill_switches").unwrap_or_default();
    let decisions = of(package, EventType::PolicyEvaluated).len();
    let answer = format!(
        "set one of the kill switches {switches}: they are read before each decision, {decisions} \
         times in this run"
    );
    Ok((answer, evidence(&events)))
}

fn replay(package: &Package) -> Found {
    let manifest = package.manifest();
    let possible: Vec<&str> = (manifest.replay.iter())
        .filter(|replay| replay.possible)
        .map(|replay| replay.replay.name())
        .collect();
    if possible.is_empty() {
        return Err("the package holds too little for any replay".to_owned());
    }
    let not: Vec<String> = (manifest.replay.iter())
        .filter_map(|replay| Some(format!("{} ({})", replay.replay, replay.why.as_deref()?)))
        .collect();
    let not = if not.is_empty() { String::new() } else { format!("; not {}", not.join(", not ")) };
    let answer = format!("bailiwick replay --type {}{not}", possible.join("|"));
    let evidence = Evidence {
        digest: package.report().manifest_digest.clone(),
        file: Some(MANIFEST.to_owned()),
        seq: None,
        what: "what is in the package".to_owned(),
    };
    Ok((answer, vec![evidence]))
}

/// Returns what `events` tell; where there are none, that there is nothing, if that is proved.
fn none_or(
    package: &Package,
    events: &[&Event],
    nothing: &str,
    told: impl FnOnce() -> String,
) -> Found {
    if !events.is_empty() {
        return Ok((told(), evidence(events)));
    }
    let report = package.report();
    if !report.verdict.is_ok() {
        let verdict = report.verdict;
        return Err(format!("no event tells, and the run is not whole ({verdict})"));
    }
    let last: Vec<&Event> = package.events.last().into_iter().collect();
    Ok((nothing.to_owned(), evidence(&last)))
}

fn of(package: &Package, event_type: EventType) -> Vec<&Event> {
    package.events.iter().filter(|event| event.record.event_type == event_type).collect()
}

/// Returns what each decision was on, in words, by its id.
fn intents(package: &Package) -> BTreeMap<&str, String> {
    let decisions = of(package, EventType::PolicyEvaluated).into_iter();
    let told = decisions
        .filter_map(|event| Some((event.record.decision_id.as_deref()?, detail(event, "intent")?)));
    told.collect()
}

fn evidence(events: &[&Event]) -> Vec<Evidence> {
    let of = |event: &&Event| Evidence {
        digest: event.entry_hash.clone(),
        file: None,
        seq: Some(event.record.seq),
        what: event.record.event_type.name().to_owned(),
    };
    events.iter().map(of).collect()
}

fn detail(event: &Event, name: &str) -> Option<String> {
    event.record.details.get(name).map(words)
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Map(entries) => {
            let pair = |(name, value)| format!("{name} {}", words(value));
            entries.iter().map(pair).collect::<Vec<_>>().join(", ")
        }
    }
}

fn joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = texts.into_iter().collect();
    if all.is_empty() { "none".to_owned() } else { all.join("; ") }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
