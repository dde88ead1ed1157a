//! What a request tells of the data that it would show: piece by piece, and as a whole (section 18).

use serde::Deserialize;
use serde::Serialize;

use crate::model::ContentKind;
use crate::model::DataClass;
use crate::model::DataSource;
use crate::model::ProjectionKind;
use crate::model::Request;

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

impl Request {
    /// Returns the class that the request states for the data as a whole.
    pub fn stated_data_class(&self) -> Option<DataClass> {
        self.model.as_ref().and_then(|model| model.data_class).max(self.data_class)
    }

    /// Returns the highest class of what would be seen, as far as the request itself tells.
    pub(crate) fn told_data_class(&self) -> Option<DataClass> {
        let items = self.context_items.iter().flat_map(|item| {
            item.own_labels().into_iter().map(|class| class.seen_as(item.projection))
        });
        items.chain(self.stated_data_class()).chain(self.artifact_data_class()).max()
    }

    /// Returns the least class of the artifact that the action is on, as its reader sees it.
    fn artifact_data_class(&self) -> Option<DataClass> {
        self.action().filter(|action| action.is_on_artifact())?;
        let artifact = self.artifact.as_ref()?;
        Some(artifact.class?.data_class().seen_as(self.artifact_projection()))
    }

    /// Returns whether what is taken of the artifact has been through the redactor: its class
    /// tells, or all items that are stated of it.
    pub(crate) fn artifact_projection(&self) -> Option<ProjectionKind> {
        let redacted = Some(ProjectionKind::Redacted);
        let mut items = self.context_items.iter();
        if !self.context_items.is_empty() && items.all(|item| item.projection == redacted) {
            return redacted;
        }
        self.artifact.as_ref()?.class?.projection()
    }
}
