//! Where the pieces of what a model would see lie in the workspace.

use crate::facts::doubt::Doubts;
use crate::facts::link::Links;
use crate::facts::path::Base;
use crate::facts::path::PathFact;
use crate::facts::place::Places;
use crate::facts::source_text::is_source_text;
use crate::model::ContextItem;
use crate::model::Request;

/// Returns the places of a piece. It is a file, unless its path is written as a folder or with
/// wildcards. What cannot be placed is a doubt of the request's facts already.
pub(crate) fn places_of_item(request: &Request, item: &ContextItem) -> Vec<PathFact> {
    let top = Base::new(request.workspace.as_deref(), None).top();
    places_of(request, &top, item.path.iter().map(|path| (path, is_written_as_folder(path))))
}

/// Returns the places that the paths of a request stand for. Each may be a folder, all of which is
/// meant, unless its name is that of a file.
pub(crate) fn places_of_request(request: &Request) -> Vec<PathFact> {
    let base = Base::new(request.workspace.as_deref(), request.cwd.as_deref());
    let paths = request.path.iter().chain(&request.paths);
    places_of(request, &base, paths.map(|path| (path, !is_written_as_file(path))))
}

fn places_of<'t>(
    request: &Request,
    from: &Base,
    texts: impl Iterator<Item = (&'t String, bool)>,
) -> Vec<PathFact> {
    let base = Base::new(request.workspace.as_deref(), request.cwd.as_deref());
    let links = Links::new(&base, &request.links);
    let mut places = Places::new(base, links);
    let mut doubts = Doubts::default();
    for (text, folder) in texts {
        places.add_shown(from, text, folder, &mut doubts);
    }
    places.paths.into_iter().collect()
}

fn last_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn is_written_as_folder(path: &str) -> bool {
    matches!(last_name(path), "" | "." | "..")
}

/// Returns true where the name has the ending of a file.
pub(super) fn is_written_as_file(path: &str) -> bool {
    let name = last_name(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    is_source_text(name) || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Endings of files beside those of source text.
const ENDINGS: [&str; 32] = [
    "bat",
    "cfg",
    "conf",
    "csv",
    "diff",
    "gif",
    "gradle",
    "ini",
    "ipynb",
    "jar",
    "jpeg",
    "jpg",
    "json",
    "jsonl",
    "key",
    "lock",
    "log",
    "patch",
    "pdf",
    "pem",
    "png",
    "properties",
    "sh",
    "sql",
    "svg",
    "tf",
    "toml",
    "tsv",
    "txt",
    "xml",
    "yaml",
    "yml",
];
