//! Variables that change what a command runs.

/// Names, and starts of names (with `*`), of variables that change which code runs or where it
/// connects. Anything not here is data to the programs that read it.
const TABLE: &[&str] = &[
    "BASH_ENV",
    "BASH_FUNC_*",
    "BASHOPTS",
    "BROWSER",
    "BUNDLE_*",
    "CARGO_*",
    "CC",
    "CDPATH",
    "CLASSPATH",
    "CXX",
    "DENO_*",
    "DOCKER_*",
    "DYLD_*",
    "EDITOR",
    "ENV",
    "FPATH",
    "GCONV_PATH",
    "GEM_*",
    "GETCONF_DIR",
    "GIT_*",
    "GLOBIGNORE",
    "GOENV",
    "GOFLAGS",
    "GOPROXY",
    "GOROOT",
    "GOTOOLCHAIN",
    "GRADLE_*",
    "GREP_OPTIONS",
    "HOME",
    "IFS",
    "JAVA_*",
    "JDK_JAVA_OPTIONS",
    "LD_*",
    "LESS",
    "LESSCLOSE",
    "LESSOPEN",
    "LOCPATH",
    "LUA_*",
    "MAKEFILES",
    "MAKEFLAGS",
    "MANPAGER",
    "MAVEN_*",
    "MYVIMRC",
    "NODE_*",
    "NPM_CONFIG_*",
    "PAGER",
    "PATH",
    "PERL5DB",
    "PERL5LIB",
    "PERL5OPT",
    "PERLLIB",
    "PHPRC",
    "PHP_INI_SCAN_DIR",
    "PIP_*",
    "PROMPT_COMMAND",
    "PS0",
    "PS1",
    "PS2",
    "PS4",
    "PYTEST_ADDOPTS",
    "PYTEST_PLUGINS",
    "PYTHON*",
    "RIPGREP_CONFIG_PATH",
    "RUBYLIB",
    "RUBYOPT",
    "RUSTC",
    "RUSTC_*",
    "RUSTDOC",
    "RUSTFLAGS",
    "RUSTUP_*",
    "SHELL",
    "SHELLOPTS",
    "SSH_ASKPASS",
    "SUDO_*",
    "TAR_OPTIONS",
    "VIMINIT",
    "VISUAL",
    "XDG_CONFIG_HOME",
    "YARN_*",
    "ZDOTDIR",
    "_JAVA_OPTIONS",
];

/// Variables that only say where to connect.
const PROXIES: &[&str] = &["ALL_PROXY", "FTP_PROXY", "HTTPS_PROXY", "HTTP_PROXY"];

/// Starts of names that programs read in small letters too.
const SMALL: [&str; 2] = ["npm_config_", "yarn_"];

/// Returns true where setting `name` changes what a command runs. Case does not count where some
/// of it is large: names in small letters are a shell's own.
pub(crate) fn changes_what_runs(name: &str) -> bool {
    if !name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return SMALL.iter().any(|start| name.starts_with(start));
    }
    TABLE.iter().any(|entry| match entry.strip_suffix('*') {
        Some(start) => {
            name.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
        }
        None => name.eq_ignore_ascii_case(entry),
    })
}

/// Returns true where setting `name` changes which host a command talks to; case does not count.
pub(crate) fn changes_where_to(name: &str) -> bool {
    PROXIES.iter().any(|entry| name.eq_ignore_ascii_case(entry))
}

#[cfg(test)]
mod tests {
    use super::changes_what_runs;
    use super::changes_where_to;

    #[test]
    fn knows_variables_that_load_code_from_those_that_are_data() {
        for name in [
            "PATH",
            "LD_PRELOAD",
            "BASH_ENV",
            "GIT_SSH_COMMAND",
            "npm_config_registry",
            "PYTHONPATH",
            "RUSTC_WRAPPER",
            "NODE_OPTIONS",
            "BASH_FUNC_ls%%",
        ] {
            assert!(changes_what_runs(name), "{name}");
        }
        for name in ["LANG", "LC_ALL", "TZ", "NO_COLOR", "CI", "TERM", "PATHS", "path", "env"] {
            assert!(!changes_what_runs(name), "{name}");
        }
        assert!(changes_where_to("https_proxy"));
    }
}
