//! One piece of what a model would see, as the host tells it (section 18).

use serde::Deserialize;
use serde::Serialize;

use crate::model::ContentKind;
use crate::model::DataClass;
use crate::model::DataSource;
use crate::model::ProjectionKind;

/// One piece of what a model would see. It states its source, its class, or both: the stricter
/// label wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContextItem {
    /// The class, where the host knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_class: Option<DataClass>,
    /// What is still in it that a redactor would find; in a redacted projection nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<ContentKind>,
    /// Why the model needs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed_because: Option<String>,
    /// Where it lies in the workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether it has been through the redactor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projection: Option<ProjectionKind>,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<DataSource>,
    /// The tenant whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
}

impl ContextItem {
    /// Returns the labels that hold whatever documents say: the stated class, and those of the
    /// source and of what is in it.
    pub fn own_labels(&self) -> Vec<DataClass> {
        let source = self.source.map(DataSource::class);
        let found = self.found.iter().map(|kind| kind.class());
        let mut labels: Vec<DataClass> =
            self.data_class.into_iter().chain(source).chain(found).collect();
        crate::model::ordered::sort(&mut labels);
        labels.dedup();
        labels
    }

    /// Returns true where the item says what it is: one that does not is unknown, whatever
    /// documents say of its path.
    pub const fn is_labelled(&self) -> bool {
        self.data_class.is_some() || self.source.is_some()
    }

    /// Returns true where it gives a reason.
    pub fn is_needed(&self) -> bool {
        self.needed_because.as_deref().is_some_and(|reason| !reason.trim().is_empty())
    }
}
