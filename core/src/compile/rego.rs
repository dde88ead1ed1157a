//! Rego documents through regorus, within limits. They only add denials, asks and labels.

use std::collections::BTreeSet;

use crate::compile::CompileError;
use crate::compile::PolicyRef;
use crate::compile::Scope;
use crate::document::RegoPolicy;
use crate::model::Action;
use crate::model::Level;

/// A compiled Rego document.
#[derive(Clone, Debug)]
pub struct CompiledRego {
    /// The actions it speaks of; empty means every action.
    pub actions: BTreeSet<Action>,
    /// The level.
    pub level: Level,
    /// The document's name, version and digest.
    pub policy: PolicyRef,
    /// The module reads `input.facts`, or the input as a whole.
    pub reads_facts: bool,
    /// The module reads more of the input than `input.facts`, `input.action` and `input.tool`.
    pub reads_request: bool,
    /// Which requests it applies to.
    pub scope: Scope,
    #[cfg(feature = "rego")]
    engine: limited::Engine,
}

/// What a Rego document says of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegoAnswer {
    /// Sentences that ask.
    pub ask: Vec<String>,
    /// Sentences that deny.
    pub deny: Vec<String>,
    /// Labels that a pull request carries.
    pub labels: Vec<String>,
}

impl CompiledRego {
    /// Compiles a Rego document; what is wrong goes to `found`.
    #[cfg(feature = "rego")]
    pub fn compile(
        document: &RegoPolicy,
        policy: PolicyRef,
        found: &mut Vec<CompileError>,
    ) -> Option<Self> {
        match limited::Engine::compile(&document.module.value) {
            Ok(engine) => Some(Self {
                actions: document.actions.clone(),
                engine,
                level: document.level,
                policy,
                reads_facts: reads_facts(&document.module.value),
                reads_request: reads_request(&document.module.value),
                scope: Scope::compile(&document.scope),
            }),
            Err(reason) => {
                found.push(CompileError::Rego {
                    location: document.module.location.clone(),
                    reason,
                });
                None
            }
        }
    }

    /// Refuses a Rego document: this build cannot evaluate it, and ignoring it would open.
    #[cfg(not(feature = "rego"))]
    pub fn compile(
        document: &RegoPolicy,
        _policy: PolicyRef,
        found: &mut Vec<CompileError>,
    ) -> Option<Self> {
        found.push(CompileError::Rego {
            location: document.module.location.clone(),
            reason: "this build has no Rego; use the build with the feature `rego`".to_owned(),
        });
        None
    }

    /// Returns what the document says of `input`.
    ///
    /// # Errors
    /// Where the evaluation fails or runs over its budget, or a set holds anything but strings.
    pub fn evaluate(&self, input: &serde_json::Value) -> Result<RegoAnswer, String> {
        #[cfg(feature = "rego")]
        return self.engine.evaluate(input);
        #[cfg(not(feature = "rego"))]
        return Err(format!("no Rego in this build: {}", input.is_null()));
    }
}

#[cfg(feature = "rego")]
fn reads_facts(module: &str) -> bool {
    let whole = |(at, word): (usize, &str)| {
        let rest = module.get(at + word.len()..).unwrap_or_default();
        !rest.starts_with(|c: char| c == '.' || c == '_' || c.is_alphanumeric())
    };
    module.contains("facts") || module.match_indices("input").any(whole)
}

#[cfg(feature = "rego")]
fn reads_request(module: &str) -> bool {
    let known = ["action", "facts", "tool"];
    module.match_indices("input").any(|(at, word)| {
        let rest = module.get(at + word.len()..).unwrap_or_default();
        let key = rest.strip_prefix('.').unwrap_or_default();
        let end = key.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(key.len());
        !known.contains(&key.get(..end).unwrap_or_default())
    })
}

#[cfg(feature = "rego")]
mod limited {
    use std::cell::Cell;
    use std::num::NonZeroU32;
    use std::time::Duration;

    use regorus::Value;
    use regorus::utils::limits::ExecutionTimerConfig;
    use regorus::utils::limits::TimeSource;
    use regorus::utils::limits::set_time_source;
    use serde::Deserialize;

    use super::RegoAnswer;
    use crate::compile::rego_limits;
    use crate::model::closest;
    use crate::model::ordered::sort;

    /// The longest module that is read, in bytes.
    const MAX_MODULE: usize = 64 * 1024;

    /// The deepest nesting of brackets: regorus parses in time exponential in it.
    const MAX_BRACKETS: usize = 8;

    /// Evaluation steps that one module may take for one request.
    const MAX_STEPS: u64 = 200_000;

    /// Steps taken on this thread. regorus measures its budget by a clock that the host gives;
    /// this one counts its own readings, so that the budget is the same on every host.
    struct Steps;

    thread_local! {
        static TAKEN: Cell<u64> = const { Cell::new(0) };
    }

    impl TimeSource for Steps {
        fn now(&self) -> Option<Duration> {
            Some(Duration::from_nanos(TAKEN.with(|taken| {
                taken.set(taken.get().wrapping_add(1));
                taken.get()
            })))
        }
    }

    /// The sets that a module may declare.
    const SETS: [&str; 3] = ["ask", "deny", "labels"];

    #[derive(Clone)]
    pub(super) struct Engine {
        engine: regorus::Engine,
        declared: [bool; SETS.len()],
    }

    impl std::fmt::Debug for Engine {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("Engine(…)")
        }
    }

    impl Engine {
        pub(super) fn compile(module: &str) -> Result<Self, String> {
            if module.len() > MAX_MODULE {
                return Err(format!("the module is longer than {MAX_MODULE} bytes"));
            }
            check_brackets(module)?;
            check_inputs(module)?;
            rego_limits::check(module)?;
            // An error says that the counter is set already, which is what is wanted.
            let _already_set = set_time_source(&Steps);
            let mut engine = regorus::Engine::new();
            engine.set_execution_timer_config(ExecutionTimerConfig {
                check_interval: NonZeroU32::MIN,
                limit: Duration::from_nanos(MAX_STEPS),
            });
            rego_limits::extend(&mut engine)?;
            let package = engine
                .add_policy("module.rego".to_owned(), module.to_owned())
                .map_err(|error| one_line(&error.to_string()))?;
            if package != "data.bailiwick" {
                return Err(format!("the package is `{package}`, not `data.bailiwick`"));
            }
            let mut declared = [false; SETS.len()];
            for (found, set) in declared.iter_mut().zip(SETS) {
                *found = engine
                    .has_declared_rule_rooted_at("module.rego", set)
                    .map_err(|error| one_line(&error.to_string()))?;
            }
            if declared == [false; SETS.len()] {
                return Err("none of `deny`, `ask` and `labels` is declared".to_owned());
            }
            // A first evaluation compiles the module, and shows errors at load. What is kept is
            // the engine that did it, so that its clones have nothing to compile.
            answer(&mut engine, declared, Value::new_object())?;
            Ok(Self { engine, declared })
        }

        pub(super) fn evaluate(&self, input: &serde_json::Value) -> Result<RegoAnswer, String> {
            let input = Value::deserialize(input).map_err(|error| one_line(&error.to_string()))?;
            answer(&mut self.engine.clone(), self.declared, input)
        }
    }

    fn answer(
        engine: &mut regorus::Engine,
        declared: [bool; SETS.len()],
        input: Value,
    ) -> Result<RegoAnswer, String> {
        engine.set_input(input);
        let [asks, denies, labels] = declared;
        let mut of = |set: &str, declared: bool| {
            if declared { strings(engine, set) } else { Ok(Vec::new()) }
        };
        Ok(RegoAnswer {
            ask: of("ask", asks)?,
            deny: of("deny", denies)?,
            labels: of("labels", labels)?,
        })
    }

    fn strings(engine: &mut regorus::Engine, set: &str) -> Result<Vec<String>, String> {
        let rule = format!("data.bailiwick.{set}");
        let value = engine.eval_rule(rule).map_err(|error| one_line(&error.to_string()))?;
        let entries: Vec<Value> = match &value {
            Value::Undefined => Vec::new(),
            Value::Set(items) => items.iter().cloned().collect(),
            Value::Array(items) => items.iter().cloned().collect(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => {
                return Err(format!("`{set}` is not a set of strings"));
            }
        };
        let mut out = Vec::new();
        for entry in entries {
            match entry {
                Value::String(text) => out.push(text.to_string()),
                _ => return Err(format!("`{set}` holds something that is not a string")),
            }
        }
        sort(&mut out);
        Ok(out)
    }

    fn check_brackets(module: &str) -> Result<(), String> {
        let mut depth = 0usize;
        for c in module.chars() {
            match c {
                '[' | '{' | '(' => depth += 1,
                ']' | '}' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_BRACKETS {
                return Err(format!("brackets are nested deeper than {MAX_BRACKETS}"));
            }
        }
        Ok(())
    }

    /// A misspelt input is undefined in Rego and never denies: refuse it when it is loaded.
    fn check_inputs(module: &str) -> Result<(), String> {
        // The whole input, or a key by its text, would get past the check.
        for (at, word) in module.match_indices("input") {
            let before = module.get(..at).and_then(|text| text.chars().next_back());
            let part = |c: char| c.is_alphanumeric() || c == '_';
            let rest = module.get(at + word.len()..).unwrap_or_default();
            if !before.is_some_and(part) && rest.trim_start().starts_with('[') {
                return Err("write `input.name`, not `input[…]`".to_owned());
            }
        }
        let known = input_keys();
        for (at, _) in module.match_indices("input.") {
            let before = module.get(..at).and_then(|text| text.chars().next_back());
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') {
                continue;
            }
            let rest = module.get(at + "input.".len()..).unwrap_or_default();
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let key = rest.get(..end).unwrap_or_default();
            if !known.contains(&key) {
                let hint = closest(key, known.iter().copied())
                    .map(|name| format!(", did you mean `input.{name}`"))
                    .unwrap_or_default();
                return Err(format!("no request has `input.{key}`{hint}"));
            }
        }
        Ok(())
    }

    fn input_keys() -> Vec<&'static str> {
        vec![
            "action",
            "argv",
            "attributes",
            "autonomy_level",
            "branch",
            "campaign_id",
            "change_class",
            "changed_files",
            "cwd",
            "data_class",
            "diff",
            "env",
            "facts",
            "git_attributes",
            "git_hardened",
            "host",
            "judge",
            "labels",
            "links",
            "model",
            "network_profile",
            "organization",
            "path",
            "paths",
            "pr",
            "repo",
            "risk_tier",
            "run_id",
            "shell",
            "subject",
            "target_count",
            "task_class",
            "task_id",
            "team",
            "tenant",
            "tool",
            "tool_call_id",
            "url",
            "verifiers",
            "workspace",
        ]
    }

    fn one_line(text: &str) -> String {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
    }
}
