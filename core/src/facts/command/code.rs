//! What can be seen in code of another language than a shell's: reasons to deny, never to allow.

use crate::facts::command::reader::Reader;
use crate::facts::host::host_of_url;
use crate::facts::host::looks_like_url;
use crate::facts::program::Touch;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// Code that is looked through, in bytes; more is denied before it comes to that.
const LONGEST: usize = 64 * 1024;

impl Reader<'_> {
    /// Notes the hosts and paths that code names.
    pub(super) fn code(&mut self, code: &Word, at: &[usize]) {
        for piece in &code.pieces {
            match piece {
                Piece::Text(text) => self.code_text(text, at),
                Piece::OneOf(texts) => texts.iter().for_each(|text| self.code_text(text, at)),
                Piece::Glob(_) | Piece::Unknown(_) => {}
            }
        }
    }

    fn code_text(&mut self, text: &str, at: &[usize]) {
        if text.len() > LONGEST {
            self.unreadable("code among the words is longer than 64 KiB");
            return;
        }
        for word in text.split(|c: char| c.is_whitespace() || BETWEEN.contains(c)) {
            if looks_like_url(word) {
                self.out.network = true;
                self.host(host_of_url(word));
            } else if looks_like_path(word) {
                self.touch(&Word::text(word), Touch::Either, at);
            }
        }
    }
}

/// Characters that stand between the names in code.
const BETWEEN: &str = "(){}[]<>;,|&$`'\"^!=+*?#";

/// Folders at the root of systems: `/x/` by itself is a pattern in many languages.
const ROOTS: [&str; 20] = [
    "Users", "Volumes", "bin", "boot", "dev", "etc", "home", "lib", "media", "mnt", "opt",
    "private", "proc", "root", "run", "sbin", "srv", "sys", "usr", "var",
];

fn looks_like_path(word: &str) -> bool {
    if let Some(rest) = word.strip_prefix('/') {
        let first = rest.split('/').next().unwrap_or_default();
        return ROOTS.contains(&first) || word.contains("/../");
    }
    // `.name` is what code does to values; a file so called stands at its own place.
    let hidden = word.starts_with('.') && word.len() > 1 && !word.contains("..");
    hidden || word.starts_with("~/") || word.starts_with("../") || word.contains('/')
}
