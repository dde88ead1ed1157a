//! YAML text to a tree of nodes, within limits that no document that is meant comes near.

mod builder;
mod open;
mod scalar;
mod syntax;

use granit_parser::Parser;

use crate::document::Diagnostic;
use crate::document::DocumentError;
use crate::document::SourceFile;
use crate::document::diagnostic::is_unprintable;
use crate::document::node::Node;
use crate::document::yaml::builder::Builder;
use crate::document::yaml::syntax::syntax_error;
use crate::model::Location;

/// Bytes in one file.
pub(crate) const MAX_BYTES: usize = 1 << 20;
/// Bytes of text once aliases stand for what they name.
const MAX_EXPANDED_BYTES: usize = 4 << 20;
/// Nested collections.
const MAX_DEPTH: usize = 32;
/// Keys and values, aliases counted for what they stand for.
const MAX_NODES: usize = 20_000;
/// Anchors, and aliases.
const MAX_ALIASES: usize = 64;
/// Bytes in one scalar.
const MAX_SCALAR_BYTES: usize = 64 << 10;

/// Returns the documents of `file`, without those that are empty.
///
/// # Errors
/// Where the text is no YAML, or exceeds a limit: the first finding.
pub(crate) fn parse(file: &SourceFile) -> Result<Vec<Node>, Box<Diagnostic>> {
    check_text(file)?;
    let mut options = granit_parser::options! {
        block_nesting_limit: MAX_DEPTH + 1,
        flow_nesting_limit: MAX_DEPTH + 1,
    };
    options.set_emit_comments(false);
    let mut builder = Builder::new(&file.path);
    for next in Parser::new_from_str_with_options(&file.text, options) {
        match next {
            Ok((event, span)) => builder.accept(event, span)?,
            Err(error) => {
                let mark = error.marker();
                return Err(builder.fail_syntax(mark, &syntax_error(error.kind())));
            }
        }
    }
    Ok(builder.finish())
}

/// Checks what can be seen before the parser sees anything: the size, and the characters.
fn check_text(file: &SourceFile) -> Result<(), Box<Diagnostic>> {
    let place =
        |line, column| Location { column, file: file.path.clone(), line, path: String::new() };
    let size = file.text.len();
    if size > MAX_BYTES {
        let error = DocumentError::TooLarge { size, limit: MAX_BYTES };
        return Err(Box::new(error.at(place(1, 1))));
    }
    let (mut line, mut column) = (1, 1);
    let mut chars = file.text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' || (c == '\r' && chars.peek() != Some(&'\n')) {
            (line, column) = (line + 1, 1);
            continue;
        }
        if is_unprintable(c) && !matches!(c, '\t' | '\r') {
            let error = DocumentError::ControlCharacter { code: u32::from(c) };
            return Err(Box::new(error.at(place(line, column))));
        }
        // A byte order mark has no width.
        column += u32::from(c != '\u{feff}');
    }
    Ok(())
}

#[cfg(test)]
mod tests;
