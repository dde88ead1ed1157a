//! Variables that a script has not set: what they hold comes from the environment, secrets too.

use crate::facts::shell::cursor::is_name;
use crate::facts::shell::state::State;
use crate::facts::shell::walk::Walk;

/// Names, and starts of names (with `*`), of variables that hold no secret.
const PLAIN: &[&str] = &[
    "BASH*",
    "CARGO_HOME",
    "CARGO_TARGET_DIR",
    "CI",
    "COLORTERM",
    "COLUMNS",
    "COMP_*",
    "CONDA_DEFAULT_ENV",
    "COPROC",
    "DIRSTACK",
    "DISPLAY",
    "EDITOR",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "FUNCNAME",
    "FUNCNEST",
    "GOPATH",
    "GOROOT",
    "GROUPS",
    "HISTCMD",
    "HOME",
    "HOSTNAME",
    "HOSTTYPE",
    "IFS",
    "JAVA_HOME",
    "LANG",
    "LANGUAGE",
    "LC_*",
    "LINENO",
    "LINES",
    "LOGNAME",
    "MACHTYPE",
    "MAPFILE",
    "NODE_ENV",
    "NO_COLOR",
    "NVM_DIR",
    "OLDPWD",
    "OPTARG",
    "OPTERR",
    "OPTIND",
    "OSTYPE",
    "PAGER",
    "PATH",
    "PIPESTATUS",
    "PPID",
    "PWD",
    "PYTHONPATH",
    "RANDOM",
    "READLINE_*",
    "REPLY",
    "RUSTUP_HOME",
    "SECONDS",
    "SHELL",
    "SHELLOPTS",
    "SHLVL",
    "SRANDOM",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "TZ",
    "UID",
    "USER",
    "VIRTUAL_ENV",
    "VISUAL",
    "XDG_*",
];

/// What the names of secrets hold.
const SECRET: [&str; 21] = [
    "AUTH", "BEARER", "CERT", "CONN", "COOKIE", "CRED", "DATABASE", "DSN", "HOOK", "JWT", "KEY",
    "PASS", "PRIVATE", "PW", "SALT", "SECRET", "SESSION", "SIGN", "TOKEN", "URI", "URL",
];

impl Walk {
    /// Doubts a use of a variable that may hold what the environment has given it. Where it is
    /// guarded, a value of its own stands in for it, as in `${x:-value}`.
    pub(crate) fn shows(&mut self, state: &State, name: &str, guarded: bool) {
        if !is_name(name) || matches(PLAIN, name) {
            return;
        }
        let harmless = if state.is_set(name) {
            // It may be set on some ways only.
            !state.value(name).is_outer() || is_small(name) || is_plain_word(name)
        } else {
            guarded && is_plain_word(name)
        };
        if harmless {
            return;
        }
        self.dynamic(&["variable `", name, "` is not set here and may hold a secret"].concat());
    }
}

fn matches(table: &[&str], name: &str) -> bool {
    table.iter().any(|entry| match entry.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *entry,
    })
}

/// Returns true for a name in small letters, which scripts have for themselves.
pub(crate) fn is_small(name: &str) -> bool {
    let large = name.bytes().any(|byte| byte.is_ascii_uppercase());
    !large && !name.ends_with("_proxy") && !name.starts_with("npm_")
}

/// Returns true for a name of one word that is not what secrets are called.
fn is_plain_word(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let short = matches!(name.as_str(), "OTP" | "PAT" | "PIN");
    !name.contains('_') && !short && !SECRET.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::PLAIN;
    use super::SECRET;

    #[test]
    fn the_tables_are_in_order_and_hold_nothing_twice() {
        assert!(SECRET.is_sorted_by(|a, b| a < b));
        assert!(PLAIN.is_sorted_by(|a, b| a < b));
    }
}
