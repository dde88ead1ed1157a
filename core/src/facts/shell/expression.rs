//! The expressions of arithmetic.

use crate::facts::shell::cursor::in_name;
use crate::facts::shell::cursor::starts_name;
use crate::facts::shell::limits::MOST_WAYS;
use crate::facts::shell::number::Number;
use crate::facts::shell::number::combined;
use crate::facts::shell::number::either;
use crate::facts::shell::number::held;
use crate::facts::shell::number::sum;
use crate::facts::shell::state::State;
use crate::facts::shell::value::NUMBER;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::WHOLE;
use crate::facts::shell::value::is_mark;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::natural;
use crate::facts::shell::value::whole;
use crate::facts::shell::walk::Walk;

/// Reads and evaluates one expression.
pub(crate) struct Reader<'w, 's, 't> {
    walk: &'w mut Walk,
    state: &'s mut State,
    rest: &'t str,
    depth: usize,
    /// How many operators there are around this that may leave it out.
    maybe: usize,
    failed: bool,
}

/// How deep an expression may be nested.
const DEEPEST: usize = 24;

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

impl<'w, 's, 't> Reader<'w, 's, 't> {
    /// Starts at the front of a text.
    pub(crate) const fn new(
        walk: &'w mut Walk,
        state: &'s mut State,
        rest: &'t str,
        depth: usize,
    ) -> Self {
        Self { walk, state, rest, depth, maybe: 0, failed: false }
    }

    /// Evaluates the whole text, or nothing where something in it is not followed.
    pub(crate) fn read(mut self) -> Option<Number> {
        let number = self.comma();
        (!self.failed && self.rest.trim_start().is_empty()).then_some(number)
    }

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
        for (mark, number) in [(NUMBER, Number::Natural), (WHOLE, Number::Unknown)] {
            if self.take(mark.encode_utf8(&mut [0; 4])) {
                // Digits beside it would make another number.
                let joins = |c: char| c.is_ascii_alphanumeric() || is_mark(c);
                return if self.rest.starts_with(joins) { self.fail() } else { number };
            }
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
        if self.rest.starts_with(is_mark) {
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
        let [value] = values.as_slice() else {
            let numbers: Option<Vec<Number>> = values.iter().map(|value| held(value)).collect();
            let number = numbers.and_then(|all| all.into_iter().reduce(either));
            return number.unwrap_or_else(|| self.fail());
        };
        if let Some(number) = held(value) {
            return number;
        }
        let Some(text) = literal(value) else {
            return self.fail();
        };
        if self.depth > DEEPEST {
            return self.fail();
        }
        // The value is evaluated in its turn.
        self.walk.arithmetic_text(self.state, &text, self.depth + 1)
    }

    fn assign(&mut self, name: &str, number: Number) {
        let value = match number {
            Number::Known(value) => Value::text(&value.to_string()),
            Number::Natural => Value::Scalar(vec![vec![natural()]]),
            Number::Unknown => Value::Scalar(vec![vec![whole()]]),
        };
        let value = if self.maybe > 0 && !self.failed {
            self.state.value(name).or(&value, MOST_WAYS)
        } else {
            value
        };
        self.walk.store(self.state, name, value);
    }
}
