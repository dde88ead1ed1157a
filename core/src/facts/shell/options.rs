//! `set`, `shopt` and `shift`.

use std::rc::Rc;

use crate::facts::shell::lookup::is_many;
use crate::facts::shell::state::State;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Word;

/// Options of `set` that change nothing about what runs with which words.
const SETTINGS: &str = "abehmuvxCEHPT";

impl Walk {
    /// Runs `set`.
    pub(crate) fn set_options(
        &mut self,
        state: &mut State,
        words: &[Word],
        known: &[Option<String>],
    ) {
        const FINE: [&str; 14] = [
            "allexport",
            "braceexpand",
            "emacs",
            "errexit",
            "errtrace",
            "functrace",
            "hashall",
            "monitor",
            "noclobber",
            "nounset",
            "pipefail",
            "verbose",
            "vi",
            "xtrace",
        ];
        let mut at = 0;
        while let Some(word) = known.get(at) {
            let Some(word) = word.as_deref() else {
                self.dynamic("the options of `set` are known only at run time");
                state.arguments = None;
                return;
            };
            if matches!(word, "--" | "-") {
                at += 1;
                if word == "--" || known.len() > at {
                    state.arguments = Some(Rc::new(words.get(at..).unwrap_or_default().to_vec()));
                }
                return;
            }
            let Some(options) = word.strip_prefix(['-', '+']).filter(|rest| !rest.is_empty())
            else {
                state.arguments = Some(Rc::new(words.get(at..).unwrap_or_default().to_vec()));
                return;
            };
            at += 1;
            for option in options.chars() {
                if option == 'o' {
                    match known.get(at).cloned().flatten() {
                        Some(name)
                            if FINE.contains(&name.as_str())
                                && (name != "braceexpand" || word.starts_with('-')) => {}
                        None if known.len() <= at => {}
                        Some(_) | None => self.dynamic("`set` changes how words are read"),
                    }
                    at += 1;
                } else if !(SETTINGS.contains(option) || (option == 'B' && word.starts_with('-'))) {
                    self.dynamic("`set` changes how words are read");
                }
            }
        }
    }

    /// Runs `shopt`.
    pub(crate) fn shell_options(&mut self, known: &[Option<String>]) {
        const FINE: [&str; 8] =
            ["-q", "-s", "-u", "-p", "failglob", "globstar", "inherit_errexit", "checkwinsize"];
        let sets = known.iter().any(|word| {
            word.as_deref()
                .is_none_or(|word| word.starts_with('-') && word.contains(['s', 'u', 'o']))
        });
        let fine =
            known.iter().all(|word| word.as_deref().is_some_and(|word| FINE.contains(&word)));
        // With `nullglob` a pattern without matches is no word at all, and operands move.
        if sets && !fine {
            self.dynamic("`shopt` changes how words are read");
        }
    }
}

/// `shift`.
pub(crate) fn shift(state: &mut State, known: &[Option<String>]) {
    let count = match known {
        [] => Some(1),
        [Some(text)] => text.parse::<usize>().ok(),
        _ => None,
    };
    let Some(words) = state.arguments.take() else { return };
    let Some(count) = count else { return };
    let first = words.get(..count.min(words.len())).unwrap_or_default();
    state.arguments = if first.iter().any(is_many) {
        Some(words)
    } else if count > words.len() {
        // It fails, and nothing is shifted.
        Some(words)
    } else {
        Some(Rc::new(words.get(count..).unwrap_or_default().to_vec()))
    };
}
