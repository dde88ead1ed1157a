//! Port: new ids.

use bailiwick::TypeId;

/// Makes ids that nobody made before.
pub trait Ids: Send + Sync {
    /// Returns a new id with this prefix, such as `run`.
    fn next(&self, prefix: &str) -> TypeId;
}

/// Ids from UUID version 7: they sort by the time they were made.
#[derive(Clone, Copy, Debug, Default)]
pub struct UuidIds;

impl Ids for UuidIds {
    fn next(&self, prefix: &str) -> TypeId {
        TypeId::new(prefix, *uuid::Uuid::now_v7().as_bytes())
    }
}
