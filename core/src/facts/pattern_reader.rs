//! Reads the text of a path pattern.

use crate::facts::class::Class;
use crate::facts::glob::Segment;
use crate::facts::glob::Step;
use crate::facts::glob::fold;
use crate::facts::glob::folded;
use crate::facts::matcher::PathCase;
use crate::facts::nfc::nfc;
use crate::facts::pattern::PathPattern;
use crate::facts::pattern::PatternError;

/// The longest pattern that is read.
const LONGEST: usize = 1024;

/// A pattern being read, its slashes at either end already taken off.
pub(crate) struct Reader<'p> {
    pattern: &'p str,
    text: Vec<char>,
    folders_only: bool,
    rooted: bool,
    fold: bool,
}

impl<'p> Reader<'p> {
    /// Checks the pattern as a whole.
    pub(crate) fn new(pattern: &'p str, case: PathCase) -> Result<Self, PatternError> {
        if pattern.len() > LONGEST {
            return Err(PatternError::TooLong { limit: LONGEST });
        }
        let owned = || pattern.to_owned();
        if pattern.starts_with('!') {
            return Err(PatternError::Negated { pattern: owned() });
        }
        if pattern.starts_with('#') {
            return Err(PatternError::Comment { pattern: owned() });
        }
        if pattern.chars().any(char::is_control) {
            return Err(PatternError::Escape { pattern: owned() });
        }
        let trimmed = without_trailing_spaces(pattern);
        let (body, folders_only) = match trimmed.strip_suffix('/') {
            Some(body) => (body, true),
            None => (trimmed, false),
        };
        let rooted = body.contains('/');
        let body = body.strip_prefix('/').unwrap_or(body);
        if body.is_empty() {
            return Err(PatternError::Empty);
        }
        Ok(Self {
            pattern,
            text: nfc(body).chars().collect(),
            folders_only,
            rooted,
            fold: case == PathCase::Ignore,
        })
    }

    /// Reads the parts.
    pub(crate) fn read(&self) -> Result<PathPattern, PatternError> {
        let shapes = match self.glued() {
            None => vec![self.shape(&self.text)?],
            Some((within, across)) => vec![self.shape(&within)?, self.shape(&across)?],
        };
        Ok(PathPattern { shapes, folders_only: self.folders_only, fold: self.fold })
    }

    /// Returns the two readings of `name**/rest`: git compares the literal start of a pattern by
    /// itself and so takes a `**/` right behind it for one that stands at the start of a name.
    fn glued(&self) -> Option<(Vec<char>, Vec<char>)> {
        const FOLDERS: [char; 3] = ['*', '*', '/'];
        if !self.rooted {
            return None;
        }
        let special = |c: &char| matches!(c, '*' | '?' | '[' | '\\');
        let (prefix, rest) = self.text.split_at(self.text.iter().position(special)?);
        let stars = rest.iter().take_while(|c| **c == '*').count();
        let within_name = prefix.last().is_some_and(|c| *c != '/');
        if stars < 2 || !within_name || rest.get(stars) != Some(&'/') {
            return None;
        }
        let mut rest = rest.get(stars + 1..)?;
        while let Some(shorter) = rest.strip_prefix(&FOLDERS) {
            rest = shorter;
        }
        let across = ['*', '/', '*', '*', '/'];
        Some(([prefix, rest].concat(), [prefix, &across, rest].concat()))
    }

    fn shape(&self, text: &[char]) -> Result<Vec<Segment>, PatternError> {
        let mut shape = Vec::new();
        if !self.rooted {
            shape.push(Segment::Folders);
        }
        let mut steps: Vec<Step> = Vec::new();
        let mut at = 0;
        while let Some(c) = text.get(at).copied() {
            at += 1;
            let step = match c {
                '/' => {
                    let segment = self.segment(std::mem::take(&mut steps))?;
                    shape.push(segment);
                    continue;
                }
                '*' => {
                    let start = at - 1;
                    while text.get(at) == Some(&'*') {
                        at += 1;
                    }
                    let folders = self.rooted && at - start > 1 && steps.is_empty();
                    if folders && text.get(at) == Some(&'/') {
                        at += 1;
                        if shape.last() != Some(&Segment::Folders) {
                            shape.push(Segment::Folders);
                        }
                        continue;
                    }
                    Step::Many
                }
                '?' => Step::One,
                '[' => {
                    let rest = text.get(at..).unwrap_or_default();
                    let (class, used) = Class::read(rest, self.fold).ok_or_else(|| {
                        let pattern = self.pattern.to_owned();
                        PatternError::Bracket { pattern }
                    })?;
                    at += used;
                    Step::Class(class)
                }
                '\\' => {
                    let escaped = text.get(at).copied().filter(|c| *c != '/');
                    at += 1;
                    Step::Char(escaped.ok_or_else(|| {
                        let pattern = self.pattern.to_owned();
                        PatternError::Escape { pattern }
                    })?)
                }
                literal => Step::Char(literal),
            };
            steps.push(step);
        }
        let last = self.segment(steps)?;
        shape.push(last);
        Ok(shape)
    }

    fn segment(&self, steps: Vec<Step>) -> Result<Segment, PatternError> {
        let mut literal = String::new();
        for step in &steps {
            match step {
                Step::Char(c) => literal.push(*c),
                Step::One | Step::Many | Step::Class(_) => {
                    return Ok(Segment::Glob(self.fold_steps(steps)));
                }
            }
        }
        if matches!(literal.as_str(), "" | "." | "..") {
            let pattern = self.pattern.to_owned();
            return Err(PatternError::Unreachable { pattern });
        }
        if self.fold {
            literal = folded(&literal).into_owned();
        }
        Ok(Segment::Literal(literal))
    }

    fn fold_steps(&self, mut steps: Vec<Step>) -> Vec<Step> {
        if self.fold {
            for step in &mut steps {
                if let Step::Char(c) = step {
                    *c = fold(*c);
                }
            }
        }
        steps
    }
}

/// Takes off the spaces at the end, as git does; an escaped one stays.
fn without_trailing_spaces(pattern: &str) -> &str {
    let trimmed = pattern.trim_end_matches(' ');
    let escapes = trimmed.len() - trimmed.trim_end_matches('\\').len();
    match pattern.get(..trimmed.len() + escapes % 2) {
        Some(kept) => kept,
        None => trimmed,
    }
}

/// Reads one name with wildcards; `None` where a bracket or backslash in it cannot be read.
pub(crate) fn steps_of(name: &str, fold: bool) -> Option<Vec<Step>> {
    let text: Vec<char> = nfc(name).chars().collect();
    let reader = Reader { pattern: name, text, folders_only: false, rooted: false, fold };
    match reader.shape(&reader.text).ok()?.pop()? {
        Segment::Glob(steps) => Some(steps),
        Segment::Literal(literal) => Some(literal.chars().map(Step::Char).collect()),
        Segment::Folders => None,
    }
}
