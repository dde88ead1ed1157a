//! A value and where it stands.

use crate::model::Location;

/// A value and where it stands. Equality is the value's: locations are outside every hash.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// Where it stands.
    pub location: Location,
    /// The value.
    pub value: T,
}

impl<T> Located<T> {
    /// Returns `value` standing at `location`.
    pub fn new(value: T, location: Location) -> Self {
        Self { location, value }
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}
