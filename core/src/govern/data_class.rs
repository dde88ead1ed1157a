//! What data is, and who says so (section 18).

use serde::Serialize;

use crate::compile::PolicySet;
use crate::decide::Labels;
use crate::model::Action;
use crate::model::DataClass;
use crate::model::Location;
use crate::model::Request;

/// What the data of a request is: the stricter label wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DataLabel {
    /// The highest class of any piece; none where nothing says what it is.
    pub class: Option<DataClass>,
    /// Every label, with who gives it.
    pub reasons: Vec<LabelReason>,
    /// The highest class of what would be seen: a redacted projection of generated text is no more
    /// than internal.
    pub seen: Option<DataClass>,
}

/// One label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabelReason {
    /// Why, such as ``source `build_log` ``.
    pub because: String,
    /// The class.
    pub class: DataClass,
    /// Where a document says so; none for the built-in table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// What is labelled, such as `context_items[0]`.
    pub piece: String,
    /// The document, `policy@version`; none for the built-in table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
}

/// Returns the class of what `request`, a `model.call` or `context.retrieve`, would show, by the
/// labels of its items, their sources, paths and content, and of the documents that apply.
///
/// # Example
/// ```
/// use bailiwick::{CompileOptions, DataClass, Request, SourceFile, classify, compile};
/// let text = "data_classes:\n  version: 1\n  paths: [{match: customers/, class: regulated}]\n";
/// let file = SourceFile::new("data.yaml", text);
/// let policies = compile(&[file], CompileOptions::default())?.policies;
/// let request: Request = serde_json::from_str(
///     r#"{"tool": "model.call", "context_items": [
///         {"source": "source_code", "path": "customers/acme.csv"}]}"#,
/// )?;
/// let label = classify(&policies, &request);
/// assert_eq!(label.class, Some(DataClass::Regulated));
/// assert_eq!(label.reasons.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn classify(policies: &PolicySet, request: &Request) -> DataLabel {
    let action = request.action().filter(|action| action.shows_data());
    let action = action.unwrap_or(Action::ModelCall);
    let chain = policies.chain(request, action, false);
    let labels = Labels::of(&chain.data, request, action);
    let reasons: Vec<LabelReason> = labels
        .pieces
        .iter()
        .flat_map(|piece| piece.labels.iter().map(|label| (piece.name.as_str(), label)))
        .map(|(piece, label)| LabelReason {
            because: label.because.clone(),
            class: label.class,
            location: label.source.map(|source| source.location.clone()),
            piece: piece.to_owned(),
            policy: label.source.map(|source| source.policy.to_owned()),
        })
        .collect();
    let class = reasons.iter().map(|reason| reason.class);
    DataLabel { class: class.chain(request.stated_data_class()).max(), seen: labels.seen, reasons }
}
