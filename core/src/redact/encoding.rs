//! Encodings in which values travel: base 64 and hexadecimal.

#[cfg(test)]
thread_local! {
    /// How many bytes this thread decoded.
    pub(crate) static DECODED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Returns the bytes that `text` encodes in base 64, either alphabet, padded or not; none where a
/// byte is of neither alphabet.
pub(crate) fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    #[cfg(test)]
    DECODED.with(|decoded| decoded.set(decoded.get() + text.len()));
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let mut bits = 0_u32;
    let mut count = 0;
    for byte in text.iter().take_while(|byte| **byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap_or(0));
        }
    }
    Some(out)
}

/// Returns the part of the base 64 form of `value` that `value` alone decides, where it begins
/// `offset` bytes into a group of three.
pub(crate) fn encode_base64(value: &[u8], offset: usize) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = vec![0u8; offset];
    bytes.extend_from_slice(value);
    let whole = bytes.len() * 8 / 6;
    let mut out = Vec::with_capacity(whole + 4);
    for group in bytes.chunks(3) {
        let number = group.iter().fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        let number = number << (8 * (3 - group.len()));
        for place in (0..4).rev() {
            let digit = usize::try_from(number >> (place * 6) & 63).unwrap_or(0);
            out.push(DIGITS.get(digit).copied().unwrap_or(b'A'));
        }
    }
    let first = (offset * 8).div_ceil(6);
    out.get(first..whole).unwrap_or(&[]).to_vec()
}

/// Returns the hexadecimal form of `value`, in small letters.
pub(crate) fn encode_hex(value: &[u8]) -> Vec<u8> {
    value.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::decode_base64;
    use super::encode_base64;

    #[test]
    fn encodes_what_the_value_alone_decides() {
        let holds =
            |text: &str, part: &[u8]| text.as_bytes().windows(part.len()).any(|w| w == part);
        assert_eq!(encode_base64(b"hunter2hunter2", 0), b"aHVudGVyMmh1bnRlcj");
        // base64("u:hunter2hunter2") is dTpodW50ZXIyaHVudGVyMg==
        assert!(holds("dTpodW50ZXIyaHVudGVyMg==", &encode_base64(b"hunter2hunter2", 2)));
        // base64("x:y:hunter2hunter2") begins another way again.
        assert!(holds("eDp5Omh1bnRlcjJodW50ZXIy", &encode_base64(b"hunter2hunter2", 1)));
    }

    #[test]
    fn decoding_gives_back_what_was_encoded() {
        assert_eq!(decode_base64(b"YW5hOmh1bnRlcjI=").as_deref(), Some(&b"ana:hunter2"[..]));
        assert_eq!(decode_base64(b"not base 64"), None);
    }
}
