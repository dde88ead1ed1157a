//! Programs that build, check, format and test projects.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::reader::compile::modules;
use crate::facts::program::reader::here as folder;
use crate::facts::program::term::Term;
use crate::model::CommandEffect;

/// Notes that files of the current folder are changed.
pub(in crate::facts::program) fn here(call: &mut Call<'_>) {
    call.touch(&Term::text("."), Touch::Write);
}

/// Reads the lints behind `--`.
pub(in crate::facts::program) fn clippy(call: &mut Call<'_>) {
    let operands = call.operands.clone();
    let mut operands = operands.iter();
    while let Some(operand) = operands.next() {
        match operand.literal() {
            Some("-D" | "-W" | "-A" | "-F" | "--cap-lints") => {
                operands.next();
            }
            Some(text)
                if ["-D", "-W", "-A", "-F", "--cap-lints="]
                    .iter()
                    .any(|start| text.starts_with(start)) => {}
            Some("-v" | "--verbose" | "--no-deps") => {}
            Some(_) | None => call.out.has(CommandEffect::OverridesConfiguration),
        }
    }
}

/// Reads whether cargo's formatter only checks.
pub(in crate::facts::program) fn cargo_fmt(call: &mut Call<'_>) {
    let mut checks = call.has('C');
    for operand in &call.operands.clone() {
        match operand.literal() {
            Some("--check") => checks = true,
            Some(
                "-l" | "-v" | "-q" | "--verbose" | "--quiet" | "--color" | "always" | "never"
                | "auto",
            ) => {}
            Some(text) if text.starts_with("--edition") || text.starts_with("--color") => {}
            Some(_) | None => {
                call.out.dynamic("an option of the formatter is not known:", &operand.text)
            }
        }
    }
    if !checks {
        here(call);
    }
}

/// Notes what `cargo clean` removes.
pub(in crate::facts::program) fn cargo_clean(call: &mut Call<'_>) {
    let touch = Touch::Delete { recursive: true, forced: false };
    let named: Vec<_> = call
        .out
        .paths
        .iter()
        .filter(|(_, touch)| *touch == Touch::Write)
        .map(|(word, _)| word.clone())
        .collect();
    if named.is_empty() {
        call.touch(&Term::text("target"), touch);
    }
    for word in named {
        call.out.touch(word, touch);
    }
}

/// Reads formatters, which change files or only tell.
pub(in crate::facts::program) fn formats(call: &mut Call<'_>) {
    const CHANGE_UNASKED: [&str; 4] = ["rustfmt", "black", "isort", "stylua"];
    let unasked = CHANGE_UNASKED.contains(&call.called);
    let writes = !call.has('C') && (call.has('W') || unasked);
    let files: Vec<Term<'_>> = call.kept('W').cloned().collect();
    for file in &files {
        call.touch(file, if writes { Touch::Write } else { Touch::Read });
    }
}

/// Reads linters that can also change what they complain of.
pub(in crate::facts::program) fn fixes(call: &mut Call<'_>) {
    let formats = call.operands.first().is_some_and(|term| term.is("format"))
        && !call.words.iter().any(|term| term.is("--check") || term.is("--diff"));
    if !call.has('W') && !formats {
        return;
    }
    let files = call.operands.clone();
    for file in &files {
        call.touch(file, Touch::Write);
    }
    if files.is_empty() {
        call.out.touch(folder(), Touch::Write);
    }
}

/// The phases of Maven, each of which runs those before it.
const PHASES: [&str; 12] = [
    "validate",
    "initialize",
    "generate-sources",
    "compile",
    "test-compile",
    "test",
    "prepare-package",
    "package",
    "integration-test",
    "verify",
    "install",
    "deploy",
];

/// Settings of Maven and Gradle that only choose what is tested, skipped or shown.
const HARMLESS: [&str; 30] = [
    "skipTests",
    "skipITs",
    "skipUTs",
    "test",
    "it.test",
    "tests",
    "failIfNoTests",
    "surefire.failIfNoSpecifiedTests",
    "surefire.useFile",
    "surefire.printSummary",
    "surefire.reportFormat",
    "failsafe.failIfNoSpecifiedTests",
    "maven.test.skip",
    "maven.test.failure.ignore",
    "maven.javadoc.skip",
    "maven.source.skip",
    "checkstyle.skip",
    "pmd.skip",
    "spotbugs.skip",
    "spotless.check.skip",
    "enforcer.skip",
    "jacoco.skip",
    "rat.skip",
    "style.color",
    "includes",
    "excludes",
    "DfailIfNoTests",
    "trimStackTrace",
    "forkCount",
    "groups",
];

fn properties(call: &mut Call<'_>) {
    let harmless = call.kept('D').all(|term| {
        let name = term.text.split('=').next().unwrap_or_default();
        HARMLESS.contains(&name) || name.starts_with("org.slf4j.simpleLogger")
    });
    if !harmless {
        call.out.has(CommandEffect::OverridesConfiguration);
    }
}

/// Reads the phases and goals of Maven: the last phase stands for those before it.
pub(in crate::facts::program) fn maven(call: &mut Call<'_>) {
    properties(call);
    modules(call);
    let mut last: Option<usize> = None;
    let mut name = String::new();
    for goal in &call.operands.clone() {
        let Some(text) = goal.literal() else {
            call.out.dynamic("a goal is not known:", &goal.text);
            continue;
        };
        match PHASES.iter().position(|phase| *phase == text) {
            Some(phase) => last = last.max(Some(phase)),
            None if text == "clean" => {
                call.touch(&Term::text("target"), Touch::Delete { recursive: true, forced: false })
            }
            None => push_name(&mut name, text),
        }
    }
    if let Some(phase) = last.and_then(|at| PHASES.get(at)) {
        push_name(&mut name, phase);
        if *phase == "deploy" {
            call.out.has(CommandEffect::PublishesPackage);
            call.out.has(CommandEffect::SendsData);
        }
    }
    set_name(call, name, "clean");
}

fn push_name(name: &mut String, part: &str) {
    if !name.is_empty() {
        name.push(' ');
    }
    name.push_str(part);
}

fn set_name(call: &mut Call<'_>, name: String, otherwise: &str) {
    if name.is_empty() && !call.operands.is_empty() {
        call.out.subcommand = Some(otherwise.to_owned());
    } else if !name.is_empty() {
        call.out.subcommand = Some(name);
    }
}

/// Reads the tasks of Gradle.
pub(in crate::facts::program) fn gradle(call: &mut Call<'_>) {
    properties(call);
    let mut name = String::new();
    for task in &call.operands.clone() {
        let Some(text) = task.literal() else {
            call.out.dynamic("a task is not known:", &task.text);
            continue;
        };
        let own = text.rsplit(':').next().unwrap_or(text);
        if own.starts_with("publish") || own.starts_with("upload") {
            call.out.has(CommandEffect::PublishesPackage);
            call.out.has(CommandEffect::SendsData);
        }
        if own == "clean" {
            call.touch(&Term::text("build"), Touch::Delete { recursive: true, forced: false });
        } else {
            push_name(&mut name, own);
        }
    }
    set_name(call, name, "clean");
}

/// Reads the paths and plugins of pytest.
pub(in crate::facts::program) fn pytest(call: &mut Call<'_>) {
    let paths: Vec<Term<'_>> = call.kept('R').cloned().collect();
    for path in &paths {
        let text = &*path.text;
        if text.starts_with('@') {
            call.out.dynamic("more words of pytest stand in a file:", text);
        }
        let file = text.split("::").next().unwrap_or(text).len();
        if file < text.len() {
            let file = text.get(..file).unwrap_or_default().to_owned();
            call.touch(&Term::text(file), Touch::Read);
        } else {
            call.touch(path, Touch::Read);
        }
    }
    let reports: Vec<Term<'_>> = call.kept('V').cloned().collect();
    for report in &reports {
        covered(call, report);
    }
    // The kind of a warning is imported by its name.
    let imports = |term: &Term<'_>| {
        let kind = term.text.split(':').nth(2).unwrap_or_default();
        !term.tail.is_empty() || kind.contains('.') && !kind.starts_with("pytest.")
    };
    if call.kept('W').any(imports) {
        call.out.has(CommandEffect::LoadsCode);
    }
    if call.kept('P').any(|plugin| !plugin.text.starts_with("no:")) {
        call.out.has(CommandEffect::LoadsCode);
    }
}

/// Reads a report of what tests cover: printed, or written to a file or folder.
fn covered(call: &mut Call<'_>, report: &Term<'_>) {
    const PRINTED: [&str; 6] = [
        "",
        "term",
        "term-missing",
        "term:skip-covered",
        "term-missing:skip-covered",
        "term-missing:skip-empty",
    ];
    if report.literal().is_some_and(|text| PRINTED.contains(&text)) {
        return;
    }
    match report.split(':') {
        Some((_, path)) => call.touch(&path, Touch::Write),
        None => call.out.touch(folder(), Touch::Write),
    }
}

/// Reads the targets of make, and variables that its recipes run.
pub(in crate::facts::program) fn make(call: &mut Call<'_>) {
    let mut name = String::new();
    for target in &call.operands.clone() {
        match target.literal() {
            Some(text) if text.contains('=') => call.out.has(CommandEffect::OverridesConfiguration),
            Some(text) => push_name(&mut name, text),
            None => call.out.dynamic("a target is not known:", &target.text),
        }
    }
    set_name(call, name, "");
    if call.out.subcommand.as_deref() == Some("") {
        call.out.subcommand = None;
    }
}

/// Reads a command that is run with the packages of the project.
pub(in crate::facts::program) fn passed_command(call: &mut Call<'_>) {
    let rest = call.operands.clone();
    call.runs(&rest, false);
}
