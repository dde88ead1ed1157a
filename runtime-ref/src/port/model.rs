//! Port: a language model.

use bailiwick::ModelContext;
use bailiwick::Money;
use bailiwick::ProjectedTree;
use bailiwick::Projection;
use serde_json::Value;
use thiserror::Error;

use crate::pep::Permit;
use crate::pep::PermitError;

/// A model that answers with text and tool calls.
pub trait Model: Send + Sync {
    /// Returns which model it is, for the request that asks to call it.
    fn identity(&self) -> &ModelIdentity;

    /// Calls the permitted model with the conversation so far (`model.call`).
    ///
    /// # Errors
    /// Where the model does not answer.
    fn call(&self, permit: Permit, conversation: &[Message]) -> Result<Turn, ModelError>;
}

/// Which model it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelIdentity {
    /// The model's name.
    pub name: String,
    /// What a million tokens cost, sent or answered, whichever is dearer; none where that is not
    /// known.
    pub price: Option<Money>,
    /// The provider.
    pub provider: String,
    /// The region that it runs in; none where that is not known, and then policies that name regions
    /// deny it.
    pub region: Option<String>,
}

impl ModelIdentity {
    /// Returns what `tokens` cost, rounded up; none where the price is not known or no amount.
    pub fn cost(&self, tokens: u32) -> Option<Money> {
        let price = self.price.as_ref()?;
        let micros = u128::from(price.micros()?) * u128::from(tokens);
        let (micros, million) = (micros.div_ceil(1_000_000), 1_000_000);
        let amount = format!("{}.{:06}", micros / million, micros % million);
        Some(Money { amount, currency: price.currency.clone() })
    }
}

/// One message of a conversation. All of it is projected, what the model said itself too: no raw
/// text can be made a message.
///
/// ```compile_fail,E0308
/// use bailiwick_runtime::port::model::Message;
/// let message = Message::Platform("raw".to_owned());
/// ```
///
/// ```compile_fail,E0308
/// use bailiwick::{LogViewer, Projection};
/// use bailiwick_runtime::port::model::Message;
/// fn other_sink(text: Projection<LogViewer>) -> Message {
///     Message::Platform(text)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// What the platform says: the task and what belongs to it.
    Platform(Projection<ModelContext>),
    /// What the model said; it goes back to it no rawer than anything else.
    Model {
        /// The tools that it wanted called.
        calls: Vec<SaidCall>,
        /// What it said.
        text: Projection<ModelContext>,
    },
    /// What a tool call came to.
    ToolResult {
        /// The call.
        call_id: Projection<ModelContext>,
        /// The result, or why there is none.
        content: Projection<ModelContext>,
    },
}

/// A tool that a model wanted called, as it is shown to a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidCall {
    /// The arguments.
    pub input: ProjectedTree,
    /// The tool's name.
    pub tool: Projection<ModelContext>,
    /// The model's id for the call.
    pub id: Projection<ModelContext>,
}

/// What a model says in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// The tools that it wants called, in order; none means that it is done.
    pub calls: Vec<ToolCall>,
    /// What it says.
    pub text: String,
    /// Tokens of the answer; what was sent is counted by who sends it.
    pub tokens: u32,
}

/// A tool that a model wants called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolCall {
    /// The model's id for the call.
    pub id: String,
    /// The arguments.
    pub input: Value,
    /// The tool's name.
    pub tool: String,
}

/// Why a model did not answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The script has no more turns.
    #[error("the script has ended after {turns} turns")]
    Ended {
        /// How many it had.
        turns: usize,
    },
    /// The permit does not cover it.
    #[error(transparent)]
    Permit(#[from] PermitError),
}

impl ModelError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Ended { .. } => "script_ended",
            Self::Permit(error) => error.code(),
        }
    }
}
