//! Expansion: from the parts of a word to the words that a program is given.

use crate::facts::shell::brace::Item;
use crate::facts::shell::brace::expanded;
use crate::facts::shell::brace::has_braces;
use crate::facts::shell::field::Fields;
use crate::facts::shell::limits::MOST_READINGS;
use crate::facts::shell::number::Number;
use crate::facts::shell::read::Dialect;
use crate::facts::shell::script::DoubtKind;
use crate::facts::shell::simple::is_empty_quotes;
use crate::facts::shell::simple::is_named;
use crate::facts::shell::simple::plain;
use crate::facts::shell::state::State;
use crate::facts::shell::substitute::Expansion;
use crate::facts::shell::tree::Parameter;
use crate::facts::shell::tree::Part;
use crate::facts::shell::tree::Parts;
use crate::facts::shell::value::Reading;
use crate::facts::shell::value::is_result;
use crate::facts::shell::value::is_unknown;
use crate::facts::shell::value::is_whole;
use crate::facts::shell::value::literal;
use crate::facts::shell::value::natural;
use crate::facts::shell::value::readings;
use crate::facts::shell::value::unknown;
use crate::facts::shell::value::whole;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Doubt;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Characters that are more than themselves somewhere in a word.
const SPECIAL: [char; 9] = ['{', '~', '*', '?', '[', '=', '<', '(', '\\'];

/// How the parts of a word are expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct How {
    /// What is not quoted is split, and may be a pattern.
    pub(crate) split: bool,
    /// It is the value of an assignment.
    assigned: bool,
    /// Nothing stands beside it in the word.
    alone: bool,
}

impl Walk {
    /// Returns the words that a word becomes.
    pub(crate) fn fields(&mut self, state: &mut State, parts: &Parts) -> Vec<Word> {
        let how = How { split: true, assigned: false, alone: is_alone(parts) };
        if let Some(text) = plain(parts).filter(|text| !text.contains(SPECIAL)) {
            return vec![Word::text(text)];
        }
        if !has_braces(parts) {
            let mut fields = Fields::default();
            for (index, part) in parts.iter().enumerate() {
                self.part(state, part, index == 0, how, &mut fields);
                if is_empty_quotes(parts, index) {
                    fields.quotes();
                }
            }
            return fields.finish();
        }
        let Some(words) = expanded(parts) else {
            self.doubt(DoubtKind::Unreadable, "braces become too many words");
            let mut word = self.single(state, parts, false);
            word.pieces.push(unknown("braces that become too many words"));
            return vec![word];
        };
        if words.len() > 1 && self.dialect == Dialect::Posix {
            self.dynamic("some shells know no braces");
        }
        let mut fields = Fields::default();
        for items in words {
            self.spend(4 + items.len() / 2);
            if self.stopped {
                break;
            }
            let mut text = String::new();
            let mut first = true;
            let mut named = false;
            for item in items {
                match item {
                    Item::Char(c) => {
                        if std::mem::take(&mut named) && (c.is_ascii_alphanumeric() || c == '_') {
                            // The braces have made another name of it.
                            self.dynamic("braces go on with the name of a variable");
                            fields.piece(unknown("the value of a variable"));
                        }
                        text.push(c);
                    }
                    Item::Part(part) => {
                        named = is_named(part);
                        if !text.is_empty() {
                            self.live(state, &text, first, how, &mut fields);
                            first = false;
                            text.clear();
                        }
                        self.part(state, part, first, how, &mut fields);
                        first = false;
                    }
                }
            }
            if !text.is_empty() {
                self.live(state, &text, first, how, &mut fields);
            }
            fields.end();
        }
        fields.finish()
    }

    /// Returns the one word that a word becomes where nothing is split.
    pub(crate) fn single(&mut self, state: &mut State, parts: &Parts, assigned: bool) -> Word {
        let how = How { split: false, assigned, alone: is_alone(parts) };
        let mut fields = Fields::default();
        for (index, part) in parts.iter().enumerate() {
            self.part(state, part, index == 0, how, &mut fields);
        }
        fields.finish().into_iter().next().unwrap_or_default()
    }

    fn part(&mut self, state: &mut State, part: &Part, first: bool, how: How, out: &mut Fields) {
        match part {
            Part::Text { text, quoted: true } => out.text(text, false),
            Part::Text { text, quoted: false } => self.live(state, text, first, how, out),
            Part::Parameter { parameter, quoted } => {
                self.parameter(state, parameter, *quoted, how, out);
            }
            Part::Output { list, quoted } => self.output(state, list, *quoted, how, out),
            Part::Arithmetic { parts, quoted } => match self.arithmetic(state, parts) {
                Number::Known(value) => {
                    let text = value.to_string();
                    self.pieces(state, vec![Piece::Text(text)], *quoted, how, out);
                }
                Number::Natural => out.piece(natural()),
                Number::Unknown => out.piece(whole()),
            },
            Part::Process { list, read } => {
                let input = self.input.clone();
                if !read {
                    self.input.clear();
                }
                let range = self.subshell(state, list);
                self.input = input;
                if !read {
                    self.readers.push(range.clone());
                }
                out.text("/dev/fd/", false);
                out.piece(Piece::Unknown(Doubt {
                    reason: "the number of a pipe".to_owned(),
                    splits: false,
                    output_of: Some(range),
                }));
            }
            Part::Strange { reason, quoted } => out.piece(Piece::Unknown(Doubt {
                reason: (*reason).to_owned(),
                splits: !quoted,
                output_of: None,
            })),
        }
    }

    /// Text outside of quotes: a tilde in front of it may be a folder.
    fn live(&mut self, state: &State, text: &str, first: bool, how: How, out: &mut Fields) {
        let mut rest = text;
        if first && text.starts_with('~') {
            let name = text.split('/').next().unwrap_or_default();
            let known = match name {
                "~" => Some(state.value("HOME").scalars()),
                "~+" => Some(state.value("PWD").scalars()),
                _ if name.starts_with("~-") || name.starts_with("~+") || is_numbered(name) => {
                    Some(vec![vec![unknown("a folder from before")]])
                }
                _ => None,
            };
            if let Some(mut values) = known {
                let value = if values.len() == 1 { values.pop() } else { None };
                for piece in value.unwrap_or_else(|| vec![unknown("the home folder")]) {
                    match piece {
                        Piece::Text(text) => out.text(&text, false),
                        Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => out.piece(piece),
                    }
                }
                rest = text.get(name.len()..).unwrap_or_default();
            }
        } else if how.assigned
            && state.is_set("HOME")
            && [":~", "=~"].iter().any(|t| text.contains(t))
        {
            out.piece(unknown("the home folder"));
        }
        if first && how.split && rest.starts_with('=') && rest.len() > 1 && !rest.starts_with("==")
        {
            self.dynamic("some shells expand a word that starts with `=`");
        }
        if rest.contains("<->") || (how.split && rest.contains("(#")) {
            self.dynamic("some shells take this for a pattern");
        }
        out.text(rest, how.split);
    }

    fn parameter(
        &mut self,
        state: &mut State,
        parameter: &Parameter,
        quoted: bool,
        how: How,
        out: &mut Fields,
    ) {
        match self.expansion(state, parameter, quoted) {
            Expansion::Values(values) => {
                let pieces = self.choose(state, &parameter.name, values, quoted || !how.split);
                self.pieces(state, pieces, quoted, how, out);
            }
            Expansion::Many(reason) => {
                let many = Piece::Unknown(Doubt {
                    reason: reason.to_owned(),
                    splits: how.split,
                    output_of: None,
                });
                if how.alone || !matches!(parameter.name.as_str(), "@" | "*") {
                    out.piece(many);
                    return;
                }
                // Mostly there are no arguments, and what stands around it is a word.
                let values = vec![Vec::new(), vec![many]];
                for piece in self.choose(state, &parameter.name, values, true) {
                    match piece {
                        Piece::Text(text) => out.text(&text, false),
                        Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => out.piece(piece),
                    }
                }
            }
            Expansion::Words(words) => {
                if words.is_empty() {
                    if quoted {
                        out.nothing();
                    }
                    return;
                }
                self.spend(words.len());
                if self.stopped {
                    return;
                }
                for (index, word) in words.into_iter().enumerate() {
                    if index > 0 {
                        if how.split { out.end() } else { out.text(" ", false) }
                    }
                    if quoted {
                        out.text("", false);
                    }
                    self.pieces(state, word.pieces, quoted, how, out);
                }
            }
        }
    }

    /// Picks the values that are read now.
    fn choose(
        &mut self,
        state: &State,
        name: &str,
        mut values: Vec<Vec<Piece>>,
        quoted: bool,
    ) -> Vec<Piece> {
        self.spend(values.len() / 4);
        if values.len() <= 1 {
            return values.pop().unwrap_or_default();
        }
        let separators = state.value("IFS").literal().unwrap_or_default();
        let mut all = readings(values, quoted, &separators);
        self.readings = self.readings.max(all.len());
        if all.len() > MOST_READINGS {
            return vec![unknown("a variable with too many values")];
        }
        let known = |reading: &Reading| match reading {
            Reading::OneOf(_) => true,
            Reading::Pieces(pieces) => !is_unknown(pieces),
        };
        if all.len() > 1 && all.iter().all(known) {
            self.several.insert(name.to_owned());
        }
        let at = self.reading.min(all.len().saturating_sub(1));
        match all.swap_remove(at) {
            Reading::OneOf(mut texts) if texts.len() == 1 => {
                texts.pop().map(Piece::Text).into_iter().collect()
            }
            Reading::OneOf(texts) => vec![Piece::OneOf(texts)],
            Reading::Pieces(pieces) => pieces,
        }
    }

    /// Adds the pieces of a value, split where they are not quoted.
    pub(crate) fn pieces(
        &mut self,
        state: &State,
        pieces: Vec<Piece>,
        quoted: bool,
        how: How,
        out: &mut Fields,
    ) {
        let splits = how.split && !quoted;
        for piece in pieces {
            match piece {
                Piece::Text(text) if !splits => out.text(&text, false),
                Piece::Text(text) => match state.value("IFS").literal() {
                    Some(separators) => {
                        let unusual = |c: char| separators.contains(c) && !c.is_ascii_whitespace();
                        if text.contains(unusual) {
                            self.dynamic("a value is split at characters that the script has set");
                        }
                        let words = out.split(&text, &separators);
                        self.spend(words);
                    }
                    None => out.piece(Piece::Unknown(Doubt {
                        reason: "a value that is split at unknown characters".to_owned(),
                        splits: true,
                        output_of: None,
                    })),
                },
                Piece::Unknown(_) if is_result(&piece) && splits => {
                    let separators = state.value("IFS").literal();
                    let whole =
                        |text: String| !text.contains(|c: char| c.is_ascii_digit() || c == '-');
                    let splits = !separators.is_some_and(whole);
                    let Piece::Unknown(doubt) = piece else { continue };
                    out.piece(Piece::Unknown(Doubt { splits, ..doubt }));
                }
                Piece::Unknown(doubt) => out.piece(Piece::Unknown(Doubt { splits, ..doubt })),
                Piece::OneOf(texts) if splits && !texts.iter().all(|text| is_whole(text)) => {
                    out.piece(Piece::Unknown(Doubt {
                        reason: "one of several values, which is split".to_owned(),
                        splits: true,
                        output_of: None,
                    }));
                }
                Piece::OneOf(_) | Piece::Glob(_) => out.piece(piece),
            }
        }
    }

    /// Returns the values that words may have, each with those of its variables.
    pub(crate) fn values(
        &mut self,
        state: &mut State,
        parts: &Parts,
        quoted: bool,
    ) -> Vec<Vec<Piece>> {
        let word = self.single(state, parts, false);
        let splits = !quoted
            && parts.iter().any(|part| {
                matches!(part, Part::Text { text, quoted: true }
                    if text.is_empty() || text.contains([' ', '\t', '\n', '*', '?', '[']))
            });
        if splits && literal(&word.pieces).is_some() {
            return vec![vec![unknown("text that is quoted inside of an expansion")]];
        }
        vec![word.pieces]
    }
}

/// Returns true where there is one part in a word, but for quotes around it.
fn is_alone(parts: &Parts) -> bool {
    let empty = |part: &&Part| part.text().is_some_and(|(text, _)| text.is_empty());
    parts.iter().filter(|part| !empty(part)).count() == 1
}

fn is_numbered(name: &str) -> bool {
    name.len() > 1 && name.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}
