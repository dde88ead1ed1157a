//! Numbers that hold letters.

use super::Written;
use super::is_day;
use super::is_month;

/// Resident numbers of China that end in a digit.
pub(super) fn cn_resident(it: &Written<'_>) -> bool {
    has_form(it, "dddddddddddddddddd") && is_chinese(it)
}

/// Resident numbers of China that end in `X`.
pub(super) fn cn_resident_x(it: &Written<'_>) -> bool {
    has_form(it, "dddddddddddddddddX") && is_chinese(it)
}

/// Identity numbers of Spain.
pub(super) fn es_dni(it: &Written<'_>) -> bool {
    has_form(it, "dddddddda") && spanish(it.number(1, 8), it)
}

/// Foreigners' numbers of Spain.
pub(super) fn es_nie(it: &Written<'_>) -> bool {
    let first = it.signs.first().map_or(3, |sign| u64::from(sign.wrapping_sub(b'X')));
    has_form(it, "addddddda") && first < 3 && spanish(first * 10_000_000 + it.number(2, 8), it)
}

/// Personal codes of Finland.
pub(super) fn fi_hetu(it: &Written<'_>) -> bool {
    is_finnish(it)
}

/// Insurance numbers of France, of who was born in Corsica.
pub(super) fn fr_nir_corsica(it: &Written<'_>) -> bool {
    is_corsican(it)
}

/// International bank account numbers.
pub(super) fn iban(it: &Written<'_>) -> bool {
    is_iban(it.signs)
}

/// Public service numbers of Ireland.
pub(super) fn ie_pps(it: &Written<'_>) -> bool {
    is_irish(it)
}

/// Tax numbers of India: no sum, but a form.
pub(super) fn in_pan(it: &Written<'_>) -> bool {
    has_form(it, "aaaaadddda") && it.signs.get(3).is_some_and(|sign| b"ABCFGHJLPT".contains(sign))
}

/// ISO 7064 mod 11-2, whose last sign may be `X`.
pub(super) fn iso7064_mod11_2(it: &Written<'_>) -> bool {
    mod11_2(it.signs)
}

/// Tax codes of Italy.
pub(super) fn it_codice_fiscale(it: &Written<'_>) -> bool {
    is_italian(it.signs)
}

/// Population codes of Mexico.
pub(super) fn mx_curp(it: &Written<'_>) -> bool {
    is_mexican(it)
}

/// Identity numbers of Singapore.
pub(super) fn sg_nric(it: &Written<'_>) -> bool {
    is_singaporean(it)
}

/// Identity numbers of Taiwan.
pub(super) fn tw_id(it: &Written<'_>) -> bool {
    is_taiwanese(it)
}

/// Insurance numbers of the United Kingdom: no sum, but a form.
pub(super) fn uk_nino(it: &Written<'_>) -> bool {
    is_british(it)
}

/// Insurance numbers of the United States: no sum, but a form.
pub(super) fn us_mbi(it: &Written<'_>) -> bool {
    let letters = it.signs.iter().filter(|sign| sign.is_ascii_alphabetic());
    has_form(it, "dawdawdaadd")
        && it.digit(1) != 0
        && letters.into_iter().all(|sign| !b"SLOIBZ".contains(sign))
}

/// `d` is a digit, `a` a letter, `w` either; a capital is itself.
fn has_form(it: &Written<'_>, form: &str) -> bool {
    let fits = |(sign, form): (&u8, u8)| match form {
        b'd' => sign.is_ascii_digit(),
        b'a' => sign.is_ascii_uppercase(),
        b'w' => sign.is_ascii_alphanumeric(),
        other => *sign == other,
    };
    it.signs.len() == form.len() && it.signs.iter().zip(form.bytes()).all(fits)
}

fn last_is(it: &Written<'_>, letters: &[u8], place: u64) -> bool {
    let letter = usize::try_from(place).ok().and_then(|place| letters.get(place));
    letter.is_some() && letter == it.signs.last()
}

fn spanish(number: u64, it: &Written<'_>) -> bool {
    last_is(it, b"TRWAGMYFPDXBNJZSQVHLCKE", number % 23)
}

/// A digit as itself, letters from ten on.
fn base36(sign: u8) -> u64 {
    if sign.is_ascii_digit() {
        u64::from(sign - b'0')
    } else {
        u64::from(sign.wrapping_sub(b'A')) + 10
    }
}

fn mod11_2(signs: &[u8]) -> bool {
    let Some((check, body)) = signs.split_last() else {
        return false;
    };
    if !body.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = body.iter().fold(0, |sum, digit| (sum + base36(*digit)) * 2 % 11);
    let expected = (12 - sum) % 11;
    match check {
        b'X' => expected == 10,
        digit => digit.is_ascii_digit() && expected == base36(*digit),
    }
}

fn is_chinese(it: &Written<'_>) -> bool {
    mod11_2(it.signs)
        && (1900..2100).contains(&it.number(7, 10))
        && is_month(it.number(11, 12))
        && is_day(it.number(13, 14))
}

/// Day, month, year, a sign of the century, three digits and a letter or digit.
fn is_finnish(it: &Written<'_>) -> bool {
    let last = match it.signs.len() {
        10 => it.number(7, 9),
        // Born since 2000: the sign is an `A`.
        11 if it.signs.get(6) == Some(&b'A') => it.number(8, 10),
        _ => return false,
    };
    let body = it.signs.iter().rev().skip(1).filter(|sign| sign.is_ascii_digit()).count();
    body == 9
        && is_day(it.number(1, 2))
        && is_month(it.number(3, 4))
        && last_is(it, b"0123456789ABCDEFHJKLMNPRSTUVWXY", (it.number(1, 6) * 1_000 + last) % 31)
}

/// The department is 2A or 2B: its letter counts as nothing, and a million or two goes off.
fn is_corsican(it: &Written<'_>) -> bool {
    let off = match it.signs.get(5..7) {
        Some(b"2A") => 1_000_000,
        Some(b"2B") => 2_000_000,
        Some(_) | None => return false,
    };
    let body = it.number(1, 6) * 10_000_000 + it.number(8, 13);
    has_form(it, "ddddddadddddddd")
        && matches!(it.digit(1), 1..=5 | 7 | 8)
        && body >= off
        && 97 - (body - off) % 97 == it.number(14, 15)
}

fn is_iban(signs: &[u8]) -> bool {
    let Some((head, rest)) = signs.split_at_checked(4) else {
        return false;
    };
    let [a, b, c, d] = head else {
        return false;
    };
    let row = LENGTHS.split(' ').find(|row| row.as_bytes().starts_with(&[*a, *b]));
    let length = row.and_then(|row| row.get(2..)?.parse::<usize>().ok());
    let formed = c.is_ascii_digit() && d.is_ascii_digit() && length == Some(signs.len());
    let rest = rest.iter().chain(head).fold(0, |rest, sign| {
        let value = base36(*sign);
        (rest * if value > 9 { 100 } else { 10 } + value) % 97
    });
    formed && rest == 1
}

fn is_irish(it: &Written<'_>) -> bool {
    let more = match it.signs.get(8) {
        Some(second @ b'A'..=b'I') => (base36(*second) - 9) * 9,
        Some(b'W') | None => 0,
        Some(_) => return false,
    };
    let sum = it.weighted(&[8, 7, 6, 5, 4, 3, 2]) + more;
    let letter =
        usize::try_from(sum % 23).ok().and_then(|place| b"WABCDEFGHIJKLMNOPQRSTUV".get(place));
    (has_form(it, "ddddddda") || has_form(it, "dddddddaa")) && letter == it.signs.get(7)
}

fn is_italian(signs: &[u8]) -> bool {
    // At odd places letters and digits count by this table, A or 0 first.
    const ODD: [u64; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let digit = |sign: u8| sign.is_ascii_digit() || b"LMNPQRSTUV".contains(&sign);
    let fits = |(place, sign): (usize, &u8)| match place {
        0..=5 | 11 | 15 => sign.is_ascii_uppercase(),
        8 => b"ABCDEHLMPRST".contains(sign),
        _ => digit(*sign),
    };
    let plain = |sign: u8| if sign.is_ascii_digit() { base36(sign) } else { base36(sign) - 10 };
    let value = |(place, sign): (usize, &u8)| {
        let plain = plain(*sign);
        if place % 2 == 1 {
            return plain;
        }
        usize::try_from(plain).ok().and_then(|at| ODD.get(at)).copied().unwrap_or_default()
    };
    if signs.len() != 16 || !signs.iter().enumerate().all(fits) {
        return false;
    }
    let sum: u64 = signs.iter().take(15).enumerate().map(value).sum();
    signs.last().is_some_and(|last| plain(*last) == sum % 26)
}

fn is_mexican(it: &Written<'_>) -> bool {
    // The alphabet has an Ñ behind the N.
    let value = |sign: u8| base36(sign) + u64::from(sign > b'N');
    let weights = (2..=18).rev();
    let sum: u64 = it.signs.iter().zip(weights).map(|(sign, weight)| value(*sign) * weight).sum();
    has_form(it, "aaaaddddddaaaaaawd")
        && matches!(it.signs.get(10), Some(b'H' | b'M' | b'X'))
        && is_month(it.number(7, 8))
        && is_day(it.number(9, 10))
        && (10 - sum % 10) % 10 == it.digit(18)
}

fn is_singaporean(it: &Written<'_>) -> bool {
    let (letters, more) = match it.signs.first() {
        Some(b'S') => (b"JZIHGFEDCBA", 0),
        Some(b'T') => (b"JZIHGFEDCBA", 4),
        Some(b'F') => (b"XWUTRQPNMLK", 0),
        Some(b'G') => (b"XWUTRQPNMLK", 4),
        Some(_) | None => return false,
    };
    let digits = it.signs.get(1..8).unwrap_or_default().iter().map(|sign| base36(*sign));
    let sum: u64 = digits.zip([2, 7, 6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    has_form(it, "addddddda") && last_is(it, letters, (sum + more) % 11)
}

fn is_taiwanese(it: &Written<'_>) -> bool {
    let letter = b"ABCDEFGHJKLMNPQRSTUVXYWZIO".iter().position(|l| Some(l) == it.signs.first());
    let Some(letter) = letter.and_then(|place| u64::try_from(place + 10).ok()) else {
        return false;
    };
    let digits = it.signs.iter().skip(1).map(|sign| base36(*sign));
    let sum: u64 = digits.zip([8, 7, 6, 5, 4, 3, 2, 1, 1]).map(|(d, weight)| d * weight).sum();
    has_form(it, "addddddddd")
        && matches!(it.digit(2), 1 | 2 | 8 | 9)
        && (letter / 10 + letter % 10 * 9 + sum).is_multiple_of(10)
}

fn is_british(it: &Written<'_>) -> bool {
    let [first, second, ..] = it.signs else {
        return false;
    };
    let barred = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    has_form(it, "aadddddda")
        && !b"DFIQUV".contains(first)
        && !b"DFIOQUV".contains(second)
        && !barred.contains(&&[*first, *second])
        && matches!(it.signs.last(), Some(b'A'..=b'D'))
}

/// How long the account numbers of each country are (SWIFT registry).
const LENGTHS: &str = "\
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 \
    DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 \
    HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 \
    MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 \
    RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 \
    VA22 VG24 XK20 YE30";
