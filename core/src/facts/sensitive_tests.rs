use super::SensitiveKind;
use super::holds_sensitive;
use super::sensitive;

#[test]
fn tells_what_a_path_gives_away_however_it_is_written() {
    for (kind, paths) in [
        (
            SensitiveKind::PrivateKeys,
            "~/.ssh/id_rsa|~/.ssh|~root/.ssh/authorized_keys|$HOME/.ssh/x|${HOME}/.ssh/x|/root/.ssh/x|\
             /home/ana/.ssh/id_ed25519|/Users/ana/.ssh/x|/var/root/.ssh/x|~/x/../.ssh/id_rsa|\
             /home/ana/../bo/.ssh/x|~/.SSH/id_rsa|~/.ssh./id_rsa|~/.s\u{200b}sh/x|~/\u{2024}ssh/x|\
             ~/.ss*/x|~/.ssh/*|/home/*/.ssh/id_*|keys/id_rsa|../../.ssh/config|\\home\\ana\\.ssh\\x|\
             /mnt/backup/home/ana/.gnupg/x|/etc/ssl/private/x.key|/etc/ssh/ssh_host_rsa_key|\
             ~/%2essh/id_rsa|~/.\u{455}sh/x",
        ),
        (
            SensitiveKind::CloudCredentials,
            "~/.aws/credentials|/root/.kube/config|~/.config/gcloud/x|.aws/credentials|\
             /var/run/secrets/kubernetes.io/serviceaccount/token|/run/secrets/db",
        ),
        (
            SensitiveKind::CredentialStore,
            "~/.netrc|x/.git-credentials|~/.npmrc|~/.docker/config.json|~/.cargo/credentials.toml|\
             ~/.m2/settings.xml|GIT-CR~1|~/.config/gh/hosts.yml",
        ),
        (
            SensitiveKind::PasswordHashes,
            "/etc/shadow|//etc/shadow|/etc/./shadow|/usr/../etc/shadow|/etc/shadow-|/etc/sudoers.d/x|\
             /etc/sh?dow|/etc/s*|/etc/*|/private/etc/master.passwd|/host/etc/shadow|/ETC/SHADOW|\
             /../../etc/shadow|/etc/{shadow,x}",
        ),
        (
            SensitiveKind::ProcessInside,
            "/proc/1/environ|/proc/self/environ|/proc/*/environ|/proc/self/mem|/proc/1/root/etc|\
             /proc/self/root|/proc/self/cwd/x|/proc/1/fd/3|/proc/1/task/2/environ|/proc/*/e*|\
             /proc/thread-self/environ|/proc/1/cmdline|/proc/[0-9]*/environ",
        ),
        (
            SensitiveKind::ContainerControl,
            "/var/run/docker.sock|/run/docker.sock|/run/containerd/containerd.sock|x/docker.sock|\
             /run/user/1000/podman/podman.sock",
        ),
        (
            SensitiveKind::RawDevice,
            "/dev/sda|/dev/nvme0n1p1|/dev/mem|/dev/mapper/x|/dev/disk/by-id/x|/dev/../dev/sda|\
             /dev/sd*|/dev/loop0|/proc/kcore|/dev/kvm|/dev/./vda",
        ),
        (SensitiveKind::ShellHistory, "~/.bash_history|~/.python_history|/root/.history"),
        (SensitiveKind::BrowserProfile, "~/.mozilla/firefox/x|~/.config/google-chrome/Default"),
    ] {
        for path in paths.split('|') {
            assert_eq!(sensitive(path), Some(kind), "{path}");
        }
    }
}

#[test]
fn says_nothing_of_what_programs_touch_every_day() {
    for path in "src/lib.rs|/ws/repo/src/lib.rs|/dev/null|/dev/stdin|/dev/fd/3|/dev/tty|/dev/zero|\
         /dev/urandom|/dev/shm/x|/dev/pts/0|/proc/cpuinfo|/proc/self/status|/proc/meminfo|\
         /proc/self/fd/0|/proc/1/stat|/etc/hosts|/etc/passwd|/etc/os-release|/etc/ssl/certs/x.pem|\
         ~/.cargo/bin/x|~/.config/nvim/init.lua|~/src/x|/home/ana/repo/src|/usr/bin/ls|/tmp/x|*|*.rs|\
         src/*|.npmrc|settings.xml|docs/ssh.md|id_rsa.pub|/run/x.pid|/etc/shells|.|..|~|/|\
         /etc/ssh/ssh_config|/ws/repo/.env|a/.config/x|.*"
        .split('|')
    {
        assert_eq!(sensitive(path), None, "{path}");
    }
    assert_eq!(sensitive(""), None);
}

#[test]
fn a_folder_above_holds_what_lies_below() {
    for path in
        ["/", "/etc", "/home", "/home/ana", "/root", "~", "$HOME", "~/.config", "/etc/", "/*"]
    {
        assert!(holds_sensitive(path), "{path}");
    }
    for path in ["/proc", "/proc/1", "/dev", "/run", "/var/run", "/usr/..", "/Users"] {
        assert!(holds_sensitive(path), "{path}");
    }
    for path in ["src", ".", "/usr", "/tmp", "/ws/repo", "/etc/ssl/certs", "/dev/shm", "~/src"] {
        assert!(!holds_sensitive(path), "{path}");
    }
}

#[test]
fn long_paths_take_no_long_time() {
    let path = format!("/{}", "a/../%25".repeat(20_000));
    assert_eq!(sensitive(&path), None);
    assert_eq!(sensitive(&"~/a*/".repeat(20_000)), None);
}
