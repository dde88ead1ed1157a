//! Sums that many kinds of numbers share, and cards.

use super::Written;

/// Article numbers, and insurance numbers of Switzerland.
pub(super) fn ean13(it: &Written<'_>) -> bool {
    it.signs.len() == 13 && it.weighted(&EAN).is_multiple_of(10)
}

/// ISO 7064 mod 11, 10.
pub(super) fn iso7064_mod11_10(it: &Written<'_>) -> bool {
    follows_mod11_10(it.signs)
}

/// Cards, devices, and numbers of many states.
pub(super) fn luhn(it: &Written<'_>) -> bool {
    luhn_sum(it.signs, 0)
}

/// Weights 2 to 7 from the right, over 11.
pub(super) fn mod11(it: &Written<'_>) -> bool {
    mod11_sum(it.signs)
}

/// Card numbers whose issuer, length and groups agree.
pub(super) fn payment_card(it: &Written<'_>) -> bool {
    luhn_sum(it.signs, 0) && is_card(it)
}

/// Numbers of care providers in the United States.
pub(super) fn us_npi(it: &Written<'_>) -> bool {
    // The prefix 80840 counts in.
    it.signs.len() == 10 && matches!(it.digit(1), 1 | 2) && luhn_sum(it.signs, 24)
}

/// Verhoeff's sum, as in Aadhaar.
pub(super) fn verhoeff(it: &Written<'_>) -> bool {
    it.digit(1) >= 2 && verhoeff_sum(it.signs)
}

const EAN: [u64; 13] = [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1];

fn value(digit: u8) -> u64 {
    u64::from(digit.wrapping_sub(b'0'))
}

/// Returns true where the Luhn sum of `digits`, and `more`, is a multiple of ten.
pub(super) fn luhn_sum(digits: &[u8], more: u64) -> bool {
    let each = digits.iter().rev().enumerate().map(|(place, digit)| {
        let value = value(*digit) * if place % 2 == 1 { 2 } else { 1 };
        if value > 9 { value - 9 } else { value }
    });
    digits.len() > 1 && (each.sum::<u64>() + more).is_multiple_of(10)
}

fn is_card(it: &Written<'_>) -> bool {
    let length = it.signs.len();
    let issued = match (it.number(1, 2), it.number(1, 3), it.number(1, 4)) {
        (40..=49, ..) => matches!(length, 13 | 16 | 19),
        (51..=55, ..) | (_, _, 2221..=2720 | 3528..=3589 | 6011) | (65, ..) | (_, 644..=649, _) => {
            length == 16
        }
        (34 | 37, ..) => length == 15,
        (36 | 38 | 39, ..) | (_, 300..=305, _) => length == 14,
        (62, ..) => (16..=19).contains(&length),
        _ => false,
    };
    let grouped = matches!(
        it.groups().as_slice(),
        [_] | [4, 4, 4, 4] | [4, 6, 5] | [4, 6, 4] | [4, 4, 4, 4, 3] | [4, 4, 4, 1]
    );
    issued && grouped
}

/// ISO 7064 mod 11, 10: the last digit follows from those before.
pub(super) fn follows_mod11_10(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (value(*digit) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == value(*check)
}

fn mod11_sum(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else {
        return false;
    };
    let weighted = body.iter().rev().zip((2..=7).cycle());
    let sum: u64 = weighted.map(|(digit, weight): (_, u64)| value(*digit) * weight).sum();
    (11 - sum % 11) % 11 == value(*check)
}

fn verhoeff_sum(digits: &[u8]) -> bool {
    let sum = digits.iter().rev().enumerate().fold(0, |sum, (place, digit)| {
        permuted(place % 8, value(*digit)).map_or(10, |digit| turned(sum, digit))
    });
    sum == 0
}

/// The product in the symmetries of a pentagon.
const fn turned(a: u64, b: u64) -> u64 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// The digit after `place` permutations.
fn permuted(place: usize, digit: u64) -> Option<u64> {
    const STEP: [u64; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    (0..place).try_fold(digit, |digit, _| STEP.get(usize::try_from(digit).ok()?).copied())
}
