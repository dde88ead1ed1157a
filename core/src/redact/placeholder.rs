//! Values that only stand for a secret: references, code, examples.

use crate::redact::bytes::ByteSet;
use crate::redact::kind::Kind;

/// Nothing that only stands for a secret is longer, and looking stays cheap.
const LONGEST: usize = 512;

const WORDS: &[&[u8]] = &[
    b"true",
    b"false",
    b"null",
    b"none",
    b"nil",
    b"undefined",
    b"yes",
    b"no",
    b"on",
    b"off",
    b"string",
    b"str",
    b"bool",
    b"boolean",
    b"bytes",
    b"int",
    b"integer",
    b"number",
    b"optional",
    b"required",
    b"any",
    b"text",
    b"password",
    b"passwd",
    b"secret",
    b"token",
    b"value",
    b"inherit",
    b"redacted",
    b"empty",
    b"unset",
    b"missing",
    b"invalid",
    b"expired",
    b"changeme",
    b"key",
    b"bearer",
    b"default",
    b"secrets",
    b"tokens",
    b"object",
    b"unknown",
    b"disabled",
    b"enabled",
    b"masked",
    b"hidden",
    b"prompt",
    b"env",
    b"file",
    b"static",
    b"self",
    b"this",
    b"const",
    b"void",
    b"input",
    b"output",
    b"option",
    b"<nil>",
    b"todo",
    b"n/a",
    b"username",
    b"user",
    b"pass",
    b"hmacsha256",
    b"hmac-sha256",
    b"hs256",
    b"rs256",
    b"es256",
    b"sha256",
    b"aes-256-gcm",
    b"utf-8",
    b"redacted]",
    b"failed",
    b"accepted",
    b"rejected",
    b"changed",
    b"wrong",
    b"success",
    b"sensitive",
    b"environment",
    b"production",
    b"development",
    b"staging",
    b"testing",
    b"localhost",
    b"provided",
    b"configured",
    b"generated",
    b"anonymous",
];
const STANDING_FOR: &[&[u8]] = &[
    b"your",
    b"example",
    b"placeholder",
    b"changeme",
    b"change-me",
    b"change_me",
    b"dummy",
    b"insert",
    b"replace",
    b"redacted",
    b"xxxx",
    b"sample",
    b"goes-here",
    b"goes_here",
    b"my-",
    b"my_",
];
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

/// Returns true where `value` refers to a secret that lies elsewhere.
pub(crate) fn is_reference(value: &[u8]) -> bool {
    let bracketed = |open: &[u8], close: &[u8]| value.starts_with(open) && value.ends_with(close);
    let percent = value.len() > 2
        && bracketed(b"%", b"%")
        && value.iter().all(|byte| NAME.has(*byte) || *byte == b'%');
    let dollar = value
        .strip_prefix(b"$")
        .map(|rest| rest.strip_prefix(b"env:").unwrap_or(rest))
        .is_some_and(|rest| rest.starts_with(b"{") || rest.starts_with(b"(") || is_name(rest));
    let at = value.len() > 2
        && bracketed(b"@", b"@")
        && value.iter().all(|byte| NAME.has(*byte) || matches!(byte, b'@' | b'.'));
    value.is_empty()
        || dollar
        || at
        || percent
        || bracketed(b"{{", b"}}")
        || bracketed(b"{", b"}")
        || bracketed(b"<", b">")
        || value.starts_with(b"${") && value.ends_with(b"}")
        || value.starts_with(b"env(") && value.ends_with(b")")
        || value.starts_with(b"%(") && value.ends_with(b")s")
        || value.strip_prefix(b":").is_some_and(|name| is_name(name) && name.contains(&b'_'))
        || value.starts_with(b"((")
        || value.starts_with(b"{{")
        || value.starts_with(b"<%")
        || value.starts_with(b"#{")
        || value.starts_with(b"[REDACTED]")
        || value.starts_with(b"(") && value.iter().all(|byte| !byte.is_ascii_digit())
        || value.starts_with(b"!vault")
        || is_masked(value)
}

/// Returns true where `value` is no secret: too short for its kind, a reference, a placeholder, or
/// where it stands `bare`, without quotes, code.
pub(crate) fn is_harmless(value: &[u8], kind: Kind, bare: bool) -> bool {
    if value.len() > LONGEST {
        return false;
    }
    if is_reference(value) {
        return true;
    }
    let password = kind == Kind::Password;
    let shortest = match kind {
        Kind::Password => 4,
        Kind::RegistryToken | Kind::Cookie | Kind::SignedUrl => 16,
        _ => 8,
    };
    let length = value.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    if length < shortest {
        return true;
    }
    let mut buffer = [0u8; LONGEST];
    let lower = lower(value, &mut buffer);
    if WORDS.contains(&lower) {
        return true;
    }
    let number = value
        .iter()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'_' | b'-' | b'%'));
    if number && (!password || value.contains(&b'.')) {
        return true;
    }
    // Words of a placeholder count only where nothing random stands beside them.
    let plain =
        value.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b' '));
    let holds = |word: &&[u8]| lower.windows(word.len()).any(|window| window == *word);
    if plain && STANDING_FOR.iter().any(holds) {
        return true;
    }
    if is_location(lower, password) {
        return true;
    }
    // Prose: a made token has digits, or capitals in its middle.
    let word = plain && !value.iter().skip(1).any(u8::is_ascii_uppercase);
    if bare && word && !password && value.len() < 20 {
        return true;
    }
    bare && is_code(value, lower)
}

/// Returns true where `value` is a word that only stands for a secret, such as `password` itself.
pub(crate) fn is_word(value: &[u8]) -> bool {
    let mut buffer = [0u8; LONGEST];
    value.len() <= LONGEST && {
        let lower = lower(value, &mut buffer);
        let plain =
            value.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
        let holds = |word: &&[u8]| lower.windows(word.len()).any(|window| window == *word);
        WORDS.contains(&lower) || (plain && STANDING_FOR.iter().any(holds))
    }
}

/// Returns true where `value` looks made by a machine: letters and digits mixed, and long enough.
pub(crate) fn is_random(value: &[u8], least: usize) -> bool {
    let count = |is: fn(&u8) -> bool| value.iter().filter(|byte| is(byte)).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let mixed = digits >= 2 && letters >= 2 || (upper >= 2 && lower >= 2 && digits >= 1);
    let mut seen = [0u64; 4];
    for byte in value {
        if let Some(word) = seen.get_mut(usize::from(byte >> 6)) {
            *word |= 1 << (byte & 63);
        }
    }
    let distinct: u32 = seen.iter().map(|word| word.count_ones()).sum();
    value.len() >= least && mixed && distinct >= 6 && !value.contains(&b' ')
}

fn lower<'a>(value: &[u8], buffer: &'a mut [u8; LONGEST]) -> &'a [u8] {
    for (to, from) in buffer.iter_mut().zip(value) {
        *to = from.to_ascii_lowercase();
    }
    buffer.get(..value.len()).unwrap_or(&[])
}

/// Paths, links and names of resources.
fn is_location(lower: &[u8], password: bool) -> bool {
    let begins = |starts: &[&[u8]]| starts.iter().any(|start| lower.starts_with(start));
    let slashes = lower.iter().filter(|byte| **byte == b'/').count();
    let path = begins(&[b"/", b"./", b"../", b"~/"]) && (!password || slashes > 1);
    // A URL may hold a password of its own, which is found by its shape.
    path || begins(&[
        b"http://",
        b"https://",
        b"file://",
        b"arn:",
        b"sha256:",
        b"sha512-",
        b"projects/",
        b"op://",
        b"vault:",
        b"ref+",
        b"env:",
        b"file:",
    ])
}

/// Expressions that compute the value: calls, paths of names, indexing.
fn is_code(value: &[u8], lower: &[u8]) -> bool {
    if ROOTS.iter().any(|root| lower.starts_with(root))
        || value.windows(2).any(|pair| pair == b"::" || pair == b"->")
    {
        return true;
    }
    let name_end = value.iter().take_while(|byte| NAME.has(**byte) || **byte == b'.').count();
    let (name, rest) = value.split_at_checked(name_end).unwrap_or((value, &[]));
    let generic = rest.starts_with(b"<") && rest.ends_with(b">");
    let called = !name.is_empty() && name.len() <= 64 && !is_random(name, 10);
    if called && (rest.starts_with(b"(") || rest.starts_with(b"[") || generic) {
        return true;
    }
    if value.starts_with(b"&") || value.starts_with(b"*") || value.starts_with(b"@") {
        return is_name(value.get(1..).unwrap_or(&[])) && !value.iter().any(u8::is_ascii_digit);
    }
    let segments = name.split(|byte| *byte == b'.').all(is_identifier);
    rest.is_empty() && segments && (name.contains(&b'.') || name.contains(&b'_') || camel(name))
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

fn is_name(text: &[u8]) -> bool {
    text.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && text.iter().all(|byte| NAME.has(*byte))
}

/// Only stars, dots, dashes or crosses.
fn is_masked(value: &[u8]) -> bool {
    let text = String::from_utf8_lossy(value);
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|c| {
        matches!(c, '*' | '.' | '-' | 'x' | 'X' | '•' | '#' | '_' | '…' | '?' | '0')
    }) && chars.all(|c| Some(c) == first)
}
