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

/// Returns true where setting `name` changes what a command runs; case does not count.
pub(crate) fn changes_what_runs(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    TABLE.iter().any(|entry| match entry.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *entry,
    })
}

/// Returns true where setting `name` changes which host a command talks to.
pub(crate) fn changes_where_to(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    PROXIES.contains(&name.as_str())
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
        for name in ["LANG", "LC_ALL", "TZ", "NO_COLOR", "CI", "TERM", "PATHS"] {
            assert!(!changes_what_runs(name), "{name}");
        }
        assert!(changes_where_to("https_proxy"));
    }
}
