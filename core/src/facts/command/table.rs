//! What the table of programs says of each.

use crate::facts::path::PathTouch;

/// What a program does with its words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    /// Its base name.
    pub(crate) name: &'static str,
    /// What it runs besides itself.
    pub(crate) runs: Runs,
    /// When it reaches for the network.
    pub(crate) network: Network,
    /// What its operands are.
    pub(crate) operands: Operands,
}

/// What a program runs besides itself.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Runs {
    /// Nothing.
    Nothing,
    /// A script, as shells do.
    Script,
    /// Code in its own language, unless only asked for its version or help.
    Code,
    /// The command among its words, once its own options are taken off.
    Command(Options),
    /// Something that only a reading of its own language would tell.
    Anything,
    /// The same, where a word starts as one of these.
    AnythingWith(&'static [&'static str]),
    /// The same, unless its first operand is one of `fine` and no word starts as one of `with`.
    AnythingBut {
        /// Subcommands that run nothing but what the project itself builds and tests.
        fine: &'static [&'static str],
        /// Starts of words that run something after all.
        with: &'static [&'static str],
    },
}

/// The options of a program that runs a command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Options without a value.
    pub(crate) flags: &'static [&'static str],
    /// Options whose value is the next word, or follows in the same one.
    pub(crate) valued: &'static [&'static str],
    /// Operands before the command.
    pub(crate) operands: usize,
}

/// When a program reaches for the network.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Network {
    /// Never by itself.
    Never,
    /// Always; its operands are URLs, or hosts without a scheme.
    Hosts,
    /// Always; its operands are `host:path`.
    Remotes,
    /// Always, where only its configuration tells.
    Somewhere,
    /// Where one of these is among its first words.
    With(&'static [&'static str]),
}

/// What the operands of a program are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operands {
    /// Paths.
    Paths(PathTouch),
    /// A pattern or a script in the program's own language, then paths.
    PatternThenPaths(PathTouch),
    /// Revisions, messages and paths, as git takes them.
    Revisions,
    /// Paths that are read, but the last one changed.
    Sources,
    /// Words, of which those that look like paths may be some.
    Words,
    /// Text that is only printed.
    Text,
}

/// Returns one row of the table.
pub(crate) const fn row(
    names: &'static [&'static str],
    runs: Runs,
    network: Network,
    operands: Operands,
) -> Row {
    Row { names, runs, network, operands }
}

/// Programs that are alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Their base names.
    pub(crate) names: &'static [&'static str],
    /// What they run besides themselves.
    pub(crate) runs: Runs,
    /// When they reach for the network.
    pub(crate) network: Network,
    /// What their operands are.
    pub(crate) operands: Operands,
}
