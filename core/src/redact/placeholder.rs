//! Values that only stand for a secret: references, code, examples.

use crate::redact::RedactedKind;

const WORDS: [&str; 36] = [
    "true",
    "false",
    "null",
    "none",
    "nil",
    "undefined",
    "yes",
    "no",
    "on",
    "off",
    "string",
    "str",
    "bool",
    "boolean",
    "bytes",
    "int",
    "integer",
    "number",
    "optional",
    "required",
    "any",
    "text",
    "password",
    "passwd",
    "secret",
    "token",
    "value",
    "inherit",
    "redacted",
    "empty",
    "unset",
    "missing",
    "invalid",
    "expired",
    "changeme",
    "key",
];
const STANDING_FOR: [&str; 8] =
    ["your", "example", "placeholder", "changeme", "change-me", "dummy", "insert", "replace"];
const ROOTS: [&str; 16] = [
    "process.env",
    "os.environ",
    "os.getenv",
    "getenv(",
    "system.getenv",
    "env.",
    "env(",
    "env[",
    "secrets.",
    "vars.",
    "var.",
    "config.",
    "settings.",
    "self.",
    "this.",
    "import.meta",
];

/// Returns true where `value` refers to a secret that lies elsewhere.
pub(crate) fn is_reference(value: &str) -> bool {
    let bracketed = |open: &str, close: &str| value.starts_with(open) && value.ends_with(close);
    let percent = value.len() > 2
        && bracketed("%", "%")
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'%' | b'_'));
    let dollar =
        value.strip_prefix('$').is_some_and(|rest| rest.starts_with(['{', '(']) || is_name(rest));
    value.is_empty()
        || dollar
        || percent
        || bracketed("{{", "}}")
        || bracketed("{", "}")
        || bracketed("<", ">")
        || is_masked(value)
}

/// Returns true where `value` is no secret: too short for its kind, a reference, a placeholder, or
/// where it stands `bare`, without quotes, code.
pub(crate) fn is_harmless(value: &str, kind: RedactedKind, bare: bool) -> bool {
    // Nothing that only stands for a secret is that long, and looking stays cheap.
    if value.len() > 512 {
        return false;
    }
    if is_reference(value) {
        return true;
    }
    let password = kind == RedactedKind::Password;
    let login = kind == RedactedKind::RegistryToken;
    let shortest = if password {
        4
    } else if login {
        16
    } else {
        8
    };
    if value.chars().count() < shortest {
        return true;
    }
    let lower = value.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str()) {
        return true;
    }
    let number = value
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'_' | b'-' | b'%'));
    if number && !password {
        return true;
    }
    // Words of a placeholder count only where nothing random stands beside them.
    let plain =
        value.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b' '));
    if plain && STANDING_FOR.iter().any(|word| lower.contains(word)) {
        return true;
    }
    if is_location(&lower, password) {
        return true;
    }
    // Prose: a made token has digits, or capitals in its middle.
    let word = plain && !value.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    if bare && word && !password && value.len() < 20 {
        return true;
    }
    bare && is_code(value, &lower)
}

/// Paths, links and names of resources.
fn is_location(lower: &str, password: bool) -> bool {
    let path = ["/", "./", "../", "~/"].iter().any(|start| lower.starts_with(start))
        && (!password || lower.matches('/').count() > 1);
    let link = ["http://", "https://", "file://", "arn:", "sha256:", "sha512-"]
        .iter()
        .any(|start| lower.starts_with(start));
    path || link
}

/// Expressions that compute the value: calls, paths of names, indexing.
fn is_code(value: &str, lower: &str) -> bool {
    if ROOTS.iter().any(|root| lower.starts_with(root)) || value.contains("::") {
        return true;
    }
    let name_end = value
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
        .count();
    let (name, rest) = value.split_at_checked(name_end).unwrap_or((value, ""));
    if !name.is_empty() && rest.starts_with(['(', '[']) {
        return true;
    }
    let segments = name.split('.').all(is_identifier);
    rest.is_empty() && segments && (name.contains('.') || name.contains('_'))
}

/// A word that a programmer would write: no digits, not in a mixture of cases.
fn is_identifier(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        || camel(segment)
}

fn camel(segment: &str) -> bool {
    let changes = segment
        .as_bytes()
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() != b.is_ascii_lowercase()))
        .count();
    segment.bytes().all(|byte| byte.is_ascii_alphabetic()) && changes * 3 <= segment.len()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Only stars, dots, dashes or crosses.
fn is_masked(value: &str) -> bool {
    let mut chars = value.chars();
    let first = chars.next();
    first.is_some_and(|c| matches!(c, '*' | '.' | '-' | 'x' | 'X' | '•' | '#' | '_' | '…'))
        && chars.all(|c| Some(c) == first)
}
