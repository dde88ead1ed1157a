//! What commands print, where that is known.

use std::ops::Range;

use crate::facts::shell::expand::How;
use crate::facts::shell::field::Fields;
use crate::facts::shell::limits::MOST_BLANKS;
use crate::facts::shell::line::holds_folder;
use crate::facts::shell::script::DoubtKind;
use crate::facts::shell::script::SimpleCommand;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::Kind;
use crate::facts::shell::tree::List;
use crate::facts::shell::value::HERE;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Doubt;
use crate::facts::word::Piece;
use crate::facts::word::Word;

impl Walk {
    /// The output of commands: known only for those that do nothing but print what is known.
    pub(crate) fn output(
        &mut self,
        state: &State,
        list: &List,
        quoted: bool,
        how: How,
        out: &mut Fields,
    ) {
        if list.items.is_empty() {
            self.blanks += 1;
            if self.blanks > MOST_BLANKS {
                self.doubt(DoubtKind::Unreadable, "there are too many empty substitutions");
            }
            return;
        }
        let range = self.subshell(state, list);
        if let Some(text) = self.printed(list, &range) {
            self.pieces(state, vec![Piece::Text(text)], quoted, how, out);
            return;
        }
        out.piece(Piece::Unknown(Doubt {
            reason: "the output of a command".to_owned(),
            splits: how.split && !quoted,
            output_of: Some(range),
        }));
    }

    /// Returns what `echo` or `pwd` prints where it stands alone in a substitution.
    fn printed(&self, list: &List, range: &Range<usize>) -> Option<String> {
        let [item] = list.items.as_slice() else { return None };
        let [stage] = item.first.stages.as_slice() else { return None };
        let simple = matches!(stage.kind, Kind::Simple { .. });
        if !simple || !item.rest.is_empty() || !stage.redirections.is_empty() || range.len() != 1 {
            return None;
        }
        let text = self.told_text(self.script.commands.get(range.start)?)?;
        Some(text.trim_end_matches('\n').to_owned())
    }

    /// Returns what a command prints that does nothing else.
    pub(crate) fn told_text(&self, command: &SimpleCommand) -> Option<String> {
        if !command.assignments.is_empty() {
            return None;
        }
        let words: Option<Vec<String>> = command.words.iter().map(Word::literal).collect();
        let words = words?;
        let (name, rest) = words.split_first()?;
        if self.functions.contains_key(name) {
            return None;
        }
        let text = match (name.as_str(), rest) {
            (":" | "true" | "false", _) | ("echo", []) => String::new(),
            ("pwd", []) => HERE.to_string(),
            ("echo", [first, ..]) if !first.starts_with('-') => rest.join(" "),
            ("printf", [format]) if !format.starts_with('-') && !format.contains('%') => {
                format.replace("\\n", "\n")
            }
            ("printf", [format, text]) if format == "%s" || format == "%s\\n" => text.clone(),
            _ => return None,
        };
        // Marks have been resolved in the words: a folder's name may have been something else.
        if text.contains('\\') || holds_folder(&text) {
            return None;
        }
        Some(text)
    }
}
