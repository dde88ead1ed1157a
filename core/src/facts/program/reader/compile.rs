//! Compilers, and the packages and modules that build tools are told to build.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::here;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Options after which a compiler only tells about itself.
const TELLS: [&str; 13] = [
    "--help",
    "--verbose",
    "--version",
    "-V",
    "-dumpfullversion",
    "-dumpmachine",
    "-dumpversion",
    "-h",
    "-help",
    "-v",
    "-vV",
    "-verbose",
    "-version",
];

/// Options after which it tells about what they name.
const TELLS_OF: [&str; 3] = ["--print", "--explain", "-print"];

/// Compilers that run what they compile, or what that names, in part.
const RUNS: [&str; 7] = ["ghc", "javac", "kotlinc", "ocamlc", "rustc", "rustdoc", "scalac"];

/// Notes what a compiler writes that is not told where: beside what it reads, or `a.out`.
pub(in crate::facts::program) fn compiles(call: &mut Call<'_>) {
    let mut words = call.words.iter().peekable();
    let mut tells = words.peek().is_some();
    while let Some(term) = words.next() {
        let Some(text) = term.literal() else {
            tells = false;
            break;
        };
        if TELLS_OF.contains(&text) {
            words.next();
            continue;
        }
        let printed = ["--print=", "-print-", "--print-", "--explain="]
            .iter()
            .any(|start| text.starts_with(start));
        if !(TELLS.contains(&text) || printed || text.starts_with('+')) {
            tells = false;
            break;
        }
    }
    if tells || call.words.is_empty() && !matches!(call.called, "as" | "tsc") {
        return;
    }
    for term in call.words {
        if let Some(file) = term.without("@") {
            call.touch(&file, Touch::Read);
            call.out.dynamic("more words of a compiler stand in a file:", &term.text);
        }
    }
    if RUNS.contains(&call.called) {
        call.out.has(CommandEffect::LoadsCode);
    }
    let told = call.out.paths.iter().any(|(_, touch)| *touch == Touch::Write);
    if !call.has('N') && !told {
        call.out.touch(here(), Touch::Write);
    }
}

/// Reads the packages that go builds, lists or tests, and where it may take them from.
pub(in crate::facts::program) fn packages(call: &mut Call<'_>) {
    let packages = call.operands.clone();
    let end = if call.has('.') { call.before_end } else { None };
    for package in packages.iter().take(end.unwrap_or(packages.len())) {
        let text = &*package.text;
        if text.contains('@') {
            call.out.has(CommandEffect::FetchesData);
        } else if text.starts_with(['.', '/', '~']) || !package.tail.is_empty() {
            let folder = text.trim_end_matches("...").len();
            if package.tail.is_empty() && folder < text.len() {
                let folder = text.get(..folder).unwrap_or_default().to_owned();
                call.touch(&Term::text(folder), Touch::Read);
            } else {
                call.touch(package, Touch::Read);
            }
        } else if text.split('/').next().is_some_and(|host| host.contains('.'))
            && text.contains('/')
            && !text.ends_with(".go")
        {
            call.out.dynamic("where a package stands, the module's settings tell:", text);
        }
    }
    let modules: Vec<Term<'_>> = call.kept('N').cloned().collect();
    if modules.iter().any(|term| !matches!(term.literal(), Some("readonly" | "vendor"))) {
        call.out.has(CommandEffect::FetchesData);
    }
    if call.kept('P').any(|term| !term.is("gc")) {
        call.out.has(CommandEffect::OverridesConfiguration);
    }
    let passed = packages.iter().skip(end.unwrap_or(packages.len()));
    if let Some(word) = passed.into_iter().find(|word| {
        word.text.starts_with("-test.")
            && (word.text.contains("profile") || word.text.contains('/'))
    }) {
        call.out.dynamic("a test is told to write a file:", &word.text);
    }
    if call.has('f') {
        call.out.touch(here(), Touch::Write);
    }
    let tests = call.out.subcommand.as_deref() == Some("test");
    if tests && (call.has('c') || call.has('F')) {
        call.out.touch(here(), Touch::Write);
    }
}

/// Reads the modules that Maven is told to build, some of which are folders.
pub(in crate::facts::program) fn modules(call: &mut Call<'_>) {
    let lists: Vec<Term<'_>> = call.kept('L').cloned().collect();
    for list in &lists {
        for module in list.text.split(',') {
            let module = module.trim_start_matches(['!', '-', '+', '?']);
            if !module.contains(':') {
                call.touch(&Term::text(module.to_owned()), Touch::Read);
            }
        }
        if !list.tail.is_empty() {
            call.touch(list, Touch::Read);
        }
    }
}

/// Words that a script may be given without doing more than it is for.
const PASSED: [&str; 24] = [
    "--bail",
    "--check",
    "--ci",
    "--color",
    "--coverage",
    "--ext",
    "--grep",
    "--max-warnings",
    "--maxWorkers",
    "--mode",
    "--no-color",
    "--no-coverage",
    "--passWithNoTests",
    "--quiet",
    "--run",
    "--runInBand",
    "--silent",
    "--testNamePattern",
    "--testPathPattern",
    "--verbose",
    "--watch",
    "--watchAll",
    "-i",
    "-t",
];

/// Reads the words that are passed on to a script of the project, whose program nobody has read.
pub(in crate::facts::program) fn passed_on(call: &mut Call<'_>) {
    let mut reporter = false;
    for operand in &call.operands.clone() {
        let text = &*operand.text;
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let reports = matches!(name, "--reporter" | "--reporters" | "-R");
        let path = text.contains(['/', '\\']) || !operand.tail.is_empty();
        let fine = if !text.starts_with('-') {
            if path {
                call.touch(operand, Touch::Read);
            }
            !(reporter && (path || text.starts_with('.')))
        } else {
            (PASSED.contains(&name) || reports) && !path && !value.starts_with('.')
        };
        if !fine {
            call.out.dynamic("what a script does with a word is not known:", text);
        }
        reporter = reports && value.is_empty();
    }
}

/// Words behind `--` that only choose or show tests.
const CHOOSES: [&str; 20] = [
    "--bench",
    "--color",
    "--ensure-time",
    "--exact",
    "--exclude-should-panic",
    "--force-run-in-process",
    "--format",
    "--help",
    "--ignored",
    "--include-ignored",
    "--list",
    "--no-capture",
    "--nocapture",
    "--quiet",
    "--report-time",
    "--show-output",
    "--shuffle",
    "--skip",
    "--test",
    "--test-threads",
];

/// Reads the words that are passed on to tests, which can name a file to write.
pub(in crate::facts::program) fn tests(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    for operand in operands.iter().skip(call.before_end.unwrap_or(operands.len())) {
        let text = &*operand.text;
        let name = text.split('=').next().unwrap_or_default();
        let short = text.len() == 2 && !matches!(text, "-o" | "-c");
        let fine = !text.starts_with('-') || short || CHOOSES.contains(&name);
        if !fine {
            call.out.dynamic("what the tests do with a word is not known:", text);
        }
    }
}
