//! Condition text to syntax tree: the grammar.

use thiserror::Error;

use crate::compile::condition::Constant;
use crate::compile::condition::Expression;
use crate::compile::condition::Operand;
use crate::compile::condition::Operator;
use crate::compile::condition::Pattern;
use crate::compile::token::Token;
use crate::compile::token::tokens;
use crate::compile::typing::check_operator;
use crate::compile::typing::constant;
use crate::compile::typing::same_type;
use crate::facts::PathCase;
use crate::facts::PathPattern;
use crate::model::Attribute;
use crate::model::AttributeType;

/// The longest condition that is read, in bytes.
const MAX_LENGTH: usize = 4096;

/// The deepest nesting of parentheses and `not`.
const MAX_DEPTH: usize = 32;

/// Why a condition cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConditionError {
    /// It does not follow the grammar.
    #[error("{0}")]
    Syntax(String),
    /// It names an attribute that no request has.
    #[error("no request has an attribute `{name}`")]
    UnknownAttribute {
        /// The name.
        name: String,
        /// The nearest attribute.
        suggestion: Option<&'static str>,
    },
    /// It compares an attribute with what it can never hold.
    #[error("{message}")]
    Type {
        /// What does not fit.
        message: String,
        /// The nearest value that would.
        suggestion: Option<&'static str>,
    },
    /// It is too long or too deep.
    #[error("{0}")]
    Limit(String),
}

impl ConditionError {
    /// Returns the stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "condition_syntax",
            Self::UnknownAttribute { .. } => "condition_unknown_attribute",
            Self::Type { .. } => "condition_type",
            Self::Limit(_) => "condition_limit",
        }
    }

    /// Returns a way out.
    pub fn help(&self) -> String {
        match self {
            Self::UnknownAttribute { suggestion: Some(name), .. }
            | Self::Type { suggestion: Some(name), .. } => format!("did you mean `{name}`"),
            Self::UnknownAttribute { .. } => {
                "`bailiwick schema` lists the attributes; your own go under `attributes.`"
                    .to_owned()
            }
            Self::Type { .. } => "compare the attribute with a value of its own type".to_owned(),
            Self::Syntax(_) => {
                "write it as `subject.role in [Approver] and target_count > 50`".to_owned()
            }
            Self::Limit(_) => "split it into several conditions".to_owned(),
        }
    }
}

/// Reads a condition and types it.
pub(crate) fn parse(text: &str) -> Result<Expression, ConditionError> {
    if text.len() > MAX_LENGTH {
        return Err(ConditionError::Limit(format!("condition is longer than {MAX_LENGTH} bytes")));
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0 };
    let expression = parser.any(0)?;
    match parser.peek() {
        None => Ok(expression),
        Some(token) => Err(syntax(format!("`{token}` is not expected here"))),
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(next)) if next == word);
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.next += usize::from(found);
        found
    }

    fn any(&mut self, depth: usize) -> Result<Expression, ConditionError> {
        let mut parts = vec![self.all(depth)?];
        while self.take_word("or") {
            parts.push(self.all(depth)?);
        }
        Ok(one_or(parts, Expression::Or))
    }

    fn all(&mut self, depth: usize) -> Result<Expression, ConditionError> {
        let mut parts = vec![self.unary(depth)?];
        while self.take_word("and") {
            parts.push(self.unary(depth)?);
        }
        Ok(one_or(parts, Expression::And))
    }

    fn unary(&mut self, depth: usize) -> Result<Expression, ConditionError> {
        if depth >= MAX_DEPTH {
            return Err(ConditionError::Limit(format!(
                "condition is nested deeper than {MAX_DEPTH}"
            )));
        }
        if self.take_word("not") {
            return Ok(Expression::Not(Box::new(self.unary(depth + 1)?)));
        }
        if self.take_sign("(") {
            let inner = self.any(depth + 1)?;
            if !self.take_sign(")") {
                return Err(syntax("a parenthesis has no end".to_owned()));
            }
            return Ok(inner);
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expression, ConditionError> {
        let attribute = match self.take() {
            Some(Token::Word(name)) => attribute(&name)?,
            Some(token) => {
                return Err(syntax(format!("`{token}` stands where an attribute belongs")));
            }
            None => {
                return Err(syntax("the condition ends where an attribute belongs".to_owned()));
            }
        };
        if self.take_word("is") {
            let negated = self.take_word("not");
            if !self.take_word("absent") {
                return Err(syntax(
                    "after `is` only `absent` or `not absent` can stand".to_owned(),
                ));
            }
            return Ok(negate_if(negated, Expression::Absent(attribute)));
        }
        if self.take_word("matches") {
            return self.matches(attribute);
        }
        let negated = self.take_word("not");
        if self.take_word("in") {
            let list = self.list(&attribute)?;
            return Ok(negate_if(negated, Expression::In(attribute, list)));
        }
        if negated {
            if self.take_word("matches") {
                return Ok(negate_if(true, self.matches(attribute)?));
            }
            let message = "after an attribute, `not` must be followed by `in` or `matches`";
            return Err(syntax(message.to_owned()));
        }
        let operator = match self.peek() {
            Some(Token::Sign("==")) => Some((Operator::Equal, false)),
            Some(Token::Sign("!=")) => Some((Operator::Equal, true)),
            Some(Token::Sign("<")) => Some((Operator::Less, false)),
            Some(Token::Sign("<=")) => Some((Operator::LessOrEqual, false)),
            Some(Token::Sign(">")) => Some((Operator::Greater, false)),
            Some(Token::Sign(">=")) => Some((Operator::GreaterOrEqual, false)),
            Some(Token::Sign(_) | Token::Word(_) | Token::Quoted(_)) | None => None,
        };
        let Some((operator, negated)) = operator else {
            return bare(attribute);
        };
        self.next += 1;
        let operand = self.operand(&attribute)?;
        check_operator(&attribute, operator)?;
        Ok(negate_if(negated, Expression::Compare(attribute, operator, operand)))
    }

    fn matches(&mut self, attribute: Attribute) -> Result<Expression, ConditionError> {
        if attribute.kind() != AttributeType::Text {
            return Err(type_error(format!("`{}` is not text", attribute.name()), None));
        }
        let mut patterns = Vec::new();
        if self.take_sign("[") {
            while !self.take_sign("]") {
                patterns.push(self.pattern(&attribute)?);
                let more = self.take_sign(",");
                if !more && !matches!(self.peek(), Some(Token::Sign("]"))) {
                    return Err(syntax("entries of a list are parted by commas".to_owned()));
                }
            }
        } else {
            patterns.push(self.pattern(&attribute)?);
        }
        Ok(Expression::Matches(attribute, patterns))
    }

    fn pattern(&mut self, attribute: &Attribute) -> Result<Pattern, ConditionError> {
        let text = match self.take() {
            Some(Token::Word(text) | Token::Quoted(text)) => text,
            Some(Token::Sign(_)) | None => {
                return Err(syntax("after `matches` a pattern must stand".to_owned()));
            }
        };
        Ok(match attribute {
            Attribute::ChangeFiles
            | Attribute::CommandRemovals
            | Attribute::Paths
            | Attribute::Reads
            | Attribute::Writes => {
                let read = |case| {
                    PathPattern::with_case(&text, case).map_err(|error| syntax(error.to_string()))
                };
                Pattern::Path { exact: read(PathCase::Exact)?, loose: read(PathCase::Ignore)? }
            }
            // Hosts are read in lower case.
            Attribute::NetworkHosts => Pattern::Name(text.to_lowercase()),
            _ => Pattern::Name(text),
        })
    }

    fn list(&mut self, attribute: &Attribute) -> Result<Vec<Constant>, ConditionError> {
        if !self.take_sign("[") {
            return Err(syntax("after `in` a list in brackets must stand".to_owned()));
        }
        let mut list = Vec::new();
        while !self.take_sign("]") {
            match self.take() {
                Some(Token::Word(word)) => list.push(constant(attribute, &word, false)?),
                Some(Token::Quoted(text)) => list.push(constant(attribute, &text, true)?),
                Some(Token::Sign(sign)) => {
                    return Err(syntax(format!("`{sign}` is not expected here")));
                }
                None => return Err(syntax("a list has no end".to_owned())),
            }
            let more = self.take_sign(",");
            if !more && !matches!(self.peek(), Some(Token::Sign("]"))) {
                return Err(syntax("entries of a list are parted by commas".to_owned()));
            }
        }
        Ok(list)
    }

    fn operand(&mut self, attribute: &Attribute) -> Result<Operand, ConditionError> {
        match self.take() {
            Some(Token::Word(word)) => match Attribute::from_name(&word) {
                Some(other) => same_type(attribute, &other).map(|()| Operand::Attribute(other)),
                None => constant(attribute, &word, false).map(Operand::Constant),
            },
            Some(Token::Quoted(text)) => constant(attribute, &text, true).map(Operand::Constant),
            Some(Token::Sign(sign)) => {
                Err(syntax(format!("`{sign}` stands where a value belongs")))
            }
            None => Err(syntax("the condition ends where a value belongs".to_owned())),
        }
    }
}

fn one_or(mut parts: Vec<Expression>, many: impl Fn(Vec<Expression>) -> Expression) -> Expression {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    many(parts)
}

fn negate_if(negated: bool, expression: Expression) -> Expression {
    if negated { Expression::Not(Box::new(expression)) } else { expression }
}

fn attribute(name: &str) -> Result<Attribute, ConditionError> {
    Attribute::from_name(name).ok_or_else(|| ConditionError::UnknownAttribute {
        name: name.chars().take(80).collect(),
        suggestion: Attribute::suggest(name),
    })
}

fn bare(attribute: Attribute) -> Result<Expression, ConditionError> {
    if attribute.kind() == AttributeType::Boolean {
        let holds = Operand::Constant(Constant::Boolean(true));
        return Ok(Expression::Compare(attribute, Operator::Equal, holds));
    }
    let message =
        format!("`{}` is not a yes or no by itself: compare it with something", attribute.name());
    Err(type_error(message, None))
}

pub(crate) fn syntax(message: String) -> ConditionError {
    ConditionError::Syntax(message)
}

pub(crate) fn type_error(message: String, suggestion: Option<&'static str>) -> ConditionError {
    ConditionError::Type { message, suggestion }
}
