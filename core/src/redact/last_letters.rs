//! The last two letters of words: most names are told from those that matter by them.

/// Letters, in groups that share their lowest five bits.
const LETTERS: usize = 32;

/// The last two letters of some words, in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LastLetters([u32; LETTERS]);

impl LastLetters {
    /// Adds those of `word`, digits and separators at its end aside.
    pub(crate) fn add(&mut self, word: &[u8]) {
        if let Some((before, last)) = last_two(word)
            && let Some(bits) = self.0.get_mut(before)
        {
            *bits |= 1 << last;
        }
    }

    /// Returns false where `name` surely ends in none of the words, digits and separators behind them
    /// aside.
    #[inline]
    pub(crate) fn may_end(&self, name: &[u8]) -> bool {
        match last_two(name) {
            Some((before, last)) => self.0.get(before).is_some_and(|bits| bits >> last & 1 == 1),
            None => true,
        }
    }
}

/// Returns the last two letters, as numbers; none where two letters do not stand side by side there.
#[inline]
fn last_two(name: &[u8]) -> Option<(usize, u32)> {
    let letters = name.iter().rposition(|byte| !byte.is_ascii_digit() && !b"_-.".contains(byte))?;
    let last = *name.get(letters)?;
    let before = *name.get(letters.checked_sub(1)?)?;
    let two = last.is_ascii_alphabetic() && before.is_ascii_alphabetic();
    two.then_some((usize::from(before & 31), u32::from(last & 31)))
}

#[cfg(test)]
mod tests {
    use super::LastLetters;

    #[test]
    fn a_name_that_ends_otherwise_is_told() {
        let mut letters = LastLetters::default();
        letters.add(b"password");
        letters.add(b"oauth2");
        for name in ["DB_PASSWORD", "password_2", "passwOrD--", "oauth", "record", "p_w", "d", ""] {
            assert!(letters.may_end(name.as_bytes()), "{name}");
        }
        for name in ["passwords", "author", "session", "tokens_used"] {
            assert!(!letters.may_end(name.as_bytes()), "{name}");
        }
    }
}
