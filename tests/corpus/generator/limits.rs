//! Lines that are deep, long or both: an answer comes at once, and never allows.

use super::case::Call;
use super::case::Case;
use super::case::Must;
use super::case::Syntax;

/// Returns the cases.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for depth in [40, 200, 5_000] {
        for (open, inner, close) in NESTED {
            let text = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            cases.push(case(text, &format!("{depth} × `{open}`")));
            cases.push(case(open.repeat(depth), &format!("{depth} × `{open}`, not closed")));
        }
    }
    for count in [50_000, 250_000] {
        for (before, part, after) in LONG {
            let text = format!("{before}{}{after}", part.repeat(count / part.len()));
            cases.push(case(text, &format!("`{before}` and {count} bytes of `{part}`")));
        }
    }
    // Each level doubles what the one before stands for.
    for levels in [20, 64] {
        cases.push(case(format!("echo {}", "{a,b}".repeat(levels)), "braces that multiply"));
        let mut text = "a0=aa".to_owned();
        for level in 1..levels {
            let before = level - 1;
            text.push_str(&format!("; a{level}=\"$a{before}$a{before}\""));
        }
        cases.push(case(format!("{text}; echo $a{}", levels - 1), "values that multiply"));
    }
    let mut eval = "touch PWNED".to_owned();
    for _ in 0..12 {
        eval = format!("eval \"{}\"", super::text::for_double_quotes(&eval));
    }
    cases.push(case(eval, "eval in eval"));
    cases.push(case("echo {1..1000000000}".to_owned(), "a range of a billion"));
    cases.push(case("echo {a..z}{a..z}{a..z}{a..z}{a..z}".to_owned(), "ranges that multiply"));
    cases
}

fn case(text: String, why: &str) -> Case {
    Case {
        category: "limits".to_owned(),
        call: Call::Shell { text, tool: None },
        must: Must::NotAllow,
        hardened: true,
        why: why.replace('\n', "␤"),
        syntax: Syntax::Unchecked,
    }
}

/// What is opened, what is inside, what closes it.
const NESTED: &[(&str, &str, &str)] = &[
    ("echo $(", "pwd", ")"),
    ("echo \"$(", "pwd", ")\""),
    ("echo <(", "pwd", ")"),
    ("echo ${x:-", "y", "}"),
    ("echo \"${x:-", "y", "}\""),
    ("$((", "1", "))"),
    ("(", "pwd", ")"),
    ("( ", "pwd", " )"),
    ("{ ", "pwd; ", "}; "),
    ("if ls; then ", "pwd; ", "fi; "),
    ("if ", "ls; then ls; fi", "; then ls; fi"),
    ("while ls; do ", "break; ", "done; "),
    ("for i in a; do ", "ls; ", "done; "),
    ("case a in a) ", "ls; ", ";; esac "),
    ("f() { ", "ls; ", "}; "),
    ("! ", "touch PWNED", ""),
    ("time ", "touch PWNED", ""),
    ("env ", "touch PWNED", ""),
    ("nice timeout 5 ", "touch PWNED", ""),
    ("eval ", "touch PWNED", ""),
    ("sudo sh -c ", "touch PWNED", ""),
    ("[[ ! ( ", "a", " ) ]]"),
    ("touch {a,", "b", "}"),
    ("`", "pwd", "`"),
    ("\\", "a", "\\"),
    ("a[", "1", "]"),
    ("cat <<E\n$(", "pwd", ")\nE\n"),
    ("x=(", "1", ")"),
];

/// What stands in front, what is repeated, what stands behind.
const LONG: &[(&str, &str, &str)] = &[
    ("echo ", "a ", "; touch PWNED"),
    ("touch PWNED; echo ", "a ", ""),
    ("", "ls; ", "touch PWNED"),
    ("", "ls && ", "touch PWNED"),
    ("", "ls | ", "touch PWNED"),
    ("", "ls\n", "touch PWNED"),
    ("touch PWNED", "\n", ""),
    ("touch PWNED #", "a", ""),
    ("echo '", "a", ""),
    ("echo \"", "a", ""),
    ("echo $'", "a", ""),
    ("echo \"", "$x", "\""),
    ("echo \"", "\\\"", "\"; touch PWNED"),
    ("echo ", "'a'", "; touch PWNED"),
    ("echo ", "\\a", "; touch PWNED"),
    ("echo ", "\\\n", "; touch PWNED"),
    ("cat <<E\n", "a\n", "E\ntouch PWNED"),
    ("cat <<E\n", "$x\n", ""),
    ("", "cat <<E\nE\n", "touch PWNED"),
    ("cat ", "<<E ", ""),
    ("", "a=b ", "touch PWNED"),
    ("", "a=$a ", "touch PWNED"),
    ("", "a=$a$a; ", "echo $a"),
    ("ls ", "2>&1 ", "> PWNED"),
    ("ls ", "</dev/null ", "> PWNED"),
    ("echo ", "*", "; touch PWNED"),
    ("echo ", "a* ", "; touch PWNED"),
    ("echo ", "[", "; touch PWNED"),
    ("echo ", "{", "; touch PWNED"),
    ("echo ", "{a,b} ", "; touch PWNED"),
    ("echo ", "{a,", "; touch PWNED"),
    ("echo ", "$(pwd) ", "; touch PWNED"),
    ("echo ", "`pwd` ", "; touch PWNED"),
    ("echo ", "${x} ", "; touch PWNED"),
    ("echo $((", "1+", "1)); touch PWNED"),
    ("[[ ", "a || ", "a ]]; touch PWNED"),
    ("", "(", ""),
    ("", ")", ""),
    ("", "{ ", ""),
    ("", "}", ""),
    ("", "<", ""),
    ("", ">", ""),
    ("", "&", ""),
    ("", "|", ""),
    ("", ";", ""),
    ("", "$", ""),
    ("", "\"", "x"),
    ("", "'", "x"),
    ("", "!", ""),
    ("", "#", "\ntouch PWNED"),
    ("", "if ", ""),
    ("", "do ", ""),
    ("", "\u{200b}", ""),
    ("", "é", ""),
    ("cat ", "../", "x"),
    ("cat ", "./", ".env"),
    ("cat ", "a/../", ".env"),
    ("cat /", "a", ""),
    ("find . ", "-name a -o ", "-delete"),
    ("find . ", "\\( ", "-delete"),
    ("sed '", "s/a/b/;", "w PWNED'"),
    ("awk '", "{print}", "{system(\"id\")}'"),
    ("", "nice ", "touch PWNED"),
    ("", "env A=1 ", "touch PWNED"),
    ("git ", "-c a=b ", "status"),
];
