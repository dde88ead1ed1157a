//! The escapes of `$'…'`.

use crate::facts::shell::value::is_mark;

/// Returns the text that is meant, or none where it is no text.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend(rest.get(..at)?.as_bytes());
        rest = rest.get(at + 1..)?;
        let Some(c) = rest.chars().next() else {
            out.push(b'\\');
            break;
        };
        rest = rest.get(c.len_utf8()..)?;
        let plain = match c {
            'a' => 7,
            'b' => 8,
            'e' | 'E' => 27,
            'f' => 12,
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            'v' => 11,
            '\\' | '\'' | '"' | '?' => u8::try_from(c).ok()?,
            '0'..='7' => {
                let (first, left) = number(rest, 8, 2);
                let value = c.to_digit(8)? * 8_u32.pow(digits(rest, left)) + first;
                rest = left;
                u8::try_from(value & 0xff).ok()?
            }
            'x' if rest.starts_with('{') => return None,
            'x' if starts_number(rest) => {
                let (value, left) = number(rest, 16, 2);
                rest = left;
                u8::try_from(value).ok()?
            }
            'u' | 'U' if starts_number(rest) => {
                let (value, left) = number(rest, 16, if c == 'u' { 4 } else { 8 });
                rest = left;
                let c = char::from_u32(value).filter(|c| *c != '\0')?;
                out.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            'c' => {
                let c = rest.chars().next().filter(char::is_ascii)?;
                if c == '\\' {
                    return None;
                }
                rest = rest.get(1..)?;
                u8::try_from(c.to_ascii_uppercase()).ok()? ^ 0x40
            }
            c => {
                out.push(b'\\');
                out.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
        };
        if plain == 0 {
            return None;
        }
        out.push(plain);
    }
    out.extend(rest.as_bytes());
    String::from_utf8(out).ok().filter(|text| !text.contains(is_mark))
}

fn starts_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_hexdigit())
}

/// Reads up to `most` digits; returns the number and what is left.
fn number(text: &str, radix: u32, most: usize) -> (u32, &str) {
    let mut value = 0_u32;
    let mut rest = text;
    for _ in 0..most {
        let Some(digit) = rest.chars().next().and_then(|c| c.to_digit(radix)) else { break };
        value = value.wrapping_mul(radix).wrapping_add(digit);
        rest = rest.get(1..).unwrap_or_default();
    }
    (value, rest)
}

fn digits(before: &str, after: &str) -> u32 {
    u32::try_from(before.len().saturating_sub(after.len())).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn every_escape_is_decoded_as_bash_does() {
        for (text, meant) in [
            (r"\x2eenv", Some(".env")),
            (r"\056env", Some(".env")),
            (r"\u002eenv", Some(".env")),
            (r"\U0000002eenv", Some(".env")),
            (r"a\tb\nc", Some("a\tb\nc")),
            (r"\'\q\\", Some(r"'\q\")),
            (r"\1012", Some("A2")),
            (r"\x41g", Some("Ag")),
            (r"\xzz", Some(r"\xzz")),
            (r"\cA", Some("\u{1}")),
            (r"\0x", None),
            (r"\xff", None),
            (r"\xc3\xa9", Some("é")),
        ] {
            assert_eq!(decoded(text).as_deref(), meant, "{text}");
        }
    }
}
