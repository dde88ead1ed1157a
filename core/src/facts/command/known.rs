//! What is known of programs beside their tables: who lists, who keeps, who builds.

use crate::facts::command::pipe::Fed;
use crate::facts::command::touched::LISTED;
use crate::facts::word::Doubt;
use crate::facts::word::Piece;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// What a program does that only a reading of other text than its words would tell.
pub(super) const RUNS_OTHERS: [CommandEffect; 9] = [
    CommandEffect::ExecutesInlineCode,
    CommandEffect::FeedsInterpreter,
    CommandEffect::LoadsCode,
    CommandEffect::OpensInteractive,
    CommandEffect::OverridesConfiguration,
    CommandEffect::RaisesPrivilege,
    CommandEffect::RunsRemotely,
    CommandEffect::SchedulesJobs,
    CommandEffect::StartsContainer,
];

/// Returns true where a program builds or tests the project, as its language has it done, and not
/// whatever its settings say under a name.
pub(super) fn builds(program: &str, subcommand: Option<&str>) -> bool {
    match (program, subcommand) {
        // What hooks of git run, `git_hardened` answers for.
        ("git", _) => true,
        ("pytest" | "ctest" | "cargo" | "go" | "mvn" | "gradle" | "dotnet", _) => {
            !matches!(subcommand, Some("run" | "generate" | "tool" | "exec"))
        }
        ("npm" | "pnpm" | "yarn", Some(subcommand)) => {
            let script = subcommand.strip_prefix("run ").unwrap_or(subcommand);
            matches!(script, "build" | "check" | "format" | "lint" | "test" | "typecheck")
        }
        _ => false,
    }
}

/// Built-ins that set variables of the shell without giving them to what it runs.
pub(super) const KEEPS: [&str; 8] =
    ["declare", "getopts", "let", "local", "mapfile", "read", "readarray", "readonly"];

/// Returns true for the option by which they do.
pub(super) fn exports(word: &Word) -> bool {
    let start = word.known_start();
    start.starts_with('-') && !start.starts_with("--") && start.contains('x')
}

/// Programs that print names of files below the folders that they are given, and nothing else.
pub(super) const LISTERS: [&str; 3] = ["find", "fd", "fdfind"];

/// Returns true for subcommands that do so.
pub(super) fn lists(program: &str, subcommand: Option<&str>) -> bool {
    program == "git" && subcommand == Some("ls-files")
}

/// Returns what a program like xargs puts behind the words of its command.
pub(super) fn appended(fed: &Fed) -> Word {
    let (start, reason) = if fed.listed {
        ("./", LISTED)
    } else {
        ("", "words that are read from the standard input")
    };
    let unknown =
        Piece::Unknown(Doubt { reason: reason.to_owned(), splits: !fed.listed, output_of: None });
    Word { pieces: vec![Piece::Text(start.to_owned()), unknown] }
}

/// Returns a word as rules see it.
pub(super) fn spoken(word: &Word) -> String {
    let mut out = String::new();
    for piece in &word.pieces {
        match piece {
            Piece::Text(text) | Piece::Glob(text) => out.push_str(text),
            Piece::OneOf(_) | Piece::Unknown(_) => out.push('…'),
        }
    }
    out
}

/// Returns a script with a variable that nobody knows for each part that is not known.
pub(super) fn with_gaps(text: &Word) -> String {
    let mut out = String::new();
    for piece in &text.pieces {
        match piece {
            Piece::Text(text) | Piece::Glob(text) => out.push_str(text),
            Piece::OneOf(_) | Piece::Unknown(_) => out.push_str("${UNKNOWN}"),
        }
    }
    out
}
