//! What path patterns are made of: parts, wildcards, and how they meet names.

use std::borrow::Cow;

use crate::facts::class::Class;

/// One part of a pattern, between slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// `**`: any number of folders.
    Folders,
    /// A name without wildcards.
    Literal(String),
    /// A name with wildcards.
    Glob(Vec<Step>),
}

/// One step through a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// This character.
    Char(char),
    /// `?`.
    One,
    /// `*`.
    Many,
    /// `[…]`.
    Class(Class),
}

/// Folds the case of `text`, for both sides of a comparison.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(fold).collect())
}

/// Folds the case of one character.
pub(crate) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        'ſ' => 's',
        'İ' | 'ı' => 'i',
        'ς' => 'σ',
        other => {
            let mut lower = other.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => other,
            }
        }
    }
}

/// Matches parts against names. The first fit of what follows a `**` ends earliest, so trying the
/// last `**` again one folder on is enough: never more than parts times names.
pub(crate) fn covers(shape: &[Segment], path: &str, path_itself: bool) -> bool {
    let mut at = 0;
    let mut rest = Some(path);
    let mut retry: Option<(usize, &str)> = None;
    if path == "." {
        // The root has no name: only what matches every name covers it.
        return matches!(shape, [Segment::Glob(steps)] | [Segment::Folders, Segment::Glob(steps)]
            if steps.iter().all(|step| *step == Step::Many));
    }
    loop {
        match (shape.get(at), rest) {
            (None, rest) => return path_itself || rest.is_some(),
            (Some(_), None) => return false,
            (Some(Segment::Folders), Some(names)) => {
                at += 1;
                retry = Some((at, names));
            }
            (Some(segment), Some(names)) => {
                let (name, next) = split(names);
                if segment.matches(name) {
                    at += 1;
                    rest = next;
                    continue;
                }
                let Some((start, names)) = retry else {
                    return false;
                };
                let Some(next) = split(names).1 else {
                    return false;
                };
                retry = Some((start, next));
                at = start;
                rest = Some(next);
            }
        }
    }
}

fn split(names: &str) -> (&str, Option<&str>) {
    match names.split_once('/') {
        Some((name, rest)) => (name, Some(rest)),
        None => (names, None),
    }
}

impl Segment {
    fn matches(&self, name: &str) -> bool {
        match self {
            Self::Folders => true,
            Self::Literal(literal) => literal == name,
            Self::Glob(steps) => glob_matches(steps, name),
        }
    }
}

/// Matches one name; only the last `*` is ever tried again.
pub(crate) fn glob_matches(steps: &[Step], name: &str) -> bool {
    let mut at = 0;
    let mut rest = name.chars();
    let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        let fits = match steps.get(at) {
            Some(Step::Many) => {
                at += 1;
                if at == steps.len() {
                    return true;
                }
                retry = Some((at, rest.clone()));
                continue;
            }
            Some(step) => match rest.next() {
                None => return false,
                Some(c) => match step {
                    Step::Char(expected) => c == *expected,
                    Step::One | Step::Many => true,
                    Step::Class(class) => class.matches(c),
                },
            },
            None => match rest.next() {
                None => return true,
                Some(_) => false,
            },
        };
        if fits {
            at += 1;
            continue;
        }
        let Some((start, mut names)) = retry.take() else {
            return false;
        };
        if names.next().is_none() {
            return false;
        }
        retry = Some((start, names.clone()));
        at = start;
        rest = names;
    }
}
