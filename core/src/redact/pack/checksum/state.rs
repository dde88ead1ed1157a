//! Numbers of digits only that states give to people.

use super::Written;
use super::is_day;
use super::is_month;
use super::sum::follows_mod11_10;
use super::sum::luhn_sum;

/// Insurance numbers of Austria.
pub(super) fn at_svnr(it: &Written<'_>) -> bool {
    it.digit(1) != 0
        && it.weighted(&[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == it.digit(4)
        && (1..=15).contains(&it.number(7, 8))
}

/// National numbers of Belgium.
pub(super) fn be_national(it: &Written<'_>) -> bool {
    let (body, check) = (it.number(1, 9), it.number(10, 11));
    let fits = |body: u64| 97 - body % 97 == check;
    (fits(body) || fits(2_000_000_000 + body)) && it.number(3, 4) <= 12 && it.number(5, 6) <= 31
}

/// Citizen numbers of Bulgaria.
pub(super) fn bg_egn(it: &Written<'_>) -> bool {
    it.weighted(&[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == it.digit(10)
        && is_month(it.number(3, 4) % 20)
        && is_day(it.number(5, 6))
}

/// Birth numbers of the Czech Republic and Slovakia.
pub(super) fn cz_birth_number(it: &Written<'_>) -> bool {
    it.number(1, 10).is_multiple_of(11)
        && is_month(it.number(3, 4) % 50 % 20)
        && is_day(it.number(5, 6))
}

/// Tax numbers of Germany.
pub(super) fn de_tax_id(it: &Written<'_>) -> bool {
    follows_mod11_10(it.signs) && it.digit(1) != 0 && one_repeats(it)
}

/// Personal numbers of Denmark: no sum, but dates.
pub(super) fn dk_cpr(it: &Written<'_>) -> bool {
    is_day(it.number(1, 2)) && is_month(it.number(3, 4))
}

/// Personal codes of Estonia and Lithuania.
pub(super) fn ee_personal(it: &Written<'_>) -> bool {
    is_estonian(it)
}

/// Insurance numbers of France.
pub(super) fn fr_nir(it: &Written<'_>) -> bool {
    matches!(it.digit(1), 1..=5 | 7 | 8) && 97 - it.number(1, 13) % 97 == it.number(14, 15)
}

/// Insurance numbers of Greece.
pub(super) fn gr_amka(it: &Written<'_>) -> bool {
    luhn_sum(it.signs, 0) && is_day(it.number(1, 2)) && is_month(it.number(3, 4))
}

/// Citizen numbers of the Netherlands.
pub(super) fn nl_bsn(it: &Written<'_>) -> bool {
    let sum = it.weighted(&[9, 8, 7, 6, 5, 4, 3, 2]);
    sum % 11 == it.digit(9)
}

/// Identity numbers of Norway.
pub(super) fn no_personal(it: &Written<'_>) -> bool {
    let first = it.weighted(&[3, 7, 6, 1, 8, 9, 4, 5, 2]);
    let second = it.weighted(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
    less(first, 11) % 11 == it.digit(10)
        && less(second, 11) % 11 == it.digit(11)
        && is_day(it.number(1, 2) % 40)
        && is_month(it.number(3, 4) % 40)
}

/// Tax numbers of Poland.
pub(super) fn pl_nip(it: &Written<'_>) -> bool {
    it.weighted(&[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == it.digit(10)
}

/// Personal numbers of Poland.
pub(super) fn pl_pesel(it: &Written<'_>) -> bool {
    let sum = it.weighted(&[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    less(sum, 10) % 10 == it.digit(11) && is_month(it.number(3, 4) % 20) && is_day(it.number(5, 6))
}

/// Tax numbers of Portugal.
pub(super) fn pt_nif(it: &Written<'_>) -> bool {
    let sum = it.weighted(&[9, 8, 7, 6, 5, 4, 3, 2]);
    matches!(it.digit(1), 1 | 2 | 3 | 5 | 6 | 8 | 9) && above_one(sum) == it.digit(9)
}

/// Personal codes of Romania.
pub(super) fn ro_cnp(it: &Written<'_>) -> bool {
    let sum = it.weighted(&[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    (if sum == 10 { 1 } else { sum }) == it.digit(13)
        && it.digit(1) != 0
        && is_month(it.number(4, 5))
        && is_day(it.number(6, 7))
}

/// Personal numbers of Sweden.
pub(super) fn se_personal(it: &Written<'_>) -> bool {
    is_swedish(it)
}

/// Numbers of the British health service.
pub(super) fn uk_nhs(it: &Written<'_>) -> bool {
    less(it.weighted(&[10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) % 11 == it.digit(10)
}

/// Tax numbers of Argentina.
pub(super) fn ar_cuit(it: &Written<'_>) -> bool {
    let check = match it.weighted(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        0 => 0,
        1 => 9,
        other => 11 - other,
    };
    check == it.digit(11) && matches!(it.number(1, 2), 20 | 23 | 24 | 27 | 30 | 33 | 34)
}

/// Insurance numbers of Australia.
pub(super) fn au_medicare(it: &Written<'_>) -> bool {
    (2..=6).contains(&it.digit(1)) && it.weighted(&[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == it.digit(9)
}

/// Tax numbers of Australia.
pub(super) fn au_tfn(it: &Written<'_>) -> bool {
    it.weighted(&[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)
}

/// Company numbers of Brazil.
pub(super) fn br_cnpj(it: &Written<'_>) -> bool {
    let first = it.weighted(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    let second = it.weighted(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    above_one(first) == it.digit(13) && above_one(second) == it.digit(14)
}

/// Tax numbers of Brazil.
pub(super) fn br_cpf(it: &Written<'_>) -> bool {
    let first = it.weighted(&[10, 9, 8, 7, 6, 5, 4, 3, 2]);
    let second = it.weighted(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    first * 10 % 11 % 10 == it.digit(10) && second * 10 % 11 % 10 == it.digit(11)
}

/// Individual numbers of Japan.
pub(super) fn jp_my_number(it: &Written<'_>) -> bool {
    above_one(it.weighted(&[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) == it.digit(12)
}

/// Resident numbers of South Korea.
pub(super) fn kr_rrn(it: &Written<'_>) -> bool {
    less(it.weighted(&[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]), 11) % 10 == it.digit(13)
        && is_month(it.number(3, 4))
        && is_day(it.number(5, 6))
}

/// Identity numbers of Thailand.
pub(super) fn th_id(it: &Written<'_>) -> bool {
    let sum = it.weighted(&[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    it.digit(1) != 0 && less(sum, 11) % 10 == it.digit(13)
}

/// Identity numbers of Turkey.
pub(super) fn tr_kimlik(it: &Written<'_>) -> bool {
    // 7 times the odd places less the even ones; 9 is -1 over ten.
    let first = it.weighted(&[7, 9, 7, 9, 7, 9, 7, 9, 7]);
    let second = it.weighted(&[1; 10]);
    it.digit(1) != 0 && first % 10 == it.digit(10) && second % 10 == it.digit(11)
}

/// Identity numbers of South Africa.
pub(super) fn za_id(it: &Written<'_>) -> bool {
    luhn_sum(it.signs, 0)
        && is_month(it.number(3, 4))
        && is_day(it.number(5, 6))
        && it.digit(11) <= 2
}

/// What is missing to the next multiple; `over` itself where nothing is.
const fn less(sum: u64, over: u64) -> u64 {
    over - sum % over
}

/// Over eleven: nothing for a rest of 0 or 1, else what is missing.
const fn above_one(sum: u64) -> u64 {
    match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

/// Of the first ten digits exactly one repeats, two or three times.
fn one_repeats(it: &Written<'_>) -> bool {
    let mut counts = [0; 10];
    for place in 1..=10 {
        let digit = usize::try_from(it.digit(place)).unwrap_or(usize::MAX);
        if let Some(count) = counts.get_mut(digit) {
            *count += 1;
        }
    }
    let mut repeated = counts.iter().filter(|count| **count > 1);
    matches!(repeated.next(), Some(2 | 3)) && repeated.next().is_none()
}

fn is_estonian(it: &Written<'_>) -> bool {
    let first = it.weighted(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    let second = it.weighted(&[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
    let check = match (first, second) {
        (10, 10) => 0,
        (10, second) => second,
        (first, _) => first,
    };
    check == it.digit(11)
        && (1..=8).contains(&it.digit(1))
        && is_month(it.number(4, 5))
        && is_day(it.number(6, 7))
}

/// The last ten digits count; coordination numbers have 60 more in the day.
fn is_swedish(it: &Written<'_>) -> bool {
    let skipped = it.signs.len().saturating_sub(10);
    let last = it.signs.get(skipped..).unwrap_or_default();
    let day = it.number(skipped + 5, skipped + 6);
    skipped != 1
        && luhn_sum(last, 0)
        && is_month(it.number(skipped + 3, skipped + 4))
        && is_day(day.checked_sub(60).unwrap_or(day))
}
