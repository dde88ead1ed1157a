//! What a plain scalar means: less than YAML 1.2's core schema, so that nothing surprises.

use crate::document::node::NodeKind;

const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// Returns what the plain scalar `text` means: `true`, `false`, `null`, `~`, nothing, or decimal
/// digits without leading zeros; everything else is text (`no`, `0123`, `1.5`, `0x10`, dates).
pub(super) fn plain(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" => NodeKind::Null,
        "true" => NodeKind::Bool(true),
        "false" => NodeKind::Bool(false),
        _ => integer(text).map_or_else(|| NodeKind::Text(text.to_owned()), NodeKind::Integer),
    }
}

fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let shaped = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = digits.starts_with('0') && text != "0";
    if !shaped || leading_zero {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    (-MAX_SAFE_INTEGER..=MAX_SAFE_INTEGER).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::document::node::NodeKind;

    #[test]
    fn reads_only_plain_words_and_digits_as_more_than_text() {
        assert_eq!(plain("true"), NodeKind::Bool(true));
        assert_eq!(plain("-12"), NodeKind::Integer(-12));
        assert_eq!(plain("0"), NodeKind::Integer(0));
        assert_eq!(plain("~"), NodeKind::Null);
        for text in [
            "yes",
            "no",
            "on",
            "off",
            "True",
            "NULL",
            "0123",
            "-0",
            "+1",
            "1_000",
            "1.5",
            "1e3",
            "0x10",
            "0o7",
            "2026-07-04",
            "< 2%",
            "99.9%",
            "9007199254740992",
            "-",
            ".inf",
        ] {
            assert_eq!(plain(text), NodeKind::Text(text.to_owned()));
        }
    }
}
