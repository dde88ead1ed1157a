//! The words of a condition.

use crate::compile::expression::ConditionError;
use crate::compile::expression::syntax;

/// One word, text or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Quoted(text) => write!(f, "\"{text}\""),
            Self::Sign(sign) => f.write_str(sign),
        }
    }
}

/// Splits a condition into its words.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, ConditionError> {
    const SIGNS: [&str; 11] = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","];
    let is_word = |c: char| c.is_alphanumeric() || "_.-/:*?@+".contains(c);
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            out.push(Token::Sign(sign));
            rest = rest.get(sign.len()..).unwrap_or_default();
        } else if first == '"' || first == '\'' {
            let body = rest.get(1..).unwrap_or_default();
            let Some((inside, after)) = body.split_once(first) else {
                return Err(syntax("a quoted text has no end".to_owned()));
            };
            out.push(Token::Quoted(inside.to_owned()));
            rest = after;
        } else if is_word(first) {
            let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push(Token::Word(word.to_owned()));
            rest = after;
        } else {
            return Err(syntax(format!("character `{}` is not expected", first.escape_debug())));
        }
        rest = rest.trim_start();
    }
    Ok(out)
}
