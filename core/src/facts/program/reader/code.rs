//! Interpreters.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Notes that an interpreter without code and file runs what it reads.
pub(in crate::facts::program) fn interpreter(call: &mut Call<'_>) {
    if call.operands.is_empty() && !call.has('P') {
        call.input();
    }
}

/// Reads deno and bun, which run a file, what they read, or a script of the project.
pub(in crate::facts::program) fn toolkit(call: &mut Call<'_>) {
    let reads = |term: &Term<'_>| term.is("-") || term.is("repl");
    if call.operands.is_empty() || call.operands.iter().any(reads) {
        call.input();
    }
}

/// Reads databases, which do what they read where no word says what to do.
pub(in crate::facts::program) fn database(call: &mut Call<'_>) {
    if call.operands.len() < 2 {
        call.input();
    }
}

/// Reads a module that python runs by its name.
pub(in crate::facts::program) fn python(call: &mut Call<'_>) {
    let modules: Vec<Term<'_>> = call.kept('N').cloned().collect();
    for module in &modules {
        let rest = call.operands.clone();
        let mut words = vec![module.word()];
        words.extend(rest.iter().map(Term::word));
        match module.literal() {
            // These are programs of their own names.
            Some(
                "pytest" | "pip" | "mypy" | "black" | "isort" | "flake8" | "pylint" | "ruff"
                | "tox" | "build" | "twine" | "venv" | "virtualenv" | "coverage" | "poetry" | "uv"
                | "hatch" | "pdm" | "pipx" | "nox",
            ) => {
                call.out.runs_words(words, false);
            }
            Some(
                "unittest" | "doctest" | "compileall" | "py_compile" | "timeit" | "cProfile"
                | "pdb" | "trace",
            ) => {
                call.out.has(CommandEffect::RunsProjectCode);
            }
            Some("json.tool") => {
                for (term, touch) in rest
                    .iter()
                    .filter(|term| !term.text.starts_with('-'))
                    .zip([Touch::Read, Touch::Write])
                {
                    call.touch(term, touch);
                }
            }
            Some(
                "http.server" | "SimpleHTTPServer" | "smtpd" | "pydoc" | "uvicorn" | "gunicorn"
                | "flask" | "xmlrpc.server" | "asyncio",
            ) => {
                call.out.has(CommandEffect::Listens);
                call.out.has(CommandEffect::SendsData);
            }
            Some("ensurepip") => call.out.has(CommandEffect::InstallsPackages),
            Some("this" | "site" | "sysconfig" | "platform" | "calendar") => {}
            Some(_) | None => call.out.has(CommandEffect::LoadsCode),
        }
    }
    if modules.is_empty() {
        interpreter(call);
    }
}

/// Reads interpreters that edit their operands in place.
pub(in crate::facts::program) fn in_place_code(call: &mut Call<'_>) {
    if call.has('I') || call.has('P') {
        let touch = if call.has('I') { Touch::Write } else { Touch::Read };
        let skipped = usize::from(!call.has('P'));
        let operands: Vec<Term<'_>> = call.operands.iter().skip(skipped).cloned().collect();
        for operand in &operands {
            call.touch(operand, touch);
        }
    }
    interpreter(call);
}

/// Reads node, which also tests and only checks.
pub(in crate::facts::program) fn node(call: &mut Call<'_>) {
    if call.has('T') {
        call.out.has(CommandEffect::RunsProjectCode);
    } else {
        interpreter(call);
    }
    let scripts: Vec<Term<'_>> = call.kept('R').cloned().collect();
    if !scripts.is_empty() {
        call.out.has(CommandEffect::RunsProjectCode);
    }
    if call.operands.first().is_some_and(|term| term.is("inspect")) {
        call.out.has(CommandEffect::Listens);
    }
}

/// Reads where java finds its classes, and what it sets.
pub(in crate::facts::program) fn java(call: &mut Call<'_>) {
    let places: Vec<Term<'_>> = call.kept('C').cloned().collect();
    for place in &places {
        for path in place.text.split(':') {
            call.touch(&Term::text(path.to_owned()), Touch::Execute);
        }
        if !place.tail.is_empty() {
            call.touch(place, Touch::Execute);
        }
    }
    if call.kept('D').next().is_some() {
        call.out.has(CommandEffect::OverridesConfiguration);
    }
    let first = call.operands.first().cloned();
    if let Some(source) = first.filter(|term| term.text.ends_with(".java")) {
        call.file(&source);
    }
    if call.words.iter().any(|term| term.text.starts_with('@')) {
        call.out.dynamic("more words of java stand in a file", "");
    }
    if call.operands.is_empty() && !call.has('P') {
        call.out.dynamic("what java runs is not known", "");
    }
}
