//! Three-valued logic in which a doubt never opens.

use crate::model::UnknownKind;

/// What a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It speaks of an attribute that the request may leave out, and did: it does not hold. Its
    /// negation is unreadable, since `x != y` must not be fulfilled by leaving out `x`.
    Absent,
    /// It holds.
    True,
    /// Whether it holds is known only at run time.
    Dynamic,
    /// Whether it holds cannot be told.
    Unreadable,
}

impl Truth {
    /// Returns the truth of a plain answer.
    pub const fn of(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }

    /// Returns the truth of something unknown.
    pub const fn unknown(kind: UnknownKind) -> Self {
        match kind {
            UnknownKind::Dynamic => Self::Dynamic,
            UnknownKind::Unreadable => Self::Unreadable,
        }
    }

    /// Returns the truth of `self and other`.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let strength = |truth: Self| match truth {
            Self::False => 4,
            Self::Unreadable => 3,
            Self::Dynamic => 2,
            Self::Absent => 1,
            Self::True => 0,
        };
        if strength(self) >= strength(other) { self } else { other }
    }

    /// Returns the truth of `self or other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let strength = |truth: Self| match truth {
            Self::True => 4,
            Self::Unreadable => 3,
            Self::Dynamic => 2,
            Self::Absent => 1,
            Self::False => 0,
        };
        if strength(self) >= strength(other) { self } else { other }
    }

    /// Returns the truth of `not self`.
    #[must_use]
    pub const fn negate(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            Self::Dynamic => Self::Dynamic,
            Self::Absent | Self::Unreadable => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth;

    const ALL: [Truth; 5] =
        [Truth::False, Truth::Absent, Truth::True, Truth::Dynamic, Truth::Unreadable];

    #[test]
    fn and_and_or_do_not_depend_on_order() {
        for a in ALL {
            for b in ALL {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(a.or(b), b.or(a));
                for c in ALL {
                    assert_eq!(a.and(b).and(c), a.and(b.and(c)));
                    assert_eq!(a.or(b).or(c), a.or(b.or(c)));
                }
            }
        }
    }

    #[test]
    fn a_doubt_comes_out_true_only_where_something_else_is_true() {
        for doubt in [Truth::Absent, Truth::Dynamic, Truth::Unreadable] {
            assert_ne!(doubt.negate(), Truth::True);
            for other in ALL {
                assert_ne!(doubt.and(other), Truth::True);
                assert_eq!(doubt.or(other) == Truth::True, other == Truth::True);
            }
        }
    }
}
