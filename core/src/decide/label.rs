//! What the data of a request is: every label of every piece, and who gives it (section 18).

use crate::compile::CompiledDataClasses;
use crate::compile::GivenLabel;
use crate::decide::finding::Source;
use crate::facts::places_of_item;
use crate::facts::places_of_request;
use crate::model::Action;
use crate::model::ContextItem;
use crate::model::DataClass;
use crate::model::ProjectionKind;
use crate::model::Request;

/// The pieces of what a request would show, labelled.
pub(crate) struct Labels<'a, 'r> {
    /// The pieces: the items, the artifact, and what the request says of the data as a whole.
    pub(crate) pieces: Vec<Piece<'a, 'r>>,
    /// The highest class of what would be seen.
    pub(crate) seen: Option<DataClass>,
}

/// One piece with its labels.
pub(crate) struct Piece<'a, 'r> {
    /// The item; none for the artifact and the whole.
    pub(crate) item: Option<&'r ContextItem>,
    pub(crate) labels: Vec<Label<'a>>,
    /// Its name: that of the item in the request, or words for the others.
    pub(crate) name: String,
    /// Whether it has been through the redactor, as far as that is told.
    pub(crate) projection: Option<ProjectionKind>,
}

/// One label.
pub(crate) struct Label<'a> {
    /// Why.
    pub(crate) because: String,
    pub(crate) class: DataClass,
    /// Which document says so; none for what holds without one.
    pub(crate) source: Option<Source<'a>>,
}

impl<'a, 'r> Labels<'a, 'r> {
    /// Labels what `request`, being for `action`, would show.
    pub(crate) fn of(
        documents: &[&'a CompiledDataClasses],
        request: &'r Request,
        action: Action,
    ) -> Self {
        if !action.shows_data() {
            return Self { pieces: Vec::new(), seen: None };
        }
        let mut pieces = Vec::new();
        for (index, item) in request.context_items.iter().enumerate() {
            pieces.push(Piece {
                item: Some(item),
                labels: labels_of_item(documents, request, item),
                name: format!("context_items[{index}]"),
                projection: item.projection,
            });
        }
        if action.is_on_artifact() {
            pieces.extend(artifact(request));
        }
        pieces.push(whole(documents, request));
        let seen = pieces.iter().flat_map(|piece| {
            piece.labels.iter().map(|label| label.class.seen_as(piece.projection))
        });
        Self { seen: seen.chain(request.stated_data_class()).max(), pieces }
    }

    /// Returns the class for the record: where nothing is labelled beyond what the request
    /// states, the request tells it already.
    pub(crate) fn told(&self) -> Option<DataClass> {
        self.seen.filter(|_| self.pieces.iter().any(Piece::is_labelled))
    }
}

impl Piece<'_, '_> {
    /// Returns what messages call it: a name of the request in backticks.
    pub(crate) fn shown(&self) -> String {
        match self.item {
            Some(_) => format!("`{}`", self.name),
            None => self.name.clone(),
        }
    }

    fn is_labelled(&self) -> bool {
        self.item.is_some() || self.labels.iter().any(|label| label.source.is_some())
    }
}

fn labels_of_item<'a>(
    documents: &[&'a CompiledDataClasses],
    request: &Request,
    item: &ContextItem,
) -> Vec<Label<'a>> {
    let own = |because: String, class: DataClass| Label { because, class, source: None };
    let mut labels = Vec::new();
    labels.extend(item.data_class.map(|class| own("it is stated".to_owned(), class)));
    labels.extend(item.source.map(|source| own(format!("source `{source}`"), source.class())));
    labels.extend(item.found.iter().map(|kind| own(format!("it holds `{kind}`"), kind.class())));
    let places = if documents.is_empty() { Vec::new() } else { places_of_item(request, item) };
    for document in documents {
        labels.extend(document.labels(item, &places).into_iter().map(|l| given(document, l)));
    }
    labels
}

/// What the request states for all of it, and the labels of the paths that it names itself. A
/// class that an item bears by itself is judged there, with the item's reason and projection.
fn whole<'a, 'r>(documents: &[&'a CompiledDataClasses], request: &'r Request) -> Piece<'a, 'r> {
    let mut labels = Vec::new();
    let borne = |class: &DataClass| {
        request.context_items.iter().any(|item| item.own_labels().contains(class))
    };
    if let Some(class) = request.stated_data_class().filter(|class| !borne(class)) {
        labels.push(Label { because: "it is stated".to_owned(), class, source: None });
    }
    if !documents.is_empty() {
        let places = places_of_request(request);
        for document in documents {
            let found = document.labels_of_paths(&places);
            labels.extend(found.into_iter().map(|label| given(document, label)));
        }
    }
    Piece { item: None, labels, name: "the data".to_owned(), projection: None }
}

/// What the class of an artifact tells of the data in it, whatever else the request states.
fn artifact<'a, 'r>(request: &'r Request) -> Option<Piece<'a, 'r>> {
    let class = request.artifact.as_ref()?.class?;
    let label =
        Label { because: format!("it is a `{class}`"), class: class.data_class(), source: None };
    Some(Piece {
        item: None,
        labels: vec![label],
        name: "the artifact".to_owned(),
        projection: request.artifact_projection(),
    })
}

fn given<'a>(document: &'a CompiledDataClasses, label: GivenLabel<'a>) -> Label<'a> {
    let source = Source::field(document.level, &document.policy, label.rule, label.location);
    Label { because: label.because, class: label.class, source: Some(source) }
}
