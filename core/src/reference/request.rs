//! The schema of a request.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::reference::field::Field;
use crate::reference::field::any_of;
use crate::reference::field::boolean;
use crate::reference::field::field;
use crate::reference::field::list;
use crate::reference::field::map;
use crate::reference::field::number;
use crate::reference::field::object;
use crate::reference::field::one_name;
use crate::reference::field::reference;
use crate::reference::field::sparse_object;
use crate::reference::text::Form;
use crate::reference::text::definitions;

/// Returns the schema of a request as hosts send it.
pub(super) fn request() -> Value {
    let mut defs = definitions(Form::Json);
    define(&mut defs, Form::Json);
    json!({
        "$defs": defs,
        "$ref": "#/$defs/request",
        "description": "Who wants to do what, on what, under which circumstances; what is absent \
                        was not said. In YAML a number is read as text where text is wanted.",
        "examples": [{"tool": "file.read", "path": "src/lib.rs"}],
        "title": "Bailiwick request",
    })
}

/// Adds the definitions of a request and of what stands in one.
pub(super) fn define(definitions: &mut Map<String, Value>, form: Form) {
    let mut fields = scope_fields();
    fields.extend(act_fields());
    fields.extend(context_fields());
    let mut add = |name: &str, schema: Value| definitions.insert(name.to_owned(), schema);
    let request = mapping(form, "A request", fields);
    add("request", one_name(request, "action", "tool"));
    add("changed_file", mapping(form, "A changed file", changed_file()));
    let model = mapping(form, "The model to call, and for what", model());
    add("model", one_name(model, "model", "name"));
    add("pull_request", mapping(form, "A pull request", pull_request()));
    define_subject(definitions, form);
}

/// Adds the definition of a subject.
pub(super) fn define_subject(definitions: &mut Map<String, Value>, form: Form) {
    let subject = mapping(form, "Who asks, or who approved", subject());
    definitions.insert("subject".to_owned(), subject);
}

/// Returns the schema of a mapping of a request or state.
pub(super) fn mapping(form: Form, title: &str, fields: Vec<Field>) -> Value {
    match form {
        Form::Json => object(title, fields),
        Form::Yaml => sparse_object(title, fields),
    }
}

/// Returns a key that holds text.
pub(super) fn text(key: &'static str, about: &'static str, example: &'static str) -> Field {
    field(key, about, reference("text"), example.into())
}

fn texts(key: &'static str, about: &'static str, example: Value) -> Field {
    field(key, about, list(reference("text")), example)
}

fn count(key: &'static str, about: &'static str, example: u32) -> Field {
    field(key, about, number(0, u32::MAX.into()), example.into())
}

fn name(key: &'static str, about: &'static str, table: &str, example: &'static str) -> Field {
    field(key, about, reference(table), example.into())
}

fn scope_fields() -> Vec<Field> {
    vec![
        text("branch", "The branch worked on.", "agent/fix-retry"),
        text("campaign_id", "The campaign that the run belongs to.", "retry-policy-v2"),
        text("organization", "The organization.", "acme"),
        text("repo", "The repository.", "payment-service"),
        name("risk_tier", "How much depends on the repository.", "risk_tier", "medium"),
        text("run_id", "The run.", "run_01jz"),
        field(
            "subject",
            "Who asks.",
            reference("subject"),
            json!({"id": "user:ana", "kind": "human", "roles": ["Operator"]}),
        ),
        text("task_class", "The class of the task.", "dependency_patch_minor"),
        text("task_id", "The task.", "task_01jz"),
        text("team", "The team that owns the repository.", "payments"),
        text("tenant", "The tenant.", "platform-payments"),
        text("tool_call_id", "The call that the request is made for.", "call_01jz"),
        text("workspace", "The root of the workspace, absolute.", "/src"),
    ]
}

fn act_fields() -> Vec<Field> {
    vec![
        text("action", "Another name of `tool`.", "file.read"),
        texts("argv", "The words of a command; not beside `shell`.", json!(["cargo", "test"])),
        field(
            "changed_files",
            "The files of the change: paths, or objects with what is known of them.",
            list(any_of([reference("text"), reference("changed_file")])),
            json!(["src/lib.rs", {"path": "Cargo.lock", "status": "modified"}]),
        ),
        text(
            "cwd",
            "The working directory of a command, absolute or relative to the workspace.",
            "core",
        ),
        text(
            "diff",
            "The change as `git diff` prints it; or `git diff --name-status -z`, or `--raw -z`.",
            "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n",
        ),
        field("env", "Variables set for a command.", map(reference("text")), json!({"CI": "1"})),
        text("host", "The host to reach, where there is no URL.", "packages.example.org"),
        field(
            "links",
            "Links in the workspace: name to `symlink:TARGET` or `hardlink:TARGET`.",
            map(reference("text")),
            json!({"docs": "symlink:../shared"}),
        ),
        field(
            "model",
            "The model to call.",
            reference("model"),
            json!({"provider": "example", "model": "large"}),
        ),
        text("path", "One path that is read or changed.", "src/lib.rs"),
        texts("paths", "Paths that are read or changed.", json!(["src/lib.rs"])),
        field(
            "pr",
            "The pull request in question.",
            reference("pull_request"),
            json!({"draft": true}),
        ),
        text("shell", "A shell line; not beside `argv`.", "cargo test | tee log"),
        count("target_count", "How many repositories a campaign targets.", 40),
        text(
            "tool",
            "The action; an unknown one is denied. With `changed_files` and no tool: \
             change.propose.",
            "file.read",
        ),
        text("url", "The URL to reach.", "https://packages.example.org/x"),
    ]
}

fn context_fields() -> Vec<Field> {
    vec![
        field(
            "attributes",
            "Anything else that rules may read as `attributes.<name>`; whole numbers only.",
            json!({"type": "object"}),
            json!({"ticket": "PAY-7"}),
        ),
        name(
            "autonomy_level",
            "The mode that is asked for; absent means the effective one.",
            "autonomy_level",
            "draft_pr",
        ),
        name(
            "change_class",
            "The class that the change claims to be of.",
            "change_class",
            "source_change",
        ),
        name("data_class", "The class of the data in question.", "data_class", "internal"),
        text(
            "git_attributes",
            "The text of `.gitattributes` at the root of the repository, before the change.",
            "gen/** linguist-generated",
        ),
        field(
            "git_hardened",
            "The host runs git with hooks, filters, pagers and aliases off.",
            boolean(),
            json!(true),
        ),
        text("judge", "What the judge said.", "passed"),
        texts("labels", "Labels on the task or pull request.", json!(["agent-generated"])),
        text("network_profile", "The egress profile of the sandbox.", "no-egress"),
        field(
            "verifiers",
            "What verifiers said.",
            map(reference("verifier_result")),
            json!({"unit_tests": "passed"}),
        ),
    ]
}

fn changed_file() -> Vec<Field> {
    vec![
        count("added", "Lines added.", 12),
        text("after", "Its text after the change, where its content is to be judged.", "a = 2"),
        text("before", "Its text before the change.", "a = 1"),
        text("from", "The path before a rename or copy.", "src/old.rs"),
        field("generated", "Written by a generator.", boolean(), json!(false)),
        text("path", "The path.", "src/new.rs").required(),
        count("removed", "Lines removed.", 3),
        name("status", "What happened to it.", "change_status", "modified"),
        text("symlink_target", "Where it points, if it is a symbolic link.", "../shared"),
    ]
}

fn model() -> Vec<Field> {
    vec![
        name(
            "data_class",
            "The highest data class in what it would see.",
            "data_class",
            "internal",
        ),
        text("model", "The model's name.", "large"),
        text("name", "Another name of `model`.", "large"),
        text("provider", "The provider.", "example"),
        text("region", "The region that it runs in.", "eu"),
        count("tokens", "Tokens that the call adds.", 2_000),
        text("use_for", "What it is used for.", "planning_and_repair"),
    ]
}

fn pull_request() -> Vec<Field> {
    vec![
        text("base", "The branch it would merge into.", "main"),
        field("draft", "It is a draft.", boolean(), json!(true)),
        text("head", "The branch it would merge from.", "agent/fix"),
        count("number", "Its number.", 41),
        text("title", "Its title.", "Retry with backoff"),
    ]
}

fn subject() -> Vec<Field> {
    vec![
        text("id", "The id.", "user:ana"),
        text("kind", "What it is: human, service, installation, worker or capability.", "human"),
        field("roles", "The roles it holds.", list(reference("role")), json!(["Operator"])),
        text("team", "The team it belongs to.", "payments"),
        text("tenant", "The tenant it belongs to.", "platform-payments"),
    ]
}
