//! What a manifest asks for: comparators with versions, as the common tools write them.

use crate::facts::manifest::version::Distance;
use crate::facts::manifest::version::Version;

/// One bound of a requirement: `>=1.2`, `^1.0.0`, `~=2.1`, `1.2.*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound<'t> {
    sign: &'t str,
    version: &'t str,
    /// It ends in `.*` or `.x`.
    open: bool,
}

/// Comparators, the longer first.
const SIGNS: &[&str] =
    &["===", "==", ">=", "<=", "!=", "~=", "~>", "=", "^", "~", ">", "<", "[", "("];

/// Bounds that one requirement may have.
const MOST_BOUNDS: usize = 16;

/// Returns how far the requirement `after` is from `before`.
///
/// Both must be built alike: what allows other kinds of versions than before cannot be told.
pub(crate) fn distance(before: &str, after: &str) -> Distance {
    if before == after {
        return Distance::Same;
    }
    let (Some(before), Some(after)) = (bounds(before), bounds(after)) else {
        return Distance::Unclear;
    };
    if before.len() != after.len() {
        return Distance::Unclear;
    }
    let mut farthest = Distance::Same;
    for (old, new) in before.iter().zip(&after) {
        if (old.sign, old.open) != (new.sign, new.open) {
            return Distance::Unclear;
        }
        let (Some(old), Some(new)) = (Version::read(old.version), Version::read(new.version))
        else {
            return Distance::Unclear;
        };
        farthest = farthest.max(new.distance_from(&old));
    }
    farthest
}

/// Takes a requirement apart; `None` where it is not read.
fn bounds(text: &str) -> Option<Vec<Bound<'_>>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).copied().unwrap_or_default();
        rest = rest.strip_prefix(sign)?.trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || ",|])<>=!~^".contains(c));
        let (version, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let closed = ["]", ")"].iter().find_map(|end| after.strip_prefix(*end).map(|r| (*end, r)));
        // A range of Maven counts its ends: `[1,2)` is not `[1,2]`.
        let (sign, after) = match (sign, closed) {
            ("", Some(("]", rest))) => ("]", rest),
            ("", Some((_, rest))) => (")", rest),
            ("[", Some(("]", rest))) => ("[]", rest),
            (sign, None) => (sign, after),
            (_, Some(_)) => return None,
        };
        // What has no version says nothing that can be compared, and would never end.
        if version.is_empty() || found.len() == MOST_BOUNDS {
            return None;
        }
        let (version, open) = match version.strip_suffix(".*").or(version.strip_suffix(".x")) {
            Some(version) => (version, true),
            None => (version, false),
        };
        found.push(Bound { sign, version, open });
        let next = after.trim_start();
        rest = match next.strip_prefix("||").or_else(|| next.strip_prefix(',')) {
            Some(more) => more.trim_start(),
            None => next,
        };
    }
    (!found.is_empty()).then_some(found)
}
