//! However long or deep a text is, there is an answer, and soon.

use crate::facts::shell::DoubtKind;
use crate::facts::shell::limits::MOST_COMMANDS;
use crate::facts::shell::tests::bash;

#[test]
fn whatever_is_over_a_limit_is_unreadable() {
    let nested = |start: &str, middle: &str, end: &str| {
        [start.repeat(40), middle.to_owned(), end.repeat(40)].concat()
    };
    for text in [
        nested("echo $(", "ls", ")"),
        nested("echo \"$(", "ls", ")\""),
        nested("( ", "ls", ")"),
        nested("{ ", "ls", "; }"),
        nested("if ", "ls", "; then a; fi"),
        nested("while ", "ls", "; do a; done"),
        nested("echo ${x:-", "a", "}"),
        "ls;".repeat(20_000),
        "a ".repeat(40_000),
        (0..1000).map(|at| format!("a{at}=b;")).collect(),
        [
            "a(){ b;b;b;b;b;b;b;b;b;};",
            "b(){ c;c;c;c;c;c;c;c;};",
            "c(){ d;d;d;d;d;d;d;d;};",
            "d(){ e;e;e;e;e;e;};a;a",
        ]
        .concat(),
        format!("echo {}", "{a,b}".repeat(20)),
        format!("echo {}", "{".repeat(5000)),
        "declare -n a=b;".repeat(100),
        "exec 3< <(a);".repeat(100),
        format!("a=xx; {} c $a", "a=$a$a; ".repeat(64)),
    ] {
        let script = bash(&text);
        let start: String = text.chars().take(40).collect();
        assert!(script.doubts.iter().any(|d| d.kind == DoubtKind::Unreadable), "{start}");
        assert!(script.commands.len() <= 2 * MOST_COMMANDS + 64, "{start}");
    }
}

#[test]
fn long_lines_within_the_limits_are_read() {
    let script = bash(&format!("ls {}", "a ".repeat(30_000)));
    assert_eq!(script.doubts, []);
    assert_eq!(script.commands[0].words.len(), 30_001);
    assert_eq!(bash(&"ls;".repeat(2000)).commands.len(), 2000);
}

#[test]
fn nothing_panics_or_hangs_on_broken_texts() {
    let marks = [
        "$(",
        "`",
        "\"",
        "'",
        "${",
        "((",
        "$((",
        "{",
        "}",
        "(",
        ")",
        "[[",
        "]]",
        "<<E",
        "\n",
        ";",
        "&",
        "|",
        "<(",
        "a",
        " ",
        "\\",
        "if ",
        "for x in ",
        "do ",
        "case x in ",
        "esac",
        "=",
        "a=(",
        "[",
        "é",
        "~",
        "*",
        "eval ",
        "$",
        "@",
        "#",
        "function f ",
        "f()",
        "\r",
        "{a,",
        "{1..",
        "x=",
        "cd a;",
        "trap 'a' 0;",
    ];
    // A plain generator, so that each run is the same.
    let mut seed = 1_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(seed >> 16).unwrap()
    };
    for _ in 0..4000 {
        let length = next() % 24;
        let text: String = (0..length).map(|_| marks[next() % marks.len()]).collect();
        let script = bash(&text);
        assert!(!script.folders.is_empty());
    }
    for mark in marks {
        bash(&mark.repeat(65_536 / mark.len()));
    }
}
