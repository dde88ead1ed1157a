//! Where the pieces of what a model would see lie in the workspace.

use crate::facts::doubt::Doubts;
use crate::facts::link::Links;
use crate::facts::path::Base;
use crate::facts::path::PathFact;
use crate::facts::path::PathTouch;
use crate::facts::place::Places;
use crate::model::Request;

/// Returns the places that `texts`, paths of `request`, stand for. What cannot be placed is a
/// doubt of the request's facts already.
pub(crate) fn places_of<'t>(
    request: &Request,
    texts: impl IntoIterator<Item = &'t String>,
    from_the_top: bool,
) -> Vec<PathFact> {
    let base = Base::new(request.workspace.as_deref(), request.cwd.as_deref());
    let links = Links::new(&base, &request.links);
    let from = if from_the_top { base.top() } else { base.clone() };
    let mut places = Places::new(base, links);
    let mut doubts = Doubts::default();
    for text in texts {
        places.add_path(&from, text, PathTouch::Read, &mut doubts);
    }
    places.paths.into_iter().collect()
}
