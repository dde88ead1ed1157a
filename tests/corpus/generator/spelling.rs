//! Other ways to write a word that a shell reads as the same word, or as one that only a run tells.

use super::random::Random;
use super::text::hex;
use super::text::octal;

/// A word written in another way.
pub(crate) struct Spelling {
    /// What stands in front of the whole line for it, such as an assignment.
    pub(crate) before: String,
    pub(crate) word: String,
    /// A reader can tell the word without running anything.
    pub(crate) is_static: bool,
    /// It may become other than one word of this text.
    pub(crate) is_pattern: bool,
}

/// How many spellings there are of a word.
pub(crate) const WORDS: usize = 33;
/// How many spellings there are of a program's name, beyond those of a word.
pub(crate) const PROGRAMS: usize = 18;

impl Spelling {
    pub(crate) fn of(word: impl Into<String>) -> Self {
        Self { before: String::new(), word: word.into(), is_static: true, is_pattern: false }
    }

    pub(crate) fn dynamic(word: impl Into<String>) -> Self {
        Self { is_static: false, ..Self::of(word) }
    }

    pub(crate) fn pattern(word: impl Into<String>) -> Self {
        Self { is_pattern: true, ..Self::of(word) }
    }

    pub(crate) fn behind(self, before: impl Into<String>) -> Self {
        Self { before: before.into(), ..self }
    }
}

/// Returns the `index`th spelling of `text`; `None` where the text has none of that kind.
pub(crate) fn word(text: &str, index: usize, random: &mut Random) -> Option<Spelling> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@%+,-".contains(c);
    if text.len() < 2 || !text.chars().all(plain) {
        return None;
    }
    let at = 1 + random.below(text.len() - 1);
    let (head, tail) = text.split_at(at);
    // A backslash before a letter of a name is a quote; a digit would be one too, but reads oddly.
    let first_of_tail = &tail[..1];
    let rest_of_tail = &tail[1..];
    Some(match index {
        0 => Spelling::of(format!("\"{text}\"")),
        1 => Spelling::of(format!("'{text}'")),
        2 => Spelling::of(format!("\\{text}")),
        3 => Spelling::of(format!("{head}\\{tail}")),
        4 => Spelling::of(format!("{head}''{tail}")),
        5 => Spelling::of(format!("{head}\"\"{tail}")),
        6 => Spelling::of(format!("'{head}'\"{tail}\"")),
        7 => Spelling::of(format!("\"{head}\"{tail}")),
        8 => Spelling::of(format!("{head}'{first_of_tail}'{rest_of_tail}")),
        9 => Spelling::of(format!("$'{}'", hex(text))),
        10 => Spelling::of(format!("$'{}'", octal(text))),
        11 => Spelling::of(format!("{head}$'{}'", hex(tail))),
        12 => Spelling::of(format!("$'{}'{tail}", octal(head))),
        13 => Spelling::of(format!("$\"{text}\"")),
        14 => Spelling::of(format!("{head}\\\n{tail}")),
        15 => Spelling::of(format!("{head}$''{tail}")),
        16 => Spelling::of(format!("{head}$''\"\"''\\{tail}")),
        17 => Spelling::of("$w").behind(format!("w={text}; ")),
        18 => Spelling::of("\"$w\"").behind(format!("w='{text}'; ")),
        19 => Spelling::of("${w}").behind(format!("w={text}\n")),
        20 => Spelling::of("$v$w").behind(format!("v={head} w={tail}; ")),
        21 => Spelling::of(format!("{head}$w")).behind(format!("w={tail} && ")),
        22 => Spelling::of("\"${v}\"'").behind(format!("v={head}; ")).with_end(tail),
        23 => Spelling::of("$w").behind(format!("export w={text}; ")),
        24 => Spelling::of("$w").behind(format!("v={text}; w=$v; ")),
        25 => Spelling::dynamic(format!("$(echo {text})")),
        26 => Spelling::dynamic(format!("`echo {text}`")),
        27 => Spelling::dynamic(format!("\"$(printf %s {head} {tail})\"")),
        28 => Spelling::dynamic(format!("${{nosuch:-{text}}}")),
        29 => Spelling::dynamic(format!("{head}$nosuch{}", separated(tail))),
        30 => Spelling::dynamic("$w").behind(format!("read -r w <<< {text}; ")),
        31 => Spelling::dynamic("$w").behind(format!("printf -v w %s {text}; ")),
        32 => Spelling::dynamic("${!v}").behind(format!("w={text}; v=w; ")),
        _ => return None,
    })
}

impl Spelling {
    /// Closes the single quote that the word ends with around `tail`.
    fn with_end(mut self, tail: &str) -> Self {
        self.word.push_str(tail);
        self.word.push('\'');
        self
    }
}

/// Returns `tail` so that it does not lengthen the name of a variable in front of it.
fn separated(tail: &str) -> String {
    format!("\"\"{tail}")
}

/// Returns the `index`th spelling of a program's name; `None` where it has none of that kind.
pub(crate) fn program(name: &str, index: usize, random: &mut Random) -> Option<Spelling> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    if name.len() < 2 || !name.chars().all(plain) {
        return None;
    }
    let at = 1 + random.below(name.len() - 1);
    let (head, tail) = name.split_at(at);
    let (first, rest) = tail.split_at(1);
    Some(match index {
        0 => Spelling::of(format!("/usr/bin/{name}")),
        1 => Spelling::of(format!("/bin/{name}")),
        2 => Spelling::of(format!("/usr/bin/../bin/{name}")),
        3 => Spelling::of(format!("/usr/./bin//{name}")),
        4 => Spelling::of(format!("///bin///{name}")),
        5 => Spelling::of(format!("\"/usr/bin\"/{head}\\{tail}")),
        6 => Spelling::of(format!("$b/{name}")).behind("b=/usr/bin; "),
        7 => Spelling::dynamic(name.to_uppercase()),
        8 => Spelling::dynamic(format!("./{name}")),
        9 => Spelling::dynamic(format!("/tmp/{name}")),
        10 => Spelling::dynamic(format!("/usr/bin/{head}?{rest}")),
        11 => Spelling::dynamic(format!("/???/{head}[{first}]{rest}")),
        12 => Spelling::dynamic(format!("{head}\u{200b}{tail}")),
        13 => Spelling::dynamic(format!("{head}\u{ad}{tail}")),
        14 => Spelling::dynamic(look_alike(name)?),
        15 => Spelling::dynamic(format!("/proc/self/root/usr/bin/{name}")),
        16 => Spelling::dynamic(format!("/lib64/ld-linux-x86-64.so.2 /usr/bin/{name}")),
        17 => Spelling::dynamic(format!("{head}${{nosuch}}{tail}")),
        _ => return None,
    })
}

/// Returns `text` with a letter replaced by one that looks the same.
pub(crate) fn look_alike(text: &str) -> Option<String> {
    const PAIRS: &[(char, char)] =
        &[('e', 'е'), ('a', 'а'), ('o', 'о'), ('c', 'с'), ('p', 'р'), ('s', 'ѕ'), ('i', 'і')];
    let (from, to) = PAIRS.iter().find(|(from, _)| text.contains(*from))?;
    Some(text.replacen(*from, &to.to_string(), 1))
}
