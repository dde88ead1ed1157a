//! What an agent's model may be shown and may cost, and which model it is.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use bailiwick::Action;
use bailiwick::LogViewer;
use bailiwick::Projection;
use bailiwick::SigningKey;
use bailiwick::SourceFile;
use bailiwick_runtime::git::FilePullRequests;
use bailiwick_runtime::git::Git;
use bailiwick_runtime::git::GitRepository;
use bailiwick_runtime::pep::Pep;
use bailiwick_runtime::pep::Permit;
use bailiwick_runtime::port::clock::SystemClock;
use bailiwick_runtime::port::command::CommandError;
use bailiwick_runtime::port::command::CommandLimits;
use bailiwick_runtime::port::command::CommandOutcome;
use bailiwick_runtime::port::command::Commands;
use bailiwick_runtime::port::model::Model;
use bailiwick_runtime::port::model::ToolCall;
use bailiwick_runtime::port::repository::Checkout;
use bailiwick_runtime::run::Agent;
use bailiwick_runtime::run::Builder;
use bailiwick_runtime::run::CallOutcome;
use bailiwick_runtime::run::Listener;
use bailiwick_runtime::run::Progress;
use bailiwick_runtime::run::RunError;
use bailiwick_runtime::run::SandboxEvidence;
use bailiwick_runtime::run::Tools;
use bailiwick_runtime::scripted::Scenario;
use bailiwick_runtime::scripted::ScriptedModel;
use bailiwick_runtime::store::ArtifactStore;
use bailiwick_runtime::workspace::WorkspaceFiles;
use serde_json::Value;

use crate::support::World;

const POLICY: &str = "
platform_policy:
  name: base
  version: 1
  autonomy_level: draft_pr
  allowed_actions: [file.read, model.call, shell.exec]
  data_class_max: internal
---
data_classes: {name: data, version: 1, paths: [{match: exports/, class: regulated}]}
";

const MODELS: &str = "
---
model_policy:
  name: models
  version: 1
  allowed_models:
    - {provider: scripted, model: first, region: [eu]}
    - {provider: scripted, model: second}
";

/// Runs permitted commands as they are: what is tested here is what becomes of what they print.
struct Plain(PathBuf);

impl Commands for Plain {
    fn run(&self, permit: Permit, _: &CommandLimits) -> Result<CommandOutcome, CommandError> {
        let line = permit.spend(Action::ShellExec)?.shell.unwrap();
        let output = Command::new("sh").args(["-c", &line]).current_dir(&self.0).output().unwrap();
        Ok(CommandOutcome {
            ending: output.status.to_string(),
            status: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: output.stderr,
            truncated: false,
            wall: Duration::ZERO,
        })
    }
}

struct Deaf;

impl Listener for Deaf {
    fn said(&mut self, _: &Projection<LogViewer>) {}
    fn called(&mut self, _: &ToolCall, _: &CallOutcome) {}
}

/// What became of an agent's work.
struct Worked {
    pep: Arc<Pep>,
    result: Result<u32, RunError>,
    world: (bailiwick_runtime::run::RunContext, tempfile::TempDir),
}

impl Worked {
    /// Has an agent work in a workspace under `policy`, with models that say what scripts say.
    fn new(policy: &str, scripts: &[String]) -> Self {
        let World { mut context, folder, pep } = World::under(policy);
        let workspace = folder.path().join("workspace");
        fill(&workspace);
        context.workspace = workspace.display().to_string();
        let opened = World { context, folder, pep };
        opened.open_run();
        let World { context, folder, pep } = opened;
        let (pep, path) = (Arc::new(pep), |name: &str| folder.path().join(name));
        let clock = Arc::new(SystemClock::new().unwrap());
        let git = Git::find().unwrap();
        let provider = FilePullRequests::open(git.clone(), &path("prs"), &path("remote"));
        let model = |text: &String| -> Arc<dyn Model> {
            let scenario = Scenario::read(&SourceFile::new("script.yaml", text.as_str())).unwrap();
            Arc::new(ScriptedModel::new(&scenario))
        };
        let mut agent = Agent {
            listener: Box::new(Deaf),
            models: scripts.iter().map(model).collect(),
            tools: Tools {
                artifacts: Arc::new(ArtifactStore::open(&path("artifacts"), clock).unwrap()),
                builder: Builder {
                    id: "urn:bailiwick:runtime:test".to_owned(),
                    key: SigningKey::from_seed(&[7; 32]).unwrap(),
                    started_at: pep.clock.now(),
                },
                checkout: Checkout::default(),
                commands: Box::new(Plain(workspace.clone())),
                context: context.clone(),
                files: Box::new(WorkspaceFiles::new(&workspace)),
                models: Vec::new(),
                pep: pep.clone(),
                progress: Progress::default(),
                pull_requests: Arc::new(provider.unwrap()),
                repository: Box::new(GitRepository::new(
                    git,
                    &path("remote"),
                    &path("git"),
                    &workspace,
                )),
                sandbox: SandboxEvidence::default(),
                verifiers: BTreeMap::new(),
            },
        };
        let result = agent.work("Do it.").map(|report| report.turns);
        Self { pep, result, world: (context, folder) }
    }

    /// Why no model was called any more; nothing where the work came to its end.
    fn refused(&self) -> Option<String> {
        match &self.result {
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        }
    }

    /// The models that were asked for, one call after another.
    fn asked(&self) -> Vec<Value> {
        let records = self.pep.journal.decisions(&self.world.0.run).unwrap();
        let requested = records.iter().map(|record| {
            let record: Value = serde_json::from_str(record).unwrap();
            record["record"]["requested"]["model"].clone()
        });
        requested.filter(|model| !model.is_null()).collect()
    }
}

fn fill(workspace: &Path) {
    for folder in ["docs", "exports"] {
        std::fs::create_dir_all(workspace.join(folder)).unwrap();
    }
    for (name, text) in
        [("exports/people.csv", "Ana\n"), ("docs/free.md", "free\n"), ("README.md", "read\n")]
    {
        std::fs::write(workspace.join(name), text).unwrap();
    }
    std::os::unix::fs::symlink("../exports/people.csv", workspace.join("docs/link")).unwrap();
    std::fs::create_dir(workspace.join("hard")).unwrap();
    std::fs::hard_link(workspace.join("exports/people.csv"), workspace.join("hard/link")).unwrap();
}

/// A script of `name` that says these turns.
fn script(name: &str, more: &str, turns: &str) -> String {
    format!(
        "model: {{provider: scripted, name: {name}{more}}}
task: {{title: a, class: try, change_class: source_change, risk: low, branch: a, text: a}}
verifiers: {{}}
turns: {turns}
"
    )
}

/// A script that runs one shell line.
fn shell(line: &str) -> String {
    let input = serde_json::json!({ "shell": line });
    let call = format!("{{id: call_1, tool: shell.exec, input: {input}}}");
    script("first", "", &format!("[{{say: a, calls: [{call}]}}, {{say: b}}]"))
}

#[test]
fn whatever_reads_a_labelled_file_labels_what_the_model_was_shown() {
    for line in [
        "cat exports/people.csv",
        "cat docs/free.md exports/../exports/people.csv",
        "cat < exports/people.csv",
        "cd exports && cat people.csv",
        "cat docs/link",
        "cat docs/*",
        "cat */people.csv",
        "cat hard/link",
        "cp exports/people.csv docs/copy.md",
        "grep -r A .",
        "grep -r A",
        "grep -A1 --directories=recurse A",
        "diff -r docs exports",
        "sh ./docs/free.md",
        "git log -p",
        "make",
        "f=exports/people.csv; cat $f",
        "cat $(cat docs/free.md)",
    ] {
        let worked = Worked::new(POLICY, &[shell(line)]);
        let why = worked.refused().unwrap_or_else(|| panic!("{line}"));
        assert!(why.contains("is of class `regulated`"), "{line}: {why}");
    }
}

#[test]
fn what_reads_no_labelled_file_leaves_the_model_callable() {
    for line in [
        "cat docs/free.md",
        "ls",
        "ls docs",
        "cat *.md",
        "cat docs/f*",
        "echo a | wc -l",
        "grep -n a README.md",
    ] {
        let worked = Worked::new(POLICY, &[shell(line)]);
        assert_eq!(worked.refused(), None, "{line}");
    }
}

#[test]
fn a_model_that_does_not_answer_is_followed_by_the_next_choice() {
    let policy = [POLICY, MODELS].concat();
    let scripts = [script("second", "", "[{say: b}]"), script("first", ", region: eu", "[]")];
    let worked = Worked::new(&policy, &scripts);
    assert_eq!(worked.refused(), None);
    let asked = worked.asked();
    let named: Vec<&str> = asked.iter().map(|model| model["model"].as_str().unwrap()).collect();
    assert_eq!(named, ["first", "second"]);
    assert_eq!((&asked[0]["region"], &asked[1]["region"]), (&"eu".into(), &Value::Null));
    let none = Worked::new(&policy, &[script("first", ", region: eu", "[]")]);
    assert!(none.refused().unwrap().contains("script has ended"));
}

#[test]
fn what_a_model_gave_to_tools_counts_when_it_is_sent_again() {
    let long = (0..800).map(|word| format!("w{word} ")).collect::<String>();
    let call = format!("{{id: call_1, tool: nothing, input: {{text: {long}}}}}");
    let turns = format!("[{{say: a, calls: [{call}]}}, {{say: b}}]");
    let worked = Worked::new(POLICY, &[script("first", "", &turns)]);
    let asked = worked.asked();
    let tokens = |index: usize| asked[index]["tokens"].as_u64().unwrap();
    assert!(tokens(1) >= tokens(0) + 900, "{asked:?}");
    let usage = worked.pep.journal.usage(&worked.world.0.run).unwrap();
    // What was sent twice, and what was answered: the call and two words.
    assert!(usage["tokens"] >= tokens(0) + tokens(1) + 900, "{usage:?}");
}

#[test]
fn a_cap_on_costs_holds_by_the_price_of_the_model_or_ends_the_run() {
    let cap = |cap: &str| [POLICY, MODELS, "  max_cost_per_run: ", cap].concat();
    let (usd, eur) =
        (cap("{amount: \"0.001\", currency: USD}\n"), cap("{amount: \"1\", currency: EUR}\n"));
    let call = "{say: a, calls: [{id: call_1, tool: nothing}]}";
    let turns = format!("[{call}, {{say: b}}]");
    let price =
        |amount: &str| format!(", region: eu, price: {{amount: \"{amount}\", currency: USD}}");
    let refused =
        |policy: &str, more: &str| Worked::new(policy, &[script("first", more, &turns)]).refused();
    assert_eq!(refused(&usd, &price("1")), None);
    let dear = refused(&usd, &price("1000")).unwrap();
    assert!(dear.contains("may cost 0.001 USD at most"), "{dear}");
    // Costs in another currency, or of a model without a price, are not known to be none.
    assert!(refused(&eur, &price("1")).is_some());
    assert!(refused(&usd, ", region: eu").is_some());
    let cents =
        POLICY.replace("data_class_max", "limits: {max_cost_cents_per_run: 100}\n  data_class_max");
    assert!(refused(&cents, ", region: eu").is_some());
}
