//! The expression of find, and the commands of fd.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::notation;
use crate::facts::program::reader::filter::met_by;
use crate::facts::program::term::Term;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Parts of an expression, and what the words behind them are.
const EXPRESSION: &[&str] = &[
    "-amin= -anewer=l -atime= -cmin= -cnewer=l -context= -ctime= -fstype= -gid= -group= -ilname= \
         -iname=N -inum= -ipath=P -iwholename=P -iregex= -links= -lname= -mmin= -mtime= -name=N -newer=l \
         -path=P -perm= -regex= -wholename=P -size= -type= -uid= -used= -user= -xtype= -maxdepth= \
         -mindepth= -regextype= -printf= -fprintf=wt -fprint0=w -fprint=w -fls=w -files0-from=r \
         -samefile=l -flags= -newerBB=l -newerBa=l -newerBc=l -newerBm=l -newerBt= -neweraB=l \
         -neweraa=l -newerac=l -neweram=l -newerat= -newercB=l -newerca=l -newercc=l -newercm=l \
         -newerct= -newermB=l -newerma=l -newermc=l -newermm=l -newermt= -Bmin= -Btime= -depth -a \
         -and -o -or -not -daystart -follow -nowarn -warn -d -mount -noleaf -xdev -x \
         -ignore_readdir_race -noignore_readdir_race -empty -false -nouser -nogroup -readable \
         -writable -executable -true -print0 -print -ls -prune -quit -delete#D -exec#E -execdir#X \
         -ok#E -okdir#X help version -help -version",
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
    let mut reading = Expression::default();
    expression(call, words.get(at..).unwrap_or_default(), &mut reading);
    let Expression { names, deletes, runs, doubted, level, .. } = reading;
    if starts.len().saturating_mul(names.len()) > MOST_FOUND {
        return call.out.unreadable("find starts in too many places", "");
    }
    let printed = level.all();
    for start in &starts {
        call.out.touch(start.clone(), Touch::List);
        if deletes {
            for found in found(start, &names) {
                call.out.touch(found, Touch::Delete { recursive: true, forced: true });
            }
        }
        for (command, chosen) in &runs {
            for found in found(start, chosen) {
                if call.out.runs.len() >= MOST_RUNS {
                    return call.out.unreadable("find runs too many commands", "");
                }
                call.out.runs_words(with_found(command, &found), false);
            }
        }
    }
    let only_names = words.iter().all(|term| {
        !matches!(term.literal(), Some("-printf" | "-ls" | "-fprintf" | "-exec" | "-execdir"))
    });
    call.out.lists = printed
        .filter(|_| only_names)
        .map(|names| starts.iter().flat_map(|start| found(start, &names)).collect());
    if doubted {
        call.out.dynamic("on which files find runs a command is known only at run time", "");
    }
}

/// Commands that are read of one find.
const MOST_RUNS: usize = 128;

/// Places times names that are read of one find.
const MOST_FOUND: usize = 65_536;

/// What an expression says, as far as it has been read.
#[derive(Default)]
struct Expression<'w> {
    /// Every name and path that is asked for.
    names: Vec<Term<'w>>,
    deletes: bool,
    /// Commands, each with the names of what it is run on.
    runs: Vec<(&'w [Term<'w>], Vec<Term<'w>>)>,
    /// A command is run on what no name tells, or elsewhere.
    doubted: bool,
    /// What holds where the reading is, and in the brackets around it.
    level: Level<'w>,
    around: Vec<(Level<'w>, bool)>,
}

/// The names that what is found must have, within one pair of brackets; none where it may have any.
#[derive(Default)]
struct Level<'w> {
    here: Option<Vec<Term<'w>>>,
    /// Of the alternatives before; `None` where one of them leaves the name open.
    before: Option<Vec<Term<'w>>>,
    alternatives: usize,
}

impl<'w> Level<'w> {
    /// Goes on with another alternative.
    fn or(&mut self) {
        let here = self.here.take();
        self.before = match (here, self.before.take()) {
            (Some(here), None) if self.alternatives == 0 => Some(here),
            (Some(here), Some(mut before)) => {
                before.extend(here);
                Some(before).filter(|all| all.len() <= MOST_NAMES)
            }
            (Some(_) | None, _) => None,
        };
        self.alternatives += 1;
    }

    /// Returns the names that one of the alternatives asks for.
    fn all(mut self) -> Option<Vec<Term<'w>>> {
        self.or();
        self.before
    }

    fn and(&mut self, names: Option<Vec<Term<'w>>>) {
        if self.here.is_none() {
            self.here = names;
        }
    }
}

impl<'w> Expression<'w> {
    /// Returns the names that what comes here certainly has.
    fn chosen(&self) -> Option<&Vec<Term<'w>>> {
        let around = self.around.iter().rev().map(|(level, _)| level);
        std::iter::once(&self.level).chain(around).find_map(|level| level.here.as_ref())
    }

    fn run(&mut self, command: &'w [Term<'w>], here: bool) {
        if self.runs.len() > MOST_RUNS {
            return;
        }
        let chosen = self.chosen().cloned();
        self.doubted |= chosen.is_none() || !here;
        let chosen = chosen.unwrap_or_else(|| self.names.clone());
        self.runs.push((command, chosen));
    }
}

/// Returns true for the pattern of a name that leaves out most names.
fn tells_names_apart(name: &Term<'_>) -> bool {
    let open = name.text.find('[').unwrap_or(name.text.len());
    let close = name.text.rfind(']').map_or(open, |at| at + 1);
    let plain = [name.text.get(..open), name.text.get(close..)];
    name.tail.is_empty()
        && plain.iter().flatten().any(|part| part.contains(|c: char| c.is_alphanumeric()))
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
            "(" => {
                if reading.around.len() >= DEEPEST {
                    return call.out.unreadable("the expression of find is too deep", "");
                }
                let level = std::mem::take(&mut reading.level);
                reading.around.push((level, negated));
                negated = false;
                continue;
            }
            ")" => {
                if let Some((level, was_negated)) = reading.around.pop() {
                    let inner = std::mem::replace(&mut reading.level, level);
                    reading.level.and(inner.all().filter(|_| !was_negated));
                }
                negated = false;
                continue;
            }
            "-o" | "-or" => {
                reading.level.or();
                continue;
            }
            "," => {
                reading.level = Level::default();
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
            "E" | "X" => {
                let rest = words.get(at..).unwrap_or_default();
                let end = rest.iter().enumerate().position(|(index, term)| {
                    let before = index.checked_sub(1).and_then(|before| rest.get(before));
                    term.is(";") || term.is("+") && before.is_some_and(|word| word.is("{}"))
                });
                let count = end.unwrap_or(rest.len());
                reading.run(rest.get(..count).unwrap_or_default(), spec.modes == "E");
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
                'N' | 'P' if !negated => {
                    if reading.names.len() <= MOST_NAMES {
                        reading.names.push(value.clone());
                    }
                    if role == 'N' && tells_names_apart(value) {
                        reading.level.and(Some(vec![value.clone()]));
                    }
                }
                _ => {}
            }
        }
        negated = false;
    }
}

/// Names that are told apart; where more are asked for, it may be any.
const MOST_NAMES: usize = 16;

/// Brackets in brackets.
const DEEPEST: usize = 32;

/// Returns what may be found below a start, as far as names in the expression tell.
fn found(start: &Word, names: &[Term<'_>]) -> Vec<Word> {
    if names.is_empty() || names.len() > MOST_NAMES {
        return vec![start.clone()];
    }
    let mut all = Vec::new();
    for name in names {
        let text = &*name.text;
        let from_start = text.contains('/');
        let mut pieces = if from_start { Vec::new() } else { start.pieces.clone() };
        if !from_start {
            pieces.push(Piece::Text("/".to_owned()));
        }
        if text.contains(['*', '?', '[']) {
            for pattern in met_by(text) {
                let mut pieces = pieces.clone();
                pieces.push(Piece::Glob(pattern));
                pieces.extend_from_slice(name.tail);
                all.push(Word { pieces });
            }
            continue;
        }
        pieces.push(Piece::Text(text.to_owned()));
        pieces.extend_from_slice(name.tail);
        all.push(Word { pieces });
    }
    all
}

/// Returns a command with what is found in the place of each `{}`.
fn with_found(command: &[Term<'_>], found: &Word) -> Vec<Word> {
    command
        .iter()
        .map(|term| {
            if !term.text.contains("{}") {
                return term.word();
            }
            let mut pieces = Vec::new();
            for (index, part) in term.text.split("{}").enumerate() {
                if index > 0 {
                    pieces.extend_from_slice(&found.pieces);
                }
                if !part.is_empty() {
                    pieces.push(Piece::Text(part.to_owned()));
                }
            }
            pieces.extend_from_slice(term.tail);
            Word { pieces }
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
