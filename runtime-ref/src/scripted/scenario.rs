//! The script: a task, its verifiers, and what the model says turn by turn.

use std::collections::BTreeMap;

use bailiwick::ChangeClass;
use bailiwick::DecisionEffect;
use bailiwick::Money;
use bailiwick::RiskTier;
use bailiwick::SourceFile;
use bailiwick::yaml_to_json;
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use crate::port::model::ToolCall;
use crate::port::model::Turn;

/// A script, as it stands in YAML.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The model that the script speaks for.
    pub model: ModelName,
    /// The people of the story.
    #[serde(default)]
    pub people: People,
    /// The task.
    pub task: Task,
    /// What the model says, in order.
    pub turns: Vec<ScriptTurn>,
    /// The verifiers that can be run: name → command.
    pub verifiers: BTreeMap<String, Vec<String>>,
}

/// The model that a script speaks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelName {
    /// Its name.
    pub name: String,
    /// What a million tokens cost; absent where that is not known.
    #[serde(default)]
    pub price: Option<Money>,
    /// Its provider.
    pub provider: String,
    /// The region that it runs in; absent where that is not known.
    #[serde(default)]
    pub region: Option<String>,
}

/// The people of a script.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct People {
    /// Who approves that the run starts, where the policies ask; nobody where absent.
    pub approver: Option<Person>,
    /// Who submits the task.
    pub submitter: String,
}

/// One of the people.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Who it is, such as `user:ben`.
    pub id: String,
    /// Of which team.
    pub team: String,
}

impl Default for People {
    fn default() -> Self {
        Self { approver: None, submitter: "user:ana".to_owned() }
    }
}

/// The task that the model is given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The branch that the change goes to.
    pub branch: String,
    /// The campaign.
    #[serde(default)]
    pub campaign_id: Option<String>,
    /// The class that the change claims to be of.
    pub change_class: ChangeClass,
    /// The class of the task.
    pub class: String,
    /// How much may break.
    pub risk: RiskTier,
    /// What is to be done.
    pub text: String,
    /// What is to be done, in one line.
    pub title: String,
}

/// One turn of the script.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptTurn {
    /// The tools it wants called.
    #[serde(default)]
    pub calls: Vec<ScriptCall>,
    /// What it says.
    pub say: String,
}

/// One tool call of the script.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptCall {
    /// What must be decided; anything else makes the demonstration fail.
    #[serde(default)]
    pub expect: Option<DecisionEffect>,
    /// A text that the explanation or result must hold.
    #[serde(default)]
    pub expect_text: Option<String>,
    /// The id of the call.
    pub id: String,
    /// The arguments.
    #[serde(default)]
    pub input: Value,
    /// The tool.
    pub tool: String,
}

/// What must come of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expect {
    /// The decision.
    pub decision: Option<DecisionEffect>,
    /// A text in the explanation or result.
    pub text: Option<String>,
}

/// Why a script cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// Two calls have the same id.
    #[error("call `{id}` stands twice in the script")]
    RepeatedCall {
        /// The id.
        id: String,
    },
    /// It is not a script.
    #[error("{path}: not a script: {why}")]
    Shape {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// It is not YAML.
    #[error("{0}")]
    Yaml(String),
}

impl ScenarioError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RepeatedCall { .. } => "script_repeated_call",
            Self::Shape { .. } => "script_shape",
            Self::Yaml(_) => "script_yaml",
        }
    }
}

impl Scenario {
    /// Reads a script.
    ///
    /// # Errors
    /// Where it is not YAML, not a script, or names a call twice.
    pub fn read(file: &SourceFile) -> Result<Self, ScenarioError> {
        let documents = yaml_to_json(file).map_err(|found| {
            let lines: Vec<String> = found
                .iter()
                .map(|found| format!("{}: {}", found.location, found.message))
                .collect();
            ScenarioError::Yaml(lines.join("\n"))
        })?;
        let shape = |why: String| ScenarioError::Shape { path: file.path.clone(), why };
        let mut documents = documents.into_iter();
        let (Some(document), None) = (documents.next(), documents.next()) else {
            return Err(shape("it must be one document".to_owned()));
        };
        let scenario: Self =
            serde_json::from_value(document).map_err(|error| shape(error.to_string()))?;
        let mut expectations = BTreeMap::new();
        for call in scenario.turns.iter().flat_map(|turn| &turn.calls) {
            if expectations.insert(&call.id, ()).is_some() {
                return Err(ScenarioError::RepeatedCall { id: call.id.clone() });
            }
        }
        Ok(scenario)
    }

    /// Returns what must come of each call, by its id.
    pub fn expectations(&self) -> BTreeMap<String, Expect> {
        let calls = self.turns.iter().flat_map(|turn| &turn.calls);
        calls
            .map(|call| {
                let expect = Expect { decision: call.expect, text: call.expect_text.clone() };
                (call.id.clone(), expect)
            })
            .collect()
    }

    /// Returns what the model says, turn by turn; tokens by a rule of thumb, four bytes each.
    pub fn turns(&self) -> Vec<Turn> {
        let turn = |turn: &ScriptTurn| {
            let calls: Vec<ToolCall> = turn.calls.iter().map(tool_call).collect();
            let inputs: usize = calls.iter().map(|call| call.input.to_string().len()).sum();
            Turn {
                tokens: u32::try_from((turn.say.len() + inputs) / 4).unwrap_or(u32::MAX),
                text: turn.say.clone(),
                calls,
            }
        };
        self.turns.iter().map(turn).collect()
    }
}

fn tool_call(call: &ScriptCall) -> ToolCall {
    ToolCall { id: call.id.clone(), input: call.input.clone(), tool: call.tool.clone() }
}
