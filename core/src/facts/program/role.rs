//! What a program does with a word, by the letter that the table gives it.

use crate::facts::program::call::Call;
use crate::facts::program::call::joined;
use crate::facts::program::effects::Host;
use crate::facts::program::effects::Touch;
use crate::facts::program::named;
use crate::facts::program::row::LOOSE;
use crate::facts::program::term::Term;
use crate::facts::word::Word;
use crate::model::CommandEffect;

/// Does with a word what its role says:
///
/// `t` nothing; `l` lists, `r` reads, `w` writes, `d` removes the path (modes `R` recursively,
/// `F` without asking), `b` reads or writes it, `x` runs the file; `c` a shell runs it, `p` it is
/// a command in one word, `y` code in the program's language, `o` code that is loaded by its
/// name; `e` a format of git's, `f` a file that names files which are read, `n` the name of a
/// toolchain, `j` that of a target; `u` a URL, `h` a host, `m` `host:path` or a path that is read, `M` one that is written;
/// `s` a file that is sent away, `q` text that is sent, or `@file`; `g` a folder to change to;
/// `v` a variable to set; `k` a setting that can make it run something; `z` not known.
/// Other capital letters keep the word for the reader of the row.
pub(super) fn apply<'w>(call: &mut Call<'w>, role: char, term: &Term<'w>) {
    match role {
        't' => {}
        'l' => call.touch(term, Touch::List),
        'r' => call.touch(term, Touch::Read),
        'w' => call.touch(term, Touch::Write),
        'b' => call.touch(term, Touch::Either),
        'd' => {
            let touch = Touch::Delete { recursive: call.has('R'), forced: call.has('F') };
            call.touch(term, touch);
        }
        'x' => call.file(term),
        'c' => call.script(term.word()),
        'p' => command_in_a_word(call, term),
        'y' if term.is("-") => call.input(),
        'y' => {
            // A row of many languages has none that stands for all.
            let language = if call.row.is(LOOSE) { call.called } else { call.name };
            call.code(language, term.word());
        }
        'o' => {
            call.out.has(CommandEffect::LoadsCode);
            if term.text.contains('/') || term.text.starts_with('.') {
                call.touch(term, Touch::Execute);
            }
        }
        'e' => named::format(call, term),
        'f' => named::list(call, term),
        'n' => named::toolchain(call, term),
        'j' => named::target(call, term),
        'u' => call.out.reaches(term.word(), Host::Url),
        'h' => call.out.reaches(term.word(), Host::Name),
        'm' => remote(call, term, Touch::Read),
        'M' => remote(call, term, Touch::Write),
        's' => {
            call.out.has(CommandEffect::SendsData);
            call.touch(term, Touch::Read);
        }
        'q' => {
            call.out.has(CommandEffect::SendsData);
            sent(call, term);
        }
        'g' => call.enter(term),
        'v' => variable(call, term),
        'k' => {
            call.out.has(CommandEffect::OverridesConfiguration);
            let value = term.split('=').map_or_else(|| term.clone(), |(_, value)| value);
            if !value.text.contains(' ') {
                call.touch(&value, Touch::Either);
            }
        }
        'z' => call.out.dynamic("what the program does with a word is not known:", &term.text),
        kept => call.kept.push((kept, term.clone())),
    }
}

/// Gives every operand the role that the row has for it.
pub(super) fn apply_operands(call: &mut Call<'_>) {
    let mut pattern = call.row.operands;
    if call.has('P') {
        // An option has given what the first operand would.
        pattern = match pattern.char_indices().nth(1) {
            Some((at, _)) => pattern.get(at..).unwrap_or_default(),
            None => pattern,
        };
    }
    if call.has('T')
        && let Some((sources, "w")) = pattern.split_once('*')
    {
        // An option names the folder; every operand is a source.
        pattern = if sources == "A" { "A*" } else { "r*" };
    }
    let operands = std::mem::take(&mut call.operands);
    let count = operands.len();
    // Words that may turn out to be none leave the last place to the one before them.
    let certain = operands.iter().rposition(|term| !term.may_be_none()).map_or(0, |at| at + 1);
    for (index, term) in operands.iter().enumerate() {
        let role = role_at(pattern, index, count);
        match role {
            Some('C') => {
                call.runs(operands.get(index..).unwrap_or_default(), false);
                break;
            }
            Some('$') => {
                call.script(joined(operands.get(index..).unwrap_or_default()));
                break;
            }
            Some(role) => {
                apply(call, role, term);
                if term.may_be_several() {
                    others(call, pattern, (role, index, count), term);
                }
            }
            None => {}
        }
        if index + 1 == certain
            && certain < count
            && let Some(other) =
                role_at(pattern, index, certain).filter(|other| role != Some(*other))
            && !matches!(other, 'C' | '$')
        {
            apply(call, other, term);
        }
    }
    call.operands = operands;
}

/// Gives a word that may be several the roles of those that it may push others to.
fn others<'w>(call: &mut Call<'w>, pattern: &str, at: (char, usize, usize), term: &Term<'w>) {
    let (role, index, count) = at;
    let (front, back) = pattern.split_once('*').unwrap_or((pattern, ""));
    let last = index + 1 == count;
    let from = if pattern.contains('*') && index + 1 >= front.len() {
        // The last of the repeated ones can push words to the end, and that of the end back.
        if last && !back.is_empty() { front.len().saturating_sub(1) } else { pattern.len() }
    } else {
        index
    };
    let mut seen = vec![role];
    for other in pattern.chars().skip(from) {
        if other == '*' || seen.contains(&other) {
            continue;
        }
        seen.push(other);
        if matches!(other, 'C' | '$') {
            call.out.dynamic("which word is the command is known only at run time", &term.text);
        } else {
            apply(call, other, term);
        }
    }
}

/// Returns the role of the operand at `index` of `count`.
fn role_at(pattern: &str, index: usize, count: usize) -> Option<char> {
    let Some((front, back)) = pattern.split_once('*') else {
        let beyond = if pattern.is_empty() { None } else { Some('b') };
        return pattern.chars().nth(index).or(beyond);
    };
    let from_end = count.saturating_sub(index + 1);
    let first = front.len().saturating_sub(1);
    if from_end < back.len() && (index >= first || count > back.len()) {
        return back.chars().rev().nth(from_end);
    }
    front.chars().nth(index.min(first))
}

/// Reads a command that one word holds, as programs do that part it at spaces.
pub(super) fn command_in_a_word(call: &mut Call<'_>, term: &Term<'_>) {
    match term.literal() {
        Some(text) if text.bytes().all(|b| !SHELL_MARKS.contains(&b)) => {
            let words = text.split_ascii_whitespace().map(Word::text).collect();
            call.out.runs_words(words, true);
        }
        Some(_) | None => call.out.runs_script(term.word()),
    }
}

const SHELL_MARKS: &[u8] = b"|&;<>()$`\\\"'*?[]{}!#~=\n";

/// Reads `host:path`, a URL, or a path.
fn remote(call: &mut Call<'_>, term: &Term<'_>, touch: Touch) {
    let text = &*term.text;
    let colon = text.find(':');
    let slash = text.find('/');
    let is_remote = match (colon, slash) {
        (Some(colon), Some(slash)) => colon < slash,
        (Some(_), None) => true,
        (None, _) => false,
    };
    if !is_remote || text.starts_with(['.', '~', '/']) {
        call.touch(term, touch);
        return;
    }
    call.out.has(match touch {
        Touch::Write => CommandEffect::SendsData,
        Touch::List | Touch::Read | Touch::Delete { .. } | Touch::Execute | Touch::Either => {
            CommandEffect::FetchesData
        }
    });
    call.out.reaches(term.word(), Host::Remote);
}

/// Reads what is sent: text, `@file`, `name@file`, `name=@file` or `name=<file`.
fn sent(call: &mut Call<'_>, term: &Term<'_>) {
    let text = &*term.text;
    let at = text.find(['@', '<']);
    let Some(at) = at else {
        if !term.tail.is_empty() {
            call.touch(term, Touch::Either);
        }
        return;
    };
    let before = text.get(..at).unwrap_or_default();
    let names_file = before.is_empty()
        || before.ends_with('=')
        || before.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if names_file {
        let value = term.after(at + 1);
        let file = value.text.split([';', ',']).next().unwrap_or_default().len();
        if file < value.text.len() {
            let name = value.text.get(..file).unwrap_or_default().to_owned();
            call.touch(&Term::text(name), Touch::Read);
        } else {
            call.touch(&value, Touch::Read);
        }
    }
}

/// Reads `NAME=value`, or a name alone.
pub(super) fn variable(call: &mut Call<'_>, term: &Term<'_>) {
    match term.split('=') {
        Some((name, value)) => {
            let name = name.strip_suffix('+').unwrap_or(name).to_owned();
            call.out.environment.push((name, value.word()));
        }
        None if term.tail.is_empty() => {}
        None => call.out.dynamic("which variable is set is not known", &term.text),
    }
}

#[cfg(test)]
mod tests {
    use super::role_at;

    #[test]
    fn operands_take_the_roles_of_their_places() {
        let roles = |pattern, count| -> String {
            (0..count).filter_map(|index| role_at(pattern, index, count)).collect()
        };
        assert_eq!(roles("r*", 3), "rrr");
        assert_eq!(roles("tr*", 3), "trr");
        assert_eq!(roles("rw", 3), "rwb");
        assert_eq!(roles("r*w", 3), "rrw");
        assert_eq!(roles("r*w", 1), "w");
        assert_eq!(roles("tr*w", 3), "trw");
        assert_eq!(roles("", 2), "");
    }
}
