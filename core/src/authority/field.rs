//! The semilattices that an authority is made of. In each, `meet` is idempotent, commutative and
//! associative, and its result permits no more than either side.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::ordered::set_of;

/// A meet-semilattice: the meet of two values permits what both permit.
pub trait Meet: Sized + PartialEq {
    /// Returns what both sides permit.
    #[must_use]
    fn meet(&self, other: &Self) -> Self;

    /// Returns true where `self` permits no more than `other`.
    fn within(&self, other: &Self) -> bool {
        self.meet(other) == *self
    }
}

/// An allow-list: absent permits everything; meet is intersection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AllowList<T: Ord>(pub Option<BTreeSet<T>>);

impl<T: Ord> Default for AllowList<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Ord> AllowList<T> {
    /// Returns true where the list permits `entry`.
    pub fn permits(&self, entry: &T) -> bool {
        self.0.as_ref().is_none_or(|set| set.contains(entry))
    }
}

impl<T: Ord + Clone> Meet for AllowList<T> {
    fn meet(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (None, one) | (one, None) => Self(one.clone()),
            (Some(one), Some(two)) => Self(Some(set_of(one.intersection(two).cloned()))),
        }
    }
}

/// Things that are forbidden, required or asked for: meet is union.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Demands<T: Ord>(pub BTreeSet<T>);

impl<T: Ord> Default for Demands<T> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<T: Ord> FromIterator<T> for Demands<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Self(set_of(iter))
    }
}

impl<T: Ord + Clone> Meet for Demands<T> {
    fn meet(&self, other: &Self) -> Self {
        Self(set_of(self.0.union(&other.0).cloned()))
    }
}

/// A cap: absent permits everything; meet is the lower.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Cap<T: Ord>(pub Option<T>);

impl<T: Ord> Default for Cap<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Ord + Clone> Meet for Cap<T> {
    fn meet(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (None, one) | (one, None) => Self(one.clone()),
            (Some(one), Some(two)) => Self(Some(one.min(two).clone())),
        }
    }
}

/// Clauses that must all hold, each an any-of; meet is the union of the clauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Clauses<T: Ord>(pub BTreeSet<BTreeSet<T>>);

impl<T: Ord> Default for Clauses<T> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<T: Ord> Clauses<T> {
    /// Returns the one clause `any of entries`; nothing said where `None`.
    pub fn any_of(entries: Option<impl IntoIterator<Item = T>>) -> Self {
        Self(set_of(entries.into_iter().map(set_of)))
    }
}

impl<T: Ord + Clone> Meet for Clauses<T> {
    fn meet(&self, other: &Self) -> Self {
        Self(set_of(self.0.union(&other.0).cloned()))
    }
}

/// A restriction that is on or off: meet is or.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Restriction(pub bool);

impl Meet for Restriction {
    fn meet(&self, other: &Self) -> Self {
        Self(self.0 || other.0)
    }
}

/// A map whose absent keys permit everything; meet is key by key.
impl<K: Ord + Clone, V: Meet + Clone> Meet for BTreeMap<K, V> {
    fn meet(&self, other: &Self) -> Self {
        let mut out = self.clone();
        for (key, value) in other {
            let met = out.get(key).map_or_else(|| value.clone(), |mine| mine.meet(value));
            out.insert(key.clone(), met);
        }
        out
    }
}
