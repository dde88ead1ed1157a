//! Variables that a command is given.

use std::collections::BTreeMap;

use crate::facts::command::reader::Reader;
use crate::facts::doubt::shown;
use crate::facts::program::changes_what_runs;
use crate::facts::program::changes_where_to;
use crate::facts::word::Word;

/// Variables, and starts of their names (with `*`), that only change how programs speak, count or
/// look. What is not here may do anything to a program that nobody has thought of.
const HARMLESS: &[&str] = &[
    "CARGO_INCREMENTAL",
    "CARGO_NET_OFFLINE",
    "CARGO_PROFILE_DEV_DEBUG",
    "CARGO_TERM_*",
    "CGO_ENABLED",
    "CI",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "COLUMNS",
    "CONTINUOUS_INTEGRATION",
    "DEBUG",
    "DJANGO_DEBUG",
    "DO_NOT_TRACK",
    "FORCE_COLOR",
    "GIT_OPTIONAL_LOCKS",
    "GIT_TERMINAL_PROMPT",
    "GO111MODULE",
    "GOARCH",
    "GOMAXPROCS",
    "GOOS",
    "GREP_COLOR",
    "GREP_COLORS",
    "INSTA_UPDATE",
    "LANG",
    "LANGUAGE",
    "LC_*",
    "LINES",
    "LOG_LEVEL",
    "NEXT_TELEMETRY_DISABLED",
    "NODE_ENV",
    "NO_COLOR",
    "NO_UPDATE_NOTIFIER",
    "NPM_CONFIG_AUDIT",
    "NPM_CONFIG_COLOR",
    "NPM_CONFIG_FUND",
    "NPM_CONFIG_LOGLEVEL",
    "NPM_CONFIG_PROGRESS",
    "NUM_JOBS",
    "PROPTEST_CASES",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHASHSEED",
    "PYTHONIOENCODING",
    "PYTHONUNBUFFERED",
    "PYTHONUTF8",
    "PY_COLORS",
    "RAILS_ENV",
    "RUST_BACKTRACE",
    "RUST_LIB_BACKTRACE",
    "RUST_LOG",
    "RUST_MIN_STACK",
    "RUST_TEST_THREADS",
    "SOURCE_DATE_EPOCH",
    "TERM",
    "TEST",
    "TZ",
    "VERBOSE",
    "VITEST",
];

/// Variables that choose the program which shows long output.
const PAGERS: [&str; 4] = ["GIT_PAGER", "MANPAGER", "PAGER", "SYSTEMD_PAGER"];

/// Returns true for values that lead to no file: some libraries read files by the names of time
/// zones, locales and terminals.
fn is_plain(value: &str) -> bool {
    !value.starts_with(['/', ':', '~'])
        && !value.contains("..")
        && !value.contains(['$', '`', '[', '(', '{'])
}

fn is_harmless(name: &str) -> bool {
    HARMLESS.iter().any(|entry| match entry.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *entry,
    })
}

impl Reader<'_> {
    /// Reads the variables that the host sets for the command: it answers for those that are not
    /// known to change what runs.
    pub(crate) fn environment(&mut self, env: &BTreeMap<String, String>) {
        for name in env.keys() {
            self.variable(name, true);
        }
    }

    /// Reads the variables that a command is given, or that are exported.
    pub(super) fn given(&mut self, variables: &[(String, Word)]) {
        for (name, value) in variables {
            let text = value.literal();
            if PAGERS.contains(&name.as_str()) && matches!(text.as_deref(), Some("" | "cat")) {
                continue;
            }
            if is_harmless(name) && !text.as_deref().is_some_and(is_plain) {
                let reason = format!("variable `{}` may name a file", shown(name));
                self.dynamic(&reason);
            }
            self.variable(name, false);
        }
    }

    /// Reads the variables that the shell sets for itself: what they hold it has followed.
    pub(super) fn assigned(&mut self, variables: &[(String, Word)]) {
        for (name, value) in variables {
            // It may be exported later.
            if is_harmless(name) && value.literal().is_some_and(|text| !is_plain(&text)) {
                let reason = format!("variable `{}` may name a file", shown(name));
                self.dynamic(&reason);
            }
            self.variable(name, true);
        }
    }

    /// Reads the names that are exported with the values that they have.
    pub(super) fn exported(&mut self, words: &[Word]) {
        for word in words.iter().skip(1) {
            let name = word.known_start();
            if !name.starts_with('-') && !name.contains('=') && !name.is_empty() {
                self.variable(name, false);
            }
        }
    }

    fn variable(&mut self, name: &str, others_are_fine: bool) {
        if is_harmless(name) {
            return;
        }
        if changes_what_runs(name) {
            let reason = format!("variable `{}` changes what runs", shown(name));
            self.dynamic(&reason);
        } else if changes_where_to(name) {
            let reason = format!("variable `{}` changes which host is reached", shown(name));
            self.dynamic(&reason);
        } else if !others_are_fine {
            let reason = format!("what variable `{}` changes is not known", shown(name));
            self.dynamic(&reason);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::HARMLESS;
    use super::is_harmless;

    #[test]
    fn the_table_is_in_order_and_holds_nothing_twice() {
        assert!(HARMLESS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn variables_that_load_code_are_not_harmless() {
        for name in ["PATH", "LD_PRELOAD", "NODE_OPTIONS", "RUSTFLAGS", "PYTHONPATH", "lang"] {
            assert!(!is_harmless(name), "{name}");
        }
        assert!(is_harmless("LC_ALL"));
    }
}
