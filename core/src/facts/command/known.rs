//! What is known of programs beside their tables: who lists, who keeps, who builds.

use crate::facts::program::READ;
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

/// Programs that put out what the command among their words does, and nothing else.
pub(super) const PASSES_OUTPUT: [&str; 6] =
    ["builtin", "command", "env", "nice", "nohup", "timeout"];

/// Built-ins that set variables of the shell without giving them to what it runs.
pub(super) const KEEPS: [&str; 8] =
    ["declare", "getopts", "let", "local", "mapfile", "read", "readarray", "readonly"];

/// Returns true for the option by which they do.
pub(super) fn exports(word: &Word) -> bool {
    let start = word.known_start();
    start.starts_with('-') && !start.starts_with("--") && start.contains('x')
}

/// Returns what a program puts behind the words of its command, of which nothing is known.
pub(super) fn appended() -> Word {
    let reason = READ.to_owned();
    Word { pieces: vec![Piece::Unknown(Doubt { reason, splits: true, output_of: None })] }
}

/// Returns true where xargs reads its items from a file, or parts them in a way of its own.
pub(super) fn reads_otherwise(words: &[Word]) -> bool {
    let mut rest = words.iter().skip(1);
    while let Some(word) = rest.next() {
        let option = word.known_start();
        if !option.starts_with('-') {
            return false;
        }
        if option == "-d" || option == "--delimiter" {
            // Lines are items, as they are without it.
            let value = rest.next().and_then(Word::literal);
            if !matches!(value.as_deref(), Some("\n" | "\\n")) {
                return true;
            }
            continue;
        }
        if option.starts_with("--a")
            || option.starts_with("--d")
            || !option.starts_with("--") && option.contains(['a', 'd'])
        {
            return true;
        }
        if matches!(option, "-E" | "-I" | "-L" | "-P" | "-n" | "-s") {
            rest.next();
        }
    }
    false
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

/// Returns a word that another script may use: the commands whose output it is are none of that
/// script's.
pub(super) fn apart(word: &Word) -> Word {
    let pieces = word.pieces.iter().cloned().map(|piece| match piece {
        Piece::Unknown(doubt) => Piece::Unknown(Doubt { output_of: None, ..doubt }),
        Piece::Text(_) | Piece::OneOf(_) | Piece::Glob(_) => piece,
    });
    Word { pieces: pieces.collect() }
}
