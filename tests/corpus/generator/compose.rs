//! Payloads × disguises, and the fixed lines.

use std::collections::BTreeSet;

use super::case::Call;
use super::case::Case;
use super::case::Must;
use super::case::Syntax;
use super::data::lines;
use super::data::rows;
use super::harmless;
use super::limits;
use super::paths;
use super::payload::Payload;
use super::payload::Word;
use super::payload::WordKind;
use super::random::Random;
use super::random::Turns;
use super::respell;
use super::spelling;
use super::spelling::Spelling;
use super::structure::Line;
use super::structure::Shape;
use super::text::single_quoted;

/// Words that only a shell knows, so that no other program can run them.
const BUILTINS: &[&str] = &[
    ".", ":", "alias", "bind", "builtin", "cd", "command", "compgen", "complete", "declare",
    "enable", "eval", "exec", "export", "hash", "history", "set", "source", "trap", "type",
    "typeset",
];

/// The seed of the corpus that the tests judge.
pub const SEED: u64 = 0x0b41_11c4;

/// Returns every case for `seed`: no two with the same call.
pub fn generate(seed: u64) -> Vec<Case> {
    let mut random = Random::new(seed);
    let mut cases = disguised(&mut random);
    cases.extend(fixed_lines());
    cases.extend(variables());
    cases.extend(limits::cases());
    cases.extend(paths::cases(&mut random));
    cases.extend(harmless::cases(&mut random));
    let mut seen = BTreeSet::new();
    cases.retain(|case| seen.insert(case.call.clone()));
    cases
}

/// Which disguise comes next, over all payloads.
struct Disguises {
    shapes: Vec<Shape>,
    shape: Turns,
    outer: Turns,
    wrapper: Turns,
    program: Turns,
    program_word: Turns,
    word: Turns,
    path: Turns,
}

fn disguised(random: &mut Random) -> Vec<Case> {
    let shapes = Shape::all();
    let mut disguises = Disguises {
        shape: Turns::new(shapes.len(), random),
        outer: Turns::new(shapes.len(), random),
        wrapper: Turns::new(shapes.len(), random),
        program: Turns::new(spelling::PROGRAMS, random),
        program_word: Turns::new(spelling::WORDS, random),
        word: Turns::new(spelling::WORDS, random),
        path: Turns::new(respell::PATHS, random),
        shapes,
    };
    let mut cases = Vec::new();
    for payload in Payload::all() {
        for line in disguises.lines(&payload, random) {
            cases.push(hostile(line));
        }
        if let Some(words) = payload.argv() {
            // What only a shell knows is no program: nothing is certain but that it is odd.
            let denied = payload.denied && !plain(&payload).is_builtin;
            let must = if denied { Must::Deny } else { Must::NotAllow };
            cases.push(Case { call: Call::Argv(words), must, ..hostile(plain(&payload)) });
        }
        let login = ["bash".to_owned(), "-lc".to_owned(), payload.line()];
        cases.push(Case { call: Call::Argv(login.into()), ..hostile(plain(&payload)) });
    }
    cases
}

impl Disguises {
    fn lines(&mut self, payload: &Payload, random: &mut Random) -> Vec<Line> {
        let mut lines = vec![plain(payload)];
        lines.extend(self.respelt(payload, 2, random));
        let shapes = &self.shapes;
        for _ in 0..6 {
            let base = plain(payload);
            lines.extend(self.shape.find(|index| shapes[index].around(&base)));
        }
        for _ in 0..2 {
            let base = plain(payload);
            let wrapped = |index: usize| {
                shapes[index].is_wrapper().then(|| shapes[index].around(&base)).flatten()
            };
            lines.extend(self.wrapper.find(wrapped));
        }
        // A shape in a shape, and a spelling in a shape.
        for inner in lines.clone().into_iter().rev().take(2) {
            lines.extend(self.outer.find(|index| shapes[index].around(&inner)));
        }
        let respelt = lines[1..3.min(lines.len())].to_vec();
        for inner in respelt {
            lines.extend(self.outer.find(|index| shapes[index].around(&inner)));
        }
        lines
    }

    /// Returns the payload with one word written in another way, some times.
    fn respelt(&mut self, payload: &Payload, times: usize, random: &mut Random) -> Vec<Line> {
        let mut lines = Vec::new();
        for _ in 0..times {
            let is_program = |place: usize| place == 0 || payload.is_behind_pipe(place);
            let programs: Vec<usize> =
                (0..payload.words.len()).filter(|place| is_program(*place)).collect();
            let place = programs[random.below(programs.len())];
            let text = &payload.words[place].text;
            if payload.words[place].kind == WordKind::Literal {
                // No folder holds what only a shell knows.
                let in_folder = !BUILTINS.contains(&text.as_str());
                let found = in_folder
                    .then(|| self.program.find(|index| spelling::program(text, index, random)));
                lines.extend(found.flatten().map(|found| with(payload, place, &found)));
                let found = self.program_word.find(|index| spelling::word(text, index, random));
                lines.extend(found.map(|found| with(payload, place, &found)));
            }
            let place = random.below(payload.words.len());
            let text = &payload.words[place].text;
            if payload.words[place].kind == WordKind::Literal && !is_program(place) {
                let found = self.word.find(|index| spelling::word(text, index, random));
                lines.extend(found.map(|found| with(payload, place, &found)));
            }
        }
        for (place, word) in payload.words.iter().enumerate() {
            for _ in 0..if word.kind == WordKind::Path { 7 } else { 0 } {
                let text = &word.text;
                let found = self.path.find(|index| respell::path(text, index, random));
                lines.extend(found.map(|found| with(payload, place, &found)));
            }
        }
        lines
    }
}

impl Payload {
    fn is_behind_pipe(&self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|before| self.words.get(before));
        before.is_some_and(|word| matches!(word.text.as_str(), "|" | "|&"))
    }
}

fn plain(payload: &Payload) -> Line {
    let first = payload.words.first().map_or("", |word| word.text.as_str());
    Line {
        category: payload.section,
        text: payload.line(),
        denied: payload.denied,
        why: payload.line(),
        is_simple: payload.is_simple(),
        takes_more_words: payload.section != "write" && first != "find",
        is_builtin: BUILTINS.contains(&first),
    }
}

/// Returns the line of `payload` with the word at `place` written as `spelling` says.
fn with(payload: &Payload, place: usize, spelling: &Spelling) -> Line {
    let written = |(at, word): (usize, &Word)| {
        if at == place { spelling.word.clone() } else { word.shell() }
    };
    let text = payload.words.iter().enumerate().map(written).collect::<Vec<_>>().join(" ");
    // What a pattern behind a redirection stands for depends on how many names it finds.
    let several = payload.section == "write" && spelling.word.contains('{');
    let odd_target = spelling.is_pattern && (payload.words[place].is_target || several);
    let base = plain(payload);
    Line {
        category: "obfuscation",
        text: format!("{}{text}", spelling.before),
        denied: base.denied && spelling.is_static && !odd_target,
        why: format!("{} with a respelt word", base.why),
        is_simple: base.is_simple && spelling.before.is_empty(),
        is_builtin: base.is_builtin,
        takes_more_words: base.takes_more_words,
    }
}

fn hostile(line: Line) -> Case {
    let must = if line.denied { Must::Deny } else { Must::NotAllow };
    let hardened = line.text.contains("git");
    Case {
        category: line.category.to_owned(),
        call: Call::Shell { text: line.text, tool: None },
        must,
        hardened,
        why: line.why,
        syntax: Syntax::Valid,
    }
}

fn fixed_lines() -> Vec<Case> {
    let mut cases = Vec::new();
    for row in rows(include_str!("../data/lines.txt")) {
        let must = match row.kind {
            "deny" | "broken" => Must::Deny,
            _ => Must::NotAllow,
        };
        let syntax = match row.kind {
            "broken" => Syntax::Broken,
            "odd" => Syntax::Unchecked,
            _ if row.text.contains('\0') => Syntax::Unchecked,
            _ => Syntax::Valid,
        };
        cases.push(Case {
            category: row.section.to_owned(),
            hardened: row.section != "git-not-hardened" && row.text.contains("git"),
            call: Call::Shell { text: row.text, tool: None },
            must,
            why: format!("{} line", row.kind),
            syntax,
        });
    }
    for line in lines(include_str!("../data/requests.jsonl")) {
        cases.extend(Case::from_json(&serde_json::from_str(line).unwrap()));
    }
    cases
}

fn variables() -> Vec<Case> {
    let mut cases = Vec::new();
    for line in lines(include_str!("../data/variables.txt")) {
        let (assignment, command) = line.split_once(" | ").unwrap();
        for text in [
            format!("{assignment} {command}"),
            format!("export {assignment}; {command}"),
            format!("env {assignment} {command}"),
            format!("A=1 {assignment} {command}"),
            format!("{assignment}; export {}; {command}", assignment.split('=').next().unwrap()),
            format!("declare -x {assignment} && {command}"),
            format!("bash -c {}", single_quoted(&format!("{assignment} {command}"))),
        ] {
            cases.push(Case {
                category: "env-injection".to_owned(),
                hardened: text.contains("git"),
                call: Call::Shell { text, tool: None },
                must: Must::NotAllow,
                why: "a variable that changes what runs".to_owned(),
                syntax: Syntax::Valid,
            });
        }
    }
    cases
}
