//! The last three letters of words: most names are told from those that matter by them.

/// Letters, in groups that share their lowest five bits.
const LETTERS: usize = 32;

/// The last three letters of some words, in any case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastLetters(Box<[u32; LETTERS * LETTERS]>);

impl Default for LastLetters {
    fn default() -> Self {
        Self(Box::new([0; LETTERS * LETTERS]))
    }
}

impl LastLetters {
    /// Adds those of `word`, digits and separators at its end aside; of a shorter one with every
    /// letter that may stand before it.
    pub(crate) fn add(&mut self, word: &[u8]) {
        let word = trimmed(word);
        let letter = |back: usize| match word.len().checked_sub(back).and_then(|at| word.get(at)) {
            Some(byte) => usize::from(byte & 31)..usize::from(byte & 31) + 1,
            None => 0..LETTERS,
        };
        for first in letter(3) {
            for second in letter(2) {
                for last in letter(1) {
                    if let Some(bits) = self.0.get_mut(first * LETTERS + second) {
                        *bits |= 1 << last;
                    }
                }
            }
        }
    }

    /// Returns false where `name` surely ends in none of the words, digits and separators behind them
    /// aside.
    #[inline]
    pub(crate) fn may_end(&self, name: &[u8]) -> bool {
        match trimmed(name) {
            [.., first, second, last]
                if [first, second, last].iter().all(|byte| byte.is_ascii_alphabetic()) =>
            {
                let place = usize::from(first & 31) * LETTERS + usize::from(second & 31);
                self.0.get(place).is_some_and(|bits| bits >> (last & 31) & 1 == 1)
            }
            _ => true,
        }
    }
}

/// Returns `name` without the digits and separators that it ends in.
#[inline]
fn trimmed(name: &[u8]) -> &[u8] {
    let other = |byte: &u8| !byte.is_ascii_digit() && !b"_-.".contains(byte);
    name.get(..name.iter().rposition(other).map_or(0, |at| at + 1)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::LastLetters;

    #[test]
    fn a_name_that_ends_otherwise_is_told() {
        let mut letters = LastLetters::default();
        for word in ["password", "oauth2", "pw", "b64"] {
            letters.add(word.as_bytes());
        }
        for name in [
            "DB_PASSWORD",
            "password_2",
            "passwOrD--",
            "oauth",
            "chord",
            "p_w",
            "d",
            "",
            "dbPw",
            "tokenB64",
            "kubB",
        ] {
            assert!(letters.may_end(name.as_bytes()), "{name}");
        }
        for name in ["passwords", "author", "session", "tokens_used", "passed", "board"] {
            assert!(!letters.may_end(name.as_bytes()), "{name}");
        }
    }
}
