//! Patterns by which programs choose the files that they read below folders.

use crate::facts::program::call::Call;
use crate::facts::program::effects::Touch;
use crate::facts::program::term::Term;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Patterns that are read of one command, or that one with braces stands for.
const MOST: usize = 64;

/// Returns a pattern in the ways that a shell would write it: where a shell's wildcard at the start
/// leaves out names that start with a dot, these do not.
pub(super) fn met_by(pattern: &str) -> Vec<String> {
    let mut out = vec![pattern.to_owned()];
    let (folder, name) = match pattern.rsplit_once('/') {
        Some((folder, name)) => (pattern.get(..folder.len() + 1).unwrap_or_default(), name),
        None => ("", pattern),
    };
    let rest = match name.as_bytes().first() {
        Some(b'*' | b'?') => name.get(1..).unwrap_or_default().trim_start_matches('*'),
        Some(b'[') => name.split_once(']').map_or("", |(_, rest)| rest),
        Some(_) | None => "",
    };
    if !rest.is_empty() {
        // The wildcard may stand for nothing, or for the dot.
        if rest.starts_with('.') {
            out.push([folder, rest].concat());
        } else {
            out.push([folder, ".", rest].concat());
            if !rest.contains('.') {
                out.push([folder, ".*", rest].concat());
            }
        }
    }
    out
}

/// Notes what a search reads below its folders because a pattern tells it to; without one it reads
/// what there is, but for what is hidden or left out.
pub(super) fn chosen(call: &mut Call<'_>, patterns: &[Term<'_>], folders: &[Term<'_>]) {
    let mut found: Vec<Word> = Vec::new();
    for pattern in patterns {
        if pattern.text.starts_with('!') {
            continue;
        }
        if !pattern.tail.is_empty() {
            found.push(pattern.word());
            continue;
        }
        let Some(texts) = alternatives(&pattern.text) else {
            call.out.dynamic("which files a pattern chooses is not read:", &pattern.text);
            continue;
        };
        for text in texts {
            // Below every folder: which one does not count for a name that is kept everywhere.
            let text = text.replace("**/", "");
            let text = text.trim_start_matches('/');
            for each in met_by(text) {
                found.push(Word { pieces: vec![Piece::Glob(each)] });
            }
        }
    }
    if found.len().saturating_mul(folders.len()) > MOST * MOST {
        return call.out.unreadable("the search has too many patterns", "");
    }
    for folder in folders {
        for word in &found {
            let below = crate::facts::program::call::below(&folder.word(), word.clone());
            let word = call.placed(&Term::of(&below));
            call.out.touch(word, Touch::Read);
        }
    }
}

/// Returns what a pattern with braces stands for; `None` where it is too much or not plain.
fn alternatives(pattern: &str) -> Option<Vec<String>> {
    let mut open = vec![pattern.to_owned()];
    let mut done = Vec::new();
    let mut steps = 0_usize;
    while let Some(text) = open.pop() {
        steps += 1;
        if steps.max(open.len()) > MOST || text.contains('\\') {
            return None;
        }
        // The innermost braces hold no others.
        let Some(end) = text.find('}') else {
            if text.contains('{') {
                return None;
            }
            done.push(text);
            continue;
        };
        let start = text.get(..end)?.rfind('{')?;
        for part in text.get(start + 1..end)?.split(',') {
            open.push([text.get(..start)?, part, text.get(end + 1..)?].concat());
        }
    }
    Some(done)
}

#[cfg(test)]
mod tests {
    use super::alternatives;
    use super::met_by;

    #[test]
    fn patterns_with_braces_stand_for_each_of_their_parts() {
        let sorted = |pattern| {
            let mut all = alternatives(pattern).unwrap();
            all.sort();
            all.dedup();
            all
        };
        assert_eq!(sorted("*.rs"), ["*.rs"]);
        assert_eq!(sorted("*.{ts,tsx}"), ["*.ts", "*.tsx"]);
        assert_eq!(sorted("{a,{b,c}d}"), ["a", "bd", "cd"]);
        assert_eq!(alternatives("{a"), None);
        assert_eq!(alternatives("a}"), None);
    }

    #[test]
    fn wildcards_at_the_start_meet_hidden_names_too() {
        assert_eq!(met_by("*.env"), ["*.env", ".env"]);
        assert_eq!(met_by("?env"), ["?env", ".env", ".*env"]);
        assert_eq!(met_by("a/[.]env"), ["a/[.]env", "a/.env", "a/.*env"]);
        assert_eq!(met_by("*"), ["*"]);
        assert_eq!(met_by("*_test.rs"), ["*_test.rs", "._test.rs"]);
    }
}
