//! Paths of a machine that hold its secrets or its devices, known by their text alone.

use crate::facts::disguise::plain_component;
use crate::facts::disguise::plain_text;
use crate::facts::glob::folded;
use crate::facts::host::percent_decoded;
use crate::facts::sensitive_table::ANYWHERE;
use crate::facts::sensitive_table::DEVICES;
use crate::facts::sensitive_table::HOME;
use crate::facts::sensitive_table::PROCESS;
use crate::facts::sensitive_table::ROOT;
use crate::model::closed_table;

closed_table! {
    /// What a path of a machine gives away, or opens, to whoever touches it.
    SensitiveKind: "sensitive kind" {
        /// Cookies and passwords of a browser.
        BrowserProfile = "browser_profile",
        /// Credentials for a cloud or a cluster.
        CloudCredentials = "cloud_credentials",
        /// The socket that starts containers, or their storage.
        ContainerControl = "container_control",
        /// Passwords and tokens that tools keep.
        CredentialStore = "credential_store",
        /// The hashes of passwords, and who may become root.
        PasswordHashes = "password_hashes",
        /// Keys that sign or log in.
        PrivateKeys = "private_keys",
        /// The environment, memory or files of a process.
        ProcessInside = "process_inside",
        /// A device of the machine.
        RawDevice = "raw_device",
        /// What was typed into a shell.
        ShellHistory = "shell_history",
    }
}

/// Returns what the path gives away: `~`, `$HOME` and the usual home folders are one, `..` is
/// resolved, case and disguises do not count, and `*`, `?` and brackets meet what they could match.
///
/// # Example
/// ```
/// use bailiwick::SensitiveKind;
/// use bailiwick::sensitive;
///
/// assert_eq!(sensitive("~/.ssh/id_rsa"), Some(SensitiveKind::PrivateKeys));
/// assert_eq!(sensitive("/proc/*/environ"), Some(SensitiveKind::ProcessInside));
/// assert_eq!(sensitive("/dev/null"), None);
/// ```
pub fn sensitive(path: &str) -> Option<SensitiveKind> {
    readings(path).iter().find_map(Place::kind)
}

/// Returns true where a folder has something sensitive below it, as `/`, `/etc` and `~` have: what
/// walks through it gives that away.
pub fn holds_sensitive(folder: &str) -> bool {
    readings(folder).iter().any(Place::holds)
}

/// Where a path starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Root,
    Home,
    Somewhere,
}

/// A path as folded names from where it starts.
#[derive(Debug)]
struct Place {
    start: Start,
    names: Vec<String>,
}

/// Returns the places that a path may be: as written, and without its disguises.
fn readings(path: &str) -> Vec<Place> {
    let mut out = Vec::new();
    let mut text = path.to_owned();
    for _ in 0..READINGS {
        let place = Place::of(&text);
        let plain = place.undisguised();
        out.extend(plain.as_ref().and_then(Place::at_home));
        out.extend(plain);
        out.extend(place.at_home());
        out.push(place);
        let decoded = percent_decoded(&text).unwrap_or_else(|| text.clone());
        let next = plain_text(&decoded).unwrap_or(decoded);
        if next == text {
            break;
        }
        text = next;
    }
    out
}

impl Place {
    fn of(path: &str) -> Self {
        let start = path.split(['/', '\\']).next().unwrap_or_default();
        let home = start.starts_with('~') || matches!(start, "$HOME" | "${HOME}");
        let start = match (home, start.is_empty() && !path.is_empty()) {
            (true, _) => Start::Home,
            (false, true) => Start::Root,
            (false, false) => Start::Somewhere,
        };
        let mut names: Vec<String> = Vec::new();
        for name in path.split(['/', '\\']).skip(usize::from(start == Start::Home)) {
            match name {
                "" | "." => {}
                ".." => {
                    names.pop();
                }
                name => names.push(folded(name).into_owned()),
            }
        }
        if start == Start::Root && names.first().is_some_and(|name| name == "private") {
            // Where macOS keeps what it shows as `/etc` and `/var`.
            names.remove(0);
        }
        Self { start, names }
    }

    fn undisguised(&self) -> Option<Self> {
        let disguised = self.names.iter().any(|name| plain_component(name).is_some());
        disguised.then(|| {
            let plain = |name: &String| plain_component(name).unwrap_or_else(|| name.clone());
            Self { start: self.start, names: self.names.iter().map(plain).collect() }
        })
    }

    /// Returns the place in the home folder that a path from the root is.
    fn at_home(&self) -> Option<Self> {
        if self.start != Start::Root {
            return None;
        }
        let depth = match self.names.first()?.as_str() {
            "root" => 1,
            "home" | "users" => 2,
            "var" | "usr" | "export" => match self.names.get(1)?.as_str() {
                "root" => 2,
                "home" => 3,
                _ => return None,
            },
            _ => return None,
        };
        Some(Self { start: Start::Home, names: self.names.get(depth..)?.to_vec() })
    }

    fn kind(&self) -> Option<SensitiveKind> {
        let first = self.names.first().map(String::as_str).filter(|_| self.start == Start::Root);
        if first == Some("dev") && self.is_device() {
            return Some(SensitiveKind::RawDevice);
        }
        if first == Some("proc") && self.is_inside_process() {
            return Some(SensitiveKind::ProcessInside);
        }
        let table = match self.start {
            Start::Home => HOME,
            Start::Root => ROOT,
            Start::Somewhere => &[],
        };
        if let Some((_, kind)) = table.iter().find(|(entry, _)| self.lies_at(entry)) {
            return Some(*kind);
        }
        self.anywhere()
    }

    fn is_device(&self) -> bool {
        self.names.get(1).is_some_and(|name| !DEVICES.contains(&name.as_str()))
    }

    fn is_inside_process(&self) -> bool {
        let mut names = self.names.get(2..).unwrap_or_default();
        if let Some(("task", rest)) = names.split_first().map(|(name, rest)| (name.as_str(), rest))
        {
            names = rest.get(1..).unwrap_or_default();
        }
        let own = self.names.get(1).is_some_and(|name| name.ends_with("self"));
        names.first().is_some_and(|name| {
            PROCESS.iter().any(|known| meets(known, name) && !(own && *known == "fd"))
        })
    }

    fn anywhere(&self) -> Option<SensitiveKind> {
        let found = ANYWHERE.iter().find(|(entry, _)| {
            let length = entry.split('/').count();
            self.names.windows(length).any(|names| {
                entry.split('/').zip(names).all(|(known, name)| {
                    // `*` and `.*` stand for everything and say nothing.
                    name.chars().filter(|c| !is_wild(*c)).nth(1).is_some() && meets(known, name)
                })
            })
        });
        found.map(|(_, kind)| *kind)
    }

    /// Returns true where the path is that of `entry`, or lies below it.
    fn lies_at(&self, entry: &str) -> bool {
        let mut names = self.names.iter();
        entry.split('/').all(|known| names.next().is_some_and(|name| meets(known, name)))
    }

    /// Returns true where an entry lies below the path.
    fn holds(&self) -> bool {
        let below = |entry: &str| {
            let mut known = entry.split('/');
            self.names.iter().all(|name| known.next().is_some_and(|known| meets(known, name)))
                && known.next().is_some()
        };
        match self.start {
            Start::Home => self.names.is_empty() || HOME.iter().any(|(entry, _)| below(entry)),
            Start::Root => {
                ROOT.iter().any(|(entry, _)| below(entry))
                    || FOLDERS.iter().any(|entry| below(entry))
            }
            Start::Somewhere => false,
        }
    }
}

/// Returns true where `name`, which may be a glob, can be `known`, which may have one `*`.
fn meets(known: &str, name: &str) -> bool {
    let wild = name.contains(is_wild);
    let (known_head, known_tail) = known.split_once('*').unwrap_or((known, known));
    if !wild && !known.contains('*') {
        return known == name;
    }
    if known.starts_with('.') && name.starts_with(is_wild) {
        // A shell's glob leaves names with a dot out.
        return false;
    }
    let head = name.split(is_wild).next().unwrap_or_default();
    let tail = name.rsplit(is_wild).next().unwrap_or_default();
    let enough = wild || name.len() + 1 >= known.len();
    enough
        && (head.starts_with(known_head) || (wild && known_head.starts_with(head)))
        && (tail.ends_with(known_tail) || (wild && known_tail.ends_with(tail)))
}

const fn is_wild(c: char) -> bool {
    matches!(c, '*' | '?' | '[' | ']' | '{' | '}')
}

/// Disguises on top of each other that are taken off.
const READINGS: usize = 4;
/// Folders that hold homes, devices and processes.
const FOLDERS: [&str; 6] =
    ["home/*/x", "root/x", "users/*/x", "var/root/x", "dev/x", "proc/*/environ"];

#[cfg(test)]
#[path = "sensitive_tests.rs"]
mod tests;
