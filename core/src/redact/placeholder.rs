//! Values that only stand for a secret: too short, examples, words that say what it is.

use crate::redact::bytes::starts_at;
#[cfg(test)]
use crate::redact::bytes::steps;
use crate::redact::code::is_call;
use crate::redact::code::is_code;
use crate::redact::code::is_location;
use crate::redact::kind::Kind;
use crate::redact::reference::is_reference;

/// Nothing that only stands for a secret is longer, and looking stays cheap.
const LONGEST: usize = 512;

/// Returns true for a word, in small letters, that only says what a secret is or how it is.
fn is_plain_word(lower: &[u8]) -> bool {
    matches!(
        lower,
        b"true"
            | b"false"
            | b"null"
            | b"none"
            | b"nil"
            | b"undefined"
            | b"yes"
            | b"no"
            | b"on"
            | b"off"
            | b"string"
            | b"str"
            | b"bool"
            | b"boolean"
            | b"bytes"
            | b"int"
            | b"integer"
            | b"number"
            | b"optional"
            | b"required"
            | b"any"
            | b"text"
            | b"password"
            | b"passwd"
            | b"secret"
            | b"token"
            | b"value"
            | b"inherit"
            | b"redacted"
            | b"empty"
            | b"unset"
            | b"missing"
            | b"invalid"
            | b"expired"
            | b"changeme"
            | b"key"
            | b"bearer"
            | b"default"
            | b"secrets"
            | b"tokens"
            | b"object"
            | b"unknown"
            | b"disabled"
            | b"enabled"
            | b"masked"
            | b"hidden"
            | b"prompt"
            | b"env"
            | b"file"
            | b"static"
            | b"self"
            | b"this"
            | b"const"
            | b"void"
            | b"input"
            | b"output"
            | b"option"
            | b"<nil>"
            | b"todo"
            | b"n/a"
            | b"username"
            | b"user"
            | b"pass"
            | b"hmacsha256"
            | b"hmac-sha256"
            | b"hs256"
            | b"rs256"
            | b"es256"
            | b"sha256"
            | b"aes-256-gcm"
            | b"utf-8"
            | b"failed"
            | b"accepted"
            | b"rejected"
            | b"changed"
            | b"wrong"
            | b"success"
            | b"sensitive"
            | b"environment"
            | b"production"
            | b"development"
            | b"staging"
            | b"testing"
            | b"localhost"
            | b"provided"
            | b"configured"
            | b"generated"
            | b"anonymous"
    )
}

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

/// Returns true where a word of a placeholder stands in `lower`, which is in small letters.
fn stands_for_another(lower: &[u8]) -> bool {
    lower.windows(3).enumerate().any(|(at, first)| {
        let begins = matches!(
            first,
            b"you"
                | b"exa"
                | b"pla"
                | b"cha"
                | b"dum"
                | b"ins"
                | b"rep"
                | b"red"
                | b"xxx"
                | b"sam"
                | b"goe"
                | b"my-"
                | b"my_"
        );
        begins && STANDING_FOR.iter().any(|word| starts_at(lower, at, word))
    })
}

/// How a value stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Without quotes, where code may stand too.
    Bare,
    /// Without quotes, where no code is: in a file of variables, behind a flag.
    Literal,
    Quoted,
}

/// Returns true where `value` is no secret: too short for its kind, a reference, a placeholder, or
/// code where it may be some.
pub(crate) fn is_harmless(value: &[u8], kind: Kind, standing: Standing) -> bool {
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
    if is_plain_word(lower) {
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
    if plain && stands_for_another(lower) {
        return true;
    }
    // `sk-ant-...` shows how one begins.
    let begun = lower.strip_suffix(b"...").or_else(|| lower.strip_suffix("…".as_bytes()));
    if begun.is_some_and(|begun| begun.len() <= 12) {
        return true;
    }
    if is_location(value, lower, password) {
        return true;
    }
    // Prose: a made token has digits, or capitals in its middle.
    let word = plain && !value.iter().skip(1).any(u8::is_ascii_uppercase);
    if standing != Standing::Quoted && word && !password && value.len() < 20 {
        return true;
    }
    match standing {
        Standing::Bare => is_code(value, lower),
        Standing::Literal => is_call(value, lower),
        Standing::Quoted => false,
    }
}

/// Returns true where `value` is a word that only stands for a secret, such as `password` itself.
pub(crate) fn is_word(value: &[u8]) -> bool {
    let mut buffer = [0u8; LONGEST];
    value.len() <= LONGEST && {
        let lower = lower(value, &mut buffer);
        let plain =
            value.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'));
        is_plain_word(lower) || (plain && stands_for_another(lower))
    }
}

/// Returns true where `value` looks made by a machine: letters and digits mixed, and long enough.
pub(crate) fn is_random(value: &[u8], least: usize) -> bool {
    // What is longer is decided by its beginning.
    let value = value.get(..LONGEST).unwrap_or(value);
    #[cfg(test)]
    steps::add(value.len());
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
