//! What is kept of a decision so that it can be decided again.

use bailiwick::Cleaner;
use bailiwick::ProjectedTree;
use bailiwick::RecordedDecision;
use bailiwick::RecordedError;
use bailiwick::Request;
use bailiwick::Sink;
use bailiwick::State;
use bailiwick::TraceViewer;
use bailiwick::json_tree;

use crate::pep::enforce::Pep;

impl Pep {
    /// Returns what is kept of the decision on `request` by the `state` that was read, so that it
    /// can be decided again: a [`RecordedDecision`], one line of a `decisions.jsonl`. `record` is
    /// its record as it is kept, and `cleaner` is made from the request.
    ///
    /// # Errors
    /// Where the request or the state cannot be kept.
    pub fn recorded(
        &self,
        record: &ProjectedTree,
        request: &Request,
        state: Option<&State>,
        cleaner: &Cleaner<TraceViewer>,
    ) -> Result<ProjectedTree, RecordedError> {
        let record = record.tree().clone();
        let recorded = RecordedDecision::new(record, request, state, cleaner)?;
        Ok(self.redactor.project_tree(&json_tree(&recorded)?, Sink::TraceViewer))
    }
}
