//! What the parser's findings are called here.

use granit_parser::ErrorKind;

use crate::document::DocumentError;
use crate::document::yaml::MAX_DEPTH;

/// Returns the error for what the parser met.
pub(super) fn syntax_error(kind: &ErrorKind) -> DocumentError {
    match kind {
        ErrorKind::RecursionLimitExceeded => DocumentError::TooDeep { limit: MAX_DEPTH },
        ErrorKind::UnknownAnchor => DocumentError::UnknownAlias,
        other => DocumentError::YamlSyntax { reason: reason(other) },
    }
}

fn reason(kind: &ErrorKind) -> String {
    let fixed = match kind {
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return format!("`{open}` is closed by `{close}`");
        }
        ErrorKind::UnclosedFlowCollection { open } => return format!("`{open}` is not closed"),
        ErrorKind::UnexpectedCharacter { character } => {
            return format!("`{}` cannot begin a value", character.escape_debug());
        }
        ErrorKind::UnexpectedEofFlowSequence => "`[` is not closed",
        ErrorKind::UnexpectedEofFlowMapping | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            "`{` is not closed"
        }
        ErrorKind::ExpectedFlowMappingSeparator => "`,` or `}` expected",
        ErrorKind::ExpectedFlowSequenceSeparator => "`,` or `]` expected",
        ErrorKind::MisplacedFlowCollectionEnd => "bracket closes nothing",
        ErrorKind::UnclosedQuotedScalar => "quote is not closed",
        ErrorKind::InvalidQuotedScalarIndent => "a quote above is not closed",
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => "something follows the closing quote",
        ErrorKind::UnknownQuotedScalarEscape => "unknown escape in double quotes",
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => "tab where spaces are needed",
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent => "indentation fits nothing above it",
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidMappingValueWhitespace => {
            "`:` cannot stand here: quote the text around it, or look at the indentation"
        }
        ErrorKind::InvalidColonPlacement => "`:` cannot stand here within brackets",
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => "`:` expected after a key",
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::MappingKeyNotAllowed => {
            "a key is expected here: look at the indentation, and at quotes above"
        }
        ErrorKind::ExpectedBlockSequenceEntry => "`- ` expected",
        ErrorKind::BlockSequenceEntryNotAllowed => "`- ` cannot stand here",
        ErrorKind::ExpectedDocumentStart => "something follows the end of the document",
        ErrorKind::ExpectedNodeContent => "a value is expected here",
        ErrorKind::UnexpectedEof
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping => "the text ends too early",
        ErrorKind::UndeclaredTagHandle => "tag with an undeclared handle",
        _ => "not understood from here on",
    };
    fixed.to_owned()
}
