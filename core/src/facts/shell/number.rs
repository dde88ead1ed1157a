//! Numbers, as far as they are known.

use crate::facts::shell::value::is_natural;
use crate::facts::shell::value::is_result;
use crate::facts::word::Piece;

/// What is known of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Known(i64),
    /// It is not negative.
    Natural,
    Unknown,
}

impl Number {
    /// Returns the number where it is known.
    pub(crate) const fn known(self) -> Option<i64> {
        match self {
            Self::Known(value) => Some(value),
            Self::Natural | Self::Unknown => None,
        }
    }

    /// Returns true where it is certainly not negative.
    pub(crate) const fn is_natural(self) -> bool {
        match self {
            Self::Known(value) => value >= 0,
            Self::Natural => true,
            Self::Unknown => false,
        }
    }
}

/// Returns the number that a variable's value is, if it is nothing else.
pub(crate) fn held(value: &[Piece]) -> Option<Number> {
    match value {
        [Piece::Text(text)] => decimal(text),
        [Piece::OneOf(texts)] => {
            let numbers: Option<Vec<Number>> = texts.iter().map(|text| decimal(text)).collect();
            numbers?.into_iter().reduce(either)
        }
        [piece] if is_result(piece) => Some(Number::Unknown),
        _ if is_natural(value) => Some(Number::Natural),
        _ => None,
    }
}

/// Returns the number that a text is; zeros in front would make another one.
fn decimal(text: &str) -> Option<Number> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.len() < 18;
    if !plain || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    text.parse().ok().map(Number::Known)
}

/// Returns what is known where it is one of two.
pub(crate) fn either(first: Number, second: Number) -> Number {
    if first == second {
        first
    } else if first.is_natural() && second.is_natural() {
        Number::Natural
    } else {
        Number::Unknown
    }
}

/// Returns what is known after a step.
pub(crate) fn sum(number: Number, step: i64) -> Number {
    match number {
        Number::Known(value) => Number::Known(value.wrapping_add(step)),
        Number::Natural if step > 0 => Number::Natural,
        Number::Natural | Number::Unknown => Number::Unknown,
    }
}

/// Returns what an operator makes of two numbers.
pub(crate) fn combined(operator: &str, left: Number, right: Number) -> Number {
    let (Number::Known(a), Number::Known(b)) = (left, right) else {
        let natural = match operator {
            "<=" | ">=" | "==" | "!=" | "<" | ">" | "&&" | "||" => true,
            "+" | "*" | "/" | "%" | "&" | "|" | "^" | ">>" => {
                left.is_natural() && right.is_natural()
            }
            _ => false,
        };
        return if natural { Number::Natural } else { Number::Unknown };
    };
    let truth = |value: bool| Some(i64::from(value));
    let value = match operator {
        "*" => Some(a.wrapping_mul(b)),
        "/" => a.checked_div(b),
        "%" => a.checked_rem(b),
        "+" => Some(a.wrapping_add(b)),
        "-" => Some(a.wrapping_sub(b)),
        "**" => u32::try_from(b).ok().map(|b| a.wrapping_pow(b)),
        "<<" => u32::try_from(b).ok().and_then(|b| a.checked_shl(b)),
        ">>" => u32::try_from(b).ok().and_then(|b| a.checked_shr(b)),
        "<=" => truth(a <= b),
        ">=" => truth(a >= b),
        "==" => truth(a == b),
        "!=" => truth(a != b),
        "<" => truth(a < b),
        ">" => truth(a > b),
        "&&" => truth(a != 0 && b != 0),
        "||" => truth(a != 0 || b != 0),
        "&" => Some(a & b),
        "^" => Some(a ^ b),
        "|" => Some(a | b),
        _ => None,
    };
    value.map_or(Number::Unknown, Number::Known)
}
