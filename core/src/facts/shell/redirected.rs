//! Redirections, and what is read through them.

use std::ops::Range;

use crate::facts::shell::limits::MOST_FOLLOWED;
use crate::facts::shell::script::Redirection;
use crate::facts::shell::script::RedirectionMode;
use crate::facts::shell::script::RedirectionTarget;
use crate::facts::shell::state::State;
use crate::facts::shell::tree::Redirect;
use crate::facts::shell::tree::RedirectTo;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::natural;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Doubt;
use crate::facts::word::Piece;
use crate::facts::word::Word;

impl Walk {
    /// Expands redirections.
    pub(crate) fn redirections(
        &mut self,
        state: &mut State,
        redirections: &[Redirect],
    ) -> Vec<Redirection> {
        let mut all = Vec::new();
        let mut unknown_target = false;
        for redirect in redirections {
            if let Some(name) = &redirect.variable {
                self.store(state, name, Value::Scalar(vec![vec![natural()]]));
            }
            let Redirect { descriptor, mode, .. } = *redirect;
            let mut add = |target| all.push(Redirection { descriptor, mode, target });
            match &redirect.to {
                RedirectTo::Document(body) => {
                    let word = match body.get() {
                        Some(parts) => self.single(state, parts, false),
                        None => Word::default(),
                    };
                    add(RedirectionTarget::Text(word));
                }
                RedirectTo::HereString(parts) => {
                    let mut word = self.single(state, parts, false);
                    word.pieces.push(Piece::Text("\n".to_owned()));
                    add(RedirectionTarget::Text(word));
                }
                RedirectTo::File(parts) => {
                    for word in self.fields(state, parts) {
                        add(RedirectionTarget::Path(word));
                    }
                }
                RedirectTo::Either(parts) => {
                    for word in self.fields(state, parts) {
                        match word.literal() {
                            Some(text) if is_descriptor(&text) => {
                                add(RedirectionTarget::Descriptor(text));
                            }
                            Some(_) => add(RedirectionTarget::Path(word)),
                            None => {
                                unknown_target = true;
                                add(RedirectionTarget::Path(word));
                            }
                        }
                    }
                }
            }
        }
        for redirection in &all {
            if let (Some(descriptor), RedirectionTarget::Path(word) | RedirectionTarget::Text(word)) =
                (redirection.descriptor, &redirection.target)
                && descriptor > 2
                && let Some(range) = output_of(word)
            {
                self.pipes.push((descriptor, range));
                if self.pipes.len() > MOST_FOLLOWED {
                    self.stop("the script opens too many descriptors");
                }
            }
        }
        if unknown_target {
            self.dynamic("a redirection leads to a file or to a descriptor");
        }
        all
    }

    /// The redirections of a compound command: what is in it reads from there.
    pub(crate) fn redirect_group(&mut self, state: &mut State, redirections: &[Redirect]) {
        let redirections = self.redirections(state, redirections);
        let index = self.push(state, Vec::new(), Vec::new(), redirections);
        self.redirect_input(index);
    }

    /// Where a command without words redirects the input, what comes reads from there.
    pub(crate) fn redirect_input(&mut self, index: usize) {
        let Some(command) = self.script.commands.get(index) else { return };
        let mut input = Vec::new();
        for redirection in &command.redirections {
            let reads = match redirection.mode {
                RedirectionMode::Read | RedirectionMode::ReadWrite => true,
                RedirectionMode::Append | RedirectionMode::Write => false,
            };
            if !reads || redirection.descriptor.is_some_and(|descriptor| descriptor != 0) {
                continue;
            }
            input.push(index..index + 1);
            match &redirection.target {
                RedirectionTarget::Path(word) | RedirectionTarget::Text(word) => {
                    for piece in &word.pieces {
                        if let Piece::Unknown(doubt) = piece {
                            input.extend(doubt.output_of.clone());
                        }
                    }
                }
                RedirectionTarget::Descriptor(_) => {}
            }
        }
        if !input.is_empty() {
            self.input = input;
        }
    }
}

impl Walk {
    /// Returns a word that names a descriptor as what it leads to, where that is the output of
    /// commands.
    pub(crate) fn followed(&self, word: Word) -> Word {
        if !word.known_start().contains("/fd/") {
            return word;
        }
        let pipe = word.literal().and_then(|text| {
            let number = text.strip_prefix("/dev/fd/").or(text.strip_prefix("/proc/self/fd/"))?;
            let number: u32 = number.parse().ok()?;
            let found = self.pipes.iter().rev().find(|(descriptor, _)| *descriptor == number);
            found.map(|(_, range)| range.clone())
        });
        let Some(range) = pipe else { return word };
        let doubt = Doubt {
            reason: "what a descriptor leads to".to_owned(),
            splits: false,
            output_of: Some(range),
        };
        Word { pieces: vec![Piece::Text("/dev/fd/".to_owned()), Piece::Unknown(doubt)] }
    }
}

fn output_of(word: &Word) -> Option<Range<usize>> {
    word.pieces.iter().find_map(|piece| match piece {
        Piece::Unknown(doubt) => doubt.output_of.clone(),
        Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => None,
    })
}

fn is_descriptor(text: &str) -> bool {
    let digits = text.strip_suffix('-').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty()
}
