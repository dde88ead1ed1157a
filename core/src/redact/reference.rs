//! Values that name where a secret lies instead of being one: variables, templates, masks.
//!
//! Only whole forms count: a password may begin with any sign, and is none of these for that.

use crate::redact::bytes::ByteSet;
use crate::redact::bytes::contains_word;
use crate::redact::placeholder::is_random;
use crate::redact::placeholder::is_word;

/// No reference is longer.
const LONGEST: usize = 512;
const NAME: ByteSet = ByteSet::alnum_and(b"_");
/// Names with their paths, and what a placeholder says in words.
const PATH: ByteSet = ByteSet::alnum_and(b"_-./:[]'\" |,");
/// What opens a template, and what closes it; longer ones before their beginnings.
pub(crate) const TEMPLATES: &[(&[u8], &[u8])] = &[
    (b"${{", b"}}"),
    (b"$((", b"))"),
    (b"$(", b")"),
    (b"${", b"}"),
    (b"{{", b"}}"),
    (b"#{", b"}"),
    (b"<%", b"%>"),
    (b"((", b"))"),
];
/// YAML tags whose value names something.
const TAGS: &[&[u8]] = &[
    b"!vault",
    b"!vault-encrypted",
    b"!Ref",
    b"!Sub",
    b"!GetAtt",
    b"!ImportValue",
    b"!env",
    b"!ENV",
    b"!env_var",
    b"!secret",
];

/// Returns true where `value` refers to a secret that lies elsewhere, or was masked.
pub(crate) fn is_reference(value: &[u8]) -> bool {
    // No form begins with another letter or digit.
    let word = |byte: &u8| byte.is_ascii_alphanumeric() && !b"xX0e".contains(byte);
    if value.len() > LONGEST || value.first().is_some_and(word) {
        return false;
    }
    let inner = |open: &[u8], close: &[u8]| -> Option<&[u8]> {
        value.strip_prefix(open)?.strip_suffix(close)
    };
    let words = |text: &[u8]| text.iter().all(|byte| PATH.has(*byte)) && !is_random(text, 12);
    let named = |text: &[u8], more: &[u8]| {
        !text.is_empty() && text.iter().all(|byte| NAME.has(*byte) || more.contains(byte))
    };
    let letters = |text: &[u8]| text.iter().all(|b| b.is_ascii_alphabetic() || b" _-".contains(b));
    value.is_empty()
        || is_masked(value)
        || is_variable(value)
        || is_template(value)
        || TAGS.contains(&value)
        || inner(b"%", b"%").is_some_and(|name| named(name, b""))
        || inner(b"@", b"@").is_some_and(|name| named(name, b"."))
        || inner(b"{", b"}").is_some_and(words)
        || inner(b"<", b">").is_some_and(words)
        || inner(b"[", b"]").is_some_and(letters)
        || inner(b"(", b")").is_some_and(|text| letters(text) || text.starts_with(b"("))
        || inner(b"env(", b")").is_some_and(|name| named(name, b""))
        || inner(b"%(", b")s").or_else(|| inner(b"%(", b")")).is_some_and(|name| named(name, b"."))
        || value.strip_prefix(b":").is_some_and(|name| is_name(name) && name.contains(&b'_'))
}

/// `$NAME`, `$env:NAME`, `${NAME}`, `${NAME:-default}`.
fn is_variable(value: &[u8]) -> bool {
    let Some(rest) = value.strip_prefix(b"$") else {
        return false;
    };
    let rest = rest.strip_prefix(b"env:").unwrap_or(rest);
    let Some(inner) = rest.strip_prefix(b"{").and_then(|rest| rest.strip_suffix(b"}")) else {
        return is_name(rest);
    };
    if inner.starts_with(b"{") {
        return false;
    }
    let name = inner.iter().take_while(|byte| NAME.has(**byte) || b".!".contains(byte)).count();
    let (name, rest) = inner.split_at_checked(name).unwrap_or((inner, &[]));
    let default = rest.iter().take_while(|byte| b":-=+?".contains(byte)).count();
    let default = rest.get(default..).unwrap_or(&[]);
    let named = !name.is_empty() && !is_random(name, 16);
    // What `#`, `%` and `/` take away is no secret.
    named && (default.starts_with(b"#") || is_reference(default) || is_word(default))
}

/// `{{ name }}`, `$(command)`: what is computed elsewhere, unless the value is written out in it.
fn is_template(value: &[u8]) -> bool {
    TEMPLATES.iter().any(|(open, close)| {
        let Some(rest) = value.strip_prefix(*open) else {
            return false;
        };
        let closed = rest.strip_suffix(*close).or_else(|| {
            // A value without quotes ends before the second bracket.
            (close.len() == 2).then(|| rest.strip_suffix(&[*close.first()?])).flatten()
        });
        let Some(inner) = closed else {
            // `{{` before a space: nothing of the value.
            return rest.is_empty() || rest == b"-" || rest == b"=";
        };
        let says = [&b"echo "[..], b"printf "].iter().any(|word| contains_word(inner, word));
        !says && !inner.split(|byte| !NAME.has(*byte)).any(is_written_out)
    })
}

/// Returns true for a word that no name looks like.
fn is_written_out(word: &[u8]) -> bool {
    is_random(word, 10) && !word.contains(&b'_')
}

/// Returns true for a name of a variable: digits stand at the end of its words only.
pub(crate) fn is_name(text: &[u8]) -> bool {
    let word = |word: &[u8]| {
        let digits = word.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let inside = |byte: &u8| byte.is_ascii_digit();
        digits <= 4 && !word.get(..word.len() - digits).unwrap_or(&[]).iter().any(inside)
            || !is_random(word, 8)
                && word.iter().filter(|byte| inside(byte)).count() <= 1
                && word.len() > 8
    };
    text.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_')
        && text.iter().all(|byte| NAME.has(*byte))
        && text.split(|byte| *byte == b'_').all(word)
}

/// Only stars, dots, dashes or crosses; or what others put in a secret's place.
fn is_masked(value: &[u8]) -> bool {
    if value == b"[REDACTED]" {
        return true;
    }
    let Ok(text) = std::str::from_utf8(value) else {
        return false;
    };
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|c| {
        matches!(c, '*' | '.' | '-' | 'x' | 'X' | '•' | '#' | '_' | '…' | '?' | '0')
    }) && chars.all(|c| Some(c) == first)
}

#[cfg(test)]
mod tests {
    use super::is_reference;

    #[test]
    fn whole_forms_refer() {
        for text in [
            "$DB_PASS",
            "${DB_PASS}",
            "${DB_PASS:-}",
            "${DB_PASS:-changeme}",
            "$(pass show db)",
            "{{ db.pass }}",
            "{{",
            "${{ secrets.TOKEN }}",
            "${{",
            "%PASSWORD%",
            "@pass@",
            "<your-password>",
            "{password}",
            "((db-pass))",
            "((db-pass)",
            "[FILTERED]",
            "[REDACTED]",
            "%(password)s",
            "$env:TOKEN",
            "#{pass}",
            "<%= pass %>",
            "!vault",
            "****",
            "(not set)",
            "$oauth2_token",
            ":db_password",
        ] {
            assert!(is_reference(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn beginnings_of_forms_do_not_refer() {
        for text in [
            "$ecur3Passw0rd",
            "{x",
            "((hunter2",
            "{{hunter2",
            "#{abc",
            "<%hunter",
            "${X:-s3cretPassw0rd}",
            "$(echo hunter2)",
            "(correct horse",
            "[REDACTED]hunter2",
            "<hunter2",
            "%hunter2",
            "!vaulted",
            "${hunter2",
            "{{ \"aB3dE5gH7jK9\" }}",
        ] {
            assert!(!is_reference(text.as_bytes()), "{text}");
        }
    }
}
