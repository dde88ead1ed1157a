//! The variables that a part of a script only counts with: they stay numbers.

use std::collections::BTreeSet;

use crate::facts::shell::assigned::Assigned;
use crate::facts::shell::cursor::in_name;
use crate::facts::shell::cursor::starts_name;
use crate::facts::shell::number::Number;
use crate::facts::shell::number::either;
use crate::facts::shell::number::held;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::Operation;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::natural;
use crate::facts::shell::value::whole;

impl Assigned {
    /// Forgets what the variables hold, but that they are numbers where they were and stay so.
    pub(crate) fn forget(&self, state: &mut State) {
        let (never_negative, numbers) = self.numbers(state);
        state.forget(&self.names);
        for name in numbers {
            let piece = if never_negative.contains(&name) { natural() } else { whole() };
            state.set(&name, Value::Scalar(vec![vec![piece]]));
        }
    }

    /// Returns the variables that stay natural numbers, and those that stay whole numbers.
    fn numbers(&self, state: &State) -> (BTreeSet<String>, BTreeSet<String>) {
        let number = |name: &str| {
            let values = state.value(name).scalars();
            let numbers: Option<Vec<Number>> = values.iter().map(|value| held(value)).collect();
            numbers?.into_iter().reduce(either)
        };
        let is_natural = |name: &str| number(name).is_some_and(Number::is_natural);
        let whole: BTreeSet<String> = self
            .names
            .iter()
            .filter(|name| !self.texts.contains(*name) && number(name).is_some())
            .cloned()
            .collect();
        let mut found = whole.clone();
        found.retain(|name| is_natural(name));
        // Each round drops one or more.
        loop {
            let fits = |name: &String| {
                found.contains(name) || (!self.names.contains(name) && is_natural(name))
            };
            let bad: Vec<&String> = self
                .sums
                .iter()
                .filter(|(name, inside)| found.contains(name) && !inside.iter().all(fits))
                .map(|(name, _)| name)
                .collect();
            if bad.is_empty() {
                return (found, whole);
            }
            for name in bad {
                found.remove(name);
            }
        }
    }
}

/// Returns the variables in arithmetic, with a dot where it may be negative or is not followed, and
/// whether it sets some.
pub(crate) fn variables(parts: &Parts) -> (Vec<String>, bool) {
    let mut names = Vec::new();
    let mut sets = false;
    for part in parts {
        match part {
            Part::Text { text, .. } => {
                sets |= text.contains('=') || text.contains("++") || text.contains("--");
                if text.contains(['-', '~', '[', '`', '\\', '\'']) || text.contains("<<") {
                    names.push(".".to_owned());
                }
                for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
                    if word.bytes().next().is_some_and(starts_name) && word.bytes().all(in_name) {
                        names.push(word.to_owned());
                    }
                }
            }
            Part::Parameter { parameter, .. } => {
                let plain = matches!(parameter.operation, Operation::None)
                    && parameter.subscript.is_none()
                    && !parameter.indirect;
                names.push(if plain { parameter.name.clone() } else { ".".to_owned() });
            }
            Part::Arithmetic { .. }
            | Part::Output { .. }
            | Part::Process { .. }
            | Part::Strange { .. } => names.push(".".to_owned()),
        }
    }
    (names, sets)
}
