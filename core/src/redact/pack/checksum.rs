//! Checksums without which a number is no card, account or identity.

use crate::document::ChecksumRule;
use crate::redact::pack::national;

/// The longest number.
pub(crate) const LONGEST: usize = 40;

/// Returns true where `value` fulfils `rule`; spaces, hyphens, dots and slashes do not count.
pub(crate) fn fulfils(rule: ChecksumRule, value: &[u8]) -> bool {
    let mut signs = [0_u8; LONGEST];
    let mut length = 0;
    for byte in value.iter().filter(|byte| !matches!(byte, b' ' | b'-' | b'.' | b'/')) {
        let Some(sign) = signs.get_mut(length).filter(|_| byte.is_ascii_alphanumeric()) else {
            return false;
        };
        *sign = byte.to_ascii_uppercase();
        length += 1;
    }
    let signs = signs.get(..length).unwrap_or_default();
    // Zeros, and the same digit all over, pass most sums and are what people fill in.
    let same = signs.iter().all(|sign| Some(sign) == signs.first());
    if same {
        return false;
    }
    let digits = signs.iter().all(u8::is_ascii_digit);
    match rule {
        ChecksumRule::Cpf => digits && national::cpf(signs),
        ChecksumRule::Dni => national::dni(signs),
        ChecksumRule::Iban => iban(signs),
        ChecksumRule::Luhn => digits && luhn(signs),
        ChecksumRule::Mod11Weighted => digits && mod11_weighted(signs),
        ChecksumRule::Mod11_2 => mod11_2(signs),
        ChecksumRule::Mod11_10 => digits && mod11_10(signs),
        ChecksumRule::Nhs => digits && national::nhs(signs),
        ChecksumRule::Ssn => digits && national::ssn(signs),
        ChecksumRule::Verhoeff => digits && verhoeff(signs),
    }
}

/// The number that a digit stands for.
pub(crate) fn number(digit: u8) -> u32 {
    u32::from(digit.wrapping_sub(b'0'))
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = number(*digit) * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    digits.len() > 1 && sum.is_multiple_of(10)
}

fn iban(signs: &[u8]) -> bool {
    let Some((head, rest)) = signs.split_at_checked(4) else {
        return false;
    };
    let country = head.iter().take(2).all(u8::is_ascii_uppercase);
    let check = head.iter().skip(2).all(u8::is_ascii_digit);
    if !country || !check || !(11..=30).contains(&rest.len()) {
        return false;
    }
    let rest = rest.iter().chain(head).fold(0, |rest: u32, sign| {
        if sign.is_ascii_digit() {
            (rest * 10 + number(*sign)) % 97
        } else {
            (rest * 100 + u32::from(sign.wrapping_sub(b'A')) + 10) % 97
        }
    });
    rest == 1
}

fn mod11_weighted(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    let weights = (2..=7).cycle();
    let sum: u32 = body
        .iter()
        .rev()
        .zip(weights)
        .map(|(digit, weight): (_, u32)| number(*digit) * weight)
        .sum();
    (11 - sum % 11) % 11 == number(*check)
}

fn mod11_2(signs: &[u8]) -> bool {
    let Some((check, body)) = signs.split_last() else {
        return false;
    };
    if !body.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = body.iter().fold(0, |sum, digit| (sum + number(*digit)) * 2 % 11);
    let expected = (12 - sum) % 11;
    match check {
        b'X' => expected == 10,
        digit => digit.is_ascii_digit() && expected == number(*digit),
    }
}

fn mod11_10(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (number(*digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == number(*check)
}

fn verhoeff(digits: &[u8]) -> bool {
    let sum = digits.iter().rev().enumerate().fold(0, |sum, (place, digit)| {
        permuted(place % 8, number(*digit)).map_or(10, |digit| turned(sum, digit))
    });
    sum == 0
}

/// The product in the symmetries of a pentagon.
const fn turned(a: u32, b: u32) -> u32 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// The digit after `place` permutations.
fn permuted(place: usize, digit: u32) -> Option<u32> {
    const STEP: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    (0..place).try_fold(digit, |digit, _| STEP.get(usize::try_from(digit).ok()?).copied())
}

#[cfg(test)]
mod tests {
    use super::fulfils;
    use crate::document::ChecksumRule;

    #[test]
    fn sums_hold_for_the_published_examples_and_for_no_neighbour() {
        for (rule, good) in [
            (ChecksumRule::Luhn, "4111 1111 1111 1111"),
            (ChecksumRule::Luhn, "79927398713"),
            (ChecksumRule::Iban, "GB82 WEST 1234 5698 7654 32"),
            (ChecksumRule::Iban, "DE89370400440532013000"),
            (ChecksumRule::Verhoeff, "2363"),
            (ChecksumRule::Mod11_10, "07945"),
            (ChecksumRule::Mod11_2, "07940"),
            (ChecksumRule::Mod11_2, "11010519491231002X"),
            (ChecksumRule::Mod11Weighted, "0365327"),
            (ChecksumRule::Nhs, "943 476 5919"),
            (ChecksumRule::Cpf, "529.982.247-25"),
            (ChecksumRule::Dni, "12345678Z"),
            (ChecksumRule::Dni, "X1234567L"),
        ] {
            assert!(fulfils(rule, good.as_bytes()), "{good}");
            let mut bytes = good.as_bytes().to_vec();
            for at in 0..bytes.len() {
                let kept = bytes[at];
                if kept.is_ascii_digit() {
                    bytes[at] = if kept == b'9' { b'0' } else { kept + 1 };
                    let near = String::from_utf8_lossy(&bytes).into_owned();
                    assert!(!fulfils(rule, &bytes), "{rule}: {near}");
                    bytes[at] = kept;
                }
            }
        }
    }

    #[test]
    fn what_people_fill_in_is_no_number() {
        for rule in ChecksumRule::ALL {
            for text in ["", "0", "0000000000000000", "1111111111", "é", "a!b"] {
                assert!(!fulfils(*rule, text.as_bytes()), "{rule}: {text}");
            }
            assert!(!fulfils(*rule, "1".repeat(1_000).as_bytes()));
        }
    }

    #[test]
    fn numbers_of_the_social_security_keep_to_their_ranges() {
        assert!(fulfils(ChecksumRule::Ssn, b"123-45-6789"));
        for text in ["000-45-6789", "666-45-6789", "900-45-6789", "123-00-6789", "123-45-0000"] {
            assert!(!fulfils(ChecksumRule::Ssn, text.as_bytes()), "{text}");
        }
    }
}
