//! Checks of single countries' numbers.

use crate::redact::pack::checksum::number;

/// Ten digits: weights ten to two, and a check digit over eleven.
pub(super) fn nhs(digits: &[u8]) -> bool {
    let [body @ .., check] = digits else {
        return false;
    };
    let sum: u32 = body
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight): (_, u32)| number(*digit) * weight)
        .sum();
    digits.len() == 10 && (11 - sum % 11) % 11 == number(*check)
}

/// Eleven digits, of which the last two are sums over those before.
pub(super) fn cpf(digits: &[u8]) -> bool {
    let sum = |count: u32| {
        let weights = (2..=count + 1).rev();
        let sum: u32 =
            digits.iter().zip(weights).map(|(digit, weight)| number(*digit) * weight).sum();
        sum * 10 % 11 % 10
    };
    let fits =
        |place: usize, count: u32| digits.get(place).is_some_and(|d| number(*d) == sum(count));
    digits.len() == 11 && fits(9, 9) && fits(10, 10)
}

/// Eight digits and their letter; of foreigners the first is a letter too.
pub(super) fn dni(signs: &[u8]) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let [first, rest @ .., letter] = signs else {
        return false;
    };
    let first = match first {
        b'X' => b'0',
        b'Y' => b'1',
        b'Z' => b'2',
        other => *other,
    };
    if signs.len() != 9 || !first.is_ascii_digit() || !rest.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = rest.iter().fold(number(first), |sum, digit| (sum * 10 + number(*digit)) % 23);
    usize::try_from(sum).ok().and_then(|sum| LETTERS.get(sum)) == Some(letter)
}

/// Area, group and serial within their ranges; there is no sum.
pub(super) fn ssn(digits: &[u8]) -> bool {
    let value = |from: usize, to: usize| {
        let part = digits.get(from..to).unwrap_or_default();
        part.iter().fold(0, |sum, digit| sum * 10 + number(*digit))
    };
    let (area, group, serial) = (value(0, 3), value(3, 5), value(5, 9));
    digits.len() == 9 && (1..900).contains(&area) && area != 666 && group != 0 && serial != 0
}
