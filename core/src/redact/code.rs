//! Values that are no text but compute one, and values that say where something lies.

use crate::redact::bytes::ByteSet;
use crate::redact::placeholder::is_random;
use crate::redact::reference::is_name;

const ROOTS: &[&[u8]] = &[
    b"process.env",
    b"os.environ",
    b"os.getenv",
    b"getenv(",
    b"system.getenv",
    b"env.",
    b"env(",
    b"env[",
    b"secrets.",
    b"vars.",
    b"var.",
    b"config.",
    b"settings.",
    b"self.",
    b"this.",
    b"import.meta",
    b"data.",
    b"local.",
    b"module.",
    b"params.",
    b"props.",
    b"ctx.",
    b"req.",
    b"request.",
    b"options.",
    b"args.",
    b"process.argv",
];
const NAME: ByteSet = ByteSet::alnum_and(b"_");
const DOTTED: ByteSet = ByteSet::alnum_and(b"_.-");
const PLACES: &[&[u8]] = &[
    b"http://",
    b"https://",
    b"file://",
    b"arn:",
    b"projects/",
    b"op://",
    b"vault:",
    b"ref+",
    b"env:",
    b"file:",
];

/// Paths, links and names of resources, unless a part of them looks made by a machine.
pub(crate) fn is_location(value: &[u8], lower: &[u8], password: bool) -> bool {
    let begins = |starts: &[&[u8]]| starts.iter().any(|start| lower.starts_with(start));
    let digest = |name: &[u8], lengths: &[usize]| {
        lower.strip_prefix(name).is_some_and(|rest| lengths.contains(&rest.len()))
    };
    if digest(b"sha256:", &[64]) || digest(b"sha512-", &[86, 88]) {
        return true;
    }
    let slashes = value.iter().filter(|byte| **byte == b'/').count();
    let mut parts = value.split(|byte| b"/:?&=#@".contains(byte));
    let path = begins(&[b"/", b"./", b"../", b"~/"])
        && (!password
            || slashes > 1
                && parts.clone().all(|part| part.iter().all(|b| DOTTED.has(*b) || *b == b'~')));
    // A URL may hold a password of its own, which is found by its shape.
    (path || begins(PLACES)) && !parts.any(is_made)
}

/// Returns true for a part of a path that nobody would name a file.
fn is_made(part: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| part.iter().filter(|byte| is(byte)).count();
    let (digits, upper, lower) =
        (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let joint = part.iter().any(|byte| b"-._".contains(byte));
    part.len() >= 10 && upper >= 2 && lower >= 2 && digits >= 2
        || part.len() >= 20 && digits >= 4 && upper + lower >= 4 && !joint
}

/// Expressions that compute the value: calls, paths of names, indexing.
pub(crate) fn is_code(value: &[u8], lower: &[u8]) -> bool {
    if is_call(value, lower) || is_path(value) {
        return true;
    }
    if value.starts_with(b"&") || value.starts_with(b"*") || value.starts_with(b"@") {
        return is_name(value.get(1..).unwrap_or(&[])) && !value.iter().any(u8::is_ascii_digit);
    }
    let name_end = value.iter().take_while(|byte| NAME.has(**byte) || **byte == b'.').count();
    let (name, rest) = value.split_at_checked(name_end).unwrap_or((value, &[]));
    if rest.starts_with(b"<") && rest.ends_with(b">") && is_callee(name) {
        return true;
    }
    let segments = name.split(|byte| *byte == b'.').all(is_identifier);
    rest.is_empty() && segments && (name.contains(&b'.') || name.contains(&b'_') || camel(name))
}

/// Calls and indexing, and what begins like a look into the environment.
pub(crate) fn is_call(value: &[u8], lower: &[u8]) -> bool {
    let made = || value.split(|byte| !NAME.has(*byte)).any(|word| is_random(word, 12));
    if ROOTS.iter().any(|root| lower.starts_with(root)) && !made() {
        return true;
    }
    let name_end = value.iter().take_while(|byte| NAME.has(**byte) || b".:".contains(byte)).count();
    let (name, rest) = value.split_at_checked(name_end).unwrap_or((value, &[]));
    let open = matches!(rest.first(), Some(b'(' | b'['));
    // What stands behind the value closes the bracket, or goes on in it.
    let closing = rest.iter().rposition(|byte| b")]".contains(byte));
    let behind = closing.and_then(|at| rest.get(at + 1)).is_some_and(|byte| b".?[".contains(byte));
    let closed = rest.last().is_some_and(|byte| b")],;\"'".contains(byte)) || behind;
    open && (closed || rest.len() == 1) && is_callee(name)
}

fn is_callee(name: &[u8]) -> bool {
    !name.is_empty() && name.len() <= 64 && !is_random(name, 10)
}

/// `name::name`, `name->name`.
fn is_path(value: &[u8]) -> bool {
    let joined = value.windows(2).any(|pair| pair == b"::" || pair == b"->");
    let mut words = value.split(|byte| !NAME.has(*byte));
    joined
        && !words.any(|word| is_random(word, 8))
        && value.iter().all(|byte| NAME.has(*byte) || b":->.()<&[]".contains(byte))
}

/// A word that a programmer would write: no digits, not in a mixture of cases.
fn is_identifier(segment: &[u8]) -> bool {
    !segment.is_empty() && segment.iter().all(|byte| byte.is_ascii_lowercase() || *byte == b'_')
        || segment.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_')
        || camel(segment)
}

/// Returns true for `someName`: letters alone, few capitals.
fn camel(segment: &[u8]) -> bool {
    let changes = segment
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() != b.is_ascii_lowercase()))
        .count();
    segment.len() > 1 && segment.iter().all(u8::is_ascii_alphabetic) && changes * 3 <= segment.len()
}
