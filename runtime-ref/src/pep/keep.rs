//! What may be kept of an event's details.

use bailiwick::Raw;
use bailiwick::Redactor;
use bailiwick::TraceViewer;
use bailiwick::Value as Detail;

/// Puts what may be kept in the place of each text of `value`.
pub(super) fn fit(value: &mut Detail, redactor: &Redactor) {
    match value {
        Detail::Text(text) => {
            *text = redactor.project::<TraceViewer>(&Raw::new(text.as_str())).into_text();
        }
        Detail::List(items) => items.iter_mut().for_each(|item| fit(item, redactor)),
        Detail::Map(entries) => {
            for (mut name, mut value) in std::mem::take(entries) {
                name = redactor.project::<TraceViewer>(&Raw::new(name)).into_text();
                fit(&mut value, redactor);
                entries.insert(name, value);
            }
        }
        Detail::Bool(_) | Detail::Integer(_) | Detail::Null => {}
    }
}
