//! Paths as git quotes them: in double quotes, with the escapes of C.

/// Reads a quoted path at the start of `text`, and returns it with what follows.
pub(crate) fn quoted(text: &str) -> Option<(String, &str)> {
    let body = text.strip_prefix('"')?;
    let mut bytes = Vec::new();
    let mut at = 0;
    let source = body.as_bytes();
    loop {
        let byte = *source.get(at)?;
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => {
                let escape = *source.get(at)?;
                at += 1;
                if let b'0'..=b'3' = escape {
                    let digits = [escape, *source.get(at)?, *source.get(at + 1)?];
                    at += 2;
                    bytes.push(octal(digits)?);
                } else {
                    bytes.push(plain(escape)?);
                }
            }
            other => bytes.push(other),
        }
    }
    // Names that are no text are no paths that a policy could name.
    let path = String::from_utf8(bytes).ok()?;
    Some((path, body.get(at..)?))
}

/// Reads a path that fills all of `text`, quoted or not.
pub(crate) fn whole(text: &str) -> Option<String> {
    if text.starts_with('"') {
        return quoted(text).filter(|(_, rest)| rest.is_empty()).map(|(path, _)| path);
    }
    // Git quotes whatever holds one of these.
    let plain = !text.is_empty() && !text.contains(['"', '\\']) && !text.contains(char::is_control);
    plain.then(|| text.to_owned())
}

fn octal(digits: [u8; 3]) -> Option<u8> {
    let mut value = 0_u8;
    for digit in digits {
        if !(b'0'..=b'7').contains(&digit) {
            return None;
        }
        value = value.checked_mul(8)?.checked_add(digit - b'0')?;
    }
    Some(value)
}

const fn plain(escape: u8) -> Option<u8> {
    match escape {
        b'a' => Some(7),
        b'b' => Some(8),
        b't' => Some(b'\t'),
        b'n' => Some(b'\n'),
        b'v' => Some(11),
        b'f' => Some(12),
        b'r' => Some(b'\r'),
        b'"' => Some(b'"'),
        b'\\' => Some(b'\\'),
        _ => None,
    }
}
