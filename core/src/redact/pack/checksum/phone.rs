//! Numbers of North America that have ranges instead of sums, and telephones.

use super::Written;

/// International telephone numbers: no sum, but a plus before.
pub(super) fn e164_phone(it: &Written<'_>) -> bool {
    // Country codes are 1, 7, and two or three digits that begin with 2 to 9.
    it.before == Some(b'+') && it.digit(1) != 0
}

/// Telephone numbers of North America: no sum, but ranges.
pub(super) fn nanp_phone(it: &Written<'_>) -> bool {
    is_north_american(it)
}

/// Taxpayer numbers of the United States: no sum, but ranges.
pub(super) fn us_itin(it: &Written<'_>) -> bool {
    let middle = it.number(4, 5);
    it.signs.len() == 9
        && it.digit(1) == 9
        && matches!(middle, 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// Routing numbers of banks in the United States.
pub(super) fn us_routing(it: &Written<'_>) -> bool {
    let sum = it.weighted(&[3, 7, 1, 3, 7, 1, 3, 7, 1]);
    it.signs.len() == 9
        && sum.is_multiple_of(10)
        && matches!(it.number(1, 2), 0..=12 | 21..=32 | 61..=72 | 80)
}

/// Social security numbers of the United States as they are written.
pub(super) fn us_ssn(it: &Written<'_>) -> bool {
    is_ssn(it) && it.groups() == [3, 2, 4] && one_separator(it)
}

/// Social security numbers of the United States in any spelling.
pub(super) fn us_ssn_digits(it: &Written<'_>) -> bool {
    is_ssn(it)
}

fn is_north_american(it: &Written<'_>) -> bool {
    let skipped = match it.signs.len() {
        10 => 0,
        11 if it.digit(1) == 1 => 1,
        _ => return false,
    };
    [1, 4].iter().all(|first| {
        let code = it.number(first + skipped, first + skipped + 2);
        code >= 200 && code % 100 != 11
    })
}

fn is_ssn(it: &Written<'_>) -> bool {
    let (area, group, serial) = (it.number(1, 3), it.number(4, 5), it.number(6, 9));
    it.signs.len() == 9 && (1..900).contains(&area) && area != 666 && group != 0 && serial != 0
}

fn one_separator(it: &Written<'_>) -> bool {
    let mut separators = it.text.iter().filter(|byte| !byte.is_ascii_digit());
    let first = separators.next();
    separators.all(|other| Some(other) == first)
}
