//! How much of a script is read. What is over a limit is unreadable, never fine.

/// The longest text that is read as a script, in bytes.
pub(crate) const LONGEST: usize = 64 * 1024;

/// How deep commands, substitutions and expansions may stand in each other.
pub(crate) const DEEPEST: usize = 32;

/// How deep functions may call each other.
pub(crate) const DEEPEST_CALL: usize = 8;

/// How many commands a script may hold, each counted as often as it is read.
pub(crate) const MOST_COMMANDS: usize = 2048;

/// How many words one word may become by its braces.
pub(crate) const MOST_BRACES: usize = 1024;

/// How many values the variable of a loop may have before it is not known any more.
pub(crate) const MOST_VALUES: usize = 512;

/// How many values a variable may have that is set on several ways.
pub(crate) const MOST_WAYS: usize = 32;

/// How many variables a script may set.
pub(crate) const MOST_VARIABLES: usize = 512;

/// How many elements an array may have that is followed.
pub(crate) const MOST_ELEMENTS: usize = 1024;

/// How large a value may be that is followed, in sixteenths of a byte and pieces.
pub(crate) const LARGEST_VALUE: usize = 256;

/// How many references to variables, and how many open descriptors, are followed.
pub(crate) const MOST_FOLLOWED: usize = 64;

/// How often a command is read for the values of its variables that fit into no single word.
pub(crate) const MOST_READINGS: usize = 8;

/// How many working directories a command may run in.
pub(crate) const MOST_FOLDERS: usize = 8;

/// How many doubts of each kind are told.
pub(crate) const MOST_DOUBTS: usize = 16;

/// How many bytes the parser may look ahead, in all.
pub(crate) const MOST_AHEAD: usize = 4_000_000;

/// How many steps the walk may take, in all; each is a few allocations.
pub(crate) const MOST_STEPS: usize = 120_000;

/// How often a function may be defined.
pub(crate) const MOST_BODIES: usize = 8;

/// How many empty substitutions there may be.
pub(crate) const MOST_BLANKS: usize = 8;
