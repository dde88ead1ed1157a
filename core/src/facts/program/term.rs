//! A word of a command, made ready for reading options.

use std::borrow::Cow;

use crate::facts::word::Piece;
use crate::facts::word::Word;

/// A word as its known start and what follows.
#[derive(Clone, Debug)]
pub(super) struct Term<'w> {
    /// What the word certainly starts with.
    pub(super) text: Cow<'w, str>,
    /// What follows; its first piece is not text.
    pub(super) tail: &'w [Piece],
}

impl<'w> Term<'w> {
    /// Reads a word.
    pub(super) fn of(word: &'w Word) -> Self {
        let known = word.pieces.iter().take_while(|piece| matches!(piece, Piece::Text(_))).count();
        let (start, tail) = word.pieces.split_at_checked(known).unwrap_or_default();
        let text = match start {
            [] => Cow::Borrowed(""),
            [Piece::Text(text)] => Cow::Borrowed(text.as_str()),
            pieces => Cow::Owned(
                pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Text(text) => text.as_str(),
                        Piece::OneOf(_) | Piece::Glob(_) | Piece::Unknown(_) => "",
                    })
                    .collect(),
            ),
        };
        Self { text, tail }
    }

    /// Returns a term that is exactly `text`.
    pub(super) fn text(text: impl Into<Cow<'w, str>>) -> Self {
        Self { text: text.into(), tail: &[] }
    }

    /// Returns the text where all of it is known.
    pub(super) fn literal(&self) -> Option<&str> {
        self.tail.is_empty().then_some(&*self.text)
    }

    /// Returns true where it is exactly `text`.
    pub(super) fn is(&self, text: &str) -> bool {
        self.tail.is_empty() && self.text == text
    }

    /// Returns the word again.
    pub(super) fn word(&self) -> Word {
        let mut pieces = Vec::with_capacity(self.tail.len() + 1);
        if !self.text.is_empty() {
            pieces.push(Piece::Text(self.text.clone().into_owned()));
        }
        pieces.extend_from_slice(self.tail);
        Word { pieces }
    }

    /// Returns it without its first `count` bytes, which are known.
    pub(super) fn after(&self, count: usize) -> Self {
        let text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(count..).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(count..).unwrap_or_default().to_owned()),
        };
        Self { text, tail: self.tail }
    }

    /// Returns it without its first bytes, where it starts with them.
    pub(super) fn without(&self, start: &str) -> Option<Self> {
        self.text.starts_with(start).then(|| self.after(start.len()))
    }

    /// Returns what stands before and behind the first `mark`, where that is known.
    pub(super) fn split(&self, mark: char) -> Option<(&str, Self)> {
        let (before, _) = self.text.split_once(mark)?;
        Some((before, self.after(before.len() + mark.len_utf8())))
    }

    /// Returns true where nothing is known to be in it, and nothing to follow.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.tail.is_empty()
    }

    /// Returns true where it may turn out to be several words, or none.
    pub(super) fn may_be_several(&self) -> bool {
        self.tail.iter().any(|piece| match piece {
            Piece::Glob(_) => true,
            Piece::Unknown(doubt) => doubt.splits,
            Piece::Text(_) | Piece::OneOf(_) => false,
        })
    }

    /// Returns true where it may turn out to be no word at all.
    pub(super) fn may_be_none(&self) -> bool {
        self.text.is_empty()
            && !self.tail.is_empty()
            && self.tail.iter().all(|piece| matches!(piece, Piece::Unknown(doubt) if doubt.splits))
    }

    /// Returns true where a run could make an option of it, or an option among several words.
    pub(super) fn may_be_option(&self) -> bool {
        let splits = self.tail.iter().any(|piece| match piece {
            Piece::Unknown(doubt) => doubt.splits,
            Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => false,
        });
        let starts = self.text.is_empty()
            && match self.tail.first() {
                Some(Piece::Unknown(_)) => true,
                Some(Piece::Glob(pattern)) => pattern.starts_with(MAY_BE_DASH),
                Some(Piece::OneOf(texts)) => texts.iter().any(|text| text.starts_with(['-', '+'])),
                Some(Piece::Text(_)) | None => false,
            };
        splits || starts
    }

    /// Returns every text that it can be, where all of them are known and they are few.
    pub(super) fn choices(&self) -> Option<Vec<String>> {
        const MOST: usize = 64;
        let mut all = vec![self.text.clone().into_owned()];
        for piece in self.tail {
            match piece {
                Piece::Text(text) => all.iter_mut().for_each(|start| start.push_str(text)),
                Piece::OneOf(texts) => {
                    if all.len().saturating_mul(texts.len()) > MOST {
                        return None;
                    }
                    all = all
                        .iter()
                        .flat_map(|start| {
                            texts.iter().map(move |text| [start, text.as_str()].concat())
                        })
                        .collect();
                }
                Piece::Glob(_) | Piece::Unknown(_) => return None,
            }
        }
        Some(all)
    }
}

/// What a pattern starts with that can match a name that starts with a dash.
const MAY_BE_DASH: [char; 9] = ['*', '?', '[', '-', '+', '@', '!', '(', '{'];
