//! A value with its path, and the checks that all parts of a statement share.

use serde_json::Map;
use serde_json::Value;

use crate::model::Timestamp;
use crate::provenance::problem::ProblemCode;
use crate::provenance::problem::Problems;
use crate::provenance::tree::path_of;

/// A value of a tree and the path that leads to it.
#[derive(Clone, Debug)]
pub(super) struct Place<'v> {
    pub(super) path: String,
    pub(super) value: &'v Value,
}

/// An object of a tree, its members checked against what the format knows.
#[derive(Debug)]
pub(super) struct Members<'v> {
    members: &'v Map<String, Value>,
    path: String,
}

impl<'v> Place<'v> {
    pub(super) const fn new(path: String, value: &'v Value) -> Self {
        Self { path, value }
    }

    /// Returns the object's members; what is not `known` is told where that is looked at.
    pub(super) fn object(&self, known: &[&str], problems: &mut Problems) -> Option<Members<'v>> {
        let members = self.any_object(problems)?;
        for name in members.members.keys().filter(|name| !known.contains(&name.as_str())) {
            let path = path_of(&self.path, name);
            let message =
                format!("the format knows no such member here, only {}", known.join(", "));
            problems.add_strict(ProblemCode::MemberUnknown, &path, message);
        }
        Some(members)
    }

    /// Returns the object's members, whatever they are called.
    pub(super) fn any_object(&self, problems: &mut Problems) -> Option<Members<'v>> {
        match self.value.as_object() {
            Some(members) => Some(Members { members, path: self.path.clone() }),
            None => self.wrong_type("an object", problems),
        }
    }

    /// Returns the items of a list.
    pub(super) fn items(&self, problems: &mut Problems) -> Option<Vec<Self>> {
        let Some(items) = self.value.as_array() else {
            return self.wrong_type("a list", problems);
        };
        let numbered = items.iter().enumerate();
        Some(numbered.map(|(at, value)| Self::new(format!("{}[{at}]", self.path), value)).collect())
    }

    /// Returns the text.
    pub(super) fn text(&self, problems: &mut Problems) -> Option<&'v str> {
        match self.value.as_str() {
            Some(text) => Some(text),
            None => self.wrong_type("text", problems),
        }
    }

    /// Returns the text, which must be a URI.
    pub(super) fn uri(&self, problems: &mut Problems) -> Option<&'v str> {
        let text = self.text(problems)?;
        if is_uri(text) {
            return Some(text);
        }
        problems.add(ProblemCode::UriInvalid, &self.path, "not a URI (RFC 3986) with its scheme");
        None
    }

    /// Returns the instant, which must be written in UTC.
    pub(super) fn instant(&self, problems: &mut Problems) -> Option<Timestamp> {
        let text = self.text(problems)?;
        let instant: Option<Timestamp> = text.ends_with('Z').then(|| text.parse().ok()).flatten();
        // `t` for `T` and a space are RFC 3339, too, and many readers refuse them.
        let usual = text.as_bytes().get(10) == Some(&b'T');
        if instant.is_none() || !usual {
            let message = "not an RFC 3339 instant in UTC, such as 2026-07-04T10:12:03Z";
            problems.add(ProblemCode::TimestampInvalid, &self.path, message);
            return None;
        }
        instant
    }

    pub(super) fn wrong_type<T>(&self, expected: &str, problems: &mut Problems) -> Option<T> {
        problems.add(ProblemCode::MemberType, &self.path, format!("must be {expected}"));
        None
    }
}

impl<'v> Members<'v> {
    /// Returns the member of that name; `null` counts as none, strictly as a wrong type.
    pub(super) fn find(&self, name: &str, problems: &mut Problems) -> Option<Place<'v>> {
        let value = self.members.get(name)?;
        let path = path_of(&self.path, name);
        if value.is_null() {
            problems.add_strict(ProblemCode::MemberType, &path, "is null: leave it out");
            return None;
        }
        Some(Place::new(path, value))
    }

    /// Returns the member of that name, which must be there.
    pub(super) fn need(&self, name: &str, problems: &mut Problems) -> Option<Place<'v>> {
        let found = self.find(name, problems);
        if found.is_none() {
            let path = path_of(&self.path, name);
            problems.add(ProblemCode::MemberMissing, &path, "must be there");
        }
        found
    }

    /// Returns every member.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'v str, Place<'v>)> {
        self.members
            .iter()
            .map(|(name, value)| (name.as_str(), Place::new(path_of(&self.path, name), value)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

/// Returns true where `text` is a URI with its scheme, by the characters that RFC 3986 allows.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let mut escapes = rest.split('%').skip(1);
    let escaped = |after: &str| {
        after.get(..2).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(of_scheme)
        && !rest.trim_matches('/').is_empty()
        && rest.chars().all(allowed)
        && escapes.all(escaped)
}
