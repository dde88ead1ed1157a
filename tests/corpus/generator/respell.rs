//! Other ways to write a path of the workspace, for a shell.

use super::random::Random;
use super::spelling::Spelling;
use super::spelling::WORDS;
use super::spelling::look_alike;
use super::spelling::word;

/// How many spellings there are of a path, those of a word included.
pub(crate) const PATHS: usize = OWN + WORDS;

const OWN: usize = 34;

/// Returns the `index`th spelling of the relative `path`; `None` where it has none of that kind.
pub(crate) fn path(path: &str, index: usize, random: &mut Random) -> Option<Spelling> {
    let (folder, name) = match path.trim_end_matches('/').rsplit_once('/') {
        Some((folder, name)) => (format!("{folder}/"), name),
        None => (String::new(), path.trim_end_matches('/')),
    };
    // The first letter of a hidden name must be a dot that is written out.
    let at = 2 + random.below(name.len().checked_sub(3)?.max(1));
    let (head, tail) = name.split_at(at);
    let (first, rest) = tail.split_at(1);
    Some(match index {
        0 => Spelling::of(format!("./{path}")),
        1 => Spelling::of(format!(".//{path}")),
        2 => Spelling::of(format!("././././{path}")),
        3 => Spelling::of(format!("src/../{path}")),
        4 => Spelling::of(format!("nosuch/../{path}")),
        5 => Spelling::of(format!("\"$PWD/{path}\"")),
        6 => Spelling::of(format!("$PWD/{path}")),
        7 => Spelling::of(format!("\"$PWD\"/{path}")),
        8 => Spelling::of(format!("${{PWD}}/{path}")),
        9 => Spelling::of(format!("/ws/repo/{path}")),
        10 => Spelling::of(format!("/ws/./repo//{path}")),
        11 => Spelling::of(format!("/ws/../ws/repo/{path}")),
        12 => Spelling::of(format!("../repo/{path}")),
        13 => Spelling::of(format!("~+/{path}")),
        14 => Spelling::of(format!("\"/ws/repo\"'/'{path}")),
        15 => Spelling::of(format!("$d/{path}")).behind("d=.; "),
        16 => Spelling::of(format!("$d/{path}")).behind("d=$PWD; "),
        17 => Spelling::of(path.to_uppercase()),
        18 => Spelling::of(title(path)),
        19 => Spelling::of(path.replace('/', "//").replace("//", "/./")),
        20 => Spelling::pattern(format!("{folder}{head}?{rest}")),
        21 => Spelling::pattern(format!("{folder}{head}*")),
        22 => Spelling::pattern(format!("{folder}{head}[{first}]{rest}")),
        23 => Spelling::pattern(format!("{folder}{head}[!~]{rest}")),
        24 => Spelling::pattern(format!("./{folder}{head}*{tail}")),
        25 => Spelling::pattern(format!("{folder}{{{name},}}")),
        26 => Spelling::pattern(format!("{folder}{head}{{{tail},}}")),
        27 => Spelling::pattern(format!("{{{path},{path}}}")),
        28 => Spelling::dynamic(format!("/proc/self/cwd/{path}")),
        29 => Spelling::dynamic(format!("$d/{path}")),
        30 => Spelling::dynamic(format!("$(pwd)/{path}")),
        31 => Spelling::dynamic(format!("\"${{PWD%/}}/{path}\"")),
        32 => Spelling::dynamic(look_alike(path)?),
        33 => Spelling::dynamic(format!("{folder}{head}\u{200b}{tail}")),
        other => return word(path, other.checked_sub(OWN)?, random),
    })
}

/// Returns `path` with every name's first letter in upper case.
fn title(path: &str) -> String {
    let mut out = String::new();
    let mut begins = true;
    for c in path.chars() {
        out.push(if begins { c.to_ascii_uppercase() } else { c });
        begins = !c.is_ascii_alphanumeric();
    }
    out
}
