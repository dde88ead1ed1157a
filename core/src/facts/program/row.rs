//! How a row of the table is written down.

use crate::facts::program::call::Call;

/// Programs that are alike.
///
/// `options` are lists of entries, parted by white space:
/// - `-abc` short options without a value, `long` a long one, `-a,all` two names of one;
/// - `-o=w` an option that takes a word, with its role (`=` alone: of no consequence), `arg=tr`
///   one that takes two, `color=?` one whose value only ever stands in the same word;
/// - `-r#R` sets the mode `R`, which operands and readers look at;
/// - `-l!listens` has an effect; an entry that starts with `!` is an effect of the program itself.
///
/// Roles are letters, see [`crate::facts::program::role`]; a capital letter keeps the word for
/// the reader of the row. `operands` are the roles of the operands in order; the one before `*`
/// is repeated; what stands behind it are the last operands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The base names, or the names of subcommands, parted by commas; an empty one, at the end,
    /// is that of the program without a subcommand.
    pub(super) names: &'static str,
    /// The letters that its names start with, as bits: most rows are passed over by them.
    pub(super) starts: u32,
    /// The lengths that its names have, as bits, for the same.
    pub(super) lengths: u32,
    /// How its words are read.
    pub(super) shape: u16,
    /// The options.
    pub(super) options: &'static [&'static str],
    /// The roles of the operands.
    pub(super) operands: &'static str,
    /// Reads what the table cannot say, once options and operands are told apart.
    pub(super) reader: Option<fn(&mut Call<'_>)>,
    /// What it can be told to do by its first operand, or its first two.
    pub(super) subcommands: &'static [Row],
}

/// Options end at the first operand.
pub(super) const STOPS: u16 = 1;
/// Long options may be abbreviated, as GNU's `getopt_long` does.
pub(super) const ABBREVIATES: u16 = 2;
/// Long options have a single dash, and short ones do not cluster.
pub(super) const ONE_DASH: u16 = 4;
/// `-5` is an option.
pub(super) const NUMBERS: u16 = 8;
/// Its reader looks at every word itself.
pub(super) const RAW: u16 = 16;
/// Options that are not known are no reason to doubt: it cannot do worse than its effects say.
pub(super) const LOOSE: u16 = 32;
/// Its name alone, with the first operand, is what rules see as its subcommand: `run build`.
pub(super) const NAMED: u16 = 64;
/// Words that start with `+` are options.
pub(super) const PLUS: u16 = 128;
/// `--` is an operand like any other.
pub(super) const NO_END: u16 = 256;
/// A subcommand's options may also be those of its program.
pub(super) const SHARED: u16 = 512;
/// Subcommands that are not known are no reason to doubt.
pub(super) const OPEN: u16 = 1024;
/// It need not be told what to do.
pub(super) const ALONE: u16 = 2048;

/// All its names mean the same; rules see the first.
pub(super) const ALIASES: u16 = 4096;

/// Returns a row of GNU's kind: options anywhere, long ones abbreviated.
pub(super) const fn row(
    names: &'static str,
    operands: &'static str,
    options: &'static [&'static str],
) -> Row {
    Row {
        names,
        starts: starts(names),
        lengths: lengths(names),
        shape: ABBREVIATES,
        options,
        operands,
        reader: None,
        subcommands: &[],
    }
}

/// Returns the bit of a letter that a name starts with.
const fn bit(letter: u8) -> u32 {
    1 << (letter & 31)
}

const fn starts(names: &str) -> u32 {
    let mut rest = names.as_bytes();
    let mut bits = 0;
    let mut at_start = true;
    while let [letter, behind @ ..] = rest {
        if at_start {
            bits |= bit(*letter);
        }
        at_start = *letter == b',';
        rest = behind;
    }
    bits
}

const fn lengths(names: &str) -> u32 {
    let mut rest = names.as_bytes();
    let mut bits = 0;
    let mut length = 0;
    while let [letter, behind @ ..] = rest {
        if *letter == b',' {
            bits |= 1 << (length & 31);
            length = 0;
        } else {
            length += 1;
        }
        rest = behind;
    }
    bits | 1 << (length & 31)
}

impl Row {
    /// Returns the row with its words read in another way.
    pub(super) const fn shape(mut self, shape: u16) -> Self {
        self.shape = shape;
        self
    }

    /// Returns the row with a reader.
    pub(super) const fn reader(mut self, reader: fn(&mut Call<'_>)) -> Self {
        self.reader = Some(reader);
        self
    }

    /// Returns the row with subcommands.
    pub(super) const fn subcommands(mut self, rows: &'static [Row]) -> Self {
        self.subcommands = rows;
        self
    }

    /// Returns the first of its names.
    pub(super) fn first_name(&self) -> &'static str {
        self.names.split(',').next().unwrap_or_default()
    }

    /// Returns its name that is `name`, as the table has it.
    pub(super) fn named(&self, name: &str) -> Option<&'static str> {
        // Most rows do not have it, and that is found fastest so.
        let first = name.bytes().next().unwrap_or_default();
        let length = 1 << (name.len() & 31);
        if self.starts & bit(first) == 0 || self.lengths & length == 0 || !self.names.contains(name)
        {
            return None;
        }
        self.names.split(',').find(|entry| *entry == name)
    }

    /// Returns true where its words are read in that way.
    pub(super) const fn is(&self, shape: u16) -> bool {
        self.shape & shape != 0
    }
}
