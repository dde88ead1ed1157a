//! The loop: the model speaks, its tool calls are judged and done, it hears what came of them.

use std::sync::Arc;

use bailiwick::Action;
use bailiwick::EventType;
use bailiwick::LogViewer;
use bailiwick::ModelContext;
use bailiwick::ModelUse;
use bailiwick::Projection;
use bailiwick::Raw;
use bailiwick::RedactionSummary;
use bailiwick::Redactor;
use bailiwick::Request;
use bailiwick::Sink;
use thiserror::Error;

use crate::pep::Act;
use crate::pep::EnforceError;
use crate::pep::Enforced;
use crate::pep::Failure;
use crate::pep::Outcome;
use crate::port::model::Message;
use crate::port::model::Model;
use crate::port::model::SaidCall;
use crate::port::model::ToolCall;
use crate::port::model::Turn;
use crate::run::choice::Choice;
use crate::run::choice::choose;
use crate::run::manifest::ContextManifest;
use crate::run::shown::Shown;
use crate::run::tools::CallOutcome;
use crate::run::tools::Tools;

/// An agent at work on one task.
pub struct Agent {
    /// Is told of each call and what came of it.
    pub listener: Box<dyn Listener>,
    /// The models at hand; the policies choose among them before each call.
    pub models: Vec<Arc<dyn Model>>,
    /// Its tools.
    pub tools: Tools,
}

/// Is told of what the agent says and what becomes of its calls.
pub trait Listener {
    /// The model said something; fit for people.
    fn said(&mut self, text: &Projection<LogViewer>);

    /// A tool call came to an end.
    fn called(&mut self, call: &ToolCall, outcome: &CallOutcome);
}

/// How an agent's work ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentReport {
    /// How often the model was called.
    pub turns: u32,
}

/// Why an agent's work could not go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RunError {
    /// The enforcement point could not go on.
    #[error(transparent)]
    Enforce(#[from] EnforceError),
    /// The model may not be called any more.
    #[error("the model may not be called: {why}")]
    ModelRefused {
        /// The explanation.
        why: String,
    },
    /// The model did not answer.
    #[error("the model did not answer: {why}")]
    ModelFailed {
        /// What happened.
        why: String,
    },
}

impl RunError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Enforce(error) => error.code(),
            Self::ModelRefused { .. } => "model_refused",
            Self::ModelFailed { .. } => "model_failed",
        }
    }
}

impl Agent {
    /// Works on `task` until the model wants no more tools.
    ///
    /// # Errors
    /// Where the model may not be called or does not answer, or evidence cannot be kept.
    pub fn work(&mut self, task: &str) -> Result<AgentReport, RunError> {
        let redactor = self.tools.pep.redactor.clone();
        let task = redactor.project(&Raw::new(task));
        let mut shown = Shown::task(&task, &redactor);
        let mut conversation = vec![Message::Platform(task)];
        let mut turns = 0;
        loop {
            let items = shown.items(&self.tools.context.run.tenant);
            self.tools.progress.manifest = ContextManifest::of(&conversation, items);
            let turn = self.ask(&conversation, &shown)?;
            turns += 1;
            let said = redactor.project(&Raw::new(turn.text.as_str()));
            self.listener.said(&said);
            let (message, removed) = said_again(&redactor, &turn);
            shown.said(&message, &removed, &redactor);
            conversation.push(message);
            let calls = turn.calls;
            if calls.is_empty() {
                return Ok(AgentReport { turns });
            }
            for call in calls {
                let outcome = self.tools.call(&call)?;
                self.listener.called(&call, &outcome);
                shown.called(&call, &outcome, &redactor);
                let call_id = redactor.project(&Raw::new(call.id));
                conversation.push(Message::ToolResult { call_id, content: outcome.content });
            }
        }
    }

    /// Asks the models that the policies choose, in their order, until one answers.
    fn ask(&self, conversation: &[Message], shown: &Shown) -> Result<Turn, RunError> {
        let run = &self.tools.context.run;
        let mut need = self.tools.context.request(Action::ModelCall);
        need.model = Some(ModelUse {
            tokens: Some(estimate(conversation)),
            use_for: Some("planning_and_repair".to_owned()),
            ..ModelUse::default()
        });
        need.context_items = shown.items(&run.tenant);
        let mut failed = None;
        for choice in choose(&self.models, &self.tools.pep, run, &need) {
            let enforced = self.call(&choice, &need, conversation)?;
            match enforced.outcome {
                Outcome::Done(turn) => return Ok(turn),
                Outcome::Failed { message, .. } => failed = Some(message.into_text()),
                Outcome::AskApproval | Outcome::Denied => {
                    return Err(RunError::ModelRefused { why: enforced.record.explanation });
                }
                Outcome::Unfulfilled { why } => return Err(RunError::ModelRefused { why }),
            }
        }
        Err(match failed {
            Some(why) => RunError::ModelFailed { why },
            None => RunError::ModelRefused { why: "there is no model at hand".to_owned() },
        })
    }

    fn call(
        &self,
        choice: &Choice<'_>,
        need: &Request,
        conversation: &[Message],
    ) -> Result<Enforced<Turn>, EnforceError> {
        let mut request = need.clone();
        choice.name_in(&mut request);
        let model = choice.model;
        let identity = model.identity();
        let intent = format!("call {}", identity.name);
        self.tools.pep.enforce(&self.tools.context.run, request, &intent, |permit, _| {
            let turn = model
                .call(permit, conversation)
                .map_err(|error| Failure::new(error.code(), error))?;
            let (tokens, calls) = (turn.tokens, turn.calls.len());
            // What was sent is counted already.
            let mut act = Act::new(EventType::ModelCalled, turn)
                .text("model", identity.name.clone())
                .number("tokens", tokens)
                .number("tool_calls", i64::try_from(calls).unwrap_or(i64::MAX))
                .used("tokens", u64::from(tokens));
            if let Some(cost) = identity.cost(tokens) {
                act = act.text("answer_cost", cost.to_string());
                if let Some(micros) = cost.micros() {
                    act = act.used(&cost.usage_key(), micros);
                }
            }
            Ok(act)
        })
    }
}

/// Returns what a model said as it is shown to a model again, and what was removed from it.
fn said_again(redactor: &Redactor, turn: &Turn) -> (Message, RedactionSummary) {
    let mut removed = RedactionSummary::default();
    let mut text = |text: &str| {
        let shown = redactor.project::<ModelContext>(&Raw::new(text));
        removed.add(shown.summary());
        shown
    };
    let said = text(&turn.text);
    let names: Vec<_> = turn.calls.iter().map(|call| (text(&call.id), text(&call.tool))).collect();
    let calls = turn.calls.iter().zip(names).map(|(call, (id, tool))| {
        let input = redactor.project_tree(&call.input, Sink::ModelContext);
        removed.add(input.summary());
        SaidCall { id, input, tool }
    });
    (Message::Model { calls: calls.collect(), text: said }, removed)
}

/// Returns the tokens of a conversation by a rule of thumb: four bytes each. All of it counts, what
/// the model gave to tools too.
fn estimate(conversation: &[Message]) -> u32 {
    let call = |call: &SaidCall| {
        call.id.text().len() + call.tool.text().len() + call.input.tree().to_string().len()
    };
    let bytes: usize = conversation
        .iter()
        .map(|message| match message {
            Message::Platform(text) => text.text().len(),
            Message::Model { calls, text } => {
                text.text().len() + calls.iter().map(call).sum::<usize>()
            }
            Message::ToolResult { call_id, content } => call_id.text().len() + content.text().len(),
        })
        .sum();
    u32::try_from(bytes.div_ceil(4)).unwrap_or(u32::MAX)
}
