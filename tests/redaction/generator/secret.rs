//! Secrets by provider, made from `data/tokens.txt`.

use super::fill::fill;
use super::random::Random;
use super::template::lines;

/// A secret that is planted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    pub(crate) family: &'static str,
    /// What it is called, in capitals with underscores.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) family: &'static str,
    pub(crate) kind: &'static str,
    names: &'static str,
    pattern: &'static str,
}

impl Kind {
    /// Returns every row of the table.
    pub(crate) fn all() -> Vec<Self> {
        let row = |line: &'static str| {
            let (mark, pattern) = line.split_once(": ").unwrap();
            let [family, kind, names] = mark.split(' ').collect::<Vec<_>>()[..] else {
                unreachable!("not a row: {line}")
            };
            Self { family, kind, names, pattern }
        };
        lines(include_str!("../data/tokens.txt")).map(row).collect()
    }

    /// Returns another secret of this kind.
    pub(crate) fn secret(&self, random: &mut Random) -> Secret {
        let names: Vec<&str> = self.names.split(',').collect();
        Secret {
            family: self.family,
            name: names[random.below(names.len())].to_owned(),
            text: fill(self.pattern, random, None),
        }
    }
}
