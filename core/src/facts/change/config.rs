//! Configuration before and after: what cannot destroy data or service.

use crate::facts::change::layout::Format;
use crate::facts::doubt::shown;
use crate::facts::manifest::ManifestError;
use crate::facts::manifest::Tree;
use crate::facts::manifest::read_json;
use crate::facts::manifest::read_lines;
use crate::facts::manifest::read_toml;
use crate::facts::manifest::read_yaml;

/// Reads configuration; `None` where its format is not read.
pub(crate) fn read(format: Format, text: &str) -> Option<Result<Tree, ManifestError>> {
    Some(match format {
        Format::Json => read_json(text),
        Format::Lines => read_lines(text),
        Format::Toml => read_toml(text),
        Format::Yaml => read_yaml(text),
        Format::Other => return None,
    })
}

/// Returns the first thing in a change that is not known to be harmless.
///
/// Harmless are keys that come, items that come at the end of a list, and scalars that change to
/// another of their kind; none may have a name that touches data, access or what is run.
pub(crate) fn harm(before: Option<&Tree>, after: &Tree) -> Option<String> {
    difference("", before, after)
}

fn difference(way: &str, before: Option<&Tree>, after: &Tree) -> Option<String> {
    let Some(before) = before else {
        return added(way, after);
    };
    if before == after {
        return None;
    }
    match (before, after) {
        (Tree::Map(old), Tree::Map(new)) => {
            if let Some(key) = old.keys().find(|key| !new.contains_key(*key)) {
                return Some(told("is removed", &below(way, key)));
            }
            new.iter().find_map(|(key, value)| difference(&below(way, key), old.get(key), value))
        }
        (Tree::List(old), Tree::List(new)) => {
            if new.len() < old.len() {
                return Some(told("loses items", way));
            }
            let items = new.iter().enumerate();
            items.clone().find_map(|(index, item)| difference(way, old.get(index), item))
        }
        (Tree::Text(_), Tree::Text(new)) | (Tree::Plain(_), Tree::Plain(new)) => {
            scalar(way, before, new)
        }
        (Tree::Map(_) | Tree::List(_) | Tree::Text(_) | Tree::Plain(_), _) => {
            Some(told("becomes a value of another kind", way))
        }
    }
}

fn added(way: &str, tree: &Tree) -> Option<String> {
    match tree {
        Tree::Map(map) => map.iter().find_map(|(key, value)| added(&below(way, key), value)),
        Tree::List(items) => items.iter().find_map(|item| added(way, item)),
        Tree::Text(text) | Tree::Plain(text) => touchy(way, text),
    }
}

fn scalar(way: &str, before: &Tree, new: &str) -> Option<String> {
    let old = match before {
        Tree::Plain(old) | Tree::Text(old) => old,
        Tree::List(_) | Tree::Map(_) => "",
    };
    match (is_zero(old), is_zero(new)) {
        (Some(false), Some(true)) => return Some(told("goes down to nothing", way)),
        (Some(_), None) | (None, Some(_)) => {
            return Some(told("becomes a value of another kind", way));
        }
        (Some(_), Some(_)) | (None, None) => {}
    }
    let flag = |text: &str| matches!(text, "true" | "false");
    if flag(old) != flag(new) {
        return Some(told("becomes a value of another kind", way));
    }
    touchy(way, old).or_else(|| touchy(way, new))
}

/// Returns whether a number is zero, whatever unit stands behind it; `None` where none is there.
fn is_zero(text: &str) -> Option<bool> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let end = digits.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_')));
    let number = digits.get(..end.unwrap_or(digits.len()))?;
    let starts = number.starts_with(|c: char| c.is_ascii_digit());
    starts.then(|| number.bytes().all(|b| matches!(b, b'0' | b'.' | b'_')))
}

/// Returns why a value is not known to be harmless, by the words of its keys and by itself.
fn touchy(way: &str, value: &str) -> Option<String> {
    if words(way).iter().any(|word| KEYS.contains(&word.as_str())) {
        return Some(told("touches data, access or what is run", way));
    }
    let runs = ["$(", "`", "://", "${", "{{", "<%"].iter().any(|sign| value.contains(sign));
    if runs || words(value).iter().any(|word| VALUES.contains(&word.as_str())) {
        return Some(told("has a value that is not harmless by itself", way));
    }
    None
}

/// Returns the words of a name in lower case, without the `s` of more than one.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut lower_before = false;
    for c in text.chars().chain(std::iter::once(' ')) {
        let starts = !c.is_alphanumeric() || (c.is_uppercase() && lower_before);
        if starts && !word.is_empty() {
            let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
            if plural {
                word.pop();
            }
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        lower_before = c.is_lowercase() || c.is_ascii_digit();
    }
    words
}

fn below(way: &str, key: &str) -> String {
    if way.is_empty() { key.to_owned() } else { [way, ".", key].concat() }
}

fn told(what: &str, way: &str) -> String {
    ["`", &shown(way), "` ", what].concat()
}

/// Words of keys whose values touch data, access, or what is run.
const KEYS: &[&str] = &[
    "access",
    "acl",
    "admin",
    "allow",
    "apikey",
    "arg",
    "auth",
    "authentication",
    "authorization",
    "autocommit",
    "backup",
    "ca",
    "cert",
    "certificate",
    "class",
    "classpath",
    "cmd",
    "command",
    "container",
    "cookie",
    "cors",
    "credential",
    "cron",
    "csrf",
    "database",
    "datasource",
    "db",
    "ddl",
    "delete",
    "deletion",
    "destroy",
    "disable",
    "disk",
    "dns",
    "domain",
    "driver",
    "drop",
    "encryption",
    "endpoint",
    "entrypoint",
    "exec",
    "expire",
    "expiration",
    "file",
    "firewall",
    "force",
    "function",
    "group",
    "handler",
    "hook",
    "host",
    "identity",
    "image",
    "import",
    "include",
    "ingress",
    "init",
    "insecure",
    "jdbc",
    "jwt",
    "key",
    "kill",
    "ldap",
    "login",
    "migration",
    "mount",
    "network",
    "oauth",
    "origin",
    "owner",
    "pass",
    "passphrase",
    "password",
    "path",
    "permission",
    "persistence",
    "plugin",
    "policy",
    "policie",
    "private",
    "privilege",
    "privileged",
    "proxy",
    "prune",
    "purge",
    "redirect",
    "registry",
    "replica",
    "repository",
    "restart",
    "retention",
    "role",
    "run",
    "saml",
    "sandbox",
    "schema",
    "script",
    "secret",
    "security",
    "sentinel",
    "server",
    "service",
    "session",
    "shell",
    "shutdown",
    "sign",
    "signature",
    "source",
    "sql",
    "ssh",
    "ssl",
    "storage",
    "sudo",
    "terminate",
    "tls",
    "token",
    "truncate",
    "trust",
    "uri",
    "url",
    "user",
    "username",
    "verify",
    "volume",
    "webhook",
    "wipe",
];

/// Words of values that are not harmless under any key.
const VALUES: &[&str] = &[
    "create", "delete", "destroy", "drop", "none", "off", "purge", "root", "sudo", "truncate",
    "wipe", "bash", "curl", "wget", "sh", "eval", "exec",
];
