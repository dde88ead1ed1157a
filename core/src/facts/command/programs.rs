//! Programs, and what they do beyond what their operands say: data.

use crate::facts::command::table::Network;
use crate::facts::command::table::Operands;
use crate::facts::command::table::Options;
use crate::facts::command::table::Program;
use crate::facts::command::table::Row;
use crate::facts::command::table::Runs;
use crate::facts::command::table::row;
use crate::facts::path::PathTouch;

const PATHS: Operands = Operands::Paths(PathTouch::Either);
const READS: Operands = Operands::Paths(PathTouch::Read);
const CHANGES: Operands = Operands::Paths(PathTouch::Change);

#[rustfmt::skip]
const GIT_FINE: &[&str] = &[
    "add", "apply", "blame", "branch", "cat-file", "check-ignore", "checkout", "cherry-pick",
    "clean", "clone", "commit", "config", "describe", "diff", "diff-tree", "fetch", "for-each-ref",
    "format-patch", "grep", "hash-object", "init", "log", "ls-files", "ls-remote", "ls-tree",
    "merge", "merge-base", "mv", "notes", "pull", "push", "range-diff", "rebase", "reflog",
    "remote", "reset", "restore", "rev-list", "rev-parse", "revert", "rm", "shortlog", "show",
    "show-ref", "stash", "status", "submodule", "switch", "symbolic-ref", "tag", "update-index",
    "update-ref", "version", "worktree", "--version",
];

#[rustfmt::skip]
const GIT_RUNS: &[&str] = &[
    "-c", "-O", "-x", "--config", "--exec", "--ext-diff", "--extcmd", "--git-dir", "--namespace",
    "--open-files", "--paginate", "--receive-pack", "--super-prefix", "--template", "--textconv",
    "--upload-pack", "--work-tree", "foreach",
];

/// Every program that is known; none stands in two rows.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    row(&["bash", "sh", "zsh", "dash", "ksh", "mksh", "ash", "rbash"],
        Runs::Script, Network::Never, PATHS),
    row(&["fish", "csh", "tcsh", "pwsh", "powershell", "nu", "elvish", "xonsh", "cmd"],
        Runs::Code, Network::Never, PATHS),
    row(&["python", "python2", "python3", "pypy", "pypy3", "perl", "ruby", "node", "nodejs",
          "deno", "bun", "php", "lua", "luajit", "tclsh", "wish", "osascript", "Rscript", "julia",
          "java", "jshell", "groovy", "scala", "ghci", "irb", "erl", "elixir", "guile", "sbcl",
          "racket", "ocaml", "m4", "expect"],
        Runs::Code, Network::Never, PATHS),
    row(&["timeout"],
        Runs::Command(Options { flags: &["--preserve-status", "--foreground", "-v", "--verbose"],
            valued: &["-k", "-s", "--kill-after", "--signal"], operands: 1 }),
        Network::Never, Operands::Text),
    row(&["nice"],
        Runs::Command(Options { flags: &[], valued: &["-n", "--adjustment"], operands: 0 }),
        Network::Never, Operands::Text),
    row(&["nohup"],
        Runs::Command(Options { flags: &[], valued: &[], operands: 0 }),
        Network::Never, Operands::Text),
    row(&["time"],
        Runs::Command(Options { flags: &["-p"], valued: &[], operands: 0 }),
        Network::Never, Operands::Text),
    row(&["sudo", "doas", "su", "runuser", "pkexec", "env", "xargs", "setsid", "stdbuf", "unbuffer",
          "ionice", "chrt", "taskset", "numactl", "prlimit", "busybox", "toybox", "watch",
          "strace", "ltrace", "gdb", "lldb", "valgrind", "perf", "script", "flock", "parallel",
          "chroot", "unshare", "nsenter", "setpriv", "capsh", "systemd-run", "at", "batch",
          "crontab", "entr", "watchexec", "make", "gmake", "ninja", "just", "task", "rake",
          "ant", "bazel", "cmake", "npx", "pnpx", "bunx", "uvx", "pipx", "direnv", "nix",
          "tmux", "screen", "vim", "vi", "nvim", "ed", "ex", "emacs", "nano", "less", "more",
          "man", "gh", "glab", "ld.so", "ld-linux-x86-64.so.2", "dialog", "start-stop-daemon",
          "runcon", "faketime", "fakeroot", "proot", "dbus-run-session", "xvfb-run",
          "run-parts", "nroff", "psql", "mysql", "sqlite3", "sqlite", "redis-cli", "mongosh",
          "pre-commit", "tox", "nox",
          "poetry", "uv", "pdm", "hatch", "pipenv", "conda", "mamba"],
        Runs::Anything, Network::Never, PATHS),
    row(&["awk", "gawk", "mawk", "nawk", "sed", "gsed"],
        Runs::Anything, Network::Never, Operands::PatternThenPaths(PathTouch::Either)),
    row(&["curl", "wget", "http", "https", "httpie", "xh", "aria2c", "axel", "lynx", "links",
          "w3m", "nc", "ncat", "netcat", "telnet", "ftp", "tftp", "lftp", "dig", "nslookup",
          "host", "ping", "ping6", "traceroute", "tracepath", "mtr", "whois", "nmap", "grpcurl",
          "websocat", "wscat", "drill", "fping", "hping3", "mail", "sendmail",
          "mailx", "mutt"],
        Runs::Nothing, Network::Hosts, Operands::Words),
    row(&["ssh", "mosh", "autossh", "rsh", "slogin", "ssh-copy-id"],
        Runs::Anything, Network::Remotes, Operands::Words),
    row(&["scp", "sftp", "rsync", "rclone", "rcp"],
        Runs::AnythingWith(&["-e", "--rsh", "--rsync-path", "-o", "-S", "-D", "-F"]),
        Network::Remotes, PATHS),
    row(&["socat"], Runs::Anything, Network::Somewhere, Operands::Words),
    row(&["aws", "gcloud", "gsutil", "az", "kubectl", "helm", "terraform", "tofu", "pulumi",
          "ansible", "ansible-playbook", "doctl", "heroku", "flyctl", "vercel", "netlify",
          "wrangler", "s3cmd", "mc"],
        Runs::Anything, Network::Somewhere, Operands::Words),
    row(&["docker", "podman", "nerdctl", "buildah", "skopeo", "crictl", "lxc", "vagrant"],
        Runs::Anything, Network::With(&["pull", "push", "login", "build", "run"]),
        Operands::Words),
    row(&["git"],
        Runs::AnythingBut { fine: GIT_FINE, with: GIT_RUNS },
        Network::With(&["clone", "fetch", "pull", "push", "ls-remote", "submodule", "remote update",
            "archive", "send-email", "svn", "lfs"]),
        Operands::Revisions),
    row(&["cargo"],
        Runs::AnythingBut {
            fine: &["add", "bench", "build", "b", "check", "c", "clean", "clippy", "doc", "d",
                "fetch", "fix", "fmt", "generate-lockfile", "help", "info", "init", "install",
                "locate-project", "login", "logout", "metadata", "new", "owner", "package",
                "pkgid", "publish", "read-manifest", "remove", "rm", "report", "search", "test",
                "t", "tree", "uninstall", "update", "vendor", "verify-project", "version", "yank",
                "--version", "-V"],
            with: &["--config", "-Z", "+", "-C"] },
        Network::With(&["add", "fetch", "info", "install", "login", "owner", "publish", "search",
            "update", "vendor", "yank"]),
        Operands::Words),
    row(&["go"],
        Runs::AnythingBut {
            fine: &["build", "clean", "doc", "env", "fix", "fmt", "get", "help", "install", "list",
                "mod", "test", "version", "vet", "work"],
            with: &["-exec", "--exec", "-toolexec", "--toolexec", "-vettool", "--vettool",
                "-overlay", "--overlay", "-C", "-ldflags", "--ldflags", "-gccgoflags"] },
        Network::With(&["get", "install", "download"]), Operands::Words),
    row(&["npm", "pnpm", "yarn"],
        Runs::AnythingBut {
            fine: &["add", "audit", "ci", "help", "i", "install", "list", "login",
                "logout", "ls", "outdated", "publish", "remove", "rm", "run build", "run format",
                "run lint", "run test", "search", "test", "t", "uninstall", "update", "upgrade",
                "version", "view", "whoami", "why", "--version", "-v"],
            with: &["--script-shell", "--prefix", "--node-options", "--userconfig",
                "--globalconfig", "--config", "-C", "--cwd"] },
        Network::With(&["add", "audit", "ci", "i", "install", "login", "outdated", "publish",
            "search", "update", "upgrade", "view", "whoami", "dlx", "create", "init", "exec",
            "x"]),
        Operands::Words),
    row(&["pip", "pip2", "pip3"],
        Runs::AnythingBut {
            fine: &["check", "config", "download", "freeze", "help", "index", "install", "list",
                "search", "show", "uninstall", "wheel", "--version", "-V"],
            with: &["--python"] },
        Network::With(&["download", "index", "install", "search", "wheel"]), Operands::Words),
    row(&["mvn", "mvnw", "gradle", "gradlew"],
        Runs::AnythingBut {
            fine: &["assemble", "build", "check", "clean", "compile", "dependencies", "help",
                "package", "projects", "tasks", "test", "test-compile", "validate", "verify",
                "--version", "-v"],
            with: &["-D", "-I", "-P", "--init-script", "-s", "--settings", "-gs", "-g", "-b",
                "-c", "-f"] },
        Network::With(&["deploy", "publish"]), Operands::Words),
    row(&["apt", "apt-get", "aptitude", "dnf", "yum", "zypper", "pacman", "apk", "emerge", "brew",
          "port", "snap", "flatpak", "gem", "bundle", "bundler", "composer", "cpan", "cpanm",
          "luarocks", "opam", "cabal", "stack", "rustup", "nvm", "choco", "winget", "scoop"],
        Runs::Anything, Network::Somewhere, Operands::Words),
    row(&["openssl"], Runs::AnythingWith(&["-engine", "engine", "-provider"]),
        Network::With(&["s_client", "s_server", "s_time", "ocsp"]), PATHS),
    row(&["pytest", "py.test"],
        Runs::AnythingWith(&["-p", "-c", "--pyargs", "-o", "--override-ini", "--confcutdir",
            "--rootdir", "--pdbcls", "--import-mode"]),
        Network::Never, PATHS),
    row(&["find"],
        Runs::AnythingWith(&["-exec", "-ok", "-delete", "-fprint", "-fls", "-files0-from"]),
        Network::Never, READS),
    row(&["fd", "fdfind"], Runs::AnythingWith(&["-x", "-X", "--exec"]), Network::Never, READS),
    row(&["rg", "ripgrep"],
        Runs::AnythingWith(&["--pre", "--hostname-bin", "-z", "--search-zip"]),
        Network::Never, Operands::PatternThenPaths(PathTouch::Read)),
    row(&["grep", "egrep", "fgrep", "zgrep"], Runs::Nothing, Network::Never,
        Operands::PatternThenPaths(PathTouch::Read)),
    row(&["ag", "ack"], Runs::AnythingWith(&["--pager"]), Network::Never,
        Operands::PatternThenPaths(PathTouch::Read)),
    row(&["sort"],
        Runs::AnythingWith(&["--c", "-o", "--o", "-T", "--t", "--files0-from", "-S"]),
        Network::Never, READS),
    row(&["tar", "bsdtar", "gtar"],
        Runs::AnythingWith(&["--to-c", "--checkpoint-a", "-I", "--use-c", "-F", "--info-s",
            "--new-v", "--rsh", "--rmt"]),
        Network::Never, PATHS),
    row(&["zip"], Runs::AnythingWith(&["-T", "--unzip", "-TT"]), Network::Never, PATHS),
    row(&["tree"], Runs::AnythingWith(&["-o", "-R"]), Network::Never, READS),
    row(&["diff"], Runs::AnythingWith(&["--to-file", "--from-file"]), Network::Never, READS),
    row(&["file"], Runs::AnythingWith(&["-C", "--compile", "-m", "--magic"]), Network::Never,
        READS),
    row(&["date"], Runs::AnythingWith(&["-s", "--s"]), Network::Never, Operands::Text),
    row(&["cat", "head", "tail", "wc", "cut", "paste", "column", "nl", "tac", "rev", "fold", "fmt",
          "stat", "ls", "dir", "du", "df", "sha1sum", "sha256sum", "sha512sum", "md5sum", "cksum",
          "b2sum", "cmp", "comm", "join", "strings", "od", "xxd", "hexdump", "base64", "base32",
          "readlink", "realpath", "test", "[", "zcat", "bat", "tsort", "expand", "look"],
        Runs::Nothing, Network::Never, READS),
    row(&["jq", "yq"], Runs::Nothing, Network::Never, Operands::PatternThenPaths(PathTouch::Read)),
    row(&["rm", "rmdir", "unlink", "shred", "touch", "mkdir", "truncate", "mkfifo", "mknod",
          "chmod", "chown", "chgrp", "setfacl", "chattr", "patch", "gzip", "gunzip", "bzip2", "xz",
          "zstd", "trash", "sponge"],
        Runs::Nothing, Network::Never, CHANGES),
    row(&["cp", "install", "uniq"], Runs::Nothing, Network::Never, Operands::Sources),
    row(&["mv", "ln", "link", "dd", "tee", "split", "csplit", "unzip", "cpio", "ar"],
        Runs::Nothing, Network::Never, CHANGES),
    row(&["echo", "printf", "true", "false", ":", "pwd", "whoami", "id", "groups", "uname",
          "hostname", "arch", "nproc", "uptime", "tty", "seq", "yes", "sleep", "tr", "basename",
          "dirname", "which", "ps", "free", "locale", "cal", "expr", "factor", "printenv"],
        Runs::Nothing, Network::Never, Operands::Text),
    row(&["cd"], Runs::Nothing, Network::Never, READS),
    row(&["rustc", "gcc", "g++", "cc", "clang", "javac", "ld", "as", "go-build", "tsc", "rustfmt",
          "gofmt"],
        Runs::AnythingWith(&["-wrapper", "-fplugin", "-B", "-C", "-specs", "@", "-Xclang",
            "-processor", "-J", "-Z", "--config"]),
        Network::Never, PATHS),
];

/// Built-ins and keywords that evaluate words, define names or change the shell itself: a plain
/// script has none of them.
#[rustfmt::skip]
pub(crate) const EVALUATING: &[&str] = &[
    ".", "!", "alias", "bind", "builtin", "case", "command", "compgen", "complete", "coproc",
    "declare", "dirs", "do", "done", "elif", "else", "enable", "esac", "eval", "exec",
    "exit", "export", "fc", "fg", "bg", "fi", "for", "function", "getopts", "hash", "help",
    "history", "if", "in", "jobs", "kill", "let", "local", "logout", "mapfile", "noglob", "popd",
    "pushd", "read", "readarray", "readonly", "return", "repeat", "select", "set", "setopt",
    "shift", "shopt", "source", "suspend", "then", "times", "trap", "type", "typeset", "ulimit",
    "umask", "unalias", "unset", "until", "wait", "while", "zmodload", "autoload", "emulate",
    "nocorrect", "-",
];

/// Returns the program of that base name.
pub(crate) fn program(name: &str) -> Option<Program> {
    TABLE.iter().find_map(|row| {
        let name = row.names.iter().find(|entry| **entry == name)?;
        Some(Program { name, runs: row.runs, network: row.network, operands: row.operands })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::TABLE;

    #[test]
    fn no_program_stands_in_two_rows() {
        let mut seen = BTreeSet::new();
        for name in TABLE.iter().flat_map(|row| row.names) {
            assert!(seen.insert(name), "{name}");
        }
    }
}
