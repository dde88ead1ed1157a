//! Amounts of money, exact: decimal text and a currency.

use serde::Deserialize;
use serde::Serialize;

/// An amount of money.
///
/// # Example
/// ```
/// use bailiwick::Money;
/// let money = Money { amount: "12.5".to_owned(), currency: "USD".to_owned() };
/// assert_eq!(money.micros(), Some(12_500_000));
/// assert_eq!(money.usage_key(), "cost_micros_usd");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// The amount: decimal digits, with at most six behind the point.
    pub amount: String,
    /// The currency, three capital letters.
    pub currency: String,
}

impl Money {
    /// Returns the amount in millionths; `None` where it is no amount.
    pub fn micros(&self) -> Option<u64> {
        let (whole, part) = self.amount.split_once('.').unwrap_or((&self.amount, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 6 || whole.len() > 12 {
            return None;
        }
        let part: u64 = format!("{part:0<6}").parse().ok()?;
        whole.parse::<u64>().ok()?.checked_mul(1_000_000)?.checked_add(part)
    }

    /// Returns true where the currency has the shape of one.
    pub fn has_currency(&self) -> bool {
        self.currency.len() == 3 && self.currency.bytes().all(|b| b.is_ascii_uppercase())
    }

    /// Returns the key under `usage` in the state that counts costs in this currency.
    pub fn usage_key(&self) -> String {
        format!("cost_micros_{}", self.currency.to_ascii_lowercase())
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn reads_decimal_text_exactly_and_nothing_else() {
        let micros =
            |amount: &str| Money { amount: amount.to_owned(), currency: "EUR".to_owned() }.micros();
        assert_eq!(micros("0.1"), Some(100_000));
        assert_eq!(micros("999999999999.999999"), Some(999_999_999_999_999_999));
        for text in
            ["", ".5", "5.", "-1", "1e3", "1,5", "0.1234567", "1.2.3", " 1", "9999999999999"]
        {
            assert_eq!(micros(text), None, "{text}");
        }
    }
}
