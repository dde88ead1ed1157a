//! For how many days something that is about to be stored will be kept.

use crate::compile::EffectiveRetention;
use crate::compile::PolicySet;
use crate::model::Action;
use crate::model::Request;
use crate::model::RetentionClass;

/// Returns for how many days what `request` makes of `class` will be there: for evidence the fewest
/// that it is kept, for all else the most; 0 where it must not be stored at all.
///
/// # Example
/// ```
/// use bailiwick::{compile, keep_days, CompileOptions, Request, RetentionClass, SourceFile};
/// let policy = SourceFile::new("days.yaml", "
/// retention: {name: days, version: 1, redacted_log: {store_days: 30}}
/// ");
/// let policies = compile(&[policy], CompileOptions::default()).unwrap().policies;
/// let days = |class| keep_days(&policies, class, &Request::default());
/// assert_eq!(days(RetentionClass::RedactedLog), 30);
/// assert_eq!(days(RetentionClass::AuditEvent), 2_555);
/// assert_eq!(days(RetentionClass::RawModelRequest), 0);
/// ```
pub fn keep_days(policies: &PolicySet, class: RetentionClass, request: &Request) -> u64 {
    let documents = policies.retention_of(request, Action::ArtifactDelete, false);
    let rule = EffectiveRetention::of(&documents, class, request);
    let least = rule.at_least.map_or(0, |(days, _)| days);
    // Were the fewest days more than the most, they would win: deleting cannot be undone.
    rule.at_most.map_or(least, |(days, _)| days.max(least))
}
