//! What stands in instructions, prompts and the output of tools that should not be obeyed, or not
//! be released (sections 30 and 41).

mod code;
mod conflict;
mod encoded;
mod finding;
mod fold;
mod hidden;
mod instruction;
mod link;
mod marker;
mod negation;
mod phrase;
mod phrases;
mod prompt;
mod prompt_phrases;
mod report;
mod scope;
mod unit;

#[cfg(test)]
mod tests;

pub use code::LintCode;
pub use code::LintKind;
pub use code::LintSeverity;
pub use code::is_for_agents;
pub use finding::LintFinding;
pub use finding::LintSpan;
pub use report::LintReport;
pub use report::lint;
