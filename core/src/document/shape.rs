//! Texts of a certain shape: actions and action globs, path patterns, hosts, durations.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::document::DocumentError;
use crate::document::Located;
use crate::document::Quoted;
use crate::document::decode::At;
use crate::document::decode::Decoder;
use crate::document::decode::MAX_NUMBER;
use crate::model::Action;
use crate::model::Location;
use crate::model::closest;
use crate::model::ordered::set_of;

impl Decoder<'_> {
    /// Returns the actions that the names and globs at `at` stand for, each with the place of the
    /// first entry that names it.
    pub(crate) fn actions(&mut self, at: &At<'_>) -> BTreeMap<Action, Location> {
        let mut actions = BTreeMap::new();
        for item in at.one_or_many() {
            let Some(text) = self.text(&item) else {
                continue;
            };
            let found = actions_of(&text);
            if found.is_empty() {
                let error = unknown_action(&text);
                self.report(&item, &error);
            }
            let location = self.location(&item);
            for action in found {
                actions.entry(action).or_insert_with(|| location.clone());
            }
        }
        actions
    }

    /// Returns the actions at `at`, which must name at least one.
    pub(crate) fn some_actions(&mut self, at: &At<'_>) -> BTreeSet<Action> {
        self.some_items(at);
        set_of(self.actions(at).into_keys())
    }

    /// Returns the path patterns at `at`; only their shape is checked here.
    pub(crate) fn patterns(&mut self, at: &At<'_>) -> Vec<Located<String>> {
        let mut patterns = self.texts(at);
        patterns.retain(|pattern| match pattern_fault(&pattern.value) {
            Some((reason, help)) => {
                let text = Quoted::from(pattern.value.as_str());
                let error = DocumentError::InvalidPattern { text, reason, help };
                self.push(error.at(pattern.location.clone()));
                false
            }
            None => true,
        });
        patterns
    }

    /// Returns the hosts and host globs at `at`.
    pub(crate) fn hosts(&mut self, at: &At<'_>) -> Vec<Located<String>> {
        let mut hosts = self.texts(at);
        hosts.retain(|host| {
            let foreign = |c: char| c.is_whitespace() || c.is_control() || c == '/' || c == '@';
            if !host.value.contains(foreign) {
                return true;
            }
            let error = DocumentError::InvalidPattern {
                text: Quoted::from(host.value.as_str()),
                reason: "it is no host",
                help: "write a host such as `crates.io` or `*.example.org`, without scheme and path",
            };
            self.push(error.at(host.location.clone()));
            false
        });
        hosts
    }

    /// Returns the duration at `at` in seconds: whole seconds, or such as `90s`, `2 hours`.
    pub(crate) fn duration(&mut self, at: &At<'_>) -> Option<Located<u64>> {
        let text = self.text(at)?;
        let seconds = seconds_of(&text);
        if seconds.is_none() {
            let text = Quoted::from(text.as_str());
            self.report(at, &DocumentError::InvalidDuration { text });
        }
        seconds.map(|seconds| Located::new(seconds, self.location(at)))
    }
}

fn actions_of(text: &str) -> Vec<Action> {
    if let Some(action) = Action::from_name(text) {
        return vec![action];
    }
    let glob = text.strip_prefix("tool.").unwrap_or(text);
    if !glob.contains('*') {
        return Vec::new();
    }
    let all = Action::ALL.iter().copied();
    all.filter(|action| glob_matches(glob, action.name())).collect()
}

fn unknown_action(text: &str) -> DocumentError {
    let name = Quoted::from(text);
    if !text.contains('*') {
        let bare = text.strip_prefix("tool.").unwrap_or(text);
        return DocumentError::UnknownName {
            name,
            what: Action::WHAT,
            suggestion: Action::suggest(bare).map(str::to_owned),
        };
    }
    let families: BTreeSet<String> = Action::ALL
        .iter()
        .filter_map(|action| action.name().split_once('.'))
        .map(|(family, _)| format!("{family}.*"))
        .collect();
    DocumentError::NoNameMatches {
        glob: name,
        what: Action::WHAT,
        suggestion: closest(text, families.iter().map(String::as_str)).map(str::to_owned),
    }
}

/// Returns true where `*` in `glob` can stand for any run of characters so that it is `name`.
fn glob_matches(glob: &str, name: &str) -> bool {
    let mut parts = glob.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

fn pattern_fault(pattern: &str) -> Option<(&'static str, &'static str)> {
    let mut start = pattern.chars();
    let drive = start.next().is_some_and(|c| c.is_ascii_alphabetic()) && start.next() == Some(':');
    if pattern.starts_with('!') {
        let help = "a list only adds: put what is meant in a list of its own, or write `\\!`";
        Some(("it negates", help))
    } else if pattern.chars().any(char::is_control) {
        Some(("it holds a control character", "remove it"))
    } else if drive && matches!(start.next(), None | Some('/' | '\\')) {
        let help = "write it relative to the repository, with `/`";
        Some(("it names a drive", help))
    } else {
        None
    }
}

fn seconds_of(text: &str) -> Option<u64> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(split)?;
    let factor = match unit.trim() {
        "" | "s" | "sec" | "second" | "seconds" => 1,
        "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3_600,
        "d" | "day" | "days" => 86_400,
        _ => return None,
    };
    let seconds = digits.parse::<u64>().ok()?.checked_mul(factor)?;
    (1..=MAX_NUMBER).contains(&seconds).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::actions_of;
    use super::glob_matches;
    use super::seconds_of;
    use crate::model::Action;

    #[test]
    fn expands_globs_over_the_table_of_actions() {
        assert_eq!(
            actions_of("pr.*"),
            [Action::PrComment, Action::PrCreate, Action::PrMerge, Action::PrUpdate]
        );
        assert_eq!(actions_of("tool.shell.*"), [Action::ShellExec]);
        assert_eq!(actions_of("*").len(), Action::ALL.len());
        assert_eq!(actions_of("prr.*"), []);
        assert!(!glob_matches("a*a", "a"));
        assert!(glob_matches("a*b*c", "axxbyyc"));
    }

    #[test]
    fn reads_durations_with_the_usual_units() {
        for (text, seconds) in [
            ("90", 90),
            ("90s", 90),
            ("30m", 1_800),
            ("2 minutes", 120),
            ("4h", 14_400),
            ("2 hours", 7_200),
            ("2d", 172_800),
        ] {
            assert_eq!(seconds_of(text), Some(seconds), "{text}");
        }
        for text in ["", "h", "-1", "0", "1.5h", "4 weeks", "4hh", "99999999999999999999", "é"] {
            assert_eq!(seconds_of(text), None, "{text}");
        }
    }
}
