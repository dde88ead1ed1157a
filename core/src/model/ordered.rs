//! Ordered collections, filled entry by entry.
//!
//! `collect` sorts first, with one copy of the whole sorting code for each type.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Returns the set of those items.
pub(crate) fn set_of<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

/// Returns the map of those entries; of two with one key the later stays.
pub(crate) fn map_of<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map
}
