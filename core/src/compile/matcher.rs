//! `match` of a rule: compiled once, then asked of every request for its actions.

use std::collections::BTreeSet;

use crate::compile::CompileError;
use crate::compile::Side;
use crate::compile::Truth;
use crate::compile::View;
use crate::compile::view::Held;
use crate::document::Located;
use crate::document::RuleMatch;
use crate::facts::Partial;
use crate::facts::PathCase;
use crate::facts::PathFact;
use crate::facts::PathMatcher;
use crate::facts::PathTouch;
use crate::facts::host_matches;
use crate::model::Attribute;
use crate::model::ChangeClass;
use crate::model::ordered::set_of;
use crate::model::wildcard_matches;

/// The compiled `match` of a rule.
#[derive(Clone, Debug)]
pub struct Matcher {
    argv: Vec<Vec<String>>,
    branches: Vec<String>,
    change_classes: BTreeSet<ChangeClass>,
    hosts: Vec<String>,
    paths: Option<PathMatcher>,
    programs: BTreeSet<String>,
    reads: Option<PathMatcher>,
    task_classes: BTreeSet<String>,
    writes: Option<PathMatcher>,
}

impl Matcher {
    /// Compiles the `match` of a rule on `side`.
    ///
    /// Patterns that restrict ignore case, since file systems may; those that grant do not.
    ///
    /// # Errors
    /// Where a pattern cannot be read.
    pub fn compile(matching: &RuleMatch, side: Side) -> Result<Self, Box<CompileError>> {
        Ok(Self {
            argv: matching.argv.iter().map(|word| word.value.clone()).collect(),
            branches: values(&matching.branches),
            change_classes: matching.change_classes.clone(),
            hosts: values(&matching.hosts),
            paths: patterns(&matching.paths, side)?,
            programs: set_of(values(&matching.programs)),
            reads: patterns(&matching.reads, side)?,
            task_classes: matching.task_classes.clone(),
            writes: patterns(&matching.writes, side)?,
        })
    }

    /// Returns the attributes that the `match` reads.
    pub fn attributes(matching: &RuleMatch) -> Vec<Attribute> {
        let mut out = Vec::new();
        let mut add = |present: bool, attribute: Attribute| {
            if present {
                out.push(attribute);
            }
        };
        add(!matching.argv.is_empty() || !matching.programs.is_empty(), Attribute::CommandPrograms);
        add(!matching.branches.is_empty(), Attribute::Branch);
        add(!matching.change_classes.is_empty(), Attribute::ChangeClasses);
        add(!matching.hosts.is_empty(), Attribute::NetworkHosts);
        add(!matching.paths.is_empty(), Attribute::Paths);
        add(!matching.reads.is_empty(), Attribute::Reads);
        add(!matching.task_classes.is_empty(), Attribute::TaskClass);
        add(!matching.writes.is_empty(), Attribute::Writes);
        out
    }

    /// Returns whether the request matches: every key that stands in the `match` must.
    pub fn evaluate(&self, view: &View<'_>, side: Side) -> Truth {
        let facts = view.facts;
        let mut truth = Truth::True;
        if !self.argv.is_empty() {
            let commands = &facts.commands;
            let answers = commands.value.iter().map(|words| Truth::of(self.argv_matches(words)));
            truth = truth.and(over(side, commands, answers));
        }
        if !self.programs.is_empty() {
            let programs = &facts.programs;
            let answers = programs.value.iter().map(|p| Truth::of(self.programs.contains(p)));
            truth = truth.and(over(side, programs, answers));
        }
        if !self.hosts.is_empty() {
            let hosts = &facts.hosts;
            let answers = hosts.value.iter().map(|host| {
                Truth::of(self.hosts.iter().any(|pattern| host_matches(pattern, host)))
            });
            truth = truth.and(over(side, hosts, answers));
        }
        if !self.branches.is_empty() {
            let branches = &self.branches;
            truth = truth.and(match view.held(&Attribute::Branch) {
                Held::Text(branch) => {
                    Truth::of(branches.iter().any(|b| wildcard_matches(b, branch)))
                }
                Held::Missing => Truth::Unreadable,
                Held::Absent
                | Held::Boolean(_)
                | Held::Integer(_)
                | Held::List(..)
                | Held::Other
                | Held::Unknown(_) => Truth::Absent,
            });
        }
        if !self.change_classes.is_empty() {
            let classes = &facts.classes;
            let answers = classes.value.iter().map(|c| Truth::of(self.change_classes.contains(c)));
            truth = truth.and(over(side, classes, answers));
        }
        if !self.task_classes.is_empty() {
            let class = view.request.task_class.as_deref();
            truth = truth.and(
                class.map_or(Truth::Absent, |class| Truth::of(self.task_classes.contains(class))),
            );
        }
        truth
            .and(paths(self.paths.as_ref(), side, &facts.paths, |_| true))
            .and(paths(self.reads.as_ref(), side, &facts.paths, |t| t != PathTouch::Change))
            .and(paths(self.writes.as_ref(), side, &facts.paths, |t| t != PathTouch::Read))
    }

    fn argv_matches(&self, words: &[String]) -> bool {
        words.len() >= self.argv.len()
            && self
                .argv
                .iter()
                .zip(words)
                .all(|(any_of, word)| any_of.iter().any(|pattern| wildcard_matches(pattern, word)))
    }
}

fn values(list: &[Located<String>]) -> Vec<String> {
    list.iter().map(|entry| entry.value.clone()).collect()
}

fn patterns(
    list: &[Located<String>],
    side: Side,
) -> Result<Option<PathMatcher>, Box<CompileError>> {
    if list.is_empty() {
        return Ok(None);
    }
    let case = match side {
        Side::Restricts => PathCase::Ignore,
        Side::Grants => PathCase::Exact,
    };
    path_matcher(list, case).map(Some)
}

/// Compiles git patterns; the error names the one that cannot be read.
pub(crate) fn path_matcher(
    list: &[Located<String>],
    case: PathCase,
) -> Result<PathMatcher, Box<CompileError>> {
    for entry in list {
        if let Err(error) = crate::facts::PathPattern::new(&entry.value) {
            return Err(Box::new(CompileError::Pattern {
                location: entry.location.clone(),
                pattern: entry.value.clone(),
                reason: error.to_string(),
            }));
        }
    }
    let location = list.first().map(|entry| entry.location.clone()).unwrap_or_default();
    PathMatcher::new(list.iter().map(|entry| entry.value.as_str()), case).map_err(|error| {
        Box::new(CompileError::Pattern {
            location,
            pattern: String::new(),
            reason: error.to_string(),
        })
    })
}

fn paths(
    matcher: Option<&PathMatcher>,
    side: Side,
    facts: &Partial<Vec<PathFact>>,
    keep: impl Fn(PathTouch) -> bool,
) -> Truth {
    let Some(matcher) = matcher else {
        return Truth::True;
    };
    let kept = facts.value.iter().filter(|fact| keep(fact.touch));
    over(side, facts, kept.map(|fact| covered(matcher, fact, side)))
}

/// A glob is met where it could stand for a file that is covered, and granted where every file
/// that it could stand for is.
fn covered(matcher: &PathMatcher, fact: &PathFact, side: Side) -> Truth {
    match side {
        Side::Restricts => Truth::of(matcher.first_touched(fact).is_some()),
        Side::Grants if !fact.glob => Truth::of(matcher.first(&fact.path).is_some()),
        Side::Grants if matcher.covers_glob(&fact.path) => Truth::True,
        Side::Grants => Truth::Dynamic,
    }
}

/// Any entry where it restricts; every entry, and there is one, where it grants.
fn over<T>(side: Side, partial: &Partial<T>, answers: impl Iterator<Item = Truth>) -> Truth {
    let more = partial.unknown.map(Truth::unknown);
    match side {
        Side::Restricts => {
            let seen = answers.fold(Truth::False, Truth::or);
            more.map_or(seen, |more| seen.or(more))
        }
        Side::Grants => {
            let mut any = false;
            let seen = answers.fold(Truth::True, |truth, answer| {
                any = true;
                truth.and(answer)
            });
            match more {
                Some(more) => seen.and(more),
                None => {
                    if any {
                        seen
                    } else {
                        Truth::False
                    }
                }
            }
        }
    }
}
