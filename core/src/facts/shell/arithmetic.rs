//! Arithmetic: what is certain in it, and what only a run would tell.

use crate::facts::shell::cursor::in_name;
use crate::facts::shell::cursor::starts_name;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::value::NUMBER;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::is_natural;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::natural;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// What is known of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Known(i64),
    /// It is not negative.
    Natural,
    Unknown,
}

impl Number {
    pub(crate) const fn known(self) -> Option<i64> {
        match self {
            Self::Known(value) => Some(value),
            Self::Natural | Self::Unknown => None,
        }
    }

    const fn is_natural(self) -> bool {
        match self {
            Self::Known(value) => value >= 0,
            Self::Natural => true,
            Self::Unknown => false,
        }
    }
}

/// Why an expression is not followed: evaluating it may run commands.
const DOUBT: &str = "arithmetic with something in it that is known only at run time";

/// How deep an expression may be nested.
const DEEPEST: usize = 24;

impl Walk {
    /// Evaluates arithmetic, with what it sets.
    pub(crate) fn arithmetic(&mut self, state: &mut State, parts: &Parts) -> Number {
        let word = self.single(state, parts, false);
        self.arithmetic_word(state, &word)
    }

    /// Evaluates a word as arithmetic.
    pub(crate) fn arithmetic_word(&mut self, state: &mut State, word: &Word) -> Number {
        let mut text = String::new();
        for piece in &word.pieces {
            match piece {
                Piece::Text(more) => text.push_str(more),
                Piece::Glob(_) if is_natural(std::slice::from_ref(piece)) => text.push(NUMBER),
                Piece::OneOf(values) if values.iter().all(|value| is_plain_number(value)) => {
                    text.push(NUMBER);
                }
                Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => {
                    self.dynamic(DOUBT);
                    return Number::Unknown;
                }
            }
        }
        self.arithmetic_text(state, &text, 0)
    }

    fn arithmetic_text(&mut self, state: &mut State, text: &str, depth: usize) -> Number {
        self.spend(text.len());
        if text.trim().is_empty() {
            return Number::Known(0);
        }
        let mut reader =
            Reader { walk: self, state, rest: text, depth, maybe: 0, failed: false };
        let number = reader.comma();
        let failed = reader.failed || !reader.rest.trim_start().is_empty();
        if failed {
            self.hidden(state, text);
            self.dynamic(DOUBT);
            return Number::Unknown;
        }
        number
    }

    /// Evaluates a subscript, or a name that may have one.
    pub(crate) fn subscript_word(&mut self, state: &mut State, word: &Word) {
        match word.literal() {
            Some(text) if matches!(text.as_str(), "@" | "*") => {}
            Some(_) | None => {
                self.arithmetic_word(state, word);
            }
        }
    }

    /// Looks at a word that names a variable for subscripts, which are evaluated.
    pub(crate) fn subscripts(&mut self, state: &mut State, word: &Word) {
        match word.literal() {
            None => self.dynamic("the name of a variable is known only at run time"),
            Some(text) => {
                let Some((_, subscript)) = text.split_once('[') else { return };
                let subscript = subscript.rsplit_once(']').map_or(subscript, |(inside, _)| inside);
                if !is_plain_number(subscript) && !matches!(subscript, "@" | "*") {
                    self.hidden(state, &text);
                    self.dynamic("the subscript of a variable is evaluated");
                }
            }
        }
    }
}

fn is_plain_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 18 && text.bytes().all(|byte| byte.is_ascii_digit())
}

struct Reader<'w, 's, 't> {
    walk: &'w mut Walk,
    state: &'s mut State,
    rest: &'t str,
    depth: usize,
    /// How many operators there are around this that may leave it out.
    maybe: usize,
    failed: bool,
}

/// Operators with two sides, the longest first, and how strongly they bind.
const OPERATORS: [(&str, u8); 19] = [
    ("**", 12),
    ("<<", 9),
    (">>", 9),
    ("<=", 8),
    (">=", 8),
    ("==", 7),
    ("!=", 7),
    ("&&", 3),
    ("||", 2),
    ("*", 11),
    ("/", 11),
    ("%", 11),
    ("+", 10),
    ("-", 10),
    ("<", 8),
    (">", 8),
    ("&", 6),
    ("^", 5),
    ("|", 4),
];

impl Reader<'_, '_, '_> {
    fn fail(&mut self) -> Number {
        self.failed = true;
        self.rest = "";
        Number::Unknown
    }

    fn take(&mut self, text: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn comma(&mut self) -> Number {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail();
        }
        let mut number = self.ternary();
        while self.take(",") {
            number = self.ternary();
        }
        self.depth -= 1;
        number
    }

    fn ternary(&mut self) -> Number {
        let condition = self.binary(2);
        if !self.take("?") {
            return condition;
        }
        self.maybe += 1;
        let first = self.comma();
        if !self.take(":") {
            return self.fail();
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail();
        }
        let second = self.ternary();
        self.depth -= 1;
        self.maybe -= 1;
        match condition {
            Number::Known(0) => second,
            Number::Known(_) => first,
            Number::Natural | Number::Unknown => either(first, second),
        }
    }

    fn operator(&mut self) -> Option<(&'static str, u8)> {
        self.rest = self.rest.trim_start();
        let found = OPERATORS.iter().find(|(text, _)| self.rest.starts_with(text))?;
        // `x = 1`, `x += 1` and the like are read with the name.
        let behind = self.rest.get(found.0.len()..).unwrap_or_default();
        if behind.starts_with('=') && !matches!(found.0, "<=" | ">=" | "==" | "!=" | "<" | ">") {
            return None;
        }
        Some(*found)
    }

    fn binary(&mut self, least: u8) -> Number {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail();
        }
        let mut left = self.unary();
        while let Some((operator, strength)) = self.operator() {
            if strength < least {
                break;
            }
            self.rest = self.rest.get(operator.len()..).unwrap_or_default();
            let lazy = matches!(operator, "&&" | "||");
            self.maybe += usize::from(lazy);
            let right = self.binary(if operator == "**" { strength } else { strength + 1 });
            self.maybe -= usize::from(lazy);
            left = combined(operator, left, right);
        }
        self.depth -= 1;
        left
    }

    fn unary(&mut self) -> Number {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail();
        }
        let number = self.unary_inside();
        self.depth -= 1;
        number
    }

    fn unary_inside(&mut self) -> Number {
        if self.take("++") {
            return self.stepped(1);
        }
        if self.take("--") {
            return self.stepped(-1);
        }
        if self.take("!") {
            return match self.unary() {
                Number::Known(value) => Number::Known(i64::from(value == 0)),
                Number::Natural | Number::Unknown => Number::Natural,
            };
        }
        if self.take("-") {
            return match self.unary() {
                Number::Known(value) => Number::Known(value.wrapping_neg()),
                Number::Natural | Number::Unknown => Number::Unknown,
            };
        }
        if self.take("~") {
            self.unary();
            return Number::Unknown;
        }
        if self.take("+") {
            return self.unary();
        }
        self.primary()
    }

    /// `++x` and `--x`.
    fn stepped(&mut self, step: i64) -> Number {
        let name = self.name();
        if name.is_empty() {
            return self.fail();
        }
        let number = sum(self.variable(&name), step);
        self.assign(&name, number);
        number
    }

    fn primary(&mut self) -> Number {
        if self.take("(") {
            let number = self.comma();
            if !self.take(")") {
                return self.fail();
            }
            return number;
        }
        if self.take(NUMBER.encode_utf8(&mut [0; 4])) {
            // Digits beside it would make another number.
            if self.rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == NUMBER) {
                return self.fail();
            }
            return Number::Natural;
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return self.constant();
        }
        let name = self.name();
        if name.is_empty() || self.rest.starts_with('[') {
            return self.fail();
        }
        self.named(&name)
    }

    fn constant(&mut self) -> Number {
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '#' && c != '@' && c != '_')
            .unwrap_or(self.rest.len());
        let text = self.rest.get(..end).unwrap_or_default();
        self.rest = self.rest.get(end..).unwrap_or_default();
        if self.rest.starts_with(NUMBER) {
            return self.fail();
        }
        let value = if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            i64::from_str_radix(hex, 16)
        } else if let Some((base, digits)) = text.split_once('#') {
            match base.parse::<u32>() {
                Ok(base @ 2..=36) => i64::from_str_radix(digits, base),
                Ok(_) | Err(_) => return self.fail(),
            }
        } else if text.len() > 1 && text.starts_with('0') {
            i64::from_str_radix(text, 8)
        } else {
            text.parse()
        };
        match value {
            Ok(value) => Number::Known(value),
            Err(_) => self.fail(),
        }
    }

    fn name(&mut self) -> String {
        self.rest = self.rest.trim_start();
        if !self.rest.bytes().next().is_some_and(starts_name) {
            return String::new();
        }
        let end = self.rest.bytes().position(|b| !in_name(b)).unwrap_or(self.rest.len());
        let name = self.rest.get(..end).unwrap_or_default().to_owned();
        self.rest = self.rest.get(end..).unwrap_or_default();
        name
    }

    /// A name, with what is assigned to it.
    fn named(&mut self, name: &str) -> Number {
        const ASSIGNING: [&str; 10] =
            ["*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|="];
        if self.take("++") {
            let number = self.variable(name);
            self.assign(name, sum(number, 1));
            return number;
        }
        if self.take("--") {
            let number = self.variable(name);
            self.assign(name, sum(number, -1));
            return number;
        }
        if let Some(operator) = ASSIGNING.iter().find(|text| self.take(text)) {
            let before = self.variable(name);
            let right = self.assigned();
            let operator = operator.trim_end_matches('=');
            let number = combined(operator, before, right);
            self.assign(name, number);
            return number;
        }
        if !self.rest.trim_start().starts_with("==") && self.take("=") {
            let number = self.assigned();
            self.assign(name, number);
            return number;
        }
        self.variable(name)
    }

    fn assigned(&mut self) -> Number {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail();
        }
        let number = self.ternary();
        self.depth -= 1;
        number
    }

    fn variable(&mut self, name: &str) -> Number {
        let value = self.state.value(name);
        let values = value.scalars();
        if values.iter().all(|value| is_natural(value)) {
            return Number::Natural;
        }
        let texts: Option<Vec<String>> = values.iter().map(|value| literal(value)).collect();
        let Some(texts) = texts else {
            return self.fail();
        };
        if texts.len() > 1 {
            let plain = texts.iter().all(|text| is_plain_number(text));
            return if plain { Number::Natural } else { self.fail() };
        }
        let text = texts.first().map(String::as_str).unwrap_or_default();
        if is_plain_number(text) && (text.len() == 1 || !text.starts_with('0')) {
            return text.parse().map_or(Number::Unknown, Number::Known);
        }
        if self.depth > DEEPEST {
            return self.fail();
        }
        // The value is evaluated in its turn.
        self.walk.arithmetic_text(self.state, text, self.depth + 1)
    }

    fn assign(&mut self, name: &str, number: Number) {
        let number = if self.maybe > 0 && !self.failed {
            let before = self.variable(name);
            either(before, number)
        } else {
            number
        };
        let value = match number {
            Number::Known(value) => Value::text(&value.to_string()),
            Number::Natural => Value::Scalar(vec![vec![natural()]]),
            Number::Unknown => Value::unknown("the result of arithmetic"),
        };
        self.state.set(name, value);
    }
}

fn either(first: Number, second: Number) -> Number {
    if first == second {
        first
    } else if first.is_natural() && second.is_natural() {
        Number::Natural
    } else {
        Number::Unknown
    }
}

fn sum(number: Number, step: i64) -> Number {
    match number {
        Number::Known(value) => Number::Known(value.wrapping_add(step)),
        Number::Natural if step > 0 => Number::Natural,
        Number::Natural | Number::Unknown => Number::Unknown,
    }
}

fn combined(operator: &str, left: Number, right: Number) -> Number {
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
