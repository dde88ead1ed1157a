//! The context manifest: what the model was shown, by digest.

use bailiwick::ContextItem;
use bailiwick::Digest;
use bailiwick::canonical_json;
use serde::Serialize;
use serde_json::json;

use crate::port::model::Message;

/// What the model was shown when it was asked last: what kinds of content, and every message by its
/// digest. The digests are of projections: of what the model saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContextManifest {
    /// The pieces, by source and path.
    pub items: Vec<ContextItem>,
    /// The messages, in order.
    pub messages: Vec<ShownMessage>,
}

/// One message of the conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownMessage {
    /// The digest of what the model saw.
    pub digest: Digest,
    /// Who said it: `platform`, `model` or `tool`.
    pub from: &'static str,
}

impl ContextManifest {
    /// Returns the manifest of a conversation.
    pub(super) fn of(conversation: &[Message], items: Vec<ContextItem>) -> Self {
        Self { items, messages: conversation.iter().map(ShownMessage::of).collect() }
    }

    /// Returns the digest of the platform's words, which are the whole prompt; none before the
    /// model was asked.
    pub fn prompt(&self) -> Option<&Digest> {
        self.messages.first().map(|message| &message.digest)
    }
}

impl ShownMessage {
    fn of(message: &Message) -> Self {
        let (from, digest) = match message {
            Message::Platform(text) => ("platform", Digest::of(text.text().as_bytes())),
            Message::Model { calls, text } => {
                let calls: Vec<_> = calls
                    .iter()
                    .map(|call| {
                        json!({
                            "id": call.id.text(),
                            "input": call.input.tree(),
                            "tool": call.tool.text(),
                        })
                    })
                    .collect();
                ("model", digest(&json!({"calls": calls, "text": text.text()})))
            }
            Message::ToolResult { call_id, content } => {
                ("tool", digest(&json!({"call_id": call_id.text(), "content": content.text()})))
            }
        };
        Self { digest, from }
    }
}

/// Returns the digest of a value: of its canonical JSON, or of its plain JSON where it has numbers
/// that have no canonical form.
pub(super) fn digest(value: &serde_json::Value) -> Digest {
    let text = canonical_json(value).unwrap_or_else(|_| value.to_string());
    Digest::of(text.as_bytes())
}
