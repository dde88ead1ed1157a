//! The expression of find, and the commands of fd.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::evaluate::evaluate;
use crate::facts::program::notation;
use crate::facts::program::term::Term;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Parts of an expression, and what the words behind them are.
const EXPRESSION: &[&str] = &[
    "-amin= -anewer=l -atime= -cmin= -cnewer=l -context= -ctime= -fstype= -gid= -group= -ilname= \
         -iname=N -inum= -iwholename=N -iregex= -links= -lname= -mmin= -mtime= -name=N -newer=l \
         -path=N -perm= -regex= -wholename=N -size= -type= -uid= -used= -user= -xtype= -maxdepth= \
         -mindepth= -regextype= -printf= -fprintf=wt -fprint0=w -fprint=w -fls=w -files0-from=r \
         -samefile=l -flags= -newerBB=l -newerBa=l -newerBc=l -newerBm=l -newerBt= -neweraB=l \
         -neweraa=l -newerac=l -neweram=l -newerat= -newercB=l -newerca=l -newercc=l -newercm=l \
         -newerct= -newermB=l -newerma=l -newermc=l -newermm=l -newermt= -Bmin= -Btime= -depth -a \
         -and -o -or -not -daystart -follow -nowarn -warn -d -mount -noleaf -xdev -x \
         -ignore_readdir_race -noignore_readdir_race -empty -false -nouser -nogroup -readable \
         -writable -executable -true -print0 -print -ls -prune -quit -delete#D -exec#E -execdir#E \
         -ok#E -okdir#E help version -help -version",
];

/// Reads the words of find.
pub(in crate::facts::program) fn read(call: &mut Call<'_>) {
    let words = call.words;
    let mut at = 0;
    while let Some(term) = words.get(at) {
        match term.literal() {
            Some("-H" | "-L" | "-P" | "-E" | "-X" | "-s" | "--") => at += 1,
            Some("-D" | "-f") => at += 2,
            Some(text) if text.starts_with("-O") => at += 1,
            Some(_) | None => break,
        }
    }
    let mut starts: Vec<Word> = Vec::new();
    while let Some(term) = words.get(at) {
        if is_expression(term) {
            break;
        }
        if term.may_be_option() {
            call.out.dynamic("a name of a file could become an expression of find", &term.text);
        }
        starts.push(term.word());
        at += 1;
    }
    if starts.is_empty() {
        starts.push(Word::text("."));
    }
    let mut reading = Expression { starts, names: Vec::new(), deletes: false, runs: Vec::new() };
    let behind = words.get(at..).unwrap_or_default();
    expression(call, behind, &mut reading);
    let Expression { starts, names, deletes, runs } = reading;
    // A name in code may be more than a name: `./$(x)/a` is called `a` too.
    let only_reads = |command: &&[Term<'_>]| {
        let words: Vec<Word> = command.iter().map(Term::word).collect();
        evaluate(&words).runs.is_empty()
    };
    let bound = is_bound(behind) && runs.iter().all(|command| only_reads(&command));
    for start in &starts {
        call.out.touch(start.clone(), Touch::List);
        if deletes {
            for found in found(start, &names) {
                call.out.touch(found, Touch::Delete { recursive: true, forced: true });
            }
        }
        for command in &runs {
            for found in found(start, &names) {
                if call.out.runs.len() >= MOST_RUNS {
                    return call.out.unreadable("find runs too many commands", "");
                }
                call.out.runs_words(with_found(command, &found), !bound);
            }
        }
    }
    let shows_names = !behind
        .iter()
        .any(|term| matches!(term.literal(), None | Some("-printf" | "-ls" | "-fprintf")));
    if bound && shows_names && runs.is_empty() && !deletes {
        call.out.lists = Some(starts.iter().flat_map(|start| found(start, &names)).collect());
    }
    if !runs.is_empty() && !bound {
        call.out.dynamic("on which files find runs a command is known only at run time", "");
    }
}

/// Returns true where every file that the expression picks has one of the names in it: where each
/// of its alternatives has a name.
fn is_bound(words: &[Term<'_>]) -> bool {
    let mut named = false;
    let mut negated = false;
    for term in words {
        match term.literal() {
            Some("-name" | "-iname") => {
                named |= !negated;
                negated = false;
            }
            Some("-o" | "-or") if !named => return false,
            Some("-o" | "-or") => named = false,
            // What an alternative in parentheses excludes is not told apart.
            Some("(") if negated => return false,
            Some("!" | "-not") => negated = true,
            Some("," | "-files0-from") => return false,
            Some(text) if text.starts_with('-') => negated = false,
            Some(_) => {}
            None => return false,
        }
    }
    named
}

/// Commands that are read of one find.
const MOST_RUNS: usize = 128;

struct Expression<'w> {
    starts: Vec<Word>,
    names: Vec<Term<'w>>,
    deletes: bool,
    runs: Vec<&'w [Term<'w>]>,
}

fn is_expression(term: &Term<'_>) -> bool {
    term.text.starts_with('-') && term.text.len() > 1
        || matches!(term.literal(), Some("(" | ")" | "!" | ","))
}

fn expression<'w>(call: &mut Call<'w>, words: &'w [Term<'w>], reading: &mut Expression<'w>) {
    let mut at = 0;
    let mut negated = false;
    while let Some(term) = words.get(at) {
        at += 1;
        let Some(text) = term.literal() else {
            call.out.dynamic("part of the expression of find is not known", &term.text);
            continue;
        };
        match text {
            "!" | "-not" => {
                negated = !negated;
                continue;
            }
            "(" | ")" | "," => {
                negated &= text == "(";
                continue;
            }
            _ => {}
        }
        let Some(spec) = notation::whole(EXPRESSION, text) else {
            call.out.dynamic("the expression of find is not understood:", text);
            continue;
        };
        match spec.modes {
            "D" => reading.deletes = true,
            "E" => {
                let rest = words.get(at..).unwrap_or_default();
                let end = rest.iter().enumerate().position(|(index, term)| {
                    let before = index.checked_sub(1).and_then(|before| rest.get(before));
                    term.is(";") || term.is("+") && before.is_some_and(|word| word.is("{}"))
                });
                let count = end.unwrap_or(rest.len());
                reading.runs.push(rest.get(..count).unwrap_or_default());
                at += count + 1;
            }
            _ => {}
        }
        for role in spec.roles.chars() {
            let Some(value) = words.get(at) else {
                call.out.dynamic("the expression of find ends too early", text);
                return;
            };
            at += 1;
            match role {
                'w' => call.touch(value, Touch::Write),
                'r' => {
                    call.touch(value, Touch::Read);
                    call.out.dynamic("where find starts stands in a file:", &value.text);
                }
                'l' => call.touch(value, Touch::List),
                'N' if !negated => reading.names.push(value.clone()),
                _ => {}
            }
        }
        negated = false;
    }
}

/// Returns what may be found below a start, as far as names in the expression tell.
fn found(start: &Word, names: &[Term<'_>]) -> Vec<Word> {
    const MOST: usize = 16;
    if names.is_empty() {
        return vec![start.clone()];
    }
    let mut all = Vec::new();
    for name in names.iter().take(MOST) {
        let text = &*name.text;
        let from_start = text.contains('/');
        let mut pieces = if from_start { Vec::new() } else { start.pieces.clone() };
        if !from_start {
            pieces.push(Piece::Text("/".to_owned()));
        }
        if text.contains(['*', '?', '[']) {
            pieces.push(Piece::Glob(text.to_owned()));
        } else {
            pieces.push(Piece::Text(text.to_owned()));
        }
        pieces.extend_from_slice(name.tail);
        all.push(Word { pieces });
    }
    all
}

/// Returns a command with what is found in the place of `{}`.
fn with_found(command: &[Term<'_>], found: &Word) -> Vec<Word> {
    command
        .iter()
        .map(|term| match term.text.find("{}") {
            None => term.word(),
            Some(at) => {
                let before = term.text.get(..at).unwrap_or_default();
                let mut pieces = vec![Piece::Text(before.to_owned())];
                pieces.extend_from_slice(&found.pieces);
                pieces.extend(term.after(at + 2).word().pieces);
                pieces.retain(|piece| *piece != Piece::Text(String::new()));
                Word { pieces }
            }
        })
        .collect()
}

/// Reads the command that fd runs: everything behind `-x` or `-X`.
pub(in crate::facts::program) fn fd(call: &mut Call<'_>) {
    let end = call.before_end.unwrap_or(call.operands.len());
    let before: Vec<Term<'_>> = call.operands.iter().take(end).cloned().collect();
    for start in before.iter().skip(1) {
        call.touch(start, Touch::List);
    }
    let pattern = before.first().cloned();
    let kept: Vec<Term<'_>> = call.kept('X').cloned().collect();
    let Some(first) = kept.first() else {
        return;
    };
    let position = call.words.iter().position(|term| {
        matches!(term.literal(), Some("-x" | "-X" | "exec" | "exec-batch"))
            || term.text.starts_with("exec")
            || term.text.starts_with('-')
                && !term.text.starts_with("--")
                && term.text.ends_with(['x', 'X'])
    });
    let behind = position.and_then(|at| call.words.get(at + 1..)).unwrap_or_default();
    let mut words: Vec<Word> = behind.iter().map(Term::word).collect();
    if words.is_empty() || behind.first().is_none_or(|term| term.text != first.text) {
        words.insert(0, first.word());
    }
    let names: Vec<Term<'_>> = pattern.into_iter().filter(|term| !term.is(".")).collect();
    for found in found(&Word::text("."), &names) {
        let terms: Vec<Term<'_>> = words.iter().map(Term::of).collect();
        let mut command = with_found(&terms, &found);
        if !terms.iter().any(|term| term.text.contains("{}")) {
            command.push(found);
        }
        call.out.runs_words(command, true);
    }
    call.out.dynamic("on which files fd runs a command is known only at run time", "");
}
