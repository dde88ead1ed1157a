use crate::facts::program::evaluate::evaluate;
use crate::facts::program::tests::words;
use crate::facts::word::Word;
use crate::model::UnknownKind;

fn unreadable(words: &[Word]) -> bool {
    evaluate(words).doubts.iter().any(|doubt| doubt.kind == UnknownKind::Unreadable)
}

#[test]
fn too_many_options_and_too_many_commands_are_unreadable() {
    let mut many = vec![Word::text("curl")];
    many.extend(std::iter::repeat_n(Word::text("-s"), 600));
    assert!(unreadable(&many));
    let mut runs = vec![Word::text("find"), Word::text(".")];
    for _ in 0..200 {
        runs.extend(words("-exec rm a \\;"));
    }
    assert!(unreadable(&runs));
}

#[test]
fn a_long_line_of_operands_is_read_to_its_end() {
    let mut many = vec![Word::text("cat")];
    many.extend(std::iter::repeat_n(Word::text("a"), 50_000));
    assert_eq!(evaluate(&many).paths.len(), 50_000);
}

#[test]
fn no_words_and_empty_words_are_answered() {
    assert_eq!(evaluate(&[]).program, None);
    assert!(unreadable(&[Word::text("")]));
    for line in ["git ''", "sort ''", "sed ''", "awk ''", "tar ''", "env ''", "bash -c ''"] {
        assert!(evaluate(&words(line)).program.is_some(), "{line}");
    }
}

#[test]
fn words_of_any_kind_and_order_are_answered() {
    let fragments = [
        "git", "-c", "log", "$x", "*", "--", "-", "<a|-x>", "''", "-exec", "{}", ";", "+x", "=",
        "--=", "-=a", "a=b", "find", "tar", "xf", "sed", "s/a/b/w", "awk", "{print>", "npm", "run",
        "env", "-S", "bash", "-lc", "é", "--é", "-é", "xargs", "-I", "cargo", "+é", "dd", "of=",
        "zip", "-TT", "socat", "EXEC:", "docker", "-v", ":", "::", "@",
    ];
    let mut seed = 42_u64;
    let mut next = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % limit
    };
    for _ in 0..20_000 {
        let count = 1 + next(8);
        let line: Vec<&str> = (0..count).map(|_| fragments[next(fragments.len())]).collect();
        let found = evaluate(&words(&line.join(" ")));
        assert!(found.doubts.len() <= 8);
    }
}
