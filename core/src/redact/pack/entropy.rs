//! How random a value looks, in whole numbers: the same on every host.

/// Bytes that are looked at: more do not change the picture.
const MOST: usize = 256;
/// A whole logarithm.
const ONE: u64 = 1 << 16;

/// Returns the Shannon entropy of `value` in thousandths of a bit per byte.
pub(crate) fn entropy(value: &[u8]) -> u32 {
    let value = value.get(..MOST).unwrap_or(value);
    let mut counts = [0_u16; 256];
    for byte in value {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let weighted = |count: u64| count * log2(count);
    let total = u64::try_from(value.len()).unwrap_or_default();
    let parts: u64 = counts.iter().filter(|count| **count > 1).map(|c| weighted((*c).into())).sum();
    let whole = weighted(total).saturating_sub(parts);
    let thousandths = whole.saturating_mul(1_000) / ONE;
    thousandths.checked_div(total).and_then(|each| u32::try_from(each).ok()).unwrap_or_default()
}

/// Returns the logarithm to the base of two, in 65536ths.
fn log2(number: u64) -> u64 {
    let Some(whole) = number.checked_ilog2() else {
        return 0;
    };
    let mut out = u64::from(whole) * ONE;
    // Squaring doubles the logarithm: what passes two is the next binary digit.
    let mut part = (number << 32) >> whole;
    for digit in (0..16).rev() {
        let square = (u128::from(part) * u128::from(part)) >> 32;
        part = u64::try_from(square).unwrap_or(u64::MAX);
        if part >= 2 << 32 {
            out += 1 << digit;
            part >>= 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::entropy;

    #[test]
    fn entropy_is_that_of_shannon() {
        for (text, thousandths) in
            [("", 0), ("aaaa", 0), ("abab", 1_000), ("abcd", 2_000), ("0123456789abcdef", 4_000)]
        {
            assert_eq!(entropy(text.as_bytes()), thousandths, "{text}");
        }
        // 3/4 log2(4/3) + 1/4 log2(4)
        assert_eq!(entropy(b"aaab"), 811);
    }
}
