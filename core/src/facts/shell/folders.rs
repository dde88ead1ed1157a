//! `cd`, `pushd` and `popd`.

use std::rc::Rc;

use crate::facts::shell::field::resolved;
use crate::facts::shell::limits::MOST_FOLDERS;
use crate::facts::shell::lookup::is_many;
use crate::facts::shell::state::State;
use crate::facts::shell::value::HERE;
use crate::facts::shell::value::unknown;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Word;

impl Walk {
    /// Runs `cd`.
    pub(crate) fn change_folder(
        &mut self,
        state: &mut State,
        words: &[Word],
        known: &[Option<String>],
    ) {
        let mut at = 0;
        while let Some(Some(option)) = known.get(at) {
            let options = option.strip_prefix('-').filter(|options| !options.is_empty());
            let Some(options) = options else { break };
            at += 1;
            if options == "-" {
                break;
            }
            if !options.bytes().all(|byte| b"LPe@".contains(&byte)) {
                return self.enter(state, Word { pieces: vec![unknown("where `cd` goes")] });
            }
        }
        let step = match (words.get(at), known.get(at).cloned().flatten().as_deref()) {
            (None, _) => match state.value("HOME").scalars().as_slice() {
                [home] => Word { pieces: home.clone() },
                _ => Word { pieces: vec![unknown("the home folder")] },
            },
            (Some(_), Some("-")) => Word { pieces: vec![unknown("the working directory before")] },
            (Some(_), Some("")) => return,
            (Some(word), _) => word.clone(),
        };
        let one = words.len() <= at + 1;
        if !one || is_many(&step) || state.is_set("CDPATH") {
            let step = if one && !state.is_set("CDPATH") {
                step
            } else {
                Word { pieces: vec![unknown("where `cd` goes")] }
            };
            return self.enter(state, step);
        }
        self.enter(state, step);
    }

    /// Runs `pushd` or `popd`.
    pub(crate) fn stack_folder(
        &mut self,
        state: &mut State,
        name: &str,
        words: &[Word],
        known: &[Option<String>],
    ) {
        let step = match (words, known) {
            ([word], [text]) if name == "pushd" => {
                let plain = text.as_deref().is_none_or(|text| !text.starts_with(['+', '-']));
                plain.then(|| word.clone())
            }
            _ => None,
        };
        let unknown_step = || Word { pieces: vec![unknown("where the stack of folders leads")] };
        self.enter(state, step.unwrap_or_else(unknown_step));
    }

    /// Goes to a folder; where that fails, stays.
    pub(crate) fn enter(&mut self, state: &mut State, step: Word) {
        let here =
            step.literal().is_some_and(|text| text.strip_prefix(HERE).is_some_and(str::is_empty));
        if here {
            return;
        }
        let step = Word { pieces: resolved(step.pieces) };
        let absolute = step.known_start().starts_with(['/', '~']);
        let before = Rc::clone(&state.folders);
        let mut after = Vec::new();
        for folder in before.iter() {
            let mut steps = match self.script.folders.get(*folder) {
                Some(steps) if !absolute => steps.clone(),
                Some(_) | None => Vec::new(),
            };
            if steps.len() > 24 {
                self.stop("the script goes too deep into folders");
                return;
            }
            steps.push(step.clone());
            let folder = self.folder(steps);
            if !after.contains(&folder) {
                after.push(folder);
            }
        }
        if before.len() + after.len() > MOST_FOLDERS * 2 {
            self.dynamic("many working directories are possible");
            let step = Word { pieces: vec![unknown("one of many working directories")] };
            after = vec![self.folder(vec![step])];
        }
        state.folders = Rc::new(after);
        state.otherwise = Some(before);
        state.moved();
    }
}
