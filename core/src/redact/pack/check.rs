//! Checksums and structure inside tokens: what fulfils them is surer to be one.

use crate::document::TokenCheck;
use crate::redact::pattern::Matched;

/// The longest secret that is checked: each candidate costs no more than that.
const LONGEST: usize = 4_096;

/// Returns true where the match fulfils `check`; `anchor_end` is where its literal ends.
pub(crate) fn passes(check: TokenCheck, text: &[u8], found: Matched, anchor_end: usize) -> bool {
    let part = |start: usize| text.get(start..found.secret_end).unwrap_or_default();
    if found.secret_end.saturating_sub(found.start) > LONGEST {
        return false;
    }
    // Vendors count the prefix in, or not.
    let mut bodies = [found.secret_start, found.start, anchor_end].into_iter().map(part);
    match check {
        TokenCheck::AwsAccount => bodies.any(names_aws_account),
        TokenCheck::Crc32Base62 => bodies.any(|body| ends_in_crc(body, 6, base62)),
        TokenCheck::Crc32Base64 => bodies.any(|body| ends_in_crc(body, 6, base64_little_end)),
        TokenCheck::Crc32Hex => bodies.any(|body| ends_in_crc(body, 8, hex)),
        TokenCheck::Jwt => bodies.any(has_json_header),
    }
}

fn ends_in_crc(body: &[u8], length: usize, spell: fn(u32) -> Vec<u8>) -> bool {
    let Some((body, tail)) =
        body.len().checked_sub(length).and_then(|at| body.split_at_checked(at))
    else {
        return false;
    };
    let fits = |body: &[u8]| !body.is_empty() && spell(crc32(body)).eq_ignore_ascii_case(tail);
    let exact = |body: &[u8]| !body.is_empty() && spell(crc32(body)) == tail;
    // Hexadecimal has two cases, and a sign may part the sum from what it is over.
    if length == 8 {
        return fits(body) || body.strip_suffix(b"_").is_some_and(fits);
    }
    exact(body)
}

/// CRC-32 as in zip files, bit by bit: tokens are short.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let low = sum & 1;
            sum = (sum >> 1) ^ (low.wrapping_neg() & 0xedb8_8320);
        }
    }
    !sum
}

/// Six digits of `0-9A-Za-z`, filled up with zeros.
fn base62(sum: u32) -> Vec<u8> {
    let mut rest = sum;
    let mut out: Vec<u8> = Vec::with_capacity(6);
    for _ in 0..6 {
        let digit = u8::try_from(rest % 62).unwrap_or_default();
        rest /= 62;
        out.push(match digit {
            0..=9 => b'0' + digit,
            10..=35 => b'A' + digit - 10,
            _ => b'a' + digit - 36,
        });
    }
    out.reverse();
    out
}

/// The four bytes, the lowest first, in base 64 without padding.
fn base64_little_end(sum: u32) -> Vec<u8> {
    let wide = u64::from(sum.swap_bytes()) << 4;
    let digit = |shift: u32| match u8::try_from(wide >> shift & 63).unwrap_or_default() {
        value @ 0..=25 => b'A' + value,
        value @ 26..=51 => b'a' + value - 26,
        value @ 52..=61 => b'0' + value - 52,
        62 => b'+',
        _ => b'/',
    };
    [30, 24, 18, 12, 6, 0].map(digit).to_vec()
}

fn hex(sum: u32) -> Vec<u8> {
    format!("{sum:08x}").into_bytes()
}

/// The key id of AWS spells the account that it belongs to.
fn names_aws_account(id: &[u8]) -> bool {
    let Some(body) = id.get(4..).filter(|_| id.len() == 20) else {
        return false;
    };
    let mut bits: u64 = 0;
    // Ten digits of base 32 are 50 bits: the first 48 hold the account.
    for byte in body.iter().take(10) {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'2'..=b'7' => byte - b'2' + 26,
            _ => return false,
        };
        bits = bits << 5 | u64::from(digit);
    }
    let account = (bits >> 2 & 0x7fff_ffff_ff80) >> 7;
    (1..1_000_000_000_000).contains(&account)
}

/// The first part is a JSON object that names an algorithm.
fn has_json_header(token: &[u8]) -> bool {
    let Some(header) = token.split(|byte| *byte == b'.').next() else {
        return false;
    };
    let Some(json) = from_base64url(header) else {
        return false;
    };
    let value = serde_json::from_slice::<serde_json::Value>(&json);
    value.is_ok_and(|value| value.get("alg").is_some_and(serde_json::Value::is_string))
}

fn from_base64url(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut bits, mut count): (u32, u32) = (0, 0);
    for byte in text {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(digit)) & 0x00ff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::base62;
    use super::base64_little_end;
    use super::crc32;
    use super::ends_in_crc;
    use super::has_json_header;
    use super::hex;
    use super::names_aws_account;

    #[test]
    fn crc32_is_that_of_zip_files() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn sums_are_spelled_as_vendors_do() {
        assert_eq!(base62(0), b"000000");
        assert_eq!(base62(61), b"00000z");
        assert_eq!(base62(62), b"000010");
        assert_eq!(base62(u32::MAX), b"4gfFC3");
        // The bytes 26 39 f4 cb.
        assert_eq!(base64_little_end(0xcbf4_3926), b"Jjn0yw");
        assert_eq!(hex(0xab), b"000000ab");
    }

    #[test]
    fn a_sum_fits_its_own_body_only() {
        let body = b"123456789";
        for (length, spell) in [(6, base62 as fn(u32) -> Vec<u8>), (6, base64_little_end), (8, hex)]
        {
            let mut token = body.to_vec();
            token.extend(spell(crc32(body)));
            assert!(ends_in_crc(&token, length, spell));
            token[0] = b'0';
            assert!(!ends_in_crc(&token, length, spell));
        }
        assert!(ends_in_crc(b"123456789_CBF43926", 8, hex));
        assert!(!ends_in_crc(b"123", 6, base62));
    }

    #[test]
    fn a_web_token_begins_with_a_json_object() {
        // {"alg":"none"}
        assert!(has_json_header(b"eyJhbGciOiJub25lIn0.e30."));
        assert!(!has_json_header(b"eyJhbGciOiJub25lIn.e30."));
        assert!(!has_json_header(b"e30.e30."));
        assert!(!has_json_header(b"a!.b"));
    }

    #[test]
    fn a_key_id_of_aws_spells_an_account() {
        let id = |tail: &str| ["AKIA", tail].concat();
        assert!(names_aws_account(id("QAAAAAAZZZZZZZZZ").as_bytes()));
        assert!(!names_aws_account(id("AAAAAAAAAAAAAAAA").as_bytes()), "account 0");
        assert!(!names_aws_account(id("Q1AAAAAZZZZZZZZZ").as_bytes()));
        assert!(!names_aws_account(b"AKIA"));
    }
}
