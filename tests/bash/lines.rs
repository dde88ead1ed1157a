//! Lines for a shell: written by hand where readers go wrong, and random ones.

use bailiwick_tests::corpus::Random;

/// How deep compound commands and substitutions nest.
const DEPTH: usize = 2;

/// Returns the lines written by hand.
pub(crate) fn tricky() -> Vec<String> {
    let table = include_str!("tricky.txt");
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with("##"));
    lines.map(|line| line.replace('␤', "\n").replace('␍', "\r").replace('⇥', "\t")).collect()
}

/// Returns `count` random lines for `seed`.
pub(crate) fn random(seed: u64, count: usize) -> Vec<String> {
    let mut random = Random::new(seed);
    (0..count).map(|_| Writer { random: &mut random, documents: Vec::new() }.line()).collect()
}

/// Writes one line.
struct Writer<'a> {
    random: &'a mut Random,
    /// Here-documents that the next line feed must bring.
    documents: Vec<String>,
}

impl Writer<'_> {
    fn line(&mut self) -> String {
        let mut out = self.list(DEPTH);
        self.end_line(&mut out);
        out
    }

    fn pick<'b>(&mut self, from: &[&'b str]) -> &'b str {
        from[self.random.below(from.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.random.below(100) < percent
    }

    /// Ends the line where here-documents wait for it.
    fn end_line(&mut self, out: &mut String) {
        if !self.documents.is_empty() {
            out.push('\n');
            out.push_str(&self.documents.concat());
            self.documents.clear();
        }
    }

    fn list(&mut self, depth: usize) -> String {
        let mut out = self.pipeline(depth);
        for _ in 0..self.random.below(3) {
            let joint = self
                .pick(&["; ", ";", " && ", "&&", " || ", "\n", "\n\n", " &\n", " & ", " # x\n"]);
            out.push_str(joint.trim_end_matches('\n'));
            if joint.ends_with('\n') {
                out.push('\n');
                if !self.documents.is_empty() {
                    out.push_str(&self.documents.concat());
                    self.documents.clear();
                }
            }
            out.push_str(&self.pipeline(depth));
        }
        out
    }

    fn pipeline(&mut self, depth: usize) -> String {
        let mut out = String::new();
        if self.chance(6) {
            out.push_str(self.pick(&["! ", "time ", "time -p "]));
        }
        out.push_str(&self.command(depth));
        while self.chance(18) {
            out.push_str(self.pick(&[" | ", "|", " |& "]));
            out.push_str(&self.command(depth));
        }
        out
    }

    fn command(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 9 } else { 14 }) {
            0..=6 => self.simple(depth),
            7 => self.assignments(depth),
            8 => self.builtin(depth),
            _ => self.compound(depth - 1),
        }
    }

    /// Returns a list that is closed within its own lines.
    fn body(&mut self, depth: usize) -> String {
        let outer = std::mem::take(&mut self.documents);
        let mut out = self.list(depth);
        self.end_line(&mut out);
        self.documents = outer;
        out
    }

    fn compound(&mut self, depth: usize) -> String {
        let (a, b, c) = (self.body(depth), self.body(depth), self.body(depth));
        let word = self.word(0);
        let name = self.pick(NAMES);
        let end = self.pick(&["\n", "\n "]);
        let mut out = match self.random.below(16) {
            0 => format!("if {a}{end}then {b}{end}fi"),
            1 => format!("if {a}{end}then {b}{end}else {c}{end}fi"),
            2 => format!("if false; then {a}{end}elif {b}{end}then {c}{end}fi"),
            3 => format!("while {a}{end}do {b}{end}break; done"),
            4 => format!("until false; do {a}{end}break; done"),
            5 => format!("for v in {} {word}; do {a}{end}done", self.words(0)),
            6 => format!("for v in {word}\ndo {a}{end}done"),
            7 => format!("case {word} in a|b) {a}{end};; (*) {b}{end};; esac"),
            8 => format!("case {word} in *) {a}{end};;& c*) {b}{end};; esac"),
            9 => format!("( {a}{end})"),
            10 => format!("({a}{end})"),
            11 => format!("{{ {a}{end}}}"),
            12 => format!("{name}() {{ {a}{end}}}; {name} {word}"),
            13 => format!("function {name} ( {a}{end}); {name}"),
            14 => format!("[[ {} ]]", self.test()),
            _ => format!("for ((i=0; i<2; i++)); do {a}{end}done"),
        };
        if self.chance(15) && !out.ends_with(&word) {
            out.push_str(self.pick(&[" >/dev/null", " 2>&1", " </dev/null", " 2>/dev/null"]));
        }
        out
    }

    fn test(&mut self) -> String {
        let (a, b) = (self.quoted(0), self.quoted(0));
        match self.random.below(6) {
            0 => format!("-n {a}"),
            1 => format!("{a} == {b}"),
            2 => format!("{a} != {b} && -z {a}"),
            3 => format!("( {a} == {b} ) || -f a.txt"),
            4 => format!("{a} < {b}"),
            _ => format!("! -e {a}"),
        }
    }

    fn simple(&mut self, depth: usize) -> String {
        let mut out = String::new();
        if self.chance(12) {
            out.push_str(&format!("{}={} ", self.variable(), self.value(depth)));
        }
        if self.chance(8) {
            out.push_str(self.pick(&[">/dev/null ", "2>&1 ", "</dev/null "]));
        }
        out.push_str(&self.program(depth));
        for _ in 0..self.random.below(4) {
            out.push_str(self.pick(&[" ", " ", "  ", "\t", " \\\n"]));
            if self.chance(10) {
                let redirection = self.redirection(depth);
                out.push_str(&redirection);
            } else {
                out.push_str(&self.word(depth));
            }
        }
        out
    }

    fn program(&mut self, depth: usize) -> String {
        let name = self.pick(PROGRAMS).to_owned();
        match self.random.below(14) {
            0 => format!("'{name}'"),
            1 => format!("\"{name}\""),
            2 => format!("\\{name}"),
            3 => format!("{}''{}", &name[..1], &name[1..]),
            4 => format!("$'\\x{:02x}'{}", name.as_bytes()[0], &name[1..]),
            5 if depth > 0 => format!("{name}{}", self.piece(0)),
            6 => format!("command {name}"),
            7 => format!("{{{name},{}}}", self.pick(TEXTS)),
            _ => name,
        }
    }

    fn words(&mut self, depth: usize) -> String {
        let words: Vec<String> = (0..self.random.below(3)).map(|_| self.word(depth)).collect();
        words.join(" ")
    }

    fn word(&mut self, depth: usize) -> String {
        let mut out = self.piece(depth);
        while self.chance(35) {
            out.push_str(&self.piece(depth));
        }
        out
    }

    fn piece(&mut self, depth: usize) -> String {
        let text = self.pick(TEXTS);
        match self.random.below(24) {
            0..=6 => text.to_owned(),
            7 | 8 => self.quoted(depth),
            9 => format!(
                "'{}'",
                self.pick(&["", "a b", "$x", "a\\b", "*", "~", "{a,b}", "`a`", "a\nb"])
            ),
            10 => format!(
                "$'{}'",
                self.pick(&["a\\tb", "\\x61\\142", "it\\'s", "\\u00e9", "a\\\\", "\\n"])
            ),
            11 => format!(
                "\\{}",
                self.pick(&["a", " ", "$", "'", "\"", "*", "\\", "~", "{", "#", "&"])
            ),
            12 | 13 => format!("${}", self.variable()),
            14 => format!("${{{}}}", self.variable()),
            15 => format!("{{{text},{}}}", self.pick(&["a", "", "b{c,d}", "'x y'", "$x", "*.txt"])),
            16 => self
                .pick(&["{1..3}", "{c..a}", "{1..7..3}", "{a}", "{a,b", "a}", "{01..02}"])
                .to_owned(),
            17 => self
                .pick(&["*.txt", "[ab].txt", "?.txt", "*", "*.nosuch", "d*/", "[a", "[!a].txt"])
                .to_owned(),
            18 => self.pick(&["~", "~/a", "~+", "a~", "~a", "a=~"]).to_owned(),
            19 => format!("${{{}{}}}", self.variable(), self.pick(OPERATORS)),
            20 => self
                .pick(&["$((1+2))", "$(( 2 * 3 ))", "$#", "$1", "\"$@\"", "$*", "$?"])
                .to_owned(),
            21 if depth > 0 => format!("$({})", self.body(depth - 1)),
            22 if depth > 0 => {
                let inner = self.simple(0).replace(['`', '\\', '\''], "");
                format!("`{}`", inner.replace('"', ""))
            }
            23 if depth > 0 => format!("{}({})", self.pick(&["<", ">"]), self.body(depth - 1)),
            _ => text.to_owned(),
        }
    }

    fn quoted(&mut self, depth: usize) -> String {
        let mut out = String::from("\"");
        for _ in 0..=self.random.below(3) {
            let part = match self.random.below(10) {
                0..=2 => self.pick(TEXTS).to_owned(),
                3 => self.pick(&[" ", "*", "~", "'", "{a,b}", "#", ";", "&", "\n", "!"]).to_owned(),
                4 => format!("\\{}", self.pick(&["\"", "\\", "$", "`", "a", "n", "\n", "'"])),
                5 | 6 => format!("${}", self.variable()),
                7 => format!("${{{}}}", self.variable()),
                8 if depth > 0 => format!("$({})", self.body(depth - 1)),
                _ => format!("${{{}{}}}", self.variable(), self.pick(OPERATORS)),
            };
            out.push_str(&part);
        }
        out.push('"');
        out
    }

    fn value(&mut self, depth: usize) -> String {
        match self.random.below(6) {
            0 => String::new(),
            1 | 2 => self.quoted(depth),
            3 => self.pick(TEXTS).to_owned(),
            _ => self.word(depth),
        }
    }

    fn assignments(&mut self, depth: usize) -> String {
        let mut out = String::new();
        for place in 0..=self.random.below(2) {
            let operator = self.pick(&["=", "=", "=", "+="]);
            let space = if place == 0 { "" } else { " " };
            out.push_str(&format!("{space}{}{operator}{}", self.variable(), self.value(depth)));
        }
        if self.chance(10) {
            out = format!("x=({} {})", self.word(depth), self.word(depth));
        }
        out
    }

    fn builtin(&mut self, depth: usize) -> String {
        let text = self.simple(0).replace(['\'', '\n', '\\'], "");
        match self.random.below(14) {
            0 => format!("eval '{text}'"),
            1 => format!("eval {}", self.simple(0)),
            2 => format!("export {}={}", self.variable(), self.quoted(depth)),
            3 => format!("declare {}={}", self.variable(), self.quoted(depth)),
            4 => format!("unset {}", self.variable()),
            5 => format!("set -- {}", self.words(depth)),
            6 => format!("read {} <<< {}", self.variable(), self.quoted(depth)),
            7 => "cd d".to_owned(),
            8 => format!("trap '{text}' EXIT"),
            9 => "set -f".to_owned(),
            10 => format!("IFS={}", self.pick(&["a", ",", "''"])),
            11 => format!("(( x = {} ))", self.pick(&["1", "2+3", "(4)"])),
            12 => "shift".to_owned(),
            _ => ":".to_owned(),
        }
    }

    fn redirection(&mut self, depth: usize) -> String {
        match self.random.below(8) {
            0 => "2>&1".to_owned(),
            1 => ">/dev/null".to_owned(),
            2 => "<<< ".to_owned() + &self.word(depth),
            3 | 4 if depth == DEPTH => {
                let (mark, end) = [("E", "E"), ("'E'", "E"), ("\\E", "E"), ("\"E\"F", "EF")]
                    [self.random.below(4)];
                let text = self.quoted(1);
                let dash = if self.chance(20) { "-" } else { "" };
                let tab = if dash.is_empty() { "" } else { "\t" };
                self.documents.push(format!("{tab}{}\n{tab}{end}\n", text.trim_matches('"')));
                format!("<<{dash}{mark}")
            }
            5 => "2> /dev/null".to_owned(),
            6 => "3<&0".to_owned(),
            _ => "&>/dev/null".to_owned(),
        }
    }

    fn variable(&mut self) -> &'static str {
        self.pick(&["x", "y", "v"])
    }
}

/// Names of functions; no program has one, or a function would call itself.
const NAMES: &[&str] = &["f", "g", "shadow"];

const PROGRAMS: &[&str] =
    &["alpha", "beta", "gamma", "delta", "ls", "cat", "echo", "test", "rm", "false", "grep"];

const TEXTS: &[&str] =
    &["a", "b", "ab", "-n", "--long=a", "a.txt", "d/x", "x=1", "1", "é", "a:b", "a#b", "%", "a,b"];

/// What may follow the name of a variable within braces.
const OPERATORS: &[&str] = &[
    ":-a", ":-", "-a b", ":+a", "#a", "%b", "/a/b", "//a", ":-'a b'", ":-$y", ":0:1", "^^", "##*a",
];
