//! Policies that are good, doubtful and bad: `check`, `effective` and `test`.

use serde_json::Value;
use serde_json::json;

use super::Case;

const PLATFORM: &str = "platform_policy:\n  name: platform\n  version: 1\n  \
                        allowed_actions: [file.read, file.write]\n  limits: {max_changed_files: 10}\n";

fn check(name: &'static str, text: &str, strict: bool) -> Case {
    Case::new(name, "check", json!({"policies": {"p/a.yaml": text}, "strict": strict}))
}

fn test(name: &'static str, suite: &str, filter: Option<&str>) -> Case {
    let mut input = json!({
        "policies": {"platform.yaml": PLATFORM}, "cases": {"a.cases.yaml": suite},
    });
    if let Some(filter) = filter {
        input["filter"] = Value::from(filter);
    }
    Case::new(name, "test", input)
}

pub(crate) fn cases() -> Vec<Case> {
    let widens = format!(
        "{PLATFORM}---\nteam_policy:\n  team: t\n  version: 2\n  limits: {{max_changed_files: 99}}\n"
    );
    let suite = "- name: reads\n  input: {tool: file.read, path: a}\n  expect: {decision: allowed}\n\
                 - name: pushes\n  input: {tool: git.push, changed_files: [a]}\n  \
                 expect: {decision: block, reason_contains: not among}\n\
                 - name: fails\n  input: {tool: file.read, path: a}\n  expect: {decision: denied}\n";
    let bomb = "platform_policy:\n  version: 1\n  a: &a [x, x, x, x, x, x, x, x, x]\n  \
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n  \
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n  \
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n  \
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\n";
    vec![
        check("policies that are good", PLATFORM, true),
        Case::new("no policies at all", "check", json!({"policies": {}})),
        Case::new("no policies, strictly", "check", json!({"policies": {}, "strict": true})),
        check("a level that tries to widen", &widens, false),
        check("a level that tries to widen, strictly", &widens, true),
        check(
            "a key that nobody knows",
            "platform_policy:\n  version: 1\n  alowed_actions: []\n",
            false,
        ),
        check("a key that stands twice", "platform_policy:\n  version: 1\n  version: 2\n", false),
        check(
            "a bracket that is missing",
            "platform_policy:\n  allowed_actions: [file.read\n",
            false,
        ),
        check(
            "an action that nobody knows here",
            "platform_policy:\n  allowed_actions: [file.raed]\n",
            false,
        ),
        check(
            "a condition on an attribute that nobody has",
            "platform_policy:\n  version: 1\n  allowed_actions: ['*']\n  rules:\n    \
             - {id: a, effect: deny, when: subject.rol == Viewer}\n",
            false,
        ),
        check(
            "a rule that could never fire",
            "platform_policy:\n  version: 1\n  allowed_actions: ['*']\n  rules:\n    \
             - {id: a, effect: deny, action: file.read, when: model.name == m}\n",
            false,
        ),
        check(
            "an example that does not match",
            "platform_policy:\n  version: 1\n  allowed_actions: ['*']\n  rules:\n    \
             - {id: a, effect: deny, action: shell.exec, match: {programs: rm}, \
             examples: {match: [[ls]], not_match: [[rm, x]]}}\n",
            false,
        ),
        check("aliases that explode", bomb, false),
        check(
            "a limit that is no number",
            "platform_policy:\n  limits: {max_changed_files: many}\n",
            false,
        ),
        Case::new(
            "the effective authority of a scope",
            "effective",
            json!({
                "policies": {"a.yaml": widens}, "tenant": "ten_1", "team": "t", "repo": "r",
            }),
        ),
        Case::new(
            "an effective scope with a wrong action",
            "effective",
            json!({
                "policies": {"a.yaml": PLATFORM}, "action": "file.raed",
            }),
        ),
        Case::new(
            "effective under policies that cannot be read",
            "effective",
            json!({
                "policies": {"a.yaml": "platform_policy: ["},
            }),
        ),
        test("a suite", suite, None),
        test("a suite with a filter", suite, Some("push")),
        test("a suite that cannot be read", "- name: a\n  input: {}\n  expct: {}\n", None),
        test(
            "a suite with a key of the request misspelt",
            "- name: a\n  input: {ptah: a}\n  expect: {decision: denied}\n",
            None,
        ),
    ]
}
